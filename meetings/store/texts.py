"""All texts of a meeting, made ready to be searched."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import GenericAlias
from typing import Any, get_type_hints

import msgspec
from msgspec import structs

from meetings.meeting import CONTENT, HEAD, TABLES, Meeting, in_order
from meetings.model import Record
from meetings.store.codec import by_uid, checked

IDS = {"uid", "origin", "step"}
"""Fields whose text is no one's words."""
NOT_TOLD = frozenset(("ratings",))
"""Tables whose texts stay in the meeting file: who rated it, and in what word. They are not even read."""
SEARCHED = tuple(table for table in CONTENT if table not in NOT_TOLD)
"""The tables in which a search looks."""
BETWEEN = "\0"
"""Stands between two texts: no text of a meeting holds it."""


class Hit(msgspec.Struct, frozen=True):
    """A text with the words that were looked for: in which meeting, record and field it stands."""

    number: int
    date: dt.date
    table: str
    uid: str
    field: str
    text: str


class Texts:
    """The texts of one meeting: its records with words, and all their texts in one row, case-folded."""

    def __init__(self, number: int, date: dt.date, tables: Mapping[str, Sequence[Record]]) -> None:
        """`tables` are the records by table, in order. Of those that people see, the texts are taken."""
        self.number, self._date = number, date
        self._tables: list[tuple[str, tuple[str, ...], Sequence[Record]]] = []
        """Of each table its name, the fields of a record that are texts, and the records."""
        self._starts: list[int] = []
        """Where in the row the texts of each table begin, counted in texts."""
        texts: list[str] = []
        for name in SEARCHED:
            if records := tables.get(name):
                fields = text_fields(TABLES[name])
                self._tables.append((name, fields, records))
                self._starts.append(len(texts))
                texts += [getattr(record, field) for record in records for field in fields]
        self._row = BETWEEN.join(texts).casefold()

    @classmethod
    def of(cls, meeting: Meeting) -> Texts:
        """The texts of a meeting that is in memory."""
        tables = {name: list(meeting.table(name).values()) for name in SEARCHED}
        return cls(meeting.head.number, meeting.head.date, tables)

    def find(self, folded: str) -> Iterator[Hit]:
        """The texts that hold what is looked for, which is case-folded, each once and in order."""
        place = seen = 0
        at = self._row.find(folded)
        while at >= 0:
            place += self._row.count(BETWEEN, seen, at)
            yield self._hit(place)
            seen, end = at, self._row.find(BETWEEN, at)
            at = self._row.find(folded, end) if end >= 0 else -1

    def _hit(self, place: int) -> Hit:
        group = bisect_right(self._starts, place) - 1
        table, fields, records = self._tables[group]
        at, of_one = divmod(place - self._starts[group], len(fields))
        record, field = records[at], fields[of_one]
        return Hit(self.number, self._date, table, record.uid, field, getattr(record, field))


def texts_in(raw: bytes, name: str) -> Texts:
    """The texts in a meeting file's content; of its records nothing else is read, which is quicker.

    `name` is what a person calls the file. Raises Unreadable or NewerFormat.
    """
    found, head = checked(raw, name, _decoder())
    tables = {table: in_order(by_uid(getattr(found, table), table, name)) for table in SEARCHED}
    return Texts(head.number, head.date, tables)


@cache
def text_fields(kind: type[Record]) -> tuple[str, ...]:
    """The fields of a record that hold words."""
    hints = get_type_hints(kind)
    return tuple(name for name in kind.__struct_fields__ if hints[name] is str and name not in IDS)


HEADS = {"schema", "number", "date"}
"""What is read of a meeting's head."""
ORDER = {"position", "created_at"}
"""What puts records in order, with their uid."""


@cache
def _decoder() -> msgspec.json.Decoder[Any]:
    """Reads the rows of a file as far as they are wanted. A row has a number and a uid."""
    fields: list[tuple[str, Any, Any]] = [
        (table, GenericAlias(dict, (int, _part(table))), msgspec.field(default_factory=dict))
        for table in (HEAD, *SEARCHED)
    ]
    return msgspec.json.Decoder(msgspec.defstruct("MeetingTexts", fields))


def _part(table: str) -> type[msgspec.Struct]:
    kind = TABLES[table]
    wanted = HEADS if table == HEAD else ORDER | {*text_fields(kind)}
    hints = get_type_hints(kind, include_extras=True)
    fields = [(one.name, hints[one.name], one.default) for one in structs.fields(kind) if one.name in wanted]
    return msgspec.defstruct(f"Part of {table}", [("uid", str), *fields], gc=False)
