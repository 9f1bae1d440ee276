"""Many meetings out of a database, lot by lot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from meetings.store.server.link import Link

AT_ONCE = 64
"""How many meetings are asked for at once."""
_SOME = (
    "SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(content) WHERE key = ANY(%(tables)s)"
)
"""Those of a meeting's tables that are asked for."""


def contents(link: Link, numbers: Sequence[int], tables: Sequence[str] = ()) -> Iterator[tuple[int, bytes]]:
    """The content of the meetings of those numbers that there are, or only those tables of it; ordered within each lot.

    While one lot is looked at, the next is on its way: writing one takes the server about as long.
    """
    lots = [numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE)]
    if len(lots) < 2:
        for lot in lots:
            yield from _lot(link, lot, tables)
        return
    with ThreadPoolExecutor(1) as ahead:
        coming = ahead.submit(_lot, link, lots[0], tables)
        for lot in lots[1:]:
            rows = coming.result()
            coming = ahead.submit(_lot, link, lot, tables)
            yield from rows
        yield from coming.result()


def _lot(link: Link, numbers: Sequence[int], tables: Sequence[str]) -> list[tuple[int, bytes]]:
    query = (
        f"SELECT number, ({_SOME if tables else 'content'})::text FROM accord.meetings"
        " WHERE series = %(series)s AND number = ANY(%(numbers)s) ORDER BY number"
    )
    asked = {"series": link.series, "numbers": list(numbers), "tables": list(tables)}
    with link.asking() as connection:
        rows = connection.execute(query, asked).fetchall()
    return [(number, text.encode()) for number, text in rows]
