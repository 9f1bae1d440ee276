"""Lead feedback on the screen."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from meetings.kinds import FeedbackState, Team
from meetings.model import Feedback, LeadNumbers
from meetings.session import Session
from meetings.workspace import Workspace
from tests.conftest import MONDAY, Clock
from tests.tui.seeing import line_with, lines, seen, text, told, type_in, until
from tests.tui.step_app import SIZES, at_step, dialog, on_disk, second_meeting, to_list
from tui.widgets.cell_edit import CellEdit

FIRST = MONDAY.date()
DAY = FIRST + dt.timedelta(days=7)
SAID = "Paid social leads are students 学生 [/red]"


def numbers(source: str, **counts: Any) -> LeadNumbers:
    return LeadNumbers(source=source, period_start=FIRST, period_end=DAY - dt.timedelta(days=1), **counts)


def old_numbers() -> LeadNumbers:
    start = FIRST - dt.timedelta(days=7)
    return LeadNumbers(source="Old", period_start=start, period_end=FIRST, new=9, handed_over=8, accepted=4)


@pytest.fixture
def held(workspace: Workspace, clock: Clock) -> Workspace:
    """A second meeting with numbers of two sources and feedback both ways."""

    def first(session: Session) -> None:
        session.add(old_numbers())
        session.add(Feedback(text=SAID, from_team=Team.A, rating=2))

    def second(session: Session) -> None:
        session.add(old_numbers())
        session.add(
            numbers(
                "Organic search",
                new=41,
                handed_over=26,
                accepted=25,
                qualified=9,
                touches_due=26,
                touches_in_time=21,
                rejected={"no budget": 1},
            )
        )
        session.add(numbers("Paid social", new=38, handed_over=22, accepted=9, qualified=2))
        session.add(Feedback(text="Eleven leads wait for a call", from_team=Team.B))

    second_meeting(workspace, clock, first, second)
    return workspace


def feedback(workspace: Workspace, beginning: str) -> Feedback:
    return next(one for one in on_disk(workspace).feedback.values() if one.text.startswith(beginning))


@pytest.mark.parametrize("size", SIZES)
async def test_numbers_and_feedback_are_in_reach_at_every_size(
    held: Workspace, size: tuple[int, int]
) -> None:
    async with at_step(held, "leads", size) as (app, pilot):
        await seen(pilot, "Leads since Mon 16 Nov", "25 of 26  96 %", "9 of 22  41 % ■")
        assert not line_with(app, "96 % ■")
        assert not line_with(app, "Old")
        await to_list(pilot, "from-a")
        await seen(pilot, "Sales → Marketing", "★★☆☆☆ Paid social leads", "[/red]", "↳ new")
        await to_list(pilot, "from-b")
        await seen(pilot, "Marketing → Sales", "Eleven leads")


async def test_where_there_is_room_every_figure_is_there(held: Workspace) -> None:
    async with at_step(held, "leads", (200, 50)) as (app, pilot):
        await seen(pilot, "Accepted ≥90 %", "In 24 h ≥90 %")
        assert "34 of 48  71 % ■" in line_with(app, "All sources")
        line = line_with(app, "▌Organic")
        assert "26 of 41  63 %" in line
        assert "9 of 26  35 %" in line
        assert "no budget (1)" in line
        assert "21 of 26  81 % ■" in line
        titles = line_with(app, "Sales → Marketing")
        assert "Marketing → Sales" in titles


async def test_numbers_that_contradict_each_other_are_named(held: Workspace) -> None:
    held.session().add(numbers("Event", new=3, handed_over=5))
    async with at_step(held, "leads") as (_, pilot):
        await seen(pilot, "Event: Handed over (MQL) is 5, more than New leads with 3.")


async def test_a_response_is_typed_under_the_feedback(held: Workspace) -> None:
    async with at_step(held, "leads", (80, 24)) as (app, pilot):
        rows = await to_list(pilot, "from-a")
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen.focused, CellEdit))
        field = app.screen.focused
        assert field is not None
        said = next(y for y, line in enumerate(lines(app)) if "Paid social leads" in line)
        assert field.region.y > said, "the text can be read while the response is typed"
        assert "Response" in lines(app)[field.region.y], "the empty field says what it is"
        await type_in(pilot, "We narrow it")
        await pilot.press("enter")
        await seen(pilot, "answered “We narrow it”")
        assert app.screen.focused is rows
        record = feedback(held, "Paid")
        assert (record.response, record.state) == ("We narrow it", FeedbackState.ANSWERED)
        assert record.answered_on == DAY


async def test_a_response_is_edited_over_the_old_one(held: Workspace) -> None:
    async with at_step(held, "leads", (80, 24)) as (app, pilot):
        await to_list(pilot, "from-a")
        await pilot.press("r")
        await type_in(
            pilot, "We did not know that it was out and put it into the proposal now for all of them"
        )
        await pilot.press("enter")
        await seen(pilot, "We did not know")
        await pilot.press("r", "ctrl+u", "x")
        await until(pilot, lambda: "We did not" not in text(app))
        assert "proposal" not in text(app)
        assert "Paid social leads" in text(app)


async def test_escape_leaves_the_response_as_it_was(held: Workspace) -> None:
    async with at_step(held, "leads") as (app, pilot):
        await to_list(pilot, "from-b")
        before = lines(app)
        await pilot.press("r", "x", "escape")
        await until(pilot, lambda: not app.screen.query(CellEdit))
        await until(pilot, lambda: lines(app)[8:-1] == before[8:-1])
        assert feedback(held, "Eleven").response == ""


async def test_digits_rate_and_nought_takes_the_rating_away(held: Workspace) -> None:
    async with at_step(held, "leads") as (_, pilot):
        await to_list(pilot, "from-b")
        await pilot.press("4")
        await seen(pilot, "★★★★☆ Eleven leads")
        assert feedback(held, "Eleven").rating == 4
        await pilot.press("0")
        await until(pilot, lambda: feedback(held, "Eleven").rating is None)


async def test_space_closes_and_reopens(held: Workspace) -> None:
    async with at_step(held, "leads") as (_, pilot):
        await to_list(pilot, "from-a")
        await pilot.press("space")
        await seen(pilot, "✓ closed", "1 of 1 closed")
        assert feedback(held, "Paid").closed_on == DAY
        await pilot.press("space")
        await seen(pilot, "1 without a response")


@pytest.mark.parametrize("key", ["a", "f"])
async def test_feedback_goes_in_the_direction_of_the_list(held: Workspace, key: str) -> None:
    async with at_step(held, "leads") as (_, pilot):
        await to_list(pilot, "from-b")
        await pilot.press(key)
        await dialog(pilot)
        await type_in(pilot, "The deck is old")
        await pilot.press("enter", "escape")
        await seen(pilot, "The deck is old", "2 without a response")
        assert feedback(held, "The deck").from_team is Team.B


@pytest.mark.parametrize("key", ["a", "L"])
async def test_a_form_for_the_next_source_has_the_period_of_the_others(held: Workspace, key: str) -> None:
    async with at_step(held, "leads") as (_, pilot):
        await to_list(pilot, "numbers")
        await pilot.press(key)
        await dialog(pilot)
        await seen(pilot, "Paid search", "Mon 16 Nov", "Sun 22 Nov")


async def test_new_leads_are_typed_into_the_row(held: Workspace) -> None:
    async with at_step(held, "leads") as (_, pilot):
        await to_list(pilot, "numbers")
        await pilot.press("4", "5", "enter")
        await until(pilot, lambda: 45 in [row.new for row in on_disk(held).lead_numbers.values()])


def weeks(session: Session) -> None:
    """Two weeks of two sources, with all that can be known."""
    start = FIRST - dt.timedelta(days=7)
    known: dict[str, Any] = {
        "product": "HubSpot",
        "opportunities": 1,
        "won": 1,
        "lost": 1,
        "bands": {"0-5": 4},
    }
    for first, new, accepted in ((start, 30, 9), (FIRST, 40, 12)):
        for source, reasons in (("Paid social", {"not a fit": 6, "other": 2}), ("Fair", {})):
            session.add(
                LeadNumbers(
                    source=source,
                    period_start=first,
                    period_end=first + dt.timedelta(days=6),
                    new=new,
                    handed_over=20,
                    reviewed=20,
                    accepted=accepted if reasons else 20,
                    qualified=accepted // 3,
                    rejected=reasons,
                    spend=1000.0,
                    touches_due=20,
                    touches_in_time=19,
                    p50=45.0,
                    **known,
                )
            )


@pytest.fixture
def imported(workspace: Workspace, clock: Clock) -> Workspace:
    """A second meeting with two weeks of imported numbers."""
    second_meeting(workspace, clock, lambda session: None, weeks)
    return workspace


async def test_a_week_stands_against_the_one_before_and_says_where_it_came_from(imported: Workspace) -> None:
    async with at_step(imported, "leads", (160, 40)) as (app, pilot):
        await seen(pilot, "imported from HubSpot, 140 rows, 23 Nov")
        assert "↑ 40" in line_with(app, "▌Paid social")
        assert "12 of 20 ↑ 60 % ■" in line_with(app, "▌Paid social")
        assert "↑ 80" in line_with(app, "All sources")
        assert "20 of 20  100 %" in line_with(app, "Fair"), "nothing has changed: no arrow"
        assert len([line for line in lines(app) if "Fair" in line]) == 1, "the week before has no row"
        await seen(pilot, "against Mon 9 to Sun 15 Nov", "Lead velocity")


@pytest.mark.parametrize("size", SIZES)
async def test_enter_shows_every_figure_of_a_source_at_every_size(
    imported: Workspace, size: tuple[int, int]
) -> None:
    async with at_step(imported, "leads", size) as (app, pilot):
        await to_list(pilot, "numbers")
        await pilot.press("enter")
        await dialog(pilot)
        shown: list[str] = []

        def read() -> bool:
            shown.extend(line for line in lines(app) if line not in shown)
            return True

        for _ in range(40):
            await until(pilot, read)
            await pilot.press("down")
        page = " ".join(" ".join(shown).replace("│", " ").split())
        assert "Rejected: 8 of 20 reviewed, 40 %" in page
        assert "not a fit 6 75 %" in page
        assert "other 2 100 %" in page
        assert "Half within (P50) 45 min" in page
        assert "4 after 3, +33 %" in page
        assert "€25" in page
        assert "Sales accepts 90 %" in page


async def test_the_figures_go_from_source_to_source_and_on_to_their_form(imported: Workspace) -> None:
    async with at_step(imported, "leads", (80, 24)) as (_, pilot):
        rows = await to_list(pilot, "numbers")
        await pilot.press("enter")
        await dialog(pilot)
        await seen(pilot, "─ Paid social ─")
        await pilot.press("left")
        await seen(pilot, "─ All sources ─", "32 of 40, 80 %")
        await pilot.press("left")
        await seen(pilot, "─ Fair ─")
        await pilot.press("e")
        await seen(pilot, "Handed over (MQL)")
        assert rows.cursor_index == 1


async def test_a_miss_becomes_a_problem_also_for_all_sources(imported: Workspace) -> None:
    async with at_step(imported, "leads") as (_, pilot):
        await to_list(pilot, "numbers")
        await pilot.press("G", "p")
        await dialog(pilot)
        await seen(pilot, "All sources: 32 of 40 accepted, 80 % (agreed 90 %)")
        await pilot.press("enter", "escape")
        await until(pilot, lambda: on_disk(imported).problems)
        (problem,) = on_disk(imported).problems.values()
        assert problem.title == "All sources: 32 of 40 accepted, 80 % (agreed 90 %)"


async def test_a_kept_promise_is_no_problem_and_the_total_has_no_form(imported: Workspace) -> None:
    async with at_step(imported, "leads") as (app, pilot):
        await to_list(pilot, "numbers")
        await pilot.press("G", "e")
        await told(pilot, "This row adds up the sources above it")
        await pilot.press("k", "p")
        await dialog(pilot)
        assert "Fair:" not in text(app)


async def test_hostile_names_of_sources_and_reasons_are_shown_as_they_are(held: Workspace) -> None:
    held.session().add(
        numbers("[red]@Sam #sales[/]", new=9, handed_over=8, reviewed=8, accepted=2, rejected={"[b]no[/b": 3})
    )
    async with at_step(held, "leads") as (app, pilot):
        await to_list(pilot, "numbers")
        await pilot.press("j", "j")
        await seen(pilot, "▌[red]@Sam")
        await pilot.press("enter")
        await dialog(pilot)
        await seen(pilot, "─ [red]@Sam #sales[/] ─", "[b]no[/b")
        await pilot.press("p")
        await seen(pilot, "Park a problem")
        await pilot.press("enter", "escape")
        await until(pilot, lambda: on_disk(held).problems)
        (problem,) = on_disk(held).problems.values()
        assert problem.title.startswith("[red]@Sam #sales[/]: 2 of 8 accepted, 25 %"), (
            "no token is read in it"
        )
        assert app.desk.meeting.head.number == 2


async def test_last_time_is_beside_it(held: Workspace) -> None:
    async with at_step(held, "leads") as (_, pilot):
        await seen(pilot, "Last time", "Accepted 4 of 8, 50 %", "Sales: Paid social leads")


async def test_without_content_every_list_says_what_to_do(workspace: Workspace) -> None:
    workspace.start(workspace.session())
    async with at_step(workspace, "leads") as (_, pilot):
        await seen(pilot, "No lead numbers yet.", "Nothing from Sales yet.", "Nothing from Marketing yet.")
        await pilot.press("r")
        await told(pilot, "Select feedback to respond to it.")
