"""The meeting's clock: a sum of recorded intervals, so that suspend, sleep and kill cost nothing but the gap.

While a meeting runs, the session keeps lengthening one interval with a heartbeat. A gap that is longer
than a few beats was no meeting time (the lid was closed): a new interval begins after it. Two windows
on one meeting may both record; what overlaps counts once, also where they are a step apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

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
    return max(0, _shares(meeting, now, live).get(step_id, 0) + meeting.head.corrections.get(step_id, 0))


def spent_each(meeting: Meeting, now: dt.datetime | None = None, live: str = "") -> dict[str, int]:
    """Seconds spent in each step of the agenda, by its id."""
    shares, corrections = _shares(meeting, now, live), meeting.head.corrections
    return {
        step.id: max(0, shares.get(step.id, 0) + corrections.get(step.id, 0)) for step in meeting.head.steps
    }


def elapsed(meeting: Meeting, now: dt.datetime | None = None, live: str = "") -> int:
    """Seconds spent in the whole meeting."""
    return sum(spent_each(meeting, now, live).values())


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
    return _projected(meeting, spent_each(meeting, now, live))


def overrun(meeting: Meeting, now: dt.datetime | None = None, live: str = "") -> int:
    """Seconds by which the meeting will end later than planned (negative: earlier)."""
    each = spent_each(meeting, now, live)
    return sum(each.values()) + _projected(meeting, each) - planned(meeting)


def goes_on(row: Interval, now: dt.datetime) -> bool:
    """Whether the time since the interval's last heartbeat belongs to it: it is no longer than a few beats."""
    return 0 <= (now - row.end).total_seconds() <= GAP


def ticking(meeting: Meeting) -> bool:
    """Whether time is being spent in this meeting."""
    return meeting.head.state is MeetingState.RUNNING and not meeting.head.paused


def _projected(meeting: Meeting, each: Mapping[str, int]) -> int:
    steps = meeting.head.steps
    current = next((at for at, step in enumerate(steps) if step.id == meeting.head.step), 0)
    return sum(max(0, step.minutes * 60 - each[step.id]) for step in steps[current:])


def _shares(meeting: Meeting, now: dt.datetime | None, live: str) -> dict[str, int]:
    """Seconds of each step. What several intervals cover counts once: for the one that began last.

    A window that has not heard yet that the meeting is a step further goes on with the step before for a moment.
    """
    spans = sorted(
        ((row.start, _end(row, now, live), row.step) for row in meeting.clock.values()), reverse=True
    )
    found: dict[str, dt.timedelta] = {}
    taken: list[tuple[dt.datetime, dt.datetime]] = []
    for start, end, step in spans:
        free, reach = end - start, end
        while taken and taken[-1][0] <= end:
            begin, stop = taken.pop()
            free -= min(stop, end) - begin
            reach = max(reach, stop)
        taken.append((start, reach))
        found[step] = found.get(step, dt.timedelta()) + free
    return {step: int(time.total_seconds()) for step, time in found.items()}


def _end(row: Interval, now: dt.datetime | None, live: str) -> dt.datetime:
    """Where an interval ends; the running one at `now`."""
    return max(row.start, now if now is not None and row.uid == live and goes_on(row, now) else row.end)
