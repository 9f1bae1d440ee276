"""A server that goes away: nothing typed is lost, and it arrives when the server is back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from meetings.config import Config
from meetings.errors import StoreError
from meetings.model import Win
from meetings.paths import Paths
from meetings.session import Session
from meetings.store.base import NotSaved
from meetings.store.offline import PatientStore
from meetings.store.postgres import PostgresStore
from meetings.store.saver import Progress
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.postgres_server import Server, programs
from tests.unit.test_store_files import meeting_with, with_win

Opener = Callable[..., Session]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server that the tests stop and start."""
    if programs() is None:
        pytest.skip("there is no PostgreSQL server on this machine")
    server = Server(durable=True)
    try:
        yield server
    finally:
        server.remove()


@pytest.fixture
def address(server: Server, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of the test's own with meeting 42 in it; the server runs again afterwards."""
    address = server.database(f"offline {abs(hash(request.node.name)) % 10**8}".replace(" ", ""))
    store = PostgresStore(address, "weekly")
    store.prepare()
    store.create(meeting_with("one"))
    yield address
    if not server.running:
        server.start()


def wait_for(session: Session, progress: Progress) -> None:
    while session.state.progress is not progress:
        session.saver.flush(0.05)


def on_server(address: str) -> list[str]:
    return [win.title for win in PostgresStore(address, "weekly").read(42).wins.values()]


def launched(address: str, folder: Path, clock: Clock, **options: Any) -> Session:
    """The meeting as a program finds it that is started now."""
    store = PatientStore(address, "weekly", folder)
    number = store.numbers()[-1]
    return Session(store, store.read(number), seat="mine", now=clock.now, today=clock.today, **options)


def test_edits_wait_and_arrive(server: Server, address: str, tmp_path: Path, clock: Clock) -> None:
    session = launched(address, tmp_path, clock)
    session.add(Win(title="two"))
    assert session.saver.flush(20)
    server.stop("immediate")
    session.add(Win(title="three"))
    wait_for(session, Progress.OFFLINE)
    session.add(Win(title="four"))
    while "2" not in session.state.why:
        session.saver.flush(0.05)
    assert session.state.why == "2 edits waiting"
    server.start()
    wait_for(session, Progress.SAVED)
    session.saver.close()
    assert on_server(address) == ["one", "two", "three", "four"]


def test_what_waits_outlives_the_program_and_meets_the_edits_of_others(
    server: Server, address: str, tmp_path: Path, clock: Clock
) -> None:
    session = launched(address, tmp_path, clock)
    session.add(Win(title="two"))
    assert session.saver.flush(20)
    server.stop("immediate")
    session.add(Win(title="three"))
    wait_for(session, Progress.OFFLINE)  # and then the program is killed: nothing else is done with it
    offline = launched(address, tmp_path, clock)
    assert [win.title for win in offline.meeting.wins.values()] == ["one", "two", "three"]
    offline.add(Win(title="four"))
    wait_for(offline, Progress.OFFLINE)
    server.start()
    other = PostgresStore(address, "weekly")
    theirs = other.read(42)
    other.save(with_win(theirs, "theirs"), theirs)
    session.saver.close(0)
    offline.saver.close(0)
    again = launched(address, tmp_path, clock)
    assert sorted(win.title for win in again.meeting.wins.values()) == [
        "four",
        "one",
        "theirs",
        "three",
        "two",
    ]
    assert sorted(on_server(address)) == ["four", "one", "theirs", "three", "two"]


def test_two_windows_of_one_person_wait_side_by_side(
    server: Server, address: str, tmp_path: Path, clock: Clock
) -> None:
    one, two = (launched(address, tmp_path, clock) for _ in range(2))
    one.add(Win(title="two"))
    assert one.saver.flush(20)
    server.stop("immediate")
    for session, title in ((one, "three"), (two, "four")):
        session.add(Win(title=title))
        wait_for(session, Progress.OFFLINE)
        session.saver.close(0)  # killed while it waits
    server.start()
    again = launched(address, tmp_path, clock)
    assert sorted(win.title for win in again.meeting.wins.values()) == ["four", "one", "three", "two"]
    assert sorted(on_server(address)) == ["four", "one", "three", "two"]
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["42.json"]


def test_what_waits_and_cannot_be_read_stays(
    server: Server, address: str, tmp_path: Path, clock: Clock
) -> None:
    session = launched(address, tmp_path, clock)
    session.add(Win(title="two"))
    assert session.saver.flush(20)
    folder = next(tmp_path.rglob("42.json")).parent
    cut = folder / "42.0123abcd.waiting"
    cut.write_text('{"meeting": {"he')
    session.add(Win(title="three"))
    assert session.saver.close()
    assert cut.read_text() == '{"meeting": {"he'
    assert on_server(address) == ["one", "two", "three"]


def test_the_files_are_for_their_owner_alone_and_hold_no_password(
    server: Server, address: str, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "a-secret")
    session = launched(address, tmp_path, clock)
    session.add(Win(title="two"))
    assert session.saver.close()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in files] == ["42.json"]
    assert files[0].stat().st_mode & 0o777 == 0o600
    assert b"a-secret" not in files[0].read_bytes()
    assert "accord@" not in str(files[0])


def test_without_a_place_to_wait_the_edit_is_said_not_to_be_saved(
    server: Server, address: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    store = PatientStore(address, "weekly", tmp_path / "file")
    base = store.read(42)
    server.stop("immediate")
    with pytest.raises(NotSaved, match="cannot be kept here"):
        store.save(with_win(base, "two"), base)
    with pytest.raises(StoreError, match="server"):
        PatientStore(address, "weekly", tmp_path / "other").numbers()


def test_the_app_s_workspace_is_patient_and_a_command_s_is_not(
    config: Config, paths: Paths, database: str
) -> None:
    config = replace(config, store=database)
    assert isinstance(Workspace.open(config, paths).store, PatientStore)
    assert not isinstance(Workspace.open(config, paths, background=False).store, PatientStore)
