"""Panels one above the other that share the room: the one in use is given what it needs first."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.containers import Vertical
from textual.geometry import Size

from tui.widgets.panel import Panel
from tui.widgets.rows import Rows

EDGES = 2
"""Lines of a panel's frame."""
LEAST = EDGES + 1
"""Lines of a panel that shows one line."""
FOLDED = 1
"""Lines of a panel of which only the title is there."""
IN_USE = EDGES + 4
"""Lines that the panel in use has at least, before others are folded for it."""


def share(wanted: Sequence[int], room: int, used: int) -> list[int]:
    """Share `room` lines out among panels that want so many each; `used` is the place of the one in use.

    Where everything fits, what is left over goes to the first. Where it does not, the one in use has at least
    half of the room, if it wants it, and the others share the rest; if that would leave it too little, they are
    folded to their titles.

    >>> share([9, 5, 3], 12, used=0)
    [6, 3, 3]
    """
    if not wanted:
        return []
    spare = room - sum(wanted)
    if spare >= 0:
        return [wanted[0] + spare, *wanted[1:]]
    others = len(wanted) - 1
    if room < min(wanted[used], IN_USE) + others * LEAST:
        heights = [FOLDED] * len(wanted)
        heights[used] = max(LEAST, room - others * FOLDED)
        return heights
    part = max(LEAST, room // 2 // others) if others else room
    heights = [min(lines, part) for lines in wanted]
    heights[used] = min(wanted[used], room - sum(heights) + heights[used])
    spare = room - sum(heights)
    while spare > 0:  # the others grow together, a line each
        growing = [at for at, lines in enumerate(wanted) if heights[at] < lines]
        for at in growing[:spare]:
            heights[at] += 1
        spare -= min(spare, len(growing))
    return heights


class Stack(Vertical):
    """Holds panels with lists. After lists were filled, `share_room` fits the panels to them."""

    DEFAULT_CSS = """
    Stack { height: 1fr; }
    Stack > Panel.folded { border: none; border-top: round $line; }
    """

    def __init__(self, *panels: Panel) -> None:
        super().__init__(*panels)
        self._used: Panel | None = None
        self._heights: list[int] = []
        self._fitted: list[Panel] = []

    @property
    def used(self) -> Panel | None:
        """The panel in use: the one that has, or had last, the focus."""
        shown = self._shown()
        return self._used if self._used in shown else next(iter(shown), None)

    def _shown(self) -> list[Panel]:
        return [panel for panel in self.query_children(Panel) if panel.display]

    def share_room(self) -> None:
        """Fit the panels to their lists and to the room."""
        shown, width = self._shown(), self.size.width
        if not width or not shown:
            return
        wanted = [_wanted(panel, Size(width - EDGES, self.size.height)) for panel in shown]
        used = shown.index(self.used) if self.used else 0
        heights = share(wanted, self.size.height, used)
        if heights == self._heights and shown == self._fitted:
            return
        self._heights, self._fitted = heights, shown
        for panel, lines in zip(shown, heights, strict=True):
            panel.styles.height = lines
            panel.set_class(lines == FOLDED, "folded")
        self.call_after_refresh(self._keep_in_view)

    def _keep_in_view(self) -> None:
        for rows in self.query(Rows):
            if rows.size.height and not rows.editing:
                rows.move_to(rows.cursor_index)

    def _on_resize(self, event: events.Resize) -> None:
        self.share_room()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Another panel is in use."""
        panel = next((each for each in event.widget.ancestors if isinstance(each, Panel)), None)
        if panel is not self._used:
            self._used = panel
            self.share_room()


def _wanted(panel: Panel, size: Size) -> int:
    """The lines that a panel would fill."""
    return EDGES + sum(
        max(1, child.get_content_height(size, size, size.width - child.gutter.width) + child.gutter.height)
        for child in panel.children
        if child.display
    )
