"""A folder of meetings into a database and back."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from meetings.cli import copy as copy_command
from meetings.demo import write_demo
from meetings.store.base import NotSaved
from meetings.store.copying import copy
from meetings.store.files import FileStore
from meetings.store.watch import Cancelled
from tests.conftest import MONDAY
from tests.places import Series
from tests.unit.command_line import CommandLine
from tests.unit.test_store_files import meeting_with

MEETINGS = 12


@pytest.fixture
def folder(tmp_path: Path) -> FileStore:
    """A sample with a table and a column that Accord does not know."""
    write_demo(tmp_path / "sample", MEETINGS, until=MONDAY.date())
    store = FileStore(tmp_path / "sample" / "store")
    tables = msgspec.json.decode(store.raw(3))
    tables["weather"] = {"1": {"sky": "grey", "share": 1.0}}
    tables["meeting"]["1"]["mood"] = "fine"
    store.path(3).write_bytes(msgspec.json.encode(tables))
    return store


class After:
    """Cancels after so many meetings."""

    def __init__(self, most: int) -> None:
        self.most = most

    def step(self, done: int, all: int) -> None:
        if done == self.most:
            raise Cancelled


def test_there_and_back_is_the_same(folder: FileStore, database: str, tmp_path: Path) -> None:
    series = Series(database)
    assert copy(folder, series.store()).made == list(folder.numbers())
    back = FileStore(tmp_path / "back")
    done = copy(series.store(), back)
    assert done.complete
    assert list(back.numbers()) == list(folder.numbers())
    for number in folder.numbers():
        assert msgspec.json.decode(back.raw(number)) == msgspec.json.decode(folder.raw(number))
        assert back.read(number) == folder.read(number) == series.store().read(number)
    before, after = (msgspec.json.decode(store.raw(3)) for store in (folder, back))
    assert list(after) == list(before)
    assert list(after["goals"]["1"]) == list(before["goals"]["1"])


def test_an_interrupted_copy_goes_on(folder: FileStore, database: str) -> None:
    series = Series(database)
    with pytest.raises(Cancelled):
        copy(folder, series.store(), After(5))
    assert len(series.store().numbers()) == 5
    done = copy(folder, series.store())
    assert (len(done.there), len(done.made)) == (5, len(folder.numbers()) - 5)
    again = copy(folder, series.store())
    assert (len(again.there), again.made) == (len(folder.numbers()), [])


def test_an_interrupted_copy_back_goes_on(folder: FileStore, database: str, tmp_path: Path) -> None:
    series, back = Series(database), FileStore(tmp_path / "back")
    copy(folder, series.store())
    with pytest.raises(Cancelled):
        copy(series.store(), back, After(5))
    (back.folder / ".0006.json.0badcafe.tmp").write_bytes(folder.raw(6)[:100])  # a write that was killed
    done = copy(series.store(), back)
    assert (len(done.there), len(done.made)) == (5, len(folder.numbers()) - 5)
    assert [back.read(number) for number in back.numbers()] == [
        folder.read(number) for number in folder.numbers()
    ]


def test_what_a_database_cannot_hold_is_named_and_the_rest_is_copied(
    folder: FileStore, database: str
) -> None:
    tables = msgspec.json.decode(folder.raw(4))
    tables["weather"] = {"1": {"sky": "grey\0"}}
    folder.path(4).write_bytes(msgspec.json.encode(tables))
    done = copy(folder, Series(database).store())
    assert [error.message.partition(" cannot be kept in ")[0] for error in done.unread] == ["Meeting 4"]
    assert done.made == [number for number in folder.numbers() if number != 4]


def test_ctrl_c_says_how_far_it_has_come(
    accord: CommandLine, folder: FileStore, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ("copy", "--from", str(folder.folder), "--to", database, "--series", Series(database).name)
    plain = copy_command._Progress.step

    def step(progress: copy_command._Progress, done: int, all: int) -> None:
        plain(progress, done, all)
        if done == 5:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(copy_command._Progress, "step", step)
        got = accord(*command)
    assert got.status == 130
    count = len(folder.numbers())
    assert got.err.strip() == f"Interrupted after 5 of {count} meetings. The same command goes on from there."
    assert f"{count - 5} meetings copied" in accord(*command).out


def test_what_is_there_already_and_what_cannot_be_read_is_named(folder: FileStore, tmp_path: Path) -> None:
    target = FileStore(tmp_path / "other")
    target.create(meeting_with("Another meeting", number=2))
    before = target.raw(2)
    folder.path(4).write_bytes(folder.raw(4)[:-50])
    done = copy(folder, target)
    assert done.different == [2]
    assert [error.message[:9] for error in done.unread] == ["0004.json"]
    assert not done.complete
    assert target.raw(2) == before
    with pytest.raises(NotSaved, match="there already"):
        target.restore(2, before)


def test_from_the_command_line(accord: CommandLine, folder: FileStore, database: str) -> None:
    source = str(folder.folder)
    name = Series(database).name
    got = accord("copy", "--from", source, "--to", database, "--series", name)
    assert got.status == 0
    assert got.out.startswith(
        f"{len(folder.numbers())} meetings copied from {source} to postgres on 127.0.0.1"
    )
    got = accord("copy", "--from", database, "--series", name, "--to", "back")
    assert got.status == 0
    got = accord("copy", "--from", source, "--to", "back")
    assert (
        f"0 meetings copied from {source} to back and compared; {len(folder.numbers())} meetings were"
        in got.out
    )
    got = accord("copy", "--from", "back", "--to", "back")
    assert (got.status, got.err.splitlines()[0]) == (2, "Both are the same store; nothing was copied.")
    got = accord("copy", "--from", "nowhere", "--to", "back")
    assert (got.status, got.err.splitlines()[0]) == (
        2,
        "There are no meetings in nowhere; nothing was copied.",
    )
