"""Every field of every record as text, and back: what forms, in-place edits and lists show and read.

What a field is comes from its declaration in meetings.model. `show` and `parse` belong together: what one
writes the other reads back as the same value.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
from msgspec import Meta

from meetings.config import Config
from meetings.dates import parse_day, show_day
from meetings.errors import UsageError
from meetings.figures import (
    LARGEST,
    parse_count,
    parse_counts,
    parse_value,
    show_counts,
    show_value,
)
from meetings.kinds import KINDS_FROM, FeedbackKind, Team, Unit
from meetings.meeting import Meeting
from meetings.model import Feedback, Goal, LeadNumbers, Reading, Record, Win, hints_of, info
from meetings.text import clean

NOTHING = "—"
"""What the choice of no value is called."""

_HYPHENED = {"ride_along", "follow_up", "long_term"}
"""Values of enums whose words belong together; the others are parted by a blank."""

_OTHER_WORDS = {"yes_no": "yes or no", "number": "plain number"}

_UNITS: dict[tuple[type[Record], str], Unit] = {
    (LeadNumbers, "spend"): Unit.CURRENCY,
    (LeadNumbers, "p50"): Unit.DURATION,
    (LeadNumbers, "p95"): Unit.DURATION,
    (Win, "amount"): Unit.CURRENCY,
}
"""Units of figures that do not follow a goal's unit."""

_FROM_START = ("target", "target_high")
"""Figures of a goal that may be typed as a change from its start value."""

_PAST = {(Goal, "start_date"), (LeadNumbers, "period_start")}
"""Days that have been: `1 oct` is the last one, not the next."""

_LONGEST = 60
"""Characters of what was typed that a sentence quotes."""


@dataclass(frozen=True)
class _Shape:
    """The type of a field, taken apart: `type` without None and annotations, and its bounds."""

    type: Any
    optional: bool
    least: float | None
    most: float | None


@cache
def _shape(kind: type[Record], field: str) -> _Shape:
    hint = hints_of(kind)[field]
    bounds: dict[str, Any] = {}
    optional = False
    while True:
        if get_origin(hint) is Annotated:
            hint, *metas = get_args(hint)
            for meta in metas:
                if isinstance(meta, Meta):
                    bounds |= {n: v for n in ("ge", "le") if (v := getattr(meta, n)) is not None}
        elif get_origin(hint) in (types.UnionType, Union):
            hint = next(part for part in get_args(hint) if part is not types.NoneType)
            optional = True
        else:
            return _Shape(get_origin(hint) or hint, optional, bounds.get("ge"), bounds.get("le"))


def _is_enum(shape: _Shape) -> bool:
    return isinstance(shape.type, type) and issubclass(shape.type, StrEnum)


@cache
def form_fields(kind: type[Record]) -> list[str]:
    """The fields that a form shows, in the order of their declaration, those that few people fill in last."""
    shown = [field.name for field in msgspec.structs.fields(kind) if info(kind, field.name).get("form")]
    return sorted(shown, key=lambda name: bool(info(kind, name)["more"]))


def is_day(kind: type[Record], field: str) -> bool:
    """Whether the field holds a day."""
    return bool(_shape(kind, field).type is dt.date)


def is_count(kind: type[Record], field: str) -> bool:
    """Whether the field of that name holds a whole number; there may be no such field."""
    return field in kind.__struct_fields__ and _shape(kind, field).type is int


def title(kind: type[Record], field: str, meeting: Meeting) -> str:
    """What a person calls the field, with the teams by their names: `What Sales says`."""
    return _with_teams(info(kind, field).get("title", field), meeting)


def help_of(kind: type[Record], field: str, meeting: Meeting) -> str:
    """What the field is for, with the teams by their names; empty when its title says it all."""
    return _with_teams(info(kind, field).get("help", ""), meeting)


def _with_teams(text: str, meeting: Meeting) -> str:
    for team in (Team.A, Team.B):
        text = text.replace(f"{{{team.value}}}", meeting.head.team_name(team))
    return text


def label(value: object, meeting: Meeting) -> str:
    """The words of a value out of a closed set: `ride-along`, a team's name, yes or no; empty for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Team):
        return meeting.head.team_name(value)
    return _OTHER_WORDS.get(str(value)) or in_words(str(value))


def in_words(value: str) -> str:
    """A value of a closed set as people write it: `follow-up`, `lead quality`."""
    return value.replace("_", "-" if value in _HYPHENED else " ")


def choices(
    kind: type[Record], field: str, meeting: Meeting, record: Record | None = None
) -> tuple[tuple[Any, str], ...] | None:
    """The values that the field can have, each with its words; None when they are not a closed set.

    What feedback is about follows from the team that gives it, when the record is known.
    """
    shape = _shape(kind, field)
    values: Sequence[Any]
    if shape.type is bool:
        values = (True, False)
    elif not _is_enum(shape):
        return None
    else:
        values = tuple(shape.type)
    if kind is Feedback and field == "from_team":
        values = (Team.A, Team.B)  # feedback comes from one team
    if shape.type is FeedbackKind and isinstance(record, Feedback):
        values = KINDS_FROM.get(record.from_team, tuple(values))
    nothing = ((None, NOTHING),) if shape.optional else ()
    return (*nothing, *((value, label(value, meeting)) for value in values))


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
            return _show_date(value, meeting.head.date)
        case dict():
            return show_counts(value)
        case tuple():
            if value and isinstance(value[0], Reading):
                return "; ".join(_show_reading(reading, record, meeting) for reading in value)
            return _show_list(value)
    return str(value)


def _show_date(day: dt.date, base: dt.date) -> str:
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
    shape = _shape(kind, field)
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
        return _parse_date(words, meeting.head.date, past=(kind, field) in _PAST)
    if shape.type is dt.datetime:
        return _parse_moment(words)
    if shape.type is int:
        return _bounded(parse_count(words), shape, title(kind, field, meeting))
    if shape.type is float:
        return parse_value(words, _unit(kind, field, record), start=_start(kind, field, record))
    if shape.type is dict:
        return parse_counts(words)
    if shape.type is tuple and field == "readings":
        return _parse_readings(words, record, meeting)
    names = (_name(part, meeting) for part in words.split(";" if ";" in words else ",") if part.strip())
    return tuple(dict.fromkeys(names))


def _empty(kind: type[Record], field: str, shape: _Shape, meeting: Meeting) -> Any:
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


def _bounded(number: int, shape: _Shape, name: str) -> int:
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
    shape = _shape(kind, field)
    if shape.type is dt.date:
        day = parse_day(clean(typed), meeting.head.date, past=(kind, field) in _PAST)
        return [_show_date(day, meeting.head.date)] if day else []
    allowed = choices(kind, field, meeting)
    if allowed is not None:
        return _matching(typed, [name for value, name in allowed if value is not None])
    known = _known(str(info(kind, field).get("offer", "")), field, meeting, config)
    if shape.type not in (dict, tuple):
        return _matching(typed, known)
    at = max(typed.rfind(","), typed.rfind(";")) + 1
    at += len(typed[at:]) - len(typed[at:].lstrip())
    return [typed[:at] + name for name in _matching(typed[at:], known)]


def _matching(typed: str, known: Iterable[str]) -> list[str]:
    """Those that begin as typed, then those of which a later word does."""
    key = clean(typed).casefold()
    names = list(dict.fromkeys(name for name in known if name))
    first = [name for name in names if name.casefold().startswith(key)]
    return first + [name for name in names if name not in first and f" {key}" in name.casefold()]


def _known(offer: str, field: str, meeting: Meeting, config: Config) -> list[str]:
    """What the declaration says can be offered: people, sources, objectives or reasons."""
    if offer == "people":
        return [person.name for person in meeting.people.values()]
    if offer == "objectives":
        return [*config.charter.objectives, *(goal.supports for goal in meeting.goals.values())]
    if offer == "reasons":
        rejected, disqualified = config.leads.reject_reasons, config.leads.disqualify_reasons
        return [
            *(rejected if field != "disqualified" else ()),
            *(disqualified if field != "rejected" else ()),
        ]
    if offer == "sources":
        tables = (meeting.lead_numbers, meeting.feedback, meeting.wins)
        return [*config.leads.sources, *(row.source for rows in tables for row in rows.values())]
    return []
