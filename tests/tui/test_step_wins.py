"""Wins on the screen."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from meetings.kinds import Team
from meetings.model import Win
from meetings.session import Session
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import line_with, lines, seen, text, type_in, until
from tests.tui.step_app import SIZES, at_step, dialog, on_disk, second_meeting
from tui.steps import celebration
from tui.steps.celebration import Celebration
from tui.widgets.rows import Rows

NAUGHTY = "東京 Corp. [/red] [bold]signs[/bold] 🎉"


@pytest.fixture
def held(workspace: Workspace, clock: Clock) -> Workspace:
    """A meeting with two wins, after one with another."""

    def first(session: Session) -> None:
        session.add(Win(title="The booth was full", big=True, source="Fair"))
        session.write_note("wins", "Thank support as well")

    def second(session: Session) -> None:
        session.add(Win(title=NAUGHTY, big=True, credits=("Sam", "Lena"), amount=412_000.0, source="fair"))
        session.add(Win(title="84 sign-ups", team=Team.B, credits=("Lena",), source="Webinar"))

    second_meeting(workspace, clock, first, second)
    return workspace


@pytest.mark.parametrize("size", SIZES)
async def test_wins_are_shown_with_credit_at_every_size(held: Workspace, size: tuple[int, int]) -> None:
    async with at_step(held, "wins", size) as (app, pilot):
        await seen(
            pilot,
            "★ 東京 Corp. [/red]",
            "· 84 sign-ups",
            "Credit to Sam, Lena",
            "No credit lately: Ana, Jonas",
        )
        if size[0] > 40:
            assert "€412 k" in line_with(app, "★ 東京")
            assert "Marketing" in line_with(app, "84 sign-ups")
            assert "2 wins · 1 big" in text(app)


async def test_last_time_is_beside_them(held: Workspace) -> None:
    async with at_step(held, "wins") as (_, pilot):
        await seen(pilot, "★ The booth was full", "Thank support as well")


async def test_space_makes_a_win_big_and_small_again(held: Workspace) -> None:
    async with at_step(held, "wins") as (app, pilot):
        await pilot.press("j", "space")
        await seen(pilot, "★ 84 sign-ups", "2 wins · 2 big")
        assert [win.big for win in on_disk(held).wins.values()] == [True, True]
        await pilot.press("k", "space")
        await until(pilot, lambda: "· 東京" in text(app))


async def test_a_win_that_becomes_big_has_its_moment(
    held: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_step(held, "wins") as (app, pilot):
        card = app.screen.query_one(Celebration)
        assert not card.display, "what was big before is not news"
        await pilot.press("j", "space")
        await seen(pilot, "Thanks to Lena")
        await pilot.press("k")
        assert card.display, "it takes no key"
        await pilot.press("escape")
        assert not card.display
        monkeypatch.setattr(celebration, "SECONDS", 0.05)
        await pilot.press("space", "space")
        await until(pilot, lambda: app.screen.query_one("#wins", Rows).count == 2 and not card.display)
        assert [win.big for win in on_disk(held).wins.values()] == [True, True]


async def test_a_big_win_has_its_moment_in_any_step(held: Workspace) -> None:
    async with at_step(held, "leads", (80, 24)) as (app, pilot):
        card = app.screen.query_one(Celebration)
        await pilot.press("w")
        await dialog(pilot)
        await type_in(pilot, "Globex won @Jonas !")
        await pilot.press("enter", "escape")
        await seen(pilot, "Globex won", "Thanks to Jonas")
        await pilot.press("escape")
        assert not card.display
        await pilot.press("n")
        await seen(pilot, "★ Globex won")
        assert not card.display, "once is enough"


@pytest.mark.parametrize(("animations", "stars"), [("none", 5), ("full", 1)])
async def test_nothing_moves_where_nothing_shall(
    held: Workspace, animations: str, stars: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(celebration, "STEP", 60)
    monkeypatch.setattr(celebration, "SECONDS", 60)
    held.config = replace(held.config, animations=animations)
    async with at_step(held, "wins", (80, 24)) as (app, pilot):
        await pilot.press("j", "space")
        card = app.screen.query_one(Celebration)
        assert (card.display, str(card.render()).count("★")) == (True, stars)


async def test_where_wins_come_from(held: Workspace) -> None:
    async with at_step(held, "wins", (80, 24)) as (_, pilot):
        await seen(pilot, "Wins by source: Fair 2 · Webinar 1")


async def test_enter_edits_the_title_where_it_stands(held: Workspace) -> None:
    async with at_step(held, "wins") as (_, pilot):
        await pilot.press("j", "enter", "end")
        await type_in(pilot, " at the fair")
        await pilot.press("enter")
        await seen(pilot, "84 sign-ups at the fair")
        assert [win.title for win in on_disk(held).wins.values()] == [NAUGHTY, "84 sign-ups at the fair"]


async def test_a_adds_a_win(held: Workspace) -> None:
    async with at_step(held, "wins") as (_, pilot):
        await pilot.press("a")
        await dialog(pilot)
        await type_in(pilot, "Renewal signed @Ana ")
        await pilot.press("exclamation_mark", "enter", "escape")
        await seen(pilot, "★ Renewal signed", "Credit to Ana", "No credit lately: Jonas")
        assert list(on_disk(held).wins.values())[-1].credits == ("Ana",)


async def test_rows_can_be_moved(held: Workspace) -> None:
    async with at_step(held, "wins") as (app, pilot):
        await pilot.press("J")
        await until(pilot, lambda: app.screen.query_one("#wins", Rows).cursor_index == 1)
        assert [win.title for win in on_disk(held).wins.values()] == ["84 sign-ups", NAUGHTY]


async def test_without_wins_it_says_what_to_do(workspace: Workspace) -> None:
    workspace.start(workspace.session())
    async with at_step(workspace, "wins", (80, 24)) as (app, pilot):
        await seen(pilot, "No wins yet. Press a to add what went well")
        assert not line_with(app, "No credit yet")
        assert "a Win" in lines(app)[-1]


async def test_enter_ends_the_moment_and_edits_nothing(held: Workspace) -> None:
    async with at_step(held, "wins") as (app, pilot):
        await pilot.press("j", "space")
        card = app.screen.query_one(Celebration)
        await until(pilot, lambda: card.display, "a moment")
        await pilot.press("enter", "n")
        await seen(pilot, "Promised")
        assert not card.display
    assert [win.title for win in on_disk(held).wins.values()] == [NAUGHTY, "84 sign-ups"]
