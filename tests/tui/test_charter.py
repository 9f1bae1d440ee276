"""The charter, with what came of what was promised."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from meetings.config import Config
from meetings.config.schema import Charter, Definition, Role, Sla
from meetings.model import Goal, LeadNumbers
from meetings.paths import Paths
from meetings.session import Session
from meetings.workspace import Workspace
from tests.conftest import MONDAY, Clock
from tests.tui.seeing import line_with, lines, seen, text, told, until
from tests.tui.step_app import at_step, dialog, on_disk, second_meeting

DAY = MONDAY.date()
CHARTER = Charter(
    objectives=("Grow the [b]pipeline[/b]", "Know our customers"),
    roles=(Role(who="Sales", does="judges every lead within a day"),),
    definitions=(
        Definition(term="MQL", meaning="asked for a demo", since=DAY - dt.timedelta(days=90)),
        Definition(term="MQL", meaning="asked for a demo and fits", since=DAY),
        Definition(term="MQL", meaning="fits, and has a budget", since=DAY + dt.timedelta(days=90)),
    ),
)


@pytest.fixture
def agreed(config: Config, paths: Paths, clock: Clock) -> Workspace:
    """A second meeting with numbers that keep one promise and break two."""
    leads = replace(config.leads, sla=Sla(handed_over=40))
    config = replace(config, charter=CHARTER, leads=leads)
    workspace = Workspace.open(config, paths, background=False, now=clock.now, today=clock.today)

    def numbers(session: Session) -> None:
        session.add(Goal(title="Pipeline [/x]", supports="grow the [b]pipeline[/b]"))
        session.add(Goal(title="Page views"))
        session.add(
            LeadNumbers(
                source="Fair",
                period_start=DAY,
                period_end=DAY + dt.timedelta(days=6),
                handed_over=20,
                accepted=19,
                touches_due=20,
                touches_in_time=10,
            )
        )

    second_meeting(workspace, clock, lambda session: None, numbers)
    return workspace


async def test_it_shows_goals_meanings_and_what_came_of_each_promise(agreed: Workspace) -> None:
    async with at_step(agreed, "checkin", (100, 46)) as (app, pilot):
        await pilot.press("c")
        await dialog(pilot)
        await seen(
            pilot, "· Grow the [b]pipeline[/b]", "? Pipeline [/x]", "Who does what in the customer's journey"
        )
        shown = lines(app)
        own = next(at for at, line in enumerate(shown) if "Goals without a shared objective" in line)
        assert "Page views" in shown[own + 1]
        assert "·" not in shown[own], "it is no objective"
        assert not shown[own - 1].strip(" │"), "a part of its own"
        await seen(pilot, f"asked for a demo and fits  since {DAY.day} {DAY:%b %Y}")
        before = DAY - dt.timedelta(days=1)
        await seen(pilot, f"until {before.day} {before:%b %Y}: asked for a demo", "fits, and has a budget")
        assert "● Sales accepts 90 %" in line_with(app, "19 of 20, 95 %")
        assert "■ Sales follows up on 90 %" in line_with(app, "10 of 20, 50 %")
        assert "■ Marketing hands over 40 leads a week." in line_with(app, "20 of 40, 50 %")
        await pilot.press("c")
        await until(pilot, lambda: "Objectives" not in text(app))


async def test_a_miss_becomes_a_problem(agreed: Workspace) -> None:
    async with at_step(agreed, "checkin", (80, 24)) as (_, pilot):
        await pilot.press("c")
        await dialog(pilot)
        await seen(pilot, "Esc Close   p Problem ")
        await pilot.press("p")
        await seen(pilot, "Which one is the problem?")
        await pilot.press("down", "enter")
        await seen(pilot, "Park a problem")
        await pilot.press("enter", "escape")
        await until(pilot, lambda: on_disk(agreed).problems)
        (problem,) = on_disk(agreed).problems.values()
        assert problem.title == "All sources: 20 of 40 agreed leads handed over, 50 %"


async def test_without_numbers_no_promise_is_judged(workspace: Workspace) -> None:
    workspace.start(workspace.session())
    async with at_step(workspace, "checkin", (100, 46)) as (app, pilot):
        await pilot.press("c")
        await dialog(pilot)
        await seen(pilot, "There are no lead numbers yet.", "Marketing has promised no number of leads")
        assert "■" not in text(app)
        await pilot.press("p")
        await told(pilot, "No promise about leads was missed.")
