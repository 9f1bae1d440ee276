"""The line on top: which meeting this is, the clock, and whether everything is saved."""

from __future__ import annotations

import datetime as dt
import re

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from meetings.dates import show_day, show_minutes
from meetings.flow import clock
from meetings.kinds import MeetingState
from meetings.meeting import Meeting
from meetings.store.saver import Progress, SaveState
from tui.widgets.calm import Still
from tui.widgets.columns import cut, plain

LEAST_NAME = 12
"""Cells that the meeting's name has at least before the clock says less."""
SAVE_STYLES = {
    Progress.SAVED: "$on-track",
    Progress.SAVING: "$quiet",
    Progress.OFFLINE: "$at-risk bold",
    Progress.FAILED: "$off-track bold",
}
LEAST = 8
"""Cells of a name below which it says nothing."""


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


class TopBar(Still, Widget):
    """Name and number on the left, clock and saving on the right; the name gives way first, then the clock."""

    DEFAULT_CSS = """
    TopBar { height: 1; background: $ground; color: $ink; padding: 0 1; }
    """

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self._title, self._which = title, ""
        self._clock = ""
        self._here = ("", "")
        self._state = SaveState(Progress.SAVED)
        self._notice = ""
        self._least_room = (0, 0)
        """A width of the line, and the least room that its left side has had in it."""

    def show_notice(self, notice: str) -> None:
        """Show a few words that wait for the person, until they are empty."""
        if notice != self._notice:
            self._notice = notice
            self.refresh()

    def show_saving(self, state: SaveState) -> None:
        """Show how far saving has come."""
        if state != self._state:
            self._state = state
            self.refresh()

    def show(
        self, meeting: Meeting, today: dt.date, time: str, state: SaveState, here: tuple[str, str] = ("", "")
    ) -> None:
        """Show the meeting's name, number and date, its clock, and how far saving has come.

        `here` is the time of the current step, and its style.
        """
        title = plain(meeting.head.name or "Meeting")
        which = f"   #{meeting.head.number} · {show_day(meeting.head.date, today)}"
        if (title, which, time, state, here) != (
            self._title,
            self._which,
            self._clock,
            self._state,
            self._here,
        ):
            self._title, self._which, self._clock, self._state, self._here = title, which, time, state, here
            self.refresh()

    def render(self) -> Content:
        """Title, clock, saving."""
        saved, style = save_words(self._state)
        room = self.size.width - 2
        after = Content.assemble(
            (plain(self._notice), "$at-risk bold"),
            "   " if self._notice else "",
            (cut(plain(saved), max(room, 0)), style),
        )
        clock_room = room - after.cell_length - 3
        here, style = self._here
        time = self._time(clock_room - cell_len(self._which) - LEAST_NAME)
        time = cut(plain(time), clock_room - cell_len(here) - 3) if clock_room > 0 else ""
        between = " · " if here and time else ""
        right = Content.assemble(
            (here, style), between, (time, "$ink bold"), "   " if time or here else "", after
        )
        if right.cell_length > room:
            return right.truncate(room)
        left_room = room - right.cell_length - 2
        left = Content.styled(self._where(max(0, self._standing(left_room))), "$brand bold")
        return Content.assemble(left, " " * (room - left.cell_length - right.cell_length), right)

    def _standing(self, room: int) -> int:
        """The room of the name: what the clock has once taken of it is not given back, so that it stands still."""
        if self._notice or self._state.progress not in (Progress.SAVED, Progress.SAVING):
            return room
        room -= len(Progress.SAVING.value) - len(self._state.progress.value)
        if self._least_room[0] != self.size.width:
            self._least_room = (self.size.width, room)
        self._least_room = (self.size.width, min(room, self._least_room[1]))
        return self._least_room[1]

    def _where(self, room: int) -> str:
        """Name, number and day as far as there is room: the name is cut while something of it can be read."""
        name = room - cell_len(self._which)
        if name >= min(LEAST, cell_len(self._title)) or not self._which:
            return cut(self._title, max(name, 0)) + self._which
        which = self._which.strip()
        return which if cell_len(which) <= room else ""

    def _time(self, room: int) -> str:
        """The clock; where it has not so much room beside the time of the step, only when the meeting ends."""
        here = cell_len(self._here[0])
        whole = not here or here + 3 + cell_len(self._clock) <= room
        return self._clock if whole else self._clock.rpartition(" · ")[2]


def save_words(state: SaveState) -> tuple[str, str]:
    """How far saving has come, in a few words, and their style."""
    word = state.progress.value
    saved = f"{word}: {_short(state.why)}" if state.why else word
    if state.progress is Progress.FAILED:
        saved += ", retrying"
    return saved, SAVE_STYLES[state.progress]


def _short(why: str) -> str:
    """The reason alone, where it comes with the meeting that this line is about anyhow."""
    found = re.fullmatch(r"Meeting \d+ could not be saved: (.+)", why)
    return (found[1] if found else why).rstrip(".")
