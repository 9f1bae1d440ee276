"""All action items: each once as it stands now, found with words, with its story; closed meetings do not change."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from meetings.kinds import ItemState, Team
from meetings.model import ActionItem
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


async def test_that_nobody_owns_an_item_can_be_read(workspace: Workspace) -> None:
    workspace.session().add(ActionItem(title="Call Acme"))
    app = AccordApp(workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("i")
        await seen(pilot, "Call Acme")
        assert "no owner " in line_with(app, "☐ Call Acme")


async def test_empty_lists_name_the_keys_in_use(workspace: Workspace) -> None:
    keys = {"add": "F5", "search": "F6", "back": "F7", "presenter": "F8"}
    workspace.config = replace(workspace.config, keys=keys)
    app = AccordApp(workspace)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("i")
        await seen(pilot, "No action items yet: F5 adds the first one.")
        app.desk.session.add(ActionItem(title="Send the list", state=ItemState.DONE))
        await seen(pilot, "Nothing is open. F6 and is:all show what was done.")
        await pilot.press("f6")
        await type_in(pilot, "webinar")
        await seen(pilot, "Nothing passes this filter. F7 clears it; is:all looks among what is")
        await pilot.press("f7")
        await seen(pilot, "Nothing is open.")
        await pilot.press("h", "S")
        await seen(pilot, "Check-in")
        await pilot.press("f8")
        await told(pilot, "F8 or F7 shows everything again.")


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


async def test_signs_combine_and_what_was_understood_stands_under_the_line(app: AccordApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("i")
        await seen(pilot, "2 of 4")
        await pilot.press("slash")
        await type_in(pilot, "@jonas @lena is:all #1 page")
        await seen(
            pilot, "1 of 4", "owner Jonas or Lena · raised in meeting 1 · “page”", "Rewrite the pricing"
        )
        await pilot.press("escape", "slash")
        await type_in(pilot, "@ann")
        await seen(pilot, "No owner begins with “ann”.")


async def test_the_list_is_put_in_order_and_into_groups(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("i", "slash")
        await type_in(pilot, "is:all")
        await pilot.press("enter", "comma")
        await seen(pilot, "All, by owner", "Owner↓")
        assert [
            name in line for name, line in zip(["Ana", "Jonas", "Jonas", "Sam"], items(app), strict=True)
        ] == [True] * 4
        await pilot.press("semicolon")
        await seen(pilot, "Jonas  2", "Ana  1 · 1 overdue", "Due↓")
        await pilot.press("g")
        await seen(pilot, "1 overdue, 8 days at most")
        await pilot.press("semicolon", "semicolon")
        await seen(pilot, "Raised in meeting 1  4")
        await pilot.press("g", "down", "m")
        await seen(pilot, "Minutes of meeting 1")


async def test_several_are_handed_over_as_one_edit(app: AccordApp, workspace: Workspace) -> None:
    def owners() -> list[str]:
        return sorted(item.owner for item in workspace.store.read(3).action_items.values())

    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("i")
        await seen(pilot, "2 of 4")
        before = owners()
        await pilot.press("v", "v")
        await seen(pilot, "2 marked")
        await pilot.press("H")
        await seen(pilot, "Hand over 2 action items")
        await type_in(pilot, "[/red] Ada")
        await pilot.press("enter")
        await told(pilot, "2 action items are [/red] Ada’s now. u brings it back.")
        await until(pilot, lambda: owners() == ["[/red] Ada"] * 2, "in the file")
        teams = {item.team for item in workspace.store.read(3).action_items.values()}
        of = [
            person.team for person in workspace.store.read(3).people.values() if person.name == "[/red] Ada"
        ]
        assert len(teams) == 2
        assert of == [Team.BOTH], "she got something of either team"
        await pilot.press("u")
        await until(pilot, lambda: owners() == before, "one step back for both")
        assert "marked" not in text(app)


async def test_what_the_filter_shows_is_ticked_after_asking(app: AccordApp, workspace: Workspace) -> None:
    def states() -> set[ItemState]:
        return {item.state for item in workspace.store.read(3).action_items.values()}

    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("i")
        await seen(pilot, "2 of 4")
        await pilot.press("V", "space")
        await seen(pilot, "2 action items done?")
        await pilot.press("escape")
        await seen(pilot, "2 marked")
        assert states() == {ItemState.OPEN}
        await pilot.press("space", "enter")
        await until(pilot, lambda: states() == {ItemState.DONE}, "both done")
        await pilot.press("V", "x")
        await seen(pilot, "Why are these 2 action items dropped?")
        await type_in(pilot, "moot")
        await pilot.press("enter")
        await until(pilot, lambda: states() == {ItemState.DROPPED}, "both dropped")
        await pilot.press("u", "u")
        await until(pilot, lambda: states() == {ItemState.OPEN}, "and open again")


async def test_what_is_marked_is_ticked_and_not_the_row_under_the_cursor(
    app: AccordApp, workspace: Workspace
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("i")
        await seen(pilot, "2 of 4")
        marked = app.screen.query_one("#items", Rows).cursor_key
        await pilot.press("v")
        await seen(pilot, "1 marked")
        assert app.screen.query_one("#items", Rows).cursor_key != marked
        await pilot.press("space")
        await seen(pilot, "1 action item done?")
        await pilot.press("enter")
        await told(pilot, "1 action item done. u brings it back.")
    done = [uid for uid, i in workspace.store.read(3).action_items.items() if i.state is ItemState.DONE]
    assert done == [marked]


async def test_marks_that_a_filter_hides_are_counted_before_anything_is_done(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("i")
        await seen(pilot, "2 of 4")
        await pilot.press("V")
        await seen(pilot, "2 marked · 2 of 4")
        await pilot.press("slash")
        await type_in(pilot, "rewrite")
        await seen(pilot, "2 marked · 1 of them not shown · 1 of 4")
        await pilot.press("enter", "space")
        await seen(pilot, "2 action items (1 not shown) done?")
        await pilot.press("escape", "H")
        await seen(pilot, "Hand over 2 action items (1 not shown)")
        await pilot.press("escape", "x")
        await seen(pilot, "Why are these 2 action items (1 not shown) dropped?")


async def test_items_of_closed_meetings_are_not_marked(app: AccordApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("i", "slash")
        await type_in(pilot, "is:dropped")
        await seen(pilot, "1 of 4")
        await pilot.press("enter", "v")
        await told(pilot, "That item is in closed meeting 2; it does not change.")
        await pilot.press("V")
        await told(pilot, "Nothing that is shown here can be changed")


async def test_from_an_item_to_its_meeting_and_back_to_the_same_row(app: AccordApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("i")
        await seen(pilot, "2 of 4")
        await pilot.press("j")
        key = app.screen.query_one("#items", Rows).cursor_key
        await pilot.press("m")
        await seen(pilot, "Minutes of meeting 1", "Rewrite the pricing page")
        await until(pilot, lambda: app.screen.query(".found"), "the item in the minutes")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen.place == "actions", "the list")  # type: ignore[attr-defined]
        assert app.screen.query_one("#items", Rows).cursor_key == key


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
