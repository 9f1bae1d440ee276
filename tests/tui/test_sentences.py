"""Sentences at the edge of the screen: where they stand, and how long."""

from __future__ import annotations

import pytest

from meetings.model import ActionItem
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import lines, said, seen, told, until
from tests.tui.step_app import at_step, dialog, second_meeting


@pytest.fixture
def held(workspace: Workspace, clock: Clock) -> Workspace:
    """A meeting that runs, with an action item."""
    second_meeting(
        workspace, clock, lambda _: None, lambda session: session.add(ActionItem(title="Call Acme"))
    )
    return workspace


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_a_sentence_goes_when_a_dialog_opens(held: Workspace, size: tuple[int, int]) -> None:
    async with at_step(held, "actions", size) as (app, pilot):
        await pilot.press("T")
        await seen(pilot, "Theme: ")
        await pilot.press("X")
        await dialog(pilot)
        await until(pilot, lambda: not any("Theme: " in line for line in lines(app)), "only the dialog")
        assert "▌" not in lines(app)[-2]


async def test_what_a_dialog_says_stands_on_the_last_line_alone(held: Workspace) -> None:
    async with at_step(held, "actions") as (app, pilot):
        await pilot.press("X")
        await dialog(pilot)
        app.say("Said in front")
        await seen(pilot, "Said in front")
        assert [n for n, line in enumerate(lines(app)) if "Said in front" in line] == [len(lines(app)) - 1]


async def test_a_sentence_of_the_same_moment_comes_along_and_stands_once(held: Workspace) -> None:
    async with at_step(held, "actions") as (app, pilot):
        app.say("Said just before")
        app.export(1)
        await dialog(pilot)
        await seen(pilot, "Said just before")
        await until(pilot, lambda: sum("Said just before" in line for line in lines(app)) == 1, "it once")


async def test_a_sentence_stays_where_it_was_said(held: Workspace) -> None:
    async with at_step(held, "actions") as (app, pilot):
        await pilot.press("T")
        await told(pilot, "Theme: ")
        await pilot.press("h")
        await until(pilot, lambda: getattr(app.screen, "place", "") == "home", "home")
        await until(pilot, lambda: not said(app), "nothing said")
