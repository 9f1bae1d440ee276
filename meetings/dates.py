"""Dates as people type and read them, in English whatever the locale; the cadence of meetings."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""Names of the days as config.yaml writes them, in the order of date.weekday()."""

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

EVERY = ("weekly", "biweekly", "monthly")
"""How often a meeting can be held."""

_ISO = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
_OFFSET = re.compile(r"\+ ?([0-9]{1,5}) ?(d|days?|w|weeks?|m|months?|y|years?)")
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_WRITTEN = tuple(
    re.compile(rf"(?:(?P<weekday>[a-z]{{2,9}})[,.]? )?{order}(?:,? (?P<year>[0-9]{{4}}))?")
    for order in (rf"{_DAY} ?{_MONTH}", rf"{_MONTH} ?{_DAY}")
)


def parse_day(text: str, base: dt.date, *, past: bool = False) -> dt.date | None:
    """The day that `text` means when it is said on `base`, or None when it means none for certain.

    Understood, without regard to case and with `_` for a space:

    * `today`, `tomorrow`, a weekday (the next one, strictly after `base`), and their unique beginnings;
    * `+7d`, `+2w`, `+1m`, `+1y` (a month or year later on the same day, or on that month's last day);
    * `next week` (seven days later), `next month` (as `+1m`);
    * `eow` (Friday, `base` itself included), `eom`, `eoq`, `eoy` (last day of the month, quarter, year);
    * `2026-12-04`, `4 dec`, `dec 4`, `4 Dec 2027`, `Fri 4 Dec`. Without a year it is the first such day not
      before `base`; with a weekday it is the one in the year of `base`, or else the next or last year, on
      which the weekday is right, so that what `show_day` writes is read back as the same day. With `past` a day
      without year and weekday is the last such day not after `base`.

    `4/12` could be two days and is None, and so is a day that does not exist. Never raises.
    """
    words = " ".join(text.replace("_", " ").lower().split())
    try:
        return _named(words, base) or _iso(words) or _offset(words, base) or _written(words, base, past)
    except (ValueError, OverflowError):  # 31 November, or a year that the calendar does not have
        return None


def _named(words: str, base: dt.date) -> dt.date | None:
    if words == "next week":
        return base + dt.timedelta(days=7)
    if words == "next month":
        return _later(base, 1)
    if words == "eow":
        return base + dt.timedelta(days=(4 - base.weekday()) % 7)
    if words in _PERIOD:
        months = _PERIOD[words]
        return _month_end(base.year, base.month + (-base.month) % months)
    name = _unique(words, ("today", "tomorrow", *WEEKDAYS))
    if name is None:
        return None
    if name in WEEKDAYS:
        return _next_weekday(base, WEEKDAYS.index(name))
    return base + dt.timedelta(days=name == "tomorrow")


_PERIOD = {"eom": 1, "eoq": 3, "eoy": 12}


def _iso(words: str) -> dt.date | None:
    match = _ISO.fullmatch(words)
    return dt.date(*map(int, match.groups())) if match else None


def _offset(words: str, base: dt.date) -> dt.date | None:
    match = _OFFSET.fullmatch(words)
    if match is None:
        return None
    count, unit = int(match[1]), match[2][0]
    if unit in "dw":
        return base + dt.timedelta(days=count * (7 if unit == "w" else 1))
    return _later(base, count * (12 if unit == "y" else 1))


def _written(words: str, base: dt.date, past: bool) -> dt.date | None:
    for pattern in _WRITTEN:
        match = pattern.fullmatch(words)
        month = match and _unique(match["month"], MONTHS)
        if match and month:
            break
    else:
        return None
    number, day = MONTHS.index(month) + 1, int(match["day"])
    weekday = match["weekday"] and _unique(match["weekday"], WEEKDAYS)
    if match["weekday"] and not weekday:
        return None
    if match["year"]:
        years: Iterable[int] = (int(match["year"]),)
    elif weekday:
        years = (base.year, base.year + 1, base.year - 1)
    elif past:
        years = range(base.year, base.year - 9, -1)
    else:
        years = range(base.year, base.year + 9)  # 29 February can be eight years off
    for year in years:
        if not 1 <= year <= 9999 or not 1 <= day <= calendar.monthrange(year, number)[1]:
            continue
        found = dt.date(year, number, day)
        if weekday and WEEKDAYS[found.weekday()] != weekday:
            continue
        if match["year"] or weekday or (found <= base if past else found >= base):
            return found
    return None


def _unique(beginning: str, names: tuple[str, ...]) -> str | None:
    """The one name that begins so."""
    found = [name for name in names if beginning and name.startswith(beginning)]
    return found[0] if len(found) == 1 else None


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _later(day: dt.date, months: int) -> dt.date:
    """So many months later, on the same day or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = _month_end(year, month + 1)
    return last.replace(day=min(day.day, last.day))


def _next_weekday(after: dt.date, weekday: int) -> dt.date:
    return after + dt.timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)


def next_date(after: dt.date, every: str, day: str) -> dt.date:
    """The date of the meeting that follows one held on `after`; always later than `after`.

    `every` is one of EVERY, `day` one of WEEKDAYS.

    * weekly: the first such weekday after `after`.
    * biweekly: that weekday, nearest to two weeks after `after`, so that a meeting moved by a day or two
      does not shift the ones that follow.
    * monthly: the same one of its month (the third Saturday follows the third Saturday). A fifth is followed
      by the last. When `after` is another weekday, it counts as the nearest `day`.

    Raises ValueError for another `every` or `day`, OverflowError at the end of the calendar.
    """
    weekday = WEEKDAYS.index(day)
    if every == "weekly":
        return _next_weekday(after, weekday)
    if every == "biweekly":
        return _nearest(after + dt.timedelta(days=14), weekday)
    if every != "monthly":
        raise ValueError(f"not a cadence: {every}")
    held = _nearest(after, weekday)
    first = _next_weekday(_month_end(held.year, held.month), weekday)
    found = first + dt.timedelta(weeks=(held.day - 1) // 7)
    return found if found.month == first.month else found - dt.timedelta(weeks=1)


def _nearest(day: dt.date, weekday: int) -> dt.date:
    return day + dt.timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)


_SHORT_DAYS, _SHORT_MONTHS = ([name[:3].title() for name in names] for names in (WEEKDAYS, MONTHS))


def show_day(day: dt.date, base: dt.date) -> str:
    """`Fri 20 Nov`, with the year when it is not that of `base`. English in every locale."""
    shown = f"{_SHORT_DAYS[day.weekday()]} {day.day} {_SHORT_MONTHS[day.month - 1]}"
    return shown if day.year == base.year else f"{shown} {day.year}"


def show_minutes(seconds: float) -> str:
    """A stretch of time as minutes and seconds: 378 is `6:18`, 4500 is `75:00`. Fractions are cut off."""
    minutes, rest = divmod(abs(int(seconds)), 60)
    return f"{'−' if int(seconds) < 0 else ''}{minutes}:{rest:02}"
