"""The rows of an export, counted as they come: by day, source and words. What those mean is found out afterwards.

Every row goes through this loop, so it takes some rows at once and leaves the work to what the interpreter does by
itself (map, zip, Counter). Nothing of a row stays but the words that are counted, and the time to its first touch.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress, islice
from operator import itemgetter
from typing import Any

from meetings.exchange.crm import odd
from meetings.exchange.crm.columns import Columns
from meetings.exchange.crm.result import Unused
from meetings.exchange.crm.sieve import Rows, Sieve
from meetings.exchange.crm.speed import Clock
from meetings.exchange.crm.stage_words import is_nothing
from meetings.exchange.tables.day_column import DayColumn
from meetings.exchange.tables.days import Evidence, Order, date_part, evidence
from meetings.exchange.tables.reading import Chunk, Row, Table, Watch

WORDS = ("status", "stage", "reason", "is_converted", "is_won", "is_closed")
"""The columns whose words say what became of a lead."""
EVENTS = ("converted", "first_touch")
"""The columns with the date of something: what counts is whether it was."""

_FIRST = 16
"""Chunks in which is looked for the order of dates."""
_SHORT = 6
"""A date has at least so many characters."""

Group = tuple[Any, ...]
"""Day as it is written, source as it is spelled, the words of `WORDS` and `EVENTS` that the file has."""
Cells = Mapping[str, Sequence[str]]
"""Cells of some rows, by what their column means."""


class Tally:
    """The counts of a file.

    `groups`: each group by its place, `rows`: how many rows are in it. `touched`: of the rows that have a first touch
    the place of the group and the minutes since the creation, NaN where they are not known. `spent`: place of the group
    and amount. `read`: rows seen; blank lines are none.

    `once`: whether a row counts only if its id was not there before. That takes time, so it is done only for a file in
    which ids are found to `repeat`.

    `order`: which number of a date is the day, if a person said so; `likely`: if it seems so: the clock goes by that,
    but no date is judged by it.
    """

    def __init__(
        self,
        table: Table,
        columns: Columns,
        order: Order | None,
        *,
        likely: Order | None = None,
        once: bool = False,
    ) -> None:
        self.rows: Counter[int] = Counter()
        self.touched = array("q"), array("d")
        self.spent: list[tuple[int, str]] = []
        self.clock = Clock(order or likely)
        self._once = once
        self._ids = array("q")
        self._table = table
        self._width = {len(table.header)}
        self._words = tuple(role for role in WORDS if role in columns.places)
        self._events = tuple(role for role in EVENTS if role in columns.places)
        self._roles = [
            role for role in ("created", "source", *self._words, *self._events) if role in columns.places
        ]
        places = [columns.places[role] for role in self._roles]
        self._created = DayColumn(order)
        self._sieve = Sieve(table, columns, self._created, max(places) + 1)
        self._roles += [role for role in ("id", "spend") if role in columns.places]
        places = [columns.places[role] for role in self._roles]
        self._get = itemgetter(*places, places[0])  # at least two, so that it gives a tuple
        self._groups = _Numbers()

    def count(self, watch: Watch | None) -> None:
        """Count every row of the table. Raises Cancelled and ImportRefused as Table.chunks does."""
        for chunk in self._table.chunks(watch):
            if chunk.broken:
                self._sieve.leave(odd.NEVER_CLOSED, chunk.first)
            elif chunk.rows:
                self._add(chunk)

    def words(self, said: tuple[Any, ...]) -> dict[str, str]:
        """What stands behind day and source in a group: the words by role; of an event "yes" or ""."""
        named = dict(zip((*self._words, *self._events), said, strict=True))
        return named | {role: "yes" if named[role] else "" for role in self._events}

    @property
    def groups(self) -> list[Group]:
        """The groups, by their place."""
        return self._groups.known

    @property
    def days(self) -> list[str]:
        """The dates of creation that were counted, as they are written."""
        return sorted({group[0] for group in self.groups if group[0]})

    @property
    def unused(self) -> tuple[Unused, ...]:
        """The rows that were not counted, by reason."""
        return self._sieve.unused

    @property
    def repeat(self) -> bool:
        """Whether ids are there more than once, as far as a hash can tell."""
        return len({*self._ids}) < len(self._ids)

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
            if days is not None and not self._once:
                self._count(cells, days)
                return
        kept = Rows(chunk)
        self._sieve.fitted(kept)
        cells = self._columns(kept.rows)
        if self._days(cells) is None:
            self._sieve.filled(kept)
            cells = self._columns(kept.rows)
        if self._once:
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

    def _count(self, cells: Cells, days: list[str]) -> None:
        """Count rows that have all that they need."""
        sources = cells.get("source") or [""] * len(days)
        words = [cells[role] for role in self._words]
        events = [_happened(cells[role]) for role in self._events]
        groups = list(map(self._groups.__getitem__, zip(days, sources, *words, *events, strict=True)))
        self.rows.update(groups)
        if "first_touch" in cells and "created" in cells:
            places, minutes = self.touched
            places.extend(compress(groups, cells["first_touch"]))
            minutes.extend(self.clock.minutes(cells["created"], cells["first_touch"]))
        if "id" in cells and not self._once:
            self._ids.extend(map(hash, filter(None, cells["id"])))
        if "spend" in cells:
            self.spent += [each for each in zip(groups, cells["spend"], strict=True) if each[1]]


def likely_order(table: Table, columns: Columns) -> Order | None:
    """Which number of the dates is the day, as the first of them say; None when they do not, or nothing is timed."""
    places = [columns.places[role] for role in ("created", "first_touch") if role in columns.places]
    dates: set[str] = set()
    said = Evidence()
    for chunk in islice(table.chunks() if len(places) > 1 else (), _FIRST):
        dates.update(date_part(row[place]) for row in chunk.rows for place in places if place < len(row))
        said = evidence(dates)
        if said.order or not said.either:
            break
    return said.order


def _happened(cells: Sequence[str]) -> Iterable[bool]:
    """Whether there is a date in each of the cells; what is shorter than one may be a word for nothing."""
    if min(map(len, filter(None, cells)), default=_SHORT) < _SHORT:
        return [not is_nothing(cell) for cell in cells]
    return map(bool, cells)


class _Numbers(dict[Group, int]):
    """A number for every group, in the order in which they are met."""

    def __init__(self) -> None:
        super().__init__()
        self.known: list[Group] = []

    def __missing__(self, new: Group) -> int:
        number = self[new] = len(self.known)
        self.known.append(new)
        return number
