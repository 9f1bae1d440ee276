"""Speed to lead: minutes from a lead's creation to its first touch, and what follows from them."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress, pairwise
from operator import sub
from typing import Any

from meetings.exchange.tables.cuts import CUTS, Cut
from meetings.exchange.tables.days import Order, date_part, read_day, seconds

BANDS = (("0-5", 5.0), ("5-15", 15.0), ("15-60", 60.0), ("60+", math.inf))
"""Names of the bands, and the minutes below which a time is in one."""


DAY = 86400
"""Seconds."""
_DATE = len("2026-11-22")
_MINUTES = len("16:05")
_SECONDS = {f"{second:02}": second for second in range(60)}
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
        self._times = _Times()
        self._ways: list[Cut | None] = [None, *CUTS]
        self.has_times = False

    @property
    def telling(self) -> set[str]:
        """The dates that were met whose meaning depends on the order."""
        return self._days.telling

    def include(self, other: Clock) -> None:
        """Know what another one has met."""
        self._days.telling |= other.telling
        self.has_times = self.has_times or other.has_times

    def minutes(self, creations: Sequence[str], touches: Sequence[str]) -> list[float]:
        """Minutes from each creation to its touch, where there is one; NaN when one of the two has no time of day, or
        only one of them says its zone.
        """
        begun, ended = [*compress(creations, touches)], [*filter(None, touches)]
        if not ended:
            return []
        for cut in self._ways:
            found = self._iso(begun, ended) if cut is None else self._cut(cut, begun, ended)
            if found is not None:
                if cut is not self._ways[0]:  # most cells of a file are of one form
                    self._ways.remove(cut)
                    self._ways.insert(0, cut)
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

    def _cut(self, cut: Cut, begun: Sequence[str], ended: Sequence[str]) -> list[float] | None:
        """The next best: cells cut into a day and a time of day, of either of which there are few. None when that
        makes no day, or no time, of one of them.
        """
        days, times = self._days, self._times
        try:
            starts = [days[day] + times[time] for day, _, time in cut(begun)]
            ends = [days[day] + times[time] for day, _, time in cut(ended)]
        except (TypeError, ValueError):  # one of them is no date, or no time; or has too few words
            return None
        if len(times.zones) > 1:
            return None
        self.has_times = self.has_times or any(start % DAY > 0 for start in starts)
        return [span / 60 for span in map(sub, ends, starts)]

    def _between(self, created: str, touched: str) -> float:
        """The same of two cells that may be of any form."""
        start, end = self._times.read(created), self._times.read(touched)
        self.has_times = self.has_times or (start is not None and start[0] % DAY > 0)
        first, last = self._days.read(date_part(created)), self._days.read(date_part(touched))
        if first is None or last is None or start is None or end is None or start[1] is not end[1]:
            return math.nan
        return (last - first + end[0] - start[0]) / 60


class _Days(dict[str, Any]):
    """The seconds at which a day begins, counted from some day long ago, by the text of its date."""

    def __init__(self, order: Order | None) -> None:
        super().__init__()
        self._order = order
        self.telling: set[str] = set()

    def __missing__(self, text: str) -> float | None:
        date = text.removesuffix(" at").removesuffix(",")
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
        return None if day is None else day.toordinal() * float(DAY)


class _Times(dict[str, Any]):
    """The seconds since midnight UTC, by what stands behind a date; NaN where nothing does.

    `zones`: whether these say their zone, some or all.
    """

    def __init__(self) -> None:
        super().__init__()
        self.zones: set[bool] = set()
        self._minutes: dict[tuple[str, str], float] = {}

    def __missing__(self, text: str) -> float | None:
        found = self[text] = self._seconds(text) if text else math.nan
        return found

    def _seconds(self, text: str) -> float | None:
        minute, _, rest = text.rpartition(":")
        second = _SECONDS.get(rest[:2])
        if second is None or ":" not in minute or len(minute) > _MINUTES:
            return self._whole(text)
        # Where seconds are told nearly every text is another, so those of one minute are read together.
        about = minute, rest[2:]
        begun = self._minutes.get(about)
        if begun is None:
            whole = self._whole(f"{minute}:00{rest[2:]}")
            if whole is None:
                return None
            begun = self._minutes[about] = whole
        return begun + second

    def _whole(self, text: str) -> float | None:
        time = self.read(f"2000-01-01 {text}")
        return None if time is None else time[0]

    def read(self, cell: str) -> tuple[float, bool] | None:
        """The seconds, and whether the zone is known, of a cell of any form."""
        time = seconds(cell)
        if time is not None:
            self.zones.add(time[1])
        return time


def percentile(times: Sequence[float], share: float) -> float | None:
    """The shortest of these times (in order) within which that share of them lies; None when there are none."""
    return times[math.ceil(share * len(times)) - 1] if times else None


def bands(times: Sequence[float]) -> dict[str, int]:
    """How many of these minutes (in order) are in each band; a time on the edge is in the later one."""
    places = [0, *(bisect_left(times, below) for _, below in BANDS)]
    return {name: last - first for (name, _), (first, last) in zip(BANDS, pairwise(places), strict=True)}
