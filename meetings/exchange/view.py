"""A meeting as its minutes tell it: plain words in the order in which they are read.

Every format of the minutes is written from this view (see meetings.exchange.viewing), so that all of them
say the same. Texts are as people typed them: each format escapes them in its own way. Beside the words
stand the raw values (dates, seconds, records) for formats and templates that need them.

What never gets in here: private notes, and who rated the meeting how.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from meetings.exchange.lead_table import LeadTable
from meetings.kinds import MeetingState, Status
from meetings.model import ActionItem, Decision, Feedback, Goal, Problem, Win


class TeamView(msgspec.Struct, frozen=True):
    """Who of a team was there."""

    team: str
    names: tuple[str, ...]


class StepView(msgspec.Struct, frozen=True):
    """A step and its time: `10:00`, and in seconds."""

    title: str
    planned: str
    spent: str
    planned_seconds: int
    spent_seconds: int


class GoalView(msgspec.Struct, frozen=True):
    """A shared goal. `status` is its sign and its word, `standing` the status itself."""

    status: str
    title: str
    team: str
    owner: str
    reading: str
    target: str
    pace: str
    note: str
    metric: str
    standing: Status
    record: Goal


class FeedbackView(msgspec.Struct, frozen=True):
    """Feedback: `about` is all that is known of it in a few words, with its state last."""

    text: str
    about: str
    response: str
    kind: str
    source: str
    rating: str
    state: str
    record: Feedback


class DirectionView(msgspec.Struct, frozen=True):
    """What one team told the other."""

    giver: str
    receiver: str
    entries: tuple[FeedbackView, ...]


class WinView(msgspec.Struct, frozen=True):
    """A win. `credits` are names with their teams; `about` is the rest in a few words."""

    title: str
    team: str
    credits: str
    what_worked: str
    about: str
    record: Win


class ComingUpView(msgspec.Struct, frozen=True):
    """Something coming up; `day` is empty when it has no date."""

    text: str
    team: str
    day: str
    date: dt.date | None


class DecisionView(msgspec.Struct, frozen=True):
    """A decision. `since` names the earlier meeting that made it, or is empty."""

    text: str
    owner: str
    team: str
    success: str
    check: str
    state: str
    since: str
    note: str
    record: Decision


class ItemView(msgspec.Struct, frozen=True):
    """An action item. `id` is the beginning of its uid that names it; `about` is the rest in a few words."""

    title: str
    id: str
    about: str
    owner: str
    team: str
    due: str
    kind: str
    note: str
    reason: str
    done: bool
    record: ActionItem


class ItemsView(msgspec.Struct, frozen=True):
    """The action items: open ones of this meeting and of earlier ones, then those done and dropped."""

    new: tuple[ItemView, ...]
    carried: tuple[ItemView, ...]
    done: tuple[ItemView, ...]
    dropped: tuple[ItemView, ...]
    rate: str
    """`7 of 9, 78 %`: how many of the promises that were due are done; empty when none was due."""


class ProblemView(msgspec.Struct, frozen=True):
    """A problem; `says` holds what each team says, `came_of` the decisions and items that came of it.

    Each of `came_of` has what it is called beside it: `Solved by` once the problem is solved.
    """

    title: str
    about: str
    says: tuple[tuple[str, str], ...]
    came_of: tuple[tuple[str, str], ...]
    reason: str
    record: Problem


class ProblemsView(msgspec.Struct, frozen=True):
    """The problems by what became of them."""

    parked: tuple[ProblemView, ...]
    solved: tuple[ProblemView, ...]
    dropped: tuple[ProblemView, ...]


class RatingsView(msgspec.Struct, frozen=True):
    """How many rated, and the means that give nobody away, as `8.3`. `teams` is empty when one would."""

    count: int
    overall: str
    teams: tuple[tuple[str, str], ...]
    gap: str


class AmendmentView(msgspec.Struct, frozen=True):
    """What was added after the meeting was closed, and when."""

    text: str
    day: str
    date: dt.date | None


class MinutesView(msgspec.Struct, frozen=True):
    """A meeting as its minutes tell it. Empty texts and tuples: there is nothing to tell."""

    title: str
    number: int
    date: dt.date
    day: str
    state: MeetingState
    draft: str
    present: tuple[TeamView, ...]
    guests: tuple[str, ...]
    absent: tuple[str, ...]
    steps: tuple[StepView, ...]
    total: StepView
    goals: tuple[GoalView, ...]
    leads: LeadTable
    feedback: tuple[DirectionView, ...]
    wins: tuple[WinView, ...]
    coming_up: tuple[ComingUpView, ...]
    decisions: tuple[DecisionView, ...]
    items: ItemsView
    problems: ProblemsView
    notes: tuple[tuple[str, str], ...]
    amendments: tuple[AmendmentView, ...]
    ratings: RatingsView | None
    next_day: str
    next_date: dt.date | None
