"""A meeting in a few figures: what is already on a planned one, and what a past one came to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from meetings.flow import clock
from meetings.flow.carry import due_for_check
from meetings.kinds import FeedbackState, ItemState, MeetingState, ProblemState
from meetings.measures import accountability
from meetings.measures.accountability import Rate, late_days
from meetings.meeting import Meeting


@dataclass(frozen=True)
class Outlook:
    """What waits for a meeting. `carried` and `overdue` are among the `open` action items."""

    open: int
    carried: int
    overdue: int
    parked: int
    unanswered: int
    to_check: int


@dataclass(frozen=True)
class Summary:
    """What a meeting came to. Times are in seconds; `rating` is None when it may not be told.

    `decisions` and `items` are those made in it, `present` the people who were there.
    """

    number: int
    name: str
    date: dt.date
    state: MeetingState
    present: tuple[str, ...]
    done: Rate
    rating: float | None
    raters: int
    spent: int
    planned: int
    decisions: int
    wins: int
    items: int
    amendments: int


def outlook(meeting: Meeting, today: dt.date) -> Outlook:
    """What waits for a meeting that has not been held yet; overdue is what is late today."""
    open_items = [item for item in meeting.action_items.values() if item.state is ItemState.OPEN]
    return Outlook(
        open=len(open_items),
        carried=sum(item.carried > 0 for item in open_items),
        overdue=sum(late_days(item, today) > 0 for item in open_items),
        parked=sum(problem.state is ProblemState.PARKED for problem in meeting.problems.values()),
        unanswered=sum(given.state is FeedbackState.NEW for given in meeting.feedback.values()),
        to_check=sum(due_for_check(made, meeting.head.date) for made in meeting.decisions.values()),
    )


def summary(meeting: Meeting) -> Summary:
    """What a meeting came to, or has come to so far."""
    head = meeting.head
    rated = accountability.told(meeting)
    return Summary(
        number=head.number,
        name=head.name,
        date=head.date,
        state=head.state,
        present=tuple(person.name for person in meeting.people.values() if person.present),
        done=accountability.done_rate(meeting),
        rating=rated.overall,
        raters=rated.count,
        spent=clock.elapsed(meeting),
        planned=clock.planned(meeting),
        decisions=sum(made.raised_in == head.number for made in meeting.decisions.values()),
        wins=len(meeting.wins),
        items=len(accountability.new_items(meeting)),
        amendments=len(meeting.amendments),
    )
