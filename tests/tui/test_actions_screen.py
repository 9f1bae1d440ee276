"""All action items: each once as it stands now, found with words, with its story; closed meetings do not change."""

from __future__ import annotations

from pathlib import Path

import pytest

from meetings.kinds import ItemState
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import line_with, lines, seen, text, told, type_in, until
from tests.tui.weeks import held
from tui.app import AccordApp
from tui.widgets.rows import Rows


@pytest.fixture
def app(workspace: Workspace, clock: Clock) -> AccordApp:
    held(workspace, clock)
    return AccordApp(workspace)


def items(app: AccordApp) -> list[str]:
    """The rows of the list, without their frame."""
    signs = ("☐", "✓", "✗")
    return [line for line in lines(app) if any(sign in line[:4] for sign in signs)]


async def test_without_items_it_says_how_to_add_one(workspace: Workspace) -> None:
    app = AccordApp(workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("i")
        await seen(pilot, "No action items yet: a adds the first one.", "0 of 0")


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 15)])
async def test_open_items_stand_by_their_due_dates(app: AccordApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("i")
        await seen(pilot, "2 of 4", "1 overdue")
        assert [("win" in line, "Rewrite" in line) for line in items(app)] == [(True, False), (False, True)]
        if size[0] > 40:
            assert "[/red]" in text(app), "what looks like markup stays as it was typed"


async def test_words_filter_as_they_are_typed(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("i")
        await seen(pilot, "2 of 4")
        await pilot.press("slash")
        await type_in(pilot, "state:all")
        await seen(pilot, "4 of 4", "Send the webinar list", "Listen to two calls")
        await type_in(pilot, " kind:ride-along")
        await seen(pilot, "1 of 4")
        assert len(items(app)) == 1
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Rows), "the list")
        await pilot.press("escape")
        await seen(pilot, "2 of 4")
        assert "state:all" not in text(app)
        await pilot.press("slash")
        await type_in(pilot, "owner:Jonas PRICING team:mark")
        await seen(pilot, "1 of 4", "Rewrite the pricing page")
        await pilot.press("escape", "slash")
        await type_in(pilot, "overdue")
        await seen(pilot, "1 of 4", "8 days late")


async def test_a_word_that_means_nothing_is_named(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("i")
        await seen(pilot, "2 of 4")
        await pilot.press("slash")
        await type_in(pilot, "owner:[/red]")
        await seen(pilot, "No owner begins with “[/red]”.", "Nothing passes this filter.")


async def test_the_story_of_an_item_goes_through_its_meetings(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("i")
        await seen(pilot, "2 of 4")
        await pilot.press("j")
        await seen(
            pilot,
            "#1 raised on Mon 16 Nov",
            "Nobody called the",
            "#2 handed over to Jonas",
            "#2 due date moved to Fri 4 Dec",
            "Carried twice",
            "Due date moved once",
        )


async def test_items_of_closed_meetings_do_not_change(app: AccordApp, workspace: Workspace) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("i", "slash")
        await type_in(pilot, "state:dropped")
        await seen(pilot, "1 of 4", "dropped: the hall was full")
        await pilot.press("enter", "space")
        await told(pilot, "That item is in closed meeting 2; it does not change.")
        for key in ("enter", "x"):
            app.clear_notifications()
            await pilot.press(key)
            await told(pilot, "That item is in closed meeting 2; it does not change.")
        assert app.screen.place == "actions"  # type: ignore[attr-defined]
    dropped = [i for i in workspace.store.read(2).action_items.values() if i.state is ItemState.DROPPED]
    assert [item.reason for item in dropped] == ["the hall was full"]


async def test_a_ticked_item_stays_in_view_until_the_filter_changes(
    app: AccordApp, workspace: Workspace
) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("i")
        await seen(pilot, "2 of 4")
        await pilot.press("space")
        await seen(pilot, "done Wed 25 Nov")
        assert "✓" in items(app)[0], "it stays where it was"
        await pilot.press("u")
        await seen(pilot, "8 days late")
        await pilot.press("g", "space")
        await seen(pilot, "done Wed 25 Nov")
        await pilot.press("slash", "x", "backspace")
        await seen(pilot, "1 of 4")
        assert "done Wed" not in text(app)
    assert [i.state for i in workspace.store.read(3).action_items.values()].count(ItemState.DONE) == 1


async def test_an_item_is_reworded_where_it_stands(app: AccordApp, workspace: Workspace) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("i")
        await seen(pilot, "2 of 4")
        await pilot.press("j", "enter", "end")
        await type_in(pilot, " now")
        await pilot.press("enter")
        await seen(pilot, "Rewrite the pricing page now")
    titles = {item.title for item in workspace.store.read(3).action_items.values()}
    assert "Rewrite the pricing page now" in titles


async def test_a_meeting_that_cannot_be_read_is_counted_and_left_out(
    app: AccordApp, workspace: Workspace
) -> None:
    (Path(workspace.store.location) / "0001.json").write_text("not json", encoding="utf-8")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("i")
        await seen(pilot, "1 meeting cannot be read", "Rewrite the pricing page")


async def test_escape_and_h_go_back_home(app: AccordApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        for key in ("escape", "h"):
            await pilot.press("i")
            await seen(pilot, "2 of 4")
            await pilot.press(key)
            await until(pilot, lambda: app.screen.place == "home", "home")  # type: ignore[attr-defined]


async def test_the_clock_of_a_running_meeting_stays_on_top(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("S", "enter", "i")
        await seen(pilot, "of 60:00 · ends")
        assert "Action items" in line_with(app, "of 60:00 · ends")
