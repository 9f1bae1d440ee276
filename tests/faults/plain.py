"""What a meeting ought to hold, kept in plain dicts: the model that the real thing is compared with."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from meetings.meeting import Meeting
from meetings.model import ActionItem, Problem, Record, Win

KINDS: dict[str, type[Record]] = {"wins": Win, "action_items": ActionItem, "problems": Problem}
FIELDS = {
    "wins": ("title", "big", "what_worked"),
    "action_items": ("title", "note", "state", "owner", "due"),
    "problems": ("title", "says_a", "says_b", "raised_by", "state"),
}
"""The fields that are compared, by table."""

Row = dict[str, Any]


def row_of(table: str, record: Record) -> Row:
    """The compared fields of a record, and its table."""
    return {"table": table} | {name: getattr(record, name) for name in FIELDS[table]}


def content_of(meeting: Meeting) -> dict[str, Row]:
    """The compared content of a meeting by uid."""
    return {uid: row_of(table, record) for table in KINDS for uid, record in meeting.table(table).items()}


@dataclass
class Done:
    """One edit: by record its fields before and after; None where the record was not there."""

    seat: str
    changes: dict[str, tuple[Row | None, Row | None]]
    undone: bool = False


@dataclass
class Plain:
    """The rows of a meeting by uid and the edits that led there, oldest first."""

    rows: dict[str, Row] = field(default_factory=dict)
    edits: list[Done] = field(default_factory=list)

    def copy(self) -> Plain:
        return copy.deepcopy(self)

    def add(self, seat: str, uid: str, row: Row) -> None:
        self._remember(seat, {uid: (None, dict(row))})
        self.rows[uid] = dict(row)

    def change(self, seat: str, uid: str, **fields: Any) -> None:
        row = self.rows[uid]
        new = {name: value for name, value in fields.items() if row[name] != value}
        if new:
            self._remember(seat, {uid: ({name: row[name] for name in new}, new)})
            row.update(new)

    def remove(self, seat: str, uid: str) -> None:
        self._remember(seat, {uid: (self.rows.pop(uid), None)})

    def can_undo(self, seat: str) -> bool:
        return any(edit.seat == seat and not edit.undone for edit in self.edits)

    def can_redo(self, seat: str) -> bool:
        return any(edit.seat == seat and edit.undone for edit in self.edits)

    def undo(self, seat: str) -> None:
        self._step(next(e for e in reversed(self.edits) if e.seat == seat and not e.undone), undone=True)

    def redo(self, seat: str) -> None:
        self._step(next(e for e in self.edits if e.seat == seat and e.undone), undone=False)

    def _remember(self, seat: str, changes: dict[str, tuple[Row | None, Row | None]]) -> None:
        self.edits = [edit for edit in self.edits if not (edit.undone and edit.seat == seat)]
        self.edits.append(Done(seat, changes))

    def _step(self, edit: Done, *, undone: bool) -> None:
        for uid, (before, after) in list(edit.changes.items()):
            source, target = (after, before) if undone else (before, after)
            present = self.rows.get(uid)
            if target is None:
                if present is not None:
                    edit.changes[uid] = (None, dict(present)) if undone else (dict(present), None)
                    del self.rows[uid]
            elif source is None:
                self.rows.setdefault(uid, dict(target))
            elif present is not None:
                present.update({name: target[name] for name in target if present[name] == source[name]})
        edit.undone = undone
