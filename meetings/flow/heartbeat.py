"""The heartbeat of one window: it lengthens one interval of the meeting's clock for as long as time is spent."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from meetings.flow import clock
from meetings.meeting import Meeting
from meetings.model import Interval, new_uid


class Heartbeat:
    """Which interval this window is lengthening: `live`, empty while it lengthens none."""

    def __init__(self) -> None:
        self.live = ""
        self._adopt = True  # the first beat goes on with an interval that a killed window left running

    def rest(self) -> None:
        """Lengthen nothing for now: the clock is not ticking."""
        self.live = ""

    def take_over(self) -> None:
        """Go on with the interval that somebody else has lengthened: the clock is this window's from now on."""
        self.live, self._adopt = "", True

    def turn(self) -> None:
        """Begin a new interval with the next beat: the step has changed, or the clock was stopped or started."""
        self.live, self._adopt = "", False

    def lengthen(self, meeting: Meeting, moment: dt.datetime) -> Meeting:
        """The meeting with its running interval reaching to `moment`, or with a new one after a gap."""
        row = meeting.clock.get(self.live)
        if row is None and self._adopt:
            row = left_running(meeting)
        if row is not None and row.step == meeting.head.step and clock.goes_on(row, moment):
            row = replace(row, end=moment, updated_at=moment)
        else:
            row = Interval(
                uid=new_uid(),
                created_at=moment,
                updated_at=moment,
                position=max((other.position for other in meeting.clock.values()), default=0.0) + 1,
                step=meeting.head.step,
                start=moment,
                end=moment,
            )
        self.live, self._adopt = row.uid, False
        return meeting.with_tables({"clock": {**meeting.clock, row.uid: row}})


def left_running(meeting: Meeting) -> Interval | None:
    """The interval of the current step that was lengthened last."""
    rows = [row for row in meeting.clock.values() if row.step == meeting.head.step]
    return max(rows, key=lambda row: row.end, default=None)
