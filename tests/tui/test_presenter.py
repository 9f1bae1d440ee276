"""What a room sees while the meeting is presented over a shared screen."""

from __future__ import annotations

import pytest
from textual.widgets import Digits

from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import lines, seen, text, told, until
from tests.tui.stage import Stage, rich_meeting, staged
from tui.screens.meeting import MeetingScreen
from tui.widgets.rows import Rows

pytestmark = pytest.mark.asyncio


@pytest.fixture
def meeting(workspace: Workspace, clock: Clock) -> Workspace:
    rich_meeting(workspace, clock)
    return workspace


def large(stage: Stage) -> list[str]:
    """The figures that are shown large, from left to right."""
    return [
        each.value.replace("\N{NO-BREAK SPACE}", " ")
        for each in stage.app.screen.query(Digits)
        if each.display
    ]


async def present(stage: Stage) -> None:
    await stage.press("z")
    await stage.until(lambda: len(large(stage)) >= 1 and large(stage)[-1], "the large clock")


@pytest.mark.parametrize(
    ("step", "figure", "words"),
    [
        ("checkin", "2", "of 4 here"),
        ("leads", "75 %", "30 of 40 leads"),
        ("wins", "2", "wins"),
        ("wrapup", "0", "of 2 rated"),
    ],
)
async def test_the_figure_of_each_step_is_large(
    meeting: Workspace, step: str, figure: str, words: str
) -> None:
    async with staged(meeting, step, (120, 36)) as stage:
        await present(stage)
        await seen(stage.pilot, words)
        assert large(stage)[0] == figure


async def test_the_reading_is_that_of_the_selected_goal(meeting: Workspace) -> None:
    async with staged(meeting, "goals", (120, 36)) as stage:
        await present(stage)
        assert large(stage)[0] == "–"
        await stage.press("2", "5", "enter", "up")
        await stage.until(lambda: large(stage)[0] == "25", "the reading that was typed")
        assert "target 30" in text(stage.app)
        await stage.press("down")
        await stage.until(
            lambda: large(stage)[0] == "–" and "target 12" in text(stage.app), "the other goal's"
        )


async def test_the_mean_comes_when_it_is_shown_to_the_room(meeting: Workspace) -> None:
    async with staged(meeting, "wrapup", (120, 36)) as stage:
        await present(stage)
        await stage.press("7", "enter", "9", "enter")
        await stage.until(lambda: large(stage)[0] == "2", "how many have rated")
        assert "8.0" not in text(stage.app)
        await stage.press("r")
        await stage.until(lambda: large(stage)[0] == "8.0", "the mean")


async def test_what_is_left_of_the_step_is_large_and_says_when_it_is_over(
    meeting: Workspace, clock: Clock
) -> None:
    async with staged(meeting, "wins", (80, 24)) as stage:
        await present(stage)
        planned = stage.meeting.head.step_of("wins")
        assert planned is not None
        assert large(stage)[-1] == f"{planned.minutes}:00"
        meeting_screen = stage.app.screen
        assert isinstance(meeting_screen, MeetingScreen)
        stage.app.desk.session.correct("wins", planned.minutes * 60 + 90)
        await stage.until(lambda: large(stage)[-1] == "+1:30", "the time that it is over")
        await seen(stage.pilot, "over")


async def test_a_private_note_is_not_opened_before_the_room(meeting: Workspace) -> None:
    async with staged(meeting, "goals", (120, 36)) as stage:
        head = stage.meeting.head
        stage.app.desk.private.write(head.uid, head.step, "Sam is about to leave us")
        await present(stage)
        await stage.press("O")
        await told(stage.pilot, "Private notes stay hidden while you present: z ends that.")
        assert isinstance(stage.app.screen, MeetingScreen)
        assert "about to leave" not in text(stage.app)
        await stage.press("z", "O")
        await seen(stage.pilot, "about to leave")


@pytest.mark.parametrize("size", [(190, 50), (120, 36), (80, 24), (60, 20), (40, 15)])
async def test_nothing_but_the_step_is_there_and_it_fits(meeting: Workspace, size: tuple[int, int]) -> None:
    async with staged(meeting, "goals", size) as stage:
        await stage.press("z")
        stage.app.clear_notifications()
        await seen(stage.pilot, "MQL to SQL", "Joint deals")
        await until(stage.pilot, lambda: "Presenting" not in text(stage.app))
        shown = lines(stage.app)
        assert all(len(line) <= size[0] for line in shown)
        assert not [line for line in shown if "? Help" in line or "Check-in" in line]
        await stage.press("escape")
        await seen(stage.pilot, "? Help")


async def test_rows_have_air_while_there_is_room_for_it(meeting: Workspace) -> None:
    async with staged(meeting, "wins", (120, 36)) as stage:
        rows = stage.app.screen.query_one("#wins", Rows)

        def between() -> int:
            first, second = (
                next(n for n, line in enumerate(lines(stage.app)) if words in line)
                for words in ("Credit to Sam", "· 84 sign-ups")
            )
            return second - first

        assert between() == 1
        await present(stage)
        await stage.until(lambda: between() == 2, "a blank line between the rows")
        await stage.press("j")
        assert rows.cursor_index == 1
        await stage.press("n")
        await stage.until(lambda: stage.meeting.head.step == "actions", "the next step")
        await stage.press("z", "b")
        await stage.until(lambda: "84 sign-ups" in text(stage.app) and between() == 1, "no blank line")
