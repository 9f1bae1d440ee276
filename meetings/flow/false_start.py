"""A meeting that was started by mistake, and nothing was put down in it: back to planned. Pure."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from meetings.errors import UsageError
from meetings.flow.carry import carry_over
from meetings.kinds import MeetingState
from meetings.meeting import Meeting


def may_be_put_back(meeting: Meeting) -> bool:
    """Whether the meeting runs, was planned for a day, and nothing was put down in it since it started.

    What was undone does not count, nor do the clock and the way through the agenda. A meeting that was opened again is
    none of these: it had been held.
    """
    head = meeting.head
    started = head.started_at
    if head.state is not MeetingState.RUNNING or started is None or head.planned_for is None:
        return False
    return all(edit.undone or edit.updated_at < started for edit in meeting.edits.values())


def put_back(meeting: Meeting, before: Meeting | None, now: dt.datetime) -> Meeting:
    """The meeting as it was before it started, planned for its day. `before` is the closed meeting before it.

    Raises UsageError when something was put down in it.
    """
    if not may_be_put_back(meeting):
        raise UsageError(
            f"Meeting {meeting.head.number} has been held: close it, or undo what was put down in it."
        )
    head = meeting.head
    back = replace(
        head,
        state=MeetingState.PLANNED,
        updated_at=now,
        started_at=None,
        date=head.planned_for,
        planned_for=None,
        step=head.steps[0].id if head.steps else "",
        paused=False,
        revealed=False,
        corrections={},
        lead="",
    )
    received = carry_over(before)["received"] if before is not None else {}
    return replace(meeting, head=back, clock={}, received=received)
