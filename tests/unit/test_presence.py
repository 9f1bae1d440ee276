"""Who is here: the apps on one series of a server tell one another, and nothing of it is stored."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from meetings.store.files import FileStore
from meetings.store.postgres import PostgresStore
from meetings.store.server import presence
from meetings.store.server.presence import CHANNEL, Presence, Someone, presence_on
from tests.places import Series

PATIENCE = 60.0
Come = Callable[..., Presence]


@pytest.fixture
def series(database: str) -> Series:
    return Series(database)


@pytest.fixture
def come(series: Series, monkeypatch: pytest.MonkeyPatch) -> Iterator[Come]:
    """Somebody comes, with a connection of their own."""
    monkeypatch.setattr(presence, "BEAT_SECONDS", 0.1)
    monkeypatch.setattr(presence, "TURN_SECONDS", 0.02)
    monkeypatch.setattr(presence, "AGAIN_SECONDS", 0.05)
    monkeypatch.setattr(presence, "SETTLE_SECONDS", 0.2)
    came = []

    def somebody(seat: str, name: str = "", store: PostgresStore | None = None) -> Presence:
        one = presence_on(store or series.store(), seat, name)
        assert one is not None
        one.begin()
        came.append(one)
        return one

    yield somebody
    for one in came:
        one.end(PATIENCE)


def wait(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.01)


def names(one: Presence) -> list[str]:
    return [who.name for who in one.others()]


def test_those_who_come_see_one_another_and_who_leaves_is_gone(come: Come) -> None:
    sam, priya = come("s1", "Sam"), come("s2")
    wait(lambda: names(sam) == [""])
    wait(lambda: names(priya) == ["Sam"] and priya.settled)
    priya.call("Priya [red]\x1b[31m")
    wait(lambda: names(sam) == ["Priya [red]"])
    sam.end(PATIENCE)
    wait(lambda: not priya.others())
    assert priya.name_of("s1") == "Sam", "whose name it was is still known"


def test_who_is_killed_is_gone_after_a_while(come: Come, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "GONE_SECONDS", 0.5)
    sam, priya = come("s1", "Sam"), come("s2", "Priya")
    wait(lambda: names(sam) == ["Priya"])
    monkeypatch.setattr(priya, "_say", lambda *_: None)  # not a word any more
    wait(lambda: not sam.others())


def test_a_lost_connection_is_made_again(come: Come, series: Series) -> None:
    sam, priya = come("s1", "Sam"), come("s2", "Priya")
    wait(lambda: names(sam) == ["Priya"] and names(priya) == ["Sam"])
    with psycopg.connect(series.address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE %s AND pid <> pg_backend_pid()",
            (f"%{CHANNEL}%",),
        )
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE %s AND pid <> pg_backend_pid()",
            ("%pg_notify%",),
        )
    sam.call("Samantha")
    wait(lambda: names(priya) == ["Samantha"])


def test_two_windows_are_one_person_and_another_series_is_elsewhere(come: Come, series: Series) -> None:
    sam, again = come("s1", "Sam"), come("s1", "Sam")
    elsewhere = come("s3", "Jo", Series(series.address).store())
    priya = come("s2", "Priya")
    wait(lambda: names(priya) == ["Sam"] and names(again) == ["Priya"] == names(sam))
    again.end(PATIENCE)
    wait(lambda: len(priya._apps) == 1)
    assert names(priya) == ["Sam"]
    assert not elsewhere.others()


def test_nonsense_on_the_channel_is_passed_over(come: Come, series: Series) -> None:
    sam = come("s1", "Sam")
    wait(lambda: sam.settled)
    with psycopg.connect(series.address, autocommit=True) as connection:
        for payload in (
            "",
            "{",
            "[]",
            '{"series": 7}',
            "x" * 7000,
            '{"series":"' + series.name + '","app":"a"}',
        ):
            connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload))
        long = f'{{"series":"{series.name}","app":"a","seat":"s9","name":"{"N" * 500}"}}'
        connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, long))
    wait(lambda: sam.others() == (Someone("s9", "N" * 60),))


def test_nobody_can_join_a_folder(tmp_path: Path) -> None:
    assert presence_on(FileStore(tmp_path), "s1", "Sam") is None
