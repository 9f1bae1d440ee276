"""Check-in on the screen."""

from __future__ import annotations

import datetime as dt

import pytest

from meetings.kinds import DecisionState, FeedbackState, ItemState, Team
from meetings.model import ActionItem, ComingUp, Decision, Feedback
from meetings.session import Session
from meetings.workspace import Workspace
from tests.conftest import MONDAY, Clock
from tests.tui.seeing import line_with, lines, seen, text, told, type_in, until
from tests.tui.step_app import SIZES, at_step, dialog, on_disk, second_meeting, to_list
from tui.widgets.rows import Rows

FIRST = MONDAY.date()
DAY = FIRST + dt.timedelta(days=7)
SAID = "Leads are students [/red] 🎓"


@pytest.fixture
def held(workspace: Workspace, clock: Clock) -> Workspace:
    """A second meeting with something of everything."""

    def first(session: Session) -> None:
        said = session.add(Feedback(text=SAID, from_team=Team.A, rating=2))
        item = session.add(ActionItem(title="Narrow the audience", owner="Lena", origin=said.uid))
        session.add(ActionItem(title="Call the agency", owner="Jonas", origin=said.uid))
        session.change(item.uid, state=ItemState.DONE)
        session.change(said.uid, response="We narrow it on Monday")
        session.add(Feedback(text="Nobody has answered this", from_team=Team.B))
        session.add(
            Decision(text="Event leads go to Sam", owner="Sam", success="none waits a day", check_date=DAY)
        )
        session.add(Decision(text="Stop the swap", check_date=DAY - dt.timedelta(days=2)))
        session.add(Decision(text="Not to be checked yet", check_date=DAY + dt.timedelta(days=30)))
        session.add(ComingUp(text="The fair", date=DAY + dt.timedelta(days=20)))
        session.add(ComingUp(text="Launch of prices", team=Team.B, date=DAY))

    second_meeting(workspace, clock, first, lambda session: None)
    return workspace


@pytest.mark.parametrize("size", SIZES)
async def test_every_list_is_in_reach_and_legible(held: Workspace, size: tuple[int, int]) -> None:
    async with at_step(held, "checkin", size) as (app, pilot):
        await seen(pilot, "People", "☐ Sam", "☐ Jonas", "Decisions to check", "You said, we did", "Coming up")
        await to_list(pilot, "decisions")
        await seen(pilot, "Event leads go", "Stop the swap")
        assert app.screen.query_one("#decisions", Rows).count == 2, "one is not to be checked yet"
        await to_list(pilot, "answered")
        await seen(
            pilot, "Leads are students [/red]", "“We narrow it on Monday”", "✓ Narrow the audience · Lena"
        )
        await seen(pilot, "☐ Call the agency · Jonas")
        assert app.screen.query_one("#answered", Rows).count == 1, "nobody has answered the other"
        await to_list(pilot, "coming")
        await seen(pilot, "Launch of", "The fair")


async def test_six_keys_tick_six_people(workspace: Workspace) -> None:
    workspace.start(workspace.session())
    async with at_step(workspace, "checkin") as (app, pilot):
        await seen(pilot, "0 of 4 here")
        await pilot.press("space", "space", "space", "space")
        await seen(pilot, "4 of 4 here")
        assert [person.present for person in on_disk(workspace).people.values()] == [True] * 4
        await pilot.press("space")
        await seen(pilot, "3 of 4 here", "☐ Jonas")
        assert app.screen.query_one("#people", Rows).cursor_index == 3


async def test_who_is_added_is_here(workspace: Workspace) -> None:
    workspace.start(workspace.session())
    async with at_step(workspace, "checkin") as (app, pilot):
        await pilot.press("a")
        await dialog(pilot)
        await type_in(pilot, "Kim guest:")
        await pilot.press("enter", "escape")
        await seen(pilot, "✓ Kim", "1 of 5 here")
        assert "guest" in line_with(app, "✓ Kim")
        assert list(on_disk(workspace).people.values())[-1].guest


async def test_a_decision_is_confirmed_and_another_reversed_with_a_reason(held: Workspace) -> None:
    async with at_step(held, "checkin") as (app, pilot):
        rows = await to_list(pilot, "decisions")
        await pilot.press("space")
        await seen(pilot, "✓ Event leads go to Sam", "1 of 2 checked")
        await pilot.press("x")
        await dialog(pilot)
        await seen(pilot, "Why is this decision reversed?")
        await type_in(pilot, "nobody swapped")
        await pilot.press("enter")
        await seen(pilot, "✗ Stop the swap", "Reversed: nobody swapped", "2 of 2 checked")
        states = [decision.state for decision in on_disk(held).decisions.values()]
        assert states == [DecisionState.CONFIRMED, DecisionState.REVERSED, DecisionState.STANDING]
        assert app.screen.focused is rows


async def test_decisions_are_reversed_one_key_each(held: Workspace) -> None:
    async with at_step(held, "checkin") as (_, pilot):
        await to_list(pilot, "decisions")
        await pilot.press("minus", "minus")
        await seen(pilot, "✗ Event leads go to Sam", "✗ Stop the swap", "2 of 2 checked")
        await pilot.press("u")
        await seen(pilot, "? Stop the swap", "1 of 2 checked")


async def test_what_was_said_stands_beside_the_team_with_what_came_of_all_of_it(held: Workspace) -> None:
    async with at_step(held, "checkin") as (app, pilot):
        await seen(pilot, "Sales 0 of 1 closed · Marketing 0 of 1 closed", "1 without an answer")
        said = next(iter(on_disk(held).feedback.values())).text
        assert line_with(app, said[:20]).strip(" │▌").startswith("Sales")


async def test_feedback_is_closed_and_its_response_edited_where_it_stands(held: Workspace) -> None:
    async with at_step(held, "checkin") as (_, pilot):
        await to_list(pilot, "answered")
        await pilot.press("r", "end")
        await type_in(pilot, " or Tuesday")
        await pilot.press("enter")
        await seen(pilot, "“We narrow it on Monday or Tuesday”")
        await pilot.press("space")
        await seen(pilot, "✓ closed", "1 of 1 closed")
        record = next(iter(on_disk(held).feedback.values()))
        assert (record.state, record.response) == (FeedbackState.CLOSED, "We narrow it on Monday or Tuesday")


async def test_what_is_coming_up_is_in_the_order_of_its_dates(held: Workspace) -> None:
    async with at_step(held, "checkin") as (app, pilot):
        await to_list(pilot, "coming")
        shown = text(app)
        assert shown.index("Launch of prices") < shown.index("The fair")
        await seen(pilot, "today      Launch of prices", "Sun 13 Dec The fair")
        await pilot.press("J")
        await told(pilot, "stands in the order of its dates")
        await pilot.press("a")
        await dialog(pilot)
        await type_in(pilot, "Webinar due:wed")
        await pilot.press("enter", "escape")
        await seen(pilot, "Wed 25 Nov Webinar")
        await until(pilot, lambda: text(app).index("Webinar") < text(app).index("The fair"))


async def test_what_was_decided_last_time_is_beside_it(held: Workspace) -> None:
    async with at_step(held, "checkin") as (_, pilot):
        await seen(pilot, "Last time", "Decided: Event leads go to")


async def test_without_content_there_are_two_lists_which_say_what_to_do(workspace: Workspace) -> None:
    session = workspace.start(workspace.session())
    session.apply("nobody", remove=list(session.meeting.people))
    async with at_step(workspace, "checkin", (80, 24)) as (app, pilot):
        await seen(pilot, "Nobody is on the list. Press a", "Nothing is coming up. Tab comes here")
        assert not line_with(app, "Decisions to check")
        assert not line_with(app, "You said, we did")
        await pilot.press("space")
        await told(pilot, "Select a row first.")


async def test_the_keys_below_are_those_of_the_list(held: Workspace) -> None:
    async with at_step(held, "checkin", (80, 24)) as (app, pilot):
        await until(pilot, lambda: "Space Here   V Everyone   a Person" in lines(app)[-1])
        await to_list(pilot, "decisions")
        await until(pilot, lambda: "Space Confirm   - Reverse" in lines(app)[-1])
        await to_list(pilot, "coming")
        await until(pilot, lambda: "a Coming up" in lines(app)[-1])


async def test_a_list_follows_edits_of_what_it_is_made_of_after_people_were_ticked(held: Workspace) -> None:
    async with at_step(held, "checkin") as (app, pilot):
        await seen(pilot, "☐ Call the agency")
        await pilot.press("space")
        await seen(pilot, "1 of 4 here")
        call = next(item for item in app.desk.meeting.action_items.values() if item.title.startswith("Call"))
        app.desk.session.change(call.uid, title="Call two agencies")
        await seen(pilot, "☐ Call two agencies", "1 of 4 here")
        app.desk.session.add(ComingUp(text="A dinner", date=DAY))
        await seen(pilot, "A dinner")
