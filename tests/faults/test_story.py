"""Random edits, undo, redo, steps, closing, reopening, crashes and second seats, against a model of plain dicts."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from meetings.config import TeamConfig, default_config
from meetings.errors import UsageError
from meetings.kinds import ItemState, MeetingState, ProblemState
from meetings.paths import Paths
from meetings.session import Session
from meetings.store.base import MeetingStore, Saved
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.faults.plain import KINDS, Plain, Row, content_of
from tests.faults.shared import Folders, Maker, ManySeries

TEXTS = st.text("abcXYZ äß漢 …'\"\\/{}[]:,%_-1234567890", min_size=1, max_size=12).map(str.strip).filter(bool)
SEATS = ("one", "two")
DAYS = st.integers(0, 60).map(lambda days: dt.date(2026, 12, 1) + dt.timedelta(days))
FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "wins": {"title": TEXTS, "big": st.booleans(), "what_worked": TEXTS},
    "action_items": {"title": TEXTS, "note": TEXTS, "state": st.sampled_from(list(ItemState)), "due": DAYS},
    "problems": {
        "title": TEXTS,
        "says_a": TEXTS,
        "says_b": TEXTS,
        "state": st.sampled_from(list(ProblemState)),
    },
}
NEW: dict[str, Row] = {
    "wins": {"big": False, "what_worked": ""},
    "action_items": {"note": "", "state": ItemState.OPEN, "owner": "", "due": dt.date(2026, 12, 1)},
    "problems": {"says_a": "", "says_b": "", "raised_by": "", "state": ProblemState.PARKED},
}


def carries(row: Row) -> bool:
    """Whether the row goes on into the next meeting."""
    open_item = row["table"] == "action_items" and row["state"] is ItemState.OPEN
    return open_item or (row["table"] == "problems" and row["state"] is ProblemState.PARKED)


class Told:
    """The meeting that accepts edits as it ought to be, and the one before it."""

    def __init__(self) -> None:
        self.number = 1
        self.state = MeetingState.PLANNED
        self.plain = Plain()
        self.step = "checkin"
        self.paused = False
        self.before: Plain | None = None
        """The meeting that was closed last, while this one has not started."""
        self.received: dict[str, Row] = {}
        """What this one had received from it."""
        self.after: tuple[Plain, dict[str, Row]] | None = None
        """While a meeting is reopened: the next one, which is planned already, and what that had received."""

    def start(self) -> None:
        self.state, self.step, self.paused = MeetingState.RUNNING, "checkin", False
        self.before, self.received = None, {}

    def close(self) -> None:
        self.plain.edits = []
        handed_on = {uid: dict(row) for uid, row in self.plain.rows.items() if carries(row)}
        plan = Plain({uid: dict(row) for uid, row in handed_on.items()})
        if self.after is not None:
            plan, received = self.after
            plan.rows = _merged(received, plan.rows, handed_on)
        self.before, self.plain, self.received, self.after = self.plain, plan, handed_on, None
        self.number += 1
        self.state, self.step, self.paused = MeetingState.PLANNED, "checkin", False

    def reopen(self) -> None:
        assert self.before is not None
        self.after = (self.plain, self.received)
        self.plain, self.before = self.before, None
        self.number -= 1
        self.state, self.paused = MeetingState.RUNNING, True


def _merged(base: dict[str, Row], mine: dict[str, Row], theirs: dict[str, Row]) -> dict[str, Row]:
    """What was edited in the planned meeting wins; what it had only received is as it would be received now."""
    merged = {}
    for uid in mine.keys() | theirs.keys():
        ours, other, old = mine.get(uid), theirs.get(uid), base.get(uid)
        if ours is not None and other is not None:
            merged[uid] = {
                name: other[name] if old is not None and ours[name] == old[name] else ours[name]
                for name in ours
            }
        elif (present := ours or other) is not None and present != old:
            merged[uid] = dict(present)
    return merged


class Story(RuleBasedStateMachine):
    """What people do with their meetings, and what happens to them."""

    place: Maker = Folders

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.stores = self.place(self.folder)
        self.clock = Clock()
        people = {
            "a": TeamConfig(name="Sales", people=("Sam",)),
            "b": TeamConfig(name="Marketing", people=()),
        }
        self.config = replace(default_config(), teams=people)
        self.told = Told()
        self.count = 0
        self.last_step: dict[str, str] = {}

    def teardown(self) -> None:
        self.stores.close()
        shutil.rmtree(self.folder)

    def workspace(self, seat: str) -> Workspace:
        paths = Paths(self.folder, self.folder / "data", self.folder / "state", self.folder)
        store = self.stores.opened(seat)
        return Workspace(self.config, paths, store, seat, self.clock.now, self.clock.today, background=False)

    @initialize()
    def open(self) -> None:
        self.spaces = {seat: self.workspace(seat) for seat in SEATS}
        self.sessions = {seat: space.session() for seat, space in self.spaces.items()}

    def session(self, seat: str) -> Session:
        """That seat's session, after it has seen what the others did."""
        self.clock.advance(1)
        session = self.sessions[seat]
        session.saver.look()
        return session

    def everybody(self) -> None:
        """All open the meeting that accepts edits now, as the app does when another window has closed one."""
        self.sessions = {seat: space.session() for seat, space in self.spaces.items()}

    def _uid(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.told.plain.rows)))

    # Edits

    @rule(seat=st.sampled_from(SEATS), table=st.sampled_from(sorted(KINDS)), title=TEXTS)
    def add(self, seat: str, table: str, title: str) -> None:
        self.count += 1
        uid = f"{table} {self.count:03d}"
        row = {"title": title} | NEW[table]
        self.session(seat).add(KINDS[table](uid=uid, **row))
        self.told.plain.add(seat, uid, {"table": table} | row)

    @precondition(lambda self: self.told.plain.rows)
    @rule(seat=st.sampled_from(SEATS), data=st.data())
    def change(self, seat: str, data: st.DataObject) -> None:
        uid = self._uid(data)
        fields = FIELDS[self.told.plain.rows[uid]["table"]]
        name = data.draw(st.sampled_from(sorted(fields)))
        value = data.draw(fields[name])
        self.session(seat).change(uid, **{name: value})
        self.told.plain.change(seat, uid, **{name: value})

    @precondition(lambda self: self.told.plain.rows)
    @rule(data=st.data())
    def change_at_once(self, data: st.DataObject) -> None:
        """Both seats change one record without having seen the other's change: the later one wins its field."""
        uid = self._uid(data)
        sessions = {seat: self.session(seat) for seat in SEATS}
        fields = FIELDS[self.told.plain.rows[uid]["table"]]
        for seat, session in sessions.items():
            self.clock.advance(1)
            name = data.draw(st.sampled_from(sorted(fields)))
            before, value = self.told.plain.rows[uid][name], data.draw(fields[name])
            unseen = getattr(session.meeting.find(uid)[1], name)  # type: ignore[index]
            if before != unseen and value in (before, unseen):
                continue  # both the same, or none: there is nothing to decide
            session.change(uid, **{name: value})
            self.told.plain.change(seat, uid, **{name: value})
            if before != unseen:  # its own edit began with what it saw
                self.told.plain.edits[-1].changes[uid][0][name] = unseen  # type: ignore[index]

    @precondition(lambda self: self.told.plain.rows)
    @rule(seat=st.sampled_from(SEATS), data=st.data())
    def remove(self, seat: str, data: st.DataObject) -> None:
        uid = self._uid(data)
        self.session(seat).remove(uid)
        self.told.plain.remove(seat, uid)

    @rule(seat=st.sampled_from(SEATS))
    def undo(self, seat: str) -> None:
        session = self.session(seat)
        if self.told.plain.can_undo(seat):
            session.undo()
            self.told.plain.undo(seat)
        else:
            with pytest.raises(UsageError):
                session.undo()

    @rule(seat=st.sampled_from(SEATS))
    def redo(self, seat: str) -> None:
        session = self.session(seat)
        if self.told.plain.can_redo(seat):
            session.redo()
            self.told.plain.redo(seat)
        else:
            with pytest.raises(UsageError):
                session.redo()

    # Steps and the clock

    @precondition(lambda self: self.told.state is MeetingState.RUNNING)
    @rule(seat=st.sampled_from(SEATS), step=st.sampled_from(("checkin", "goals", "wins", "wrapup")))
    def go_to(self, seat: str, step: str) -> None:
        self.session(seat).go_to(step)
        self.told.step = step

    @precondition(lambda self: self.told.state is MeetingState.RUNNING)
    @rule(seat=st.sampled_from(SEATS), paused=st.booleans())
    def pause(self, seat: str, paused: bool) -> None:
        session = self.session(seat)
        (session.pause if paused else session.resume)()
        self.told.paused = paused

    @rule(seat=st.sampled_from(SEATS), seconds=st.integers(1, 30))
    def time_passes(self, seat: str, seconds: int) -> None:
        self.clock.advance(seconds)
        self.session(seat).beat()

    # The life of a meeting

    @precondition(lambda self: self.told.state is MeetingState.PLANNED)
    @rule(seat=st.sampled_from(SEATS))
    def start(self, seat: str) -> None:
        self.sessions[seat] = self.spaces[seat].start(self.session(seat))
        self.told.start()
        self.everybody()

    @precondition(lambda self: self.told.state is MeetingState.RUNNING)
    @rule(seat=st.sampled_from(SEATS))
    def close(self, seat: str) -> None:
        self.sessions[seat] = self.spaces[seat].close(self.session(seat))
        self.told.close()
        self.everybody()

    @precondition(lambda self: self.told.state is MeetingState.RUNNING)
    @rule(seat=st.sampled_from(SEATS), midway=st.booleans())
    def crash_while_closing(self, seat: str, midway: bool) -> None:
        """The program dies before or after the closed meeting is written; the next launch goes on from there."""
        self.session(seat)
        kind = type(self.spaces[seat].store)
        real = kind.save

        def dies(self_: MeetingStore, meeting: Any, base: Any) -> Saved:
            if meeting.head.state is MeetingState.CLOSED and midway:
                real(self_, meeting, base)
            if meeting.head.state is MeetingState.CLOSED:
                raise KeyboardInterrupt
            return real(self_, meeting, base)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kind, "save", dies)
            with pytest.raises(KeyboardInterrupt):
                self.spaces[seat].close(self.sessions[seat])
        if midway:
            self.told.close()
        self.crash()

    @precondition(lambda self: self.told.before is not None)
    @rule(seat=st.sampled_from(SEATS))
    def reopen(self, seat: str) -> None:
        self.session(seat)
        self.sessions[seat] = self.spaces[seat].reopen(self.told.number - 1)
        self.told.reopen()
        self.told.step = self.sessions[seat].meeting.head.step
        self.everybody()

    # Ends and beginnings

    @rule()
    def crash(self) -> None:
        """Both windows are gone without a word."""
        self.open()

    @rule(seat=st.sampled_from(SEATS))
    def reload(self, seat: str) -> None:
        self.sessions[seat].saver.close()
        self.sessions[seat] = self.spaces[seat].session()

    @invariant()
    def agrees(self) -> None:
        told = self.told
        for seat, session in self.sessions.items():
            session.saver.look()
            self._compare(f"seat {seat}", session.meeting)
        store = self.stores.looked_at
        self._compare("the store", store.read(told.number))
        later = max(store.numbers())
        assert later == told.number + (told.after is not None)

    def _compare(self, where: str, meeting: Any) -> None:
        told = self.told
        assert meeting.head.number == told.number, where
        assert meeting.head.state is told.state, where
        assert content_of(meeting) == told.plain.rows, where
        assert (meeting.head.step, meeting.head.paused) == (told.step, told.paused), where
        for seat in SEATS:
            found = [edit.undone for edit in meeting.edits.values() if edit.seat == seat]
            assert found == [edit.undone for edit in told.plain.edits if edit.seat == seat], where


TestStory = Story.TestCase
TestStory.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


class StoryOnServer(Story):
    """The same with the meetings on a server."""


class TestStoryOnServer(StoryOnServer.TestCase):  # type: ignore[misc,valid-type]
    settings = settings(max_examples=12, stateful_step_count=30, deadline=None)

    @pytest.fixture(autouse=True)
    def database_of_this_run(self, database: str) -> None:
        StoryOnServer.place = partial(ManySeries, database)
