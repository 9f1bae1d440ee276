"""What was promised, what was kept, and how the two teams stand with each other (docs/formulas.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from meetings.kinds import FeedbackState, ItemKind, ItemState, MeetingState, Team
from meetings.meeting import Meeting
from meetings.model import EPOCH, ActionItem, Feedback

DONE_RATE = 0.9
"""The done rate that well-run teams hold (published figure: 90 %)."""
RATERS = 3
"""From so many ratings up their mean is told: with fewer, everyone could tell who gave which."""
TEAMS = (Team.A, Team.B)


@dataclass(frozen=True)
class Rate:
    """How many of all were done."""

    done: int
    all: int

    @property
    def share(self) -> float | None:
        """done / all, or None when there was nothing to do."""
        return self.done / self.all if self.all else None


@dataclass(frozen=True)
class Alignment:
    """How the people rated the meeting, 1 to 10: means (None: nobody did, or it is not told) and their gap."""

    mean: dict[Team, float | None]
    overall: float | None
    gap: float | None
    count: int


@dataclass(frozen=True)
class Loop:
    """What became of the feedback of one team. Days are medians; None when there is nothing to measure."""

    raised: int
    answered: int
    closed: int
    days_to_answer: float | None
    days_to_close: float | None


def done_rate(meeting: Meeting) -> Rate:
    """Of the items due by this meeting's date, open at its start or done since the last one: those done.

    That is every item carried in and every item added between the two meetings (before this one started).
    Dropped items are left out. Published figure: well-run teams hold 90 %.
    """
    due = [
        item
        for item in _items(meeting)
        if item.state is not ItemState.DROPPED
        and item.due is not None
        and item.due <= meeting.head.date
        and _there_at_start(meeting, item)
    ]
    return Rate(sum(item.state is ItemState.DONE for item in due), len(due))


def balance(meeting: Meeting) -> dict[Team, int]:
    """Open items per team. What both teams promised together is counted under `Team.BOTH` only."""
    counts = dict.fromkeys(Team, 0)
    for item in meeting.action_items.values():
        counts[item.team] += item.state is ItemState.OPEN
    return counts


def one_sided(meeting: Meeting) -> Team | None:
    """The only team that leaves with any open item, or None. An item of both teams is one for each."""
    counts = balance(meeting)
    leaving = [team for team in TEAMS if counts[team] or counts[Team.BOTH]]
    return leaving[0] if len(leaving) == 1 else None


def alignment(meeting: Meeting) -> Alignment:
    """Mean rating per team, over everyone, and the gap: |mean of a - mean of b|.

    A rating of someone who belongs to both teams counts in the overall mean only. This is for the room, once it has
    revealed its ratings; everything else asks `told`.
    """
    ratings = meeting.ratings.values()
    mean = {team: _mean(rating.value for rating in ratings if rating.team is team) for team in TEAMS}
    one, other = mean[Team.A], mean[Team.B]
    gap = None if one is None or other is None else abs(one - other)
    return Alignment(mean, _mean(rating.value for rating in ratings), gap, len(ratings))


def told(meeting: Meeting) -> Alignment:
    """What of a meeting's ratings may be told outside of it: means from which nobody's own can be worked out.

    The overall mean from RATERS ratings up; the means of the teams and their gap only when each team that rated has as
    many, or the odd ones out could be worked out. Nothing before the meeting is closed, unless the room has seen them.
    """
    found = alignment(meeting)
    nothing: dict[Team, float | None] = dict.fromkeys(TEAMS)
    if not shown_to_the_room(meeting) or found.count < RATERS:
        return Alignment(nothing, None, None, found.count)
    sizes = [sum(rating.team is team for rating in meeting.ratings.values()) for team in Team]
    if any(0 < size < RATERS for size in sizes):
        return Alignment(nothing, found.overall, None, found.count)
    return found


def shown_to_the_room(meeting: Meeting) -> bool:
    """Whether the ratings are no secret any more: they were revealed, or the meeting is closed."""
    return meeting.head.revealed or meeting.head.state is MeetingState.CLOSED


def loop(feedback: Iterable[Feedback]) -> dict[Team, Loop]:
    """What became of the feedback that each team gave: raised, answered, closed, and the median days it took.

    Days run from the day it was raised (UTC) to `answered_on` and `closed_on`, never below 0. Closed feedback
    counts as answered. Of several states of one record, as in several meetings, the last one given counts.
    """
    latest = {record.uid: record for record in feedback}.values()
    return {
        team: _loop([record for record in latest if record.from_team in (team, Team.BOTH)]) for team in TEAMS
    }


def shoes(items: Iterable[ActionItem], today: dt.date) -> dict[Team, int | None]:
    """Days since each team last stepped into the other's shoes; None when it never has.

    Such a step is a ride-along, a training, joint content or a swap that was done; one of both teams counts
    for each. Of several states of one item, as in several meetings, the last one given counts.
    """
    latest = {item.uid: item for item in items}.values()
    steps = [(item.team, item.done_on) for item in latest if is_step(item)]
    days: dict[Team, int | None] = {}
    for team in TEAMS:
        done = [
            day for whose, day in steps if day is not None and day <= today and whose in (team, Team.BOTH)
        ]
        days[team] = (today - max(done)).days if done else None
    return days


def late_days(item: ActionItem, today: dt.date) -> int:
    """Days that an open item is past its due date; 0 when it is not, has none, or is no longer open."""
    if item.state is not ItemState.OPEN or item.due is None:
        return 0
    return max(0, (today - item.due).days)


def needs_choice(item: ActionItem, today: dt.date, carry_limit: int) -> bool:
    """Whether an item asks for a choice (do, rescope, hand over, drop): past due and carried that often."""
    return late_days(item, today) > 0 and item.carried >= carry_limit


def promised(meeting: Meeting) -> tuple[ActionItem, ...]:
    """Items raised in an earlier meeting, whatever came of them."""
    return tuple(item for item in _items(meeting) if item.raised_in < meeting.head.number)


def new_items(meeting: Meeting) -> tuple[ActionItem, ...]:
    """Items raised in this meeting or while it was planned, whatever came of them."""
    return tuple(item for item in _items(meeting) if item.raised_in >= meeting.head.number)


def done_items(meeting: Meeting) -> tuple[ActionItem, ...]:
    """Items done since the last meeting or in this one, old and new."""
    return tuple(item for item in _items(meeting) if item.state is ItemState.DONE)


def carried_items(meeting: Meeting) -> tuple[ActionItem, ...]:
    """Items of earlier meetings that are still open."""
    return tuple(item for item in promised(meeting) if item.state is ItemState.OPEN)


def _items(meeting: Meeting) -> Collection[ActionItem]:
    return meeting.action_items.values()


def _there_at_start(meeting: Meeting, item: ActionItem) -> bool:
    """Whether the item was promised before the meeting started: carried in, or added while it was planned."""
    started = meeting.head.started_at
    added_before = started is not None and EPOCH < item.created_at < started
    return item.raised_in < meeting.head.number or added_before


def _mean(values: Iterable[int]) -> float | None:
    known = list(values)
    return sum(known) / len(known) if known else None


def _loop(feedback: list[Feedback]) -> Loop:
    return Loop(
        raised=len(feedback),
        answered=sum(record.state is not FeedbackState.NEW for record in feedback),
        closed=sum(record.state is FeedbackState.CLOSED for record in feedback),
        days_to_answer=_median(_days_until(record, record.answered_on) for record in feedback),
        days_to_close=_median(_days_until(record, record.closed_on) for record in feedback),
    )


def _days_until(record: Feedback, day: dt.date | None) -> int | None:
    """Days from the day the feedback was raised, None when either day is not known."""
    if day is None or record.created_at == EPOCH:
        return None
    return max(0, (day - record.created_at.date()).days)


def _median(values: Iterable[int | None]) -> float | None:
    from statistics import median

    known = [value for value in values if value is not None]
    return float(median(known)) if known else None


def is_step(item: ActionItem) -> bool:
    """Whether a done item brought its team closer to the other."""
    return item.state is ItemState.DONE and item.kind is not ItemKind.TASK
