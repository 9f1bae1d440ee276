"""The rows that a list shows, laid out for a width: which row is on which line. Knows no widget."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any

from textual.cache import LRUCache

from tui.widgets.columns import Column, layout, width_of
from tui.widgets.row import Layout, Row, height_of, looks, text_of

SAMPLE = 100
"""Rows looked at to find how wide a column without a width or a share has to be."""


class Listing:
    """Columns and rows. With `build` a row is made when it is first looked at, and is one line high.

    `key` names an item without building its row; without it a text is its own key, a record's is its uid.
    """

    def __init__(
        self,
        columns: Sequence[Column] = (),
        items: Sequence[Any] = (),
        build: Callable[[Any], Row] | None = None,
        key: Callable[[Any], str] | None = None,
    ) -> None:
        self.columns = columns
        self._items = items
        self._build = build
        self._key = key
        self._built: LRUCache[int, Row] = LRUCache(1024)
        self._tops: list[int] = []
        self.layout: Layout = ()
        self.air = 0
        """Blank lines after each row but the last."""

    def __len__(self) -> int:
        return len(self._items)

    def changed(self, columns: Sequence[Column], rows: Sequence[Row]) -> list[int] | None:
        """The places of those of `rows` that do not look as here; None when they are others, or under other columns."""
        if self._build is not None or len(rows) != len(self) or tuple(columns) != tuple(self.columns):
            return None
        pairs = list(zip(rows, self._items, strict=True))
        if any(row.key != mine.key for row, mine in pairs):
            return None
        return [at for at, (row, mine) in enumerate(pairs) if looks(row) != looks(mine)]

    def stands_as(self, other: Listing) -> bool:
        """Whether everything has the place that it has there."""
        mine, others = ((each._tops, list(each.layout), each.air) for each in (self, other))
        return mine == others

    def row(self, index: int) -> Row:
        """The row at `index`."""
        if self._build is None:
            row: Row = self._items[index]
            return row
        built = self._built.get(index)
        if built is None:
            built = self._built[index] = self._build(self._items[index])
        return built

    def key(self, index: int) -> str:
        """The key of the row at `index`."""
        item = self._items[index]
        if self._key is not None:
            return self._key(item)
        if isinstance(item, str):
            return item
        key = getattr(item, "key", None) or getattr(item, "uid", None)
        return key if isinstance(key, str) else self.row(index).key

    def find(self, key: str, near: int = 0) -> int | None:
        """Where the row with `key` is, looked for at `near` first; None when it is gone."""
        if near < len(self) and self.key(near) == key:
            return near
        return next((index for index in range(len(self)) if self.key(index) == key), None)

    def lay_out(self, width: int) -> None:
        """Share `width` cells out among the columns, and break the rows that wrap."""
        sample = range(min(SAMPLE, len(self)))
        measured = [c.key for c in self.columns if c.width is None and not c.flex]
        content = {
            name: max((width_of(text_of(self.row(at).cells.get(name, ""))) for at in sample), default=0)
            for name in measured
        }
        self.layout = layout(self.columns, width, content)
        self._tops = []
        if self._build is None and (
            any(column.wrap for column, _ in self.layout) or any(row.heading for row in self._items)
        ):
            top = 0
            for index in range(len(self)):
                self._tops.append(top)
                top += height_of(self.row(index), self.layout)
            self._tops.append(top)

    @property
    def lines(self) -> int:
        """How many lines all rows take."""
        return self.dense + self.air * max(0, len(self) - 1)

    @property
    def dense(self) -> int:
        """How many they take without air."""
        return self._tops[-1] if self._tops else len(self)

    def top(self, index: int) -> int:
        """The first line of the row at `index`."""
        return (self._tops[index] if self._tops else index) + self.air * index

    def height(self, index: int) -> int:
        """How many lines the row at `index` takes, without the air after it."""
        return self._tops[index + 1] - self._tops[index] if self._tops else 1

    def at(self, line: int) -> int | None:
        """The row that `line`, or the air below, belongs to; None when there is none."""
        if not 0 <= line < self.lines:
            return None
        if self._tops:
            return bisect_right(range(len(self)), line, key=self.top) - 1
        return line // (1 + self.air)

    def cells(self, key: str) -> tuple[int, int] | None:
        """Where the column `key` begins, from the first column, and its width; None while it is not shown."""
        start = 0
        for column, width in self.layout:
            if column.key == key:
                return start, width
            start += width + 1
        return None
