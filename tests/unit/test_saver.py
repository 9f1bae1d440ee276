"""Saving off the caller's thread: in order, tried again, truthful about how far it has come."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from meetings.meeting import Head, Meeting
from meetings.store.base import NotSaved, Saved
from meetings.store.files import FileStore
from meetings.store.saver import Progress, Saver, SaveState

START = Meeting(head=Head(uid="head", number=1))


def version(number: int) -> Meeting:
    return replace(START, head=replace(START.head, version=number))


class Store(FileStore):
    """Remembers what it was given; can be held up, and can refuse."""

    def __init__(self) -> None:
        super().__init__(Path("nowhere"))
        self.written: list[int] = []
        self.refusals: list[Exception] = []
        self.go, self.entered = threading.Event(), threading.Event()
        self.go.set()

    def save(self, meeting: Meeting, base: Meeting) -> Saved:
        self.entered.set()
        assert self.go.wait(20)
        if self.refusals:
            raise self.refusals.pop(0)
        self.written.append(meeting.head.version)
        return Saved(meeting)

    def stamp(self, number: int) -> object:
        return None


class Watch:
    """A saver, what it said, and a way to wait for what it says."""

    def __init__(self, store: Store, *, background: bool = True) -> None:
        self.states: list[SaveState] = []
        self.said = threading.Condition()
        self.saver = Saver(store, START, self.adopt, self.on_state, background=background)

    def adopt(self, sent: Meeting, saved: Saved) -> None:
        self.saver.adopt(saved.meeting if self.saver._waiting is None else self.saver._waiting, saved.meeting)

    def on_state(self, state: SaveState) -> None:
        with self.said:
            self.states.append(state)
            self.said.notify_all()

    def wait_for(self, progress: Progress) -> None:
        with self.said:
            assert self.said.wait_for(lambda: any(s.progress is progress for s in self.states), 20)


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def watch(store: Store) -> Iterator[Watch]:
    watch = Watch(store)
    yield watch
    store.go.set()
    store.refusals.clear()
    assert watch.saver.close(20)


def test_only_the_newest_waits_and_the_last_one_is_written(store: Store, watch: Watch) -> None:
    store.go.clear()
    watch.saver.put(version(1))
    assert store.entered.wait(20)
    for number in range(2, 50):
        watch.saver.put(version(number))
    assert watch.saver.state.progress is Progress.SAVING
    store.go.set()
    assert watch.saver.flush(20)
    assert store.written == [1, 49]
    assert watch.saver.state.progress is Progress.SAVED


def test_it_never_says_saved_while_something_waits(store: Store, watch: Watch) -> None:
    store.go.clear()
    watch.saver.put(version(1))
    assert store.entered.wait(20)
    watch.saver.put(version(2))
    assert not watch.saver.flush(0)
    store.go.set()
    assert watch.saver.flush(20)
    watch.wait_for(Progress.SAVED)
    assert [state.progress for state in watch.states] == [Progress.SAVING, Progress.SAVED]


def test_what_failed_is_tried_again_until_it_succeeds(store: Store, watch: Watch) -> None:
    store.refusals = [NotSaved("the disk is full"), NotSaved("the disk is full")]
    watch.saver.put(version(1))
    watch.wait_for(Progress.FAILED)
    watch.saver.put(version(2))
    while not watch.saver.flush(0.05):
        pass
    assert store.written == [2]
    assert watch.saver.state == SaveState(Progress.SAVED)
    assert SaveState(Progress.FAILED, "the disk is full") in watch.states


def test_flush_does_not_wait_for_the_next_attempt_but_makes_it(
    store: Store, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetings.store.saver.RETRY_SECONDS", (3600.0,))
    store.refusals = [NotSaved("the disk is full")]
    watch.saver.put(version(1))
    watch.wait_for(Progress.FAILED)
    assert watch.saver.flush(20)
    assert store.written == [1]


def test_closing_gives_up_but_keeps_what_waits(
    store: Store, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetings.store.saver.RETRY_SECONDS", (3600.0,))
    store.refusals = [NotSaved("the disk is full")] * 5
    watch.saver.put(version(1))
    watch.wait_for(Progress.FAILED)
    assert not watch.saver.close(0.1)
    assert watch.saver.state.progress is Progress.FAILED
    store.refusals = []
    assert watch.saver.flush(20)
    assert store.written == [1]


def test_after_closing_a_put_is_written_too(store: Store, watch: Watch) -> None:
    for number in range(1, 6):
        watch.saver.put(version(number))
        assert watch.saver.close(20)
    assert store.written == [1, 2, 3, 4, 5]


def test_an_unexpected_error_is_said_and_does_not_end_saving(store: Store, watch: Watch) -> None:
    store.refusals = [ZeroDivisionError()]
    watch.saver.put(version(1))
    watch.wait_for(Progress.FAILED)
    assert watch.states[-1].why == "Saving ended with an error that was not expected (ZeroDivisionError)."
    assert watch.saver.flush(20)
    assert store.written == [1]


def test_a_listener_may_use_the_saver(store: Store) -> None:
    store.refusals = [NotSaved("the disk is full")]
    saver: Saver
    told = threading.Event()

    def on_state(state: SaveState) -> None:
        asked = threading.Thread(target=lambda: (saver.look(), told.set()))
        asked.start()
        asked.join(20)

    saver = Saver(store, START, lambda sent, saved: saver.adopt(saved.meeting, saved.meeting), on_state)
    saver.put(version(1))
    assert told.wait(20)
    assert saver.flush(20)
    assert saver.close(20)


def test_without_a_thread_put_writes_and_raises(store: Store) -> None:
    watch = Watch(store, background=False)
    watch.saver.put(version(1))
    assert store.written == [1]
    store.refusals = [NotSaved("the disk is full"), NotSaved("the disk is full")]
    with pytest.raises(NotSaved):
        watch.saver.put(version(2))
    assert watch.saver.state == SaveState(Progress.FAILED, "the disk is full")
    assert not watch.saver.flush()
    assert watch.saver.close()
    assert store.written == [1, 2]
    assert watch.saver.state.progress is Progress.SAVED
