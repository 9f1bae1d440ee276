"""What a field is, from its declaration in meetings.model: its type, its bounds, its words, its values."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
from msgspec import Meta

from meetings.kinds import KINDS_FROM, FeedbackKind, Team
from meetings.meeting import Meeting
from meetings.model import Feedback, Goal, LeadNumbers, Record, hints_of, info

NOTHING = "—"
"""What the choice of no value is called."""

_HYPHENED = {"ride_along", "follow_up", "long_term"}
"""Values of enums whose words belong together; the others are parted by a blank."""

_OTHER_WORDS = {"yes_no": "yes or no", "number": "plain number"}

PAST = {(Goal, "start_date"), (LeadNumbers, "period_start")}
"""Days that have been: `1 oct` is the last one, not the next."""


@dataclass(frozen=True)
class Shape:
    """The type of a field, taken apart: `type` without None and annotations, and its bounds."""

    type: Any
    optional: bool
    least: float | None
    most: float | None


@cache
def shape_of(kind: type[Record], field: str) -> Shape:
    """The type of that field. Raises KeyError when there is none."""
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
            return Shape(get_origin(hint) or hint, optional, bounds.get("ge"), bounds.get("le"))


def _is_enum(shape: Shape) -> bool:
    return isinstance(shape.type, type) and issubclass(shape.type, StrEnum)


@cache
def form_fields(kind: type[Record]) -> list[str]:
    """The fields that a form shows, in the order of their declaration, those that few people fill in last."""
    shown = [field.name for field in msgspec.structs.fields(kind) if info(kind, field.name).get("form")]
    return sorted(shown, key=lambda name: bool(info(kind, name)["more"]))


def is_day(kind: type[Record], field: str) -> bool:
    """Whether the field holds a day."""
    return bool(shape_of(kind, field).type is dt.date)


def is_count(kind: type[Record], field: str) -> bool:
    """Whether the field of that name holds a whole number; there may be no such field."""
    return field in kind.__struct_fields__ and shape_of(kind, field).type is int


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
    shape = shape_of(kind, field)
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
