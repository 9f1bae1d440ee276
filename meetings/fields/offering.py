"""What is offered while a field is typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from meetings.config import Config
from meetings.dates import parse_day
from meetings.fields import show_date
from meetings.fields.declared import PAST, choices, shape_of
from meetings.meeting import Meeting
from meetings.model import Record, info
from meetings.text import clean


def offered(kind: type[Record], field: str, typed: str, meeting: Meeting, config: Config) -> list[str]:
    """As meetings.fields.offers, which says what comes of it."""
    shape = shape_of(kind, field)
    if shape.type is dt.date:
        day = parse_day(clean(typed), meeting.head.date, past=(kind, field) in PAST)
        return [show_date(day, meeting.head.date)] if day else []
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
