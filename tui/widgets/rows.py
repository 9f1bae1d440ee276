"""The one list that every screen uses: rows with columns, a cursor, and cells that are edited in place.

Only the lines in view are drawn (Textual's line API), so a list of thousands costs no more than a short one,
and moving the cursor repaints two rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, TypeVar, overload

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from tui.widgets.columns import Column, fit, wrap
from tui.widgets.listing import Listing
from tui.widgets.row import CURSOR_MARK, Row, paint

K = TypeVar("K")
DIGITS = "0123456789"


class RowMessage(Message):
    """Something about the row with `key` of the list `rows`."""

    def __init__(self, rows: Rows, key: str) -> None:
        super().__init__()
        self.rows = rows
        self.key = key

    @property
    def control(self) -> Rows:
        """The list, so that `@on(Rows.Activated, "#goals")` works."""
        return self.rows


class Rows(ScrollView, can_focus=True):
    """A list with a cursor. `show` fills it; what a person does comes back as messages."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("home", "first", "First", show=False),
        Binding("end", "last", "Last", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("enter", "activate", "Edit", show=False),
        Binding("j", "move(1)", "Down", show=False, id="rows.down"),
        Binding("k", "move(-1)", "Up", show=False, id="rows.up"),
        Binding("g", "first", "First", show=False, id="rows.first"),
        Binding("G", "last", "Last", show=False, id="rows.last"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--dim",
        "rows--cursor",
        "rows--mark",
        "rows--hover",
        "rows--quiet",
    }
    DEFAULT_CSS = """
    Rows {
        height: 1fr;
        background: $ground;
        color: $ink;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .rows--dim, & > .rows--quiet { color: $quiet; }
        & > .rows--hover { background: $hover; }
        & > .rows--cursor { background: $cursor-hint; }
        & > .rows--mark { color: $quiet; }
        &:focus-within > .rows--cursor { background: $cursor; text-style: bold; }
        &:focus-within > .rows--mark { color: $brand; text-style: bold; }
    }
    """

    class Highlighted(RowMessage):
        """The cursor has come to another row; `key` is empty when the list is."""

    class Activated(RowMessage):
        """Enter or a double click."""

    class Typed(RowMessage):
        """One of the characters in `typed` was pressed."""

        def __init__(self, rows: Rows, key: str, character: str) -> None:
            super().__init__(rows, key)
            self.character = character

    class Left(RowMessage):
        """The cursor was moved past the first (-1) or last row (1): a neighbouring list may take over."""

        def __init__(self, rows: Rows, key: str, direction: int) -> None:
            super().__init__(rows, key)
            self.direction = direction

    def __init__(self, *, typed: str = DIGITS, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.typed = typed
        """Characters that are posted as Typed when pressed on a row."""
        self._listing = Listing()
        self._empty = ""
        self._header = 0
        self._cursor = 0
        self._cursor_key = ""
        self._hover: int | None = None
        self._laid_out = -1
        self._strips: LRUCache[tuple[int, bool, bool], list[Strip]] = LRUCache(512)

    # What is shown

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
        in_view = self._cursor_in_view()
        old_lines, old_key = self._content_lines, self._cursor_key
        self._listing = Listing(columns, rows, build, key)
        self._empty, self._header, self._hover = empty, int(header), None
        self._laid_out = -1
        if rows:
            found = self._listing.find(old_key, self._cursor) if old_key else 0
            self._cursor = min(self._cursor, len(rows) - 1) if found is None else found
        else:
            self._cursor = 0
        self._cursor_key = self._listing.key(self._cursor) if rows else ""
        if self.size.width:
            self._lay_out()
            if in_view:
                self._scroll_to_cursor()
        self.refresh(layout=self.styles.auto_dimensions and self._content_lines != old_lines)
        if self._cursor_key != old_key:
            self.post_message(self.Highlighted(self, self._cursor_key))

    @property
    def cursor_key(self) -> str:
        """The key of the row under the cursor; empty when there are no rows."""
        return self._cursor_key

    @property
    def cursor_index(self) -> int:
        """The place of the row under the cursor, from 0."""
        return self._cursor

    def __len__(self) -> int:
        return len(self._listing)

    def __bool__(self) -> bool:
        return True

    def move_to(self, target: str | int) -> bool:
        """Put the cursor on the row with that key or at that place (-1: the last); False if there is none."""
        if isinstance(target, str):
            index = self._listing.find(target, self._cursor)
            if index is None:
                return False
        else:
            index = target + len(self) if target < 0 else target
        if not 0 <= index < len(self):
            return False
        old, self._cursor = self._cursor, index
        self._cursor_key = self._listing.key(index)
        if self.size.width:
            self._scroll_to_cursor()
        if old != index:
            self._refresh_row(old)
            self._refresh_row(index)
            self.post_message(self.Highlighted(self, self._cursor_key))
        return True

    # Layout

    @property
    def _content_lines(self) -> int:
        if len(self):
            return self._listing.lines + self._header
        return len(wrap(self._empty, max(1, self._laid_out), 4))

    def _lay_out(self, width: int | None = None) -> None:
        """Fit the columns into the width, less the margin on the left and a blank on the right."""
        width = self.content_region.width if width is None else width
        if width - 2 != self._laid_out:
            self._laid_out = width - 2
            self._strips.clear()
            self._listing.lay_out(width - 2)
        self.virtual_size = Size(width, self._content_lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the rows take, for lists with `height: auto`."""
        self._lay_out(width)
        return self._content_lines

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All there is."""
        return container.width

    def _cursor_in_view(self) -> bool:
        top = self._listing.top(self._cursor) if len(self) else 0
        return 0 <= top - self.scroll_offset.y < max(1, self.size.height - self._header)

    def _scroll_to_cursor(self) -> None:
        """Scroll as little as needed for the cursor's row to be in view."""
        if not len(self):
            return
        top = self._listing.top(self._cursor)
        bottom = top + self._listing.height(self._cursor)
        room = max(1, self.scrollable_content_region.height - self._header)
        wanted = min(max(self.scroll_offset.y, bottom - room), top)
        if wanted != self.scroll_offset.y:
            self.scroll_to(y=wanted, animate=False, force=True)

    def _refresh_row(self, index: int | None) -> None:
        if index is not None and index < len(self):
            self.refresh_lines(self._listing.top(index) + self._header, self._listing.height(index))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in view."""
        width = self.size.width
        if not len(self):
            lines = wrap(self._empty, max(1, width - 2), 4)
            text = f" {lines[y]}" if y < len(lines) else ""
            return self._quiet_line(text, width)
        if y < self._header:
            titles = " ".join(fit(c.title, cells, c.align) for c, cells in self._listing.layout)
            return self._quiet_line(f" {titles}", width)
        line = y + self.scroll_offset.y - self._header
        index = self._listing.at(line)
        if index is None:
            return Strip.blank(width, self.visual_style.rich_style)
        return self._row_strips(index)[line - self._listing.top(index)].adjust_cell_length(width)

    def _quiet_line(self, text: str, width: int) -> Strip:
        style = self.get_visual_style("rows--quiet").rich_style
        return Strip([Segment(fit(text, width), style)], width)

    def _row_strips(self, index: int) -> list[Strip]:
        cursor, hover = index == self._cursor, index == self._hover
        strips = self._strips.get((index, cursor, hover))
        if strips is None:
            row = self._listing.row(index)
            names = ("rows--cursor",) if cursor else ("rows--hover",) if hover else ()
            style = self.get_visual_style(*names)
            if row.dim:
                style += Style(foreground=self.get_visual_style("rows--dim").foreground)
            mark = style + Style(foreground=self.get_visual_style("rows--mark").foreground, bold=True)
            sign = CURSOR_MARK if cursor else row.marker or " "
            strips = paint(row, self._listing.layout, self._laid_out + 2, style, (sign, mark))
            self._strips[index, cursor, hover] = strips
        return strips

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        self._strips.clear()
        super().notify_style_update()

    def _on_resize(self, event: events.Resize) -> None:
        in_view = self._cursor_in_view()
        self._lay_out()
        if in_view:
            self._scroll_to_cursor()

    # Keys and mouse

    def action_move(self, by: int) -> None:
        """Move the cursor up or down, or leave past the end."""
        if not self.move_to(self._cursor + by if self._cursor + by >= 0 else len(self)):
            self.post_message(self.Left(self, self._cursor_key, by))

    def action_first(self) -> None:
        """Go to the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """Go to the last row."""
        self.move_to(-1)

    def action_page(self, by: int) -> None:
        """Move the cursor by what is in view."""
        if len(self):
            room = max(1, self.scrollable_content_region.height - self._header)
            line = self._listing.top(self._cursor) + by * room
            index = self._listing.at(min(max(line, 0), self._listing.lines - 1))
            self.move_to(index or 0)

    def action_activate(self) -> None:
        """Enter."""
        if len(self):
            self.post_message(self.Activated(self, self._cursor_key))

    async def _on_key(self, event: events.Key) -> None:
        if event.character and event.character in self.typed and len(self):
            event.stop()
            event.prevent_default()
            self.post_message(self.Typed(self, self._cursor_key, event.character))

    def _row_under(self, event: events.MouseEvent) -> int | None:
        offset = event.get_content_offset(self)
        if offset is None or offset.y < self._header:
            return None
        return self._listing.at(offset.y + self.scroll_offset.y - self._header)

    def _hover_over(self, index: int | None) -> None:
        if index != self._hover:
            old, self._hover = self._hover, index
            self._refresh_row(old)
            self._refresh_row(index)

    def _on_mouse_move(self, event: events.MouseMove) -> None:
        self._hover_over(self._row_under(event))

    def _on_leave(self, event: events.Leave) -> None:
        self._hover_over(None)

    async def _on_click(self, event: events.Click) -> None:
        index = self._row_under(event)
        if index is not None:
            self.move_to(index)
            if event.chain == 2:
                self.action_activate()
