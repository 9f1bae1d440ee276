"""In a browser the app runs on somebody else's machine: no path of it can be chosen."""

from __future__ import annotations

import pytest

from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import said, seen, told
from tests.tui.stage import rich_meeting, staged
from tui.served import SERVED


@pytest.fixture
def served(workspace: Workspace, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv(SERVED, "1")
    rich_meeting(workspace, clock)
    return workspace


async def test_no_file_of_the_server_is_chosen_and_minutes_go_where_they_belong(served: Workspace) -> None:
    async with staged(served, "leads", (80, 24)) as stage:
        await stage.press("l")
        await told(stage.pilot, "In a browser no file of the server can be read")
        await stage.press("W")
        await told(stage.pilot, "In a browser nothing is written to a path of one's own")
        assert stage.place == "meeting", "no dialog came up"
        await stage.press("s")
        await told(stage.pilot, f"Saved as {served.paths.data / 'minutes'}")
        await stage.press("ctrl+o")
        await told(stage.pilot, "In a browser no folder can be shown")
        await stage.press("M")
        await told(stage.pilot, "Sent the minutes of meeting 2, ", "to the browser's clipboard.")


async def test_no_note_is_private_where_all_share_an_account(served: Workspace) -> None:
    async with staged(served, "leads", (80, 24)) as stage:
        await stage.press("O")
        await told(stage.pilot, "In a browser no note is private")
        assert stage.place == "meeting", "no editor came up"


async def test_the_palette_says_why(served: Workspace) -> None:
    async with staged(served, "leads", (120, 36)) as stage:
        await stage.press("colon")
        await seen(stage.pilot, "Search for commands")
        await stage.type_over("save a copy of the meeting")
        await seen(stage.pilot, "that would be on the server")


async def test_on_ones_own_machine_both_are_there(workspace: Workspace, clock: Clock) -> None:
    rich_meeting(workspace, clock)
    async with staged(workspace, "leads", (80, 24)) as stage:
        await stage.press("l")
        await seen(stage.pilot, "which file has your CRM written?")
        assert not said(stage.app)
