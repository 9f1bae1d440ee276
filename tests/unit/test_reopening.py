"""A closed meeting that is opened again, and closed again: what becomes of the one after it."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from meetings.errors import UsageError
from meetings.kinds import ItemState, MeetingState
from meetings.meeting import Meeting
from meetings.model import ActionItem, Problem, Win
from meetings.session import Session
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.places import KINDS, Place, on_disk, opened


@pytest.fixture(params=KINDS)
def kind_of_place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def without_version(meeting: Meeting) -> Meeting:
    return replace(meeting, head=replace(meeting.head, version=0))


def test_reopening_before_the_next_one_has_started(workspace: Workspace, running: Session) -> None:
    workspace.close(running)
    session = workspace.reopen(1)
    assert (session.meeting.head.number, session.meeting.head.state) == (1, MeetingState.RUNNING)
    assert session.meeting.head.paused
    session.add(Win(title="Forgotten"))
    assert opened(workspace).session().meeting.head.number == 1


def test_not_after_the_next_one_has_started(workspace: Workspace, running: Session) -> None:
    workspace.start(workspace.close(running))
    with pytest.raises(UsageError, match="Meeting 1 can no longer be reopened: meeting 2 has started"):
        workspace.reopen(1)


def test_not_two_meetings_later_and_not_one_that_is_not_there(workspace: Workspace, running: Session) -> None:
    workspace.close(workspace.start(workspace.close(running)))
    with pytest.raises(UsageError, match="can no longer be reopened"):
        workspace.reopen(1)
    with pytest.raises(UsageError, match="There is no meeting 9"):
        workspace.reopen(9)


def test_the_next_meeting_does_not_start_while_the_one_before_is_open_again(
    workspace: Workspace, running: Session
) -> None:
    planned = workspace.close(running)
    opened(workspace).reopen(1)
    with pytest.raises(UsageError, match="Meeting 1 is the one that is open now"):
        workspace.start(planned)
    assert on_disk(workspace, 2).head.state is MeetingState.PLANNED


def test_closing_again_brings_the_next_meeting_up_to_date(
    workspace: Workspace, running: Session, clock: Clock
) -> None:
    done = running.add(ActionItem(title="Was done after all", owner="Sam"))
    kept = running.add(ActionItem(title="Stays open", owner="Lena"))
    clock.advance(60)
    workspace.close(running)
    clock.advance(60)
    again = workspace.reopen(1)
    again.change(done.uid, state=ItemState.DONE)
    new = again.add(ActionItem(title="New one", owner="Ana"))
    clock.advance(60)
    items = workspace.close(again).meeting.action_items
    assert set(items) == {kept.uid, new.uid}
    assert [items[uid].carried for uid in (kept.uid, new.uid)] == [1, 1]
    assert workspace.clashes == ()


def test_carried_is_set_and_never_added_however_often_it_is_reopened(
    workspace: Workspace, running: Session, clock: Clock
) -> None:
    item = running.add(ActionItem(title="Send the list", owner="Sam"))
    session = workspace.close(running)
    for _ in range(3):
        clock.advance(60)
        session = workspace.close(workspace.reopen(1))
    assert session.meeting.action_items[item.uid].carried == 1
    later = workspace.close(workspace.start(session))
    assert later.meeting.action_items[item.uid].carried == 2


def test_what_was_edited_in_the_next_meeting_wins_and_clashes_are_listed(
    workspace: Workspace, running: Session, clock: Clock
) -> None:
    item = running.add(ActionItem(title="Send the list", owner="Sam"))
    problem = running.add(Problem(title="Slow form"))
    planned = workspace.close(running)
    clock.advance(60)
    planned.change(item.uid, title="Send the list today")
    added = planned.add(ActionItem(title="Between two meetings", owner="Ana"))
    clock.advance(60)
    again = workspace.reopen(1)
    again.change(item.uid, title="Send both lists", owner="Lena")
    again.change(problem.uid, says_a="it loses leads")
    clock.advance(60)
    meeting = workspace.close(again).meeting
    merged = meeting.action_items[item.uid]
    assert (merged.title, merged.owner, merged.carried) == ("Send the list today", "Lena", 1)
    assert added.uid in meeting.action_items
    assert meeting.problems[problem.uid].says_a == "it loses leads"
    assert [(c.field, c.kept, c.other) for c in workspace.clashes] == [
        ("title", "Send the list today", "Send both lists")
    ]
    assert on_disk(workspace, 2) == meeting


def test_an_item_moved_in_the_next_meeting_but_done_in_this_one_stays_and_is_listed(
    workspace: Workspace, running: Session, clock: Clock
) -> None:
    item = running.add(ActionItem(title="Send the list", owner="Sam"))
    planned = workspace.close(running)
    clock.advance(60)
    planned.change(item.uid, due=dt.date(2026, 12, 4))
    again = workspace.reopen(1)
    again.change(item.uid, state=ItemState.DONE)
    clock.advance(60)
    meeting = workspace.close(again).meeting
    assert meeting.action_items[item.uid].due == dt.date(2026, 12, 4)
    assert [(c.field, c.kept, c.other) for c in workspace.clashes] == [("", "Send the list", None)]


def test_what_was_removed_from_the_next_meeting_stays_away(
    workspace: Workspace, running: Session, clock: Clock
) -> None:
    item = running.add(ActionItem(title="Send the list"))
    workspace.close(running).remove(item.uid)
    clock.advance(60)
    assert not workspace.close(workspace.reopen(1)).meeting.action_items


def test_closing_again_moves_the_next_date_unless_it_was_moved_by_hand(
    workspace: Workspace, running: Session, clock: Clock
) -> None:
    workspace.close(running)
    clock.advance(60)
    again = workspace.reopen(1)
    again.schedule(next_date=dt.date(2026, 11, 25))
    clock.advance(60)
    planned = workspace.close(again)
    assert planned.meeting.head.date == dt.date(2026, 11, 25)
    clock.advance(60)
    planned.schedule(date=dt.date(2026, 11, 27))
    again = workspace.reopen(1)
    again.schedule(next_date=dt.date(2026, 11, 24))
    clock.advance(60)
    assert workspace.close(again).meeting.head.date == dt.date(2026, 11, 27)


def test_a_crash_after_closing_again_is_healed_by_the_next_launch(
    workspace: Workspace, running: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    workspace.close(running)
    again = workspace.reopen(1)
    item = again.add(ActionItem(title="New one"))
    clock.advance(60)

    def crash() -> Session:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(workspace, "session", crash)
        with pytest.raises(KeyboardInterrupt):
            workspace.close(again)
    assert item.uid not in on_disk(workspace, 2).action_items
    assert item.uid in opened(workspace).session().meeting.action_items
    bytes_then = place.raw(2)
    opened(workspace).session()
    assert place.raw(2) == bytes_then


def test_an_edit_that_another_window_made_just_after_the_close_carries_over_too(
    workspace: Workspace, running: Session
) -> None:
    other = opened(workspace).session()
    workspace.close(running)
    late = other.add(ActionItem(title="Typed a moment too late"))
    assert other.meeting.head.state is MeetingState.CLOSED
    assert late.uid in workspace.session().meeting.action_items
