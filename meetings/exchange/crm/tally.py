"""The rows of an export, counted as they come: by day, source and words. What those mean is found out afterwards.

Every row goes through this loop, so it takes some rows at once and leaves the work to what the interpreter does by
itself (map, zip, Counter). Only when one of them is odd are they looked at one by one. Nothing of a row stays but the
words that are counted, and the times of first touches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from itertools import compress
from operator import itemgetter
from typing import TypeVar

from meetings.exchange.crm import odd
from meetings.exchange.crm.columns import Columns
from meetings.exchange.crm.result import Unused
from meetings.exchange.crm.stages import is_nothing
from meetings.exchange.tables.days import Order, date_part, read_day
from meetings.exchange.tables.reading import Chunk, Row, Table, Watch, short

ROLES = ("status", "stage", "reason", "is_converted", "converted", "is_won", "is_closed", "first_touch")
"""The columns whose words say what became of a lead."""
DATED = ("converted", "first_touch")
"""Of these, those that hold a date: what counts is whether there is one."""
DIGITS = "0123456789"
SHOWN = 20
"""So many lines are named of the rows that are not used for one reason."""

Group = tuple[str, str, int]
"""Day as it is written, source as it is spelled, number of the words."""
Look = Callable[[Row], tuple[Row | None, str, str]]
"""A row as it is to be counted; or None, why not, and the value that is the reason."""


class Tally:
    """The counts of a file.

    `groups`: each group by its place, `rows`: how many rows are in it. `touched`: of the rows that have a first touch
    the place of the group, the creation and the touch, as three lists. `spent`: place of the group and amount.
    `read`: rows seen; blank lines are none.
    """

    def __init__(self, table: Table, columns: Columns, order: Order | None) -> None:
        self.rows: Counter[int] = Counter()
        self.touched: tuple[list[int], list[str], list[str]] = ([], [], [])
        self.spent: list[tuple[int, str]] = []
        self.read = 0
        self._table = table
        self._roles = tuple(role for role in ROLES if role in columns.places)
        self._get = {role: itemgetter(place) for role, place in columns.places.items()}
        self._days = _Days(order)
        self._numbers: _Numbers[tuple[str, ...]] = _Numbers()
        self._groups: _Numbers[Group] = _Numbers()
        self._ids: set[str] = set()
        self._unused: dict[str, tuple[int, list[tuple[int, str]]]] = {}
        self._width = len(table.header)
        needed = [
            columns.places[role] for role in ("created", "source", *self._roles) if role in columns.places
        ]
        self._needed = max(needed, default=0) + 1
        if "created" not in columns.places:
            self._needed = max(self._needed, 2) if self._width > 1 else 1

    def count(self, watch: Watch | None) -> None:
        """Count every row of the table. Raises Cancelled and ImportRefused as Table.chunks does."""
        for chunk in self._table.chunks(watch):
            if chunk.broken:
                self.read += 1
                self._leave(odd.NEVER_CLOSED, chunk.first)
            elif chunk.rows:
                self._add(chunk)

    def words(self, number: int) -> dict[str, str]:
        """What a number in a group stands for: the words by role; of a date only "yes" or ""."""
        return dict(zip(self._roles, self._numbers.known[number], strict=True))

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
    def touch_days(self) -> set[str]:
        """The dates of first touches, as they are written."""
        return set(map(date_part, self.touched[2]))

    @property
    def unused(self) -> tuple[Unused, ...]:
        """The rows that were not counted, by reason."""
        return tuple(Unused(why, count, tuple(lines)) for why, (count, lines) in self._unused.items())

    def _add(self, chunk: Chunk) -> None:
        rows, lines = chunk.rows, _Lines(chunk)
        self.read += len(rows)
        if set(map(len, rows)) != {self._width}:
            rows = self._kept(rows, lines, self._fitted)
        if "created" in self._get:
            if not self._days.take(self._column("created", rows)):
                rows = self._kept(rows, lines, self._dated)
        elif odd.may_be_odd(self._column("source", rows)):
            rows = self._kept(rows, lines, self._filled)
        if "id" in self._get:
            ids = self._column("id", rows)
            fresh = {*ids}
            if len(fresh) < len(ids) or not self._ids.isdisjoint(fresh):
                rows = self._kept(rows, lines, self._first)
            self._ids |= fresh
        self._count(rows)

    def _count(self, rows: list[Row]) -> None:
        """Count rows that have all that they need."""
        created = self._column("created", rows)
        days = self._days.of(created) if "created" in self._get else created
        words = [self._words(role, rows) for role in self._roles]
        combined = zip(*words, strict=True) if words else [()] * len(rows)
        numbers = map(self._numbers.__getitem__, combined)
        sources = self._column("source", rows)
        groups = list(map(self._groups.__getitem__, zip(days, sources, numbers, strict=True)))
        self.rows.update(groups)
        if "first_touch" in self._get and "created" in self._get:
            touches = self._column("first_touch", rows)
            places, creations, kept = self.touched
            places.extend(compress(groups, touches))
            creations.extend(compress(created, touches))
            kept.extend(filter(None, touches))
        if "spend" in self._get:
            self.spent += [each for each in zip(groups, self._column("spend", rows), strict=True) if each[1]]

    def _column(self, role: str, rows: list[Row]) -> list[str]:
        """The cells of a column; empty ones when the file has no such column."""
        get = self._get.get(role)
        return [""] * len(rows) if get is None else list(map(get, rows))

    def _words(self, role: str, rows: list[Row]) -> list[str]:
        cells = self._column(role, rows)
        if role not in DATED:
            return cells
        return ["yes" if cell and (cell[0] in DIGITS or not is_nothing(cell)) else "" for cell in cells]

    # Odd rows, one by one

    def _kept(self, rows: list[Row], lines: _Lines, look: Look) -> list[Row]:
        """The rows that can be used; the others are put down with their lines."""
        kept, places = [], []
        for place, row in enumerate(rows):
            use, why, value = look(row)
            if use is not None:
                kept.append(use)
                places.append(place)
            elif why:
                self._leave(why, lines.of(place), value)
            else:
                self.read -= 1
        lines.keep(places)
        return kept

    def _leave(self, why: str, line: int, value: str = "") -> None:
        count, shown = self._unused.setdefault(why, (0, []))
        if len(shown) < SHOWN:
            shown.append((line, short(value)))
        self._unused[why] = count + 1, shown

    def _fitted(self, row: Row) -> tuple[Row | None, str, str]:
        """The row with as many cells as the header has."""
        if not row:
            return None, "", ""
        if len(row) > self._width:
            if any(map(str.strip, row[self._width :])):
                return None, odd.TOO_LONG, ""
            return row[: self._width], "", ""
        if len(row) < self._needed:
            return None, odd.without_content(row, self._table.header) or odd.TOO_SHORT, ""
        return row + [""] * (self._width - len(row)), "", ""

    def _dated(self, row: Row) -> tuple[Row | None, str, str]:
        cell = self._get["created"](row)
        if self._days.good(cell):
            return row, "", ""
        why = odd.without_content(row, self._table.header)
        return None, why or (odd.NO_DATE if is_nothing(cell) else odd.BAD_DATE), "" if why else cell

    def _filled(self, row: Row) -> tuple[Row | None, str, str]:
        why = odd.without_content(row, self._table.header)
        return (None, why, "") if why else (row, "", "")

    def _first(self, row: Row) -> tuple[Row | None, str, str]:
        """The row, if none with its id came before it. A row without an id is one of its own."""
        each = self._get["id"](row)
        if each.strip() and each in self._ids:
            return None, odd.REPEATED, ""
        self._ids.add(each)
        return row, "", ""


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


class _Days(dict[str, str]):
    """The date in a cell, as it is written, by the cell. `order`: the one in which it has to make sense, if known.

    Nearly always the first ten characters are the date: then there are few of them, and cells need not be looked up.
    """

    def __init__(self, order: Order | None) -> None:
        super().__init__()
        self._order = order
        self._readable: dict[str, bool] = {}
        self._ten = True

    def __missing__(self, cell: str) -> str:
        day = self[cell] = date_part(cell)
        return day

    def take(self, cells: Sequence[str]) -> bool:
        """Whether all of these hold a date."""
        days = set(self.of(cells))
        if all(map(self._readable.get, days)):
            return True
        if self._ten and not all(map(self._can_be_read, days)) and any(map(self.good, cells)):
            # Some are longer or shorter than ten characters: from now on every cell is looked at.
            self._ten = all(self[cell] == cell[:10] for cell in cells if self.good(cell))
            days = set(self.of(cells))
        return all(map(self._can_be_read, days))

    def of(self, cells: Sequence[str]) -> list[str]:
        """The date of each cell."""
        return [cell[:10] for cell in cells] if self._ten else list(map(self.__getitem__, cells))

    def good(self, cell: str) -> bool:
        """Whether the cell holds a date that can be read."""
        return self._can_be_read(self[cell])

    def _can_be_read(self, day: str) -> bool:
        if day not in self._readable:
            reading = read_day(day)
            known = reading.by(self._order) if self._order else reading.day or reading.month
            self._readable[day] = known is not None
        return self._readable[day]


class _Lines:
    """The lines of some rows, found only when they are asked for."""

    def __init__(self, chunk: Chunk) -> None:
        self._chunk = chunk
        self._found: list[int] | None = None

    def of(self, place: int) -> int:
        """The line of the row in that place."""
        if self._found is None:
            self._found = self._chunk.lines()
        return self._found[place]

    def keep(self, places: list[int]) -> None:
        """Only the rows in these places are left."""
        self._found = [self.of(place) for place in places]
