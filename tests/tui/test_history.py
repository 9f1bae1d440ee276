"""History: every meeting with its figures, newest first."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from meetings.kinds import MeetingState
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


def place(app: AccordApp) -> str:
    return getattr(app.screen, "place", "")


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 15)])
async def test_meetings_are_listed_newest_first(app: AccordApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("y")
        await seen(pilot, "3 meetings", "Mon 16 Nov")
        days = [line for line in lines(app) if " Nov" in line]
        assert ["30 Nov" in days[0], "23 Nov" in days[1], "16 Nov" in days[2]] == [True] * 3
        assert "planned" in days[0]


async def test_each_meeting_has_its_figures(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("y")
        await seen(pilot, "Mon 16 Nov")
        first, second = line_with(app, "Mon 16 Nov"), line_with(app, "Mon 23 Nov")
        assert "Sam, Ana, Lena, Jonas" in first
        assert "8.0" in first, "three people rated it"
        assert "n/a" in second, "only one did"
        assert "1 of 2, 50 %" in second
        assert "1:00 of 60:00" in second


async def test_a_meeting_that_reached_the_goal_has_no_sign_that_the_others_have_not(
    workspace: Workspace, clock: Clock
) -> None:
    held(workspace, clock)
    items = replace(workspace.config.items, done_rate=0.5)
    workspace.config = replace(workspace.config, items=items)
    app = AccordApp(workspace)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("y")
        await seen(pilot, "1 of 2, 50 %")
        assert "●" not in text(app)


async def test_words_filter_what_is_listed(app: AccordApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("y")
        await seen(pilot, "3 meetings")
        await pilot.press("slash")
        await type_in(pilot, "jonas 16")
        await seen(pilot, "1 of 3", "Mon 16 Nov")
        await type_in(pilot, "zz[/red]")
        await seen(pilot, "No meeting has these words", "Nobody has said “jonas 16zz[/red]” in any meeting.")
        await pilot.press("escape")
        await seen(pilot, "3 meetings")
        await pilot.press("escape")
        await until(pilot, lambda: place(app) == "home", "home")


@pytest.mark.parametrize("size", [(120, 36), (40, 15)])
async def test_everything_that_was_said_is_searched(app: AccordApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("y")
        await seen(pilot, "3 meetings")
        await pilot.press("slash")
        await type_in(pilot, "WEBINAR")
        await seen(pilot, "3 hits in 3 meetings", "called the webinar leads", "First joint webinar")
        await type_in(pilot, " leads")
        await until(pilot, lambda: "First joint" not in text(app), "only that")
        hit = line_with(app, "called the webinar leads")
        assert hit.split()[1] == "3", "in the newest meeting that has it"
        if size[0] > 40:
            assert "Feedback" in hit
            assert "+2" in hit, "it stands in two earlier meetings as well"


async def test_a_hit_opens_its_minutes_there_and_escape_comes_back_to_it(app: AccordApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("y", "slash")
        await type_in(pilot, "webinar")
        await seen(pilot, "First joint webinar")
        await pilot.press("enter", "down")
        rows = app.screen.query_one("#hits", Rows)
        await until(pilot, lambda: rows.cursor_index == 1, "the second hit")
        key = rows.cursor_key
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query(".found"), "the text in the minutes")
        found = app.screen.query_one(".found")
        await until(pilot, lambda: 0 < found.region.y < 24, "it is in view")
        await pilot.press("escape")
        await until(pilot, lambda: place(app) == "history", "history")
        assert app.focused is rows
        assert rows.cursor_key == key


async def test_who_rated_a_meeting_is_not_found(app: AccordApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("y", "slash")
        await type_in(pilot, "loud")
        await seen(pilot, "Nobody has said “loud” in any meeting.")


async def test_enter_opens_the_minutes_and_escape_comes_back(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("y")
        await seen(pilot, "3 meetings")
        await pilot.press("G", "enter")
        await seen(pilot, "Minutes of meeting 1", "Rewrite the pricing page")
        await pilot.press("escape")
        await until(pilot, lambda: place(app) == "history", "history")
        assert app.screen.query_one("#meetings").cursor_key == "1"  # type: ignore[attr-defined]


async def test_an_unreadable_meeting_is_named_and_the_others_are_there(
    app: AccordApp, workspace: Workspace
) -> None:
    (Path(workspace.store.location) / "0001.json").write_text("{", encoding="utf-8")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("y")
        await seen(pilot, "cannot be read", "Mon 23 Nov", "3 meetings · 1 cannot be read")
        await pilot.press("G", "enter")
        await seen(pilot, "Minutes of meeting 1", "0001.json")
        await pilot.press("escape", "s")
        await told(pilot, "0001.json")


async def test_saving_saves_the_selected_meeting(app: AccordApp, workspace: Workspace) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("y")
        await seen(pilot, "3 meetings")
        await pilot.press("j", "s")
        await told(pilot, "Saved as")
    saved = list((workspace.paths.data / "minutes").glob("*.md"))
    assert [path.name[:13] for path in saved] == ["2026-11-23-2-"]


async def test_the_keys_are_those_that_do_something_for_the_selected_meeting(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("y")
        await seen(pilot, "Mon 16 Nov", "R Reopen")
        assert "A Amend" not in text(app), "the meeting that is planned"
        await pilot.press("j")
        await seen(pilot, "A Amend", "R Reopen")
        app.desk.start()
        await until(pilot, lambda: "R Reopen" not in text(app), "the line of keys")
        assert "A Amend" in text(app)
        await pilot.press("k")
        await until(pilot, lambda: "A Amend" not in text(app), "the line of keys")
        await pilot.press("A")
        await told(pilot, "Meeting 3 is not closed")
        await pilot.press("R")
        await told(pilot, "can no longer be reopened")


async def test_reopening_from_here_goes_into_the_meeting(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("y", "R")
        await seen(pilot, "Reopen meeting 2?")
        await pilot.press("enter")
        await until(pilot, lambda: place(app) == "meeting", "the meeting")
        assert app.desk.meeting.head.state is MeetingState.RUNNING
        await pilot.press("y")
        await seen(pilot, "runs now", "planned")
        assert "Sam" in text(app)
