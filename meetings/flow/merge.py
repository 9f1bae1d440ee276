"""The merge of two versions of a meeting by record and field.

It serves three cases: another window or `accord add` saved in between; an editor changed the file; a
reopened meeting is closed again and its successor, planned meanwhile, must receive what is new.
Nothing that either side added or changed is lost: where one side removed a record and the other changed it, it
stays; where both changed one field, the later change is kept and the clash is reported with both values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from meetings.meeting import TABLES, Meeting
from meetings.model import Goal, Interval, Reading, Record


@dataclass(frozen=True)
class Clash:
    """One field that both sides changed. `kept` is what the merge holds, `other` what it does not."""

    table: str
    uid: str
    field: str
    kept: Any
    other: Any


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
            elif (present := ours or other) is not None and present != ancestor:
                merged[uid] = present
        return merged

    def record(self, table: str, base: Record | None, mine: Record, theirs: Record) -> Record:
        if mine == theirs:
            return theirs
        fields: dict[str, Any] = {}
        for name in theirs.__struct_fields__:
            ours, other = getattr(mine, name), getattr(theirs, name)
            before = getattr(base, name) if base is not None else None
            if ours == other or (base is not None and ours == before):
                continue
            if base is not None and other == before:
                fields[name] = ours
                continue
            combined = _combine(name, before, mine, theirs)
            if combined is not None:
                fields[name] = combined
                continue
            keep_mine = self.mine_wins or mine.updated_at >= theirs.updated_at
            if keep_mine:
                fields[name] = ours
            kept, lost = (ours, other) if keep_mine else (other, ours)
            self.clashes.append(Clash(table, mine.uid, name, kept, lost))
        return replace(theirs, **fields)


def _combine(name: str, before: Any, mine: Record, theirs: Record) -> Any:
    """Both sides' changes to a field that can hold both, or None."""
    if name == "updated_at":
        return max(mine.updated_at, theirs.updated_at)
    if name == "created_at":
        return min(mine.created_at, theirs.created_at)
    if isinstance(mine, Interval) and isinstance(theirs, Interval) and name == "end":
        return max(mine.end, theirs.end)
    if isinstance(mine, Goal) and isinstance(theirs, Goal) and name == "readings":
        return _combine_readings(before or (), mine, theirs)
    if name == "version":
        return max(getattr(mine, name), getattr(theirs, name))
    return None


def _combine_readings(before: tuple[Reading, ...], mine: Goal, theirs: Goal) -> tuple[Reading, ...]:
    old = {reading.date: reading.value for reading in before}
    ours = {reading.date: reading.value for reading in mine.readings}
    other = {reading.date: reading.value for reading in theirs.readings}
    merged: dict[Any, float] = {}
    for day in {*ours, *other}:
        if ours.get(day) == old.get(day):
            chosen = other.get(day)
        elif other.get(day) == old.get(day) or mine.updated_at >= theirs.updated_at:
            chosen = ours.get(day)
        else:
            chosen = other.get(day)
        if chosen is not None:
            merged[day] = chosen
    return tuple(Reading(day, merged[day]) for day in sorted(merged))
