"""What `accord check --mend` does with copies of a meeting: nothing that anybody wrote is ever lost."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from meetings.flow.lifecycle import plan_first
from meetings.kinds import MeetingState
from meetings.model import ActionItem, Goal, Reading, Win
from meetings.session import Session
from meetings.store.files import FileStore
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.unit.mending import COPY, Edits, apart, content, edit_file, mended, session_on, set_aside, titles


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


def test_other_windows_see_what_was_merged(store: FileStore, running: Session, clock: Clock) -> None:
    apart(store, 1, clock, lambda s: None, lambda s: s.add(Win(title="There")))
    mended(FileStore(store.folder))
    running.add(Win(title="Goes on"))
    assert titles(store.read(1)) == {"There", "Goes on"}
    assert titles(running.meeting) >= {"Goes on"}


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


# A copy of a closed meeting


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
