"""Step and clock on one line, where there is room for no more."""

from __future__ import annotations

import datetime as dt

from textual.content import Content

from meetings.dates import show_minutes
from meetings.flow import clock
from meetings.meeting import Meeting
from meetings.store.saver import SaveState
from tui.widgets.agenda_rail import short_title
from tui.widgets.columns import cut, plain
from tui.widgets.top_bar import TopBar, save_words
from tui.words.clock_words import step_time

LEAST = 8
"""Cells of the step's name that stay, whatever else there is."""


class StepLine(TopBar):
    """The step, its clock, and whether everything is saved. The clock gives way before the name."""

    DEFAULT_CSS = """
    StepLine { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._clocks: tuple[str, ...] = ()
        self._style = "$ink"

    def show_step(self, meeting: Meeting, now: dt.datetime, live: str, state: SaveState) -> None:
        """Show where the meeting is and how long it has been there."""
        step = meeting.head.step_of(meeting.head.step)
        title = plain(short_title(step)) if step else ""
        whole = f"{show_minutes(clock.elapsed(meeting, now, live))} of {show_minutes(clock.planned(meeting))}"
        here, style = step_time(meeting, now, live)
        here = " · ".join(filter(None, (here, "paused" if meeting.head.paused else "")))
        clocks = (f"{here} · {whole}", here) if here else (whole,)
        if (title, clocks, state, style) != (self._title, self._clocks, self._state, self._style):
            self._title, self._clocks, self._state, self._style = title, clocks, state, style
            self.refresh()

    def render(self) -> Content:
        """Name, clock, saving."""
        room = self.size.width - 2
        saved, style = save_words(self._state)
        parts = [(plain(self._notice), "$at-risk bold")] if self._notice else []
        parts.append((cut(plain(saved), max(room, 0)), style))
        right = Content("  ").join(Content.styled(*part) for part in parts)
        spare = room - right.cell_length - 2
        name = min(Content(self._title).cell_length, max(spare, LEAST))
        time = next((each for each in self._clocks if name + 2 + len(each) <= spare), "")
        left = Content.assemble(
            (cut(self._title, max(0, name)), "$brand bold"), "  " if time else "", (time, self._style)
        )
        if left.cell_length + 2 + right.cell_length > room:
            return Content.assemble(left, "  ", right).truncate(max(room, 0))
        return Content.assemble(left, " " * (room - left.cell_length - right.cell_length), right)
