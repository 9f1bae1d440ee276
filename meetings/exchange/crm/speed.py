"""Speed to lead: minutes from a lead's creation to its first touch, and what follows from them."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from meetings.exchange.tables.days import Order, date_part, read_day, seconds

BANDS = (("0-5", 5.0), ("5-15", 15.0), ("15-60", 60.0), ("60+", math.inf))
"""Names of the bands, and the minutes below which a time is in one."""


class Clock:
    """Reads times of day, the same text only once. `order`: which number of a date is the day."""

    def __init__(self, order: Order | None) -> None:
        self._days = _Days(order)
        self._times = _Times()

    @property
    def unclear(self) -> bool:
        """Whether a date was met that could be read two ways."""
        return self._days.unclear

    def has_times(self, cells: Iterable[str]) -> bool:
        """Whether any of these has a time of day other than midnight, which programs write where they know none."""
        return any(time is not None and time[0] % 86400 for time in map(seconds, cells))

    def minutes(self, creations: Sequence[str], touches: Sequence[str]) -> list[float | None]:
        """Minutes between the two, each; None when one has no time of day, or only one says its time zone."""
        # Nearly always ten characters are the date, and the others the time. There are few of either.
        starts = list(map(self._days.__getitem__, [cell[:10] for cell in creations]))
        ends = list(map(self._days.__getitem__, [cell[:10] for cell in touches]))
        begun = list(map(self._times.__getitem__, [cell[10:] for cell in creations]))
        ended = list(map(self._times.__getitem__, [cell[10:] for cell in touches]))
        if self._days.sound and self._times.sound:
            return [
                (last - first + later - sooner) / 60  # type: ignore[operator]
                for first, last, sooner, later in zip(starts, ends, begun, ended, strict=True)
            ]
        return list(map(self._between, creations, touches))

    def _between(self, created: str, touched: str) -> float | None:
        """The same of two cells that may be of any form."""
        start, end = seconds(created), seconds(touched)
        first, last = self._days.read(date_part(created)), self._days.read(date_part(touched))
        if first is None or last is None or start is None or end is None or start[1] is not end[1]:
            return None
        return (last - first + end[0] - start[0]) / 60


class _Days(dict[str, "float | None"]):
    """The seconds at which a day begins, counted from some day long ago, by the ten characters that are its date.

    `sound`: whether all of them were dates. `unclear`: whether one could be read two ways.
    """

    def __init__(self, order: Order | None) -> None:
        super().__init__()
        self._order = order
        self.sound = True
        self.unclear = False

    def __missing__(self, text: str) -> float | None:
        day = self[text] = self.read(text) if sum(map(text.count, "-/.")) == 2 and len(text) == 10 else None
        self.sound = self.sound and day is not None
        return day

    def read(self, text: str) -> float | None:
        """The same of a date of any length."""
        reading = read_day(text)
        if self._order is None and reading.day != reading.month:
            self.unclear = True
            return None
        day = reading.by(self._order or "day")
        return None if day is None else day.toordinal() * 86400.0


class _Times(dict[str, "float | None"]):
    """The seconds since midnight UTC by what stands behind a date. `sound`: whether all of them were times, and all of
    them or none with a zone.
    """

    def __init__(self) -> None:
        super().__init__()
        self._zones: set[bool] = set()
        self.sound = True

    def __missing__(self, text: str) -> float | None:
        time = seconds(f"2000-01-01{text}")
        if time is not None:
            self._zones.add(time[1])
        self.sound = self.sound and time is not None and len(self._zones) == 1
        self[text] = None if time is None else time[0]
        return self[text]


def percentile(times: Sequence[float], share: float) -> float | None:
    """The shortest of these times (in order) within which that share of them lies; None when there are none."""
    return times[math.ceil(share * len(times)) - 1] if times else None


def bands(times: Sequence[float]) -> dict[str, int]:
    """How many of these minutes (in order) are in each band; a time on the edge is in the later one."""
    places = [0, *(bisect_left(times, below) for _, below in BANDS)]
    return {name: last - first for (name, _), (first, last) in zip(BANDS, pairwise(places), strict=True)}
