"""The rows of an export, counted as they come, each id once. What their words mean is found out afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from operator import itemgetter

from meetings.exchange.crm import odd
from meetings.exchange.crm.columns import Columns
from meetings.exchange.crm.counts import EVENTS, WORDS, Cells, Counts
from meetings.exchange.crm.result import Unused
from meetings.exchange.crm.sieve import Rows, Sieve
from meetings.exchange.tables.day_column import DayColumn
from meetings.exchange.tables.days import Evidence, Order, date_part, evidence
from meetings.exchange.tables.reading import TOGETHER, Chunk, Row, Table, Watch


class Tally:
    """What is in a file. `counts`: of its rows, without those whose id an earlier row has.

    `order`: which number of a date is the day, if a person said so; `likely`: if it seems so: the clock goes by that,
    but no date is judged by it.
    """

    def __init__(
        self, table: Table, columns: Columns, order: Order | None, *, likely: Order | None = None
    ) -> None:
        self._table = table
        self._width = {len(table.header)}
        self._roles = [role for role in ("created", "source", *WORDS, *EVENTS) if role in columns.places]
        places = [columns.places[role] for role in self._roles]
        self._created = DayColumn(order)
        self._sieve = Sieve(table, columns, self._created, max(places) + 1)
        self._roles += [role for role in ("id", "spend") if role in columns.places]
        places = [columns.places[role] for role in self._roles]
        self._get = itemgetter(*places, places[0])  # at least two, so that it gives a tuple
        self.counts = Counts(self._roles, order or likely)
        self._repeated = Counts(self._roles, order or likely)
        self._ids: set[str] = set()
        self._apart: list[tuple[str, ...]] = []

    def count(self, watch: Watch | None) -> None:
        """Count every row of the table. Raises Cancelled and ImportRefused as Table.chunks does."""
        for chunk in self._table.chunks(watch):
            if chunk.broken:
                self._sieve.leave(odd.NEVER_CLOSED, chunk.first)
            elif chunk.rows:
                self._add(chunk)
        self._count_apart()
        self._ids.clear()

    @property
    def unused(self) -> tuple[Unused, ...]:
        """The rows that were not counted, by reason."""
        return self._sieve.unused

    @property
    def read(self) -> int:
        """Rows seen; blank lines are none."""
        return self.counts.rows.total() + self._sieve.count

    @property
    def repeated(self) -> int:
        """Rows that were not counted because an earlier one has their id."""
        return self._repeated.rows.total()

    def count_repeated(self) -> None:
        """Count those, too, after all."""
        self.counts.include(self._repeated)
        self._sieve.forget(odd.REPEATED)

    def _add(self, chunk: Chunk) -> None:
        """Count some rows; only when one of them is odd are they looked at one by one."""
        kept = Rows(chunk)
        if set(map(len, chunk.rows)) == self._width:
            cells = self._columns(chunk.rows)
            days = self._days(cells)
            if days is not None:
                self._count(cells, days, kept)
                return
        self._sieve.fitted(kept)
        cells = self._columns(kept.rows)
        days = self._days(cells)
        if days is None:
            self._sieve.filled(kept)
            cells = self._columns(kept.rows)
            days = self._days(cells) or [""] * len(kept.rows)
        if kept.rows:
            self._count(cells, days, kept)

    def _columns(self, rows: list[Row]) -> Cells:
        """The cells of each column that is needed."""
        return dict(zip(self._roles, zip(*map(self._get, rows), strict=True), strict=False))

    def _days(self, cells: Cells) -> list[str] | None:
        """The date of creation of each row, or nothings when there is no such column; None when a row is odd."""
        if "created" in cells:
            return self._created.dates(cells["created"])
        some = next(iter(cells.values()), ())
        return None if odd.may_be_odd(cells.get("source", some)) else [""] * len(some)

    def _count(self, cells: Cells, days: list[str], rows: Rows) -> None:
        """Count rows that have all that they need: the first with an id, and those that repeat it apart."""
        again = self._again(cells.get("id", ()))
        if again:
            first = bytearray(b"\1") * len(days)
            for place in again:
                first[place] = 0
                self._sieve.leave(odd.REPEATED, rows.line(place))
                self._apart.append((days[place], *(column[place] for column in cells.values())))
            cells = {role: tuple(compress(column, first)) for role, column in cells.items()}
            days = list(compress(days, first))
            if len(self._apart) >= TOGETHER:
                self._count_apart()
        if days:
            self.counts.add(cells, days)

    def _count_apart(self) -> None:
        """Count the rows that repeat an id, many of them at once: in most parts of a file there are few."""
        if self._apart:
            days, *columns = zip(*self._apart, strict=True)
            self._repeated.add(dict(zip(self._roles, columns, strict=True)), days)
            self._apart.clear()

    def _again(self, ids: Sequence[str]) -> list[int]:
        """The places of the ids that were there before; what is blank is none."""
        known = self._ids
        again = []
        for place, each in enumerate(ids):
            if each not in known:
                known.add(each)
            elif each.strip():
                again.append(place)
        return again


def likely_order(table: Table, columns: Columns) -> Order | None:
    """Which number of the dates is the day, as some of them say; None when they do not, or nothing is timed."""
    places = [columns.places[role] for role in ("created", "first_touch") if role in columns.places]
    dates: set[str] = set()
    said = Evidence()
    for rows in table.glimpses() if len(places) > 1 else ():
        dates.update(date_part(row[place]) for row in rows for place in places if place < len(row))
        said = evidence(dates)
        if said.order or not said.either:
            break
    return said.order
