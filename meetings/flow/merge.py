"""The merge of two versions of a meeting by record and field.

It serves three cases: another window or `accord add` saved in between; an editor changed the file; a
reopened meeting is closed again and its successor, planned meanwhile, must receive what is new.
Nothing that either side added or changed is lost: where one side removed a record and the other changed it, it
stays, and the clash is reported; where both changed one field, the later change is kept and the clash is reported
with both values.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from meetings.meeting import CONTENT, HEAD, TABLES, Meeting
from meetings.model import Interval, Reading, Record, words


@dataclass(frozen=True)
class Clash:
    """One field that both sides changed. `kept` is what the merge holds, `other` what it does not.

    An empty `field` is the record as a whole: `kept` are its words, and the other side had removed it.
    `day` is that of a goal's reading; then `kept` and `other` are its values.
    """

    table: str
    uid: str
    field: str
    kept: Any
    other: Any
    day: dt.date | None = dataclasses.field(default=None, compare=False)


SILENT = ("position", "step", "paused", "revealed", "lead")
"""Fields that hold no one's words: where both sides changed one, nobody needs to be told."""

FOLLOWS_STATE = ("done_on", "closed_on")
"""Dates that only make sense with the state they were set with."""


@dataclass(frozen=True)
class Merged:
    """A merged meeting and the fields in which the two sides clashed."""

    meeting: Meeting
    clashes: tuple[Clash, ...] = ()


def merge(base: Meeting, mine: Meeting, theirs: Meeting, *, mine_wins: bool = False) -> Merged:
    """`mine` and `theirs`, both made from `base`, in one meeting.

    Of two changes to one field the later is kept, or always mine with `mine_wins`.
    """
    if base == theirs:
        return Merged(mine)
    if base == mine:
        return Merged(theirs)
    merging = _Merging(mine_wins)
    tables = {
        name: merging.table(name, base.table(name), mine.table(name), theirs.table(name)) for name in TABLES
    }
    return Merged(theirs.with_tables(tables), tuple(merging.clashes))


class _Merging:
    """One merge under way: its rule for clashes and those met so far."""

    def __init__(self, mine_wins: bool) -> None:
        self.mine_wins = mine_wins
        self.clashes: list[Clash] = []

    def table(
        self, name: str, base: dict[str, Record], mine: dict[str, Record], theirs: dict[str, Record]
    ) -> dict[str, Record]:
        merged: dict[str, Record] = {}
        for uid in dict.fromkeys([*theirs, *mine]):
            ancestor, ours, other = base.get(uid), mine.get(uid), theirs.get(uid)
            if ours is not None and other is not None:
                merged[uid] = self.record(name, ancestor, ours, other)
            elif (present := ours or other) is not None and not _as_it_was(present, ancestor):
                merged[uid] = present
                if ancestor is not None and name in CONTENT:
                    self.clashes.append(Clash(name, uid, "", words(present), None))
        return merged

    def record(self, table: str, base: Record | None, mine: Record, theirs: Record) -> Record:
        if mine == theirs:
            return theirs
        keep_mine = self.mine_wins or mine.updated_at >= theirs.updated_at
        if _both_changed("state", base, mine, theirs):
            winner = mine if keep_mine else theirs
            dates = {name: getattr(winner, name) for name in FOLLOWS_STATE if hasattr(winner, name)}
            mine, theirs = replace(mine, **dates), replace(theirs, **dates)
        fields: dict[str, Any] = {}
        for name in theirs.__struct_fields__:
            ours, other = getattr(mine, name), getattr(theirs, name)
            if not _both_changed(name, base, mine, theirs):
                if base is not None and ours != getattr(base, name):
                    fields[name] = ours
                continue
            if name == "readings":
                before = getattr(base, name, ())
                fields[name] = self.readings(table, mine.uid, before, ours, other, keep_mine)
                continue
            combined = _combine(name, mine, theirs)
            fields[name] = combined if combined is not None else ours if keep_mine else other
            if combined is None and table in (HEAD, *CONTENT) and name not in SILENT:
                kept, lost = (ours, other) if keep_mine else (other, ours)
                self.clashes.append(Clash(table, mine.uid, name, kept, lost))
        return replace(theirs, **fields)

    def readings(
        self,
        table: str,
        uid: str,
        base: tuple[Reading, ...],
        mine: tuple[Reading, ...],
        theirs: tuple[Reading, ...],
        keep_mine: bool,
    ) -> tuple[Reading, ...]:
        """Both sides' readings, day by day."""
        old, ours, other = ({one.date: one for one in side} for side in (base, mine, theirs))
        merged: list[Reading] = []
        for day in sorted({*ours, *other}):
            before, a, b = old.get(day), ours.get(day), other.get(day)
            kept = b if a == before else a
            if a != b and before not in (a, b):
                kept, lost = (a, b) if keep_mine else (b, a)
                self.clashes.append(Clash(table, uid, "readings", _value(kept), _value(lost), day))
            if kept is not None:
                merged.append(kept)
        return tuple(merged)


def _as_it_was(record: Record, ancestor: Record | None) -> bool:
    """Whether the record is what it was; one that was changed and changed back is."""
    return ancestor is not None and replace(record, updated_at=ancestor.updated_at) == ancestor


def _both_changed(name: str, base: Record | None, mine: Record, theirs: Record) -> bool:
    """Whether the two sides made something different of that field, and neither left it as it was."""
    if not hasattr(mine, name):
        return False
    ours, other = getattr(mine, name), getattr(theirs, name)
    return ours != other and (base is None or getattr(base, name) not in (ours, other))


def _combine(name: str, mine: Record, theirs: Record) -> Any:
    """Both sides' changes to a field that can hold both, or None."""
    match name:
        case "updated_at":
            return max(mine.updated_at, theirs.updated_at)
        case "created_at":
            return min(mine.created_at, theirs.created_at)
        case "version":
            return max(getattr(mine, name), getattr(theirs, name))
        case "end" if isinstance(mine, Interval) and isinstance(theirs, Interval):
            return max(mine.end, theirs.end)
    return None


def _value(reading: Reading | None) -> float | None:
    return reading.value if reading is not None else None
