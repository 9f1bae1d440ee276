"""Dialogs: what they show, what they answer, and that Escape never loses what was typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual import events
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import OptionList, TextArea

from meetings.config import default_config
from meetings.config.schema import Charter as CharterConfig
from meetings.config.schema import Definition, Role
from meetings.errors import StoreError
from meetings.kinds import FeedbackKind, ItemKind, Team, Unit
from meetings.model import ActionItem, Feedback, Goal, LeadNumbers, Record
from tests.tui.dialog_app import TEAMS, Backdrop, DialogApp
from tests.tui.seeing import told, until
from tui.dialogs.charter import Charter
from tui.dialogs.choice import Choice
from tui.dialogs.confirm import Confirm
from tui.dialogs.form import Form
from tui.dialogs.help import Help
from tui.dialogs.message import Message
from tui.dialogs.note import NoteEditor
from tui.dialogs.picker import Picker
from tui.dialogs.prompt import Prompt

HOSTILE = "win [/red] [x] [bold"
SIZES = [(120, 36), (80, 24), (40, 15)]


@asynccontextmanager
async def opened(
    folder: Path,
    dialog: Callable[[], Screen[Any]] | None = None,
    size: tuple[int, int] = (100, 36),
    **how: Any,
) -> AsyncIterator[tuple[DialogApp, Pilot[int]]]:
    app = DialogApp(folder, **how)
    async with app.run_test(size=size, notifications=True) as pilot:
        if dialog is not None:
            app.ask(dialog())
        await pilot.pause()
        yield app, pilot


async def write(pilot: Pilot[int], text: str) -> None:
    await pilot.press(*({" ": "space"}.get(sign, sign) for sign in text))


async def click_on(app: DialogApp, pilot: Pilot[int], words: str) -> None:
    """Click on the words where the terminal shows them."""
    row, text = next((row, text) for row, text in enumerate(app.lines()) if words in text)
    await pilot.click(offset=(text.index(words), row))


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


# Form


def item(**how: Any) -> ActionItem:
    return ActionItem(**{"title": "Rewrite the page", "owner": "Jo", "team": Team.B, **how})


@asynccontextmanager
async def form(
    folder: Path, record: Record, *, there: bool = True, size: tuple[int, int] = (100, 36)
) -> AsyncIterator[tuple[DialogApp, Pilot[int], Record]]:
    app = DialogApp(folder)
    async with app.run_test(size=size, notifications=True) as pilot:
        if there:
            record = app.desk.session.add(record)
        app.ask(Form(record))
        await pilot.pause()
        yield app, pilot, record


def kept(app: DialogApp, record: Record) -> Any:
    found = app.desk.meeting.find(record.uid)
    return found[1] if found else None


async def test_enter_saves_only_what_was_changed_as_one_edit(tmp_path: Path) -> None:
    async with form(tmp_path, item(note="one\ntwo")) as (app, pilot, record):
        assert "Action item" in app.text()
        await write(pilot, " today")
        await pilot.press("down")
        app.desk.session.change(record.uid, team=Team.A)  # someone else, meanwhile
        await pilot.press("down", "down")
        await write(pilot, "4 dec")
        await pilot.press("enter")
        now = kept(app, record)
        assert (now.title, now.due) == ("Rewrite the page today", dt.date(2026, 12, 4))
        assert (now.owner, now.team, now.note) == ("Jo", Team.A, "one\ntwo")
        assert app.answers == [now]
        app.desk.session.undo()
        assert kept(app, record).title == "Rewrite the page"
        assert kept(app, record).team is Team.A


async def test_a_record_that_is_not_there_is_added(tmp_path: Path) -> None:
    async with form(tmp_path, LeadNumbers(), there=False) as (app, pilot, _):
        assert "New lead numbers" in app.text()
        await pilot.press("enter")
        assert "Source may not be empty." in app.text()
        await write(pilot, "Webi")
        await pilot.press("right", "down", "down", "down")
        await write(pilot, "1,054")
        await pilot.press("ctrl+s")
        (added,) = app.desk.meeting.lead_numbers.values()
        assert (added.source, added.new) == ("Webinar", 1054)


async def test_what_a_new_record_begins_with_is_typed_over(tmp_path: Path) -> None:
    async with form(tmp_path, LeadNumbers(source="Organic search"), there=False) as (app, pilot, _):
        assert "Paid search · " in app.text(), "other sources are named"
        await write(pilot, "Webinar")
        await pilot.press("down", "up")
        await write(pilot, "s")
        await pilot.press("enter")
        assert [row.source for row in app.desk.meeting.lead_numbers.values()] == ["Webinars"]


async def test_what_few_people_know_comes_last_with_words_on_it(tmp_path: Path) -> None:
    async with form(tmp_path, LeadNumbers(), there=False, size=(80, 48)) as (app, pilot, _):
        rows = [row.strip("│╭╮╰╯─ ").split("  ")[0] for row in app.lines()]
        assert rows.index("Spend") < rows.index("More, if you know it") < rows.index("Reviewed")
        await pilot.press("shift+tab", "shift+tab")
        assert "95 of 100 leads had an answer within this time: 3 h" in app.text()


async def test_a_goal_that_begins_after_it_is_due_is_refused_beside_the_field(tmp_path: Path) -> None:
    goal = Goal(title="Rate", due=dt.date(2026, 12, 31))
    async with form(tmp_path, goal) as (app, pilot, record):
        start = next(one for one in app.screen.query("FormField") if one.field_name == "start_date")  # type: ignore[attr-defined]
        start.control.focus()  # type: ignore[attr-defined]
        await write(pilot, "1 jan 2027")
        await pilot.press("enter")
        rows = app.lines()
        at = next(number for number, row in enumerate(rows) if "From  " in row)
        assert "A goal begins before it is due: Fri 1 Jan 2027 is not before" in rows[at + 1]
        assert kept(app, record) == record
        await pilot.press("ctrl+u")
        await write(pilot, "1 oct")
        await pilot.press("enter")
        assert kept(app, record).start_date == dt.date(2026, 10, 1)


async def test_what_cannot_be_read_is_said_beside_the_field_and_nothing_is_saved(tmp_path: Path) -> None:
    async with form(tmp_path, item()) as (app, pilot, record):
        await pilot.press("down", "down", "down", "ctrl+u")
        await write(pilot, "soon")
        await pilot.press("down")
        rows = app.lines()
        at = next(number for number, row in enumerate(rows) if "Due  " in row)
        assert "“soon” is not a day" in rows[at + 1]
        await pilot.press("enter")
        assert isinstance(app.screen, Form)
        assert kept(app, record) == record
        await pilot.press("ctrl+u")
        await write(pilot, "fri")
        assert "is not a day" not in app.text()
        assert "Fri 27 Nov" in app.text()
        await pilot.press("enter")
        assert kept(app, record).due == dt.date(2026, 11, 27)


async def test_an_empty_required_field_is_refused(tmp_path: Path) -> None:
    async with form(tmp_path, item()) as (app, pilot, record):
        await pilot.press("ctrl+u", "enter")
        assert "Action item may not be empty." in app.text()
        assert kept(app, record) == record


async def test_choices_are_picked_with_arrows_letters_and_clicks(tmp_path: Path) -> None:
    async with form(tmp_path, item()) as (app, pilot, record):
        await pilot.press("tab", "tab", "left", "down", "down", "t")
        assert "‹Sales›" in app.text()
        assert "‹training›" in app.text()
        await click_on(app, pilot, "swap")
        assert "‹swap›" in app.text()
        await pilot.press("enter")
        assert (kept(app, record).team, kept(app, record).kind) == (Team.A, ItemKind.SWAP)


async def test_the_kinds_of_feedback_follow_the_team(tmp_path: Path) -> None:
    async with form(tmp_path, Feedback(text="Slow")) as (app, pilot, record):
        await pilot.press("tab", "right")
        assert "‹follow-up›" in app.text()
        await pilot.press("tab", "right", "enter")
        now = kept(app, record)
        assert (now.from_team, now.kind) == (Team.B, FeedbackKind.MESSAGING)


async def test_a_goals_figures_are_read_in_its_unit(tmp_path: Path) -> None:
    goal = Goal(title="Rate", unit=Unit.PERCENT, start=20.0, target=30.0)
    async with form(tmp_path, goal) as (app, pilot, record):
        assert "30 %" in app.text()
        target = next(one for one in app.screen.query("FormField") if one.field_name == "target")  # type: ignore[attr-defined]
        target.control.focus()  # type: ignore[attr-defined]
        await pilot.press("ctrl+u")
        app.post_message(events.Paste("+10 %"))
        await pilot.pause()
        await pilot.press("enter")
        assert kept(app, record).target == pytest.approx(22)


async def test_another_unit_shows_the_same_figures_in_it(tmp_path: Path) -> None:
    goal = Goal(title="Pipeline", start=20.0, target=1000.0)
    async with form(tmp_path, goal) as (app, pilot, record):
        unit = next(one for one in app.screen.query(Picker) if "plain number" in str(one.render()))
        unit.focus()
        await pilot.press("c")
        await pilot.pause()
        assert "€1,000" in app.text()
        await pilot.press("enter")
        now = kept(app, record)
        assert (now.unit, now.start, now.target) == (Unit.CURRENCY, 20.0, 1000.0)


async def test_escape_asks_only_when_something_was_changed(tmp_path: Path) -> None:
    async with form(tmp_path, item()) as (app, pilot, record):
        await pilot.press("escape")
        assert app.answers == [None]
        app.ask(Form(record))
        await pilot.pause()
        await write(pilot, "!")
        await pilot.press("escape")
        assert "Save the changes?" in app.text()
        assert "Enter Choose   Esc Keep editing" in app.text()
        await pilot.press("escape")
        assert "Rewrite the page!" in app.text()
        await pilot.press("escape", "up", "enter")
        await pilot.pause()
        assert app.answers == [None, None]
        assert kept(app, record) == record


async def test_typing_on_after_escape_discards_nothing(tmp_path: Path) -> None:
    async with form(tmp_path, item()) as (app, pilot, record):
        await write(pilot, "!")
        await pilot.press("escape")
        await write(pilot, "very jolly")
        await pilot.press("enter")
        assert isinstance(app.screen, Form)
        assert "Rewrite the page!" in app.text()
        await pilot.press("escape", "down", "enter")
        await pilot.pause()
        assert app.answers == [kept(app, record)]
        assert kept(app, record).title == "Rewrite the page!"


async def test_the_button_saves(tmp_path: Path) -> None:
    async with form(tmp_path, item(note="x")) as (app, pilot, record):
        await write(pilot, "!")
        await pilot.press("shift+tab", "enter")
        assert kept(app, record).title == "Rewrite the page!"


async def test_a_long_text_keeps_its_lines(tmp_path: Path) -> None:
    async with form(tmp_path, item(note="one")) as (app, pilot, record):
        await pilot.press(*["tab"] * 7, "enter")
        await write(pilot, "two")
        await pilot.press("tab", "enter")
        assert kept(app, record).note == "one\ntwo"


async def test_pasted_lines_are_one_in_a_field_of_one_line_and_stay_in_a_long_one(tmp_path: Path) -> None:
    item = ActionItem(title="Send the list")
    async with opened(tmp_path, lambda: Form(item)) as (app, pilot):
        app.post_message(events.Paste("Send the list\n\n  to \x1b[2Jeverybody\r\n"))
        await pilot.pause()
        note = app.screen.query(TextArea).first()
        note.focus()
        app.post_message(events.Paste("one\n\ntwo"))
        await pilot.pause()
        await pilot.press("ctrl+s")
        await pilot.pause()
        (saved,) = app.desk.meeting.action_items.values()
        assert saved.title == "Send the list to everybody"
        assert saved.note == "one\n\ntwo"


async def test_hostile_text_in_a_form_is_text(tmp_path: Path) -> None:
    async with form(tmp_path, item(title=HOSTILE, owner=HOSTILE, note=HOSTILE)) as (app, pilot, record):
        assert app.text().count(HOSTILE) == 4  # once in the list behind it
        await pilot.press("enter")
        assert app.answers == [record]


async def test_a_record_that_is_gone_can_still_be_saved(tmp_path: Path) -> None:
    async with form(tmp_path, item()) as (app, pilot, record):
        await write(pilot, "!")
        app.desk.session.remove(record.uid)
        await pilot.press("enter")
        assert [one.title for one in app.desk.meeting.action_items.values()] == ["Rewrite the page!"]


async def test_the_arrows_go_through_a_form_that_is_longer_than_the_screen(tmp_path: Path) -> None:
    async with form(tmp_path, Goal(title="Rate"), size=(80, 15)) as (app, pilot, _):
        assert "Status set by hand" not in app.text()
        await pilot.press(*["down"] * 18)
        assert "Status set by hand" in app.text()
        assert "Save" in app.text()


# The palette


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


async def test_f1_says_what_the_keys_do_in_a_form_and_what_the_field_is_for(tmp_path: Path) -> None:
    goal = Goal(title="MQLs", due=dt.date(2026, 12, 31))
    async with opened(tmp_path, lambda: Form(goal), size=(100, 60)) as (app, pilot):
        form = app.screen
        assert isinstance(form, Form)
        next(one for one in form._fields if one.field_name == "due").control.focus()
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, Help), "help")
        for words in ("This field", "the day on which the target is to be reached", "fri, +7d", "In a form"):
            assert words in app.text()
        assert "go to the next step" not in app.text()
        await pilot.press("f1")
        await until(pilot, lambda: app.screen is form, "the form")


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


async def test_a_click_on_a_title_goes_to_its_field(tmp_path: Path) -> None:
    async with opened(tmp_path, lambda: Form(ActionItem(title="Send the list"))) as (app, pilot):
        await click_on(app, pilot, "Owner")
        await write(pilot, "Sam")
        await pilot.press("enter")
        await until(pilot, lambda: app.desk.meeting.action_items, "the item")
        assert [item.owner for item in app.desk.meeting.action_items.values()] == ["Sam"]


async def test_leaving_accord_asks_about_a_form_that_was_changed(tmp_path: Path) -> None:
    async with opened(tmp_path, lambda: Form(ActionItem(title="Send"))) as (app, pilot):
        await pilot.press("end", "s", "ctrl+q")
        await until(pilot, lambda: "Save the changes?" in app.text(), "a question")
        assert not app._exit
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.desk.meeting.action_items, "the item")


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
