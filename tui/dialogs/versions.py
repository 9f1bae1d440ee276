"""The two versions of what was edited in two places: in words, and one in place of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from meetings import fields
from meetings.dates import show_day
from meetings.errors import UsageError
from meetings.figures import show_value
from meetings.flow.merge import Clash
from meetings.flow.states import with_reading, without_reading
from meetings.meeting import HEAD, Meeting
from meetings.model import Goal, Note, Rating, Record, main_field, words
from meetings.session import Session

HEAD_FIELDS = {"date": "Date", "next_date": "Date of the next meeting", "agenda": "Agenda"}
"""What people set of a meeting itself; its other fields are the program's own."""
KEPT, REMOVED = "changed, and so kept", "removed"
HIDDEN = "•••"
NOTHING = "nothing"


@dataclass
class Disagreement:
    """A field that has two versions: the one in the meeting, and `other`. An empty `field` is the whole record."""

    meeting: str
    clash: Clash
    other: Any

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return f"{self.clash.table}/{self.clash.uid}/{self.clash.field}/{self.clash.day or ''}"


@dataclass(frozen=True)
class Told:
    """A disagreement in words: what it is about, which field (empty: its words, or all of it), and both versions."""

    what: str
    field: str
    now: str
    other: str


def tell(one: Disagreement, meeting: Meeting) -> Told | None:
    """The disagreement in words; None when there is nothing that people would see, or the record is gone."""
    clash = one.clash
    record = meeting.table(clash.table).get(clash.uid)
    if record is None or (clash.table == HEAD and clash.field not in HEAD_FIELDS):
        return None
    what = _words(record, meeting)
    if not clash.field:
        return Told(what, "", KEPT, REMOVED)
    if isinstance(record, Rating) and not meeting.head.revealed:
        return Told(what, "", HIDDEN, HIDDEN)
    now, other = (_shown(record, clash, value, meeting) for value in (_now(record, clash), one.other))
    return Told(what, _title(record, clash, meeting), now, other)


def take_other(one: Disagreement, session: Session) -> None:
    """Put the other version into the meeting, as an edit that can be undone; then the present one is the other.

    Raises UsageError when that cannot be.
    """
    clash = one.clash
    record = session.meeting.table(clash.table).get(clash.uid)
    if record is None:
        raise UsageError("That row is gone.")
    if not clash.field:
        session.remove(clash.uid, "removal, as in the other place")
        return
    now = _now(record, clash)
    label = f"the other version of “{_words(record, session.meeting)[:40]}”"
    if clash.table == HEAD:
        if clash.field == "date":
            session.schedule(date=one.other)
        elif clash.field == "next_date" and one.other is not None:
            session.schedule(next_date=one.other)
        else:
            raise UsageError("That cannot be changed any more.")
    elif isinstance(record, Goal) and clash.day is not None:
        changed = (
            without_reading(record, clash.day)
            if one.other is None
            else with_reading(record, clash.day, one.other)
        )
        session.change(clash.uid, label, **changed)
    else:
        session.change(clash.uid, label, **{clash.field: one.other})
    one.other = now


def _now(record: Record, clash: Clash) -> Any:
    """The version that is in the meeting."""
    if isinstance(record, Goal) and clash.day is not None:
        return next((reading.value for reading in record.readings if reading.date == clash.day), None)
    return getattr(record, clash.field)


def _words(record: Record, meeting: Meeting) -> str:
    match record:
        case Rating():
            return f"Rating by {record.person}"
        case Note():
            step = meeting.head.step_of(record.step)
            return f"Note: {step.title if step else record.step}"
        case _ if record is meeting.head:
            return f"Meeting {meeting.head.number}"
    return f"{record.noun.capitalize()}: {words(record)}"


def _title(record: Record, clash: Clash, meeting: Meeting) -> str:
    if clash.table == HEAD:
        return HEAD_FIELDS[clash.field]
    if clash.day is not None:
        return f"Reading of {show_day(clash.day, meeting.head.date)}"
    return "" if clash.field == main_field(type(record)) else fields.title(type(record), clash.field, meeting)


def _shown(record: Record, clash: Clash, value: Any, meeting: Meeting) -> str:
    if isinstance(record, Goal) and clash.day is not None:
        return show_value(value, record.unit, meeting.head.currency) if value is not None else NOTHING
    return fields.show(replace(record, **{clash.field: value}), clash.field, meeting) or NOTHING
