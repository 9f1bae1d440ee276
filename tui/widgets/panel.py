"""A frame around what belongs together: a title on the left of its upper edge, a figure on the right."""

from __future__ import annotations

from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.calm import Still
from tui.widgets.columns import cut, plain

EDGES = 6
"""Cells of the upper edge that are no title: two corners, a line and a blank on either side."""


class Panel(Still, Vertical):
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
        self._foot: object = None

    def show_title(self, title: str | Content | None = None, figure: str | Content | None = None) -> None:
        """Change the title, the figure at the right, or both. Text is plain, never markup."""
        if title is not None:
            self._title = _styled(title, "$ink bold")
        if figure is not None:
            self._figure = _styled(figure, "$quiet")
        if self._join_title():
            self.refresh(Region(-1, -1, self.outer_size.width, 1))  # `border_title` has the whole frame drawn

    def show_foot(self, text: str | Content) -> None:
        """Show a text in the lower edge, at the right. It is plain, never markup."""
        foot = _styled(text, "$quiet")
        if (foot.plain, foot.spans) != self._foot:
            self._foot = (foot.plain, foot.spans)
            self.border_subtitle = foot

    def watch_virtual_size(self) -> None:
        """Another size, which is told before the next frame is drawn; a Resize event comes after it."""
        self._join_title()

    def _join_title(self) -> bool:
        """Join title and figure with a piece of the edge; with little room the figure leaves first.

        Whether that is something else than before.
        """
        room = self.outer_size.width - EDGES
        if room < 1:
            return False
        title, figure = self._title, self._figure
        line = room - title.cell_length - figure.cell_length - 2
        if not figure or line < 1:
            drawn = _cut(title, room)
        else:
            lead = title.append(" ") if title else Content("─")
            drawn = Content.assemble(lead, "─" * line, " ", figure)
        before, self._drawn = self._drawn, (drawn.plain, drawn.spans)
        self._border_title = drawn
        return self._drawn != before

    def render_lines(self, crop: Region) -> list[Strip]:
        """The frame: between the edges all lines are the same, so one is drawn for all of them."""
        last = max(self.outer_size.height - 1, 0)
        between = min(1, last)  # a panel may have shrunk since it was asked for these lines
        drawn = {y: self._line(y, crop) for y in (0, between, last)}
        return [drawn.get(y, drawn[between]) for y in crop.line_range]

    def _line(self, y: int, crop: Region) -> Strip:
        return super().render_lines(Region(crop.x, y, crop.width, 1))[0]


def _styled(text: str | Content, style: str) -> Content:
    return text if isinstance(text, Content) else Content.styled(plain(text), style)


def _cut(title: Content, room: int) -> Content:
    shown = cut(title.plain, room)
    return title if shown == title.plain else title[: len(shown) - 1].append("…")
