"""Panels in bands above each other, which share the height: each is as tall as what it holds while there is room.

When there is not, the panel that has the focus is tall and the others make way; on a very small screen they fold
up to their titles. Panels that follow each other with the class `beside` are one band where it is wide.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

BESIDE_FROM = 70
"""Columns from which panels stand side by side."""
GAP = 1
"""Columns between them."""
EDGE = 2
"""Lines and columns that a panel's frame takes."""
LEAST = 5
"""Lines that a panel needs to be of use beside others; where there are fewer, it folds up."""


def share(room: int, wanted: Sequence[int], first: int) -> list[int]:
    """Share `room` lines out among bands that would like so many; number `first` comes first.

    What is left over goes to the last one. The heights add up to `room`, unless that is hardly a line for each.

    >>> share(20, [8, 4, 6], 0)
    [8, 4, 8]
    >>> share(16, [8, 4, 9], 0)
    [7, 4, 5]
    >>> share(9, [8, 4, 9], 2)
    [1, 1, 7]
    """
    if not wanted:
        return []
    if sum(wanted) <= room:
        return [*wanted[:-1], room - sum(wanted[:-1])]
    heights = [min(lines, LEAST) for lines in wanted]
    if sum(heights) > room:
        folded = [1] * len(wanted)
        folded[first] = max(1, room - len(wanted) + 1)
        return folded
    left = room - sum(heights)
    grown = min(left, wanted[first] - heights[first])
    heights[first] += grown
    left -= grown
    while left:
        at = min((n for n, lines in enumerate(wanted) if heights[n] < lines), key=lambda n: heights[n])
        heights[at] += 1
        left -= 1
    return heights


class _Sharing(Layout):
    """Where the panels are."""

    name = "bands"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """Bands of panels from top to bottom."""
        parent.pre_layout(self)
        bands = _bands(children, size.width)
        focused = parent.screen.focused
        around = set(focused.ancestors_with_self) if focused is not None else set()
        first = next((n for n, band in enumerate(bands) if around.intersection(band)), 0)
        wanted = [max(_lines(panel, size, _width(size, band)) for panel in band) for band in bands]
        placements: list[WidgetPlacement] = []
        y = 0
        for band, height in zip(bands, share(size.height, wanted, first), strict=True):
            width = _width(size, band)
            for n, panel in enumerate(band):
                left = n * (width + GAP)
                region = Region(left, y, size.width - left if n == len(band) - 1 else width, height)
                placements.append(WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, panel))
            y += height
        return placements


def _bands(panels: Sequence[Widget], width: int) -> list[list[Widget]]:
    """The panels that stand side by side, from top to bottom."""
    bands: list[list[Widget]] = []
    for panel in panels:
        beside = panel.has_class("beside") and width >= BESIDE_FROM
        if beside and bands and bands[-1][-1].has_class("beside"):
            bands[-1].append(panel)
        else:
            bands.append([panel])
    return bands


def _width(size: Size, band: Sequence[Widget]) -> int:
    """The columns of each panel of a band; the last one takes what is left."""
    return (size.width - GAP * (len(band) - 1)) // len(band)


def _lines(panel: Widget, size: Size, width: int) -> int:
    """The lines that a panel would like."""
    shown = [child for child in panel.children if child.display]
    return EDGE + sum(max(1, child.get_content_height(size, size, width - EDGE)) for child in shown)


class Bands(Widget):
    """Holds panels. Call `fit` when what they hold has changed."""

    DEFAULT_CSS = """
    Bands { height: 1fr; width: 1fr; }
    """

    _sharing = _Sharing()

    @property
    def layout(self) -> Layout:
        """Its own."""
        return self._sharing

    def fit(self) -> None:
        """Share the height out anew."""
        for panel in self.children[:1]:
            panel.refresh(layout=True)  # a widget forgets its layout when one of its children asks for it

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Another panel comes first now."""
        self.fit()
