"""What comes into a record: its texts cleaned, its values checked against the fields that they are for. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from meetings.errors import UsageError
from meetings.model import Record, info
from meetings.text import clean

LARGEST = 2**53
"""Numbers below this are exact in every program that reads JSON."""

_WHERE = re.compile(r"`\$\.(\w+)")
_BOUND = re.compile(r"Expected `\w+` ([<>]=) (\S+)")


def taken_in(record: Record, fields: Mapping[str, Any]) -> Record:
    """The record with those fields, cleaned of what could act on a terminal; only long texts keep line breaks.

    Raises UsageError when a value does not fit its field.
    """
    kind = type(record)
    new = {name: _clean(value, bool(info(kind, name).get("long"))) for name, value in fields.items()}
    return _checked(replace(record, **new))


def _clean(value: Any, lines: bool) -> Any:
    match value:
        case str():
            return clean(value, lines=lines)
        case tuple():
            return tuple(_clean(part, lines) for part in value)
        case dict():
            return {_clean(key, False): part for key, part in value.items()}
    return value


def _checked(record: Record) -> Record:
    """The record, each value of the kind that its field is declared with."""
    kind = type(record)
    for name in record.__struct_fields__:
        if _beyond(getattr(record, name)):
            raise UsageError(f"{_title(kind, name)}: that number is too large.")
    try:
        return msgspec.convert(msgspec.to_builtins(record), kind)
    except msgspec.ValidationError as error:
        raise UsageError(_sentence(kind, str(error))) from None
    except (TypeError, OverflowError):
        raise UsageError(f"Not every value fits into a {kind.noun}.") from None


def _beyond(value: Any) -> bool:
    """Whether there is a number in the value that no file can hold as it is."""
    match value:
        case bool():
            return False
        case int() | float():
            return not math.isfinite(value) or abs(value) >= LARGEST
        case tuple():
            return any(map(_beyond, value))
        case dict():
            return any(map(_beyond, value.values()))
        case msgspec.Struct():
            return any(_beyond(getattr(value, name)) for name in value.__struct_fields__)
    return False


def _sentence(kind: type[Record], message: str) -> str:
    where, bound = _WHERE.search(message), _BOUND.search(message)
    title = _title(kind, where[1]) if where else kind.noun.capitalize()
    if bound:
        return f"{title}: that is too {'low' if bound[1] == '>=' else 'high'}; the limit is {bound[2]}."
    return f"{title}: that value does not fit."


def _title(kind: type[Record], name: str) -> str:
    return str(info(kind, name).get("title", name))
