"""A planned meeting is moved or skipped with all that is on it; a closed one takes amendments and nothing else."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from msgspec.structs import replace

from meetings.config import Cadence
from meetings.errors import StoreError, UsageError
from meetings.exchange.minutes import render
from meetings.kinds import MeetingState
from meetings.model import ActionItem, Amendment, Problem
from meetings.session import Session
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.places import KINDS, Place

WEEK = 7 * 24 * 3600
NOV = {day: dt.date(2026, 11, day) for day in range(9, 31)}
DEC = {day: dt.date(2026, 12, day) for day in range(1, 32)}


@pytest.fixture(params=KINDS)
def kind_of_place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def planned(workspace: Workspace) -> Session:
    """Meeting 2, planned for Monday 23 November with an item that is due then; meeting 1 was held on the 16th."""
    session = workspace.start(workspace.session())
    session.add(ActionItem(title="Send the list", owner="Sam"))
    return workspace.close(session)


# Moving


@pytest.mark.parametrize(
    ("to", "following"),
    [
        (NOV[25], NOV[30]),  # two days late: the one after stays where it is
        (NOV[20], NOV[30]),  # ahead by three days: it does not follow three days later
        (NOV[30], DEC[7]),
        (DEC[24], DEC[28]),
        (NOV[16], NOV[30]),
    ],
)
def test_moving_takes_everything_along(
    workspace: Workspace, planned: Session, to: dt.date, following: dt.date
) -> None:
    planned.add(Problem(title="Who owns leads from events?"))
    before = planned.meeting
    workspace.reschedule(planned, to)
    after = workspace.store.read(2)
    assert (after.head.date, after.head.next_date) == (to, following)
    assert list(after.content()) == list(before.content())
    assert [item.due for item in after.action_items.values()] == [NOV[23]], "due when it was agreed to be"


def test_the_meeting_after_a_moved_one_is_held_when_it_would_have_been(
    workspace: Workspace, planned: Session, clock: Clock
) -> None:
    workspace.reschedule(planned, NOV[20])
    clock.advance(4 * 24 * 3600)
    started = workspace.start(planned)
    assert (started.meeting.head.date, started.meeting.head.next_date) == (NOV[20], NOV[30])
    assert workspace.close(started).meeting.head.date == NOV[30]


def test_skipping_goes_to_the_next_date_of_the_cadence_again_and_again(
    workspace: Workspace, planned: Session
) -> None:
    for day, following in ((NOV[30], DEC[7]), (DEC[7], DEC[14])):
        workspace.skip(planned)
        head = workspace.store.read(2).head
        assert (head.date, head.next_date) == (day, following)


def test_a_moved_meeting_that_is_skipped_goes_to_the_one_after(
    workspace: Workspace, planned: Session
) -> None:
    workspace.reschedule(planned, NOV[20])
    workspace.skip(planned)
    assert workspace.store.read(2).head.date == NOV[30]


def test_a_meeting_that_never_was_is_skipped_to_a_day_to_come(
    workspace: Workspace, planned: Session, clock: Clock
) -> None:
    clock.advance(3 * WEEK)
    workspace.skip(planned)
    assert workspace.store.read(2).head.date == DEC[14]


def test_every_two_weeks_and_every_month(workspace: Workspace, planned: Session) -> None:
    workspace.config = replace(workspace.config, cadence=Cadence(every="biweekly", day="monday"))
    workspace.skip(planned)
    assert workspace.store.read(2).head.date in (NOV[30], DEC[7])
    workspace.config = replace(workspace.config, cadence=Cadence(every="monthly", day="monday"))
    workspace.reschedule(planned, DEC[21])
    assert workspace.store.read(2).head.next_date == dt.date(2027, 1, 18)


def test_undo_moves_it_back_and_redo_away_again_also_after_a_restart(
    workspace: Workspace, planned: Session
) -> None:
    workspace.reschedule(planned, NOV[25])
    session = workspace.session()
    assert session.undo() == "move to Wed 25 Nov"
    assert (workspace.store.read(2).head.date, workspace.store.read(2).head.next_date) == (NOV[23], NOV[30])
    session.redo()
    assert workspace.store.read(2).head.date == NOV[25]


def test_once_the_meeting_runs_undo_leaves_its_date(
    workspace: Workspace, planned: Session, clock: Clock
) -> None:
    planned.add(Problem(title="Slow form"))
    workspace.reschedule(planned, NOV[25])
    clock.advance(9 * 24 * 3600)
    running = workspace.start(planned)
    assert running.undo() == "new problem"
    with pytest.raises(UsageError, match="There is nothing to undo"):
        running.undo()
    assert running.meeting.head.date == NOV[25]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (NOV[15], "Sun 15 Nov is over"),
        (NOV[23], "Meeting 2 is planned for Mon 23 Nov already"),
        (dt.date.max, "9999-12-31 is too far off"),
    ],
)
def test_days_that_cannot_be(
    workspace: Workspace, place: Place, planned: Session, day: dt.date, why: str
) -> None:
    before = place.raw(2)
    with pytest.raises(UsageError, match=why):
        workspace.reschedule(planned, day)
    assert place.raw(2) == before


def test_only_a_planned_meeting_can_be_moved(workspace: Workspace, planned: Session) -> None:
    running = workspace.start(planned)
    for attempt in (lambda: workspace.reschedule(running, NOV[25]), lambda: workspace.skip(running)):
        with pytest.raises(UsageError, match="Meeting 2 has started: its date stays"):
            attempt()


def test_reopening_the_one_before_leaves_the_day_it_was_moved_to(
    workspace: Workspace, planned: Session, clock: Clock
) -> None:
    clock.advance(60)
    workspace.reschedule(planned, NOV[26])
    clock.advance(60)
    again = workspace.reopen(1)
    again.add(ActionItem(title="One more"))
    clock.advance(60)
    meeting = workspace.close(again).meeting
    assert meeting.head.date == NOV[26]
    assert len(meeting.action_items) == 2


# Amending


def test_an_amendment_is_dated_and_changes_nothing_else(
    workspace: Workspace, planned: Session, clock: Clock
) -> None:
    before = workspace.store.read(1)
    clock.advance(2 * 24 * 3600)
    workspace.amend(1, "The list went to Jo,\nnot to Sam.")
    workspace.amend(1, "win [/red] \x1b[31m| # x")
    after = workspace.store.read(1)
    assert [(row.text, row.on) for row in after.amendments.values()] == [
        ("The list went to Jo,\nnot to Sam.", NOV[18]),
        ("win [/red] | # x", NOV[18]),
    ]
    assert replace(after, amendments={}, head=replace(after.head, version=before.head.version)) == before


def test_it_stands_at_the_end_of_the_minutes_with_its_day(workspace: Workspace, planned: Session) -> None:
    assert "Amendments" not in render(workspace.store.read(1))
    workspace.amend(1, "The list went to Jo.")
    assert render(workspace.store.read(1)).endswith(
        "## Amendments\n\n- Mon 16 Nov 2026: The list went to Jo.\n"
    )


def test_it_is_not_carried_over(workspace: Workspace, place: Place, planned: Session, clock: Clock) -> None:
    workspace.amend(1, "The list went to Jo.")
    clock.advance(60)
    again = workspace.reopen(1)
    assert len(again.meeting.amendments) == 1, "it stays where it is when the meeting is opened again"
    second = workspace.close(again)
    assert second.meeting.amendments == {}
    assert len(workspace.store.read(1).amendments) == 1
    assert json.loads(place.raw(2))["amendments"] == {}


def test_two_who_amend_at_once_both_do(workspace: Workspace, planned: Session) -> None:
    base = workspace.store.read(1)
    workspace.amend(1, "From one window")
    other = Amendment(text="From another", on=NOV[16], position=1.0)
    workspace.store.save(replace(base, amendments={other.uid: other}), base)
    texts = {row.text for row in workspace.store.read(1).amendments.values()}
    assert texts == {"From one window", "From another"}


def test_only_a_closed_meeting_is_amended_and_with_words(
    workspace: Workspace, place: Place, planned: Session
) -> None:
    before = place.raw(2)
    with pytest.raises(UsageError, match="Meeting 2 is not closed"):
        workspace.amend(2, "too early")
    with pytest.raises(UsageError, match="Only a closed meeting is amended"):
        planned.add(Amendment(text="too early"))
    for text in ("", " \n ", "\x1b[31m"):
        with pytest.raises(UsageError, match="Amendment may not be empty"):
            workspace.amend(1, text)
    with pytest.raises(UsageError, match="too long"):
        workspace.amend(1, "x" * 20_001)
    with pytest.raises(StoreError, match="There is no meeting 9"):
        workspace.amend(9, "nowhere")
    assert place.raw(2) == before


def test_a_meeting_from_before_there_were_amendments_is_read_and_amended(
    workspace: Workspace, place: Place, planned: Session
) -> None:
    tables = json.loads(place.raw(1))
    del tables["amendments"]
    place.put(1, json.dumps(tables).encode())
    assert workspace.store.read(1).amendments == {}
    workspace.amend(1, "Later")
    assert [row.text for row in workspace.store.read(1).amendments.values()] == ["Later"]
    assert workspace.store.read(1).head.state is MeetingState.CLOSED
