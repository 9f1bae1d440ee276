"""Between the bytes of a meeting file and a meeting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from types import GenericAlias
from typing import Any

import msgspec

from meetings.flow.rows import row_of as row_of
from meetings.meeting import HEAD, TABLES, Meeting
from meetings.model import Record
from meetings.store import migrate
from meetings.store.base import NewerFormat, Unreadable
from meetings.text import clean, clean_value

BOM = b"\xef\xbb\xbf"
"""The mark that some editors put at the beginning of a file."""

_ESCAPED = re.compile(rb"\\(?:u00(?:[01]|[89]|7[fF])|[bfrt]|u[dD][89a-fA-F]|u20[26]|u[fF][eE][fF][fF])")
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_BREAKS_AND_TURNS = re.compile(rb"\xe2(?:\x80[\xa8-\xae]|\x81[\xa6-\xa9])")

ALL = tuple(TABLES)


def _suspect(raw: bytes) -> bool:
    """Whether there are bytes that a file written by Accord never holds: only then are its texts looked at.

    Looking for one byte takes a tenth of any other search, so it comes first.
    """
    return (
        b"\x7f" in raw
        or (b"\\" in raw and _ESCAPED.search(raw) is not None)
        or (b"\xc2" in raw and _C1.search(raw) is not None)
        or (b"\xe2" in raw and _BREAKS_AND_TURNS.search(raw) is not None)
        or (b"\xef" in raw and BOM in raw)
    )


@cache
def _decoder(tables: tuple[str, ...]) -> msgspec.json.Decoder[Any]:
    fields: list[tuple[str, Any, Any]] = [
        (name, GenericAlias(dict, (str, TABLES[name])), msgspec.field(default_factory=dict))
        for name in tables
    ]
    return msgspec.json.Decoder(msgspec.defstruct("MeetingFile", fields))


class _Row(msgspec.Struct):
    """The least that every record has."""

    uid: str


@cache
def _row_decoder(tables: tuple[str, ...]) -> msgspec.json.Decoder[Any]:
    fields: list[tuple[str, Any, Any]] = [
        (name, dict[int, _Row], msgspec.field(default_factory=dict)) for name in tables
    ]
    return msgspec.json.Decoder(msgspec.defstruct("MeetingRows", fields))


def decode(raw: bytes, name: str, tables: tuple[str, ...] = ALL) -> Meeting:
    """The meeting in a file, or only those of its tables, which is quicker: the others are not looked at.

    `name` is what a person calls the file. Raises Unreadable or NewerFormat.
    """
    found, head = checked(raw, name, _decoder(tables))
    rows = {table: by_uid(getattr(found, table), table, name) for table in tables if table != HEAD}
    return Meeting(head=head).with_tables({table: records for table, records in rows.items() if records})


def checked(raw: bytes, name: str, decoder: msgspec.json.Decoder[Any]) -> tuple[Any, Any]:
    """What the decoder finds in a meeting file, its texts cleaned, and the only row of its head.

    `name` is what a person calls the file. Raises Unreadable or NewerFormat.
    """
    raw = in_todays_format(raw, name)
    try:
        found = decoder.decode(raw)
    except msgspec.ValidationError as error:
        _refuse_newer(raw, name)
        raise Unreadable(f"{name} has a value of the wrong kind: {error}.", _REMEDY) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        line = _line(raw, str(error))
        message = f"{name}, line {line}, is not whole JSON: {_plain(error)}."
        raise Unreadable(message, _REMEDY, line) from None
    if _suspect(raw):
        try:
            found = msgspec.convert(clean_value(msgspec.to_builtins(found)), type(found))
        except (msgspec.ValidationError, RecursionError):
            raise Unreadable(f"{name} has a value of the wrong kind.", _REMEDY) from None
    heads = list(getattr(found, HEAD).values())
    if len(heads) != 1:
        raise Unreadable(f"{name} is not a meeting: it has {len(heads)} rows in its table “{HEAD}”.", _REMEDY)
    if heads[0].schema != migrate.newest():
        _refuse_newer(raw, name)
        raise Unreadable(f"{name} says that it is in format {heads[0].schema}, which there is not.", _REMEDY)
    return found, heads[0]


def in_todays_format(raw: bytes, name: str = "The file") -> bytes:
    """The content of a file without an editor's mark, brought to today's format if need be. Raises Unreadable."""
    raw = raw.removeprefix(BOM)
    try:
        return migrate.in_newest(raw)
    except (msgspec.MsgspecError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(
            f"{name} is in format {migrate.format_of(raw)} and cannot be brought to format {migrate.newest()}"
            f" ({type(error).__name__}).",
            _REMEDY,
        ) from None


def tables_of(meeting: Meeting) -> dict[str, dict[str, Any]]:
    """The meeting as the tables of a new file, rows numbered from 1."""
    return {
        name: {str(place): row_of(row) for place, row in enumerate(meeting.table(name).values(), start=1)}
        for name in TABLES
    }


def arranged(raw: bytes) -> dict[str, dict[str, Any]]:
    """The tables of a meeting and the columns of their rows as a file has them, what Accord does not know last.

    A database gives them back in an order of its own.
    """
    found: dict[str, dict[str, Any]] = msgspec.json.decode(raw)
    tables = {name: found[name] for name in TABLES if name in found} | found
    for name, kind in TABLES.items():
        columns = [field.name for field in msgspec.structs.fields(kind)]
        for place, row in tables.get(name, {}).items():
            tables[name][place] = {column: row[column] for column in columns if column in row} | row
    return tables


def check_rows(raw: bytes, name: str, tables: tuple[str, ...] = ALL) -> None:
    """Refuse a file in which a record of those tables has no uid of its own or a row has no number. Raises Unreadable.

    Only files that people have written to are like that; a meeting that is to be edited must not be.
    """
    try:
        _row_decoder(tables).decode(in_todays_format(raw, name))
    except msgspec.DecodeError as error:
        found = re.search(r"\$\.(\w+)", str(error))
        table = f" “{found[1]}”" if found else ""
        raise Unreadable(
            f"{name} has a row without a number or without a uid in its table{table}.", _REMEDY
        ) from None


def check_keys(raw: bytes, name: str) -> None:
    """Refuse a file in which a name stands twice in one object: an edit would keep only the last. Raises Unreadable.

    Only files that people or other programs have written to are like that.
    """
    import json

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [key for key, _ in pairs]
            twice = next(key for key in names if names.count(key) > 1)
            raise Unreadable(f"{name} has “{clean(twice)[:40]}” twice in one place.", _REMEDY)
        return found

    with suppress(RecursionError):  # so deep in tables that Accord does not know
        text = raw.removeprefix(BOM).decode("utf-8", "replace")
        json.loads(text, object_pairs_hook=once, parse_int=str, parse_float=str)


_REMEDY = "The file is kept as it is. Put a copy from a backup in its place, or correct it in a text editor."


def by_uid(rows: Mapping[Any, Record], table: str, name: str) -> dict[str, Record]:
    """A table's rows by their uids. Raises Unreadable when two have the same."""
    records = {row.uid: row for row in rows.values()}
    if len(records) != len(rows):
        raise Unreadable(f"{name} has two rows with the same uid in its table “{table}”.", _REMEDY)
    return records


def _refuse_newer(raw: bytes, name: str) -> None:
    found = migrate.format_of(raw)
    if found is not None and found > migrate.newest():
        raise NewerFormat(
            f"{name} was written by a newer Accord (format {found}; this one knows {migrate.newest()}).",
            "Install the newer version to work on it; nothing has been changed.",
        )


def _line(raw: bytes, message: str) -> int:
    """Where in the file the decoder stopped, for people who open it in an editor."""
    found = re.search(r"\(byte (\d+)\)", message)
    at = int(found.group(1)) if found else len(raw)
    return raw.count(b"\n", 0, at) + 1


def _plain(error: Exception) -> str:
    text = re.sub(r"^JSON is malformed: |\s*\(byte \d+\)", "", str(error))
    return {"Input data was truncated": "it ends too early"}.get(text, text[:1].lower() + text[1:])
