"""Single values of a config.yaml: numbers, days, choices and text, each read in one strict way."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Literal, get_args, get_origin

from msgspec import Meta

from meetings.config.tree import Node
from meetings.config.words import found, listed, meant, needs_quotes, number, shown
from meetings.text import clean

BAD: Any = object()
"""Stands for a value that has been complained about."""

_INT = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def unreadable(text: str) -> str:
    """The first character that cannot be shown on one line, or nothing (see meetings.text.clean)."""
    if clean(f"|{text}|") == f"|{text}|":
        return ""
    return next((sign for sign in text if sign != " " and clean(f"|{sign}|") != f"|{sign}|"), "")


def bounds(limits: list[Meta]) -> dict[str, Any]:
    """The limits that apply, the outermost last."""
    named = ("ge", "gt", "le", "lt", "min_length", "max_length", "pattern")
    return {name: value for meta in limits for name in named if (value := getattr(meta, name)) is not None}


def allowed(hint: Any, limits: list[Meta]) -> str:
    """What a single value may be, in words."""
    limit = bounds(limits)
    if get_origin(hint) is Literal:
        return listed(get_args(hint))
    if hint is dt.date:
        return "a date such as 2026-03-09"
    if hint is str:
        pattern = next((meta.description for meta in limits if meta.pattern), None)
        words = pattern or "text"
        return f"{words}, up to {limit['max_length']} characters" if "max_length" in limit else words
    words = "a whole number" if hint is int else "a number"
    if "ge" in limit and "le" in limit:
        return f"{words} from {number(limit['ge'])} to {number(limit['le'])}"
    if "gt" in limit and "le" in limit:
        return f"{words} above {number(limit['gt'])}, up to {number(limit['le'])}"
    return words


def scalar(node: Node, hint: Any, limits: list[Meta]) -> tuple[Any, str]:
    """A single value as the type `hint`, and what is wrong with it (empty when nothing is)."""
    instead = f"{found(node)}; allowed: {allowed(hint, limits)}"
    if hint in (int, float):
        return a_number(node, hint, bounds(limits), instead)
    if hint is dt.date:
        return a_day(node, instead)
    if get_origin(hint) is Literal:
        options = get_args(hint)
        good = node.tag == "str" and node.text in options
        return (node.text, "") if good else (BAD, instead + meant(node.text, options))
    if node.tag != "str":
        return BAD, needs_quotes(node)
    return a_text(node.text, bounds(limits), instead)


def a_number(
    node: Node, hint: type[int] | type[float], limit: dict[str, Any], instead: str
) -> tuple[Any, str]:
    """A number in plain digits: no quotes, no 12:30, no 007, no 1e3."""
    if not (_INT if hint is int else _FLOAT).fullmatch(node.text):
        return BAD, instead
    if not node.plain:
        return BAD, f"{instead}, without quotes"
    value = hint(node.text)
    beyond = value < limit.get("ge", value) or value > limit.get("le", value)
    if beyond or ("gt" in limit and value <= limit["gt"]):
        return BAD, instead
    return value, ""


def a_day(node: Node, instead: str) -> tuple[Any, str]:
    """A day of the calendar."""
    if not _DAY.fullmatch(node.text):
        return BAD, instead
    try:
        return dt.date.fromisoformat(node.text), ""
    except ValueError:
        return (
            BAD,
            f"found {shown(node.text)}, which is not in the calendar; allowed: a date such as 2026-03-09",
        )


def a_text(text: str, limit: dict[str, Any], instead: str) -> tuple[Any, str]:
    """A line of text that can be shown."""
    if limit.get("min_length") and not text.strip():
        return BAD, "found an empty text; allowed: a text with something in it"
    if sign := unreadable(text):
        return BAD, f"contains the control character U+{ord(sign):04X}; allowed: plain text on one line"
    if len(text) > limit.get("max_length", len(text)):
        return BAD, f"{instead} (this has {len(text)})"
    if "pattern" in limit and not re.search(limit["pattern"], text):
        return BAD, instead
    return clean(text), ""
