"""Home: what waits for the next meeting, what came of the last one, and the ways on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from meetings.kinds import ItemState, MeetingState
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import line_with, lines, seen, text, told, until
from tests.tui.weeks import HOSTILE, held
from tui.app import AccordApp
from tui.screens.unread_panel import UnreadPanel
from tui.widgets.rows import Rows
from tui.widgets.start_line import StartLine

SIZES = ((120, 36), (80, 24), (40, 15))


def place(app: AccordApp) -> str:
    return getattr(app.screen, "place", "")


@pytest.fixture
def app(workspace: Workspace, clock: Clock) -> AccordApp:
    held(workspace, clock)
    return AccordApp(workspace)


@pytest.mark.parametrize("size", SIZES)
async def test_a_first_launch_says_what_to_do(workspace: Workspace, size: tuple[int, int]) -> None:
    app = AccordApp(workspace)
    async with app.run_test(size=size, notifications=True) as pilot:
        await seen(pilot, "Next meeting", "#1", "today", "Start", "The first meeting.", "? Help")
        assert isinstance(app.focused, StartLine)


async def test_hints_name_the_keys_in_use(workspace: Workspace) -> None:
    workspace.config = replace(workspace.config, keys={"action_item": "F5", "problem": "F6"})
    app = AccordApp(workspace)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await seen(
            pilot,
            "before that, F5 notes an action",
            "item and F6 a problem.",
            "No action items yet: F5 adds the first one.",
        )


async def test_the_next_and_the_last_meeting_are_told_in_words_and_figures(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await seen(pilot, "Monday 30 November 2026 · in 5 days", "Last meeting", "Mon 23 Nov")
        assert "2  open action items, 2 carried and 1 overdue" in text(app)
        assert "1  parked problem" in text(app)
        assert "1  piece of feedback without an answer" in text(app)
        assert "1  decision to check" in text(app)
        assert "1 of 2, 50 %" in text(app), "the late item is not done, the dropped one does not count"
        assert "n/a, 1 rating" in text(app)
        assert "1:00 of 60:00" in text(app)


async def test_one_rating_is_never_shown(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await seen(pilot, "Last meeting")
        assert "2.0" not in line_with(app, "Rated")
        assert "loud" not in text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_open_stands_there_as_typed_the_most_urgent_first(
    app: AccordApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await seen(pilot, "8 days late", "win")
        if size == (120, 36):
            assert "[/red]" in text(app)
            assert HOSTILE not in app.desk.session.state.why
        if size[0] > 40:
            shown = text(app)
            assert shown.index("8 days late") < shown.index("Rewrite")


async def test_goals_show_their_sign_and_reading(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await seen(pilot, "MQL to SQL rate")
        line = line_with(app, "MQL to SQL rate")
        assert "27" in line
        assert "of 30" in line
        assert any(sign in line for sign in "●▲■")


async def test_enter_starts_with_the_agenda_that_is_chosen(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await seen(pilot, "weekly agenda, 60 min")
        await pilot.press("right")
        await seen(pilot, "planning agenda")
        await pilot.press("enter")
        await seen(pilot, "Start meeting 3 today?", "It is planned for Mon 30 Nov, in 5 days.")
        await pilot.press("escape", "enter", "enter")
        await until(pilot, lambda: place(app) == "meeting", "the meeting")
        assert app.desk.meeting.head.state is MeetingState.RUNNING
        assert app.desk.meeting.head.agenda == "planning"
        await pilot.press("h")
        await until(pilot, lambda: place(app) == "home", "home")
        await seen(pilot, "This meeting runs", "Go on with the meeting")
        await pilot.press("S")
        await until(pilot, lambda: place(app) == "meeting", "the meeting again")
        assert app.desk.meeting.head.number == 3


async def test_an_item_is_ticked_between_meetings_and_stays_in_view(
    app: AccordApp, workspace: Workspace
) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await seen(pilot, "8 days late")
        await pilot.press("down", "space")
        await seen(pilot, "done Wed 25 Nov")
        assert "1  open action item, 1 carried" in text(app)
        await pilot.press("u")
        await seen(pilot, "8 days late", "2  open action items")
        await pilot.press("space")
        await seen(pilot, "done Wed 25 Nov")
    states = [item.state for item in workspace.store.read(3).action_items.values()]
    assert sorted(states) == [ItemState.DONE, ItemState.OPEN]
    assert workspace.store.read(2).head.state is MeetingState.CLOSED


async def test_a_new_item_is_seen_at_once_although_it_is_due_later(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await seen(pilot, "Next meeting")
        await pilot.press("t")
        await until(pilot, lambda: app.screen is not app.screen_stack[0], "quick add")
        await pilot.press(*"call", "enter", "escape")
        await until(pilot, lambda: place(app) == "home", "home")
        await seen(pilot, "call", "Mon 7 Dec")


async def test_the_cursor_goes_from_the_button_through_the_lists_and_back(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await seen(pilot, "MQL to SQL rate")
        await pilot.press("j")
        await until(pilot, lambda: isinstance(app.focused, Rows) and app.focused.id == "items", "the items")
        await pilot.press("down", "down")
        await until(pilot, lambda: isinstance(app.focused, Rows) and app.focused.id == "goals", "the goals")
        await pilot.press("up", "up", "up")
        await until(pilot, lambda: isinstance(app.focused, StartLine), "the button")


async def test_reopening_asks_and_goes_into_the_meeting(app: AccordApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await seen(pilot, "Next meeting")
        await pilot.press("R")
        await seen(pilot, "Reopen meeting 2?")
        await pilot.press("escape")
        await until(pilot, lambda: place(app) == "home", "home")
        assert app.desk.meeting.head.number == 3
        await pilot.press("R")
        await seen(pilot, "Reopen meeting 2?")
        await pilot.press("enter")
        await until(pilot, lambda: place(app) == "meeting", "the meeting")
        head = app.desk.meeting.head
        assert (head.number, head.state, head.paused) == (2, MeetingState.RUNNING, True)


async def test_reopening_says_why_it_cannot_be(app: AccordApp, workspace: Workspace) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await seen(pilot, "Next meeting")
        await pilot.press("S", "enter")
        await until(pilot, lambda: place(app) == "meeting", "the meeting")
        await pilot.press("h", "R")
        await told(pilot, "Meeting 2 can no longer be reopened: meeting 3 has started.")


async def test_without_a_closed_meeting_there_is_nothing_to_reopen(workspace: Workspace) -> None:
    app = AccordApp(workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await seen(pilot, "Next meeting")
        await pilot.press("R")
        await told(pilot, "No meeting has been closed yet.")


async def test_a_store_that_cannot_be_written_says_so_and_starts_nothing(
    workspace: Workspace, clock: Clock
) -> None:
    held(workspace, clock)
    (Path(workspace.store.location) / "0003.json").write_text("{", encoding="utf-8")
    app = AccordApp(workspace)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await seen(pilot, "read only", "0003.json")
        await pilot.press("enter")
        await told(pilot, "0003.json")
        assert place(app) == "home"


async def test_the_days_until_the_meeting_go_on_at_midnight(app: AccordApp, clock: Clock) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await seen(pilot, "in 5 days")
        clock.advance(24 * 3600)
        app.screen._second()  # type: ignore[attr-defined]
        await seen(pilot, "in 4 days")
        assert app.desk.today() == dt.date(2026, 11, 26)


async def test_keys_that_config_gives_are_shown(workspace: Workspace) -> None:
    workspace.config = replace(workspace.config, keys={"start": "F5"})
    app = AccordApp(workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await seen(pilot, "F5 Start")
        await pilot.press("f5")
        await until(pilot, lambda: place(app) == "meeting", "the meeting")


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((120, 36), "1 meeting file cannot be read: accord check says more ─╯"),
        ((80, 24), "1 meeting cannot be read: accord check ─╯"),
        ((40, 15), "1 unreadable: accord check ─╯"),
    ],
)
async def test_meetings_that_cannot_be_read_are_counted_where_nothing_moves(
    workspace: Workspace, clock: Clock, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], words: str
) -> None:
    held(workspace, clock)
    (Path(workspace.store.location) / "0001.json").write_text("not json", encoding="utf-8")
    monkeypatch.setattr("tui.screens.unread_panel.LOOK_AFTER", 3600)
    app = AccordApp(workspace)
    async with app.run_test(size=size, notifications=True) as pilot:
        await seen(pilot, "8 days late")
        before = lines(app)
        app.screen.query_one(UnreadPanel)._look()
        await seen(pilot, words)
        assert sum(now != then for now, then in zip(lines(app), before, strict=True)) == 1
