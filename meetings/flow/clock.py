"""The meeting's clock: a sum of recorded intervals, so that suspend, sleep and kill cost nothing but the gap.

While a meeting runs, the session keeps lengthening one interval with a heartbeat. A gap that is longer
than a few beats was no meeting time (the lid was closed): a new interval begins after it. Two windows
on one meeting may both record; what overlaps counts once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from meetings.kinds import MeetingState
from meetings.meeting import Meeting
from meetings.model import Interval

BEAT = 5
"""Seconds between two heartbeats."""

GAP = 4 * BEAT
"""Seconds without a heartbeat after which the time is taken to be lost, not spent."""


def spent(meeting: Meeting, step_id: str, now: dt.datetime | None = None, live: str = "") -> int:
    """Seconds spent in a step. `live` is the interval that is running now, which then ends at `now`.

    After a gap it does not: `now` is beyond what the next heartbeat will count.
    """
    rows = [row for row in meeting.clock.values() if row.step == step_id]
    return max(0, _union(rows, now, live) + meeting.head.corrections.get(step_id, 0))


def elapsed(meeting: Meeting, now: dt.datetime | None = None, live: str = "") -> int:
    """Seconds spent in the whole meeting."""
    return sum(spent(meeting, step.id, now, live) for step in meeting.head.steps)


def planned(meeting: Meeting) -> int:
    """Seconds that the agenda plans for."""
    return sum(step.minutes for step in meeting.head.steps) * 60


def remaining(meeting: Meeting, step_id: str, now: dt.datetime | None = None, live: str = "") -> int:
    """Seconds left of a step's timebox; negative when it has run over."""
    step = meeting.head.step_of(step_id)
    return (step.minutes * 60 if step else 0) - spent(meeting, step_id, now, live)


def projected(meeting: Meeting, now: dt.datetime | None = None, live: str = "") -> int:
    """Seconds until the end if every step not yet visited takes its timebox and this one the rest of its own.

    Steps before the current one are over, however short they were.
    """
    ids = [step.id for step in meeting.head.steps]
    current = ids.index(meeting.head.step) if meeting.head.step in ids else 0
    left = max(0, remaining(meeting, ids[current], now, live)) if ids else 0
    return left + sum(max(0, remaining(meeting, step_id, now, live)) for step_id in ids[current + 1 :])


def overrun(meeting: Meeting, now: dt.datetime | None = None, live: str = "") -> int:
    """Seconds by which the meeting will end later than planned (negative: earlier)."""
    return elapsed(meeting, now, live) + projected(meeting, now, live) - planned(meeting)


def goes_on(row: Interval, now: dt.datetime) -> bool:
    """Whether the time since the interval's last heartbeat belongs to it: it is no longer than a few beats."""
    return 0 <= (now - row.end).total_seconds() <= GAP


def ticking(meeting: Meeting) -> bool:
    """Whether time is being spent in this meeting."""
    return meeting.head.state is MeetingState.RUNNING and not meeting.head.paused


def _union(rows: Iterable[Interval], now: dt.datetime | None, live: str) -> int:
    spans = sorted(
        (row.start, now if now is not None and row.uid == live and goes_on(row, now) else row.end)
        for row in rows
    )
    total = dt.timedelta()
    reached: dt.datetime | None = None
    for start, end in spans:
        begin = start if reached is None else max(start, reached)
        if end > begin:
            total += end - begin
            reached = end
    return int(total.total_seconds())
