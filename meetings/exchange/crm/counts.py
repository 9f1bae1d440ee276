"""Rows of an export, counted by day, source and words.

Every row goes through this loop, so it takes some rows at once and leaves the work to what the interpreter does by
itself (map, zip, Counter). Nothing of a row stays but the words that are counted, and the time to its first touch.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import Any

from meetings.exchange.crm.speed import Clock
from meetings.exchange.crm.stage_words import is_nothing
from meetings.exchange.tables.days import Order

WORDS = ("status", "stage", "reason", "is_converted", "is_won", "is_closed")
"""The columns whose words say what became of a lead."""
EVENTS = ("converted", "first_touch")
"""The columns with the date of something: what counts is whether it was."""

_SHORT = 6
"""A date has at least so many characters."""

Group = tuple[Any, ...]
"""Day as it is written, source as it is spelled, the words of `WORDS` and `EVENTS` that the file has."""
Cells = Mapping[str, Sequence[str]]
"""Cells of some rows, by what their column means."""


class Counts:
    """What is counted of some rows.

    `groups`: each group by its place, `rows`: how many rows are in it. `touched`: of the rows that have a first touch
    the place of the group and the minutes since the creation, NaN where they are not known. `spent`: place of the group
    and amount.

    `roles`: what the columns mean. `order`: which number of a date is the day, as far as that is known.
    """

    def __init__(self, roles: Iterable[str], order: Order | None) -> None:
        there = {*roles}
        self.rows: Counter[int] = Counter()
        self.touched = array("q"), array("d")
        self.spent: list[tuple[int, str]] = []
        self.clock = Clock(order)
        self._words = tuple(role for role in WORDS if role in there)
        self._events = tuple(role for role in EVENTS if role in there)
        self._numbers = _Numbers()

    @property
    def groups(self) -> list[Group]:
        """The groups, by their place."""
        return self._numbers.known

    @property
    def days(self) -> list[str]:
        """The dates of creation that were counted, as they are written."""
        return sorted({group[0] for group in self.groups if group[0]})

    def words(self, said: tuple[Any, ...]) -> dict[str, str]:
        """What stands behind day and source in a group: the words by role; of an event "yes" or ""."""
        named = dict(zip((*self._words, *self._events), said, strict=True))
        return named | {role: "yes" if named[role] else "" for role in self._events}

    def add(self, cells: Cells, days: Sequence[str]) -> None:
        """Count rows that have all that they need. `days`: the date of each, as it is written."""
        sources = cells.get("source") or [""] * len(days)
        words = [cells[role] for role in self._words]
        events = [_happened(cells[role]) for role in self._events]
        groups = list(map(self._numbers.__getitem__, zip(days, sources, *words, *events, strict=True)))
        self.rows.update(groups)
        if "first_touch" in cells and "created" in cells:
            places, minutes = self.touched
            places.extend(array("q", [*compress(groups, cells["first_touch"])]))
            minutes.extend(array("d", self.clock.minutes(cells["created"], cells["first_touch"])))
        if "spend" in cells:
            self.spent += [each for each in zip(groups, cells["spend"], strict=True) if each[1]]

    def include(self, other: Counts) -> None:
        """Count the rows of another one, too."""
        numbers = [self._numbers[group] for group in other.groups]
        for number, rows in other.rows.items():
            self.rows[numbers[number]] += rows
        self.touched[0].extend(map(numbers.__getitem__, other.touched[0]))
        self.touched[1].extend(other.touched[1])
        self.spent += [(numbers[number], amount) for number, amount in other.spent]
        self.clock.include(other.clock)


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
