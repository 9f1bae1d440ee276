"""Trends: the figures of all meetings, and a chart of the selected one."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from meetings.model import Goal, LeadNumbers, Reading
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import lines, seen, until
from tests.tui.weeks import held
from tui.app import AccordApp


def row(app: AccordApp, name: str) -> str:
    """The row of a figure, which begins with its name."""
    return next(line for line in lines(app) if line[4:].startswith(name))


@pytest.mark.parametrize("size", [(120, 36), (40, 15)])
async def test_each_figure_has_its_latest_value_and_a_chart(
    workspace: Workspace, clock: Clock, size: tuple[int, int]
) -> None:
    held(workspace, clock)
    app = AccordApp(workspace)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("Y")
        await seen(pilot, "Done rate", "MQL to SQL rate")
        assert "1 of 2, 50 %" in row(app, "Done rate")
        assert "8.0" in row(app, "Rating"), "three people rated the first meeting, one the second"
        assert " 27 " in row(app, "MQL to SQL rate")
        if size[0] > 40:
            await pilot.press("G")
            await seen(pilot, "─ MQL to SQL rate ─", "1 reading ─", "╌ target")
        await pilot.press("escape")
        await until(pilot, lambda: getattr(app.screen, "place", "") == "home", "home")


async def test_the_chart_is_drawn_anew_when_its_own_room_changes(workspace: Workspace, clock: Clock) -> None:
    held(workspace, clock)
    app = AccordApp(workspace)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("Y")
        await seen(pilot, "Done rate")
        await pilot.press("G")
        await seen(pilot, "─ MQL to SQL rate ─", "╌ target")
        app.screen.query_one("#chart-panel").styles.height = 11
        await until(pilot, lambda: app.screen.query_one("#chart").size.height == 9, "less room")
        await seen(pilot, "╌ target", "└")


async def test_before_the_first_meeting_is_closed_there_is_nothing_to_compare(workspace: Workspace) -> None:
    app = AccordApp(workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("Y")
        await seen(pilot, "Nothing to compare yet")


async def test_the_targets_are_those_of_the_configuration(workspace: Workspace, clock: Clock) -> None:
    held(workspace, clock)
    items = replace(workspace.config.items, done_rate=0.75)
    workspace.config = replace(workspace.config, items=items)
    app = AccordApp(workspace)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("Y")
        await seen(pilot, "Done rate")
        assert " 75 % " in row(app, "Done rate")


async def test_the_acceptance_rate_has_the_sign_that_it_has_in_the_meeting(
    workspace: Workspace, clock: Clock
) -> None:
    held(workspace, clock)
    session = workspace.session()
    day = session.meeting.head.date
    session.add(
        LeadNumbers(source="Web", period_start=day, period_end=day, new=20, handed_over=10, accepted=5)
    )
    app = AccordApp(workspace)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("Y")
        await seen(pilot, "5 of 10, 50 %")
        assert "■" in row(app, "Acceptance rate")


async def test_names_of_figures_are_whole_where_there_is_room(workspace: Workspace, clock: Clock) -> None:
    held(workspace, clock)
    reading = Reading(clock.today(), 20.0)
    session = workspace.session()
    session.add(Goal(title="SQL to opportunity rate", readings=(reading,)))
    session.add(Goal(title="First response to a lead that is new", readings=(reading,)))
    app = AccordApp(workspace)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("Y")
        await seen(pilot, "SQL to opportunity rate ", "First response to a lead that", " new ")
