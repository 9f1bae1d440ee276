"""What `accord check` finds in a store and what --mend does: nothing that anybody wrote is ever lost."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from meetings.flow.lifecycle import plan_first
from meetings.kinds import ItemState, MeetingState
from meetings.meeting import CONTENT, Head, Meeting
from meetings.model import ActionItem, Goal, Rating, Reading, Win
from meetings.session import Session
from meetings.store import aside
from meetings.store.base import Mended, NotSaved, Trouble, Unreadable
from meetings.store.conflicts import recognised
from meetings.store.files import FileStore
from meetings.workspace import Workspace
from tests.conftest import MONDAY, Clock
from tests.unit.command_line import CommandLine

COPY = " (Sam's conflicted copy 2026-11-21).json"
"""How the copy's name ends that the other machine's file becomes in these tests."""
Edits = Callable[[Session], object]


@pytest.fixture
def store(workspace: Workspace) -> FileStore:
    assert isinstance(workspace.store, FileStore)
    return workspace.store


@pytest.fixture
def running(workspace: Workspace) -> Session:
    """Meeting 1, running."""
    return workspace.start(workspace.session())


def session_on(store: FileStore, number: int, clock: Clock, seat: str = "other") -> Session:
    return Session(store, store.read(number), seat=seat, now=clock.now, today=clock.today, background=False)


def apart(store: FileStore, number: int, clock: Clock, here: Edits, there: Edits) -> Path:
    """One meeting, edited on two machines at once; the other's file arrives as a copy beside ours."""
    copy = store.folder / f"{number:04d}{COPY}"
    with TemporaryDirectory() as folder:
        other = Path(folder) / "store"
        shutil.copytree(store.folder, other)
        clock.advance(60)
        here(session_on(store, number, clock, "here"))
        clock.advance(60)
        there(session_on(FileStore(other), number, clock, "there"))
        shutil.copy(other / f"{number:04d}.json", copy)
    return copy


def content(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def mended(store: FileStore) -> list[str]:
    """What was done. Doing it once more changes nothing."""
    done = [one.what for one in store.mend()]
    after = content(store.folder)
    assert list(store.mend()) == []
    assert content(store.folder) == after
    return done


def set_aside(store: FileStore) -> list[bytes]:
    return [path.read_bytes() for path in sorted((store.folder / "set-aside").glob("*.json"))]


def titles(meeting: Meeting) -> set[str]:
    return {win.title for win in meeting.wins.values()}


def edit_file(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a file as a person with a text editor would."""
    tables = json.loads(path.read_text("utf-8"))
    change(tables)
    path.write_text(json.dumps(tables, indent=1, ensure_ascii=False), "utf-8")


# Names


@pytest.mark.parametrize(
    ("name", "number", "maker"),
    [
        ("0042 (Sam's conflicted copy 2026-11-21).json", 42, "Dropbox"),
        ("0042 (Sam (Sales)'s conflicted copy 2026-11-21 (1)).json", 42, "Dropbox"),
        ("0042 (conflicted copy 2026-11-21 101500).json", 42, "Nextcloud"),
        ("0042_conflict-20261121-101500.json", 42, "ownCloud"),
        ("0042.sync-conflict-20261121-101500-ABCDEFG.json", 42, "Syncthing"),
        ("0042-LAPTOP.json", 42, "OneDrive"),
        ("0042-Sams-MacBook-Pro-2.json", 42, "OneDrive"),
        ("0042 (1).json", 42, "Google Drive or a browser"),
        ("0042(1).json", 42, "Google Drive or a browser"),
        ("0042 2.json", 42, "iCloud"),
        ("0042 (SFConflict sam@example.org 2026-11-21-10-15-00).json", 42, "Seafile"),
        ("0042.Conflict.json", 42, "Resilio Sync"),
        (
            "0042 (In Konflikt stehende Kopie von Sam 2026-11-21).json",
            42,
            "a program that keeps folders in step",
        ),
        ("0042 (copy 2026-11-21 1000).json", 42, "Accord itself"),
        ("0042 (copy 2026-11-21 1000 2).json", 42, "Accord itself"),
        ("0042 - Copy.json", 42, "a file manager"),
        ("0042 copy 2.json", 42, "a file manager"),
        ("00001.json", 1, "another name"),
        ("42.json", 42, "another name"),
        ("12345 (1).json", 12345, "Google Drive or a browser"),
    ],
)
def test_copies_are_known_by_the_names_that_programs_give_them(name: str, number: int, maker: str) -> None:
    stray = recognised(Path(name))
    assert stray is not None
    assert (stray.number, stray.maker) == (number, maker)


@pytest.mark.parametrize(
    "name",
    [
        "0042.json",
        "12345.json",
        ".lock",
        ".DS_Store",
        "0042.json.bak",
        "notes.txt",
        "package.json",
        ".stfolder",
    ],
)
def test_other_names_are_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{}")
    assert recognised(tmp_path / name) is None


def test_a_meeting_under_any_other_name_is_named_and_no_other_json(
    store: FileStore, running: Session
) -> None:
    shutil.copy(store.path(1), store.folder / "Backup of monday.json")
    (store.folder / "settings.json").write_text('{"meeting": 5}')
    [trouble] = store.troubles()
    assert trouble.where == "Backup of monday.json"
    assert trouble.what.startswith("This holds meeting 1, but only 0001.json is read.")


HOSTILE = [
    "0001 (\x1b[31m\x1b]0;x\x07's conflicted copy 2026-11-21).json",
    "0001 (a\nb's conflicted copy 2026-11-21).json",
    "0001 (\u202egpj.exe's conflicted copy 2026-11-21).json",
    "0001 ([red][b]'s conflicted copy 2026-11-21).json",
    "0001 (" + "x" * 200 + " conflicted copy 2026-11-21).json",
    os.fsdecode(b"0001 (\xff\xfe's conflicted copy 2026-11-21).json"),
    "0001 (-rf's conflicted copy 2026-11-21).json",
]


@pytest.mark.skipif(os.name != "posix", reason="such names cannot be given there")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_one_clean_line_and_are_set_aside_under_a_plain_one(
    accord: CommandLine, name: str
) -> None:
    accord("add", "Something")
    shutil.copy(accord.store.path(1), accord.store.folder / name)
    got = accord("check")
    assert got.status == 1
    assert len(got.out.splitlines()) == 3
    assert not set(got.out) & set("\x1b\x07\u202e\udcff")
    assert accord("check", "--json").json[0]["what"].startswith("This is a copy of meeting 1 that Dropbox")
    assert accord("check", "--mend").status == 0
    [path] = (accord.store.folder / "set-aside").iterdir()
    assert path.name.startswith("0001.copy-2")
    assert path.name.isascii()


@pytest.mark.skipif(os.name != "posix", reason="pipes and links")
def test_a_pipe_a_folder_and_a_link_by_such_a_name_are_named_and_left(
    store: FileStore, running: Session, tmp_path: Path
) -> None:
    os.mkfifo(store.folder / "0001 (1).json")
    (store.folder / "0001 (2).json").mkdir()
    (tmp_path / "elsewhere.json").write_bytes(store.path(1).read_bytes())
    (store.folder / "0001 (3).json").symlink_to(tmp_path / "elsewhere.json")
    (store.folder / "0001 (4).json").symlink_to("0001 (4).json")
    before = sorted(os.listdir(store.folder))  # noqa: PTH208
    assert [trouble.where for trouble in store.troubles()] == [f"0001 ({n}).json" for n in (1, 2, 3, 4)]
    assert mended(store) == []
    assert sorted(os.listdir(store.folder)) == before  # noqa: PTH208


# A copy of the meeting that accepts edits


def test_what_two_machines_added_is_in_one_meeting_and_both_files_are_kept(
    store: FileStore, running: Session, clock: Clock
) -> None:
    copy = apart(
        store, 1, clock, lambda s: s.add(Win(title="Here")), lambda s: s.add(ActionItem(title="There"))
    )
    before, other = store.path(1).read_bytes(), copy.read_bytes()
    [trouble] = store.troubles()
    assert trouble.where == copy.name
    assert "It holds more than 0001.json." in trouble.what
    done = mended(store)
    assert len(done) == 2
    assert done[0].startswith(
        f"Merged with “{copy.name}”; what 0001.json was before is in set-aside/0001.before-merge-"
    )
    assert done[1].startswith("Set aside as set-aside/0001.copy-")
    meeting = store.read(1)
    assert titles(meeting) == {"Here"}
    assert [item.title for item in meeting.action_items.values()] == ["There"]
    assert set(set_aside(store)) == {before, other}
    assert not copy.exists()
    assert store.troubles() == []


def test_different_fields_of_one_record_are_both_kept_without_a_clash(
    store: FileStore, running: Session, clock: Clock
) -> None:
    item = running.add(ActionItem(title="Send the list", owner="Sam"))
    apart(
        store,
        1,
        clock,
        lambda s: s.change(item.uid, title="Send both lists"),
        lambda s: s.change(item.uid, owner="Lena", due=dt.date(2026, 12, 4)),
    )
    assert len(mended(store)) == 2
    merged = store.read(1).action_items[item.uid]
    assert (merged.title, merged.owner, merged.due) == ("Send both lists", "Lena", dt.date(2026, 12, 4))


def test_an_edit_that_was_undone_again_on_one_machine_does_not_count(
    store: FileStore, running: Session, clock: Clock
) -> None:
    item = running.add(ActionItem(title="Send the list", owner="Sam"))

    def and_back(session: Session) -> None:
        session.change(item.uid, owner="Jonas")
        session.undo()

    apart(store, 1, clock, lambda s: s.change(item.uid, owner="Lena"), and_back)
    assert len(mended(store)) == 2
    assert store.read(1).action_items[item.uid].owner == "Lena"


def test_an_edit_of_both_that_one_machine_took_back_is_taken_back(
    store: FileStore, running: Session, clock: Clock
) -> None:
    item = running.add(ActionItem(title="Send the list", owner="Sam"))
    running.change(item.uid, owner="Lena")
    other = store.folder.parent / "other"
    shutil.copytree(store.folder, other)
    clock.advance(60)
    running.undo()
    clock.advance(60)
    session_on(FileStore(other), 1, clock).change(item.uid, title="Send both")
    shutil.copy(other / "0001.json", store.folder / f"0001{COPY}")
    assert len(mended(store)) == 2
    merged = store.read(1).action_items[item.uid]
    assert (merged.title, merged.owner) == ("Send both", "Sam")


def test_where_both_changed_one_field_the_later_is_kept_and_both_are_named(
    store: FileStore, running: Session, clock: Clock
) -> None:
    item = running.add(ActionItem(title="Send the list"))
    apart(
        store,
        1,
        clock,
        lambda s: s.change(item.uid, title="Send both lists"),
        lambda s: s.change(item.uid, title="Send nothing"),
    )
    done = mended(store)
    assert done[1] == (
        "The title of the action item “Send nothing”: “Send nothing” is kept, not “Send both lists”."
    )
    assert store.read(1).action_items[item.uid].title == "Send nothing"


def test_readings_of_both_machines_are_kept(store: FileStore, running: Session, clock: Clock) -> None:
    goal = running.add(Goal(title="Pipeline", readings=(Reading(dt.date(2026, 11, 1), 1.0),)))

    def reading(day: int, value: float) -> Edits:
        def add(session: Session) -> None:
            old = session.meeting.goals[goal.uid].readings
            session.change(goal.uid, readings=(*old, Reading(dt.date(2026, 11, day), value)))

        return add

    apart(store, 1, clock, reading(8, 2.0), reading(9, 3.0))
    assert len(mended(store)) == 2
    assert [one.value for one in store.read(1).goals[goal.uid].readings] == [1.0, 2.0, 3.0]


def test_a_record_that_one_machine_removed_comes_back(
    store: FileStore, running: Session, clock: Clock
) -> None:
    win = running.add(Win(title="Removed here"))
    apart(store, 1, clock, lambda s: s.remove(win.uid), lambda s: s.add(Win(title="There")))
    mended(store)
    assert titles(store.read(1)) == {"Removed here", "There"}


def test_a_text_editor_s_change_in_the_copy_is_named_when_it_differs(
    store: FileStore, running: Session, clock: Clock
) -> None:
    win = running.add(Win(title="ACME signed", source="Fair"))
    copy = apart(store, 1, clock, lambda s: s.change(win.uid, source="Call"), lambda s: s.add(Win(title="x")))
    edit_file(copy, lambda tables: tables["wins"]["1"].update(source="Typed by hand"))
    done = mended(store)
    assert "The source of the win “ACME signed”: “Call” is kept, not “Typed by hand”." in done


def test_a_copy_that_holds_nothing_more_is_set_aside_and_the_meeting_is_not_written(
    store: FileStore, running: Session, clock: Clock
) -> None:
    copy = apart(store, 1, clock, lambda s: s.add(Win(title="Here")), lambda s: None)
    raw = store.path(1).read_bytes()
    [trouble] = store.troubles()
    assert trouble.what.endswith("It holds nothing that 0001.json lacks.")
    [done] = mended(store)
    assert done.startswith("Set aside as set-aside/0001.copy-")
    assert store.path(1).read_bytes() == raw
    assert not copy.exists()


def test_several_copies_are_merged_one_after_the_other(
    store: FileStore, running: Session, clock: Clock
) -> None:
    for number in (1, 2, 3):
        there = apart(store, 1, clock, lambda s: None, lambda s, n=number: s.add(Win(title=f"Win {n}")))  # type: ignore[misc]
        there.rename(store.folder / f"0001 ({number}).json")
    assert len(mended(store)) == 6
    assert titles(store.read(1)) == {"Win 1", "Win 2", "Win 3"}
    assert len(set_aside(store)) == 6


def test_a_meeting_that_was_started_on_the_other_machine_has_started(
    workspace: Workspace, store: FileStore, clock: Clock
) -> None:
    planned = workspace.session()
    planned.add(Win(title="Before"))
    raw = store.path(1).read_bytes()
    started = workspace.start(planned)
    started.add(Win(title="In the meeting"))
    started.go_to("goals")
    store.path(1).rename(store.folder / "0001 (1).json")
    store.path(1).write_bytes(raw)
    session_on(store, 1, clock).add(Win(title="Meanwhile"))
    mended(store)
    meeting = store.read(1)
    assert (meeting.head.state, meeting.head.step) == (MeetingState.RUNNING, "goals")
    assert titles(meeting) == {"Before", "In the meeting", "Meanwhile"}
    assert meeting.clock


def test_a_planned_copy_does_not_stop_the_running_meeting(
    workspace: Workspace, store: FileStore, clock: Clock
) -> None:
    planned = workspace.session()
    raw = store.path(1).read_bytes()
    workspace.start(planned).go_to("wins")
    (store.folder / "0001 2.json").write_bytes(raw)
    mended(store)
    head = store.read(1).head
    assert (head.state, head.step) == (MeetingState.RUNNING, "wins")


def test_a_copy_of_a_planned_successor_is_merged_and_stays_in_step(
    workspace: Workspace, store: FileStore, running: Session, clock: Clock
) -> None:
    item = running.add(ActionItem(title="Send the list", owner="Sam"))
    workspace.close(running)
    apart(
        store,
        2,
        clock,
        lambda s: s.change(item.uid, owner="Lena"),
        lambda s: s.change(item.uid, title="Send it"),
    )
    mended(store)
    raw = store.path(2).read_bytes()
    merged = workspace.session().meeting.action_items[item.uid]
    assert (merged.title, merged.owner, merged.carried) == ("Send it", "Lena", 1)
    assert store.path(2).read_bytes() == raw


def test_a_copy_that_was_closed_elsewhere_is_left_to_a_person(
    workspace: Workspace, store: FileStore, running: Session
) -> None:
    raw = store.path(1).read_bytes()
    workspace.close(running)
    store.path(2).unlink()
    store.path(1).rename(store.folder / "0001-LAPTOP.json")
    store.path(1).write_bytes(raw)
    before = content(store.folder)
    [trouble] = store.troubles()
    assert "that the meeting is closed, not running" in trouble.what
    assert mended(store) == []
    assert content(store.folder) == before


def test_another_meeting_of_the_same_number_is_left_to_a_person(
    workspace: Workspace, store: FileStore, running: Session, clock: Clock
) -> None:
    elsewhere = FileStore(store.folder.parent / "elsewhere")
    elsewhere.create(plan_first(workspace.config, clock.today(), clock.now(), "another-uid"))
    shutil.copy(elsewhere.path(1), store.folder / "0001 (1).json")
    [trouble] = store.troubles()
    assert "it is another meeting than 0001.json" in trouble.what
    assert mended(store) == []


@pytest.mark.parametrize("name", ["0001 copy.json", "00001.json", "Backup.json"])
def test_what_somebody_may_have_copied_on_purpose_is_not_merged(
    store: FileStore, running: Session, name: str
) -> None:
    win = running.add(Win(title="Removed since"))
    shutil.copy(store.path(1), store.folder / name)
    running.remove(win.uid)
    [trouble] = store.troubles()
    assert trouble.what.endswith("It holds what 0001.json does not: the win “Removed since”.")
    assert mended(store) == []
    shutil.copy(store.path(1), store.folder / name)
    assert len(mended(store)) == 1


# A copy of a closed meeting


@pytest.fixture
def closed(workspace: Workspace, store: FileStore, running: Session) -> FileStore:
    """Meeting 1 closed, 2 planned."""
    running.add(Win(title="ACME signed"))
    running.add(Rating(person="Sam", value=8))
    running.go_to("goals")
    workspace.close(running)
    return store


def test_a_copy_of_a_closed_meeting_is_set_aside_when_nothing_is_missing(closed: FileStore) -> None:
    raw = closed.path(1).read_bytes()
    (closed.folder / "0001.sync-conflict-20261121-101500-ABCDEFG.json").write_bytes(raw)
    assert len(mended(closed)) == 1
    assert set_aside(closed) == [raw]
    assert closed.path(1).read_bytes() == raw


def test_so_is_one_from_before_it_was_closed(
    workspace: Workspace, store: FileStore, running: Session
) -> None:
    running.add(Win(title="ACME signed"))
    early = store.path(1).read_bytes()
    running.add(Win(title="Second"))
    workspace.close(running)
    (store.folder / "0001 (1).json").write_bytes(early)
    assert len(mended(store)) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t["wins"]["1"].update(title="Other"), "the title of the win “Other”"),
        (lambda t: t["wins"].update({"9": {"uid": "w", "title": "More"}}), "the win “More”"),
        (lambda t: t["wins"]["1"].update(amount=5), "the amount of the win “ACME signed”"),
        (lambda t: t["ratings"]["1"].update(value=3), "the value of a rating"),
        (lambda t: t["meeting"]["1"].update(date="2026-11-17"), "the meeting's date"),
        (
            lambda t: t["clock"].update(
                {
                    "9": {
                        "uid": "c",
                        "step": "wins",
                        "start": "2026-11-16T09:00:00Z",
                        "end": "2026-11-16T09:09:00Z",
                    }
                }
            ),
            "time spent in the step “wins”",
        ),
    ],
)
def test_a_copy_of_a_closed_meeting_that_holds_more_is_left_and_it_is_said_what(
    closed: FileStore, change: Callable[[dict[str, Any]], object], words: str
) -> None:
    copy = closed.folder / f"0001{COPY}"
    shutil.copy(closed.path(1), copy)
    edit_file(copy, change)
    before = content(closed.folder)
    [trouble] = closed.troubles()
    assert trouble.what.endswith(f"It holds what 0001.json does not: {words}.")
    assert "Sam" not in trouble.what.replace("Sam's conflicted copy", "")
    assert mended(closed) == []
    assert content(closed.folder) == before


# Copies that cannot be used


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda raw: raw[:400], "is not whole JSON"),
        (lambda raw: b"", "it ends too early"),
        (lambda raw: raw.replace(b'"schema": 1', b'"schema": 9'), "newer Accord (format 9"),
        (lambda raw: raw.replace(b'"number": 1', b'"number": 7'), "it says that it is meeting 7"),
        (lambda raw: raw.replace(b'"title": "ACME signed"', b'"title": 5'), "a value of the wrong kind"),
        (lambda raw: raw.replace(b'"big":', b'"title": "twice", "big":'), "has “title” twice"),
    ],
)
def test_a_copy_that_cannot_be_used_is_named_and_kept(
    closed: FileStore, spoil: Callable[[bytes], bytes], words: str
) -> None:
    (closed.folder / f"0001{COPY}").write_bytes(spoil(closed.path(1).read_bytes()))
    before = content(closed.folder)
    [trouble] = closed.troubles()
    assert words in trouble.what
    assert trouble.remedy
    assert mended(closed) == []
    assert content(closed.folder) == before


def test_a_copy_is_offered_where_the_meeting_is_missing_or_cannot_be_read(closed: FileStore) -> None:
    raw = closed.path(1).read_bytes()
    (closed.folder / "0001 (1).json").write_bytes(raw)
    closed.path(1).write_bytes(raw[:300])
    broken, copy = closed.troubles()
    assert broken.where == "0001.json"
    assert "give it the place of 0001.json" in copy.remedy
    closed.path(1).unlink()
    (closed.folder / "0003 (1).json").write_bytes(raw.replace(b'"number": 1', b'"number": 3'))
    assert [
        "name it 0001.json" in t.remedy or "name it 0003.json" in t.remedy for t in closed.troubles()
    ] == [
        True,
        True,
    ]
    assert mended(closed) == []


# Meetings that cannot be read: file, line, remedy


def troubles_of(store: FileStore, spoil: Callable[[str], str]) -> list[Trouble]:
    """What is said of meeting 1 after it has been spoilt; the file stays as it is, and meeting 2 is served."""
    path = store.path(1)
    path.write_text(spoil(path.read_text("utf-8")), "utf-8")
    raw = path.read_bytes()
    found = store.troubles()
    assert all(trouble.where == "0001.json" and trouble.remedy for trouble in found)
    assert mended(store) == []
    assert path.read_bytes() == raw
    assert store.read(2).head.number == 2
    return found


def line_of(store: FileStore, text: str) -> int:
    lines = store.path(1).read_text("utf-8").splitlines()
    [line] = [number for number, words in enumerate(lines, 1) if text in words]
    return line


def test_a_cut_file_is_named_with_its_last_line(closed: FileStore) -> None:
    cut = closed.path(1).read_text("utf-8").splitlines()[:30]
    [trouble] = troubles_of(closed, lambda _: "\n".join(cut))
    assert (trouble.line, "it ends too early" in trouble.what) == (30, True)


def test_every_value_of_the_wrong_kind_is_named_with_its_line_in_words(closed: FileStore) -> None:
    edit_file(
        closed.path(1),
        lambda t: t["wins"].update({"2": {"uid": "2", "amount": "much"}, "3": {"uid": "3", "big": 7}}),
    )
    first, second = troubles_of(closed, lambda text: text)
    assert first.what == "“wins”, row 2, amount: expected a number or nothing, found text."
    assert first.line == line_of(closed, '"much"')
    assert second.what == "“wins”, row 3, big: expected true or false, found a whole number."
    assert second.line == line_of(closed, '"big": 7')


def test_of_very_many_wrong_values_the_first_ten_are_named(closed: FileStore) -> None:
    rows = {str(n): {"uid": str(n), "title": n} for n in range(10, 40)}
    edit_file(closed.path(1), lambda t: t["wins"].update(rows))
    found = troubles_of(closed, lambda text: text)
    assert len(found) == 11
    assert found[-1].what == "20 more values are wrong."


@pytest.mark.parametrize(
    ("change", "what", "at"),
    [
        (
            lambda t: t["meeting"].update({"2": {"uid": "second head"}}),
            "“meeting” has a second row; the first is in line 3.",
            '"second head"',
        ),
        (lambda t: t.update(meeting={}), "There is no row in its table “meeting”.", '"meeting"'),
        (
            lambda t: t["wins"].update({"7": {**t["wins"]["1"], "title": "once more"}}),
            "“wins”, row 7 has the uid of another row in line ",
            "",
        ),
        (lambda t: t["wins"].update({"7": {"title": "no uid"}}), "“wins”, row 7 has no uid.", '"7": {'),
        (
            lambda t: t["wins"].update({"x": {"uid": "x"}}),
            "“wins”, row x is not named by a number.",
            '"x": {',
        ),
        (lambda t: t["wins"].update({"7": "text"}), "“wins”, row 7 is not a row.", '"7": "text"'),
        (lambda t: t.update(wins=[1, 2]), "“wins” is not a table of rows.", '"wins": ['),
        (
            lambda t: t["meeting"]["1"].update(number=77),
            "The file is named 0001 and says that it is meeting 77.",
            '"number": 77',
        ),
        (
            lambda t: t["meeting"]["1"].update(schema=-1),
            "It says that it is in format -1, which there is not.",
            '"schema": -1',
        ),
    ],
)
def test_a_rule_broken_in_an_editor_is_named_with_its_line(
    closed: FileStore, change: Callable[[dict[str, Any]], object], what: str, at: str
) -> None:
    edit_file(closed.path(1), change)
    [trouble] = troubles_of(closed, lambda text: text)
    assert trouble.what.startswith(what)
    line = line_of(closed, at) if at else trouble.line
    assert abs(trouble.line - line) <= 1
    assert trouble.line > 0


def test_a_row_that_is_there_twice_is_named_and_no_edit_drops_one_of_them(
    store: FileStore, running: Session, clock: Clock
) -> None:
    running.add(Win(title="ACME"))
    text = store.path(1).read_text("utf-8")
    head, tail = text.split('"wins": {')
    store.path(1).write_text(head + '"wins": {\n  "1": {"uid": "w", "title": "First"},' + tail, "utf-8")
    raw = store.path(1).read_bytes()
    [trouble] = store.troubles()
    assert trouble.what.startswith("“wins”, row 1 is there twice; the first is in line ")
    assert trouble.line > 0
    with pytest.raises(Unreadable, match=r"0001\.json has “1” twice in one place\."):
        session_on(FileStore(store.folder), 1, clock).add(Win(title="More"))
    assert store.path(1).read_bytes() == raw


@pytest.mark.parametrize(
    ("twice", "words"),
    [
        ('"wins": {}, "wins": {}', "“wins” is there twice; the first is in line 1."),
        (
            '"wins": {"1": {"uid": "w", "uid": "v"}}',
            "“wins”, row 1, uid is there twice; the first is in line 1.",
        ),
        ('"ours": [{"a": {"b": 1, "b": 2}}]', "“ours”, row 0, a, b is there twice; the first is in line 1."),
    ],
)
def test_anything_that_is_there_twice_is_named_once(closed: FileStore, twice: str, words: str) -> None:
    [trouble] = troubles_of(closed, lambda _: f'{{"meeting": {{"1": {{"uid": "h"}}}}, {twice}}}')
    assert (trouble.what, trouble.line) == (words, 1)


def test_a_conflict_that_git_has_marked_is_called_that(closed: FileStore) -> None:
    [trouble] = troubles_of(
        closed,
        lambda text: text.replace('"wins": {', '"x": {},\n<<<<<<< HEAD\n"wins": {').replace(
            '"coming_up": {', '=======\n>>>>>>> theirs\n"coming_up": {'
        ),
    )
    assert trouble.what == "0001.json holds a conflict that git has marked."
    assert trouble.line == line_of(closed, "<<<<<<< HEAD")
    assert "git" in trouble.remedy


def test_an_owner_who_is_nobody_is_fine(store: FileStore, running: Session) -> None:
    running.add(ActionItem(title="Send the list", owner="Nobody here"))
    edit_file(store.path(1), lambda t: t["people"].clear())
    assert store.troubles() == []


WRONG: list[Any] = [None, True, -1, 2**70, 1.5, "", "\x1b[31mx\n", [], {}, [[]], {"": {}}]


def leaves(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value: what holds it, and under which name."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, item in inner for place in [(value, key), *leaves(item)]]


def test_any_value_of_any_kind_is_named_or_fine_and_the_file_is_kept(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    original = (Path(__file__).resolve().parents[1] / "data/store_v1/0002.json").read_text("utf-8")
    shutil.copy(Path(__file__).resolve().parents[1] / "data/store_v1/0003.json", store.path(3))
    for place in range(len(leaves(json.loads(original)))):
        tables = json.loads(original)
        holder, key = leaves(tables)[place]
        holder[key] = WRONG[place % len(WRONG)]
        raw = json.dumps(tables, indent=1).encode()
        store.path(2).write_bytes(raw)
        for trouble in store.troubles():
            assert trouble.where == "0002.json"
            assert trouble.remedy
            assert not set(trouble.what) & set("\x1b\n")
        assert list(store.mend()) == []
        assert store.path(2).read_bytes() == raw


# Temporary files of killed writes


def leftover(store: FileStore, data: bytes, age: float = 3600) -> Path:
    path = store.folder / ".0001.json.0123abcd.tmp"
    path.write_bytes(data)
    moment = path.stat().st_mtime - age
    os.utime(path, (moment, moment))
    return path


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


# What is never done


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


# A close that was cut in two, on the command line


def test_check_names_a_missing_successor_and_mending_plans_it(accord: CommandLine) -> None:
    accord.hold_a_meeting("Send the list")
    accord.store.path(2).unlink()
    got = accord("check")
    assert got.status == 1
    assert "0001.json: Meeting 1 is closed; the next one has to be planned." in got.out
    assert not accord.store.path(2).exists()
    got = accord("check", "--mend")
    assert got.status == 0
    assert "0002.json: Planned: meeting 1 is closed and had no successor." in got.out
    assert [item.title for item in accord.store.read(2).action_items.values()] == ["Send the list"]
    before = content(accord.folder)
    assert accord("check", "--mend").out.startswith("Nothing is wrong")
    assert content(accord.folder) == before


def test_check_names_a_successor_that_is_out_of_date_and_mending_brings_it_up(accord: CommandLine) -> None:
    accord.hold_a_meeting("Send the list")
    earlier = accord.store.path(2).read_bytes()
    workspace = accord.workspace()
    session = workspace.reopen(1)
    session.add(ActionItem(title="Added later", owner="Sam"))
    workspace.close(session)
    accord.store.path(2).write_bytes(earlier)
    assert "Meeting 1 was closed once more; this one has to be brought up to date." in accord("check").out
    got = accord("check", "--mend")
    assert got.status == 0
    assert "0002.json: Brought up to date" in got.out
    titles = {item.title for item in accord.store.read(2).action_items.values()}
    assert titles == {"Send the list", "Added later"}
    assert accord("check", "--mend", "--json").json == {"done": [], "refused": "", "findings": []}


def test_the_copy_of_a_missing_successor_is_merged_into_the_one_that_is_planned(accord: CommandLine) -> None:
    accord.hold_a_meeting("Send the list")
    accord("add", "Typed on the laptop")
    accord.store.path(2).rename(accord.store.folder / "0002-LAPTOP.json")
    got = accord("check", "--mend")
    assert got.status == 0
    assert len(got.out.splitlines()) == 4
    titles = {item.title for item in accord.store.read(2).action_items.values()}
    assert titles == {"Send the list", "Typed on the laptop"}


def test_a_date_at_the_end_of_the_calendar_is_no_fault(accord: CommandLine) -> None:
    accord.hold_a_meeting("Send the list")
    accord.store.path(2).unlink()
    edit_file(accord.store.path(1), lambda t: t["meeting"]["1"].update(date="9999-12-31", next_date=None))
    before = content(accord.folder)
    assert accord("check").status == 1
    got = accord("check", "--mend")
    assert got.status == 1
    assert got.out.startswith("Nothing was mended. ")
    assert content(accord.folder) == before


def test_mending_an_empty_store_makes_nothing(accord: CommandLine) -> None:
    before = content(accord.folder)
    assert accord("check", "--mend").status == 0
    assert content(accord.folder) == before
    assert not (accord.folder / "store").exists()


def test_mending_with_a_wrong_configuration_touches_nothing(accord: CommandLine) -> None:
    accord("add", "Something")
    leftover(accord.store, b"{")
    with (accord.folder / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("minuts: x\n")
    before = content(accord.folder)
    got = accord("check", "--mend")
    assert got.status == 1
    assert got.out.startswith("Nothing was mended. The configuration cannot be used.")
    assert content(accord.folder) == before


def test_json_says_what_was_done(accord: CommandLine) -> None:
    accord("add", "Something")
    shutil.copy(accord.store.path(1), accord.store.folder / "0001 (1).json")
    report = accord("check", "--mend", "--json").json
    assert set(report) == {"done", "refused", "findings"}
    assert report["findings"] == []
    [done] = report["done"]
    assert done["where"] == "0001 (1).json"
    assert set(done) == set(Mended.__dataclass_fields__)


def test_other_windows_see_what_was_merged(store: FileStore, running: Session, clock: Clock) -> None:
    apart(store, 1, clock, lambda s: None, lambda s: s.add(Win(title="There")))
    mended(FileStore(store.folder))
    running.add(Win(title="Goes on"))
    assert titles(store.read(1)) == {"There", "Goes on"}
    assert titles(running.meeting) >= {"Goes on"}


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


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


def test_names_of_heads_are_replaced_nowhere(store: FileStore, running: Session, clock: Clock) -> None:
    """Two machines set the same thing of the meeting itself: the later stands, both are named."""
    apart(
        store,
        1,
        clock,
        lambda s: s.schedule(next_date=dt.date(2026, 11, 25)),
        lambda s: s.schedule(next_date=dt.date(2026, 11, 27)),
    )
    done = mended(store)
    assert "The next date of the meeting: “2026-11-27” is kept, not “2026-11-25”." in done
    assert replace(store.read(1)).head.next_date == dt.date(2026, 11, 27)
