"""A column of dates: the date in each of its cells, quickly."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from meetings.exchange.tables import cuts
from meetings.exchange.tables.days import Order, date_part, read_day

_LENGTH = len("2026-11-22")


def _days(cut: cuts.Cut) -> Callable[[Sequence[str]], list[str]]:
    def days(cells: Sequence[str]) -> list[str]:
        try:
            return [each[0].rstrip(",") for each in cut(cells)]
        except ValueError:
            return [""] * len(cells)

    return days


_WAYS: tuple[Callable[[Sequence[str]], list[str]], ...] = (
    lambda cells: [cell[:_LENGTH] for cell in cells],
    *map(_days, (cuts.by_space, cuts.by_last_word, cuts.by_last_two)),
)
"""Quick ways to the date in each cell. One of them is right for nearly all files."""


class DayColumn(dict[str, str]):
    """The date in a cell, as it is written, by the cell. `order`: the one in which it has to make sense, if known.

    A quick way to the date is taken as long as it is right, so that cells need not be looked at one by one.
    """

    def __init__(self, order: Order | None) -> None:
        super().__init__()
        self._order = order
        self._readable: dict[str, bool] = {}
        self._way = 0

    def __missing__(self, cell: str) -> str:
        day = self[cell] = date_part(cell)
        return day

    def dates(self, cells: Sequence[str]) -> list[str] | None:
        """The date of each cell; None when a cell holds none that can be read."""
        days = self.parts(cells)
        if all(map(self._readable.get, set(days))):
            return days
        while self._way < len(_WAYS) and not self._right(days, cells):
            self._way += 1
            days = self.parts(cells)
        return days if all(map(self._can_be_read, days)) else None

    def parts(self, cells: Sequence[str]) -> list[str]:
        """The part of each cell that is its date, whether it can be read or not."""
        if self._way < len(_WAYS):
            return _WAYS[self._way](cells)
        return [self[cell] for cell in cells]

    def _right(self, days: Sequence[str], cells: Sequence[str]) -> bool:
        """Whether these are the dates of the cells, but for cells that hold none."""
        new = ((day, cell) for day, cell in zip(days, cells, strict=True) if day not in self._readable)
        return all(self[cell] == day or not self.good(cell) for day, cell in new)

    def good(self, cell: str) -> bool:
        """Whether the cell holds a date that can be read."""
        return self._can_be_read(self[cell])

    def _can_be_read(self, day: str) -> bool:
        if day not in self._readable:
            reading = read_day(day)
            known = reading.by(self._order) if self._order else reading.day or reading.month
            self._readable[day] = known is not None
        return self._readable[day]
