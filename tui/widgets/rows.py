"""The one list that every screen uses: rows with columns, a cursor, and cells that are edited in place.

    rows.show(
        [Column("name", "Goal", flex=1), Column("reading", width=8, align="right")],
        [Row("uid-1", {"name": "MQL rate", "reading": "27 %"})],
        "No goals yet: a adds one",
        header=True,
    )

A screen that edits cells sets `opener`, which is asked on Enter and on typed digits what to edit, and saves
on Rows.Edited. All text is plain unless it is Content: nothing is read as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from meetings.text import clean
from tui.widgets.cell_edit import SHOWN, CellEdit, Edit, EditHelp
from tui.widgets.list_view import ListView
from tui.widgets.row import Row, blanked
from tui.widgets.row_messages import CellMessage, RowMessage

DIGITS = "0123456789"


class Rows(ListView, can_focus=True):
    """A list with a cursor and cells to edit. `show` fills it; what a person does comes back as messages."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("home", "to(0)", "First", show=False),
        Binding("end", "to(-1)", "Last", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("enter", "activate", "Edit", show=False),
        Binding("j", "move(1)", "Down", show=False, id="rows.down"),
        Binding("k", "move(-1)", "Up", show=False, id="rows.up"),
        Binding("g", "to(0)", "First", show=False, id="rows.first"),
        Binding("G", "to(-1)", "Last", show=False, id="rows.last"),
    ]

    class Highlighted(RowMessage):
        """The cursor has come to another row; `key` is empty when there are no rows."""

    class Activated(RowMessage):
        """Enter or a double click, when `opener` has nothing to edit."""

    class Typed(RowMessage):
        """One of the characters in `typed` was pressed, when `opener` has nothing to edit."""

        def __init__(self, rows: Rows, key: str, character: str) -> None:
            super().__init__(rows, key)
            self.character = character

    class Left(RowMessage):
        """The cursor was moved past the first (-1) or last row (1): a neighbouring list may take over."""

        def __init__(self, rows: Rows, key: str, direction: int) -> None:
            super().__init__(rows, key)
            self.direction = direction

    class Edited(CellMessage):
        """A text was taken; `direction` is where the cursor went then: up (-1), nowhere (0), down (1)."""

        def __init__(self, rows: Rows, key: str, column: str, text: str, direction: int) -> None:
            super().__init__(rows, key, column, text)
            self.direction = direction

    class EditCancelled(CellMessage):
        """The field was left without taking its `text`, which should be offered again."""

    def __init__(
        self,
        *,
        typed: str = DIGITS,
        opener: Callable[[str, str], Edit | None] | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.typed = typed
        """Characters that act on the row when pressed."""
        self.opener = opener
        """Asked with the row's key and the character typed ("" for Enter) what to edit; None posts a message.

        Unlike a handler of the message it is asked at once, so that no key that follows is lost.
        """
        self._editor: CellEdit | None = None
        self._help: EditHelp | None = None

    # Editing a cell

    @property
    def is_container(self) -> bool:
        """Only while a field lies over a cell."""
        return self._editor is not None

    @property
    def editing(self) -> str:
        """The key of the row that is being edited; empty when none is."""
        return self._editor.key if self._editor else ""

    def edit(
        self,
        column: str,
        initial: str = "",
        *,
        select: bool = False,
        validate: Callable[[str], str | None] | None = None,
        suggestions: Callable[[str], Sequence[str]] | None = None,
        placeholder: str = "",
        numeric: bool = False,
    ) -> bool:
        """Edit that cell of the row under the cursor; see Edit. False when there is no row.

        For the cell that is already being edited, `initial` is typed into the field.
        """
        return self.open(Edit(column, initial, select, validate, suggestions, placeholder, numeric))

    def open(self, edit: Edit) -> bool:
        """Edit a cell of the row under the cursor; see `edit`."""
        if not self.count:
            return False
        if self._editor:
            if (self._editor.key, self._editor.edit.column) == (self._cursor_key, edit.column):
                self._editor.replace(clean(edit.initial), *self._editor.selection)
                return True
            self.cancel_edit()
        self._scroll_to_cursor()
        self._editor, self._help = CellEdit(self, self._cursor_key, edit), EditHelp()
        self.mount(self._editor, self._help)
        self._place_editor()
        self._draw_again(self._cursor)
        self.screen.set_focus(self._editor, scroll_visible=False)
        return True

    def finish_edit(self, direction: int = 0) -> bool:
        """Take the text as Enter does, and go on in `direction`; False when it cannot be taken."""
        editor = self._editor
        if editor is None:
            return True
        text = clean(editor.value)
        error = editor.edit.validate(text) if editor.edit.validate else None
        if error and self._help:
            self._help.say(error, error_in=editor.value)
            return False
        self._close_editor()
        self.post_message(self.Edited(self, editor.key, editor.edit.column, text, direction))
        if direction:
            self.move_to(max(0, self._cursor + direction))
        return True

    def cancel_edit(self) -> None:
        """Close the field as Escape does; what was typed is in EditCancelled."""
        if editor := self._editor:
            self._close_editor()
            text = clean(editor.value)
            self.post_message(self.EditCancelled(self, editor.key, editor.edit.column, text))

    def leave_edit(self) -> None:
        """The focus has gone elsewhere: take the text if it can be taken."""
        if not self.finish_edit():
            self.cancel_edit()

    def _close_editor(self) -> None:
        editor, self._editor = self._editor, None
        note, self._help = self._help, None
        if editor and note:
            editor.closed = True
            if self.screen.focused is editor:
                self.screen.set_focus(self, scroll_visible=False)
            note.remove()
            editor.remove()
            self._draw_again(self._cursor)
            self.refresh(layout=True)

    def _row_to_draw(self, index: int) -> Row:
        row = super()._row_to_draw(index)
        edited = self._editor is not None and self._editor.key == row.key
        return self._without(row, self._editor.edit.column) if self._editor and edited else row

    def _without(self, row: Row, column: str) -> Row:
        """The row, as high as it is, without the text over which the field lies."""
        return blanked(row, self._listing.layout, column)

    def _place_editor(self) -> None:
        """Put the field over its cell."""
        if self._editor and self._help:
            edit = self._editor.edit
            region = self._cell_region(self._cursor, edit.column, edit.width)
            self._editor.styles.width = region.width
            self._editor.styles.offset = region.offset
            self._help.styles.offset = (region.x, region.y + 1)

    def _lay_out(self) -> None:
        super()._lay_out()
        if self._editor:
            if self._editor.key == self._cursor_key:
                self._place_editor()
            else:
                self.cancel_edit()

    def _on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        editor, note = self._editor, self._help
        if editor and note and event.value == editor.value != note.error_in:
            offered = editor.edit.suggestions
            note.say(" · ".join(list(offered(event.value))[:SHOWN]) if offered else "")

    def _on_input_blurred(self, event: Input.Blurred) -> None:
        event.stop()

    # Keys and mouse

    def _cursor_moved(self) -> None:
        self.post_message(self.Highlighted(self, self._cursor_key))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a cell is edited its row keeps the cursor."""
        return not (self._editor and action in {"move", "to", "page", "activate"})

    def action_move(self, by: int) -> None:
        """Move the cursor up or down, or leave past the end."""
        if not (0 <= self._cursor + by < self.count and self.move_to(self._cursor + by)):
            self.post_message(self.Left(self, self._cursor_key, by))

    def action_to(self, index: int) -> None:
        """Go to the first row (0) or the last (-1)."""
        self.move_to(index)

    def action_page(self, by: int) -> None:
        """Move the cursor by what is in view."""
        if self.count:
            line = self._listing.top(self._cursor) + by * self._room
            self.move_to(self._listing.at(min(max(line, 0), self._listing.lines - 1)) or 0)

    def action_activate(self) -> None:
        """Edit the row, or say that Enter was pressed."""
        if self.count and not self._open(""):
            self.post_message(self.Activated(self, self._cursor_key))

    def _open(self, character: str) -> bool:
        wanted = self.opener(self._cursor_key, character) if self.opener else None
        return wanted is not None and self.open(wanted)

    async def _on_key(self, event: events.Key) -> None:
        """Act on keys in the order in which they come, also when they come at once over a slow line."""
        if self._editor:
            if self._editor.has_seen(event):
                return
            self._editor.post_message(events.Key(event.key, event.character))
        elif self.count and event.character and event.character in self.typed:
            if not self._open(event.character):
                self.post_message(self.Typed(self, self._cursor_key, event.character))
        else:
            mine = self.screen.active_bindings.get(event.key)
            if mine is None or mine.node is not self:
                return
            await self.run_action(mine.binding.action)
        event.stop()
        event.prevent_default()

    async def _on_click(self, event: events.Click) -> None:
        index = self._under(event)
        if index is not None and not self._editor:
            self.move_to(index)
            if event.chain == 2:
                self.action_activate()
                if self._editor:
                    self._editor.opened_by_click()

    def focus_on_click(self) -> bool:
        """Not when it is the click after the two that have opened the field: it would take the text at once."""
        return not (self._editor and self._editor.is_clicked_again())
