"""The line on top: which meeting this is, the clock, and whether everything is saved."""

from __future__ import annotations

import datetime as dt

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from meetings.dates import show_day, show_minutes
from meetings.flow import clock
from meetings.kinds import MeetingState
from meetings.meeting import Meeting
from meetings.store.saver import Progress, SaveState
from tui.widgets.columns import cut, plain

SAVE_STYLES = {Progress.SAVED: "$on-track", Progress.SAVING: "$quiet", Progress.FAILED: "$off-track bold"}


def clock_text(meeting: Meeting, now: dt.datetime, live: str) -> str:
    """`18:42 of 60:00 · ends 10:58 (−2 min)`, for the room: all times are local."""
    spent = clock.elapsed(meeting, now, live)
    text = f"{show_minutes(spent)} of {show_minutes(clock.planned(meeting))}"
    if meeting.head.state is MeetingState.CLOSED:
        return text
    if meeting.head.paused:
        return f"{text} · paused"
    end = (now + dt.timedelta(seconds=clock.projected(meeting, now, live))).astimezone()
    over = round(clock.overrun(meeting, now, live) / 60)
    late = f" (+{over} min)" if over > 0 else f" (−{-over} min)" if over < 0 else ""
    return f"{text} · ends {end:%H:%M}{late}"


class TopBar(Widget):
    """Name and number on the left, clock and saving on the right; the name gives way first."""

    DEFAULT_CSS = """
    TopBar { height: 1; background: $ground; color: $ink; padding: 0 1; }
    """

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self._title, self._which = title, ""
        self._clock = ""
        self._state = SaveState(Progress.SAVED)

    def show(self, meeting: Meeting, today: dt.date, time: str, state: SaveState, place: str = "") -> None:
        """Show the meeting's name (or that of a place), number and date, its clock, and how far saving has come."""
        self._title = plain(place or meeting.head.name or "Meeting")
        self._which = f"   #{meeting.head.number} · {show_day(meeting.head.date, today)}"
        self._clock, self._state = time, state
        self.refresh()

    def render(self) -> Content:
        """Title, clock, saving."""
        word = self._state.progress.value
        saved = f"{word}: {self._state.why.rstrip('.')}, retrying" if self._state.why else word
        right = Content.assemble(
            (plain(self._clock), "$ink bold"),
            "   " if self._clock else "",
            (plain(saved), SAVE_STYLES[self._state.progress]),
        )
        room = self.size.width - 2
        if right.cell_length > room:
            return Content.styled(cut(right.plain, room), "$ink")
        left_room = room - right.cell_length - 2
        name = cut(self._title, max(0, left_room - cell_len(self._which)))
        left = Content.styled(cut(name + self._which, max(0, left_room)), "$brand bold")
        return Content.assemble(left, " " * (room - left.cell_length - right.cell_length), right)
