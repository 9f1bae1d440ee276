"""A column of dates: the date in each of its cells, quickly."""

from __future__ import annotations

from collections.abc import Sequence

from meetings.exchange.tables.days import Order, date_part, read_day


class DayColumn(dict[str, str]):
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

    def dates(self, cells: Sequence[str]) -> list[str] | None:
        """The date of each cell; None when a cell holds none that can be read."""
        days = self.parts(cells)
        if all(map(self._readable.get, set(days))):
            return days
        if self._ten and any(
            self[cell] != day for day, cell in zip(days, cells, strict=True) if self._is_new(day)
        ):
            # Some are longer or shorter than ten characters: from now on every cell is looked at.
            self._ten = not any(self.good(cell) for cell in cells if self[cell] != cell[:10])
            days = self.parts(cells)
        return days if all(map(self._can_be_read, days)) else None

    def parts(self, cells: Sequence[str]) -> list[str]:
        """The part of each cell that is its date, whether it can be read or not."""
        return [cell[:10] for cell in cells] if self._ten else [self[cell] for cell in cells]

    def good(self, cell: str) -> bool:
        """Whether the cell holds a date that can be read."""
        return self._can_be_read(self[cell])

    def _is_new(self, day: str) -> bool:
        return day not in self._readable

    def _can_be_read(self, day: str) -> bool:
        if day not in self._readable:
            reading = read_day(day)
            known = reading.by(self._order) if self._order else reading.day or reading.month
            self._readable[day] = known is not None
        return self._readable[day]
