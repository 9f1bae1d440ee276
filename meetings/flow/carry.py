"""What carries over from a closed meeting into the next: one rule for each kind of record."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from meetings.flow.rows import row_of
from meetings.kinds import DecisionState, FeedbackState, GoalState, ItemState, ProblemState, Status
from meetings.meeting import Meeting
from meetings.model import (
    ActionItem,
    ComingUp,
    Decision,
    Feedback,
    Goal,
    Person,
    Problem,
    Received,
    Record,
)


def carried(record: Record, held: dt.date) -> Record | None:
    """The record as the meeting after the one held on that day receives it, or None when it stays behind.

    What was still ahead when the meeting was held carries, also when its day comes before the next meeting: that
    one may be held earlier than planned, and what came of it is worth a word.
    """
    match record:
        case Person():
            return None if record.guest else replace(record, present=False, abstains=False)
        case Goal(state=GoalState.OPEN):
            return replace(record, status=Status.UNKNOWN, overruled=None, note="")
        case ActionItem(state=ItemState.OPEN):
            return replace(record, carried=record.carried + 1, reviewed=False)
        case Feedback() if record.state is not FeedbackState.CLOSED:
            return record
        case Problem(state=ProblemState.PARKED):
            return record
        case Decision(state=DecisionState.STANDING):
            return record
        case ComingUp() if record.date is None or record.date > held:
            return record
    return None


def carry_over(closed: Meeting) -> dict[str, dict[str, Record]]:
    """The tables that the next meeting starts with, and `received`, a copy of them as they came."""
    tables: dict[str, dict[str, Record]] = {}
    received: dict[str, Record] = {}
    for name, record in closed.content():
        row = carried(record, closed.head.date)
        if row is None:
            continue
        tables.setdefault(name, {})[row.uid] = row
        received[row.uid] = Received(
            uid=row.uid,
            created_at=row.created_at,
            updated_at=row.updated_at,
            position=float(len(received)),
            table=name,
            row=row_of(row),
        )
    return tables | {"received": received}


def due_for_check(decision: Decision, meeting_date: dt.date) -> bool:
    """Whether a standing decision's check date has come."""
    if decision.state is not DecisionState.STANDING or decision.check_date is None:
        return False
    return decision.check_date <= meeting_date
