"""The rows of an export, counted as they come: by day, source and words. What those mean is found out afterwards.

Every row goes through this loop, so it takes some rows at once and leaves the work to what the interpreter does by
itself (map, zip, Counter). Nothing of a row stays but the words that are counted, and the time to its first touch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import compress
from operator import itemgetter
from typing import TypeVar

from meetings.exchange.crm import odd
from meetings.exchange.crm.columns import Columns
from meetings.exchange.crm.result import Unused
from meetings.exchange.crm.sieve import Rows, Sieve
from meetings.exchange.crm.speed import Clock
from meetings.exchange.crm.stages import is_nothing
from meetings.exchange.tables.day_column import DayColumn
from meetings.exchange.tables.days import Order
from meetings.exchange.tables.reading import Chunk, Row, Table, Watch

WORDS = ("status", "stage", "reason", "is_converted", "is_won", "is_closed")
"""The columns whose words say what became of a lead."""
EVENTS = ("converted", "first_touch")
"""The columns with the date of something: what counts is whether it was."""

_DIGITS = frozenset("0123456789")

Group = tuple[str, str, int]
"""Day as it is written, source as it is spelled, number of the words."""
Cells = Mapping[str, Sequence[str]]
"""Cells of some rows, by what their column means."""


class Tally:
    """The counts of a file.

    `groups`: each group by its place, `rows`: how many rows are in it. `touched`: of the rows that have a first touch
    the place of the group and, as far as they are known, the minutes since the creation. `spent`: place of the group
    and amount. `read`: rows seen; blank lines are none.
    """

    def __init__(self, table: Table, columns: Columns, order: Order | None) -> None:
        self.rows: Counter[int] = Counter()
        self.touched: tuple[list[int], list[float | None]] = ([], [])
        self.spent: list[tuple[int, str]] = []
        self.clock = Clock(order)
        self._table = table
        self._width = {len(table.header)}
        self._words = tuple(role for role in WORDS if role in columns.places)
        self._events = tuple(role for role in EVENTS if role in columns.places)
        self._roles = [
            role for role in ("created", "source", *self._words, *self._events) if role in columns.places
        ]
        places = [columns.places[role] for role in self._roles]
        self._created, self._first_touch = DayColumn(order), DayColumn(order)
        self._sieve = Sieve(table, columns, self._created, max(places) + 1)
        self._roles += [role for role in ("id", "spend") if role in columns.places]
        places = [columns.places[role] for role in self._roles]
        self._get = itemgetter(*places, places[0])  # at least two, so that it gives a tuple
        self._numbers: _Numbers[tuple[str, ...]] = _Numbers()
        self._groups: _Numbers[Group] = _Numbers()

    def count(self, watch: Watch | None) -> None:
        """Count every row of the table. Raises Cancelled and ImportRefused as Table.chunks does."""
        for chunk in self._table.chunks(watch):
            if chunk.broken:
                self._sieve.leave(odd.NEVER_CLOSED, chunk.first)
            elif chunk.rows:
                self._add(chunk)

    def words(self, number: int) -> dict[str, str]:
        """What a number in a group stands for: the words by role; of an event "yes" or ""."""
        return dict(zip((*self._words, *self._events), self._numbers.known[number], strict=True))

    @property
    def combinations(self) -> int:
        """How many numbers there are."""
        return len(self._numbers.known)

    @property
    def groups(self) -> list[Group]:
        """The groups, by their place."""
        return self._groups.known

    @property
    def days(self) -> list[str]:
        """The dates of creation that were counted, as they are written."""
        return sorted({day for day, _, _ in self.groups if day})

    @property
    def unused(self) -> tuple[Unused, ...]:
        """The rows that were not counted, by reason."""
        return self._sieve.unused

    @property
    def read(self) -> int:
        """Rows seen."""
        return self.rows.total() + self._sieve.count

    def _add(self, chunk: Chunk) -> None:
        """Count some rows; only when one of them is odd are they looked at one by one."""
        rows = chunk.rows
        if set(map(len, rows)) == self._width:
            cells = self._columns(rows)
            days = self._days(cells)
            if days is not None and self._all_new(cells):
                self._count(cells, days)
                return
        kept = Rows(chunk)
        self._sieve.fitted(kept)
        cells = self._columns(kept.rows)
        if self._days(cells) is None:
            self._sieve.filled(kept)
            cells = self._columns(kept.rows)
        if not self._all_new(cells):
            self._sieve.first(kept)
            cells = self._columns(kept.rows)
        if kept.rows:
            self._count(cells, self._days(cells) or [""] * len(kept.rows))

    def _columns(self, rows: list[Row]) -> Cells:
        """The cells of each column that is needed."""
        return dict(zip(self._roles, zip(*map(self._get, rows), strict=True), strict=False))

    def _days(self, cells: Cells) -> list[str] | None:
        """The date of creation of each row, or nothings when there is no such column; None when a row is odd."""
        if "created" in cells:
            return self._created.dates(cells["created"])
        some = next(iter(cells.values()), ())
        return None if odd.may_be_odd(cells.get("source", some)) else [""] * len(some)

    def _all_new(self, cells: Cells) -> bool:
        """Whether no id was there before; then they are remembered."""
        ids = cells.get("id", ())
        fresh = {*ids}
        if len(fresh) < len(ids) or not self._sieve.ids.isdisjoint(fresh):
            return False
        self._sieve.ids |= fresh
        return True

    def _count(self, cells: Cells, days: list[str]) -> None:
        """Count rows that have all that they need."""
        words: list[Iterable[str]] = [cells[role] for role in self._words]
        words += [map(_said, cells[role]) for role in self._events]
        combined = zip(*words, strict=True) if words else [()] * len(days)
        numbers = map(self._numbers.__getitem__, combined)
        sources = cells.get("source") or [""] * len(days)
        groups = list(map(self._groups.__getitem__, zip(days, sources, numbers, strict=True)))
        self.rows.update(groups)
        if "first_touch" in cells and "created" in cells:
            touches = cells["first_touch"]
            created, begun = [*compress(cells["created"], touches)], [*compress(days, touches)]
            touched = [*filter(None, touches)]
            places, minutes = self.touched
            places.extend(compress(groups, touches))
            ended = self._first_touch.dates(touched) or self._first_touch.parts(touched)
            minutes += self.clock.minutes(begun, created, ended, touched)
        if "spend" in cells:
            self.spent += [each for each in zip(groups, cells["spend"], strict=True) if each[1]]


def _said(cell: str) -> str:
    """Whether a cell says something."""
    return "yes" if cell and (cell[0] in _DIGITS or not is_nothing(cell)) else ""


Known = TypeVar("Known", bound=Hashable)


class _Numbers(dict[Known, int]):
    """A number for everything that is met, in the order in which it is."""

    def __init__(self) -> None:
        super().__init__()
        self.known: list[Known] = []

    def __missing__(self, new: Known) -> int:
        number = self[new] = len(self.known)
        self.known.append(new)
        return number
