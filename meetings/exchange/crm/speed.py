"""Speed to lead: minutes from a lead's creation to its first touch, and what follows from them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence

from meetings.exchange.tables.days import Order, date_part, read_day, seconds

BANDS = (("0-5", 5.0), ("5-15", 15.0), ("15-60", 60.0), ("60+", math.inf))
"""Names of the bands, and the minutes below which a time is in one."""


class Clock:
    """Reads times of day, the same text only once. `order`: which number of a date is the day."""

    def __init__(self, order: Order | None) -> None:
        self._order: Order = order or "day"
        self._days: dict[str, float | None] = {}
        self._times: dict[str, tuple[float, bool] | None] = {}

    def has_times(self, cells: Iterable[str]) -> bool:
        """Whether any of these has a time of day other than midnight, which programs write where they know none."""
        return any(
            time is not None and time[0] % 86400
            for time in map(seconds, {cell[10:] and cell for cell in cells})
        )

    def minutes(self, created: str, touched: str) -> float | None:
        """Minutes between the two; None when one of them has no time of day, or only one says its time zone."""
        start, end = self._moment(created), self._moment(touched)
        if start is None or end is None or start[1] != end[1]:
            return None
        return (end[0] - start[0]) / 60

    def _moment(self, cell: str) -> tuple[float, bool] | None:
        """Seconds since some day long ago, and whether the zone is known."""
        head, tail = cell[:10], cell[10:]
        if head not in self._days:
            self._days[head] = self._day(head)
        day = self._days[head]
        if day is None:
            return self._slowly(cell)
        if tail not in self._times:
            self._times[tail] = seconds(f"2000-01-01{tail}")
        time = self._times[tail]
        return None if time is None else (day + time[0], time[1])

    def _slowly(self, cell: str) -> tuple[float, bool] | None:
        """For what is not ten characters of date and then a time."""
        day, time = self._day(date_part(cell)), seconds(cell)
        return None if day is None or time is None else (day + time[0], time[1])

    def _day(self, text: str) -> float | None:
        day: dt.date | None = None
        if text.count("-") == 2 or text.count("/") == 2 or text.count(".") == 2 or len(text) != 10:
            day = read_day(text).by(self._order)
        return None if day is None else day.toordinal() * 86400.0


def percentile(times: Sequence[float], share: float) -> float | None:
    """The shortest of these times (in order) within which that share of them lies; None when there are none."""
    return times[math.ceil(share * len(times)) - 1] if times else None


def bands(times: Iterable[float]) -> dict[str, int]:
    """How many of these minutes are in each band; a time on the edge is in the later one."""
    counts = dict.fromkeys((name for name, _ in BANDS), 0)
    for minutes in times:
        counts[next(name for name, below in BANDS if minutes < below)] += 1
    return counts
