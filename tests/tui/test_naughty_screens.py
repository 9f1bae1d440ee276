"""A meeting full of naughty strings on every screen: nothing breaks, and nothing but text reaches the terminal."""

from __future__ import annotations

import re
from typing import Any

import pytest
from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot

from meetings.kinds import Team
from meetings.meeting import CONTENT
from meetings.model import Amendment, Reading, main_field
from meetings.quickadd import GRAMMAR
from meetings.text import clean
from meetings.workspace import Workspace
from tests.tui.seeing import text, until
from tests.unit.test_naughty import RAW, records
from tui.app import AccordApp
from tui.dialogs.form import Form
from tui.dialogs.quick_add import QuickAdd
from tui.steps.base import StepView

COMMANDS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
"""What must never reach a terminal: controls, and what reorders a line."""

BATCH = 80
STRIDE = 12
"""Rows from one look at a list to the next."""

STEPS = ("checkin", "goals", "leads", "wins", "actions", "wrapup")
BATCHES = [RAW[start : start + BATCH] for start in range(0, len(RAW), BATCH)]
SIGNS = (
    *("<script", r"\[", r"\\", "%", "\x1b|\x9b", "[\u202a-\u202e\u2066-\u2069]", "[\u3040-\u30ff]"),
    *("[\ufe0f\u200d]", "[\u0590-\u08ff]", "[\u0300-\u036f]{3}", "\u200b", "@"),
)
HARDEST = list(dict.fromkeys(max(filter(re.compile(sign).search, RAW), key=len) for sign in SIGNS))
"""The longest string with each of these signs."""

SOME = list(dict.fromkeys([*HARDEST, *RAW[::8]]))
"""Those, and every eighth of the list."""


def fill(workspace: Workspace, strings: list[str]) -> None:
    """A running meeting with a record of every kind for each string, which the screens have all reason to show."""
    session = workspace.start(workspace.session())
    rows = [record for number, raw in enumerate(strings) for _, record in records(raw, number)]
    session.apply("all of them", add=[row for row in rows if not isinstance(row, Amendment)])
    changes: dict[str, dict[str, Any]] = {}
    today = session.today()
    for number in range(len(strings)):
        changes[f"goals-{number}"] = {"readings": (Reading(today, 3.0),), "target": 5.0, "due": today}
        changes[f"decisions-{number}"] = {"check_date": today}
        changes[f"feedback-{number}"] = {"from_team": (Team.A, Team.B)[number % 2]}
        changes[f"action_items-{number}"] = {"state": "open", "due": today}
        changes[f"problems-{number}"] = {"state": "parked"}
    session.apply("what shows them", change=changes)
    assert session.saver.flush(60)


def look(app: AccordApp) -> str:
    """What is on the screen, each line as wide as the terminal and without commands for it."""
    shown = []
    for strip in app.screen._compositor.render_strips():
        line = "".join(segment.text for segment in strip)
        assert COMMANDS.search(line) is None, repr(line)
        assert cell_len(line) == app.size.width, (cell_len(line), line)
        shown.append(line)
    assert not [note.message for note in app._notifications if note.severity == "error"]
    return "\n".join(shown)


async def at(pilot: Pilot[Any], step: str) -> str:
    """That step on the screen, its lists filled."""
    app = pilot.app
    assert isinstance(app, AccordApp)
    app.desk.session.go_to(step)
    await until(pilot, lambda: app.screen.query(f"#step-{step}"), step)
    view = app.screen.query_one(f"#step-{step}", StepView)
    await until(pilot, lambda: view.ready and view.display, f"{step} in place")
    await pilot.pause()
    return look(app)


@pytest.mark.parametrize("size", [(120, 100), (80, 24), (40, 15)], ids=str)
async def test_every_step(workspace: Workspace, size: tuple[int, int]) -> None:
    fill(workspace, SOME)
    app = AccordApp(workspace)
    async with app.run_test(notifications=True, size=size) as pilot:
        for step in STEPS:
            await at(pilot, step)
            for rows in app.screen.query_one(f"#step-{step}", StepView).lists():
                rows.focus()
                for index in range(0, rows.count, STRIDE):
                    rows.move_to(index)
                    await pilot.pause()
                    look(app)


@pytest.mark.parametrize("batch", range(len(BATCHES)))
async def test_short_strings_are_shown_as_they_are(workspace: Workspace, batch: int) -> None:
    fill(workspace, BATCHES[batch])
    app = AccordApp(workspace)
    async with app.run_test(notifications=True, size=(120, 36)) as pilot:
        await at(pilot, "wins")
        rows = app.screen.query_one("#step-wins", StepView).lists()[0]
        rows.focus()
        for index, word in enumerate(map(clean, BATCHES[batch])):
            if word.isascii() and len(word) < 24 and "  " not in word:
                rows.move_to(index)
                await until(pilot, lambda word=word: word in look(app), word)


async def test_every_other_place(workspace: Workspace) -> None:
    fill(workspace, SOME)
    app = AccordApp(workspace)
    async with app.run_test(notifications=True, size=(120, 120)) as pilot:
        await at(pilot, "checkin")
        for key, screen in (("m", "minutes"), ("h", "home"), ("i", "actions"), ("y", "history")):
            await pilot.press(key)
            await until(pilot, lambda wanted=screen: app.screen.place == wanted, screen)
            await pilot.pause()
            look(app)
            await pilot.press("G")
            await pilot.pause()
            look(app)
        await app.workers.wait_for_complete()
        look(app)


@pytest.mark.parametrize("raw", HARDEST[1::2], ids=lambda raw: ascii(clean(raw))[:20])
async def test_forms_quick_add_and_toasts(workspace: Workspace, raw: str) -> None:
    fill(workspace, [raw])
    app = AccordApp(workspace)
    wanted = clean(raw)
    async with app.run_test(notifications=True, size=(100, 60)) as pilot:
        await at(pilot, "checkin")
        behind = app.screen
        for table in (name for name in CONTENT if name != "amendments"):  # those are added to closed meetings
            await app.push_screen(Form(app.desk.meeting.table(table)[f"{table}-0"]))
            await pilot.pause()
            look(app)
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is behind, "the form closed")
        for kind in GRAMMAR:
            dialog = QuickAdd(kind)
            await app.push_screen(dialog)
            field = dialog.first_field()
            assert field is not None
            field.post_message(events.Paste(raw))
            await pilot.pause()
            look(app)
            await pilot.press("enter")
            await pilot.pause()
            look(app)
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is behind, "quick add ended")
        app.say(wanted)
        await pilot.press("u")
        await pilot.pause()
        look(app)
    kept = [getattr(row, main_field(type(row))) for row in app.desk.meeting.wins.values()]
    assert kept.count(wanted) >= 1


async def test_what_is_said_is_shown_as_it_is(workspace: Workspace) -> None:
    app = AccordApp(workspace)
    async with app.run_test(notifications=True, size=(100, 30)) as pilot:
        app.say("[/red] [b]not markup[/b] \\[")
        await until(pilot, lambda: "[/red] [b]not markup[/b]" in text(app), "the sentence")
        look(app)
