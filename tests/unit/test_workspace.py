"""The life of the meetings in a store: one accepts edits, closing plans the next, a crash in between heals."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from meetings.config import Config
from meetings.errors import UsageError
from meetings.kinds import DecisionState, GoalState, ItemState, MeetingState, Status, Team
from meetings.meeting import Meeting
from meetings.model import ActionItem, ComingUp, Decision, Goal, Problem, Reading, Win
from meetings.paths import Paths
from meetings.session import Session
from meetings.store.base import NotSaved
from meetings.workspace import Workspace, seat_of
from tests.conftest import Clock
from tests.places import KINDS, Place, on_disk, opened


@pytest.fixture(params=KINDS)
def kind_of_place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


# One after the other


def test_first_launch_plans_meeting_1_on_the_meeting_day_with_everyone_configured(
    workspace: Workspace,
) -> None:
    meeting = workspace.session().meeting
    assert (meeting.head.number, meeting.head.state) == (1, MeetingState.PLANNED)
    assert meeting.head.date == dt.date(2026, 11, 16)
    assert [(p.name, p.team) for p in meeting.people.values()] == [
        ("Sam", Team.A),
        ("Ana", Team.A),
        ("Lena", Team.B),
        ("Jonas", Team.B),
    ]
    assert on_disk(workspace, 1) == meeting


def test_starting_runs_the_agenda_as_configured_from_its_first_step(workspace: Workspace) -> None:
    session = workspace.start(workspace.session())
    head = on_disk(workspace, 1).head
    assert head.state is MeetingState.RUNNING
    assert head.step == head.steps[0].id == "checkin"
    assert head.steps == workspace.config.agendas["weekly"]
    assert session.meeting.head.next_date == dt.date(2026, 11, 23)


def test_the_agenda_is_chosen_when_the_meeting_starts(workspace: Workspace) -> None:
    session = workspace.start(workspace.session(), "planning")
    assert session.meeting.head.agenda == "planning"
    assert session.meeting.head.steps == workspace.config.agendas["planning"]


def test_an_unknown_agenda_is_refused_and_nothing_starts(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="There is no agenda “monthly”; there are weekly, planning"):
        workspace.start(workspace.session(), "monthly")
    assert on_disk(workspace, 1).head.state is MeetingState.PLANNED


def test_closing_writes_the_meeting_and_then_plans_the_next(workspace: Workspace, running: Session) -> None:
    running.add(ActionItem(title="Send the list", owner="Sam"))
    after = workspace.close(running)
    assert on_disk(workspace, 1).head.state is MeetingState.CLOSED
    assert after.meeting == on_disk(workspace, 2)
    assert (after.meeting.head.number, after.meeting.head.state) == (2, MeetingState.PLANNED)
    assert after.meeting.head.date == dt.date(2026, 11, 23)
    assert [item.carried for item in after.meeting.action_items.values()] == [1]


def test_a_meeting_held_late_is_dated_on_the_day_it_was_held(workspace: Workspace, clock: Clock) -> None:
    session = workspace.session()
    clock.advance(2 * 86400)
    session = workspace.start(session)
    assert session.meeting.head.date == dt.date(2026, 11, 18)
    assert workspace.close(session).meeting.head.date == dt.date(2026, 11, 23)


def test_closing_freezes_the_status_of_goals_and_ends_undo(workspace: Workspace, running: Session) -> None:
    goal = running.add(
        Goal(
            title="Pipeline",
            start=0,
            target=100,
            start_date=dt.date(2026, 11, 1),
            due=dt.date(2026, 12, 1),
            readings=(Reading(dt.date(2026, 11, 16), 100),),
        )
    )
    after = workspace.close(running)
    closed = on_disk(workspace, 1)
    assert closed.goals[goal.uid].status is Status.ON_TRACK
    assert not closed.edits
    with pytest.raises(UsageError, match="nothing to undo"):
        after.undo()


def test_a_closed_meeting_refuses_every_change(workspace: Workspace, running: Session, place: Place) -> None:
    item = running.add(ActionItem(title="Send the list"))
    workspace.close(running)
    before = place.raw(1)
    session = Session(
        workspace.store,
        on_disk(workspace, 1),
        seat="x",
        now=workspace.now,
        today=workspace.today,
        background=False,
    )
    attempts = [
        lambda: session.add(Win(title="Late")),
        lambda: session.change(item.uid, title="Other"),
        lambda: session.remove(item.uid),
        lambda: session.go_to("goals"),
        lambda: session.write_note("goals", "late"),
        lambda: session.correct("goals", 60),
        session.pause,
        session.undo,
        session.redo,
    ]
    for attempt in attempts:
        with pytest.raises(UsageError, match="Meeting 1 is closed: it is a record that does not change"):
            attempt()
    session.beat()
    assert place.raw(1) == before


def test_exactly_one_meeting_accepts_edits_whatever_happens(workspace: Workspace, running: Session) -> None:
    def writable() -> list[int]:
        found = []
        for number in workspace.store.numbers():
            current = opened(workspace).session()
            if current.meeting.head.number == number and not current.refusal:
                found.append(number)
        return found

    assert writable() == [1]
    workspace.close(running)
    assert writable() == [2]
    again = workspace.reopen(1)
    assert writable() == [1]
    second = workspace.close(again)
    assert writable() == [2]
    workspace.close(workspace.start(second))
    assert writable() == [3]


def test_a_planned_meeting_is_rescheduled_and_keeps_its_content(workspace: Workspace) -> None:
    session = workspace.session()
    win = session.add(Win(title="ACME signed"))
    session.schedule(date=dt.date(2026, 11, 20))
    assert on_disk(workspace, 1).head.date == dt.date(2026, 11, 20)
    assert on_disk(workspace, 1).head.next_date == dt.date(2026, 11, 23)
    session.schedule(date=dt.date(2026, 11, 23))  # skipped: no meeting this week
    meeting = on_disk(workspace, 1)
    assert meeting.head.date == dt.date(2026, 11, 23)
    assert meeting.head.next_date is None
    assert list(meeting.wins) == [win.uid]


def test_a_started_meeting_keeps_its_date_but_says_when_the_next_one_is(
    workspace: Workspace, running: Session
) -> None:
    with pytest.raises(UsageError, match="has started"):
        running.schedule(date=dt.date(2026, 11, 20))
    with pytest.raises(UsageError, match="later than this one"):
        running.schedule(next_date=dt.date(2026, 11, 16))
    running.schedule(next_date=dt.date(2026, 11, 25))
    assert workspace.close(running).meeting.head.date == dt.date(2026, 11, 25)


# A crash between the two writes


def test_a_crash_between_the_two_writes_of_a_close_is_healed_with_the_same_meeting(
    workspace: Workspace, running: Session, monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    running.add(ActionItem(title="Send the list", owner="Sam"))
    running.add(Problem(title="Slow form"))

    def crash(meeting: Meeting) -> Meeting:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(workspace.store, "create", crash)
        with pytest.raises(KeyboardInterrupt):
            workspace.close(running)
    assert list(workspace.store.numbers()) == [1]
    assert on_disk(workspace, 1).head.state is MeetingState.CLOSED
    healed = opened(workspace).session().meeting
    first = place.raw(2)
    assert [item.title for item in healed.action_items.values()] == ["Send the list"]
    place.remove(2)
    opened(workspace).session()
    assert place.raw(2) == first


def test_a_failed_successor_leaves_the_meeting_closed_and_says_why(
    workspace: Workspace, running: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(meeting: Meeting) -> Meeting:
        raise NotSaved("Meeting 2 could not be saved: the disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(workspace.store, "create", full)
        session = workspace.close(running)
    assert session.meeting.head.state is MeetingState.CLOSED
    assert session.refusal == "Meeting 2 could not be saved: the disk is full."
    assert workspace.session().meeting.head.number == 2


def test_a_failed_close_leaves_the_meeting_running_and_editable(
    workspace: Workspace, running: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(meeting: Meeting, base: Meeting) -> None:
        raise NotSaved("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(workspace.store, "save", full)
        with pytest.raises(NotSaved):
            workspace.close(running)
    running.add(Win(title="Still here"))
    assert [win.title for win in on_disk(workspace, 1).wins.values()] == ["Still here"]
    assert on_disk(workspace, 1).head.state is MeetingState.RUNNING


def test_a_close_that_fails_in_the_background_can_go_on_being_saved(
    config: Config, paths: Paths, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace.open(config, paths, now=clock.now, today=clock.today)
    session = workspace.start(workspace.session())
    session.add(Win(title="Before"))
    real = workspace.store.save

    def refuse_closing(meeting: Meeting, base: Meeting) -> object:
        if meeting.head.state is MeetingState.CLOSED:
            raise NotSaved("the disk is full")
        return real(meeting, base)

    with monkeypatch.context() as patch:
        patch.setattr(workspace.store, "save", refuse_closing)
        with pytest.raises(NotSaved):
            workspace.close(session)
    session.add(Win(title="After"))
    assert session.saver.flush(10)
    assert [win.title for win in on_disk(workspace, 1).wins.values()] == ["Before", "After"]
    session.saver.close()


# What is wrong with a file


def test_a_newer_latest_file_makes_the_store_read_only_and_stays_byte_for_byte(
    workspace: Workspace, running: Session, place: Place
) -> None:
    workspace.close(running)
    raw = place.raw(2).replace(b'"schema": 1', b'"schema": 7')
    place.put(2, raw)
    session = opened(workspace).session()
    assert session.meeting.head.number == 1
    with pytest.raises(
        UsageError,
        match=r"(0002.json|Meeting 2) was written by a newer Accord \(format 7; this one knows 1\)",
    ):
        session.add(Win(title="No"))
    with pytest.raises(UsageError):
        workspace.close(session)
    session.beat()
    assert place.raw(2) == raw
    assert list(workspace.store.numbers()) == [1, 2]


# People and seats


def test_someone_new_in_the_configuration_joins_the_planned_meeting(
    workspace: Workspace, config: Config
) -> None:
    workspace.session()
    teams = config.teams | {"a": replace(config.teams["a"], people=("Sam", "Ana", "Kim"))}
    workspace.config = replace(config, teams=teams)
    names = [person.name for person in workspace.session().meeting.people.values()]
    assert names == ["Sam", "Ana", "Lena", "Jonas", "Kim"]


def test_a_seat_is_kept_and_says_nothing(tmp_path: Path) -> None:
    seat = seat_of(tmp_path / "state")
    assert seat == seat_of(tmp_path / "state")
    assert (tmp_path / "state" / "seat").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("damaged", [b"", b"\n", b"\xff\xfe"])
def test_a_damaged_seat_is_made_anew_once(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / "seat").write_bytes(damaged)
    seat = seat_of(tmp_path)
    assert seat
    assert seat == seat_of(tmp_path)


def test_where_no_seat_can_be_kept_there_is_one_for_the_time_being(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert seat_of(tmp_path / "file" / "state")


# Carrying over, on disk


def test_what_carries_over_into_the_file_of_the_next_meeting(
    workspace: Workspace, running: Session, place: Place
) -> None:
    goal = running.add(Goal(title="Pipeline", readings=(Reading(dt.date(2026, 11, 16), 5.0),)))
    dropped = running.add(Goal(title="Old", state=GoalState.DROPPED))
    standing = running.add(Decision(text="One list"))
    confirmed = running.add(Decision(text="Weekly webinar", state=DecisionState.CONFIRMED))
    running.add(Win(title="ACME signed"))
    soon = running.add(ComingUp(text="Fair", date=dt.date(2026, 11, 24)))
    past = running.add(ComingUp(text="Launch", date=dt.date(2026, 11, 16)))
    workspace.close(running)
    tables = msgspec.json.decode(place.raw(2))
    assert [row["uid"] for row in tables["goals"].values()] == [goal.uid]
    assert tables["goals"]["1"]["readings"] == [{"date": "2026-11-16", "value": 5.0}]
    assert [row["uid"] for row in tables["decisions"].values()] == [standing.uid]
    assert [row["uid"] for row in tables["coming_up"].values()] == [soon.uid]
    assert tables["wins"] == {}
    assert {dropped.uid, confirmed.uid, past.uid}.isdisjoint(place.raw(2).decode().split('"'))


def test_an_item_done_between_meetings_shows_as_done_and_does_not_carry_further(
    workspace: Workspace, running: Session
) -> None:
    item = running.add(ActionItem(title="Send the list", owner="Sam"))
    planned = workspace.close(running)
    planned.change(item.uid, state=ItemState.DONE)
    second = workspace.start(planned)
    assert second.meeting.action_items[item.uid].state is ItemState.DONE
    assert not workspace.close(second).meeting.action_items


def test_who_starts_or_reopens_a_meeting_that_others_can_join_leads_it(workspace: Workspace) -> None:
    seat = workspace.seat if workspace.store.shared else ""
    session = workspace.start(workspace.session())
    assert session.meeting.head.lead == seat
    planned = workspace.close(session)
    assert not planned.meeting.head.lead
    assert not workspace.store.read(1).head.lead, "a record is led by nobody"
    assert workspace.reopen(1).meeting.head.lead == seat
