"""Panels in bands above each other, which share the height: each is as tall as what it holds while there is room.

When there is not, low panels are whole and the higher ones share the rest evenly, whichever has the focus: a panel
keeps its height when the focus moves. Only where the panel in use (the one that has, or had last, the focus) would not
show a few lines, or the whole of any of its rows, do the highest others give it lines; on a very small screen they
fold up to their titles. Panels that follow each other with the class `beside` are one band where it is wide; what is
left over goes to the panel with the class `grows`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from textual import events
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget
from textual.widgets import Static

from tui.widgets.calm import Covered
from tui.widgets.panel import Panel
from tui.widgets.rows import Rows

BESIDE_FROM = 70
"""Columns from which panels stand side by side."""
GAP = 1
"""Columns between them."""
EDGES = 2
"""Lines and columns that a panel's frame takes."""
LEAST = EDGES + 1
"""Lines of a panel that shows one line."""
FOLDED = 1
"""Lines of a panel of which only the title is there."""
IN_USE = EDGES + 4
"""Lines that the panel in use has at least, if it wants them, before others are folded for it."""
ONE_PANE = 14
"""Lines from which several panels can show something; with less, if not all fit, there is only the one in use."""


def share(wanted: Sequence[int], room: int, used: int, grows: int = -1, need: int = IN_USE) -> list[int]:
    """Share `room` lines out among bands that want so many each; `used` is the place of the one in use.

    Where everything fits, what is left over goes to the band `grows`. Where it does not, no band is higher than it
    wants, and none is lower than another unless it wants no more: that does not depend on which is in use. Only when
    the one in use would have less than it needs (`need`) do the highest others give it a line after the other; where
    a few lines for it would not leave them one each, they are folded to their titles. The heights add up to `room`,
    unless that is hardly a line for each.

    >>> share([9, 9, 4], 17, used=0), share([9, 9, 4], 17, used=2)
    ([7, 6, 4], [7, 6, 4])
    >>> share([9, 5, 5], 12, used=0), share([9, 5, 5], 12, used=1)
    ([6, 3, 3], [4, 5, 3])
    >>> share([5, 3, 4], 20, used=1)
    [5, 3, 12]
    """
    if not wanted:
        return []
    spare = room - sum(wanted)
    if spare >= 0:
        heights = list(wanted)
        heights[grows] += spare
        return heights
    others = len(wanted) - 1
    if room < ONE_PANE or room < min(wanted[used], IN_USE) + others * LEAST:
        heights = [FOLDED] * len(wanted)
        heights[used] = max(LEAST, room - others * FOLDED)
        return heights
    heights = _level(wanted, room)
    while heights[used] < min(need, wanted[used]):
        height, highest = max((height, at) for at, height in enumerate(heights) if at != used)
        if height <= LEAST:
            break
        heights[highest] -= 1
        heights[used] += 1
    return heights


def _level(wanted: Sequence[int], room: int) -> list[int]:
    """The bands grow together, a line each, until they have what they want or there is no more room."""
    heights = [0] * len(wanted)
    while room > 0:
        growing = [at for at, lines in enumerate(wanted) if heights[at] < lines][:room]
        for at in growing:
            heights[at] += 1
        room -= len(growing)
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
        used = cast("Bands", parent).used
        first = next((n for n, band in enumerate(bands) if used in band), 0)
        need = max(IN_USE, EDGES + max((rows.tallest for rows in used.query(Rows)), default=0) if used else 0)
        grows = next((n for n, band in enumerate(bands) if band[0].has_class("grows")), -1)
        found = [[(_lines(panel, size, _width(size, band)), _air(panel)) for panel in band] for band in bands]
        wanted = [max(lines for lines, _ in band) for band in found]
        airy = [max(lines + air for lines, air in band) for band in found]
        if sum(airy) <= size.height:  # else no panel has air
            wanted = airy
        placements: list[WidgetPlacement] = []
        y = 0
        for band, height in zip(bands, share(wanted, size.height, first, grows, need), strict=True):
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
    inside = width - EDGES
    shown = [child for child in panel.children if child.display]
    return EDGES + sum(
        max(1, child.get_content_height(size, size, inside - child.gutter.width) + child.gutter.height)
        for child in shown
    )


def _air(panel: Widget) -> int:
    """The lines more that it would like between its rows."""
    return sum(rows.air_wanted for rows in panel.query(Rows))


def _held(panel: Widget) -> list[object]:
    """The panel, and what tells how high it would like to be; something new where that is not known."""
    return [panel, *(_told_by(child) for child in panel.children if child.display)]


def _told_by(child: Widget) -> object:
    return (
        (child.lines, child.air_wanted)
        if isinstance(child, Rows)
        else child.content
        if isinstance(child, Static)
        else object()
    )


class Bands(Covered, Widget):
    """Holds panels. Call `fit` when what they hold has changed."""

    DEFAULT_CSS = """
    Bands { height: 1fr; width: 1fr; }
    """

    _sharing = _Sharing()

    def __init__(self, *panels: Panel) -> None:
        super().__init__(*panels)
        self._used: Panel | None = None
        self._held: object = None

    @property
    def layout(self) -> Layout:
        """Its own."""
        return self._sharing

    @property
    def used(self) -> Panel | None:
        """The panel in use: the one that has, or had last, the focus; else the first that is shown."""
        shown = [panel for panel in self.query_children(Panel) if panel.display]
        return self._used if self._used in shown else next(iter(shown), None)

    def fit(self) -> None:
        """Share the height out anew, unless every panel holds as many lines as before."""
        held = (self.used, [_held(panel) for panel in self.query_children(Panel) if panel.display])
        if held == self._held:
            return
        self._held = held
        for panel in self.children[:1]:
            panel.refresh(layout=True)  # a widget forgets its layout when one of its children asks for it
        self.call_after_refresh(self._keep_in_view)

    def _keep_in_view(self) -> None:
        for rows in self.query(Rows):
            if rows.size.height and not rows.editing:
                rows.move_to(rows.cursor_index)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Another panel is in use."""
        panel = next((each for each in event.widget.ancestors if isinstance(each, Panel)), None)
        if panel is not self._used:
            self._used = panel
            self.fit()
