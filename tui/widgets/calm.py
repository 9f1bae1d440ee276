"""Widgets and screens that the library lays out and draws no oftener than they have to be."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Self

from textual import events
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.screen import Screen

    class _Widget(Widget): ...

    class _Screen(Screen[Any]): ...
else:  # both are mixed in: style sheets go by the class that comes after
    _Widget = _Screen = object


class Still(_Widget):
    """A widget that does not scroll: what is in it has its place once it has its own.

    For the library another virtual size, which every layout finds out anew, is a reason to lay out a second time.
    """

    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)


class Covered(Still):
    """A widget that those in it cover: nothing of its own is drawn beneath them, also when they change places."""

    BLANK = True

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """To be laid out anew is no reason to be drawn: what has moved is drawn."""
        super().refresh(*regions, repaint=repaint and not layout, layout=layout, recompose=recompose)
        return self


class CalmScreen(_Screen):
    """A screen that is drawn in turns of the event loop of their own, once for all that has changed until then."""

    virtual_size = Still.virtual_size
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As in the library, which draws the whole screen anew when the focus moves; ours shows no focus itself."""
    _drawing: asyncio.Handle | None = None

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Its styles are up to date: a change of the theme is told to all screens, the covered ones too."""
        event.refresh_styles = False

    def on_resize(self, event: events.Resize) -> None:
        """A size that it has already needs no other layout: a new screen is told its size up to three times."""
        if event.size == self.outer_size:
            event.prevent_default()

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """To be laid out anew is no reason to be drawn whole: what has moved is drawn."""
        super().refresh(*regions, repaint=repaint and not layout, layout=layout, recompose=recompose)
        return self

    def _compositor_refresh(self) -> None:
        """Draw when the loop comes round again, so that laying out and drawing do not hold it together."""
        if self._drawing is None:
            self._drawing = asyncio.get_running_loop().call_soon(self._draw)

    def _draw(self) -> None:
        self._drawing = None
        if self.is_current and (self.app.screen is self or self.app.screen.outer_size):
            if self.size.region in self._compositor._dirty_regions:
                self._repaint_required = False  # this is the whole screen: it needs no second drawing
            super()._compositor_refresh()  # else another screen comes on top, and is first drawn with what is behind
        if self._callbacks:
            self.call_next(self._invoke_and_clear_callbacks)

    async def _invoke_and_clear_callbacks(self) -> None:
        """What is to be done after a refresh is done after the drawing."""
        if self._drawing is None:
            await super()._invoke_and_clear_callbacks()
