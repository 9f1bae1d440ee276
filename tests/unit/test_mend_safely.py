"""What mending never does: lose, replace or change what it cannot be sure of."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.kinds import ItemState, MeetingState
from meetings.meeting import CONTENT, Head, Meeting
from meetings.model import ActionItem, Win
from meetings.session import Session
from meetings.store import aside
from meetings.store.base import NotSaved
from meetings.store.files import FileStore
from tests.conftest import MONDAY, Clock
from tests.unit.command_line import CommandLine
from tests.unit.mending import apart, content, edit_file, leftover, mended, session_on, set_aside, titles


@pytest.mark.parametrize(
    "spoil", [lambda raw: raw[:-20], lambda raw: raw.replace(b'"schema": 1', b'"schema": 3'), lambda raw: b""]
)
def test_while_the_latest_meeting_is_in_doubt_nothing_is_mended(
    accord: CommandLine, spoil: Callable[[bytes], bytes]
) -> None:
    accord.hold_a_meeting("Send the list")
    shutil.copy(accord.store.path(1), accord.store.folder / "0001 (1).json")
    leftover(accord.store, b"{", age=10**8)
    latest = accord.store.path(2)
    latest.write_bytes(spoil(latest.read_bytes()))
    before = content(accord.folder)
    got = accord("check", "--mend")
    assert got.status == 1
    assert got.out.startswith("Nothing was mended. 0002.json")
    assert content(accord.folder) == before
    report = accord("check", "--mend", "--json").json
    assert report["done"] == []
    assert report["refused"].startswith("0002.json")
    assert len(report["findings"]) == 3


def test_what_cannot_be_set_aside_stays_and_is_said(
    accord: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    accord("add", "Something")
    for name in ("0001 (1).json", "0001 (2).json"):
        shutil.copy(accord.store.path(1), accord.store.folder / name)
    before = content(accord.folder)
    real = aside.move

    def full(path: Path, stem: str) -> Path:
        if path.name == "0001 (2).json":
            raise OSError(28, "No space left on device")
        return real(path, stem)

    with monkeypatch.context() as patch:
        patch.setattr("meetings.store.mend.move", full)
        got = accord("check", "--mend")
    assert got.status == 1
    first, second, *_ = got.out.splitlines()
    assert "0001 (1).json: Set aside as set-aside/" in first
    assert second == "Nothing more was mended. 0001 (2).json could not be dealt with: the disk is full."
    assert sorted(content(accord.folder).values()) == sorted(before.values())
    assert accord("check", "--mend").status == 0


def test_a_merge_that_cannot_be_saved_leaves_meeting_and_copy(
    store: FileStore, running: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = apart(store, 1, clock, lambda s: None, lambda s: s.add(Win(title="There")))
    before = (store.path(1).read_bytes(), copy.read_bytes())

    def full(meeting: Meeting, base: Meeting) -> None:
        raise NotSaved("Meeting 1 could not be saved: the disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(store, "save", full)
        with pytest.raises(NotSaved, match="the disk is full"):
            list(store.mend())
    assert (store.path(1).read_bytes(), copy.read_bytes()) == before
    assert len(mended(store)) == 2


def test_a_copy_that_changes_meanwhile_stays_until_it_has_been_looked_at(
    store: FileStore, running: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = apart(store, 1, clock, lambda s: None, lambda s: s.add(Win(title="There")))
    real = store.save

    def meanwhile(meeting: Meeting, base: Meeting) -> object:
        edit_file(copy, lambda t: t["wins"].update({"9": {"uid": "w9", "title": "A moment later"}}))
        return real(meeting, base)

    with monkeypatch.context() as patch:
        patch.setattr(store, "save", meanwhile)
        assert [one.where for one in store.mend()] == ["0001.json"]
    assert copy.exists()
    assert len(mended(store)) == 2
    assert titles(store.read(1)) == {"There", "A moment later"}


def test_what_was_set_aside_is_never_replaced(store: FileStore, running: Session) -> None:
    for data in (b'{"a": 1}', b'{"b": 2}'):
        path = store.folder / "x.json"
        path.write_bytes(data)
        os.utime(path, (1, 1))
        aside.move(path, "0001.copy-then")
    assert set_aside(store) == [b'{"b": 2}', b'{"a": 1}']
    assert sorted(p.name for p in (store.folder / "set-aside").iterdir()) == [
        "0001.copy-then-2.json",
        "0001.copy-then.json",
    ]


def test_a_moment_beyond_the_calendar_has_a_name_too(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("")
    os.utime(path, ns=(10**21 // 10**3, 9 * 10**18))
    assert aside.moment_of(path)


# In general

WORDS = st.sampled_from(["one", "two", "three", "four"])
STEP = st.one_of(
    st.tuples(st.just("add"), WORDS),
    st.tuples(st.just("title"), WORDS),
    st.tuples(st.just("owner"), WORDS),
    st.tuples(st.just("done"), st.just("")),
    st.tuples(st.just("remove"), st.just("")),
    st.tuples(st.just("undo"), st.just("")),
    st.tuples(st.just("win"), WORDS),
)


def play(session: Session, clock: Clock, steps: list[tuple[str, str]], pick: st.DataObject) -> None:
    """Do these things to records of the meeting that are drawn at random."""
    for what, word in steps:
        clock.advance(1)
        items = list(session.meeting.action_items)
        if what == "add":
            session.add(ActionItem(title=word))
        elif what == "win":
            session.add(Win(title=word))
        elif what == "undo":
            if any(edit.seat == session.seat and not edit.undone for edit in session.meeting.edits.values()):
                session.undo()
        elif items:
            uid = pick.draw(st.sampled_from(items))
            if what == "remove":
                session.remove(uid)
            elif what == "done":
                session.change(uid, state=ItemState.DONE)
            else:
                session.change(uid, **{what: word})


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    before=st.lists(STEP, max_size=4),
    here=st.lists(STEP, max_size=5),
    there=st.lists(STEP, max_size=5),
    pick=st.data(),
)
def test_no_record_and_no_value_that_any_copy_held_is_lost(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[str, str]],
    here: list[tuple[str, str]],
    there: list[tuple[str, str]],
    pick: st.DataObject,
) -> None:
    clock = Clock()
    store = FileStore(tmp_path_factory.mktemp("store"))
    store.create(Meeting(head=Head(uid="head", state=MeetingState.RUNNING, date=MONDAY.date())))
    play(session_on(store, 1, clock, "before"), clock, before, pick)
    copy = apart(
        store,
        1,
        clock,
        lambda session: play(session, clock, here, pick),
        lambda session: play(session, clock, there, pick),
    )
    held = [store.read(1), FileStore(store.folder)._meeting(1, copy.read_bytes())]
    files = {store.path(1).read_bytes(), copy.read_bytes()}
    done = mended(store)
    result = store.read(1)
    for meeting in held:
        for table in CONTENT:
            assert set(meeting.table(table)) <= set(result.table(table))
    for uid, item in result.action_items.items():
        versions = [meeting.action_items[uid] for meeting in held if uid in meeting.action_items]
        for field in ("title", "owner", "state"):
            values = {getattr(version, field) for version in versions}
            assert getattr(item, field) in values
    assert files <= {store.path(1).read_bytes(), *set_aside(store)}
    assert not copy.exists()
    assert store.troubles() == []
    assert done


@given(
    raw=st.binary(max_size=60),
    name=st.sampled_from(["0001.json", "0001 (1).json", ".0001.json.0123abcd.tmp"]),
)
@settings(max_examples=60)
def test_any_bytes_in_any_of_these_files_are_named_or_fine_and_kept(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes, name: str
) -> None:
    store = FileStore(tmp_path_factory.mktemp("store"))
    for number in (1, 2):
        store.create(Meeting(head=Head(uid=f"head{number}", number=number)))
    whole = content(store.folder)
    (store.folder / name).write_bytes(raw)
    os.utime(store.folder / name, (1, 1))
    assert all("\n" not in trouble.what for trouble in store.troubles())
    list(store.mend())
    kept = content(store.folder)
    assert raw in kept.values() or name.endswith(".tmp")
    assert {key: data for key, data in whole.items() if key != name}.items() <= kept.items()
