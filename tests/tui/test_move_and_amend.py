"""Moving and skipping the planned meeting from home, and amending a closed one from history and its minutes."""

from __future__ import annotations

import datetime as dt

import pytest

from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import line_with, seen, told, type_in, until
from tests.tui.step_app import dialog
from tests.tui.weeks import held
from tui.app import AccordApp

SIZES = ((120, 36), (80, 24), (40, 15))


def place(app: AccordApp) -> str:
    return getattr(app.screen, "place", "")


@pytest.fixture
def app(workspace: Workspace, clock: Clock) -> AccordApp:
    """Meeting 3 is planned for Monday 30 November; today is Wednesday 25 November."""
    held(workspace, clock)
    return AccordApp(workspace)


def planned_for(workspace: Workspace) -> tuple[dt.date, dt.date | None]:
    head = workspace.store.read(3).head
    return head.date, head.next_date


@pytest.mark.parametrize("size", SIZES)
async def test_moving_asks_for_a_day_and_can_be_undone(
    app: AccordApp, workspace: Workspace, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await seen(pilot, "Next meeting")
        await pilot.press("D")
        await seen(pilot, "Move meeting 3 to which day?", "It is planned for Mon 30 Nov.")
        await dialog(pilot)
        await type_in(pilot, "+6d")
        await pilot.press("enter")
        await told(pilot, "Meeting 3 is moved from Mon 30 Nov to Tue 1 Dec. u brings it back.")
        assert planned_for(workspace) == (dt.date(2026, 12, 1), dt.date(2026, 12, 7))
        await seen(pilot, "Tue 1 Dec" if size == (40, 15) else "Tuesday 1 December 2026 · in 6 days")
        await pilot.press("u")
        await told(pilot, "Undid: move to Tue 1 Dec")
        assert planned_for(workspace) == (dt.date(2026, 11, 30), dt.date(2026, 12, 7))


async def test_a_day_that_cannot_be_is_said_under_the_line(app: AccordApp, workspace: Workspace) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await seen(pilot, "Next meeting")
        await pilot.press("D")
        await dialog(pilot)
        await type_in(pilot, "[/red]")
        await pilot.press("enter")
        await seen(pilot, "“[/red]” is not a day; type for example fri, +7d or 4 dec.")
        await pilot.press(*["backspace"] * 6)
        await type_in(pilot, "2026-11-24")
        await pilot.press("enter")
        await seen(pilot, "Tue 24 Nov is over: a meeting is planned for today or later.")
        await pilot.press("escape")
        await until(pilot, lambda: place(app) == "home", "home")
        assert planned_for(workspace)[0] == dt.date(2026, 11, 30)


async def test_no_meeting_this_week(app: AccordApp, workspace: Workspace) -> None:
    before = workspace.store.read(3)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await seen(pilot, "N Skip")
        await pilot.press("N")
        await told(pilot, "No meeting on Mon 30 Nov: meeting 3 is on Mon 7 Dec, with all that is on it.")
        await seen(pilot, "Monday 7 December 2026 · in 12 days")
    after = workspace.store.read(3)
    assert planned_for(workspace) == (dt.date(2026, 12, 7), dt.date(2026, 12, 14))
    assert list(after.content()) == list(before.content()), "what is due keeps its date"


async def test_a_running_meeting_stays_where_it_is(app: AccordApp, workspace: Workspace) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await seen(pilot, "Next meeting")
        await pilot.press("S")
        await seen(pilot, "Start meeting 3 today?")
        await pilot.press("enter")
        await until(pilot, lambda: place(app) == "meeting", "the meeting")
        await pilot.press("h", "N")
        await told(pilot, "Meeting 3 has started: its date stays.")
        app.clear_notifications()
        await pilot.press("D")
        await told(pilot, "Meeting 3 has started: its date stays.")
        assert place(app) == "home"
        assert "Skip" not in line_with(app, "? Help")


@pytest.mark.parametrize("size", SIZES)
async def test_amending_from_history(app: AccordApp, workspace: Workspace, size: tuple[int, int]) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("y")
        await seen(pilot, "3 meetings")
        await pilot.press("G", "A")
        await seen(pilot, "Amend meeting 1")
        await dialog(pilot)
        await type_in(pilot, "the list went to Jo [/red]")
        await pilot.press("enter")
        await told(pilot, "The amendment is in the minutes of meeting 1.")
        await until(
            pilot, lambda: workspace.store.read(1).amendments and place(app) == "history", "an amendment"
        )
        if size != (40, 15):
            await until(pilot, lambda: "once" in line_with(app, "Mon 16 Nov"), "it in the list")
        await pilot.press("enter")
        await seen(pilot, "Minutes of meeting 1")
        await pilot.press("G")
        await seen(pilot, "Amendments", "Wed 25 Nov 2026")
    (row,) = workspace.store.read(1).amendments.values()
    assert (row.text, row.on) == ("the list went to Jo [/red]", dt.date(2026, 11, 25))


async def test_amending_while_the_minutes_are_read(app: AccordApp, workspace: Workspace) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await seen(pilot, "Next meeting")
        await pilot.press("m")
        await seen(pilot, "Minutes of meeting 2", "A Amend")
        await pilot.press("A")
        await dialog(pilot)
        await type_in(pilot, "it was Tuesday")
        await pilot.press("enter")
        await seen(pilot, "Amendments", "it was Tuesday")


async def test_what_is_not_closed_is_not_amended(app: AccordApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("y")
        await seen(pilot, "3 meetings")
        await pilot.press("A")
        await told(pilot, "Meeting 3 is not closed: what is in it can still be changed.")
        assert place(app) == "history"
