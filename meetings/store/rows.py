"""From one version of a meeting to the next in the rows of its TinyDB database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tinydb import TinyDB

from meetings.flow.rows import row_of
from meetings.meeting import TABLES, Meeting
from meetings.model import Record
from meetings.text import clean


def write_changes(db: TinyDB, before: Meeting, after: Meeting) -> None:
    """Bring the database's rows from one version to the other; columns that Accord does not know stay."""
    for name in TABLES:
        old, new = before.table(name), after.table(name)
        if old is new or old == new:
            continue
        table = db.table(name)
        gone = old.keys() - new.keys()
        touched = {uid: row for uid, row in new.items() if row is not old.get(uid) and row != old.get(uid)}
        places: dict[str, int] = {}
        if gone or touched.keys() & old.keys():  # rows that are only added need no place that is there
            places = _places((db.storage.read() or {}).get(name, {}), old)
        if leaving := [places[uid] for uid in gone if uid in places]:
            table.remove(doc_ids=leaving)
        for uid, record in touched.items():
            was = old.get(uid)
            if uid in places:
                table.update(_changed(was, record), doc_ids=[places[uid]])
            else:
                table.insert(row_of(record))


def _places(rows: Mapping[str, Any], known: Mapping[str, Record]) -> dict[str, int]:
    """Where each record stands among a table's rows; those that are known may stand there under an uncleaned uid."""
    found = {row["uid"]: int(place) for place, row in rows.items()}
    if found.keys() >= known.keys():
        return found
    return {clean(uid, lines=True): place for uid, place in found.items()} | found


def _changed(old: Record | None, new: Record) -> dict[str, Any]:
    row = row_of(new)
    if old is None:
        return row
    return {name: value for name, value in row.items() if getattr(old, name) != getattr(new, name)}
