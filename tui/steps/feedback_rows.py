"""A list of feedback: stars, the text, and under it the response, which is edited where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

from meetings.kinds import FeedbackState, Verdict
from meetings.measures.accountability import Loop
from meetings.meeting import Head
from meetings.model import Feedback
from tui.theme import team_style
from tui.widgets.columns import Column, layout, plain, width_of, wrap
from tui.widgets.panel import EDGES, Panel
from tui.widgets.row import Row
from tui.widgets.rows import Rows

NARROW = 46
"""Columns below which the state stands under the text."""
WIDEST_TEAM = 12
"""Columns that the name of the team that said it has at most."""
INDENT = "\u00a0\u00a0"
"""Before a response. Wrapping would take plain blanks away."""

SIGNS = {state: "✓" if state is FeedbackState.CLOSED else "↳" for state in FeedbackState}
STYLES = {FeedbackState.NEW: "$ink", FeedbackState.CLOSED: "$done"}

VERDICTS = {
    Verdict.ACCEPTED: ("✓", "$on-track"),
    Verdict.REJECTED: ("✗", "$off-track"),
    Verdict.DISQUALIFIED: ("✗", "$off-track"),
    Verdict.RECYCLED: ("↺", "$at-risk"),
    Verdict.STRONG_FIT: ("+", "$on-track"),
    Verdict.WEAK_FIT: ("−", "$at-risk"),
}
"""The sign and the style of a verdict on a lead."""

Line = tuple[str, str]
"""A line under a text, and its style."""


def stars(rating: int | None) -> str:
    """`★★☆☆☆`; nothing when it is not rated."""
    return "" if rating is None else "★" * rating + "☆" * (5 - rating)


def lead_line(record: Feedback) -> Line | None:
    """`+ Nordhaven · strong fit`: the lead that it is about, with the verdict and its reason; None without a lead."""
    sign, style = VERDICTS[record.verdict] if record.verdict else ("", "$quiet")
    verdict = record.verdict.replace("_", " ") if record.verdict else ""
    parts = [record.lead or ("a lead" if verdict else ""), verdict, record.reason]
    words = " · ".join(part for part in parts if part)
    return (f"{sign} {words}".strip(), style) if words else None


def loop_words(loop: Loop) -> tuple[str, ...]:
    """What became of all feedback of a team, at length and shorter; empty when there is none. Days are medians."""
    if not loop.raised:
        return ()
    answered, closed = f"{loop.answered} answered", f"{loop.closed} closed"
    return (
        f"{loop.raised} raised · {answered}{_within(loop.days_to_answer)} · {closed}{_within(loop.days_to_close)}",
        f"{loop.raised} raised · {answered} · {closed}",
        f"{loop.closed} of {loop.raised} closed",
    )


def _within(days: float | None) -> str:
    if days is None:
        return ""
    return f" in {days:g} {'day' if days == 1 else 'days'}" if days else " that day"


class FeedbackRows(Rows):
    """Feedback in the order in which it is given to `show_feedback`. `respond` makes room for a response.

    `most` lines of a text, and of a response, are shown (the pane on the right has all of it). In front of it
    stand its stars or, if `head` is given, the team that said it.
    """

    def __init__(
        self, *, typed: str = "", most: int = 3, head: Head | None = None, id: str | None = None
    ) -> None:
        super().__init__(typed=typed, id=id)
        self._most, self._head = most, head
        self._feedback: Sequence[Feedback] = ()
        self._below: Mapping[str, Sequence[Line]] = {}
        self._when_empty = ""
        self._responding = ""
        self._loop: tuple[str, ...] = ()
        self._response_lines: dict[str, range] = {}
        self._width = 0

    def show_feedback(
        self, feedback: Sequence[Feedback], empty: str, *, below: Mapping[str, Sequence[Line]] | None = None
    ) -> None:
        """Show feedback; `below` are further lines under some of it, by uid."""
        self._feedback, self._below, self._when_empty = feedback, below or {}, empty
        self._build()

    def respond(self, uid: str) -> None:
        """Make room for a response under the text; it goes away when the field over it is left."""
        self._responding = uid
        self._build()

    def show_loop(self, loop: Loop) -> None:
        """Say in the lower edge of the panel around what became of all feedback of a team."""
        self._loop = loop_words(loop)
        self._say_loop()

    def _say_loop(self) -> None:
        """At length where there is room."""
        if not self._loop or not isinstance(self.parent, Panel):
            return
        room = self.parent.outer_size.width - EDGES
        words = next((words for words in self._loop if len(words) <= room), "")
        self.parent.show_foot(words)

    def on_resize(self, event: events.Resize) -> None:
        """Break the texts anew."""
        self._say_loop()
        if self.size.width != self._width:
            self._build()

    def on_rows_edited(self, event: Rows.Edited) -> None:
        """The field is gone; the screen takes what is in it."""
        self._stop_responding()

    def on_rows_edit_cancelled(self, event: Rows.EditCancelled) -> None:
        """The field is gone."""
        self._stop_responding()

    def _stop_responding(self) -> None:
        if self._responding:
            self._responding = ""
            self._build()

    def _build(self) -> None:
        self._width = self.size.width
        columns = self._columns()
        room = next(
            cells for column, cells in layout(columns, (self._width or 60) - 2, {}) if column.key == "text"
        )
        lines = self.lines
        self.show(columns, [self._row(record, room) for record in self._feedback], self._when_empty)
        if isinstance(self.parent, Widget) and self.lines != lines:
            self.parent.refresh(layout=True)  # the frame is higher or lower now

    @property
    def _narrow(self) -> bool:
        return 0 < self._width < NARROW

    def _columns(self) -> list[Column]:
        rated = not self._head and any(record.rating is not None for record in self._feedback)
        state = max((width_of(f"↳ {record.state}") for record in self._feedback), default=0)
        return [
            *([Column("from_team", width=self._giver_width())] if self._head and not self._narrow else []),
            *([Column("rating", width=5)] if rated else []),
            Column("text", flex=1, min_width=12, wrap=True, max_lines=12),
            *([] if self._narrow else [Column("state", width=state)]),
        ]

    def _giver_width(self) -> int:
        names = (self._head.team_name(record.from_team) for record in self._feedback) if self._head else ()
        return min(WIDEST_TEAM, max(map(width_of, names), default=0))

    def _row(self, record: Feedback, room: int) -> Row:
        closed = record.state is FeedbackState.CLOSED
        text = wrap(record.text, room, self._most)
        lines = [Content(line) for line in text]
        if about := lead_line(record):
            lines += [Content.styled(line, about[1]) for line in wrap(plain(about[0]), room, 2)]
        before = len(lines)
        word, style = f"{SIGNS[record.state]} {record.state}", STYLES.get(record.state, "$quiet")
        under, indent = (f"“{record.response}”" if record.response else ""), INDENT
        if self._narrow:
            under, indent = f"{word} {under}".rstrip(), ""
        if under or self._responding == record.uid:
            broken = wrap(under, max(1, room - len(indent)), self._most)
            lines += [
                Content.styled(indent + plain(line), style if self._narrow else "$quiet") for line in broken
            ]
        self._response_lines[record.uid] = range(before, len(lines))
        for words, colour in self._below.get(record.uid, ()):
            broken = wrap(words, max(1, room - len(INDENT)), 2)
            lines += [Content.styled(INDENT + line, colour) for line in broken]
        rating = Content.styled(stars(record.rating), "$quiet" if closed else "$brand")
        giver = Content(plain(self._head.team_name(record.from_team))) if self._head else Content("")
        cells = {
            "from_team": giver.stylize(team_style(record.from_team)),
            "rating": rating,
            "text": Content("\n").join(lines),
            "state": Content.styled(word, style),
        }
        return Row(record.uid, cells, dim=closed)

    def _cell_region(self, index: int, column: str, at_least: int) -> Region:
        """The field of a response lies under the text."""
        if column != "response":
            return super()._cell_region(index, column, at_least)
        region = super()._cell_region(index, "text", at_least)
        return region.translate((0, self._response_lines[self.row_key(index)].start))

    def _without(self, row: Row, column: str) -> Row:
        """The text and the response are edited one without the other."""
        if column not in ("text", "response"):
            return super()._without(row, column)
        response = self._response_lines[row.key]
        hidden = response if column == "response" else range(response.start)
        cell = row.cells["text"]
        lines = cell.split("\n", allow_blank=True) if isinstance(cell, Content) else []
        shown = [Content(INDENT) if at in hidden else line for at, line in enumerate(lines)]
        return replace(row, cells={**row.cells, "text": Content("\n").join(shown)})
