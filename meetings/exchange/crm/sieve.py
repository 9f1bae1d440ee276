"""Rows that cannot be counted as they are, looked at one by one: put right, or put down with their line and why."""

from __future__ import annotations

from collections.abc import Callable

from meetings.exchange.crm import odd
from meetings.exchange.crm.columns import Columns
from meetings.exchange.crm.result import Unused
from meetings.exchange.crm.stage_words import is_nothing
from meetings.exchange.tables.day_column import DayColumn
from meetings.exchange.tables.reading import Chunk, Row, Table, short

SHOWN = 20
"""So many lines are named of the rows that are not used for one reason."""

Look = Callable[[Row], "Row | str"]
"""A row as it is to be counted, or why it is not; "" for a blank line, which is no row."""


class Sieve:
    """What is kept of a file's rows. `created`: its column of creation dates; `needed`: cells that a row must have."""

    def __init__(self, table: Table, columns: Columns, created: DayColumn, needed: int) -> None:
        self._header = table.header
        self._width = len(table.header)
        self._needed = needed
        self._created = created
        self._created_at = columns.places.get("created")
        self._unused: dict[str, tuple[int, list[tuple[int, str]]]] = {}

    @property
    def unused(self) -> tuple[Unused, ...]:
        """The rows that were not kept, by reason."""
        return tuple(Unused(why, count, tuple(sorted(lines))) for why, (count, lines) in self._unused.items())

    @property
    def count(self) -> int:
        """How many were not kept."""
        return sum(count for count, _ in self._unused.values())

    def leave(self, why: str, line: int, value: str = "") -> None:
        """Put down a row that is not kept."""
        count, shown = self._unused.setdefault(why, (0, []))
        if len(shown) < SHOWN:
            shown.append((line, "" if "@" in value else short(value)))  # an address has slipped in
        self._unused[why] = count + 1, shown

    def forget(self, why: str) -> None:
        """Put down no row for this reason after all."""
        self._unused.pop(why, None)

    def fitted(self, rows: Rows) -> None:
        """Keep the rows that have as many cells as the header, or can have."""
        self._keep(rows, self._fit)

    def filled(self, rows: Rows) -> None:
        """Keep the rows that say when they were created or, where no row does, say anything."""
        self._keep(rows, self._fill if self._created_at is None else self._date)

    def _keep(self, rows: Rows, look: Look) -> None:
        kept: list[tuple[int, Row]] = []
        for place, row in enumerate(rows.rows):
            found = look(row)
            if not isinstance(found, str):
                kept.append((place, found))
            elif found:
                value = (
                    row[self._created_at] if found == odd.BAD_DATE and self._created_at is not None else ""
                )
                self.leave(found, rows.line(place), value)
        rows.keep(kept)

    def _fit(self, row: Row) -> Row | str:
        if not row:
            return ""
        if len(row) > self._width:
            return odd.TOO_LONG if any(map(str.strip, row[self._width :])) else row[: self._width]
        if len(row) < self._needed:
            return odd.without_content(row, self._header) or odd.TOO_SHORT
        return row + [""] * (self._width - len(row))

    def _date(self, row: Row) -> Row | str:
        cell = row[self._created_at or 0]
        if self._created.good(cell):
            return row
        return odd.without_content(row, self._header) or (odd.NO_DATE if is_nothing(cell) else odd.BAD_DATE)

    def _fill(self, row: Row) -> Row | str:
        return odd.without_content(row, self._header) or row


class Rows:
    """Some rows and their lines, which are found only when they are asked for."""

    def __init__(self, chunk: Chunk) -> None:
        self.rows = chunk.rows
        self._chunk = chunk
        self._lines: list[int] | None = None

    def line(self, place: int) -> int:
        """The line of the row in that place."""
        if self._lines is None:
            self._lines = self._chunk.lines()
        return self._lines[place]

    def keep(self, kept: list[tuple[int, Row]]) -> None:
        """Only these are left, each with the place that it had."""
        self._lines = [self.line(place) for place, _ in kept]
        self.rows = [row for _, row in kept]
