"""The action item step: old promises, parked problems, what is new and what was decided."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from meetings.kinds import ItemKind, ItemState, ProblemState, Team
from meetings.model import ActionItem, Decision, Problem
from meetings.session import Session
from meetings.workspace import Workspace
from tests.conftest import MONDAY, Clock
from tests.tui.seeing import line_with, seen, text, told, type_in, until
from tests.tui.step_app import SIZES, at_step, dialog, on_disk, second_meeting, to_list
from tui.dialogs.quick_add import QuickAdd
from tui.screens.meeting import MeetingScreen
from tui.widgets.rows import Rows

FIRST = MONDAY.date()
TODAY = FIRST + dt.timedelta(7)
EARLY = FIRST + dt.timedelta(4)


def first(session: Session) -> None:
    session.add(ActionItem(title="Rewrite the pricing page", owner="Jonas", team=Team.B, due=EARLY))
    session.add(ActionItem(title="Send the webinar list", owner="Sam", team=Team.A, due=TODAY))
    session.add(ActionItem(title="Nobody's promise", due=TODAY + dt.timedelta(3)))
    session.add(Decision(text="Every lead has an owner"))
    session.write_note("actions", "Begin with the oldest")


def second(session: Session) -> None:
    old = item(session.meeting.action_items, "Rewrite the pricing page")
    session.change(old.uid, carried=3)
    problem = Problem(
        title="Who owns leads from events?", says_a="We hear too late", says_b="It is in the CRM"
    )
    session.add(problem)
    session.add(Problem(title="Two lists of customers"))
    session.add(
        ActionItem(title="Listen to two calls", owner="Lena", team=Team.B, kind=ItemKind.RIDE_ALONG, due=None)
    )


def item(items: dict[str, ActionItem], title: str) -> ActionItem:
    return next(each for each in items.values() if each.title == title)


@pytest.fixture
def meeting(workspace: Workspace, clock: Clock) -> Workspace:
    """A second meeting: three promises of the first, one of them overdue and carried too often."""
    second_meeting(workspace, clock, first, second)
    return workspace


async def test_promises_say_who_when_and_how_late(meeting: Workspace) -> None:
    async with at_step(meeting, "actions", (100, 40)) as (app, pilot):
        await seen(pilot, "Promised", "0 of 2 done · 0 % (goal 90 %)")
        late = line_with(app, "Rewrite the pricing page")
        assert "Jonas" in late
        assert "3 days late" in late
        assert "↻ 3" in late
        assert "today" in line_with(app, "Send the webinar list")
        assert "no owner" in line_with(app, "Nobody's promise")
        assert "ride-along" in line_with(app, "Listen to two calls")


async def test_space_is_done_and_moves_on(meeting: Workspace) -> None:
    async with at_step(meeting, "actions") as (_, pilot):
        rows = await to_list(pilot, "promised")
        await pilot.press("down", "space")
        await seen(pilot, "1 of 2 done · 50 %")
        assert rows.cursor_index == 2
    saved = item(on_disk(meeting).action_items, "Send the webinar list")
    assert (saved.state, saved.done_on, saved.reviewed) == (ItemState.DONE, TODAY, True)


async def test_minus_is_not_done_and_moves_on(meeting: Workspace) -> None:
    async with at_step(meeting, "actions", (100, 40)) as (app, pilot):
        rows = await to_list(pilot, "promised")
        await pilot.press("down", "minus")
        await seen(pilot, "not done")
        assert "not done" in line_with(app, "Send the webinar list")
        assert rows.cursor_index == 2
    saved = item(on_disk(meeting).action_items, "Send the webinar list")
    assert (saved.state, saved.reviewed) == (ItemState.OPEN, True)


async def ask(pilot: Pilot[Any]) -> None:
    """Press - on what is overdue and was carried too often."""
    await to_list(pilot, "promised")
    await pilot.press("minus")
    await seen(pilot, "What becomes of it?", "carried 3 times")


async def test_what_came_back_too_often_can_be_due_today(meeting: Workspace) -> None:
    async with at_step(meeting, "actions") as (app, pilot):
        await ask(pilot)
        await pilot.press("d")
        await until(pilot, lambda: "What becomes" not in text(app) and "days late" not in text(app))
    saved = item(on_disk(meeting).action_items, "Rewrite the pricing page")
    assert (saved.due, saved.reviewed, saved.moved) == (TODAY, True, 1)


async def test_what_came_back_too_often_can_be_rescoped(meeting: Workspace) -> None:
    async with at_step(meeting, "actions") as (app, pilot):
        await ask(pilot)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.focused, Input), "a field over the row")
        await type_in(pilot, ", first half")
        await pilot.press("enter")
        await seen(pilot, "first half")
    assert item(on_disk(meeting).action_items, "Rewrite the pricing page, first half").reviewed


async def test_what_came_back_too_often_can_be_handed_over(meeting: Workspace) -> None:
    async with at_step(meeting, "actions") as (app, pilot):
        await ask(pilot)
        await pilot.press("h")
        await until(pilot, lambda: isinstance(app.focused, Input), "a field over the row")
        await pilot.press("enter")
        await seen(pilot, "Name who takes it over")
        await type_in(pilot, "le")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Rows), "the list")
    assert item(on_disk(meeting).action_items, "Rewrite the pricing page").owner == "Lena"


async def test_what_came_back_too_often_can_be_dropped_with_a_reason(meeting: Workspace) -> None:
    async with at_step(meeting, "actions", (100, 40)) as (app, pilot):
        await ask(pilot)
        await pilot.press("x")
        await seen(pilot, "Why is this dropped?")
        await type_in(pilot, "no budget")
        await pilot.press("enter")
        await seen(pilot, "no budget")
        assert "✗" in line_with(app, "Rewrite the pricing page")
    saved = item(on_disk(meeting).action_items, "Rewrite the pricing page")
    assert (saved.state, saved.reason) == (ItemState.DROPPED, "no budget")


async def test_not_now_changes_nothing(meeting: Workspace) -> None:
    before = on_disk(meeting).action_items
    async with at_step(meeting, "actions") as (app, pilot):
        await ask(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: "What becomes" not in text(app))
    assert on_disk(meeting).action_items == before


async def test_one_line_hands_an_item_over_and_moves_it(meeting: Workspace) -> None:
    async with at_step(meeting, "actions") as (app, pilot):
        await to_list(pilot, "promised")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Input), "a field over the row")
        await type_in(pilot, " @Le")
        await pilot.press("space", "circumflex_accent", *"fri")
        await seen(pilot, "owner Lena · due Fri 27 Nov")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Rows), "the list")
        await pilot.press("u")
        await told(pilot, "Undid")
        await pilot.press("U")
        await told(pilot, "Did again")
    saved = item(on_disk(meeting).action_items, "Rewrite the pricing page")
    assert (saved.owner, saved.team, saved.due) == ("Lena", Team.B, dt.date(2026, 11, 27))


async def test_a_title_with_a_literal_token_keeps_it(workspace: Workspace) -> None:
    session = workspace.start(workspace.session())
    added = session.add(ActionItem(title="Ask @Sam about ^fri", owner="Lena"))
    async with at_step(workspace, "actions") as (app, pilot):
        await to_list(pilot, "new")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Input), "a field over the row")
        await type_in(pilot, " again")
        await pilot.press("enter")
        await seen(pilot, "about ^fri again")
    saved = on_disk(workspace).action_items[added.uid]
    assert (saved.title, saved.owner) == ("Ask @Sam about ^fri again", "Lena")


async def test_a_new_name_becomes_a_person(meeting: Workspace) -> None:
    async with at_step(meeting, "actions") as (app, pilot):
        await to_list(pilot, "promised")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Input), "a field over the row")
        await type_in(pilot, " for:Kim")
        await pilot.press("enter")
        await seen(pilot, "Kim")
        await until(pilot, lambda: isinstance(app.focused, Rows), "the list")
    saved = on_disk(meeting)
    assert item(saved.action_items, "Rewrite the pricing page").owner == "Kim"
    assert "Kim" in {person.name for person in saved.people.values()}


async def test_a_title_cannot_be_emptied(meeting: Workspace) -> None:
    async with at_step(meeting, "actions") as (app, pilot):
        await to_list(pilot, "promised")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Input), "a field over the row")
        await pilot.press("ctrl+u", "enter")
        await seen(pilot, "Action item may not be empty.")
        await pilot.press("escape")
    assert item(on_disk(meeting).action_items, "Rewrite the pricing page")


async def test_digits_vote_and_space_solves(meeting: Workspace) -> None:
    async with at_step(meeting, "actions", (100, 40)) as (app, pilot):
        await to_list(pilot, "problems")
        await seen(pilot, "Parked problems (2)", "Sales: We hear too late", "Marketing: It is in the CRM")
        await pilot.press("1", "2", "enter")
        await until(pilot, lambda: "12 ▪" in line_with(app, "Who owns leads"), "the votes")
        await pilot.press("space")
        await seen(pilot, "Parked problems (1)")
        assert "✓" in line_with(app, "Who owns leads from events?")
    saved = next(p for p in on_disk(meeting).problems.values() if p.title.startswith("Who owns"))
    assert (saved.votes, saved.state) == (12, ProblemState.SOLVED)


async def test_votes_are_taken_by_the_key_that_comes_next(meeting: Workspace) -> None:
    async with at_step(meeting, "actions", (100, 40)) as (app, pilot):
        rows = await to_list(pilot, "problems")
        await pilot.press("3", "j")
        await until(pilot, lambda: "3 ▪" in line_with(app, "Who owns leads"), "the votes")
        assert rows.cursor_index == 1
        await pilot.press("2", "d")
        await dialog(pilot)
        await seen(pilot, "New decision")
        assert sorted(problem.votes for problem in app.desk.meeting.problems.values()) == [2, 3]


async def test_undo_goes_to_the_row_that_it_brings_back(meeting: Workspace) -> None:
    async with at_step(meeting, "actions", (100, 40)) as (app, pilot):
        rows = await to_list(pilot, "problems")
        first = rows.cursor_key
        await pilot.press("3", "enter", "j")
        await until(pilot, lambda: rows.cursor_index == 1, "the second problem")
        await pilot.press("u")
        await until(pilot, lambda: app.desk.meeting.problems[first].votes == 0, "the votes are gone")
        await until(pilot, lambda: rows.cursor_key == first, "the cursor on what was undone")
        await pilot.press("p")
        await dialog(pilot)
        await type_in(pilot, "Third")
        await pilot.press("enter", "escape")
        await until(pilot, lambda: rows.count == 3 and isinstance(app.focused, Rows), "the third problem")
        third = rows.row_key(2)
        await pilot.press("j", "j", "delete")
        await until(pilot, lambda: rows.count == 2, "it is removed")
        await pilot.press("k", "u")
        await until(pilot, lambda: rows.cursor_key == third, "the cursor on what was brought back")


async def test_a_wrong_correction_of_the_clock_stays_in_its_field(meeting: Workspace) -> None:
    async with at_step(meeting, "actions") as (app, pilot):
        await pilot.press("greater_than_sign")
        await dialog(pilot)
        await type_in(pilot, "abc")
        await pilot.press("enter")
        await seen(pilot, "“abc” is not a number of minutes, such as 5 or -2.")
        await pilot.press("ctrl+u")
        await type_in(pilot, "5")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Rows), "the list")


async def test_a_problem_is_solved_by_items_and_decisions_that_come_from_it(meeting: Workspace) -> None:
    async with at_step(meeting, "actions", (100, 40)) as (app, pilot):
        await to_list(pilot, "problems")
        for key, words in (("t", "Call within a day"), ("d", "Marketing owns them")):
            await pilot.press(key)
            await dialog(pilot)
            await type_in(pilot, words)
            await pilot.press("enter")
            await seen(pilot, "Added")
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.focused, Rows), "the list")
        await seen(pilot, "Decided", "Marketing owns them", "→ 1 action item, 1 decision")
    saved = on_disk(meeting)
    problem = next(p for p in saved.problems.values() if p.title.startswith("Who owns"))
    assert item(saved.action_items, "Call within a day").origin == problem.uid
    made = next(d for d in saved.decisions.values() if d.text == "Marketing owns them")
    assert made.origin == problem.uid


@pytest.mark.parametrize(("name", "title"), [("promised", "New action item"), ("problems", "Park a problem")])
async def test_a_adds_to_the_list_in_use(meeting: Workspace, name: str, title: str) -> None:
    async with at_step(meeting, "actions") as (_, pilot):
        await to_list(pilot, name)
        await pilot.press("a")
        await seen(pilot, title)


async def test_minus_is_for_action_items_only(meeting: Workspace) -> None:
    async with at_step(meeting, "actions") as (_, pilot):
        await to_list(pilot, "problems")
        await pilot.press("minus")
        await told(pilot, "Only action items can be not done.")


@pytest.mark.parametrize("size", SIZES)
async def test_every_list_can_be_reached_and_read(meeting: Workspace, size: tuple[int, int]) -> None:
    session = meeting.session()
    session.add(Decision(text="One list only"))
    session.saver.close()
    words = {"promised": "Rewrite the", "problems": "Who owns", "new": "Listen to", "decided": "One list"}
    async with at_step(meeting, "actions", size) as (_, pilot):
        for name, first_words in words.items():
            await to_list(pilot, name)
            await seen(pilot, "Promised", "Parked problems (2)", "New today", "Decided", first_words)


async def test_empty_lists_say_what_to_do(workspace: Workspace) -> None:
    workspace.start(workspace.session())
    async with at_step(workspace, "actions") as (app, pilot):
        await seen(pilot, "this is the first meeting", "Press p to park one", "Press t for an action item")
        assert "Decided" not in text(app)


async def test_empty_lists_of_every_step_name_the_keys_in_use(workspace: Workspace) -> None:
    keys = {"add": "F5", "action_item": "F6", "problem": "F7", "decision": "F8", "feedback": "F9"}
    workspace.config = replace(workspace.config, keys={**keys, "import_leads": "F10", "remove": "F11"})
    workspace.start(session := workspace.session())
    for uid in session.meeting.people:
        session.remove(uid)
    session.saver.close()
    said = {
        "checkin": ("on the list. Press F5", "then F5 adds a launch"),
        "goals": ("No goals yet. Press F5",),
        "leads": ("Press F10", "Press F9 to", "Press F9 and"),
        "wins": ("No wins yet. Press F5",),
        "actions": ("first meeting. Press F6 to", "Nothing new yet. Press F6", "Press F7 to park one"),
        "wrapup": ("Nothing was decided yet. Press F8", "Nobody owes anything. Press F6"),
    }
    async with at_step(workspace, "checkin", (160, 50)) as (app, pilot):
        for step, sentences in said.items():
            assert isinstance(app.screen, MeetingScreen)
            await app.screen.go_to(step)
            await seen(pilot, *sentences)


async def test_last_time_is_beside_the_step(meeting: Workspace) -> None:
    async with at_step(meeting, "actions") as (_, pilot):
        await seen(pilot, "Last time", "Decided Every lead has an", "Begin with the oldest")


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_is_shown_as_typed(workspace: Workspace, size: tuple[int, int]) -> None:
    session = workspace.start(workspace.session())
    session.add(ActionItem(title="[/red] 日本語 🎉", owner="[bold]"))
    session.add(Problem(title="[/red] trouble", says_a="[b]\nsecond"))
    session.add(Decision(text="[/red] so\nbe it"))
    async with at_step(workspace, "actions", size) as (_, pilot):
        for name in ("problems", "new", "decided"):
            await to_list(pilot, name)
            await seen(pilot, "[/red]")
        await pilot.press("x")
        await dialog(pilot)


async def test_what_opens_while_the_terminal_has_no_focus_takes_every_key(meeting: Workspace) -> None:
    async with at_step(meeting, "actions") as (app, pilot):
        problems = await to_list(pilot, "problems")
        app.post_message(events.AppBlur())
        await until(pilot, lambda: app.focused is None, "no focus")
        app.push_screen(QuickAdd(Problem))
        await dialog(pilot)
        await type_in(pilot, "Who calls first?")
        await pilot.press("enter", "escape")
        await until(pilot, lambda: app.focused is problems, "the list that had the focus")
    assert "Who calls first?" in [problem.title for problem in on_disk(meeting).problems.values()]
