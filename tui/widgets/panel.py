"""A frame around what belongs together: a title on the left of its upper edge, a figure on the right."""

from __future__ import annotations

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from tui.widgets.columns import cut, plain

EDGES = 6
"""Cells of the upper edge that are no title: two corners, a line and a blank on either side."""


class Panel(Vertical):
    """A quiet round frame; its colour says that the focus is inside."""

    DEFAULT_CSS = """
    Panel {
        border: round $line;
        background: $ground;
        height: 1fr;
        padding: 0;
        &:focus-within { border: round $brand; }
    }
    """

    def __init__(
        self,
        *children: Widget,
        title: str | Content = "",
        figure: str | Content = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(*children, id=id, classes=classes)
        self._title = _styled(title, "$ink bold")
        self._figure = _styled(figure, "$quiet")
        self._drawn: object = None

    def show_title(self, title: str | Content | None = None, figure: str | Content | None = None) -> None:
        """Change the title, the figure at the right, or both. Text is plain, never markup."""
        if title is not None:
            self._title = _styled(title, "$ink bold")
        if figure is not None:
            self._figure = _styled(figure, "$quiet")
        self._draw_title()

    def watch_virtual_size(self) -> None:
        """Another size, which is told before the next frame is drawn; a Resize event comes after it."""
        self._draw_title()

    def _draw_title(self) -> None:
        """Join title and figure with a piece of the edge; with little room the figure leaves first."""
        room = self.outer_size.width - EDGES
        if room < 1:
            return
        title, figure = self._title, self._figure
        line = room - title.cell_length - figure.cell_length - 2
        if not figure or line < 1:
            drawn = _cut(title, room)
        else:
            lead = title.append(" ") if title else Content("─")
            drawn = Content.assemble(lead, "─" * line, " ", figure)
        if (drawn.plain, drawn.spans) != self._drawn:  # the library draws everything inside anew
            self.border_title, self._drawn = drawn, (drawn.plain, drawn.spans)


def _styled(text: str | Content, style: str) -> Content:
    return text if isinstance(text, Content) else Content.styled(plain(text), style)


def _cut(title: Content, room: int) -> Content:
    shown = cut(title.plain, room)
    return title if shown == title.plain else title[: len(shown) - 1].append("…")
