"""Putting together what has changed on a screen."""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip


class SparingCompositor(Compositor):
    """Asks each widget only for the lines that are to be drawn anew.

    The library asks for all that is in the rectangle around every change, which is most of the screen when the line on
    top changes with a row.
    """

    _changed: tuple[Region, ...] = ()

    def render_partial_update(self) -> ChopsUpdate | None:
        """What has changed since the last drawing, or nothing."""
        self._changed = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Each widget that is in view, where, and its lines from the first that has changed to the last."""
        if not self._changed:
            yield from super()._get_renders(crop)
            return
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            touched = [change for change in self._changed if change.overlaps(seen)]
            if touched:
                lines = Region.from_union(touched).intersection(seen)
                place = Region(seen.x, lines.y, seen.width, lines.height)
                yield region, place, widget.render_lines(place.translate(-region.offset))
