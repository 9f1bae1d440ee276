"""What was edited in two places: both versions in one list, in words, that never comes up while somebody types."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from meetings.config import store_folder
from meetings.meeting import Meeting
from meetings.model import ActionItem, Goal, Note, Rating, Reading, Record
from meetings.store.files import FileStore
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import line_with, lines, said, seen, text, told, type_in, until
from tests.tui.step_app import at_step, dialog, on_disk, to_list
from tui.app import AccordApp
from tui.dialogs.clashes import ClashList
from tui.dialogs.quick_add import QuickAdd

HOSTILE = "Send both [/red] lists 漢字"
SIZES = ((120, 36), (80, 24), (40, 15))


def elsewhere(workspace: Workspace, base: Meeting, uid: str, clock: Clock, **fields: Any) -> None:
    """Another window changes a record; this one does not know of it until it saves something itself."""
    found = base.find(uid)
    assert found is not None
    table, record = found
    later = replace(record, updated_at=clock.advance(5), **fields)
    rows: dict[str, Record] = {**base.table(table), uid: later}
    store = FileStore(store_folder(workspace.config, workspace.paths))
    store.save(base.with_tables({table: rows}), base)


@pytest.fixture
def item(workspace: Workspace) -> ActionItem:
    """The one action item of the running meeting."""
    session = workspace.start(workspace.session())
    made = session.add(ActionItem(title="Send the list", owner="Sam"))
    assert isinstance(made, ActionItem)
    return made


def both_change(app: AccordApp, workspace: Workspace, clock: Clock, item: ActionItem) -> None:
    """Another window and then this one change title and day of the item."""
    elsewhere(workspace, app.desk.meeting, item.uid, clock, title=HOSTILE, due=dt.date(2026, 12, 4))
    clock.advance(5)
    app.desk.session.change(item.uid, title="Send the list today", due=dt.date(2026, 11, 20))


@pytest.mark.parametrize("size", SIZES)
async def test_both_versions_are_listed_and_the_other_can_be_taken_and_undone(
    workspace: Workspace, clock: Clock, item: ActionItem, size: tuple[int, int]
) -> None:
    async with at_step(workspace, "actions", size) as (app, pilot):
        elsewhere(workspace, app.desk.meeting, item.uid, clock, title=HOSTILE)
        clock.advance(5)
        app.desk.session.change(item.uid, title="Send the list today")
        await until(pilot, lambda: isinstance(app.screen, ClashList), "the list")
        await seen(pilot, "Edited in two places", "In the me", "The other")
        shown = " ".join(" ".join(lines(app)).split())
        if size[0] > 40:
            assert "Action item" in shown
            assert "[/red]" in shown
            assert "Send the list today" in text(app)
        before = on_disk(workspace).action_items[item.uid]
        await pilot.press("t")
        other = {HOSTILE: "Send the list today", "Send the list today": HOSTILE}[before.title]
        await until(pilot, lambda: on_disk(workspace).action_items[item.uid].title == other, "the other")
        await pilot.press("t")
        await until(pilot, lambda: on_disk(workspace).action_items[item.uid].title == before.title, "again")
        await pilot.press("t", "escape")
        await until(pilot, lambda: getattr(app.screen, "place", "") == "meeting", "the meeting")
        assert on_disk(workspace).action_items[item.uid].title == other
        await pilot.press("u")
        await told(pilot, "Undid: the other version of")
        assert on_disk(workspace).action_items[item.uid].title == before.title
        assert "edited twice" not in text(app)


async def test_several_are_one_list_with_the_fields_in_words(
    workspace: Workspace, clock: Clock, item: ActionItem
) -> None:
    async with at_step(workspace, "actions", (120, 36)) as (app, pilot):
        both_change(app, workspace, clock, item)
        await until(pilot, lambda: isinstance(app.screen, ClashList), "the list")
        await seen(pilot, "Due", "Fri 20 Nov", "Fri 4 Dec", "Action item")
        assert "due" not in text(app), "fields by their titles, not by their names"
        await pilot.press("escape")
        await pilot.press("E")
        await seen(pilot, "Edited in two places", "Fri 4 Dec")


async def test_what_was_not_seen_when_the_program_ended_is_listed_when_it_begins_again(
    workspace: Workspace, clock: Clock, item: ActionItem
) -> None:
    async with at_step(workspace, "actions", (80, 24)) as (app, pilot):
        await pilot.press("t")
        await dialog(pilot)
        await type_in(pilot, "Call")
        both_change(app, workspace, clock, item)
        await until(pilot, lambda: app.clashing.unseen == 2, "two that wait")
    async with at_step(workspace, "actions", (120, 36)) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, ClashList), "the list")
        await seen(pilot, "Send the list today", "Fri 20 Nov", "Fri 4 Dec", "漢字")
        await pilot.press("t", "escape")
        await until(pilot, lambda: not app.clashing.unseen, "seen")
    async with at_step(workspace, "actions", (80, 24)) as (app, pilot):
        assert app.clashing.all() == []


async def test_it_waits_until_the_line_is_typed_and_says_so_meanwhile(
    workspace: Workspace, clock: Clock, item: ActionItem
) -> None:
    async with at_step(workspace, "actions", (80, 24)) as (app, pilot):
        await pilot.press("t")
        await dialog(pilot)
        await type_in(pilot, "Call the pr")
        both_change(app, workspace, clock, item)
        await until(pilot, lambda: "E: 2 edited twice" in text(app), "a hint on top")
        await pilot.pause(1.2)
        assert isinstance(app.screen, QuickAdd)
        await type_in(pilot, "inter")
        await pilot.press("enter")
        titles = {one.title for one in on_disk(workspace).action_items.values()}
        assert "Call the printer" in titles
        assert isinstance(app.screen, QuickAdd)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ClashList), "the list")


async def test_it_waits_for_a_cell_that_is_edited(
    workspace: Workspace, clock: Clock, item: ActionItem
) -> None:
    async with at_step(workspace, "actions", (120, 36)) as (app, pilot):
        rows = await to_list(pilot, "new")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Input), "a field")
        both_change(app, workspace, clock, item)
        await pilot.pause(1.2)
        assert rows.editing == item.uid
        await seen(pilot, "E: 2 edited twice")
        assert "E Edited twice" in line_with(app, "? Help")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ClashList), "the list")


async def test_a_reading_of_one_day_is_told_and_taken(workspace: Workspace, clock: Clock) -> None:
    session = workspace.start(workspace.session())
    goal = session.add(Goal(title="MQL to SQL rate", start=20.0, target=30.0))
    day = session.meeting.head.date
    async with at_step(workspace, "goals", (120, 36)) as (app, pilot):
        elsewhere(workspace, app.desk.meeting, goal.uid, clock, readings=(Reading(day, 29.0),))
        clock.advance(5)
        app.desk.session.change(goal.uid, readings=(Reading(day, 27.0),))
        await seen(pilot, "Reading of Mon 16 Nov", "27", "29")
        before = on_disk(workspace).goals[goal.uid].readings[0].value
        await pilot.press("t")
        await until(
            pilot,
            lambda: [r.value for r in on_disk(workspace).goals[goal.uid].readings] == [56.0 - before],
            "the other reading",
        )


async def test_ratings_stay_hidden(workspace: Workspace, clock: Clock) -> None:
    session = workspace.start(workspace.session())
    rating = session.add(Rating(person="Sam", value=4))
    async with at_step(workspace, "wrapup", (120, 36)) as (app, pilot):
        elsewhere(workspace, app.desk.meeting, rating.uid, clock, value=3)
        clock.advance(5)
        app.desk.session.change(rating.uid, value=6)
        await seen(pilot, "Rating by Sam", "•••")
        line = line_with(app, "Rating by Sam")
        assert not any(figure in line for figure in "346")


async def test_a_row_that_was_removed_elsewhere_is_named_and_can_go(
    workspace: Workspace, clock: Clock, item: ActionItem
) -> None:
    async with at_step(workspace, "actions", (120, 36)) as (app, pilot):
        base = app.desk.meeting
        store = FileStore(store_folder(workspace.config, workspace.paths))
        store.save(replace(base, action_items={}), base)
        clock.advance(5)
        app.desk.session.change(item.uid, title="Send the list today")
        await seen(pilot, "changed, and so kept", "Send the list today", "removed")
        await pilot.press("t")
        await seen(pilot, "Nothing is left of them.")
        assert item.uid not in on_disk(workspace).action_items
        await pilot.press("escape", "u")
        await until(pilot, lambda: item.uid in on_disk(workspace).action_items, "the row back")


async def test_a_note_that_two_have_written_is_named_by_its_step(workspace: Workspace, clock: Clock) -> None:
    session = workspace.start(workspace.session())
    session.write_note("checkin", "first")
    (note,) = session.meeting.notes.values()
    assert isinstance(note, Note)
    async with at_step(workspace, "checkin", (120, 36)) as (app, pilot):
        elsewhere(workspace, app.desk.meeting, note.uid, clock, text="theirs")
        clock.advance(5)
        app.desk.session.write_note("checkin", "mine " * 60)
        await seen(pilot, "Note: Check-in", "theirs", "mine mine", "…")


async def test_without_any_it_is_said(workspace: Workspace, item: ActionItem) -> None:
    async with at_step(workspace, "actions", (80, 24)) as (app, pilot):
        await pilot.press("E")
        await told(pilot, "Nothing has been edited in two places.")
        assert len(said(app)) == 1


# Closing again


async def test_after_reopening_and_closing_again_the_two_versions_are_listed_at_home(
    workspace: Workspace, clock: Clock, item: ActionItem
) -> None:
    planned = workspace.close(workspace.session())
    clock.advance(60)
    planned.change(item.uid, title="Send the list today")
    app = AccordApp(workspace)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await seen(pilot, "Next meeting")
        clock.advance(60)
        await pilot.press("R")
        await seen(pilot, "Reopen meeting 1?")
        await pilot.press("enter")
        await until(pilot, lambda: getattr(app.screen, "place", "") == "meeting", "the meeting")
        app.desk.session.change(item.uid, title="Send both lists", owner="Lena")
        clock.advance(60)
        await pilot.press("C")
        await seen(pilot, "Close this meeting?")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClashList), "the list")
        await seen(pilot, "Send the list today", "Send both lists")
        kept = on_disk(workspace).action_items[item.uid]
        assert (kept.title, kept.owner, kept.carried) == ("Send the list today", "Lena", 1)
        await pilot.press("t", "escape")
        await until(pilot, lambda: getattr(app.screen, "place", "") == "home", "home")
        assert on_disk(workspace).action_items[item.uid].title == "Send both lists"
        assert workspace.store.read(1).action_items[item.uid].title == "Send both lists"


async def test_a_crash_before_the_successor_was_brought_up_to_date_tells_them_at_the_launch(
    workspace: Workspace, clock: Clock, item: ActionItem
) -> None:
    from meetings.flow import lifecycle

    planned = workspace.close(workspace.session())
    clock.advance(60)
    planned.change(item.uid, title="Send the list today")
    clock.advance(60)
    again = workspace.reopen(1)
    again.change(item.uid, title="Send both lists")
    closed = lifecycle.close(again.meeting, clock.advance(60), 0.1)
    workspace.store.save(closed, again.meeting)
    app = AccordApp(workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ClashList), "the list")
        await seen(pilot, "Send both lists")
