"""The goal review on the screen: readings typed down the column, groups, the chart, a status by hand, a problem."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from rich.cells import cell_len

from meetings.kinds import Direction, Horizon, Status, Team, Unit
from meetings.model import Goal, Reading
from meetings.session import Session
from meetings.workspace import Workspace
from tests.conftest import MONDAY, Clock
from tests.tui.seeing import line_with, lines, seen, text, told, type_in, until
from tests.tui.step_app import SIZES, at_step, dialog, on_disk, second_meeting
from tui.dialogs.choice import Choice
from tui.dialogs.prompt import Prompt
from tui.widgets.cell_edit import CellEdit
from tui.widgets.chart import LATEST, TARGET
from tui.widgets.rows import Rows

FIRST = MONDAY.date()
DAY = FIRST + dt.timedelta(days=7)
START = FIRST - dt.timedelta(weeks=6)
DUE = START + dt.timedelta(weeks=13)
NAUGHTY = "東京の売上 [/red] [@click=app.quit]x[/] 👩‍💻"


def weekly(*values: float) -> tuple[Reading, ...]:
    """A reading a week, from the start on."""
    return tuple(Reading(START + dt.timedelta(weeks=at), value) for at, value in enumerate(values))


def goals() -> list[Goal]:
    known: dict[str, Any] = {"start_date": START, "due": DUE}
    return [
        Goal(
            title="Brand recall",
            team=Team.B,
            horizon=Horizon.YEAR,
            unit=Unit.PERCENT,
            start=11.0,
            target=18.0,
            direction=Direction.AT_LEAST,
            **known,
        ),
        Goal(
            title="MQL to SQL rate",
            metric="SQL / MQL",
            owner="Lena",
            unit=Unit.PERCENT,
            start=20.0,
            target=30.0,
            agreed=True,
            readings=weekly(20.5, 21, 22, 23, 24, 25, 26),
            **known,
        ),
        Goal(
            title=NAUGHTY,
            team=Team.A,
            unit=Unit.CURRENCY,
            start=0.0,
            target=600_000.0,
            readings=weekly(0, 10_000, 30_000, 60_000, 70_000, 80_000, 90_000),
            **known,
        ),
        Goal(title="Handbook agreed", unit=Unit.YES_NO, **known),
    ]


@pytest.fixture
def held(workspace: Workspace, clock: Clock) -> Workspace:
    """A second meeting with four goals, seven weeks into their quarter; one of them is of the year."""

    def first(session: Session) -> None:
        for goal in goals():
            session.add(goal)

    second_meeting(workspace, clock, first, lambda session: None)
    return workspace


def stored(workspace: Workspace, title: str) -> Goal:
    return next(goal for goal in on_disk(workspace).goals.values() if goal.title == title)


def today(workspace: Workspace, title: str) -> list[float]:
    """What was read today."""
    return [reading.value for reading in stored(workspace, title).readings if reading.date == DAY]


@pytest.mark.parametrize("size", SIZES)
async def test_goals_stand_in_groups_by_horizon(held: Workspace, size: tuple[int, int]) -> None:
    async with at_step(held, "goals", size) as (app, pilot):
        await seen(pilot, "This quarter", "MQL to SQL", "東京")
        assert app.screen.query_one(Rows).cursor_index == 0
        if size == (80, 24):
            order = [
                next(at for at, line in enumerate(lines(app)) if words in line)
                for words in ("This quarter", "MQL", "東京", "Handbook", "This year", "Brand")
            ]
            assert order == sorted(order)
        assert max(map(cell_len, lines(app))) <= size[0]


async def test_with_one_horizon_there_are_no_headings(workspace: Workspace, clock: Clock) -> None:
    second_meeting(workspace, clock, lambda session: session.add(goals()[1]), lambda session: None)
    async with at_step(workspace, "goals") as (app, pilot):
        await seen(pilot, "MQL to SQL")
        assert "This quarter" not in text(app)


async def test_readings_are_typed_down_the_column(held: Workspace) -> None:
    async with at_step(held, "goals", (80, 24)) as (_, pilot):
        await type_in(pilot, "27,5")
        await pilot.press(
            "enter", *"412k", "enter", "enter", *"yes", "enter", "1", "2", "space", "percent_sign", "enter"
        )
        await seen(pilot, "27.5 %", "€412 k", "yes", "12 %")
        assert today(held, "MQL to SQL rate") == [27.5]
        assert today(held, NAUGHTY) == [412_000.0]
        assert today(held, "Handbook agreed") == [1.0]
        assert today(held, "Brand recall") == [12.0]


async def test_what_cannot_be_read_is_refused_in_a_sentence_and_stays_in_the_field(held: Workspace) -> None:
    async with at_step(held, "goals", (80, 24)) as (app, pilot):
        await type_in(pilot, "3x")
        await pilot.press("enter")
        await seen(pilot, "“3x” is not understood here; type for example 27 or 27 %.")
        field = app.screen.query_one(CellEdit)
        assert field.value == "3x"
        assert app.screen.query_one(Rows).cursor_index == 0
        await pilot.press("backspace", "1", "enter")
        await until(pilot, lambda: today(held, "MQL to SQL rate") == [31.0])
        assert app.screen.query_one(Rows).cursor_index == 1


async def test_an_empty_reading_takes_todays_away_and_the_field_says_what_it_was(held: Workspace) -> None:
    async with at_step(held, "goals") as (app, pilot):
        await pilot.press("enter")
        await seen(pilot, "was 26 %")
        await pilot.press("2", "9", "enter", "up", "enter")
        await until(pilot, lambda: app.screen.query_one(CellEdit).value == "29 %")
        await pilot.press("ctrl+u", "enter")
        await until(pilot, lambda: not today(held, "MQL to SQL rate"))


async def test_the_chart_and_the_figures_are_beside_the_list(held: Workspace) -> None:
    async with at_step(held, "goals") as (app, pilot):
        # seven of thirteen weeks have passed: 20 + 10 * 7 / 13 = 25.4 expected; a point a week leads to 33
        await seen(
            pilot,
            "● on track, 0.6 points ahead",
            "Expected today 25.4 %",
            "On this line 33 % by",
            "To 30 % by 4 Jan 2027",
            "Read 26 % on 16 Nov",
            f"{TARGET} target",
        )
        assert f"30 % ┤{TARGET * 5}" in text(app)
        assert LATEST in line_with(app, "26 % ┤")
        await pilot.press("j")
        await seen(pilot, "■ off track, €233 k behind", "€600 k ┤", "A  not yet agreed by both")


async def test_details_open_where_there_is_no_room_beside_the_list_and_close_again(held: Workspace) -> None:
    async with at_step(held, "goals", (80, 24)) as (app, pilot):
        await seen(pilot, "Z Details")
        assert "Expected today" not in text(app)
        await pilot.press("Z")
        await seen(pilot, "● on track, 0.6 points ahead", "┤", "MQL to SQL")
        assert app.screen.query_one(Rows).has_focus
        await pilot.press("Z")
        await seen(pilot, "Expected today 25.4 %")
        await pilot.press("escape")
        await until(pilot, lambda: "Expected today" not in text(app))


async def test_a_status_is_set_by_hand_with_a_note_and_computed_again(held: Workspace) -> None:
    async with at_step(held, "goals") as (app, pilot):
        await seen(pilot, "r Status")
        await pilot.press("j", "r")
        await seen(pilot, "How does this goal stand?", "By its readings: ■ off track, €233 k behind")
        assert isinstance(app.screen, Choice)
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        await pilot.press("enter")
        await seen(pilot, "A few words are needed here.")
        assert stored(held, NAUGHTY).overruled is None
        await type_in(pilot, "two deals sign on Friday")
        await pilot.press("enter")
        await seen(pilot, "set by hand", "by its readings: off track", "€233 k behind")
        goal = stored(held, NAUGHTY)
        assert (goal.overruled, goal.note) == (Status.ON_TRACK, "two deals sign on Friday")
        await seen(pilot, "▌● 東京")
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, Choice))
        await pilot.press("c")
        await until(pilot, lambda: stored(held, NAUGHTY).overruled is None)
        await seen(pilot, "■ off track, €233 k behind")


async def test_off_track_becomes_a_problem_with_one_key(held: Workspace) -> None:
    async with at_step(held, "goals", (80, 24)) as (_, pilot):
        await pilot.press("j", "p")
        await dialog(pilot)
        await seen(pilot, "from “東京の売上")
        await type_in(pilot, "The offers wait for legal")
        await pilot.press("enter", "escape")
        await until(pilot, lambda: on_disk(held).problems)
        [problem] = on_disk(held).problems.values()
        goal = stored(held, NAUGHTY)
        assert (problem.title, problem.origin, problem.origin_text) == (
            "The offers wait for legal",
            goal.uid,
            NAUGHTY,
        )


async def test_rows_move_within_their_group_alone(held: Workspace) -> None:
    async with at_step(held, "goals") as (app, pilot):
        await pilot.press("j", "j", "J")
        await told(pilot, "This is the last goal of its horizon")
        await pilot.press("K")
        await until(pilot, lambda: app.screen.query_one(Rows).cursor_index == 1)
        titles = [goal.title for goal in on_disk(held).goals.values()]
        assert titles.index("Handbook agreed") < titles.index(NAUGHTY)
        await pilot.press("G", "K")
        await told(pilot, "This is the first goal of its horizon")


async def test_a_click_on_a_heading_goes_to_the_row_below_it(held: Workspace) -> None:
    async with at_step(held, "goals", (80, 24)) as (app, pilot):
        await seen(pilot, "This year")
        at = next(place for place, line in enumerate(lines(app)) if "This year" in line)
        await pilot.click(offset=(5, at))
        await until(pilot, lambda: app.screen.query_one(Rows).cursor_index == 3)
        await pilot.press("1", "2")
        field = app.screen.query_one(CellEdit)
        assert field.region.y == at + 1, "the field lies over the reading, not over the heading"
