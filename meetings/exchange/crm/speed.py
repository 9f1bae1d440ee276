"""Speed to lead: minutes from a lead's creation to its first touch, and what follows from them."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress, pairwise
from operator import add
from typing import Any

from meetings.exchange.tables.days import Order, date_part, read_day, seconds

BANDS = (("0-5", 5.0), ("5-15", 15.0), ("15-60", 60.0), ("60+", math.inf))
"""Names of the bands, and the minutes below which a time is in one."""


_DATE = len("2026-11-22")
_MINUTE = dt.timedelta(minutes=1)
_MIDNIGHT = dt.time()


class Clock:
    """Reads times of day, the same text only once. `order`: which number of a date is the day, if that is known.

    Without it, no time is known of a date that could be read two ways. `has_times`: whether any creation was at another
    time than midnight, which programs write where they know none.
    """

    def __init__(self, order: Order | None) -> None:
        self.order = order
        self._days = _Days(order)
        self._begun = _Times()
        self._ended = _Times()
        self._ways = [self._iso, self._by_width, self._by_space]
        self.has_times = False

    @property
    def telling(self) -> set[str]:
        """The dates that were met whose meaning depends on the order."""
        return self._days.telling

    def minutes(self, creations: Sequence[str], touches: Sequence[str]) -> list[float]:
        """Minutes from each creation to its touch, where there is one; NaN when one of the two has no time of day, or
        only one of them says its zone.
        """
        begun, ended = [*compress(creations, touches)], [*filter(None, touches)]
        if not ended:
            return []
        for way in self._ways:
            found = way(begun, ended)
            if found is not None:
                if way != self._ways[0]:  # most cells of a file are of one form
                    self._ways.remove(way)
                    self._ways.insert(0, way)
                return found
        return list(map(self._between, begun, ended))

    def _iso(self, begun: Sequence[str], ended: Sequence[str]) -> list[float] | None:
        """The quickest way: what the standard library reads. None when it does not, or when there are no times."""
        if min(map(len, begun)) <= _DATE or min(map(len, ended)) <= _DATE:
            return None
        read = dt.datetime.fromisoformat
        try:
            starts = list(map(read, begun))
            found = [(end - start) / _MINUTE for start, end in zip(starts, map(read, ended), strict=True)]
        except (ValueError, TypeError):  # another form; or only one of the two says its zone
            return None
        self.has_times = self.has_times or any(start.time() != _MIDNIGHT for start in starts)
        return found

    def _by_width(self, begun: Sequence[str], ended: Sequence[str]) -> list[float] | None:
        """The next best: ten characters are the date, the others the time."""
        return self._split(
            [cell[:_DATE] for cell in begun],
            [cell[_DATE:] for cell in begun],
            [cell[:_DATE] for cell in ended],
            [cell[_DATE:] for cell in ended],
        )

    def _by_space(self, begun: Sequence[str], ended: Sequence[str]) -> list[float] | None:
        """The same of dates of any width, without a space in them."""
        first = [cell.partition(" ")[0] for cell in begun]
        last = [cell.partition(" ")[0] for cell in ended]
        return self._split(
            first,
            [cell[len(day) :] for cell, day in zip(begun, first, strict=True)],
            last,
            [cell[len(day) :] for cell, day in zip(ended, last, strict=True)],
        )

    def _split(
        self, first: Sequence[str], sooner: Sequence[str], last: Sequence[str], later: Sequence[str]
    ) -> list[float] | None:
        """Minutes between days with times of day; of either there are few. None when one of them is neither."""
        days = self._days.__getitem__
        try:
            starts = map(add, map(days, first), map(self._begun.__getitem__, sooner))
            ends = map(add, map(days, last), map(self._ended.__getitem__, later))
            found = [(end - start) / 60 for start, end in zip(starts, ends, strict=True)]
        except TypeError:  # one of them is no date, or no time
            return None
        self.has_times = self.has_times or self._begun.moving
        return found if len(self._begun.zones | self._ended.zones) < 2 else None

    def _between(self, created: str, touched: str) -> float:
        """The same of two cells that may be of any form."""
        start, end = self._begun.read(created), self._ended.read(touched)
        self.has_times = self.has_times or self._begun.moving
        first, last = self._days.read(date_part(created)), self._days.read(date_part(touched))
        if first is None or last is None or start is None or end is None or start[1] is not end[1]:
            return math.nan
        return (last - first + end[0] - start[0]) / 60


class _Days(dict[str, Any]):
    """The seconds at which a day begins, counted from some day long ago, by the ten characters of its date."""

    def __init__(self, order: Order | None) -> None:
        super().__init__()
        self._order = order
        self.telling: set[str] = set()

    def __missing__(self, text: str) -> float | None:
        date = text.removesuffix(",")
        whole = date_part(date) == date and seconds(date) is None  # Excel's 46343.5 is a date with its time
        day = self[text] = self.read(date) if whole else None
        return day

    def read(self, text: str) -> float | None:
        """The same of a date of any length."""
        reading = read_day(text)
        if reading.day != reading.month:
            self.telling.add(text)
        if self._order is not None:
            day = reading.by(self._order)
        elif None in reading or reading.day == reading.month:
            day = reading.day or reading.month
        else:
            day = None
        return None if day is None else day.toordinal() * 86400.0


class _Times(dict[str, Any]):
    """The seconds since midnight UTC, by what stands behind a date; NaN where nothing does.

    `zones`: whether these say their zone, some or all. `moving`: whether one is not midnight.
    """

    def __init__(self) -> None:
        super().__init__()
        self.zones: set[bool] = set()
        self.moving = False

    def __missing__(self, text: str) -> float | None:
        time = self.read(f"2000-01-01{text}") if text else (math.nan, False)
        found = self[text] = None if time is None else time[0]
        return found

    def read(self, cell: str) -> tuple[float, bool] | None:
        """The seconds, and whether the zone is known, of a cell of any form."""
        time = seconds(cell)
        if time is not None:
            self.zones.add(time[1])
            self.moving = self.moving or bool(time[0] % 86400)
        return time


def percentile(times: Sequence[float], share: float) -> float | None:
    """The shortest of these times (in order) within which that share of them lies; None when there are none."""
    return times[math.ceil(share * len(times)) - 1] if times else None


def bands(times: Sequence[float]) -> dict[str, int]:
    """How many of these minutes (in order) are in each band; a time on the edge is in the later one."""
    places = [0, *(bisect_left(times, below) for _, below in BANDS)]
    return {name: last - first for (name, _), (first, last) in zip(BANDS, pairwise(places), strict=True)}
