"""What is done about temporary files that killed writes have left."""

from __future__ import annotations

import os

import pytest

from meetings.model import Win
from meetings.session import Session
from meetings.store.files import FileStore
from tests.conftest import Clock
from tests.unit.mending import leftover, mended, set_aside


@pytest.mark.parametrize("part", [0.0, 0.5, 1.0])
def test_a_leftover_of_which_nothing_is_lost_is_removed(
    store: FileStore, running: Session, part: float
) -> None:
    raw = store.path(1).read_bytes()
    path = leftover(store, raw[: int(len(raw) * part)])
    [trouble] = store.troubles()
    assert trouble.where == path.name
    assert mended(store) == ["Removed: a write was killed and had left it; nothing in it is lost."]
    assert not path.exists()
    assert store.path(1).read_bytes() == raw


def test_one_that_holds_an_edit_that_never_arrived_is_kept_aside(
    store: FileStore, running: Session, clock: Clock
) -> None:
    raw = store.path(1).read_bytes()
    running.add(Win(title="Never acknowledged"))
    path = leftover(store, store.path(1).read_bytes())
    data = path.read_bytes()
    store.path(1).write_bytes(raw)
    [done] = mended(store)
    assert done.startswith("Set aside as set-aside/0001.unfinished-")
    assert set_aside(store) == [data]
    assert store.path(1).read_bytes() == raw


def test_one_of_a_meeting_that_is_not_there_is_kept_aside(closed: FileStore) -> None:
    path = closed.folder / ".0001.json.0123abcd.tmp"
    closed.path(1).rename(path)
    os.utime(path, (1, 1))
    assert len(mended(closed)) == 1
    [kept] = (closed.folder / "set-aside").iterdir()
    assert kept.name == "0001.unfinished-1970-01-01T000001Z.json"


@pytest.mark.parametrize("age", [0, 200, -10_000])
def test_a_file_that_may_be_being_written_is_left_in_peace(
    store: FileStore, running: Session, age: float
) -> None:
    path = leftover(store, b"{", age)
    assert store.troubles() == []
    assert mended(store) == []
    assert path.exists()


def test_leftovers_of_other_programs_are_not_ours(store: FileStore, running: Session) -> None:
    for name in (
        ".syncthing.0001.json.tmp",
        "~syncthing~0001.json.tmp",
        ".0001.json.swp",
        ".0001.json.abc.tmp",
    ):
        (store.folder / name).write_bytes(b"")
        os.utime(store.folder / name, (1, 1))
    assert store.troubles() == []
    assert mended(store) == []


def test_a_leftover_in_the_folder_of_what_was_set_aside_is_removed(
    store: FileStore, running: Session
) -> None:
    folder = store.folder / "set-aside"
    folder.mkdir()
    (folder / ".0001.schema-1.json.0123abcd.tmp").write_bytes(b"{")
    (folder / "0001.copy-2026-11-21T101500Z.json").write_bytes(b"mine")
    os.utime(folder / ".0001.schema-1.json.0123abcd.tmp", (1, 1))
    assert len(mended(store)) == 1
    assert set_aside(store) == [b"mine"]
