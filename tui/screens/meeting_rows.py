"""Rows of the list of meetings: when they were, who was there, and what they came to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from textual.content import Content

from meetings.dates import show_day, show_minutes
from meetings.figures import show_mean, show_rate
from meetings.flow.overview import Summary
from meetings.kinds import MeetingState
from tui.widgets.columns import Column, plain
from tui.widgets.row import Row

COLUMNS = (
    Column("number", "#", max_width=6, align="right"),
    Column("date", "Date", max_width=15),
    Column("here", "Here", max_width=4, align="right", priority=4),
    Column("present", "Present", flex=1, min_width=20, priority=6),
    Column("done", "Done", max_width=16, align="right"),
    Column("rating", "Rating", max_width=6, align="right", priority=1),
    Column("time", "Time", max_width=16, align="right", priority=2),
    Column("decisions", "Decided", max_width=7, align="right", priority=5),
    Column("wins", "Wins", max_width=4, align="right", priority=5),
    Column("items", "Items", max_width=5, align="right", priority=3),
)
AMENDED = Column("amended", "Amended", max_width=9, priority=1)
"""Shown once a meeting has been."""


@dataclass(frozen=True)
class Entry:
    """A meeting in the list: what it came to, or why it cannot be read."""

    number: int
    found: Summary | None
    why: str = ""

    @cached_property
    def _text(self) -> str:
        """What the list says of it, in lower case."""
        text = f"#{self.number} {self.why}"
        if self.found is not None:
            day = self.found.date
            text += (
                f" {show_day(day, day)} {day.isoformat()} {self.found.name} {' '.join(self.found.present)}"
            )
            text += f" {self.found.state.value}"
        return text.casefold()

    def has(self, words: list[str]) -> bool:
        """Whether all these words (in lower case) are in what the list says of it."""
        return all(word in self._text for word in words)


def columns(amended: bool) -> tuple[Column, ...]:
    """The columns; with one for amendments once a meeting has some."""
    return (*COLUMNS[:2], AMENDED, *COLUMNS[2:]) if amended else COLUMNS


def entry_row(entry: Entry, today: dt.date) -> Row:
    """A meeting with its figures, or why it cannot be read."""
    found = entry.found
    if found is None:
        return Row(
            str(entry.number),
            {
                "number": str(entry.number),
                "date": Content.styled("cannot be read", "$off-track"),
                "present": Content.styled(entry.why, "$quiet"),
            },
        )
    cells: dict[str, str | Content] = {
        "number": str(found.number),
        "date": show_day(found.date, today),
    }
    if found.state is MeetingState.PLANNED:
        cells["done"] = Content.styled("planned", "$quiet")
        return Row(str(entry.number), cells, dim=True)
    running = ("runs now  ", "$brand bold") if found.state is MeetingState.RUNNING else ""
    cells["here"] = _count(len(found.present))
    cells["present"] = Content.assemble(running, plain(", ".join(found.present)))
    cells |= {
        "done": Content.styled(
            show_rate(found.done.done, found.done.all), "$quiet" if found.done.share is None else "$ink"
        ),
        "rating": Content.styled("n/a", "$quiet") if found.rating is None else show_mean(found.rating),
        "time": f"{show_minutes(found.spent)} of {show_minutes(found.planned)}",
        "decisions": _count(found.decisions),
        "wins": _count(found.wins),
        "items": _count(found.items),
        "amended": {0: "", 1: "once", 2: "twice"}.get(found.amendments, f"{found.amendments} times"),
    }
    return Row(str(entry.number), cells)


def _count(number: int) -> str | Content:
    return str(number) if number else Content.styled("–", "$quiet")
