"""All texts of a meeting, made ready to be searched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import get_type_hints

from meetings.meeting import CONTENT, TABLES, Meeting
from meetings.model import Record

IDS = {"uid", "origin", "step"}
"""Fields whose text is no one's words."""
BETWEEN = "\0"
"""Stands between two texts: no text of a meeting holds it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A text with the words that were looked for: in which meeting, record and field it stands."""

    number: int
    date: dt.date
    table: str
    uid: str
    field: str
    text: str


class Texts:
    """The texts of one meeting: where each stands, and all of them in one row, case-folded."""

    def __init__(self, meeting: Meeting) -> None:
        self._number, self._date = meeting.head.number, meeting.head.date
        self._places = [
            (table, record.uid, name, text)
            for table in CONTENT
            for record in meeting.table(table).values()
            for name in text_fields(TABLES[table])
            if (text := getattr(record, name))
        ]
        self._row = BETWEEN.join([text for _, _, _, text in self._places]).casefold()

    def find(self, folded: str) -> Iterator[Hit]:
        """The texts that hold what is looked for, which is case-folded, each once and in order."""
        place = seen = 0
        at = self._row.find(folded)
        while at >= 0:
            place += self._row.count(BETWEEN, seen, at)
            yield Hit(self._number, self._date, *self._places[place])
            seen, end = at, self._row.find(BETWEEN, at)
            at = self._row.find(folded, end) if end >= 0 else -1


@cache
def text_fields(kind: type[Record]) -> tuple[str, ...]:
    """The fields of a record that hold words."""
    hints = get_type_hints(kind)
    return tuple(name for name in kind.__struct_fields__ if hints[name] is str and name not in IDS)
