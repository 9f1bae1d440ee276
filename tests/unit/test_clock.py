"""The meeting's clock is a sum of recorded intervals: suspend, sleep and kill cost nothing but the gap."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from meetings.errors import UsageError
from meetings.flow import clock as time
from meetings.flow.clock import BEAT, GAP
from meetings.kinds import MeetingState
from meetings.meeting import AgendaStep, Head, Meeting
from meetings.model import Interval
from meetings.session import Session
from meetings.store.files import FileStore
from tests.conftest import MONDAY, Clock

STEPS = tuple(
    AgendaStep(id=name, kind=name, title=name, minutes=minutes)
    for name, minutes in (("goals", 10), ("leads", 15), ("wins", 5))
)
HEAD = Head(uid="head", number=1, state=MeetingState.RUNNING, steps=STEPS, step="goals", date=MONDAY.date())


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    store = FileStore(tmp_path)
    store.create(Meeting(head=HEAD))
    return store


def window(store: FileStore, clock: Clock, seat: str = "mine") -> Session:
    """A window on the meeting, as a launch opens it."""
    own = FileStore(store.folder)
    return Session(own, own.read(1), seat=seat, now=clock.now, today=clock.today, background=False)


def run(session: Session, clock: Clock, seconds: int) -> None:
    """Time passes with the app open: a heartbeat every few seconds."""
    for _ in range(seconds // BEAT):
        clock.advance(BEAT)
        session.beat()
    clock.advance(seconds % BEAT)


def spent(store: FileStore, step: str) -> int:
    return time.spent(FileStore(store.folder).read(1), step)


@pytest.fixture
def session(store: FileStore, clock: Clock) -> Session:
    session = window(store, clock)
    session.beat()
    return session


def test_time_is_on_disk_with_every_heartbeat(session: Session, store: FileStore, clock: Clock) -> None:
    run(session, clock, 60)
    assert spent(store, "goals") == 60
    assert len(store.read(1).clock) == 1


def test_between_two_heartbeats_the_clock_shows_the_present(session: Session, clock: Clock) -> None:
    run(session, clock, 60)
    clock.advance(3)
    assert time.spent(session.meeting, "goals", clock.now(), session.live) == 63
    assert time.elapsed(session.meeting, clock.now(), session.live) == 63
    assert time.remaining(session.meeting, "goals", clock.now(), session.live) == 600 - 63


def test_each_step_has_its_own_time(session: Session, store: FileStore, clock: Clock) -> None:
    run(session, clock, 58)
    session.go_to("leads")
    run(session, clock, 31)
    session.go_to("goals")
    run(session, clock, 10)
    session.go_to("wins")
    assert (spent(store, "goals"), spent(store, "leads")) == (68, 31)


def test_there_is_no_step_of_that_name(session: Session) -> None:
    with pytest.raises(UsageError, match="The agenda has no step “lunch”"):
        session.go_to("lunch")
    with pytest.raises(UsageError, match="The agenda has no step “lunch”"):
        session.correct("lunch", 60)


def test_pause_and_resume(session: Session, store: FileStore, clock: Clock) -> None:
    run(session, clock, 30)
    session.pause()
    run(session, clock, 300)
    session.write_note("goals", "typed while the clock stands")
    session.go_to("leads")
    run(session, clock, 100)
    session.resume()
    run(session, clock, 15)
    assert (spent(store, "goals"), spent(store, "leads")) == (30, 15)


def test_a_pause_in_another_window_holds_here_too(session: Session, store: FileStore, clock: Clock) -> None:
    other = window(store, clock, "other")
    run(session, clock, 30)
    other.pause()
    session.saver.look()
    clock.advance(BEAT)
    session.write_note("goals", "typed while the clock stands")
    run(session, clock, 60)
    assert spent(store, "goals") == 30


def test_correction_adds_and_takes_away_but_never_below_zero(
    session: Session, store: FileStore, clock: Clock
) -> None:
    run(session, clock, 60)
    session.correct("goals", 120)
    assert spent(store, "goals") == 180
    session.correct("goals", -30)
    assert spent(store, "goals") == 150
    session.correct("goals", -100_000)
    assert spent(store, "goals") == 0
    run(session, clock, 60)
    assert spent(store, "goals") == 60
    session.correct("wins", 60)
    assert spent(store, "wins") == 60


def test_sleep_is_not_meeting_time(session: Session, store: FileStore, clock: Clock) -> None:
    run(session, clock, 60)
    clock.advance(8 * 3600)
    assert time.spent(session.meeting, "goals", clock.now(), session.live) == 60
    run(session, clock, 60)
    assert spent(store, "goals") == 115  # the first beat after the sleep begins anew
    assert len(store.read(1).clock) == 2


@pytest.mark.parametrize(("gap", "counted"), [(GAP, GAP), (GAP + 1, 0), (-5, 0)])
def test_the_longest_gap_that_counts(
    session: Session, store: FileStore, clock: Clock, gap: int, counted: int
) -> None:
    clock.advance(gap)
    session.beat()
    assert spent(store, "goals") == counted


def test_kill_and_relaunch_goes_on(session: Session, store: FileStore, clock: Clock) -> None:
    run(session, clock, 60)
    clock.advance(12)  # killed, and launched again at once
    again = window(store, clock)
    again.beat()
    run(again, clock, 60)
    assert spent(store, "goals") == 132
    assert len(store.read(1).clock) == 1


def test_kill_and_relaunch_next_day_counts_no_night(session: Session, store: FileStore, clock: Clock) -> None:
    run(session, clock, 60)
    clock.advance(86400)
    again = window(store, clock)
    again.beat()
    run(again, clock, 60)
    assert spent(store, "goals") == 120


def test_two_windows_count_once(session: Session, store: FileStore, clock: Clock) -> None:
    clock.advance(GAP + 60)  # so that the other window does not take up the first one's interval
    other = window(store, clock, "other")
    other.beat()
    session.beat()
    for _ in range(10):
        clock.advance(BEAT)
        session.beat()
        other.beat()
    assert spent(store, "goals") == 50
    assert time.elapsed(FileStore(store.folder).read(1)) == 50


def test_a_window_that_lags_a_step_behind_counts_nothing_twice(
    session: Session, store: FileStore, clock: Clock
) -> None:
    clock.advance(GAP + 60)
    other = window(store, clock, "other")
    other.beat()
    session.beat()
    run(session, clock, 20)
    other.beat()
    session.go_to("leads")
    clock.advance(BEAT)
    other.beat()  # it has not looked yet
    run(session, clock, 15)
    assert (spent(store, "goals"), spent(store, "leads")) == (20, 20)
    assert time.elapsed(FileStore(store.folder).read(1)) == 40


def test_a_planned_meeting_spends_no_time(tmp_path: Path, clock: Clock) -> None:
    store = FileStore(tmp_path / "planned")
    store.create(Meeting(head=replace(HEAD, state=MeetingState.PLANNED)))
    session = window(store, clock)
    raw = store.path(1).read_bytes()
    run(session, clock, 60)
    assert store.path(1).read_bytes() == raw


def at(seconds: int) -> dt.datetime:
    return MONDAY + dt.timedelta(seconds=seconds)


def recorded(*spans: tuple[str, int, int]) -> Meeting:
    rows = {
        str(n): Interval(uid=str(n), step=step, start=at(start), end=at(end))
        for n, (step, start, end) in enumerate(spans)
    }
    return Meeting(head=HEAD, clock=rows)


def test_the_end_is_projected_from_the_timeboxes_that_are_left() -> None:
    meeting = recorded(("goals", 0, 900))  # ten minutes were planned, fifteen taken
    meeting = replace(meeting, head=replace(meeting.head, step="leads"))
    assert time.planned(meeting) == 30 * 60
    assert time.projected(meeting) == 20 * 60
    assert time.overrun(meeting) == 5 * 60
    assert time.remaining(meeting, "goals") == -300
    assert time.remaining(meeting, "lunch") == 0


def test_an_agenda_without_steps() -> None:
    meeting = Meeting(head=replace(HEAD, steps=(), step=""))
    assert (time.planned(meeting), time.elapsed(meeting), time.projected(meeting), time.overrun(meeting)) == (
        0,
    ) * 4


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 50)), max_size=8))
def test_overlaps_count_once_whatever_they_are(spans: list[tuple[int, int]]) -> None:
    meeting = recorded(*(("goals", start, start + length) for start, length in spans))
    seconds = {second for start, length in spans for second in range(start, start + length)}
    assert time.spent(meeting, "goals") == len(seconds)


@given(
    st.lists(
        st.tuples(st.sampled_from(["goals", "leads", "wins"]), st.integers(0, 200), st.integers(0, 50)),
        max_size=8,
    )
)
def test_no_second_counts_in_two_steps(spans: list[tuple[str, int, int]]) -> None:
    meeting = recorded(*((step, start, start + length) for step, start, length in spans))
    seconds = {second for _, start, length in spans for second in range(start, start + length)}
    assert time.elapsed(meeting) == len(seconds)
    for step in ("goals", "leads", "wins"):
        own = {s for name, start, length in spans if name == step for s in range(start, start + length)}
        others = {s for name, start, length in spans if name != step for s in range(start, start + length)}
        assert len(own - others) <= time.spent(meeting, step) <= len(own)
