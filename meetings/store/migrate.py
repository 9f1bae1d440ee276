"""From the formats of earlier versions to today's.

A meeting file says in its head which format it is in (`schema`). A file without that is in format 1, the first that
there was. Older files are brought up to date in memory, each time they are read; on disk they stay as they are until
that meeting is edited (see meetings.store.files).

A new format is one function at the end of STEPS, and `SCHEMA` in meetings.meeting one higher.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from meetings.meeting import HEAD

Tables = dict[str, Any]
"""A meeting file as plain JSON: tables of rows. It may hold tables and columns that Accord does not know."""

FIRST = 1
"""The first format; files that do not say theirs are in it."""

STEPS: tuple[Callable[[Tables], Tables], ...] = ()
"""The first makes format 2 of format 1, the next format 3 of format 2, and so on.

Each gets the tables of a file and returns those of the next format, with everything in them that it does not know.
It need not set `schema`. It goes through rows with `rows_of`, which finds those in the histories, too. On tables that
are damaged it may raise LookupError, TypeError, ValueError or AttributeError.
"""


class _Format(msgspec.Struct):
    """The least that any version of the format has: its number."""

    schema: int = FIRST


class _AnyVersion(msgspec.Struct):
    meeting: dict[str, _Format] = {}


def newest() -> int:
    """The format that this program writes."""
    return FIRST + len(STEPS)


def format_of(raw: bytes) -> int | None:
    """The format of a file; None when it does not look like a meeting file of any format."""
    try:
        found = msgspec.json.decode(raw, type=_AnyVersion)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return max((row.schema for row in found.meeting.values()), default=None)


def rows_of(tables: Tables, name: str) -> Iterator[dict[str, Any]]:
    """Every row of a table, and what `received` and the edits that can be undone keep of such rows.

    Rows that edits keep may lack columns. Raises what damaged tables raise.
    """
    yield from tables.get(name, {}).values()
    for kept in tables.get("received", {}).values():
        if kept["table"] == name:
            yield kept["row"]
    for edit in tables.get("edits", {}).values():
        for change in edit["changes"]:
            if change["table"] == name:
                yield from (row for row in (change["before"], change["after"]) if row is not None)


def up_to_date(tables: Tables, found: int) -> Tables:
    """Tables of the format `found` in the newest one. What is handed in may be changed.

    Raises what a step raises on damaged tables.
    """
    for step in STEPS[max(found - FIRST, 0) :]:
        tables = step(tables)
    for row in tables[HEAD].values():
        row["schema"] = newest()
    return tables


def in_newest(raw: bytes) -> bytes:
    """The content of a file in the newest format: the same bytes unless it is in an older one.

    Bytes that are no meeting file of any format come back as they are. Raises what a step raises on damaged tables.
    """
    if not STEPS:
        return raw
    found = format_of(raw)
    if found is None or not FIRST <= found < newest():
        return raw
    return msgspec.json.encode(up_to_date(msgspec.json.decode(raw), found))
