"""Every field of every record as text, and back: what forms, in-place edits and lists show and read.

What a field is comes from its declaration (see meetings.fields.declared). `show` and `parse` belong together: what
one writes the other reads back as the same value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Any

from meetings.config import Config
from meetings.dates import parse_day, show_day
from meetings.errors import UsageError
from meetings.fields.declared import (
    NOTHING,
    PAST,
    Shape,
    choices,
    form_fields,
    help_of,
    in_words,
    is_count,
    is_day,
    label,
    shape_of,
    title,
)
from meetings.figures import (
    LARGEST,
    parse_count,
    parse_value,
    show_value,
)
from meetings.kinds import Unit
from meetings.meeting import Meeting
from meetings.model import Goal, LeadNumbers, Reading, Record, Win, info
from meetings.text import clean

__all__ = [
    "NOTHING",
    "choices",
    "form_fields",
    "help_of",
    "in_words",
    "is_count",
    "is_day",
    "label",
    "offers",
    "parse",
    "show",
    "show_date",
    "title",
]

_UNITS: dict[tuple[type[Record], str], Unit] = {
    (LeadNumbers, "spend"): Unit.CURRENCY,
    (LeadNumbers, "p50"): Unit.DURATION,
    (LeadNumbers, "p95"): Unit.DURATION,
    (Win, "amount"): Unit.CURRENCY,
}
"""Units of figures that do not follow a goal's unit."""

_FROM_START = ("target", "target_high")
"""Figures of a goal that may be typed as a change from its start value."""

_LONGEST = 60
"""Characters of what was typed that a sentence quotes."""


# Showing


def show(record: Record, field: str, meeting: Meeting) -> str:
    """The field's value as a person would type it; empty when there is none."""
    return _show(type(record), field, getattr(record, field), meeting, record)


def _show(kind: type[Record], field: str, value: Any, meeting: Meeting, record: Record) -> str:
    match value:
        case None:
            return ""
        case bool() | StrEnum():
            return label(value, meeting)
        case str():
            return value
        case int():
            return f"{value:,}"
        case float():
            return _show_figure(value, _unit(kind, field, record), _start(kind, field, record), meeting)
        case dt.datetime():
            return value.isoformat()
        case dt.date():
            return show_date(value, meeting.head.date)
        case dict():
            from meetings.counts import show_counts

            return show_counts(value)
        case tuple():
            if value and isinstance(value[0], Reading):
                return "; ".join(_show_reading(reading, record, meeting) for reading in value)
            return _show_list(value)
    return str(value)


def show_date(day: dt.date, base: dt.date) -> str:
    """The day as people write it, or in full where that would be read as another."""
    shown = show_day(day, base)
    return shown if parse_day(shown, base) == day else day.isoformat()


def _show_figure(value: float, unit: Unit, start: float | None, meeting: Meeting) -> str:
    """The figure in its unit if that is exact, else with all its digits."""
    shown = show_value(value, unit, meeting.head.currency)
    if _same(shown, value, unit, start) or unit is Unit.YES_NO or not abs(value) < LARGEST:
        return shown
    digits = format(Decimal(repr(value)), "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _same(text: str, value: float, unit: Unit, start: float | None) -> bool:
    """Whether the text is read as that very value."""
    try:
        return parse_value(text, unit, start=start) == value
    except UsageError:
        return False


def _show_reading(reading: Reading, record: Record, meeting: Meeting) -> str:
    unit = record.unit if isinstance(record, Goal) else Unit.NUMBER
    return f"{reading.date.isoformat()}: {_show_figure(reading.value, unit, None, meeting)}"


def _show_list(names: Iterable[str]) -> str:
    """Names with commas between them; with semicolons where a name has a comma itself."""
    names = list(names)
    if any("," in name for name in names):
        return "; ".join(names) + (";" if len(names) == 1 else "")
    return ", ".join(names)


# Reading what was typed


def parse(kind: type[Record], field: str, text: str, meeting: Meeting, record: Record | None = None) -> Any:
    """The value that was typed into the field. Raises UsageError, with one sentence, when it is not one.

    `record` is the record as it is so far: a goal's figures are read in its unit and `+10 %` counts from its
    start value; a text that is what `show` gives stays the value that is there. Days are counted from the
    meeting's date. Nothing typed is no value.
    """
    if record is not None and text == show(record, field, meeting):
        return getattr(record, field)
    shape = shape_of(kind, field)
    long = bool(info(kind, field).get("long"))
    words = clean(text, lines=long)
    if not words:
        return _empty(kind, field, shape, meeting)
    allowed = choices(kind, field, meeting, record)
    if allowed is not None:
        return _parse_choice(words, allowed, kind, field, meeting)
    if shape.type is str:
        return _name(words, meeting) if info(kind, field).get("offer") == "people" else words
    if shape.type is dt.date:
        return _parse_date(words, meeting.head.date, past=(kind, field) in PAST)
    if shape.type is dt.datetime:
        return _parse_moment(words)
    if shape.type is int:
        return _bounded(parse_count(words), shape, title(kind, field, meeting))
    if shape.type is float:
        return parse_value(words, _unit(kind, field, record), start=_start(kind, field, record))
    if shape.type is dict:
        from meetings.counts import parse_counts

        return parse_counts(words)
    if shape.type is tuple and field == "readings":
        return _parse_readings(words, record, meeting)
    names = (_name(part, meeting) for part in words.split(";" if ";" in words else ",") if part.strip())
    return tuple(dict.fromkeys(names))


def _empty(kind: type[Record], field: str, shape: Shape, meeting: Meeting) -> Any:
    """What a field without text means."""
    if info(kind, field).get("required"):
        raise UsageError(f"{title(kind, field, meeting)} may not be empty.")
    if shape.optional:
        return None
    if shape.type in (str, dict, tuple):
        return shape.type()
    raise UsageError(f"{title(kind, field, meeting)} needs a value.")


def _parse_choice(
    words: str, allowed: tuple[tuple[Any, str], ...], kind: type[Record], field: str, meeting: Meeting
) -> Any:
    key = words.casefold()
    for value, name in allowed:
        if key in (name.casefold(), str(value).casefold()):
            return value
    found = [value for value, name in allowed if name.casefold().startswith(key)]
    if len(found) == 1:
        return found[0]
    names = [name for value, name in allowed if value is not None]
    known = f"{', '.join(names[:-1])} or {names[-1]}" if names[1:] else "".join(names)
    raise UsageError(f"{title(kind, field, meeting)} is {known}, not “{_quoted(words)}”.")


def _parse_date(words: str, base: dt.date, *, past: bool = False) -> dt.date:
    day = parse_day(words, base, past=past)
    if day is None:
        raise UsageError(f"“{_quoted(words)}” is not a day; type for example fri, +7d or 4 dec.")
    return day


def _parse_moment(words: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(words)
        return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        raise UsageError(f"“{_quoted(words)}” is not a moment; type for example 2026-11-21T10:00.") from None


def _parse_readings(words: str, record: Record | None, meeting: Meeting) -> tuple[Reading, ...]:
    unit = record.unit if isinstance(record, Goal) else Unit.NUMBER
    readings: dict[dt.date, Reading] = {}
    for part in filter(str.strip, words.split(";")):
        day_text, colon, value = part.partition(":")
        if not colon:
            raise UsageError(
                f"“{_quoted(part.strip())}” is not a day and a value; type for example 2026-11-21: 27."
            )
        day = _parse_date(clean(day_text), meeting.head.date)
        readings[day] = Reading(day, parse_value(value, unit))
    return tuple(sorted(readings.values(), key=lambda reading: reading.date))


def _bounded(number: int, shape: Shape, name: str) -> int:
    low, high = shape.least, shape.most
    if (low is not None and number < low) or (high is not None and number > high):
        raise UsageError(f"{name.removesuffix(f' {low} to {high}')} is a whole number from {low} to {high}.")
    return number


def _name(typed: str, meeting: Meeting) -> str:
    """A known person by a beginning that only one has, else the name as typed."""
    words = clean(typed)
    key = words.casefold()
    known = dict.fromkeys(person.name for person in meeting.people.values())
    if words in known:
        return words
    exact = [name for name in known if name.casefold() == key]
    found = exact or [name for name in known if key and name.casefold().startswith(key)]
    return found[0] if len(found) == 1 else words


def _unit(kind: type[Record], field: str, record: Record | None) -> Unit:
    """The unit of a figure."""
    if isinstance(record, Goal) and kind is Goal:
        return record.unit
    return _UNITS.get((kind, field), Unit.NUMBER)


def _start(kind: type[Record], field: str, record: Record | None) -> float | None:
    """What `+10 %` counts from."""
    return record.start if isinstance(record, Goal) and kind is Goal and field in _FROM_START else None


def _quoted(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


# Completion


def offers(kind: type[Record], field: str, typed: str, meeting: Meeting, config: Config) -> list[str]:
    """Whole texts for the field that go on from what is typed, the likeliest first.

    Of several names, or reasons with their numbers, it is the last that is completed. A day is spelt out.
    """
    from meetings.fields.offering import offered

    return offered(kind, field, typed, meeting, config)
