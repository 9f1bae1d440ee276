"""Dates as other programs write them. Which number is the day is settled by all of a file's dates, never one by one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from meetings.dates import MONTHS

Order = Literal["day", "month"]
"""Which number comes first in a date like 03/04/2026."""

EARLIEST, LATEST = dt.date(1980, 1, 1), dt.date(2100, 1, 1)
"""Dates outside are taken for mistakes."""

_LONGEST = 60
"""Characters of a date with its time."""
_DAY_ZERO = dt.date(1899, 12, 30)
"""Excel's day 0."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_FOREIGN_MONTHS = {
    **dict.fromkeys(("mai", "maj", "mei", "mayo", "maggio"), 5),
    **dict.fromkeys(("mär", "mrz", "märz", "mars", "marzo"), 3),
    **dict.fromkeys(("okt", "oktober", "octobre", "octubre", "ottobre"), 10),
    **dict.fromkeys(("dez", "dezember", "déc", "décembre", "dic", "diciembre", "dicembre"), 12),
    **dict.fromkeys(("januar", "janv", "janvier", "ene", "enero", "gen", "gennaio"), 1),
    **dict.fromkeys(("februar", "févr", "fév", "février", "febrero", "febbraio"), 2),
    **dict.fromkeys(("avr", "avril", "abr", "abril", "aprile"), 4),
    **dict.fromkeys(("juni", "juin", "junio", "giu", "giugno"), 6),
    **dict.fromkeys(("juli", "juil", "juillet", "julio", "lug", "luglio"), 7),
    **dict.fromkeys(("août", "ago", "agosto"), 8),
    **dict.fromkeys(("septembre", "septiembre", "settembre", "set"), 9),
    **dict.fromkeys(("novembre", "noviembre"), 11),
}
_TIME = (
    r"(?P<time>(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"(?:[  ]?(?P<half>[ap])\.?m\.?)?)?[  ]?(?P<zone>z|utc|gmt|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_CELL = re.compile(rf"(?P<date>.*?[0-9])(?:(?:t|,?[  ]+(?:at )?|,){_TIME})?", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])")
_NUMBERS = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_WEEKDAY = r"(?:[^\W\d_]{2,10}\.?,? )?"
_DAY_NAME = re.compile(
    rf"{_WEEKDAY}([0-9]{{1,2}})(?:st|nd|rd|th|\.)?[- /.]?([^\W\d_]{{3,10}})\.?[- /.,]{{1,2}}([0-9]{{4}}|[0-9]{{2}})"
)
_NAME_DAY = re.compile(
    rf"{_WEEKDAY}([^\W\d_]{{3,10}})\.?[- ]([0-9]{{1,2}})(?:st|nd|rd|th)?[-, ]{{1,2}}([0-9]{{4}})"
)
_SERIAL = re.compile(r"([2-7][0-9]{4})(?:[.,][0-9]+)?")
_UNIX = re.compile(r"(1[0-9]{9}|[3-9][0-9]{8})(?:[0-9]{3})?(?:\.[0-9]+)?")


class Reading(NamedTuple):
    """What a date means with the day first and with the month first; None where that is no date."""

    day: dt.date | None
    month: dt.date | None

    def by(self, order: Order) -> dt.date | None:
        """What it means in that order."""
        return self.day if order == "day" else self.month


NOTHING = Reading(None, None)


def read_day(text: str) -> Reading:
    """What the date (without a time) can mean. Year first, names of months, Excel's serial numbers and Unix times mean
    the same in either order, and dots are always day first."""
    words = text.strip().casefold()
    found: Reading = NOTHING
    if match := _YEAR_FIRST.fullmatch(words):
        found = _both(_date(match[1], match[3], match[4]))
    elif match := _NUMBERS.fullmatch(words):
        first, second, year = match[1], match[3], match[4]
        day = _date(year, second, first)
        found = _both(day) if match[2] == "." else Reading(day, _date(year, first, second))
    elif match := _COMPACT.fullmatch(words):
        found = _both(_date(*match.groups()))
    elif match := _DAY_NAME.fullmatch(words):
        found = _both(_date(match[3], _month(match[2]), match[1]))
    elif match := _NAME_DAY.fullmatch(words):
        found = _both(_date(match[3], _month(match[1]), match[2]))
    elif match := _SERIAL.fullmatch(words):
        found = _both(_DAY_ZERO + dt.timedelta(days=int(match[1])))
    elif match := _UNIX.fullmatch(words):
        found = _both((_EPOCH + dt.timedelta(seconds=int(match[1]))).date())
    return Reading(*(day if day is not None and EARLIEST <= day < LATEST else None for day in found))


def date_part(cell: str) -> str:
    """The cell without its time of day."""
    words = cell.strip()
    match = _CELL.fullmatch(words) if len(words) <= _LONGEST else None
    return match["date"] if match else words


def seconds(cell: str) -> tuple[float, bool] | None:
    """Seconds since midnight UTC of the cell's date, and whether the cell says its zone (without one it is taken for
    UTC); None when it has no time of day."""
    words = cell.strip()
    if match := _SERIAL.fullmatch(words):
        part = words[len(match[1]) :].replace(",", ".")
        return (float(f"0{part}") * 86400, False) if part else None
    if match := _UNIX.fullmatch(words):
        return float(int(match[1]) % 86400), True
    match = _CELL.fullmatch(words) if len(words) <= _LONGEST else None
    if match is None or not match["time"]:
        return None
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    if hour > 24 or int(match["minute"]) > 59:
        return None
    total = hour * 3600 + int(match["minute"]) * 60 + int(match["second"] or 0)
    zone = match["zone"]
    return float(total - _offset(zone)), bool(zone)


class Evidence(NamedTuple):
    """What a file's dates say about their order: an example of each kind, or ""."""

    day: str = ""
    """Can only be day first."""
    month: str = ""
    """Can only be month first."""
    either: str = ""
    """Means two different days."""

    @property
    def order(self) -> Order | None:
        """The order that fits all dates, or None when both or neither would."""
        if self.day and self.month:
            return None
        if self.month:
            return "month"
        return "day" if self.day or not self.either else None


def evidence(dates: Iterable[str]) -> Evidence:
    """What all of these dates together say. The same whatever their order."""
    day: list[str] = []
    month: list[str] = []
    either: list[str] = []
    for text in dates:
        reading = read_day(text)
        if reading.day == reading.month:
            continue
        (month if reading.day is None else day if reading.month is None else either).append(text)
    return Evidence(*(min(found, default="") for found in (day, month, either)))


def _both(day: dt.date | None) -> Reading:
    return Reading(day, day)


def _date(year: str, month: str | int | None, day: str) -> dt.date | None:
    full = int(year) if len(year) == 4 else 2000 + int(year) if int(year) < 80 else 1900 + int(year)
    try:
        return None if month is None else dt.date(full, int(month), int(day))
    except ValueError:
        return None


def _month(name: str) -> int | None:
    if name in _FOREIGN_MONTHS:
        return _FOREIGN_MONTHS[name]
    found = [
        number
        for number, month in enumerate(MONTHS, 1)
        if month.startswith(name) or name == "sept" == month[:4]
    ]
    return found[0] if len(found) == 1 else None


def _offset(zone: str | None) -> int:
    if not zone or zone[0] not in "+-":
        return 0
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return (int(digits[:2]) * 3600 + int(digits[2:]) * 60) * (-1 if zone[0] == "-" else 1)
