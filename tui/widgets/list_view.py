"""Draws a listing with a cursor, line by line: what is in view and nothing else.

Only the lines in view are drawn (Textual's line API), so a list of thousands costs no more than a short one.
Rows adds the keys and the editing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any, TypeVar, overload

from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from tui.widgets.calm import filtered
from tui.widgets.columns import Column, fit, wrap
from tui.widgets.listing import Listing
from tui.widgets.row import CURSOR_MARK, Row, lines_above, paint

K = TypeVar("K")
MARGIN = 1
"""Cells on the left, for the cursor's mark; as many stay blank on the right, where a scrollbar may come."""
EMPTY_LINES = 4


class ListView(ScrollView):
    """Rows under columns, with a cursor. Moving the cursor repaints two rows; no timer runs."""

    ALLOW_SELECT = False
    steered = False
    """Whether a field beside it moves its cursor, which then looks as if the list had the focus."""
    # Its colours are no component classes: the library would work out all of them again at each change of focus.
    DEFAULT_CSS = """
    ListView {
        height: 1fr;
        background: $ground;
        color: $ink;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._listing = Listing()
        self._empty = ""
        self._header = 0
        self._cursor = 0
        self._cursor_key = ""
        self._hover: int | None = None
        self._fitted = -1
        self._airy = False
        self._was_in_view = True
        self._strips: LRUCache[tuple[int, bool, bool, bool], list[Strip]] = LRUCache(512)
        self._quiet_strips: LRUCache[tuple[str, int], Strip] = LRUCache(64)

    @overload
    def show(
        self, columns: Sequence[Column], rows: Sequence[Row], empty: str = "", *, header: bool = False
    ) -> None: ...
    @overload
    def show(
        self,
        columns: Sequence[Column],
        rows: Sequence[K],
        empty: str = "",
        *,
        header: bool = False,
        build: Callable[[K], Row],
        key: Callable[[K], str] | None = None,
    ) -> None: ...
    def show(
        self,
        columns: Sequence[Column],
        rows: Sequence[Any],
        empty: str = "",
        *,
        header: bool = False,
        build: Callable[[Any], Row] | None = None,
        key: Callable[[Any], str] | None = None,
    ) -> None:
        """Show `rows` under `columns`, with titles if `header`; without rows, `empty` says what to do.

        The cursor stays on the row with its key, or at its place when that is gone; the scroll stays too.
        With `build` (and `key`, see Listing) only rows in view are built, and each is one line high.
        """
        listing = Listing(columns, rows if build else tuple(rows), build, key)
        if build is None and (empty, int(header)) == (self._empty, self._header):
            changed = self._listing.changed(columns, rows)
            if changed is not None and self._show_changed(listing, changed):
                return  # most edits change one row of one list
        in_view, old_lines, old_key = self._cursor_in_view(), self.lines, self._cursor_key
        self._listing = listing
        self._empty, self._header, self._hover = empty, int(header), None
        self._fitted = -1
        self._strips.clear()
        found = self._listing.find(old_key, self._cursor) if old_key else 0
        self._cursor = max(0, min(self._cursor if found is None else found, len(rows) - 1))
        self._cursor_key = self._listing.key(self._cursor) if rows else ""
        if self.size.width:
            self._lay_out()
            if in_view:
                self._scroll_to_cursor()
        self.refresh(layout=self.styles.auto_dimensions and self.lines != old_lines)
        if self._cursor_key != old_key:
            self._cursor_moved()

    def _show_changed(self, listing: Listing, changed: Sequence[int]) -> bool:
        """Draw no other rows than those; False when the others would not stay where they are."""
        if changed:
            if self._fitted < 0:
                return False
            listing.lay_out(max(0, self._fitted - 2 * MARGIN))
            listing.air = self._listing.air
            if not listing.stands_as(self._listing):
                return False
            self._listing = listing
            for index in changed:
                self._forget(index)
                self._refresh_row(index)
        return True

    def _forget(self, index: int) -> None:
        """Forget how the row at that place was drawn."""
        for cursor, hover, lit in product((False, True), repeat=3):
            self._strips.discard((index, cursor, hover, lit))

    @property
    def cursor_key(self) -> str:
        """The key of the row under the cursor; empty when there are no rows."""
        return self._cursor_key

    @property
    def cursor_index(self) -> int:
        """The place of the row under the cursor, from 0."""
        return self._cursor

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._listing)

    def row_key(self, index: int) -> str:
        """The key of the row at that place, from 0."""
        return self._listing.key(index)

    def move_to(self, target: str | int) -> bool:
        """Put the cursor on the row with that key or at that place (-1: the last); False if there is none."""
        if isinstance(target, str):
            index = self._listing.find(target, self._cursor)
        else:
            index = target + self.count if target < 0 else target
        if index is None or not 0 <= index < self.count:
            return False
        old, self._cursor = self._cursor, index
        self._cursor_key = self._listing.key(index)
        if self.size.width:
            self._scroll_to_cursor()
        if old != index:
            self._refresh_row(old)
            self._refresh_row(index)
            self._cursor_moved()
        return True

    def _cursor_moved(self) -> None:
        """Another row is under the cursor."""

    # Layout

    def let_air_in(self, airy: bool) -> None:
        """Leave a blank line between two rows where all of them fit even so; or no longer."""
        if airy != self._airy:
            self._airy = airy
            if self.size.width:
                self._lay_out()
            self.refresh(layout=True)

    @property
    def air_wanted(self) -> int:
        """How many lines more than `lines` without air the list would like."""
        return max(0, self.count - 1) if self._airy else 0

    @property
    def lines(self) -> int:
        """How many lines there are, those out of view too."""
        if self.count:
            return self._listing.lines + self._header
        return len(wrap(self._empty, max(1, self._fitted - 2 * MARGIN), EMPTY_LINES)) if self._empty else 0

    @property
    def tallest(self) -> int:
        """Lines in which any row is whole, with the heading."""
        return self._header + max(map(self._listing.height, range(self.count)), default=0)

    def _fit(self, width: int) -> None:
        """Share `width` cells, less the margins, out among the columns."""
        if width != self._fitted:
            self._fitted = width
            self._strips.clear()
            self._listing.lay_out(max(0, width - 2 * MARGIN))

    def _lay_out(self) -> None:
        """Fit the columns into the width that there is, and say how far the list can be scrolled."""
        self._fit(self.size.width)
        self._ventilate(self.size.height)
        self.virtual_size = Size(self._fitted, self.lines)
        if self.scroll_offset.y > self.max_scroll_y:
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True)

    def _ventilate(self, height: int) -> None:
        """Air between the rows, if it is wanted and there is room for it."""
        wanted = self._airy and self._header + self._listing.dense + self.air_wanted <= height
        self._listing.air = int(wanted)

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Fit into a new size before it is drawn. On the event that follows, all would be laid out once more."""
        self._was_in_view = self._cursor_in_view()
        width = size.width - self.styles.gutter.width - self.scrollbar_size_vertical
        if size != self._size and width > 0:
            self._fit(width)
            self._ventilate(size.height)
            self.set_reactive(Widget.virtual_size, Size(width, self.lines))
        return super()._size_updated(size, virtual_size, container_size, layout)

    def _on_resize(self, event: events.Resize) -> None:
        self._lay_out()
        if self._was_in_view:
            self._scroll_to_cursor()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the rows take without air, for lists with `height: auto`."""
        self._fit(width)
        return self._header + self._listing.dense if self.count else self.lines

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All there is."""
        return container.width

    @property
    def _room(self) -> int:
        """How many lines of rows are in view."""
        return max(1, self.size.height - self._header)

    def _cursor_in_view(self) -> bool:
        top = self._listing.top(self._cursor) if self.count else 0
        return 0 <= top - self.scroll_offset.y < self._room or self._fitted < 0

    def _scroll_to_cursor(self) -> None:
        """Scroll as little as needed for the cursor's row to be in view."""
        if self.count:
            top = self._listing.top(self._cursor)
            bottom = top + self._listing.height(self._cursor)
            wanted = min(max(self.scroll_offset.y, bottom - self._room), top)
            if wanted != self.scroll_offset.y:
                self.scroll_to(y=wanted, animate=False, force=True)

    def _cell_region(self, index: int, column: str, at_least: int) -> Region:
        """Where the first line of a cell is in the list, widened over its neighbours to `at_least` cells."""
        room = max(1, self._fitted - 2 * MARGIN)
        start, width = self._listing.cells(column) or (0, room)
        wide = min(room, max(width, at_least))
        right = next((c.align == "right" for c, _ in self._listing.layout if c.key == column), False)
        start = max(0, start + width - wide) if right else min(start, room - wide)
        line = self._listing.top(index) + lines_above(self._listing.row(index)) + self._header
        return Region(MARGIN + start, line, wide, 1)

    def _refresh_row(self, index: int | None) -> None:
        if index is not None and index < self.count:
            self.refresh_lines(self._listing.top(index) + self._header, self._listing.height(index))

    def _row_at(self, y: int) -> int | None:
        """The row that is drawn on line `y` of what is in view."""
        return None if y < self._header else self._listing.at(y + self.scroll_offset.y - self._header)

    def _hover_over(self, index: int | None) -> None:
        if index != self._hover:
            old, self._hover = self._hover, index
            self._refresh_row(old)
            self._refresh_row(index)

    def _under(self, event: events.MouseEvent) -> int | None:
        offset = event.get_content_offset(self)
        return None if offset is None else self._row_at(offset.y)

    def _on_mouse_move(self, event: events.MouseMove) -> None:
        self._hover_over(self._under(event))

    def _on_leave(self, event: events.Leave) -> None:
        self._hover_over(None)

    # Drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines, without the library's cache of them: the rows have one, and there are no edges to add."""
        width = self.outer_size.width
        lines = filtered(self, [self.render_line(y).adjust_cell_length(width) for y in crop.line_range])
        whole = crop.column_span == (0, width)
        return lines if whole else [line.crop(*crop.column_span) for line in lines]

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in view."""
        width = self.size.width
        self._fit(width)
        if not self.count:
            lines = wrap(self._empty, max(1, width - 2 * MARGIN), EMPTY_LINES)
            return self._quiet_line(lines[y] if y < len(lines) else "", width)
        if y < self._header:
            return self._quiet_line(
                " ".join(fit(c.title, cells, c.align) for c, cells in self._listing.layout), width
            )
        index = self._row_at(y)
        if index is None:
            return self._quiet_line("", width)
        strips = self._row_strips(index)
        line = y + self.scroll_offset.y - self._header - self._listing.top(index)
        return strips[line] if line < len(strips) else self._quiet_line("", width)

    def _quiet_line(self, text: str, width: int) -> Strip:
        strip = self._quiet_strips.get((text, width))
        if strip is None:
            style = (self.visual_style + Style.parse("$quiet")).rich_style
            strip = Strip([Segment(fit(" " * MARGIN + text, width), style)], width)
            self._quiet_strips[text, width] = strip
        return strip

    def _row_strips(self, index: int) -> list[Strip]:
        cursor, hover, lit = (
            index == self._cursor,
            index == self._hover,
            self.steered or self.has_focus_within,
        )
        if not cursor and not self._listing.row(index).marker:
            lit = False  # nothing in it says where the focus is
        strips = self._strips.get((index, cursor, hover, lit))
        if strips is None:
            row = self._row_to_draw(index)
            style = self.visual_style
            if cursor:
                style += Style.parse("on $cursor bold" if lit else "on $cursor-hint")
            elif hover:
                style += Style.parse("on $hover")
            mark = style + Style.parse("$brand bold" if lit else "$quiet bold")
            if row.dim:
                style += Style.parse("$quiet")
            sign = CURSOR_MARK if cursor else row.marker
            above = [self._quiet_line(row.heading, self._fitted)] if row.heading else []
            strips = above + paint(row, self._listing.layout, self._fitted, style, (fit(sign, MARGIN), mark))
            self._strips[index, cursor, hover, lit] = strips
        return strips

    def _row_to_draw(self, index: int) -> Row:
        """The row at that place as it is shown now; it has to keep its height."""
        return self._listing.row(index)

    def _draw_again(self, index: int) -> None:
        """The row at that place is shown in another way now."""
        self._strips.clear()
        self._refresh_row(index)

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        self._strips.clear()
        self._quiet_strips.clear()
        super().notify_style_update()
