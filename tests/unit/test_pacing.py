"""Each step keeps to its time: its end is said once, minutes are borrowed, earlier meetings are learned from."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from meetings.errors import UsageError
from meetings.flow import clock as time
from meetings.flow.pacing import Nudges, Stage, lend, lenders, proposals, stage, timed
from meetings.kinds import MeetingState
from meetings.meeting import AgendaStep, Head, Meeting
from meetings.model import Interval
from meetings.workspace import Workspace
from tests.conftest import MONDAY, Clock

STEPS = tuple(
    AgendaStep(id=name, kind=name, title=name.title(), minutes=minutes)
    for name, minutes in (("goals", 10), ("leads", 15), ("wins", 5), ("wrapup", 1))
)


def meeting(
    spent: dict[str, float], state: MeetingState = MeetingState.RUNNING, step: str = "goals"
) -> Meeting:
    """A meeting that has spent so many minutes in its steps."""
    rows = {
        name: Interval(uid=name, step=name, start=MONDAY, end=MONDAY + dt.timedelta(minutes=minutes))
        for name, minutes in spent.items()
    }
    return Meeting(
        head=Head(uid="head", number=1, state=state, steps=STEPS, step=step, date=MONDAY.date()), clock=rows
    )


@pytest.mark.parametrize(
    ("spent", "expected"),
    [
        (0, Stage.AMPLE),
        (7.9, Stage.AMPLE),
        (8, Stage.SOON),
        (9.9, Stage.SOON),
        (10, Stage.OVER),
        (30, Stage.OVER),
    ],
)
def test_a_step_is_near_its_end_at_four_fifths_of_its_time(spent: float, expected: Stage) -> None:
    assert stage(meeting({"goals": spent}), "goals") is expected


def test_each_stage_is_said_once_and_not_again_after_going_back() -> None:
    nudges = Nudges()

    def look(goals: float, leads: float = 0, step: str = "goals") -> Stage | None:
        return nudges.look(meeting({"goals": goals, "leads": leads}, step=step), MONDAY, "")

    assert [look(5), look(8), look(9), look(10), look(12)] == [None, Stage.SOON, None, Stage.OVER, None]
    assert [look(12, 1, "leads"), look(12, 12, "leads")] == [None, Stage.SOON]
    assert [look(12, 12), look(14, 12)] == [None, None]


def test_what_had_come_before_the_launch_is_not_said() -> None:
    nudges = Nudges()
    assert nudges.look(meeting({"goals": 9}), MONDAY, "") is None
    assert nudges.look(meeting({"goals": 10}), MONDAY, "") is Stage.OVER


def test_a_paused_clock_says_nothing() -> None:
    nudges = Nudges()
    before, after = meeting({"goals": 5}), meeting({"goals": 8})
    nudges.look(before, MONDAY, "")
    assert nudges.look(replace(after, head=replace(after.head, paused=True)), MONDAY, "") is None
    assert nudges.look(after, MONDAY, "") is Stage.SOON


def test_later_steps_lend_five_minutes_or_what_they_can_spare() -> None:
    found = [(step.id, minutes) for step, minutes in lenders(meeting({"goals": 9}))]
    assert found == [("leads", 5), ("wins", 4)]
    assert [step.id for step, _ in lenders(meeting({}, step="wrapup"))] == []


@given(st.sampled_from(STEPS[1:]), st.integers(-3, 30))
def test_lending_keeps_the_length_of_the_meeting(lender: AgendaStep, minutes: int) -> None:
    one = meeting({})
    if 0 < minutes < lender.minutes:
        steps = timed(STEPS, lend(one, lender, minutes))
        assert sum(step.minutes for step in steps) == sum(step.minutes for step in STEPS)
        assert min(step.minutes for step in steps) >= 1
    else:
        with pytest.raises(UsageError, match="not so many minutes"):
            lend(one, lender, minutes)


def test_a_step_that_runs_over_is_offered_what_it_takes() -> None:
    held = [
        meeting({"leads": minutes, "goals": 9}, MeetingState.CLOSED) for minutes in (40, 19, 20, 21, 22, 23)
    ]
    (found,) = proposals(STEPS, held)
    assert (found.step.id, found.over, found.meetings, found.minutes) == ("leads", 6.0, 5, 20)
    assert proposals(timed(STEPS, {"leads": 20}), held) == []


def test_too_few_meetings_or_too_little_over_offer_nothing() -> None:
    closed = MeetingState.CLOSED
    assert proposals(STEPS, [meeting({"leads": 30}, closed)] * 2) == []
    assert proposals(STEPS, [meeting({"leads": 16.9}, closed)] * 5) == []
    assert proposals(STEPS, [meeting({"leads": 30})] * 5) == []
    (small,) = proposals(STEPS, [meeting({"leads": 17}, closed)] * 3)
    assert small.minutes == 17


def test_other_minutes_hold_when_the_meeting_starts_and_can_be_undone(workspace: Workspace) -> None:
    session = workspace.session()
    before = {step.id: step.minutes for step in session.meeting.head.steps}
    session.retime({"leads": 20}, "time of Lead feedback")
    session.retime({"wins": 3}, "time of Wins")
    assert session.undo() == "time of Wins"
    running = workspace.start(session)
    after = {step.id: step.minutes for step in running.meeting.head.steps}
    assert after == {**before, "leads": 20}
    following = workspace.close(running)
    assert {step.id: step.minutes for step in following.meeting.head.steps} == before


def test_minutes_are_borrowed_in_the_meeting_and_the_clock_goes_on(
    workspace: Workspace, clock: Clock
) -> None:
    session = workspace.start(workspace.session())
    session.go_to("goals")
    for _ in range(12):
        clock.advance(5)
        session.beat()
    (lender, minutes), *_ = lenders(session.meeting, clock.now(), session.live)
    planned = time.planned(session.meeting)
    session.retime(lend(session.meeting, lender, minutes), f"{minutes} min from {lender.title}")
    assert time.planned(session.meeting) == planned
    assert time.remaining(session.meeting, "goals", clock.now(), session.live) == (10 + minutes) * 60 - 60
    session.undo()
    assert time.remaining(session.meeting, "goals", clock.now(), session.live) == 10 * 60 - 60


@pytest.mark.parametrize("wanted", [0, -5, 601])
def test_impossible_minutes_are_refused(workspace: Workspace, wanted: int) -> None:
    session = workspace.session()
    with pytest.raises(UsageError, match="1 to 600 minutes"):
        session.retime({"leads": wanted}, "time")
    with pytest.raises(UsageError, match="no step"):
        session.retime({"lunch": 5}, "time")
