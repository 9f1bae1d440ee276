"""What a list of rows tells: about which row, and which text of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from tui.widgets.rows import Rows


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


class CellMessage(RowMessage):
    """Something about the text of one cell."""

    def __init__(self, rows: Rows, key: str, column: str, text: str) -> None:
        super().__init__(rows, key)
        self.column = column
        self.text = text
