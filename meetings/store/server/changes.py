"""From one version of a meeting to the next in the tables of its row."""

from __future__ import annotations

from typing import Any

from meetings.flow.rows import row_of
from meetings.meeting import TABLES, Meeting
from meetings.store.migrate import Tables


def changed_tables(tables: Tables, before: Meeting, after: Meeting) -> Tables:
    """The rows brought from one version of the meeting to the other; columns that Accord does not know stay."""
    changed = dict(tables)
    for name in TABLES:
        old, new = before.table(name), after.table(name)
        if old is new or old == new:
            continue
        rows: dict[str, dict[str, Any]] = dict(changed.get(name, {}))
        places = {row["uid"]: place for place, row in rows.items()}
        for uid in old.keys() - new.keys():
            rows.pop(places.get(uid, ""), None)
        last = max((int(place) for place in rows), default=0)
        for uid, record in new.items():
            if record == old.get(uid):
                continue
            if uid in places:
                rows[places[uid]] = rows[places[uid]] | row_of(record)
            else:
                last += 1
                rows[str(last)] = row_of(record)
        changed[name] = rows
    return changed
