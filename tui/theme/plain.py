"""Without any colour, for those who ask for none and terminals that have none."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.theme.palettes import TEXTS

REVERSED = ("cursor", "bar", *TEXTS)
"""Backgrounds by which something stands out: selected rows, the field's cursor, scrollbars."""
UNDERLINED = ("field",)
"""Backgrounds that show where something can be typed."""


class Plain(LineFilter):
    """Takes all colour away; what backgrounds tell is told by reverse and underline instead."""

    def __init__(self, colours: Mapping[str, str]) -> None:
        super().__init__()
        self._told = _told_by(colours)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same text without colour."""
        return [
            Segment(text, None if style is None else self._plain(style), control)
            for text, style, control in segments
        ]

    def _plain(self, style: Style) -> Style:
        ground = style.bgcolor.triplet if style.bgcolor is not None else None
        plain = _uncoloured(style)
        return plain + self._told[ground] if ground in self._told else plain


class NoBold(LineFilter):
    """Takes bold away: where there are sixteen colours it brightens, and dark words on white would fade by it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same text in one weight."""
        return [
            Segment(text, _not_bold(style), control) if style is not None and style.bold else segment
            for segment in segments
            for text, style, control in (segment,)
        ]


@lru_cache(256)
def _not_bold(style: Style) -> Style:
    return style + Style(bold=False)


@lru_cache(1024)
def _uncoloured(style: Style) -> Style:
    return style.without_color


def _told_by(colours: Mapping[str, str]) -> dict[ColorTriplet | None, Style]:
    """What stands for each background."""
    grounds = {
        name: Color.parse(colours[name]).rich_color.triplet for name in (*REVERSED, *UNDERLINED, "ground")
    }
    told = {grounds[name]: Style(underline=True) for name in UNDERLINED}
    told |= {grounds[name]: Style(reverse=True) for name in REVERSED}
    return {triplet: style for triplet, style in told.items() if triplet and triplet != grounds["ground"]}
