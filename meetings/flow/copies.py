"""Two copies of one meeting that were changed apart: what one lacks of the other, and both in one. Pure.

Programs that keep a folder in step between machines leave a second file when both have changed one. There is no
common ancestor to compare with, but each copy remembers its edits with the value that was there before: where that is
the value that the other copy has, only one side has changed it.
"""

from __future__ import annotations

from typing import Any

from msgspec import UNSET
from msgspec.structs import fields, replace

from meetings.flow.merge import Clash, Merged, merge
from meetings.flow.rows import row_of
from meetings.kinds import MeetingState
from meetings.meeting import CONTENT, HEAD, TABLES, Meeting
from meetings.model import Rating, Record, words

Before = dict[tuple[str, str, str], Any]
"""What a field (table, uid, name) was before the edits that only one copy has, as JSON has it."""

QUIET = ("created_at", "updated_at", "position")
"""Fields of a record that hold nothing anybody wrote."""

OF_HEAD = ("date", "next_date", "corrections")
"""Fields of the meeting itself that people set."""


def can_reunite(mine: Meeting, copy: Meeting) -> bool:
    """Whether the two are the same meeting and neither was closed: otherwise a person has to choose."""
    states = (mine.head.state, copy.head.state)
    return mine.head.uid == copy.head.uid and MeetingState.CLOSED not in states


def reunite(mine: Meeting, copy: Meeting) -> Merged:
    """Both copies in one meeting, which is `mine` if the other holds nothing more.

    A record that only one of them has is kept: whether the other removed it cannot be told. Of two values of one
    field the one that was changed is kept; where both were, or that cannot be told, the later record's, with a clash.
    A meeting that has started in one copy has started. Raises ValueError unless `can_reunite`.
    """
    if not can_reunite(mine, copy):
        raise ValueError("these two are not to be put together")
    head = mine.head
    kept = replace(copy.head, version=head.version, created_at=head.created_at)
    if kept.state is not head.state:
        head = kept = kept if kept.state is MeetingState.RUNNING else head
    ours, other = replace(mine, head=head), replace(copy, head=kept)
    merged = merge(_ancestor(ours, other), ours, other)
    received = {} if merged.meeting.head.state is MeetingState.RUNNING else mine.received
    return Merged(replace(merged.meeting, received=received), merged.clashes)


def lacking(meeting: Meeting, copy: Meeting) -> list[str]:
    """What the copy holds that the meeting does not, each in a few words.

    A field that is empty in the copy holds nothing. Histories for undo are not compared.
    """
    found = []
    for name, record in copy.content():
        here = meeting.table(name).get(record.uid)
        if here is None:
            found.append(_named(record))
        else:
            found += [f"the {field} of {_named(record)}" for field in _more(here, record)]
    for uid, interval in copy.clock.items():
        there = meeting.clock.get(uid)
        if there is None or there.end < interval.end:
            found.append(f"time spent in the step “{interval.step}”")
    found += [
        f"the meeting's {_title(field)}" for field in _more(meeting.head, copy.head) if field in OF_HEAD
    ]
    return list(dict.fromkeys(found))


def clash_words(clash: Clash, merged: Meeting) -> str:
    """A clash in one sentence. Ratings are not told: they stay in the meeting's file."""
    record = merged.table(clash.table).get(clash.uid)
    if record is None or isinstance(record, Rating):
        return "A rating differs; the later one is kept."
    of = "the meeting" if clash.table == HEAD else _named(record)
    return f"The {_title(clash.field)} of {of}: {_shown(clash.kept)} is kept, not {_shown(clash.other)}."


def _ancestor(mine: Meeting, copy: Meeting) -> Meeting:
    """What both copies were made from, as far as that is known; unknown fields differ from both sides.

    Rows that only one copy has are not in it, so that none is taken for removed.
    """
    before_mine, before_copy = _before(mine, copy), _before(copy, mine)
    tables: dict[str, dict[str, Record]] = {}
    for name in TABLES:
        here, there = mine.table(name), copy.table(name)
        tables[name] = {
            uid: _earlier(name, row, there[uid], before_mine, before_copy)
            for uid, row in here.items()
            if uid in there
        }
    base = Meeting(head=mine.head)
    return replace(
        base, **{"head" if name == HEAD else name: _one(name, rows) for name, rows in tables.items()}
    )


def _one(name: str, rows: dict[str, Record]) -> Any:
    return next(iter(rows.values())) if name == HEAD else rows


def _earlier(table: str, mine: Record, copy: Record, before_mine: Before, before_copy: Before) -> Record:
    """The record before the two went apart."""
    if mine == copy:
        return mine
    here, there = row_of(mine), row_of(copy)
    values: dict[str, Any] = {}
    for name in mine.__struct_fields__:
        if here[name] == there[name]:
            continue
        key = (table, mine.uid, name)
        if key in before_mine and before_mine[key] == there[name]:
            values[name] = getattr(copy, name)
        elif key in before_copy and before_copy[key] == here[name]:
            values[name] = getattr(mine, name)
        else:
            values[name] = () if name == "readings" else UNSET
    return replace(mine, **values)


def _before(side: Meeting, other: Meeting) -> Before:
    """What the fields were that edits of this side alone have changed: before the first of these."""
    found: Before = {}
    for uid, edit in side.edits.items():
        twin = other.edits.get(uid)
        if edit.undone if twin is None else edit.undone == twin.undone or edit.updated_at <= twin.updated_at:
            continue  # nothing of it is left, or it was not this side that went on from what both had
        for change in edit.changes:
            start, end = (change.after, change.before) if edit.undone else (change.before, change.after)
            if start is not None and end is not None:
                for name, value in start.items():
                    found.setdefault((change.table, change.uid, name), value)
    return found


def _more(here: Record, there: Record) -> list[str]:
    """The fields in which `there` holds something else than `here`, by their titles where they have one."""
    found = []
    for field in fields(type(there)):
        value = getattr(there, field.name)
        empty = field.name != "state" and value == field.default
        if (
            field.name not in QUIET
            and value != getattr(here, field.name)
            and value not in ((), {})
            and not empty
        ):
            found.append(field.name if here.noun == "meeting" else _title(field.name))
    return found


def _named(record: Record) -> str:
    """A record by what it is and its words; a rating only as one."""
    if isinstance(record, Rating) or type(record) not in map(TABLES.get, CONTENT):
        return f"a {record.noun}"
    text = " ".join(words(record).split())
    return f"the {record.noun} “{text[:47] + '…' if len(text) > 48 else text}”"


def _title(field: str) -> str:
    return field.replace("_", " ")


def _shown(value: Any) -> str:
    if value is None or value in ("", (), {}):
        return "nothing"
    text = " ".join(str(value).split())
    return f"“{text[:47] + '…' if len(text) > 48 else text}”"
