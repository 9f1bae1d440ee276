"""Every command by its name."""

from __future__ import annotations

from pathlib import Path

from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import OptionList

from tests.tui.dialog_app import HOSTILE, DialogApp, item, opened, write
from tests.tui.seeing import until
from tui.dialogs.form import Form
from tui.dialogs.help import Help


async def found(app: DialogApp, pilot: Pilot[int]) -> list[str]:
    """What the palette lists, once it has settled."""
    await app.workers.wait_for_complete()
    await pilot.pause()
    options = app.screen.query_one(OptionList).options
    return [getattr(option.prompt, "plain", str(option.prompt)) for option in options]


async def test_the_palette_lists_every_action_of_the_screen(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await pilot.press("colon")
        assert isinstance(app.screen, CommandPalette)
        listed = await found(app, pilot)
        assert listed[0] == "Add to this step or list  a"
        assert "Park a problem  p" in listed
        assert "Help: what the keys do here  ? F1" in listed
        assert not [line for line in listed if line.startswith("Start")]


async def test_what_cannot_be_done_is_listed_and_says_why(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await pilot.press("colon")
        await write(pilot, "step before")
        assert (await found(app, pilot))[0] == (
            "Go back to the step before  There is no step before this one."
        )
        await pilot.press("enter")
        await pilot.pause()
        assert [toast.message for toast in app._notifications] == ["There is no step before this one."]


async def test_the_palette_opens_action_items_whatever_they_are_called(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        app.desk.session.add(item(title=HOSTILE))
        await pilot.press("colon")
        await write(pilot, "action item win")
        assert f"Action item: {HOSTILE}  Jo" in await found(app, pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, Form)
        assert app.text().count(HOSTILE) >= 1


async def test_f1_in_the_palette_says_what_can_be_found(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette), "the palette")
        await pilot.press("f1")
        await until(pilot, lambda: "Finding a command" in app.text(), "help")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: not isinstance(app.screen, CommandPalette), "the palette closed")


async def test_the_palette_opens_once_also_under_its_help_and_right_after_it_was_closed(
    tmp_path: Path,
) -> None:
    app = DialogApp(tmp_path)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.press("ctrl+p", "f1")
        await until(pilot, lambda: isinstance(app.screen, Help), "help")
        app.action_command_palette()
        assert sum(isinstance(screen, CommandPalette) for screen in app.screen_stack) == 1
        await pilot.press("escape")
        app.pop_screen()
        app.action_command_palette()
        await until(pilot, lambda: isinstance(app.screen, CommandPalette), "the palette")
