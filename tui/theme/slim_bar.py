"""The scrollbar: half a cell wide, so that words beside it have air."""

from __future__ import annotations

from typing import ClassVar

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender

HALF = "▐"
BACK, BAR = Color.parse("black"), Color.parse("white")
"""What is used where nobody says which; the library always does."""


class SlimBar(ScrollBarRender):
    """The library's, drawn with the right half of its cells.."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: Color = BACK,
        bar_color: Color = BAR,
    ) -> Segments:
        """The bar's lines."""
        bar = super().render_bar(
            size, virtual_size, window_size, position, thickness, vertical, back_color, bar_color
        )
        if not vertical:
            return bar
        drawn = [
            Segment(HALF * thickness, Style(color=bar_color, bgcolor=back_color, meta=style.meta))
            if style is not None and style.reverse
            else Segment(text, style)
            for text, style, _ in bar.segments
        ]
        return Segments(drawn, new_lines=True)
