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
        places = _places((db.storage.read() or {}).get(name, {}), old)
        gone = [places[uid] for uid in old if uid not in new and uid in places]
        if gone:
            table.remove(doc_ids=gone)
        for uid, record in new.items():
            was = old.get(uid)
            if record is was or record == was:
                continue
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
    before = row_of(old)
    return {name: value for name, value in row.items() if value != before[name]}
