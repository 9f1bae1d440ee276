"""Meetings out of a database: one, or many, one row after the other as the server writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import LiteralString

from meetings.meeting import TABLES
from meetings.store.server.link import Link

_ALL = "convert_to(written, 'UTF8')"
_SOME = "convert_to((content - %(others)s::text[])::text, 'UTF8')"
"""Those of a meeting's tables that are asked for, and those that Accord does not know: on the way, less is quicker."""
_ONE = " FROM accord.meetings WHERE series = %(series)s AND number = %(number)s"
_MANY = """ FROM (
  SELECT number, content, written
  FROM accord.meetings JOIN unnest(%(numbers)s::integer[]) WITH ORDINALITY AS wanted(number, place) USING (number)
  WHERE series = %(series)s ORDER BY place OFFSET 0
) AS found"""
"""The rows are sorted first and only then written out one by one (OFFSET keeps the two apart): so the first is sent at
once, and while one is looked at here, the server writes the next."""


def content(link: Link, number: int, tables: Sequence[str] = ()) -> bytes | None:
    """The content of the meeting of that number, or only those tables of it; None when there is none.

    Raises as `asking`.
    """
    asked = {"series": link.series, "number": number, "others": _others(tables)}
    with link.asking() as connection, connection.cursor(binary=True) as cursor:
        row = cursor.execute(f"SELECT {_chosen(tables)}{_ONE}", asked).fetchone()
    return row[0] if row else None


def contents(link: Link, numbers: Sequence[int], tables: Sequence[str] = ()) -> Iterator[tuple[int, bytes]]:
    """As `content`, of the meetings of those numbers that there are, in that order; each with its number.

    Whoever does not want the rest closes the iterator.
    """
    if not numbers:
        return
    asked = {"series": link.series, "numbers": list(numbers), "others": _others(tables)}
    with link.asking() as connection, connection.cursor(binary=True) as cursor:
        yield from cursor.stream(f"SELECT number, {_chosen(tables)}{_MANY}", asked)


def _chosen(tables: Sequence[str]) -> LiteralString:
    return _SOME if tables else _ALL


def _others(tables: Sequence[str]) -> list[str]:
    return [name for name in TABLES if name not in tables]
