"""All figures of one source, or of all of them together: on demand, and for screens without room for a pane."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.dialogs.base import Box, Dialog, Keys
from tui.widgets.columns import plain
from tui.widgets.unbroken import Words
from tui.words.lead_sections import Subject, heading, section_lines, sections

TWO_FROM = 70
"""Columns inside the box from which the sections stand in two columns."""
GAP = 4
FRAME = 6
"""Columns that the box and the scrollbar take."""


class LeadFigures(Dialog[tuple[str, int]]):
    """Shows the figures of one subject after the other: left and right go through them.

    Answers what to do next ("", "form" or "problem") and the place of the subject that was in front.
    """

    around = 6
    DEFAULT_CSS = """
    LeadFigures Box { width: 100; }
    LeadFigures #columns { height: auto; margin-top: 1; }
    LeadFigures #right { margin-left: 4; }
    LeadFigures #right.empty { display: none; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "close", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("e", "leave('form')", show=False),
        Binding("p", "leave('problem')", show=False),
    ]

    def __init__(self, subjects: Sequence[Subject], at: int = 0) -> None:
        super().__init__()
        self._subjects, self._at = tuple(subjects), at
        self._width = 0

    def compose(self) -> ComposeResult:
        """Two columns where there is room, else one."""
        with Box():
            yield Words(id="heading")
            with VerticalScroll(classes="scrolled", can_focus=True), Horizontal(id="columns"):
                yield Words(id="left")
                yield Words(id="right")
            turns = (("turn(1)", "← →", "Source"),) if len(self._subjects) > 1 else ()
            yield Keys(
                ("close", "Esc", "Close"),
                *turns,
                ("leave('form')", "e", "Edit"),
                ("leave('problem')", "p", "Problem"),
            )

    def on_resize(self, event: events.Resize) -> None:
        """The sections are made for the width that there is."""
        super().on_resize(event)
        self._width = min(event.size.width, 100) - FRAME
        self._show()

    @property
    def subject(self) -> Subject:
        """What is in front."""
        return self._subjects[self._at]

    def _show(self) -> None:
        subject = self.subject
        self.query_one(Box).show_title(subject.title)
        quiet = Content.styled(" · ", "$quiet").join(heading(subject)[1:])
        self.query_one("#heading", Static).update(quiet)
        two = self._width >= TWO_FROM
        width = (self._width - GAP) // 2 if two else self._width
        made = [section_lines(section) for section in sections(subject, width)]
        left, right = _halves(made) if two else (made, [])
        self.query_one("#left", Static).update(_text(left))
        other = self.query_one("#right", Static)
        other.update(_text(right))
        other.set_class(not right, "empty")
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_turn(self, by: int) -> None:
        """To the next source, or the one before; round and round."""
        self._at = (self._at + by) % len(self._subjects)
        self._show()

    def action_scroll(self, by: int) -> None:
        """Go a line up or down."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_leave(self, what: str) -> None:
        """Close, and go on with something else."""
        self.dismiss((what, self._at))

    def action_close(self) -> None:
        """Close."""
        self.dismiss(("", self._at))


def _halves(made: list[list[Content]]) -> tuple[list[list[Content]], list[list[Content]]]:
    """The sections in two columns, in their order, as equally high as they can be."""
    heights = [len(lines) + 1 for lines in made]
    at = min(
        range(len(made) + 1), key=lambda place: max(sum(heights[:place]), sum(heights[place:])), default=0
    )
    return made[:at], made[at:]


def _text(parts: list[list[Content]]) -> Content:
    lines: list[Content] = []
    for part in parts:
        lines += [Content(""), *part]
    return Content("\n").join(lines[1:]) if lines else Content(plain("Nothing is known yet."))
