"""Numbers as people type and read them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from meetings.errors import UsageError
from meetings.kinds import Unit
from meetings.text import clean

MINUS = "\u2212"
"""The sign in front of negative numbers on screen: as wide as a plus."""

NOT_KNOWN = "–"
"""Stands where a value would be."""

LARGEST = 1e15
"""Values must be smaller than this: below it a float still counts in whole units and in cents."""

_SHOWN_BELOW = 1e300
"""A file may hold larger values; rounding could take them to infinity."""

_SCALES = {
    "": 1,
    **dict.fromkeys(("k", "thousand", "tsd"), 1_000),
    **dict.fromkeys(("m", "mn", "mio", "million", "millions"), 1_000_000),
    **dict.fromkeys(("b", "bn", "mrd", "billion", "billions"), 1_000_000_000),
}
_YES = {"yes", "y", "done", "true", "✓", "✔", "1"}
_NO = {"no", "n", "not done", "open", "false", "✗", "✘", "0"}

_GROUPED = re.compile(r"[0-9]{1,3}(?:([,.' ’_])[0-9]{3})(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]+)?")
_PLAIN = re.compile(r"[0-9]+[.,]?|[0-9]*[.,][0-9]+")
_SCALED = re.compile(r"(?P<number>[0-9., '’_]*[0-9.,]) ?(?P<scale>[a-z]*)\.?")
_CODE = re.compile(r"([a-zł]{1,3}\.?)? ?([0-9].*?) ?([a-zł]{2,3}\.?)?")
_RELATIVE = re.compile(r"([+-]) ?([0-9., ]*[0-9]) ?%")
_SPAN = re.compile(
    r" ?".join(
        rf"(?:(?P<{name}>[0-9]+(?:[.,'][0-9]+)*) ?(?:{words}))?"
        for name, words in (
            ("w", "weeks?|wks?|w"),
            ("d", "days?|d"),
            ("h", "hours?|hrs?|h"),
            ("m", "minutes?|mins?|m|(?![0-9.,'])"),  # a bare number is minutes
            ("s", "seconds?|secs?|s"),
        )
    )
)
_CLOCK = re.compile(r"([0-9]{1,6}):([0-5][0-9])(?::([0-5][0-9]))?")
_SECONDS = {"w": 7 * 24 * 3600, "d": 24 * 3600, "h": 3600, "m": 60, "s": 1}

_EXAMPLES = {
    Unit.NUMBER: "84, 1,054 or 30k",
    Unit.PERCENT: "27 or 27 %",
    Unit.CURRENCY: "412,000, $30,000 or 1.2m",
    Unit.YES_NO: "yes or no",
    Unit.DURATION: "2h 30m, 45 min or 1:30",
}


def parse_value(text: str, unit: Unit, *, start: float | None = None) -> float:
    """The value that was typed, in the goal's unit.

    Raises UsageError, with one sentence, for what is not a number of that unit below LARGEST.

    * Numbers: `30k`, `1.2m`, `2 bn`; groups of three set apart by `,` `.` `'` or a space. A comma before
      exactly three digits at the end groups (`1,054` is 1054), another comma is a decimal one (`1,5`); a dot
      is a decimal point (`1.054` is 1.054) unless it comes twice or a comma follows (`1.054,00` is 1054).
      After a lone `0` both are decimal (`0,125`).
    * Currency: a sign or three-letter code before or after. No price has three decimals, so a dot before
      exactly three digits groups as well (`€1.054` is 1054), unless a scale follows (`€1.054m`).
    * Percent: 27 for `27`, `27 %`.
    * Yes or no: 1 or 0.
    * Duration: minutes; `1:30` is an hour and a half, a day has 24 hours.
    * With `start`, `+10 %` and `-10 %` are counted from it, in every unit (so that +10 % of 20 % is 22 %);
      plus is upwards also from a negative start. Without `start` they are plain percentages, for which only
      a percent goal has a use.
    """
    words = _tidy(text)
    if unit is Unit.YES_NO:
        if words in _YES or words in _NO:
            return float(words in _YES)
        raise _refusal(text, unit)
    relative = _RELATIVE.fullmatch(words)
    if relative and (start is not None or unit is not Unit.PERCENT):
        if start is None:
            raise UsageError(
                f"“{quoted(text)}” counts from the start value, which is not set; set that first."
            )
        negative, value = relative[1] == "-", _number(relative[2])
        if value is not None:
            base = Decimal(repr(start))
            value = base + abs(base) * value / 100 * (-1 if negative else 1)
    else:
        negative, words = _split_sign(words)
        value = _READERS[unit](words)
        if value is not None and negative:
            value = -value
    if value is None:
        raise _refusal(text, unit)
    if abs(value) >= LARGEST:
        raise UsageError(f"“{quoted(text)}” is too large; values go up to 999 trillion.")
    return float(value) + 0.0  # no negative zero


def _tidy(text: str) -> str:
    """Lower case, one plain space between words, a plain minus."""
    return " ".join(clean(text).lower().replace(MINUS, "-").replace("–", "-").split())


def quoted(text: str) -> str:
    """What was typed, short enough for a sentence."""
    words = clean(text)
    return words if len(words) <= 30 else words[:29] + "…"


def _refusal(text: str, unit: Unit) -> UsageError:
    words = quoted(text)
    lead = f"“{words}” is not understood here" if words else "A value is missing"
    return UsageError(f"{lead}; type for example {_EXAMPLES[unit]}.")


def _split_sign(words: str) -> tuple[bool, str]:
    """Whether there is a minus, before or after a currency's sign, and the rest."""
    match = re.match(r"([^0-9+.,-]{0,4})([+-]) ?", words)
    if match is None:
        return False, words
    return match[2] == "-", match[1] + words[match.end() :]


def _number(words: str, *, money: bool = False) -> Decimal | None:
    """A number without sign or unit, or None."""
    match = _SCALED.fullmatch(words)
    if match is None or match["scale"] not in _SCALES:
        return None
    plain = _plain(match["number"].strip(), dot_groups=money and not match["scale"])
    return None if plain is None else plain * _SCALES[match["scale"]]


def _plain(digits: str, *, dot_groups: bool) -> Decimal | None:
    """Digits with separators."""
    grouped = _GROUPED.fullmatch(digits)
    if grouped and not digits.startswith("0"):
        separator = grouped[1]
        lone_dot = separator == "." and digits.count(".") == 1 and "," not in digits
        if dot_groups or not lone_dot:
            return Decimal(digits.replace(separator, "").replace(",", "."))
    return Decimal(digits.replace(",", ".")) if _PLAIN.fullmatch(digits) else None


def _money(words: str) -> Decimal | None:
    """A number that may have a currency's sign or code before or after it."""
    bare = _without_signs(words)
    value = _number(bare, money=True)
    code = _CODE.fullmatch(bare)
    if value is None and code and (code[1] is None) != (code[3] is None):
        value = _number(code[2], money=True)
    return value


def _without_signs(words: str) -> str:
    """Without the signs of currencies around it, which do no harm to a plain number either."""
    signs = "".join({sign for sign in words if unicodedata.category(sign) == "Sc"})
    return words.strip(signs + " ") if signs else words


def _duration(words: str) -> Decimal | None:
    """Minutes."""
    clock = _CLOCK.fullmatch(words)
    if clock:
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return Decimal(hours * 3600 + minutes * 60 + seconds) / 60
    span = _SPAN.fullmatch(words)
    if span is None or not words:
        return None
    total = Decimal(0)
    for name, seconds in _SECONDS.items():
        number = _number(span[name] or "0")
        if number is None:
            return None
        total += number * seconds
    return total / 60


_READERS: dict[Unit, Callable[[str], Decimal | None]] = {
    Unit.NUMBER: lambda words: _number(_without_signs(words)),
    Unit.PERCENT: lambda words: _number(words.removesuffix("%").strip()),
    Unit.CURRENCY: _money,
    Unit.DURATION: _duration,
}


def show_value(
    value: float | None, unit: Unit, currency: str = "€", *, compact: bool = False, signed: bool = False
) -> str:
    """The value in its unit: `27 %`, `€412,000`, `yes`, `2 h 30 min`; an en dash for None.

    What is not compact and has up to six decimals is exact: `parse_value` reads it back as the same value.
    Longer tails come from arithmetic and are cut to two decimals, or for small numbers to two digits.
    `compact` fits a column: three digits and `k`, `m`, `bn` (money from 1,000, counts from 10,000), percent
    with one decimal, a duration in the one unit that suits it. `signed` puts a plus before what is not negative.
    """
    if value is None or not abs(value) < _SHOWN_BELOW:
        return NOT_KNOWN
    if unit is Unit.YES_NO:
        return "yes" if value else "no"
    size = abs(value)
    if unit is Unit.DURATION:
        shown = _show_duration(size, compact=compact)
    elif unit is Unit.PERCENT:
        shown = f"{_digits(round(size, 1) if compact else size)} %"
    elif unit is Unit.CURRENCY:
        number = _compact(size, 1e3) if compact else _digits(size, money=True)
        shown = f"{currency}{' ' if currency[-1:].isalpha() else ''}{number}"
    else:
        shown = _compact(size, 1e4) if compact else _digits(size)
    nothing = not any(digit in shown for digit in "123456789")
    sign = MINUS if value < 0 and not nothing else "+" if signed else ""
    return sign + shown


def _digits(size: float, *, money: bool = False) -> str:
    """All its digits when typed by a person, two decimals or digits of what arithmetic left."""
    if size < LARGEST and size == int(size):
        return f"{int(size):,}"
    exact = Decimal(repr(size))
    if exact.normalize().as_tuple().exponent < -6:  # type: ignore[operator]
        places = 2 if size >= 1 else min(1 - math.floor(math.log10(size)), 12)
        exact = Decimal(f"{size:.{places}f}")
    shown = f"{exact:,f}"
    whole, point, decimals = shown.partition(".")
    decimals = decimals.rstrip("0")
    if not decimals:
        return whole
    if money:
        decimals = decimals.ljust(2, "0") + "0" * (
            len(decimals) == 3
        )  # three decimals would be read as a group
    return whole + point + decimals


def _compact(size: float, least: float) -> str:
    size = float(f"{size:.3g}") if size < 1000 or size >= least else float(round(size))
    for scale, letter in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if size >= max(scale, least):
            return f"{_digits(float(f'{size / scale:.3g}'))} {letter}"
    return _digits(size)


def _show_duration(minutes: float, *, compact: bool) -> str:
    if compact:
        return _compact_duration(minutes)
    if minutes >= LARGEST:
        return f"{_digits(minutes)} min"  # beyond what can be divided exactly
    days, rest = divmod(int(minutes) if minutes == int(minutes) else Decimal(repr(minutes)), 24 * 60)
    hours, rest = divmod(rest, 60)
    parts = [f"{_digits(float(days))} d" if days else "", f"{int(hours)} h" if hours else ""]
    parts.append(f"{_digits(float(rest))} min" if rest or not (days or hours) else "")
    return " ".join(part for part in parts if part)


def _compact_duration(minutes: float) -> str:
    """In the one unit that suits its size: minutes up to two hours, hours up to two days, then days."""
    for least, size, name in ((48 * 60, 24 * 60, "d"), (120, 60, "h")):
        if minutes >= least:
            value = minutes / size
            return f"{_digits(round(value, 1) if value < 10 else round(value))} {name}"
    return f"{_digits(round(minutes, 1) if minutes < 10 else round(minutes))} min"


def show_rate(part: int | None, whole: int | None) -> str:
    """`43 of 61, 70 %`: a rate with what it was made of. `n/a` when it cannot be known."""
    if part is None or not whole:
        return "n/a"
    return f"{part:,} of {whole:,}, {math.floor(part * 100 / whole + 0.5)} %"


def show_mean(value: float | None) -> str:
    """A mean rating or a gap with one decimal, `7.5`; halves are rounded up. Without one `n/a`."""
    return "n/a" if value is None else f"{math.floor(value * 10 + 0.5) / 10:.1f}"


def parse_count(text: str) -> int:
    """A whole number, nought or more: `41`, `1,054`, `1.054`, `2k`. Raises UsageError."""
    value = _number(_tidy(text), money=True)
    if value is None or value >= LARGEST or value != int(value):
        words = quoted(text)
        lead = f"“{words}” is not a whole number" if words else "A number is missing"
        raise UsageError(f"{lead}; type for example 41 or 1,054.")
    return int(value)
