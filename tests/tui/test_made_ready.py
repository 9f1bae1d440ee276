"""What a launch makes before the event loop runs looks as it does when the loop makes it."""

from __future__ import annotations

import asyncio

import pytest
from msgspec.structs import replace
from rich.style import Style

from meetings.workspace import Workspace
from tests.tui.seeing import seen
from tui.app import AccordApp
from tui.screens.meeting import MeetingScreen
from tui.theme import CONTRAST, DARK, LIGHT

GROUNDS = {"dark": DARK, "light": LIGHT, "high-contrast": CONTRAST}


async def _picture(app: AccordApp, *words: str) -> list[tuple[str, Style]]:
    """Every cell of the screen with its colours."""
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await seen(pilot, *words)
        await pilot.pause()
        return [
            (each.text, each.style or Style())
            for line in app.screen._compositor.render_strips()
            for each in line
            if each.text.strip()
        ]


@pytest.mark.parametrize("theme", GROUNDS)
async def test_the_first_screen_has_the_colours_of_the_theme(workspace: Workspace, theme: str) -> None:
    workspace.start(workspace.session()).saver.close()
    workspace.config = replace(workspace.config, theme=theme)
    app = AccordApp(workspace)
    app.make_ready()
    ready = await _picture(app, "▶ Check-in", "People")
    assert any(style.bgcolor and style.bgcolor.name == GROUNDS[theme]["ground"] for _, style in ready)
    assert ready == await _picture(AccordApp(workspace), "▶ Check-in", "People")


async def test_the_next_theme_is_read_when_it_is_chosen(workspace: Workspace) -> None:
    app = AccordApp(workspace)
    app.make_ready()
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await seen(pilot, "Next meeting")
        app.next_theme()
        await pilot.pause()
        assert app.screen.styles.background.hex.casefold() == LIGHT["ground"]


@pytest.mark.parametrize(
    ("set_up", "words"), [(True, "First team"), (False, "Next meeting")], ids=("set-up", "home")
)
def test_there_need_be_no_event_loop_yet(workspace: Workspace, set_up: bool, words: str) -> None:
    app = AccordApp(workspace, set_up=set_up)
    app.make_ready()
    asyncio.run(_picture(app, words))


def test_a_key_that_comes_before_the_step_is_there_finds_none(workspace: Workspace) -> None:
    workspace.start(workspace.session()).saver.close()
    app = AccordApp(workspace)
    app.make_ready()
    assert isinstance(app._first, MeetingScreen)
    with app._context():
        assert app._first.step is None
        assert app._first.handler_of("drop") == app._first.do_drop
