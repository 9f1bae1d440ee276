"""The history of a meeting's edits: what each changed, undoing and redoing. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec import MsgspecError, convert
from msgspec.structs import replace

from meetings.errors import UsageError
from meetings.flow.rows import row_of
from meetings.meeting import CONTENT, HEAD, TABLE_OF, TABLES, Meeting
from meetings.model import Change, Edit, Record

QUIET = ("updated_at",)
"""Fields that are not part of what an edit changed."""


class Work:
    """A meeting while an edit is put together: the records it touches, before and after."""

    def __init__(self, meeting: Meeting) -> None:
        self._start = meeting
        self._tables: dict[str, dict[str, Record]] = {}
        self._touched: dict[str, str] = {}

    def table(self, name: str) -> dict[str, Record]:
        """The table as it is so far."""
        return self._tables.get(name, self._start.table(name))

    def find(self, uid: str) -> Record:
        """The record with that uid. Raises UsageError when it is not there."""
        for name in CONTENT:
            record = self.table(name).get(uid)
            if record is not None:
                return record
        raise UsageError("That record is no longer in this meeting.")

    def put(self, record: Record) -> None:
        """Add the record, or put it in the place of the one with its uid."""
        self._own(TABLE_OF[type(record)], record.uid)[record.uid] = record

    def take(self, uid: str) -> None:
        """Remove the record. Raises UsageError when it is not there."""
        record = self.find(uid)
        del self._own(TABLE_OF[type(record)], uid)[uid]

    def meeting(self) -> Meeting:
        """The meeting as it is so far."""
        return self._start.with_tables(self._tables) if self._tables else self._start

    def changes(self) -> tuple[Change, ...]:
        """What differs from the start, record by record."""
        found = []
        for uid, name in self._touched.items():
            before, after = self._start.table(name).get(uid), self._tables[name].get(uid)
            if before != after:
                found.append(_change(name, uid, before, after))
        return tuple(found)

    def _own(self, name: str, uid: str) -> dict[str, Record]:
        self._touched.setdefault(uid, name)
        if name not in self._tables:
            self._tables[name] = dict(self._start.table(name))
        return self._tables[name]


def _change(table: str, uid: str, before: Record | None, after: Record | None) -> Change:
    old = row_of(before) if before is not None else None
    new = row_of(after) if after is not None else None
    if old is not None and new is not None:
        names = [name for name in new if new[name] != old.get(name) and name not in QUIET]
        old, new = {name: old[name] for name in names}, {name: new[name] for name in names}
    return Change(table=table, uid=uid, before=old, after=new)


def remember(
    meeting: Meeting, seat: str, label: str, changes: tuple[Change, ...], now: dt.datetime
) -> Meeting:
    """The meeting with that edit in its history. What this seat had undone can no longer be redone."""
    history = {uid: edit for uid, edit in meeting.edits.items() if not (edit.undone and edit.seat == seat)}
    last = next(reversed(history.values()), None)  # they are in order, and the new one comes after them
    place = (last.position if last is not None else 0.0) + 1
    edit = Edit(created_at=now, updated_at=now, position=place, seat=seat, label=label, changes=changes)
    return replace(meeting, edits={**history, edit.uid: edit})


def undo(meeting: Meeting, seat: str, now: dt.datetime) -> tuple[Meeting, str]:
    """The meeting without the seat's last edit, and that edit's label. Raises UsageError when there is none."""
    edits = [edit for edit in meeting.edits.values() if edit.seat == seat and not edit.undone]
    if not edits:
        raise UsageError("There is nothing to undo.")
    return _stepped(meeting, edits[-1], now, undone=True), edits[-1].label


def redo(meeting: Meeting, seat: str, now: dt.datetime) -> tuple[Meeting, str]:
    """The meeting with the seat's last undone edit again. Raises UsageError when there is none."""
    edits = [edit for edit in meeting.edits.values() if edit.seat == seat and edit.undone]
    if not edits:
        raise UsageError("There is nothing to redo.")
    return _stepped(meeting, edits[0], now, undone=False), edits[0].label


def _stepped(meeting: Meeting, edit: Edit, now: dt.datetime, *, undone: bool) -> Meeting:
    """The meeting without or with that edit. Raises UsageError when what a file says of it makes no sense."""
    sound = all(
        change.table in CONTENT
        or (change.table == HEAD and change.before is not None and change.after is not None)
        for change in edit.changes
    )
    try:
        if sound:
            return _apply(meeting, edit, now, undone=undone)
    except (MsgspecError, LookupError, TypeError, ValueError, RecursionError):
        pass
    word = "undone" if undone else "done again"
    raise UsageError(f"“{edit.label}” cannot be {word}: what the meeting's file says of it does not fit.")


def _apply(meeting: Meeting, edit: Edit, now: dt.datetime, *, undone: bool) -> Meeting:
    tables: dict[str, dict[str, Record]] = {}
    changes = []
    for change in edit.changes:
        rows = tables.setdefault(change.table, dict(meeting.table(change.table)))
        source, target = (change.after, change.before) if undone else (change.before, change.after)
        present = rows.pop(change.uid, None)
        record = _moved(present, TABLES[change.table], source, target, now)
        if record is not None:
            rows[change.uid] = record
        elif present is not None:
            # What goes is kept as it is now, so that coming back it has what others wrote in it meanwhile.
            change = replace(change, **{"after" if undone else "before": row_of(present)})
        changes.append(change)
    history: dict[str, Record] = dict(meeting.edits)
    history[edit.uid] = replace(edit, changes=tuple(changes), undone=undone, updated_at=now)
    return meeting.with_tables({**tables, "edits": history})


def _moved(
    present: Record | None,
    kind: type[Record],
    source: dict[str, Any] | None,
    target: dict[str, Any] | None,
    now: dt.datetime,
) -> Record | None:
    """The record taken from one side of a change to the other; fields that others changed since stay."""
    if target is None:
        return None
    if source is None:
        return present or convert({**target, "updated_at": now}, kind)
    if present is None:
        return None
    row = row_of(present)
    row.update({name: value for name, value in target.items() if row.get(name) == source[name]})
    return convert({**row, "updated_at": now}, kind)
