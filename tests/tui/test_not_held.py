"""Closing a meeting in which nothing was put down offers to plan it again."""

from __future__ import annotations

from meetings.kinds import MeetingState
from meetings.workspace import Workspace
from tests.tui.seeing import seen, told
from tests.tui.step_app import at_step, on_disk


async def test_a_meeting_that_was_not_held_is_planned_again(workspace: Workspace) -> None:
    workspace.start(workspace.session())
    async with at_step(workspace, "goals") as (_, pilot):
        await pilot.press("C")
        await seen(pilot, "Nothing was put down in it.", "It was not held: plan it again")
        await pilot.press("p")
        await told(pilot, "Meeting 1 is planned again.")
        await seen(pilot, "Next meeting", "Start")
        assert on_disk(workspace).head.state is MeetingState.PLANNED
        await pilot.press("S")
        await seen(pilot, "Check-in")
    assert on_disk(workspace).head.state is MeetingState.RUNNING


async def test_the_other_window_goes_home(workspace: Workspace) -> None:
    session = workspace.start(workspace.session())
    async with at_step(workspace, "goals") as (app, pilot):
        workspace.put_back(session)
        app.desk.session.saver.look()
        await seen(pilot, "Next meeting", "Start")
