"""What the meetings of a stretch of time came to, all together (docs/formulas.md). Pure.

A report on the past says what was known then: only meetings up to its last day are looked at, and the planned one
as well while that day is today or later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from meetings.kinds import DecisionState, GoalState, ItemState, MeetingState, Team
from meetings.measures import accountability
from meetings.measures.accountability import TEAMS, Loop, Rate, late_days
from meetings.measures.trends import Trends, trends
from meetings.meeting import Meeting
from meetings.model import EPOCH, ActionItem, Decision, Feedback, Goal, LeadNumbers, Win

WEEKS = 13
"""How long a quarter is."""


@dataclass(frozen=True)
class Items:
    """What became of the action items that were agreed in the time, as it stood at its end."""

    agreed: int
    done: int
    dropped: int
    open: int
    overdue: int


@dataclass(frozen=True)
class Means:
    """Means over the meetings, each of which counts the same; None where nothing may be told."""

    overall: float | None
    mean: Mapping[Team, float | None]
    gap: float | None


@dataclass(frozen=True)
class Quarter:
    """The meetings held from `first` to `last`, days included, and what they came to together.

    `newest` is the last meeting that is known, for names and currency; None when there is none at all.
    `decisions` counts those made in the time by what has become of them.
    """

    first: dt.date
    last: dt.date
    newest: Meeting | None
    meetings: tuple[tuple[int, dt.date], ...]
    trends: Trends
    done: Rate
    items: Items
    means: Means
    goals: tuple[Goal, ...]
    leads: Mapping[str, tuple[LeadNumbers, ...]]
    wins: tuple[Win, ...]
    loops: Mapping[Team, Loop]
    decisions: Mapping[DecisionState, int]


def usual(today: dt.date) -> tuple[dt.date, dt.date]:
    """The last 13 weeks, up to today."""
    return today - dt.timedelta(weeks=WEEKS) + dt.timedelta(days=1), today


def quarter(meetings: Iterable[Meeting], first: dt.date, last: dt.date, today: dt.date) -> Quarter:
    """What the meetings came to. They are taken in their order, one after the other, and may begin long before."""
    fold = _Fold(first, last, today)
    for meeting in meetings:
        fold.take(meeting)
    found = trends(fold.held)
    return Quarter(
        first=first,
        last=last,
        newest=fold.newest,
        meetings=tuple((meeting.head.number, meeting.head.date) for meeting in fold.held),
        trends=found,
        done=Rate(sum(p.done.done for p in found.points), sum(p.done.all for p in found.points)),
        items=_items(fold.items.values(), min(last, today)),
        means=_means(found),
        goals=tuple(goal for goal in fold.goals.values() if goal.state is not GoalState.DROPPED),
        leads=_by_source(found, first, last),
        wins=tuple(sorted(fold.wins.values(), key=lambda win: not win.big)),
        loops=accountability.loop(fold.feedback.values()),
        decisions={state: sum(d.state is state for d in fold.decisions.values()) for state in DecisionState},
    )


class _Fold:
    """The meetings that were held in the time, and the newest state of what was raised in them."""

    def __init__(self, first: dt.date, last: dt.date, today: dt.date) -> None:
        self.first, self.last, self.to_now = first, last, last >= today
        self.newest: Meeting | None = None
        self.held: list[Meeting] = []
        self.items: dict[str, ActionItem] = {}
        self.goals: dict[str, Goal] = {}
        self.wins: dict[str, Win] = {}
        self.feedback: dict[str, Feedback] = {}
        self.decisions: dict[str, Decision] = {}

    def take(self, meeting: Meeting) -> None:
        """Take the next meeting, if it tells anything about the time."""
        head = meeting.head
        planned = head.state is MeetingState.PLANNED
        if head.date > self.last and not (planned and self.to_now):
            return
        self.newest = meeting
        if head.date < self.first:
            return
        if not planned:
            self.held.append(meeting)
            self.wins |= meeting.wins
        numbers = {each.head.number for each in self.held}
        self.items |= {u: item for u, item in meeting.action_items.items() if item.raised_in in numbers}
        self.decisions |= {u: made for u, made in meeting.decisions.items() if made.raised_in in numbers}
        self.feedback |= {u: given for u, given in meeting.feedback.items() if self._raised(given, numbers)}
        self.goals |= meeting.goals

    def _raised(self, given: Feedback, numbers: set[int]) -> bool:
        if given.created_at == EPOCH:
            return given.raised_in in numbers
        return self.first <= given.created_at.date() <= self.last


def _items(items: Iterable[ActionItem], day: dt.date) -> Items:
    every = list(items)
    count = {state: sum(item.state is state for item in every) for state in ItemState}
    return Items(
        agreed=len(every),
        done=count[ItemState.DONE],
        dropped=count[ItemState.DROPPED],
        open=count[ItemState.OPEN],
        overdue=sum(late_days(item, day) > 0 for item in every),
    )


def _means(found: Trends) -> Means:
    rated = [point.rated for point in found.points]
    mean = {team: _mean(each.mean[team] for each in rated) for team in TEAMS}
    return Means(_mean(each.overall for each in rated), mean, _mean(each.gap for each in rated))


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _by_source(found: Trends, first: dt.date, last: dt.date) -> dict[str, tuple[LeadNumbers, ...]]:
    """The rows of the periods that end in the time, by source, in the spelling that came first."""
    spelt: dict[str, str] = {}
    rows: dict[str, list[LeadNumbers]] = {}
    for (_, end), each in found.leads.items():
        if end is None or first <= end <= last:
            for row in each:
                source = spelt.setdefault(row.source.strip().casefold(), row.source.strip())
                rows.setdefault(source, []).append(row)
    return {source: tuple(rows[source]) for source in sorted(rows, key=str.casefold)}


def all_rows(leads: Mapping[str, tuple[LeadNumbers, ...]]) -> tuple[LeadNumbers, ...]:
    """The rows of all sources."""
    return tuple(row for rows in leads.values() for row in rows)
