"""The kinds of lines that the sample story (meetings.demo.story) is made of.

Weeks are those of a quarter, 0 to 12. What happens later is given in meetings after the one in which a thing
was raised. Texts may hold `{words}` that each quarter fills in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass

from meetings.kinds import Direction, FeedbackKind, Horizon, ItemKind, Team, Unit, Verdict


@dataclass(frozen=True)
class Promise:
    """An action item. `days`: until it is due. `fate`: what is done with it, by meetings later, each one of
    `done`, `move 7` (days), `hand Person`, `drop Reason`; without one it is done when the done rate asks for it.
    `of`: the key of the feedback or problem that it came from.
    """

    week: int
    title: str
    owner: str
    days: int = 7
    kind: ItemKind = ItemKind.TASK
    fate: tuple[tuple[int, str], ...] = ()
    of: str = ""


@dataclass(frozen=True)
class Said:
    """Feedback. `answer` and `closed`: meetings later; `between`: it came before the meeting of its week."""

    key: str
    week: int
    team: Team
    kind: FeedbackKind
    by: str
    text: str
    rating: int | None = None
    source: str = ""
    audience: str = ""
    answer: int = 0
    response: str = ""
    closed: int = 0
    lead: str = ""
    verdict: Verdict | None = None
    reason: str = ""
    between: bool = False


@dataclass(frozen=True)
class Stuck:
    """A parked problem. `gone`: the reason why it is dropped, so many meetings `later`."""

    key: str
    week: int
    by: str
    title: str
    says_a: str
    says_b: str
    votes: int
    later: int = 0
    gone: str = ""
    between: bool = False


@dataclass(frozen=True)
class Agreed:
    """A decision. `check`: meetings until it is checked, `outcome` what came of it ("-" first: reversed).
    `of`: the key of the problem that it solves.
    """

    week: int
    owner: str
    text: str
    success: str
    check: int
    outcome: str
    of: str = ""


@dataclass(frozen=True)
class Good:
    """A win."""

    week: int
    title: str
    credits: tuple[str, ...]
    what_worked: str = ""
    source: str = ""
    amount: int = 0
    big: bool = False
    team: Team = Team.BOTH


@dataclass(frozen=True)
class Ahead:
    """Something coming up, so many days after the meeting."""

    week: int
    days: int
    team: Team
    text: str


@dataclass(frozen=True)
class Aim:
    """A goal in one of its variants: title, metric, start, target and upper end of a range, one set per quarter.

    `way`: by week, the share of the way from start to target; for a range, from its lower to its upper end.
    `grain`: what readings are rounded to. `notes`: by week. `agreed_in`: the week in which both teams
    agreed (-1: never). `overruled_in`: the week in which the teams set it on track by hand.
    """

    key: str
    team: Team
    owner: str
    unit: Unit
    variants: tuple[tuple[str, str, float, float, float | None], ...]
    way: tuple[float, ...] = ()
    grain: float = 1
    direction: Direction = Direction.AT_LEAST
    horizon: Horizon = Horizon.QUARTER
    supports: str = ""
    agreed_in: int = 0
    notes: tuple[tuple[int, str], ...] = ()
    overruled_in: int = -1


@dataclass(frozen=True)
class Channel:
    """A source of leads: new leads in a usual week, and what share reaches each stage from the one before.

    `slow`: how much slower than others its leads are called. `weeks`: new leads by week where they differ much.
    """

    source: str
    new: float
    handed: float
    accepted: float
    qualified: float
    spend: int | None
    slow: float = 1.0
    weeks: tuple[int, ...] = ()
