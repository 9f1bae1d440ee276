"""Widgets and screens that the library lays out and draws no oftener than they have to be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any, Self

from textual import events
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.compositing import SparingCompositor

if TYPE_CHECKING:
    from textual.screen import Screen

    class _Widget(Widget): ...

    class _Screen(Screen[Any]): ...
else:  # both are mixed in: style sheets go by the class that comes after
    _Widget = _Screen = object

TURN = 0.004
"""Seconds of drawing after which the event loop has another turn."""
MUCH = 0.5
"""Part of the screen from which drawing it takes longer than that."""


def _after_what_waits(screen: Screen[Any], work: Callable[[], None]) -> None:
    """Do it in the third turn of the event loop from now; a fault ends the app, as it does in a message.

    The next one does what is waiting already, and finds the timers and keys that are due; the second wakes the tasks
    that wait for them.
    """

    def safely() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - the event loop would say it to nobody, and nothing be drawn again
            screen.app._handle_exception(error)

    loop = asyncio.get_running_loop()
    loop.call_soon(loop.call_soon, loop.call_soon, safely)


def filtered(widget: Widget, lines: list[Strip]) -> list[Strip]:
    """Lines that were not drawn by the library's own way, as the look has them: usually as they are."""
    for each in widget.get_line_filters():
        lines = [line.apply_filter(each, widget.background_colors[1]) for line in lines]
    return lines


class Still(_Widget):
    """A widget that does not scroll: what is in it has its place once it has its own.

    For the library another virtual size, which every layout finds out anew, is a reason to lay out a second time.
    """

    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)


class Covered(Still):
    """A widget that those in it cover: nothing of its own is drawn beneath them, also when they change places."""

    BLANK = True

    def render_lines(self, crop: Region) -> list[Strip]:
        """Blank; the library's blank lines go through no filter."""
        return filtered(self, super().render_lines(crop))

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """To be laid out anew is no reason to be drawn: what has moved is drawn."""
        super().refresh(*regions, repaint=repaint and not layout, layout=layout, recompose=recompose)
        return self


class CalmScreen(_Screen):
    """A screen that is drawn in turns of the event loop of their own, once for all that has changed until then."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._compositor = SparingCompositor()

    virtual_size = Still.virtual_size
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As in the library, which draws the whole screen anew when the focus moves; ours shows no focus itself."""
    _drawing = False
    """Whether a drawing has begun, or is about to."""

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Its styles are up to date: a change of the theme is told to all screens, the covered ones too."""
        event.refresh_styles = False

    _focused_before: Widget | None = None
    """What had the focus when the terminal lost its own."""

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """As in the library, which takes the focus away while the terminal has none: what had it is remembered."""
        if widget is None and not self.app.app_focus:
            self._focused_before = self.focused
        super().set_focus(widget, scroll_visible, from_app_focus)

    def _update_auto_focus(self) -> None:
        """Something has the focus as soon as it comes, also while the terminal has none.

        The library gives the focus back only to the screen that had it. A dialog that has come meanwhile would stay
        without, and the screen behind it would begin at its first list again.
        """
        before, self._focused_before = self._focused_before, None
        wanted = self.app.AUTO_FOCUS if self.AUTO_FOCUS is None else self.AUTO_FOCUS
        if self.focused is None and wanted:
            if before is None or not (before.is_attached and before.focusable):
                before = next((widget for widget in self.query(wanted) if widget.focusable), None)
            if before is not None:
                before.has_focus = True  # as in the library: at once
                self.set_focus(before)

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
        """Draw, but not in this turn: keys that have come meanwhile go in between."""
        if not self._drawing:
            self._drawing = True
            _after_what_waits(self, self._begin_drawing)

    def _begin_drawing(self) -> None:
        """Have much that is new drawn widget by widget, which each keeps, so that only the joining is left to do.

        A dialog is drawn at once: only then does the library know what is behind it.
        """
        regions = self._compositor._dirty_regions
        much = sum(region.area for region in regions) > self.size.area * MUCH
        if much and self._in_front and not self.is_modal:
            self._go_on_drawing(self._compositor._get_renders(), self._compositor.visible_widgets)
        else:
            self._draw()

    def _go_on_drawing(self, renders: Iterable[object], placed: object) -> None:
        """Draw widgets until this turn has taken long enough. When they have changed places, that was for nothing."""
        until = perf_counter() + TURN
        if self._in_front and self._compositor.visible_widgets is placed:
            for _ in renders:
                if perf_counter() > until:
                    _after_what_waits(self, partial(self._go_on_drawing, renders, placed))
                    return
        self._draw()

    @property
    def _in_front(self) -> bool:
        """Whether this screen is drawn for itself: another that comes on top is drawn with what is behind it."""
        return self.is_current and bool(self.app.screen is self or self.app.screen.outer_size)

    def _draw(self) -> None:
        self._drawing = False
        if self._in_front:
            # What has changed since this drawing was asked for: the library forgets it when it has drawn.
            known = self._compositor._full_map_invalidated
            self._compositor.update_widgets(self._dirty_widgets)
            if self._layout_required:  # which compares where everything is with where it was
                self._compositor._full_map_invalidated = known
            if self.size.region in self._compositor._dirty_regions:
                self._repaint_required = False  # this is the whole screen: it needs no second drawing
            self._tell_those_between()
            super()._compositor_refresh()
        if self._callbacks:
            self.call_next(self._invoke_and_clear_callbacks)

    def _tell_those_between(self) -> None:
        """Covered by several, it has changed for each of them; the library has only the one on top drawn anew."""
        stack = self.app.screen_stack
        if self is not stack[-1] and self._compositor._dirty_regions:
            for screen in stack[stack.index(self) + 1 : -1]:
                screen._set_dirty()

    async def _invoke_and_clear_callbacks(self) -> None:
        """What is to be done after a refresh is done after the drawing."""
        if not self._drawing:
            await super()._invoke_and_clear_callbacks()
