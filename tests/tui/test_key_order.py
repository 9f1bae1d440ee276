"""Keys that come at once, as over a slow line or from a paste without brackets."""

from __future__ import annotations

from textual import events

from meetings.model import Problem
from meetings.workspace import Workspace
from tests.tui.seeing import until
from tests.tui.step_app import at_step, to_list
from tui.app import AccordApp
from tui.screens.meeting import MeetingScreen


def at_once(app: AccordApp, keys: str) -> None:
    """Press them before the first of them has done anything."""
    for key in keys:
        name = {"\r": "enter", " ": "space", "\x1b": "escape"}.get(key, key)
        app.post_message(events.Key(name, key))


async def test_a_key_that_ends_a_field_opens_a_line_before_the_next_keys_come(workspace: Workspace) -> None:
    session = workspace.start(workspace.session())
    parked = session.add(Problem(title="Who owns leads from events?"))
    async with at_step(workspace, "actions") as (app, pilot):
        await to_list(pilot, "problems")
        at_once(app, "3dSend the list\rSecond one\r\x1b")
        await until(pilot, lambda: isinstance(app.screen, MeetingScreen), "the meeting again")
        await until(pilot, lambda: len(app.desk.meeting.decisions) == 2, "two decisions")
        assert app.desk.meeting.problems[parked.uid].votes == 3
        decisions = [decision.text for decision in app.desk.meeting.decisions.values()]
        assert decisions == ["Send the list", "Second one"]


async def test_keys_typed_over_a_key_that_opens_a_line_are_all_in_it(workspace: Workspace) -> None:
    workspace.start(workspace.session())
    async with at_step(workspace, "actions") as (app, pilot):
        at_once(app, "ttell them not to wait\r\x1b")
        await until(pilot, lambda: len(app.desk.meeting.action_items) == 1, "the item")
        assert [item.title for item in app.desk.meeting.action_items.values()] == ["tell them not to wait"]
