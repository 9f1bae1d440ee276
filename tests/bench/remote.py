"""Meetings on a PostgreSQL server: the same questions as to a folder, and an edit until it is on another's screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import psycopg

from meetings.flow.overview import summary
from meetings.store.archive import Archive
from meetings.store.base import MeetingStore
from meetings.store.copying import copy
from meetings.store.files import FileStore
from meetings.store.postgres import PostgresStore
from tests.bench.budgets import Row, Sizes, in_turns
from tests.bench.reading import WORDS
from tests.bench.screens import accord, meeting_is_there
from tests.bench.stores import Place
from tests.bench.terminal import Wanted
from tests.postgres_server import Server, programs

SERIES = 10
"""How many series there are in the database."""
SOON = 250.0
"""Milliseconds within which others see an edit."""
_HERE = re.compile(r"(\d+) of \d+ here")


def remote(folder: Path, years: Place, sizes: Sizes) -> Iterator[Row]:
    """Ten series in one database; one of them is asked, and so is a folder that holds the same meetings.

    Without a server on this machine, one row says so.
    """
    if programs() is None:
        yield Row(
            "meetings on a PostgreSQL server", "", None, note="there is no PostgreSQL server on this machine"
        )
        return
    server = Server(durable=True)
    try:
        series = _filled(server, years)
        yield from _questions(server, series, years, sizes)
        here, there = (_joined(folder / name, years, server, series) for name in ("here", "there"))
        yield _launch(here, years, sizes)
        yield _seen(here, there, sizes)
    finally:
        server.remove()


def _filled(server: Server, years: Place) -> str:
    """The same meetings under ten names. The name of the series in the middle."""
    names = [f"series {number}" for number in range(SERIES)]
    store = PostgresStore(server.address(), names[0])
    store.prepare()
    copy(FileStore(years.store), store)
    with psycopg.connect(server.address(), autocommit=True) as connection:
        for name in names[1:]:
            connection.execute(
                "INSERT INTO accord.meetings (series, number, content)"
                " SELECT %s, number, content FROM accord.meetings WHERE series = %s",
                (name, names[0]),
            )
        connection.execute("VACUUM ANALYZE")
    return names[SERIES // 2]


def _questions(server: Server, series: str, years: Place, sizes: Sizes) -> Iterator[Row]:
    count = f"{sizes.years:,} of {SERIES * sizes.years:,} meetings"
    against = "the same in a folder"

    def on_server() -> MeetingStore:
        return PostgresStore(server.address(), series)

    def in_folder() -> MeetingStore:
        return FileStore(years.store)

    for what, ask, again in (
        (f"list {count} on a server", _list, False),
        (f"search {count} on a server, first time", _search, False),
        (f"search {count} on a server, again", _search, True),
        (f"every action item in {count} on a server", _promises, False),
    ):
        row = Row(what, against, 2)
        yield in_turns(row, _asked(on_server, ask, again), _asked(in_folder, ask, again), sizes.runs)


def _asked(
    opened: Callable[[], MeetingStore], ask: Callable[[Archive], int], again: bool
) -> Callable[[], float]:
    """Milliseconds of a question to a store that was opened a moment ago, or that has been asked the same before."""
    known = Archive(opened())
    if again:
        ask(known)

    def measure() -> float:
        archive = known if again else Archive(opened())
        archive.store.numbers()
        start = perf_counter()
        found = ask(archive)
        taken = (perf_counter() - start) * 1000
        assert found, "a question that finds nothing tells little"
        return taken

    return measure


def _list(archive: Archive) -> int:
    """As the screen with all meetings does: every meeting in one line."""
    return len(list(archive.each(summary, numbers=archive.store.numbers()[::-1])))


def _search(archive: Archive) -> int:
    return len(list(archive.search(WORDS)))


def _promises(archive: Archive) -> int:
    return len(archive.promises())


def _joined(folder: Path, years: Place, server: Server, series: str) -> Place:
    """A workspace of another person, with the meetings on the server."""
    place = Place(folder)
    place.config.parent.mkdir(parents=True)
    text = years.config.read_text("utf-8")
    text = re.sub("^store: .*$", f"store: {server.address()}", text, flags=re.MULTILINE)
    text = re.sub("^series: .*$", f"series: {series}", text, flags=re.MULTILINE)
    place.config.write_text(text, "utf-8")
    return place


def _launch(place: Place, years: Place, sizes: Sizes) -> Row:
    def launch(place: Place) -> float:
        with accord(place) as terminal:
            return terminal.launched(meeting_is_there)

    row = Row("launch to the running meeting, on a server", "in a folder", 2)
    return in_turns(row, lambda: launch(place), lambda: launch(years), sizes.runs)


def _seen(here: Place, there: Place, sizes: Sizes) -> Row:
    """From the key that ticks a person in one app to the line with how many are here in the other."""
    row = Row("an edit until another participant sees it", "0.25 s", 1)
    with accord(here) as mine, accord(there) as theirs:
        for terminal in (mine, theirs):
            terminal.launched(meeting_is_there)
            terminal.settle(1.0)
        for _ in range(sizes.times(4)):
            changed = _other_than(_count(theirs.text))
            row.ours.append(theirs.shows(changed, mine.send(" ")))
            mine.settle()
            theirs.settle()
    row.base = [SOON] * len(row.ours)
    return row


def _other_than(before: str) -> Wanted:
    """More, or fewer, are here."""
    return lambda text: _count(text) != before


def _count(text: str) -> str:
    found = _HERE.search(text)
    return found[1] if found else ""
