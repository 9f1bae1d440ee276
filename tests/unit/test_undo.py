"""One's own edits of this meeting are taken back one by one, across a restart, and nobody else's are."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from meetings.errors import UsageError
from meetings.kinds import ItemState, MeetingState
from meetings.meeting import CONTENT, Head, Meeting
from meetings.model import ActionItem, Problem, Rating, Win
from meetings.session import Session
from meetings.store.files import FileStore
from tests.conftest import Clock


def planned(folder: Path) -> FileStore:
    store = FileStore(folder)
    store.create(Meeting(head=Head(uid="head", number=1, state=MeetingState.RUNNING)))
    return store


def launch(store: FileStore, clock: Clock, seat: str = "mine") -> Session:
    own = FileStore(store.folder)
    return Session(own, own.read(1), seat=seat, now=clock.now, today=clock.today, background=False)


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return planned(tmp_path / "store")


def shown(meeting: Meeting) -> dict[str, list[Any]]:
    """What people see, in the order in which they see it; not when it was changed last."""
    return {
        name: [_told(row) for row in meeting.table(name).values()] for name in CONTENT if meeting.table(name)
    }


def _told(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__struct_fields__ if name != "updated_at"}


def test_one_by_one_across_restarts(store: FileStore, clock: Clock) -> None:
    session = launch(store, clock)
    states = [shown(session.meeting)]
    win = session.add(Win(title="ACME", credits=("Sam", "Lena")))
    states.append(shown(session.meeting))
    session.change(win.uid, credits=("Sam",), amount=5.0)
    states.append(shown(session.meeting))
    session.remove(win.uid)
    states.append(shown(session.meeting))
    for state in reversed(states[:-1]):
        session = launch(store, clock)
        clock.advance(1)
        session.undo()
        assert shown(launch(store, clock).meeting) == state
    with pytest.raises(UsageError, match="There is nothing to undo"):
        launch(store, clock).undo()
    for state in states[1:]:
        session = launch(store, clock)
        session.redo()
        assert shown(launch(store, clock).meeting) == state
    with pytest.raises(UsageError, match="There is nothing to redo"):
        launch(store, clock).redo()


def test_an_edit_of_several_records_is_taken_back_whole(store: FileStore, clock: Clock) -> None:
    session = launch(store, clock)
    problem = session.add(Problem(title="Slow form"))
    before = shown(session.meeting)
    session.apply(
        "solved",
        add=[ActionItem(title="Shorten it"), ActionItem(title="Test it")],
        change={problem.uid: {"title": "The slow form"}},
    )
    assert session.undo() == "solved"
    assert shown(session.meeting) == before
    assert session.redo() == "solved"
    assert len(session.meeting.action_items) == 2


def test_a_new_edit_ends_redo(store: FileStore, clock: Clock) -> None:
    session = launch(store, clock)
    session.add(Win(title="one"))
    session.undo()
    session.add(Win(title="two"))
    with pytest.raises(UsageError, match="nothing to redo"):
        session.redo()


def test_only_this_seats_edits(store: FileStore, clock: Clock) -> None:
    mine, theirs = launch(store, clock), launch(store, clock, "theirs")
    mine.add(Win(title="mine"))
    theirs.add(Win(title="theirs"))
    mine.saver.look()
    mine.undo()
    assert [win.title for win in mine.meeting.wins.values()] == ["theirs"]
    with pytest.raises(UsageError, match="nothing to undo"):
        mine.undo()


def test_fields_that_another_seat_has_changed_since_stay(store: FileStore, clock: Clock) -> None:
    mine, theirs = launch(store, clock), launch(store, clock, "theirs")
    item = mine.add(ActionItem(title="Send the list", owner="Sam"))
    mine.change(item.uid, title="Send both lists", note="by mail")
    theirs.saver.look()
    clock.advance(1)
    theirs.change(item.uid, title="Send all lists", owner="Lena")
    mine.saver.look()
    mine.undo()
    row = launch(store, clock).meeting.action_items[item.uid]
    assert (row.title, row.owner, row.note) == ("Send all lists", "Lena", "")


def test_what_others_wrote_in_a_record_comes_back_with_it(store: FileStore, clock: Clock) -> None:
    mine, theirs = launch(store, clock), launch(store, clock, "theirs")
    item = mine.add(ActionItem(title="Send the list"))
    theirs.saver.look()
    clock.advance(1)
    theirs.change(item.uid, note="only the new ones")
    mine.saver.look()
    mine.undo()
    assert not mine.meeting.action_items
    mine.redo()
    assert mine.meeting.action_items[item.uid].note == "only the new ones"


def test_a_record_that_another_seat_removed_does_not_come_back_by_half(
    store: FileStore, clock: Clock
) -> None:
    mine, theirs = launch(store, clock), launch(store, clock, "theirs")
    item = mine.add(ActionItem(title="Send the list"))
    mine.change(item.uid, title="Send both lists")
    theirs.saver.look()
    theirs.remove(item.uid)
    mine.saver.look()
    mine.undo()
    assert not mine.meeting.action_items
    theirs.saver.look()
    theirs.undo()
    assert theirs.meeting.action_items[item.uid].title == "Send both lists"


def test_a_note_that_another_seat_wrote_meanwhile_is_not_written_over(store: FileStore, clock: Clock) -> None:
    mine, theirs = launch(store, clock), launch(store, clock, "theirs")
    mine.write_note("goals", "mine")
    mine.undo()
    theirs.saver.look()
    theirs.write_note("goals", "theirs")
    mine.saver.look()
    mine.redo()
    assert [note.text for note in mine.meeting.notes.values()] == ["theirs"]


def test_steps_clock_and_ratings_shown_are_not_edits(store: FileStore, clock: Clock) -> None:
    session = launch(store, clock)
    session.add(Rating(person="Sam", value=8))
    session.add(Win(title="one"))
    session.pause()
    session.reveal(True)
    assert session.undo() == "new win"
    assert session.meeting.head.paused
    assert session.meeting.head.revealed


TITLES = st.sampled_from(["ACME", "Umbrella", "Ünï", "x" * 50])


class Editing(RuleBasedStateMachine):
    """Any order of edits, undo, redo and restarts, beside a plain list of snapshots."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.session = launch(planned(self.folder), self.clock)
        self.snapshots = [shown(self.session.meeting)]
        self.at = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def edited(self) -> None:
        now = shown(self.session.meeting)
        if now != self.snapshots[self.at]:
            self.snapshots = [*self.snapshots[: self.at + 1], now]
            self.at += 1

    def pick(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from([record.uid for _, record in self.session.meeting.content()]))

    def anything(self) -> bool:
        return any(True for _ in self.session.meeting.content())

    @rule(title=TITLES, item=st.booleans(), seconds=st.integers(0, 3))
    def add(self, title: str, item: bool, seconds: int) -> None:
        self.clock.advance(seconds)
        self.session.add(ActionItem(title=title) if item else Win(title=title))
        self.edited()

    @precondition(anything)
    @rule(data=st.data(), title=TITLES)
    def change(self, data: st.DataObject, title: str) -> None:
        self.session.change(self.pick(data), title=title)
        self.edited()

    @precondition(lambda self: self.session.meeting.action_items)
    @rule(data=st.data(), state=st.sampled_from(ItemState))
    def tick(self, data: st.DataObject, state: ItemState) -> None:
        uid = data.draw(st.sampled_from(list(self.session.meeting.action_items)))
        self.session.change(uid, state=state)
        self.edited()

    @precondition(anything)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        self.session.remove(self.pick(data))
        self.edited()

    @precondition(anything)
    @rule(data=st.data(), by=st.integers(-3, 3))
    def shift(self, data: st.DataObject, by: int) -> None:
        self.session.shift(self.pick(data), by)
        self.edited()

    @rule(title=st.sampled_from([" ", "\x1b[0m"]))
    def refused(self, title: str) -> None:
        with pytest.raises(UsageError):
            self.session.apply("both", add=[Win(title="fine"), Win(title=title)])

    @rule()
    def undo(self) -> None:
        if self.at == 0:
            with pytest.raises(UsageError):
                self.session.undo()
        else:
            self.session.undo()
            self.at -= 1

    @rule()
    def redo(self) -> None:
        if self.at == len(self.snapshots) - 1:
            with pytest.raises(UsageError):
                self.session.redo()
        else:
            self.session.redo()
            self.at += 1

    @rule()
    def restart(self) -> None:
        self.session = launch(FileStore(self.folder), self.clock)

    @invariant()
    def shows_what_was_done(self) -> None:
        assert shown(self.session.meeting) == self.snapshots[self.at]
        assert FileStore(self.folder).read(1) == self.session.meeting


Editing.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestEditing = Editing.TestCase
