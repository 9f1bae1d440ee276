"""Speed to lead: minutes from a lead's creation to its first touch, and what follows from them."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from meetings.exchange.tables.days import Order, date_part, read_day, seconds

BANDS = (("0-5", 5.0), ("5-15", 15.0), ("15-60", 60.0), ("60+", math.inf))
"""Names of the bands, and the minutes below which a time is in one."""


class Clock:
    """Reads times of day, the same text only once. `order`: which number of a date is the day, if that is known.

    `unclear`: whether a date was met that could be read two ways; no time is known then. `has_times`: whether any
    creation was at another time than midnight, which programs write where they know none.
    """

    def __init__(self, order: Order | None) -> None:
        self._days = _Days(order)
        self._begun = _Times()
        self._ended = _Times()

    @property
    def unclear(self) -> bool:
        """Whether a date was met that could be read two ways."""
        return self._days.unclear

    @property
    def telling(self) -> set[str]:
        """The dates that were met whose meaning depends on the order."""
        return self._days.telling

    @property
    def has_times(self) -> bool:
        """Whether any lead was created at another time than midnight."""
        return self._begun.moving

    def minutes(
        self, begun: Sequence[str], creations: Sequence[str], ended: Sequence[str], touches: Sequence[str]
    ) -> list[float | None]:
        """Minutes from each creation to the touch; None when one has no time of day, or only one says its time zone.

        `begun`, `ended`: the part of each cell that is its date.
        """
        # Nearly always the time is what stands behind the date. There are not many dates, nor many times.
        starts, ends = [self._days[day] for day in begun], [self._days[day] for day in ended]
        sooner = [self._begun[cell[len(day) :]] for day, cell in zip(begun, creations, strict=True)]
        later = [self._ended[cell[len(day) :]] for day, cell in zip(ended, touches, strict=True)]
        odd = None in starts or None in ends or None in sooner or None in later
        if odd or self._begun.zones != self._ended.zones or len(self._begun.zones) != 1:
            return list(map(self._between, creations, touches))
        return [
            (end - start + late - soon) / 60  # type: ignore[operator]
            for start, end, soon, late in zip(starts, ends, sooner, later, strict=True)
        ]

    def _between(self, created: str, touched: str) -> float | None:
        """The same of two cells that may be of any form."""
        start, end = self._begun.read(created), self._ended.read(touched)
        first, last = self._days.read(date_part(created)), self._days.read(date_part(touched))
        if first is None or last is None or start is None or end is None or start[1] is not end[1]:
            return None
        return (last - first + end[0] - start[0]) / 60


class _Days(dict[str, "float | None"]):
    """The seconds at which a day begins, counted from some day long ago, by its date."""

    def __init__(self, order: Order | None) -> None:
        super().__init__()
        self._order = order
        self.telling: set[str] = set()
        self.unclear = False

    def __missing__(self, text: str) -> float | None:
        day = self[text] = self.read(text)
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
            day, self.unclear = None, True
        return None if day is None else day.toordinal() * 86400.0


class _Times(dict[str, "float | None"]):
    """The seconds since midnight UTC, by what stands behind a date. `zones`: whether these say their zone, some or all.
    `moving`: whether one is not midnight.
    """

    def __init__(self) -> None:
        super().__init__()
        self.zones: set[bool] = set()
        self.moving = False

    def __missing__(self, text: str) -> float | None:
        time = self.read(f"2000-01-01{text}")
        self[text] = None if time is None else time[0]
        return self[text]

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
