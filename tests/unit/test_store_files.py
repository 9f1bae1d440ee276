"""A folder of meeting files: plain JSON tables that others can read and edit, and nothing of theirs is lost."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import portalocker
import pytest
from msgspec.structs import replace
from tinydb import TinyDB

from meetings.errors import StoreError
from meetings.flow.lifecycle import plan_first
from meetings.kinds import MeetingState, Team
from meetings.meeting import CONTENT, TABLES, Head, Meeting
from meetings.model import ActionItem, Goal, Reading, Win
from meetings.session import Session
from meetings.store import durable
from meetings.store.base import NewerFormat, NotSaved, ReadOnly, Unreadable
from meetings.store.files import FileStore
from tests.conftest import MONDAY, Clock


def meeting_with(*wins: str, **head: Any) -> Meeting:
    """Meeting 42, running, with those wins."""
    values: dict[str, Any] = {
        "uid": "head",
        "number": 42,
        "state": MeetingState.RUNNING,
        "date": MONDAY.date(),
    }
    rows = {
        name: Win(uid=f"uid-{name}", title=name, created_at=MONDAY, updated_at=MONDAY, position=float(place))
        for place, name in enumerate(wins, start=1)
    }
    return Meeting(head=Head(**(values | head)), wins={row.uid: row for row in rows.values()})


def with_win(meeting: Meeting, title: str) -> Meeting:
    row = Win(uid=f"uid-{title}", title=title, position=float(len(meeting.wins) + 1))
    return meeting.with_tables({"wins": {**meeting.wins, row.uid: row}})


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "store")


def listing(store: FileStore) -> list[str]:
    return sorted(path.name for path in store.folder.iterdir() if path.name != ".lock")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# What the files hold


def test_a_meeting_is_a_file_and_tinydb_reads_it(store: FileStore) -> None:
    item = ActionItem(uid="i", title="Send the list", owner="Sam", team=Team.A, due=dt.date(2026, 11, 20))
    goal = Goal(uid="g", title="Ünïcode “goal”", readings=(Reading(dt.date(2026, 11, 16), 27.0),))
    meeting = replace(meeting_with("ACME signed"), action_items={"i": item}, goals={"g": goal})
    store.create(meeting)
    assert listing(store) == ["0042.json"]
    assert FileStore(store.folder).read(42) == meeting
    with TinyDB(store.path(42), access_mode="r") as db:
        assert db.tables() == set(TABLES)
        assert [row["number"] for row in db.table("meeting")] == [42]
        row = db.table("action_items").get(doc_id=1)
        assert row is not None
        assert not isinstance(row, list)
        assert (row["title"], row["owner"], row["due"], row["state"]) == (
            "Send the list",
            "Sam",
            "2026-11-20",
            "open",
        )
        assert db.table("goals").all()[0]["readings"] == [{"date": "2026-11-16", "value": 27.0}]
        assert db.table("goals").all()[0]["title"] == "Ünïcode “goal”"
    assert "Ünïcode “goal”" in store.path(42).read_text("utf-8")


def test_after_edits_tinydb_reads_it_too_and_row_numbers_stay(store: FileStore) -> None:
    first = store.create(meeting_with("one", "two", "three"))
    without = replace(first, wins={uid: win for uid, win in first.wins.items() if win.title != "two"})
    second = store.save(without, first).meeting
    store.save(with_win(second, "four"), second)
    with TinyDB(store.path(42), access_mode="r") as db:
        assert {row.doc_id: row["title"] for row in db.table("wins")} == {1: "one", 3: "three", 4: "four"}


def test_the_file_is_indented_so_that_it_compares_line_by_line(store: FileStore) -> None:
    first = store.create(meeting_with("one", "two"))
    before = store.path(42).read_text().splitlines()
    changed = replace(first.wins["uid-one"], title="ONE")
    store.save(first.with_tables({"wins": {**first.wins, "uid-one": changed}}), first)
    after = store.path(42).read_text().splitlines()
    different = [line for line in after if line not in before]
    assert [line.strip().split(":")[0] for line in different] == ['"version"', '"title"']


def test_numbers_are_those_of_meeting_files_alone(store: FileStore) -> None:
    assert store.numbers() == []
    store.folder.mkdir()
    for name in (
        "0003.json",
        "0001.json",
        "12345.json",
        "00001.json",
        "0002.json.bak",
        "notes.txt",
        "٠٠٠٤.json",
    ):
        (store.folder / name).write_text("{}")
    assert store.numbers() == [1, 3, 12345]


def test_creating_leaves_alone_what_is_there(store: FileStore) -> None:
    store.create(meeting_with("first"))
    raw = store.path(42).read_bytes()
    assert list(store.create(meeting_with("second")).wins) == ["uid-first"]
    assert store.path(42).read_bytes() == raw


def test_saving_what_has_not_changed_writes_nothing(store: FileStore) -> None:
    first = store.create(meeting_with("one"))
    stamp = store.stamp(42)
    assert store.save(first, first).meeting == first
    assert store.stamp(42) == stamp


def test_each_save_is_the_next_version(store: FileStore) -> None:
    meeting = store.create(meeting_with())
    for version in (1, 2, 3):
        meeting = store.save(with_win(meeting, f"w{version}"), meeting).meeting
        assert meeting.head.version == version
        assert FileStore(store.folder).read(42) == meeting


# Modes


def test_new_files_are_for_their_owner_alone(store: FileStore) -> None:
    store.create(meeting_with())
    assert mode(store.folder) == 0o700
    assert mode(store.path(42)) == 0o600
    assert mode(store.folder / ".lock") == 0o600


def test_a_replaced_file_keeps_its_mode(store: FileStore) -> None:
    first = store.create(meeting_with())
    store.path(42).chmod(0o640)
    store.save(with_win(first, "one"), first)
    assert mode(store.path(42)) == 0o640


def test_in_a_shared_folder_others_may_take_the_lock(store: FileStore) -> None:
    store.folder.mkdir()
    store.folder.chmod(0o770)
    store.create(meeting_with())
    assert mode(store.folder / ".lock") == 0o660


def test_a_folder_without_write_permission_can_still_be_locked_by_who_may(store: FileStore) -> None:
    first = store.create(meeting_with())
    (store.folder / ".lock").unlink()
    store.folder.chmod(0o500)
    try:
        if os.access(store.folder, os.W_OK):  # the system's administrator
            assert store.save(with_win(first, "one"), first).meeting.wins
        else:
            with pytest.raises(ReadOnly, match="permission is denied"):
                store.save(with_win(first, "one"), first)
    finally:
        store.folder.chmod(0o700)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root may give files away")
def test_a_replaced_file_keeps_its_group(store: FileStore) -> None:
    first = store.create(meeting_with())
    os.chown(store.path(42), -1, 4242)
    store.save(with_win(first, "one"), first)
    assert store.path(42).stat().st_gid == 4242


# Several writers


def test_two_stores_on_one_file_lose_nothing(store: FileStore) -> None:
    base = store.create(meeting_with("one"))
    other = FileStore(store.folder)
    other.save(with_win(base, "theirs"), base)
    saved = store.save(with_win(base, "mine"), base)
    assert set(saved.meeting.wins) == {"uid-one", "uid-theirs", "uid-mine"}
    assert saved.clashes == ()
    assert FileStore(store.folder).read(42) == saved.meeting


def test_columns_and_tables_that_accord_does_not_know_stay(store: FileStore) -> None:
    first = store.create(meeting_with("one", "two"))
    tables = json.loads(store.path(42).read_text())
    tables["wins"]["1"]["colour"] = {"deep": [1, 2.5, 123456789012345678901234567890]}
    tables["meeting"]["1"]["room"] = "4.17"
    tables["_default"] = {"7": {"text": "mine"}}
    tables["comment"] = ["not", "a table"]
    store.path(42).write_text(json.dumps(tables))
    changed = replace(first.wins["uid-one"], title="ONE")
    meeting = store.save(first.with_tables({"wins": {**first.wins, "uid-one": changed}}), first).meeting
    rest = {uid: win for uid, win in meeting.wins.items() if uid != "uid-two"}
    store.save(meeting.with_tables({"wins": rest}), meeting)
    found = json.loads(store.path(42).read_text())
    assert found["wins"]["1"]["colour"] == {"deep": [1, 2.5, 123456789012345678901234567890]}
    assert found["wins"]["1"]["title"] == "ONE"
    assert found["meeting"]["1"]["room"] == "4.17"
    assert found["_default"] == {"7": {"text": "mine"}}
    assert found["comment"] == ["not", "a table"]


def test_a_file_from_an_editor_with_a_mark_and_other_line_ends_is_read_and_saved(store: FileStore) -> None:
    first = store.create(meeting_with("one"))
    store.path(42).write_bytes(b"\xef\xbb\xbf" + store.path(42).read_bytes().replace(b"\n", b"\r\n"))
    assert FileStore(store.folder).read(42) == first
    store.save(with_win(first, "two"), first)
    assert set(FileStore(store.folder).read(42).wins) == {"uid-one", "uid-two"}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda tables: tables["wins"]["1"].pop("uid"),
        lambda tables: tables["wins"].update({"first": tables["wins"].pop("1")}),
    ],
)
def test_a_row_without_uid_or_number_is_refused_before_anything_is_edited(
    store: FileStore, spoil: Callable[[dict[str, Any]], object]
) -> None:
    first = store.create(meeting_with("one"))
    tables = json.loads(store.path(42).read_text())
    spoil(tables)
    raw = json.dumps(tables)
    store.path(42).write_text(raw)
    with pytest.raises(
        Unreadable, match=r"0042\.json has a row without a number or without a uid in its table “wins”"
    ):
        store.save(with_win(first, "two"), first)
    assert store.path(42).read_text() == raw


def test_a_file_that_is_gone_is_not_made_again_from_changes_alone(store: FileStore) -> None:
    first = store.create(meeting_with("one"))
    store.path(42).unlink()
    with pytest.raises(NotSaved, match="is gone"):
        store.save(with_win(first, "two"), first)


# What cannot be read


def test_a_missing_meeting_is_one_sentence(store: FileStore) -> None:
    with pytest.raises(StoreError, match="There is no meeting 7 in"):
        store.read(7)


def test_a_file_under_another_number_is_refused(store: FileStore) -> None:
    store.create(meeting_with())
    store.path(42).rename(store.path(43))
    with pytest.raises(Unreadable, match=r"0043\.json says that it is meeting 42"):
        store.read(43)


def test_a_folder_in_place_of_a_file_and_a_file_in_place_of_the_folder(store: FileStore) -> None:
    store.path(42).mkdir(parents=True)
    with pytest.raises(Unreadable, match=r"0042\.json cannot be read: is a directory"):
        store.read(42)
    other = FileStore(store.path(42) / "file")
    other.folder.write_text("")
    with pytest.raises(StoreError, match="cannot be read: not a directory"):
        other.numbers()
    with pytest.raises(NotSaved, match="cannot be made"):
        other.create(meeting_with())


def test_a_newer_file_is_never_written_to(store: FileStore) -> None:
    first = store.create(meeting_with("one"))
    raw = store.path(42).read_bytes().replace(b'"schema": 1', b'"schema": 2')
    store.path(42).write_bytes(raw)
    with pytest.raises(NewerFormat):
        store.save(with_win(first, "two"), first)
    assert store.path(42).read_bytes() == raw


def test_troubles_are_named_in_order(store: FileStore) -> None:
    for number in (1, 2, 5):
        store.create(meeting_with(number=number))
    store.path(2).write_text("[]")
    troubles = store.troubles()
    assert [trouble.where for trouble in troubles] == ["0002.json", "0003.json", "0004.json"]
    assert all(trouble.remedy for trouble in troubles)


# What cannot be written

REASONS = {
    errno.EACCES: "permission is denied",
    errno.ENOSPC: "the disk is full",
    errno.EIO: "input/output error",
}


def refuse(code: int) -> Callable[..., Any]:
    def refused(*args: Any, **options: Any) -> Any:
        raise OSError(code, os.strerror(code))

    return refused


class _WritesFail:
    """A file whose write fails, as the standard library's would."""

    def __init__(self, file: Any, code: int) -> None:
        self._file, self._code = file, code

    def __enter__(self) -> _WritesFail:
        return self

    def __exit__(self, *exc: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return refuse(self._code) if name == "write" else getattr(self._file, name)


def break_at(patch: pytest.MonkeyPatch, place: str, code: int) -> None:
    """Make one system call of a durable write fail with that error."""
    real_open, real_fdopen = os.open, os.fdopen
    if place == "open":

        def opening(path: Any, flags: int, *rest: Any) -> int:
            if str(path).endswith(".tmp"):
                raise OSError(code, os.strerror(code))
            return real_open(path, flags, *rest)

        patch.setattr(durable.os, "open", opening)
    elif place == "write":
        patch.setattr(durable.os, "fdopen", lambda *args: _WritesFail(real_fdopen(*args), code))
    elif place == "fsync":
        patch.setattr(durable.os, "fsync", refuse(code))
    else:
        patch.setattr(Path, "replace", refuse(code))


@pytest.mark.parametrize("code", list(REASONS))
@pytest.mark.parametrize("place", ["open", "write", "fsync", "replace"])
def test_a_failed_write_leaves_the_old_file_whole_and_can_be_tried_again(
    store: FileStore, monkeypatch: pytest.MonkeyPatch, place: str, code: int
) -> None:
    first = store.create(meeting_with("one"))
    raw = store.path(42).read_bytes()
    edited = with_win(first, "two")
    with monkeypatch.context() as patch:
        break_at(patch, place, code)
        with pytest.raises(NotSaved, match=f"Meeting 42 could not be saved: {REASONS[code]}."):
            store.save(edited, first)
        with pytest.raises(NotSaved, match="Meeting 43 could not be saved"):
            store.create(meeting_with(number=43))
    assert store.path(42).read_bytes() == raw
    assert listing(store) == ["0042.json"]
    saved = store.save(edited, first)
    assert set(saved.meeting.wins) == {"uid-one", "uid-two"}
    assert FileStore(store.folder).read(42) == saved.meeting


@pytest.mark.parametrize("code", list(REASONS))
def test_through_a_session_memory_keeps_the_edit(
    store: FileStore, clock: Clock, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    session = Session(
        store, store.create(meeting_with()), seat="s", now=clock.now, today=clock.today, background=False
    )
    with monkeypatch.context() as patch:
        break_at(patch, "write", code)
        with pytest.raises(NotSaved, match=REASONS[code]):
            session.add(Win(title="kept"))
    assert [win.title for win in session.meeting.wins.values()] == ["kept"]
    session.add(Win(title="next"))
    assert [win.title for win in FileStore(store.folder).read(42).wins.values()] == ["kept", "next"]


def test_a_folder_that_refuses_the_lock_is_read_only(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = store.create(meeting_with())
    monkeypatch.setattr("portalocker.Lock.acquire", refuse(errno.EROFS))
    with pytest.raises(ReadOnly, match=r"Nothing can be written in .*: the disk is read-only\."):
        store.save(with_win(first, "one"), first)


def test_a_lock_that_another_program_keeps_is_said(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    first = store.create(meeting_with())
    monkeypatch.setattr("meetings.store.locking.LOCK_SECONDS", 0.0)
    with (
        portalocker.Lock(store.folder / ".lock", "ab"),
        pytest.raises(NotSaved, match="Another program has held the store's lock"),
    ):
        store.save(with_win(first, "one"), first)
    assert store.save(with_win(first, "one"), first).meeting.wins


def test_a_network_folder_that_cannot_be_synced_is_no_failure(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def no_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", no_folders)
    store.create(meeting_with("one"))
    assert store.read(42).wins


# Killed

WRITER = """
import datetime as dt, sys
from pathlib import Path
from meetings.model import Win
from meetings.session import Session
from meetings.store.files import FileStore

store = FileStore(Path(sys.argv[1]))
session = Session(store, store.read(1), seat="w", now=lambda: dt.datetime.now(dt.UTC), today=dt.date.today,
                  background=False)
count = 0
while True:
    win = session.add(Win(title=f"win {count}", what_worked="x" * 2000))
    print(win.uid, flush=True)
    count += 1
    if count % 7 == 0:
        session.undo()
        print("-" + win.uid, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_what_was_acknowledged_is_there_after_kill_9(store: FileStore, config: Any) -> None:
    store.create(plan_first(config, MONDAY.date(), MONDAY, "head"))
    acknowledged: set[str] = set()
    for turn in range(10):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(store.folder)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(2 + turn)]
        writer.send_signal(signal.SIGKILL)
        lines += writer.stdout.readlines()
        writer.wait()
        writer.stdout.close()
        undoing = ""
        for line in (line.strip() for line in lines if line.endswith("\n")):
            if line.startswith("-"):
                acknowledged.discard(line[1:])
            else:
                acknowledged.add(line)
                undoing = line
        there = set(FileStore(store.folder).read(1).wins)
        # The last one may have been taken back already when the kill came before that was said.
        assert acknowledged - there <= {undoing}
        acknowledged &= there
    assert len(acknowledged) > 10


def test_every_table_of_content_can_be_stored(store: FileStore) -> None:
    records = {name: TABLES[name](uid=f"uid-{name}") for name in CONTENT}
    meeting = meeting_with().with_tables({name: {row.uid: row} for name, row in records.items()})
    store.create(meeting)
    assert FileStore(store.folder).read(42) == meeting
