"""Text that is wrapped between words, but not between a figure and its unit: `9 %` stays on one line.

Nor within a date, or at a no-break space; the library breaks lines at every blank, those included.
"""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

from tui.widgets.columns import apart, joined


def unbroken(text: Content, width: int) -> Content:
    """The same text, its lines broken where they are longer than `width` cells and have such a blank in them.

    No-break spaces have become usual ones: who copies from the terminal wants those.
    """
    if width < 1 or not any(_is_meant(line, width) for line in text.plain.split("\n")):
        return text
    lines: list[Content] = []
    for line in text.split(allow_blank=True):
        if not _is_meant(line.plain, width):
            lines.append(line)
            continue
        marked = Content(joined(line.plain, width), [*line.spans])
        parts = marked.wrap(width) if marked.cell_length > width else [marked]
        lines += [Content(apart(part.plain).replace("\xa0", " "), [*part.spans]) for part in parts]
    return Content("\n").join(lines)


def _is_meant(line: str, width: int) -> bool:
    return "\xa0" in line or (cell_len(line) > width and joined(line, width) != line)


class Unbroken(Visual):
    """Draws a text so."""

    def __init__(self, text: Content) -> None:
        self._text = text
        self._made: tuple[int, Content] = (0, text)

    def _broken(self, width: int) -> Content:
        if self._made[0] != width:
            self._made = width, unbroken(self._text, width)
        return self._made[1]

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The lines."""
        return self._broken(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Cells of the longest line."""
        return self._text.get_optimal_width(rules, container_width)

    def get_minimal_width(self, rules: RulesMap) -> int:
        """Cells of the longest word."""
        return self._text.get_minimal_width(rules)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Lines of that width."""
        return self._broken(width).get_height(rules, width)


class Words(Static):
    """A text that is wrapped so."""

    def render(self) -> RenderResult:
        """The text."""
        visual = super().render()
        return Unbroken(visual) if isinstance(visual, Content) else visual
