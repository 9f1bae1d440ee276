"""A meeting that was started by mistake goes back to planned, as it was, unless something was put down in it."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from meetings.errors import UsageError
from meetings.kinds import MeetingState
from meetings.model import ActionItem, Win
from meetings.session import Session
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.places import KINDS

DAY = 24 * 3600


@pytest.fixture(params=KINDS)
def kind_of_place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def planned(workspace: Workspace, clock: Clock) -> Session:
    """A second meeting, planned, with something carried and something added."""
    first = workspace.start(workspace.session())
    first.add(ActionItem(title="Send the list", owner="Sam"))
    session = workspace.close(first)
    session.add(Win(title="Acme"))
    clock.advance(60)
    return session


def as_it_is(session: Session) -> object:
    meeting = session.meeting
    return replace(meeting, head=replace(meeting.head, version=0, updated_at=meeting.head.created_at))


def test_what_was_started_by_mistake_is_planned_as_before(
    workspace: Workspace, planned: Session, clock: Clock
) -> None:
    before = as_it_is(planned)
    clock.advance(DAY)
    running = workspace.start(planned)
    clock.advance(30)
    running.go_to("wins")
    running.beat()
    mistake = running.add(Win(title="Slip"))
    assert not workspace.may_be_put_back(running.meeting)
    running.undo()
    assert running.meeting.find(mistake.uid) is None
    back = workspace.put_back(running)
    assert back.meeting.head.state is MeetingState.PLANNED
    after = back.meeting
    assert replace(after, edits=planned.meeting.edits, head=replace(after.head, version=0)) == replace(
        before,  # type: ignore[type-var]
        head=replace(before.head, updated_at=after.head.updated_at),  # type: ignore[attr-defined]
    )
    assert as_it_is(workspace.session()) == as_it_is(back), "a new start of the program finds the same"


def test_it_can_be_started_again_and_the_one_before_reopened(workspace: Workspace, planned: Session) -> None:
    back = workspace.put_back(workspace.start(planned))
    reopened = workspace.reopen(1)
    assert not workspace.may_be_put_back(reopened.meeting), "it had been held"
    again = workspace.start(workspace.close(reopened))
    assert [item.carried for item in again.meeting.action_items.values()] == [1]
    assert [win.title for win in again.meeting.wins.values()] == ["Acme"]
    assert back.meeting.head.uid == again.meeting.head.uid


def test_a_meeting_that_holds_something_is_closed_instead(workspace: Workspace, planned: Session) -> None:
    running = workspace.start(planned)
    running.write_note("wins", "Well begun")
    with pytest.raises(UsageError, match="has been held"):
        workspace.put_back(running)
    assert workspace.session().meeting.head.state is MeetingState.RUNNING


def test_the_very_first_meeting_too(workspace: Workspace, clock: Clock) -> None:
    session = workspace.session()
    day = session.meeting.head.date
    clock.advance(3 * DAY)
    back = workspace.put_back(workspace.start(session))
    assert (back.meeting.head.date, back.meeting.head.planned_for) == (day, None)
    assert back.meeting.head.next_date is not None
    assert back.meeting.head.next_date > day + dt.timedelta(0)
