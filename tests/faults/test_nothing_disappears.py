"""Whatever is done over several meetings, each record ever added is accounted for.

It is open in the present meeting, or came to its end in exactly one meeting, the last that has it, or its adding was
undone. What does not carry (a win) stands in the one meeting in which it was added.
"""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from meetings.config import default_config
from meetings.errors import UsageError
from meetings.flow import states
from meetings.kinds import DecisionState, FeedbackState, GoalState, ItemState, MeetingState, ProblemState
from meetings.meeting import Meeting
from meetings.model import ActionItem, Decision, Feedback, Goal, Problem, Record, Win
from meetings.paths import Paths
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.faults.shared import Folders, Maker, ManySeries

WEEK = 7 * 24 * 3600
OPEN = {
    ActionItem: {ItemState.OPEN},
    Problem: {ProblemState.PARKED},
    Decision: {DecisionState.STANDING},
    Goal: {GoalState.OPEN},
    Feedback: {FeedbackState.NEW, FeedbackState.ANSWERED, FeedbackState.ACTED},
    Win: set[str](),
}
"""The states in which a record of that kind goes on into the next meeting."""


def is_open(record: Record) -> bool:
    return getattr(record, "state", None) in OPEN[type(record)]


class Accounts(RuleBasedStateMachine):
    """One facilitator and many meetings."""

    place: Maker = Folders

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.stores = self.place(self.folder)
        self.clock = Clock()
        self.ever: dict[str, type[Record]] = {}
        """Every record that was ever added."""
        self.gone: set[str] = set()
        """What was undone or removed, also in a meeting whose history has ended with its closing."""
        self.edited_ahead: set[str] = set()
        """What was edited in the planned meeting after the one that was closed last: there it wins, and is listed,
        if that one is opened again and edited too. Then both have it, each with its own end."""

    def teardown(self) -> None:
        self.stores.close()
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        """A running meeting with something of everything."""
        self.open()
        self.start()
        for kind in OPEN:
            for number in (1, 2):
                self.add(kind, number)

    def open(self) -> None:
        paths = Paths(self.folder, self.folder / "data", self.folder / "state", self.folder)
        store = self.stores.opened("one")
        self.space = Workspace(
            default_config(), paths, store, "one", self.clock.now, self.clock.today, background=False
        )
        self.session = self.space.session()

    @property
    def meeting(self) -> Meeting:
        return self.session.meeting

    @property
    def running(self) -> bool:
        return self.meeting.head.state is MeetingState.RUNNING

    def some(self, data: st.DataObject, *kinds: type[Record]) -> Record | None:
        """One of the records of the present meeting that may be edited in this story."""
        found = [
            record
            for _, record in self.meeting.content()
            if isinstance(record, kinds or tuple(OPEN)) and record.uid not in self.frozen()
        ]
        return data.draw(st.sampled_from(found)) if found else None

    def frozen(self) -> set[str]:
        reopened = self.meeting.head.number < max(self.space.store.numbers())
        return self.edited_ahead if reopened else set()

    def change(self, record: Record, fields: dict[str, Any] | None) -> None:
        if fields is not None:
            self.session.change(record.uid, **fields)
            if not self.running:
                self.edited_ahead.add(record.uid)

    # What people do

    @rule(kind=st.sampled_from(list(OPEN)), number=st.integers(0, 9))
    def add(self, kind: type[Record], number: int) -> None:
        self.clock.advance(1)
        main = "title" if "title" in kind.__struct_fields__ else "text"
        record = self.session.add(kind(**{main: f"{kind.noun} {number}"}))
        self.ever[record.uid] = kind

    @rule(data=st.data())
    def tick(self, data: st.DataObject) -> None:
        if (record := self.some(data, ActionItem, Decision, Feedback, Problem)) is not None:
            self.change(record, states.tick(record))

    @rule(data=st.data(), text=st.sampled_from(("", "We look into it")))
    def respond(self, data: st.DataObject, text: str) -> None:
        if (record := self.some(data, Feedback)) is not None:
            self.change(record, {"response": text})

    @rule(data=st.data())
    def drop(self, data: st.DataObject) -> None:
        if (record := self.some(data)) is not None:
            self.change(record, states.drop(record, "no reason"))

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        if (record := self.some(data, ActionItem)) is not None:
            self.change(record, {"due": self.meeting.head.next_date, "owner": "Sam"})

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        """As the screen allows: only what was added in this meeting."""
        record = self.some(data)
        if record is not None and getattr(record, "raised_in", None) == self.meeting.head.number:
            self.session.remove(record.uid)

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(times):
            try:
                self.session.undo()
            except UsageError:
                return

    @rule()
    def redo(self) -> None:
        try:
            self.session.redo()
        except UsageError:
            return

    # What becomes of meetings

    @precondition(lambda self: not self.running)
    @rule()
    def start(self) -> None:
        self.clock.advance(WEEK)
        self.session = self.space.start(self.session)
        self.edited_ahead = set()

    @precondition(lambda self: self.running)
    @rule()
    def close(self) -> None:
        self.session = self.space.close(self.session)

    @precondition(lambda self: self.running)
    @rule()
    def hold_the_next(self) -> None:
        self.close()
        self.start()

    @precondition(lambda self: not self.running and self.meeting.head.number > 1)
    @rule()
    def reopen(self) -> None:
        self.session = self.space.reopen(self.meeting.head.number - 1)

    @rule()
    def launch_again(self) -> None:
        self.open()

    @invariant()
    def nothing_has_disappeared(self) -> None:
        present = self.meeting.head.number
        store = self.stores.looked_at
        past = [store.read(number) for number in store.numbers() if number < present]
        held = [*past, self.meeting]
        self.gone |= {
            change.uid
            for edit in self.meeting.edits.values()
            for change in edit.changes
            if (change.after if not edit.undone else change.before) is None
        }
        for uid in self.ever:
            places = [(one.head.number, found[1]) for one in held if (found := one.find(uid)) is not None]
            if not places:
                ahead = [n for n in store.numbers() if n > present and store.read(n).find(uid)]
                assert ahead or uid in self.gone, f"{uid} is nowhere"
                continue
            numbers = [number for number, _ in places]
            assert numbers == list(range(numbers[0], numbers[-1] + 1)), "it was away in between"
            *before, (last, record) = places
            assert all(is_open(one) for _, one in before), "it had come to its end, and went on"
            assert not is_open(record) or last == present, "it was open, and did not go on"


TestAccounts = Accounts.TestCase
TestAccounts.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


class AccountsOnServer(Accounts):
    """The same with the meetings on a server."""


class TestAccountsOnServer(AccountsOnServer.TestCase):  # type: ignore[misc,valid-type]
    settings = settings(max_examples=10, stateful_step_count=25, deadline=None)

    @pytest.fixture(autouse=True)
    def database_of_this_run(self, database: str) -> None:
        AccountsOnServer.place = partial(ManySeries, database)
