"""A text to look at before it is written."""

from __future__ import annotations

import textwrap

from rich.cells import chop_cells
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.columns import fit, plain, width_of

MOST = 2000
"""Lines of a text that are shown at most; a file may have more."""


class TextPane(ScrollView, can_focus=False):
    """Shows a text as it is, line by line, long lines broken. Nothing in it means anything to the terminal."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TextPane {
        height: 1fr; min-height: 1; width: 1fr; background: $field; color: $ink; padding: 0 1;
        overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text: list[str] = []
        self._lines: list[str] = []

    def show(self, text: str) -> None:
        """Show this, from its beginning."""
        lines = text.split("\n")
        more = len(lines) - MOST
        self._text = [plain(line.removesuffix("\r").expandtabs(4)) for line in lines[:MOST]]
        if more > 0:
            self._text.append(f"… {more:,} more lines are in the file")
        self._lay_out()
        self.scroll_home(animate=False)

    def on_resize(self, event: events.Resize) -> None:
        """Other lines fit."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        self._lines = [part for line in self._text for part in broken(line, width)] if width > 0 else []
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line that is scrolled to there."""
        at, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        line = self._lines[at] if at < len(self._lines) else ""
        return Strip([Segment(fit(line, width), self.rich_style)])


def broken(line: str, width: int) -> list[str]:
    """The line in pieces of at most `width` cells, blanks kept: by words, or by cells where it has wide signs."""
    if len(line) <= width and width_of(line) <= width:
        return [line]
    if width_of(line) != len(line):
        return chop_cells(line, width)
    return textwrap.wrap(line, width, drop_whitespace=False, break_on_hyphens=False) or [""]
