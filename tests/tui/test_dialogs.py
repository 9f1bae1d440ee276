"""Questions, lines, notes, help and the charter on top of a screen: what their keys do, and that they fit."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual import events
from textual.css.query import NoMatches

from meetings.config import default_config
from meetings.config.schema import Charter as CharterConfig
from meetings.config.schema import Definition, Role
from meetings.errors import StoreError
from meetings.model import Goal
from tests.tui.dialog_app import HOSTILE, TEAMS, Backdrop, DialogApp, click_on, opened, write
from tests.tui.seeing import told, until
from tui.dialogs.charter import Charter
from tui.dialogs.choice import Choice
from tui.dialogs.confirm import Confirm
from tui.dialogs.form import Form
from tui.dialogs.help import Help
from tui.dialogs.message import Message
from tui.dialogs.note import NoteEditor
from tui.dialogs.prompt import Prompt

SIZES = [(120, 36), (80, 24), (40, 15)]


# Confirm, choice, message


@pytest.mark.parametrize(("key", "answer"), [("enter", True), ("escape", False)])
async def test_confirm_takes_the_keys_that_it_shows_and_no_other(
    tmp_path: Path, key: str, answer: bool
) -> None:
    async with opened(tmp_path, lambda: Confirm(HOSTILE, HOSTILE, yes="Close it", no="Go on")) as (
        app,
        pilot,
    ):
        assert app.text().count(HOSTILE) == 2
        assert "Enter Close it   Esc Go on" in app.text()
        await pilot.press("y", "n", "space")
        assert app.answers == []
        await pilot.press(key)
        assert app.answers == [answer]


async def test_a_click_on_an_answer_gives_it(tmp_path: Path) -> None:
    async with opened(tmp_path, lambda: Confirm("Leave?", yes="Leave", no="Stay")) as (app, pilot):
        await click_on(app, pilot, "Stay")
        assert app.answers == [False]


OPTIONS = [("keep", "k", "keep it"), ("give", "g", HOSTILE), ("drop", "x", "drop it")]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["x"], "drop"),
        (["down", "enter"], "give"),
        (["up", "enter"], "drop"),
        (["k"], "keep"),
        (["escape"], None),
    ],
)
async def test_choice(tmp_path: Path, keys: list[str], answer: str | None) -> None:
    async with opened(tmp_path, lambda: Choice("Carried 3 times", "What now?", OPTIONS)) as (app, pilot):
        assert f"g  {HOSTILE}" in app.text()
        await pilot.press(*keys)
        assert app.answers == [answer]


async def test_a_click_chooses(tmp_path: Path) -> None:
    async with opened(tmp_path, lambda: Choice("Carried 3 times", "What now?", OPTIONS)) as (app, pilot):
        await click_on(app, pilot, "drop it")
        assert app.answers == ["drop"]


async def test_message(tmp_path: Path) -> None:
    error = StoreError(f"The file {HOSTILE} is not whole.", "Nothing was changed.")
    async with opened(tmp_path, lambda: Message.of(error)) as (app, pilot):
        assert "The meetings could not be opened or saved" in app.text()
        assert f"The file {HOSTILE} is not whole." in app.text()
        assert "Nothing was changed." in app.text()
        await pilot.press("escape")
        assert app.answers == [None]


# Prompt


async def test_prompt_gives_the_line(tmp_path: Path) -> None:
    async with opened(tmp_path, lambda: Prompt(HOSTILE, HOSTILE, placeholder=HOSTILE, initial="so")) as (
        app,
        pilot,
    ):
        assert app.text().count(HOSTILE) == 2
        await write(pilot, " far ")
        await pilot.press("enter")
        assert app.answers == ["so far"]


async def test_a_required_line_may_not_be_empty(tmp_path: Path) -> None:
    async with opened(tmp_path, lambda: Prompt("Why?", placeholder="reason", required=True)) as (app, pilot):
        assert "reason" in app.text()
        await pilot.press("space", "enter")
        assert "A few words are needed here." in app.text()
        await write(pilot, "late")
        await pilot.press("enter")
        assert app.answers == ["late"]


async def test_a_prompt_that_was_left_offers_its_text_again(tmp_path: Path) -> None:
    async with opened(tmp_path, lambda: Prompt("Why?", "this")) as (app, pilot):
        await write(pilot, "half")
        await pilot.press("escape")
        app.ask(Prompt("Why?", "that"))
        await pilot.pause()
        assert "half" not in app.text()
        await pilot.press("escape")
        app.ask(Prompt("Why?", "this"))
        await pilot.pause()
        await pilot.press("enter")
        assert app.answers == [None, None, "half"]


async def test_a_password_is_not_shown_and_not_kept(tmp_path: Path) -> None:
    async with opened(tmp_path, lambda: Prompt("Password", password=True)) as (app, pilot):
        await write(pilot, "secret")
        assert "secret" not in app.text()
        assert "••••••" in app.text()
        await pilot.press("escape")
        assert "secret" not in str(app.half_typed)


# Note


@pytest.mark.parametrize("key", ["escape", "ctrl+s"])
async def test_a_note_keeps_what_is_there(tmp_path: Path, key: str) -> None:
    async with opened(tmp_path, lambda: NoteEditor("Note: Goals", "One [/red]")) as (app, pilot):
        assert "For everyone" in app.text()
        await pilot.press("enter")
        await write(pilot, "Two")
        await pilot.press(key)
        assert app.answers == ["One [/red]\nTwo"]


async def test_a_private_note_says_so_and_what_is_pasted_is_clean(tmp_path: Path) -> None:
    async with opened(tmp_path, lambda: NoteEditor("Note", "", private=True)) as (app, pilot):
        assert "Private: only this machine has it" in app.text()
        app.post_message(events.Paste("red \x1b[31mline\r\nnext"))
        await pilot.pause()
        await pilot.press("escape")
        assert app.answers == ["red line\nnext"]


# Help


async def test_help_lists_what_the_screen_can_do_with_the_users_keys(tmp_path: Path) -> None:
    config = replace(default_config(), teams=TEAMS, keys={"win": "W F2", "help": "F3"})
    async with opened(tmp_path, config=config, size=(120, 110)) as (app, pilot):
        await pilot.press("f3")
        assert isinstance(app.screen, Help)
        await until(pilot, lambda: "a win" in app.text(), "help")
        text = app.text()
        rows = [" ".join(line.strip("│▐ ").split()) for line in text.splitlines()]
        assert "W F2 a win" in rows
        assert "n go to the next step" in rows
        assert rows.index("Here and now") + 1 == rows.index("a add to this step or list")
        assert "start the meeting" not in text
        assert "move in a list" in text
        assert "@Sam for:Sam who: owner, credit, raised by; for: makes a new person" in rows
        await pilot.press("f3")
        assert not isinstance(app.screen, Help)


@pytest.mark.parametrize("key", ["question_mark", "f1", "escape"])
async def test_help_closes_and_never_stacks(tmp_path: Path, key: str) -> None:
    async with opened(tmp_path) as (app, pilot):
        await pilot.press("question_mark")
        app.push_screen(Help(app.screen_stack[-2]))
        await pilot.pause()
        assert len([screen for screen in app.screen_stack if isinstance(screen, Help)]) == 1
        await pilot.press(key)
        await pilot.pause()
        assert not isinstance(app.screen, Help)


async def test_help_scrolls_where_it_is_long(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(40, 15)) as (app, pilot):
        await pilot.press("question_mark")
        await pilot.pause()
        assert "go home" not in app.text()
        await pilot.press("end")
        await pilot.pause()
        assert "go home" in app.text()
        assert "Esc Close" in app.text()


# Charter


async def test_the_charter_shows_what_was_agreed(tmp_path: Path) -> None:
    charter = CharterConfig(
        objectives=(HOSTILE,),
        roles=(Role(who="Sales", does="judges leads"),),
        definitions=(Definition(term="MQL", meaning="asked for a demo", since=dt.date(2026, 1, 5)),),
    )
    config = replace(default_config(), charter=charter)
    async with opened(tmp_path, lambda: Charter(config)) as (app, pilot):
        assert f"· {HOSTILE}" in app.text()
        assert "Sales  judges leads" in app.text()
        assert "MQL  asked for a demo  since 5 Jan 2026" in app.text()
        assert "Sales accepts 90 % of the leads handed over." in app.text()
        await pilot.press("escape")
        assert app.answers == [None]


async def test_a_charter_without_anything_says_where_to_write_it(tmp_path: Path) -> None:
    config = replace(default_config(), charter=CharterConfig())
    async with opened(tmp_path, lambda: Charter(config)) as (app, _):
        assert "None yet; they are set in config.yaml under charter." in app.text()


# Everywhere


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["dark", "light", "high-contrast"])
async def test_every_dialog_fits(tmp_path: Path, size: tuple[int, int], theme: str) -> None:
    app = DialogApp(tmp_path, theme=theme)
    long = "A long sentence that goes on and on. " * 8
    async with app.run_test(size=size, notifications=True) as pilot:
        for dialog in (
            Confirm(long, long),
            Choice(long, long, OPTIONS),
            Prompt(long, long),
            Message(long, long, long),
            NoteEditor(long, long * 9),
            Help(app.screen),
            Charter(default_config()),
            Form(Goal(title=long, note=long)),
        ):
            app.ask(dialog)
            await pilot.pause()
            box = dialog.query_one("Box")
            assert app.screen.region.contains_region(box.region)
            keys = dialog.query_one("Keys")
            assert box.region.contains_region(keys.region), dialog
            assert keys.region.height == 1
            dialog.dismiss(None)
            await pilot.pause()


async def test_a_dialog_that_is_closed_under_another_goes_when_that_is_gone(tmp_path: Path) -> None:
    app = DialogApp(tmp_path)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        below, above = Confirm("Leave?"), Confirm("Sure?")
        app.ask(below)
        app.ask(above)
        await pilot.pause()
        below.dismiss(True)
        await pilot.pause()
        assert app.screen is above
        assert app.answers == []
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, Backdrop)
        assert app.answers == [False, True]


async def test_what_keeps_a_note_from_the_editor_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "no-such-editor")
    async with opened(tmp_path, lambda: NoteEditor("Note: Goals", "One")) as (app, pilot):
        await pilot.press("ctrl+g")
        await told(pilot, "The editor “no-such-editor” (EDITOR) was not found.")
        monkeypatch.setenv("EDITOR", "true")
        await pilot.press("ctrl+g")
        await told(pilot, "This terminal cannot be handed to an editor.")
        monkeypatch.setattr(app, "suspend", nullcontext)
        await pilot.press("ctrl+g")
        await told(pilot, "Nothing was changed in the editor.")
        app.desk.served = True
        await pilot.press("ctrl+g")
        await told(pilot, "In a browser no editor can be opened")
        await pilot.press("escape")
        assert app.answers == ["One"]
        assert list((app.desk.workspace.paths.state / "editing").iterdir()) == []


@pytest.mark.parametrize("end", ["escape", "sudden"])
async def test_what_the_editor_made_of_a_note_is_kept_until_the_note_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nprintf "Two \\033[31m\\n" >> "$1"\n')
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    async with opened(tmp_path, lambda: NoteEditor("Note: Goals", "One")) as (app, pilot):
        monkeypatch.setattr(app, "suspend", nullcontext)
        await pilot.press("ctrl+g")
        await until(pilot, lambda: "Two" in app.text(), "what the editor wrote")
        (folder,) = (app.desk.workspace.paths.state / "editing").iterdir()
        if end == "escape":
            await pilot.press("escape")
            await until(pilot, lambda: app.answers, "an answer")
            assert app.answers == ["One\nTwo"]
            assert not folder.exists()
            return
        app.exit()
    kept = tmp_path / "again" / "state" / "editing"  # another run, and the process of this one is gone
    kept.mkdir(parents=True)
    folder.rename(kept / "999999999-abcd")
    async with opened(tmp_path / "again", lambda: NoteEditor("Note: Goals", "One")) as (app, pilot):
        await told(pilot, "A text from your editor was left when Accord last ended: ")
        told_of = Path(next(iter(app.parting)).rpartition(" ")[2])
        assert "Two" in told_of.read_text()


async def test_only_while_one_leaves_it_is_no_fault_that_parts_are_gone(tmp_path: Path) -> None:
    app = DialogApp(tmp_path)
    async with app.run_test(size=(100, 30), notifications=True):
        app.exit(0)
        app._handle_exception(NoMatches("no parts"))
        assert app._exception is None
        app._handle_exception(ValueError("a fault"))
        assert isinstance(app._exception, ValueError)
        app._exception = None


async def test_one_can_leave_after_the_question_was_taken_away(tmp_path: Path) -> None:
    app = DialogApp(tmp_path)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        for _ in range(2):
            await pilot.press("q")
            await until(pilot, lambda: isinstance(app.screen, Confirm), "the question")
            app.pop_screen()  # as going to another screen by its name does
            await until(pilot, lambda: not app._leaving, "nobody waits for an answer")
