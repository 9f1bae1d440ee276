"""Every screen in terminals from very small to very large, and while they change their size."""

from __future__ import annotations

import pytest

from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import lines, seen, text
from tests.tui.stage import STEPS, Stage, rich_meeting, staged
from tui.dialogs.confirm import Confirm
from tui.screens.meeting import MeetingScreen
from tui.widgets.key_bar import KeyBar
from tui.widgets.rows import Rows

SIZES = ((40, 15), (60, 20), (80, 24), (200, 60))
PLACES = {"home": "h", "everything": "i", "history": "y", "trends": "Y"}
DIALOGS = {
    "e": "Save",
    "t": "New action item",
    "question_mark": "Help",
    "X": "Export",
    "O": "Private",
    "c": "Charter",
}
"""Keys that open a dialog in any step, and a word of it that has to be there."""


@pytest.fixture
def meeting(workspace: Workspace, clock: Clock) -> Workspace:
    rich_meeting(workspace, clock)
    return workspace


async def resize(stage: Stage, size: tuple[int, int]) -> None:
    await stage.pilot.resize_terminal(*size)
    await stage.until(
        lambda: stage.app.screen.size == size and len(lines(stage.app)) == size[1], "the new size"
    )


def check(stage: Stage, where: str) -> None:
    """The last line is that of the keys, whole; the list in use shows its selected row."""
    screen, shown = stage.app.screen, lines(stage.app)
    width, height = screen.size
    what = f"{where} at {width}x{height}:\n{text(stage.app)}"
    bar = screen.query_one(KeyBar)
    assert bar.region.bottom == height, what
    assert shown[-1].endswith("? Help"), what
    in_use = [rows for rows in screen.query(Rows) if rows.has_focus and rows.count]
    for rows in in_use:
        assert rows.region.bottom <= height - 1, what
        assert rows.region.right <= width, what
        inside = "\n".join(shown[rows.region.y : rows.region.bottom])
        assert "▌" in inside, what
        assert rows.size.height >= min(3, rows.lines), what


async def test_each_step_shows_its_row_and_its_keys_at_any_size(meeting: Workspace) -> None:
    async with staged(meeting, "checkin", (120, 36)) as stage:
        screen = stage.app.screen
        assert isinstance(screen, MeetingScreen)
        for step in STEPS:
            await screen.go_to(step)
            await stage.pilot.pause()
            before = text(stage.app)
            for size in SIZES:
                await resize(stage, size)
                for rows in screen.lists():
                    screen.set_focus(rows)
                    await stage.pilot.pause()
                    check(stage, f"{step} {rows.id}")
            screen.set_focus(next(rows for rows in screen.lists() if rows.count))
            await resize(stage, (120, 36))
            await stage.until(lambda before=before: text(stage.app) == before, f"{step} as it was before")


async def test_each_place_shows_its_row_and_its_keys_at_any_size(meeting: Workspace) -> None:
    for place in PLACES:
        async with staged(meeting, place, (120, 36)) as stage:
            for size in SIZES:
                await resize(stage, size)
                await stage.pilot.pause()
                check(stage, place)


@pytest.mark.parametrize("key", DIALOGS)
async def test_each_dialog_fits_the_smallest_terminal(meeting: Workspace, key: str) -> None:
    async with staged(meeting, "goals", (40, 15)) as stage:
        await stage.press(key)
        await seen(stage.pilot, DIALOGS[key])
        for each in stage.app.screen.query(".box"):
            assert each.region in stage.app.screen.region, text(stage.app)
        bars = [bar for bar in stage.app.screen.query(KeyBar) if bar.display]
        assert all(bar.region.height and bar.region in stage.app.screen.region for bar in bars)


async def test_what_is_behind_two_dialogs_is_shown_as_it_is_now(meeting: Workspace) -> None:
    """Whatever has another place there comes later than the dialogs: lists that fit their new size, and edits."""
    async with staged(meeting, "actions", (120, 36)) as stage:
        for question in ("First?", "Second?"):
            await stage.app.push_screen(Confirm(question))
            await seen(stage.pilot, question)
        await resize(stage, (80, 24))
        await stage.until(lambda: "Send the webinar list" in text(stage.app))
        item = next(i for i in stage.meeting.action_items.values() if i.title == "Send the webinar list")
        stage.app.desk.session.change(item.uid, title="Send the longer list")
        await seen(stage.pilot, "Send the longer list")


async def test_the_smallest_terminal_has_step_and_clock_on_one_line(meeting: Workspace) -> None:
    async with staged(meeting, "goals", (40, 15)) as stage:
        first, second, *_ = lines(stage.app)
        assert first.split() == ["Goals", "10:00", "left", "Saved"]
        assert second.startswith("╭─ Goal review")
