"""Importing lead numbers on the screen: from the choice of a file to numbers in the meeting, and back."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from meetings.model import LeadNumbers
from meetings.workspace import Workspace
from tests.tui.seeing import line_with, lines, said, seen, text, told, until
from tests.tui.step_app import SIZES, at_step, dialog, on_disk
from tui.app import AccordApp, run
from tui.dialogs.import_leads import ImportLeads
from tui.dialogs.pick_line import PickLine
from tui.screens.meeting import MeetingScreen

WEEK = dt.date(2026, 11, 9)
HOSTILE = "[red]Fair[/]\x1b[31m 学生"
HUBSPOT = f"""Record ID,First Name,Create Date,Lifecycle Stage,Lead Status,Original Source
1,Fatima,2026-11-09 10:00,Sales Qualified Lead,Connected,Paid social
2,Priya,2026-11-10 10:00,Marketing Qualified Lead,New,Paid social
3,Jo,2026-11-10 11:00,Lead,New,Paid social
4,Sam,2026-11-03 11:00,Lead,New,Paid social
5,Kim,,Lead,New,Paid social
6,Ana,2026-11-11 11:00,Lead,New,{HOSTILE}
"""


@pytest.fixture
def running(workspace: Workspace) -> Workspace:
    """A meeting on Monday 16 November, without numbers."""
    workspace.start(workspace.session())
    return workspace


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """What HubSpot writes, with a row that has no date and a source with a hostile name."""
    path = tmp_path / "contacts [b].csv"
    path.write_text(HUBSPOT, encoding="utf-8")
    return path


@asynccontextmanager
async def choosing(
    workspace: Workspace, typed: Path | str = "", size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[AccordApp, Pilot[Any]]]:
    """The choice of a file, with a path typed and Enter pressed if there is one."""
    async with at_step(workspace, "leads", size) as (app, pilot):
        await pilot.press("l")
        await dialog(pilot)
        if typed:
            field = app.screen.query_one(PickLine)
            field.value = str(typed)
            await pilot.press("end", "enter")
        yield app, pilot


def news(workspace: Workspace) -> dict[tuple[str, dt.date | None], int | None]:
    """New leads by source and first day, as they are on disk; without those that are 0."""
    rows = on_disk(workspace).lead_numbers.values()
    return {(row.source, row.period_start): row.new for row in rows if row.new}


@pytest.mark.parametrize("size", SIZES)
async def test_a_file_is_looked_at_taken_in_and_taken_back(
    running: Workspace, export: Path, size: tuple[int, int]
) -> None:
    async with choosing(running, export, size) as (app, pilot):
        await seen(pilot, "5 of 6 rows are used")
        assert not on_disk(running).lead_numbers, "looking changes nothing"
        for name in ("Fatima", "Priya"):
            assert name not in text(app), "no row is on the shared screen"
        await pilot.press("enter")
        await told(pilot, "Imported 5 rows from HubSpot; u undoes it.")
        await until(pilot, lambda: isinstance(app.screen, MeetingScreen), "the meeting")
        counts = news(running)
        assert counts.pop(("Paid social", WEEK)) == 3
        assert counts.pop(("Paid social", WEEK - dt.timedelta(days=7))) == 1
        assert list(counts.values()) == [1]
        await seen(pilot, "▌[red]Fair[/]", "↑ 3")
        await pilot.press("u")
        await until(pilot, lambda: not on_disk(running).lead_numbers, "everything taken back")


async def test_the_preview_says_what_is_used_what_is_not_and_what_would_change(
    running: Workspace, export: Path
) -> None:
    async with choosing(running, export) as (app, pilot):
        await seen(pilot, "─ HubSpot: contacts [b].csv ─", "Not used: 1 row has", ": line 6")
        await seen(pilot, "Original Source", "where the lead came from", "[red]Fair[/]")
        assert [line for line in lines(app) if "Paid social" in line and "++" in line]
        assert "\x1b" not in text(app)
        await pilot.press("enter")
        await told(pilot, "Imported 5 rows")
        await pilot.press("l")
        await dialog(pilot)
        await seen(pilot, "contacts [b].csv")  # the folder is remembered
        await pilot.press("enter")
        await seen(pilot, "Nothing would change")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ImportLeads), "the choice of a file again")
        export.write_text(HUBSPOT + "7,Zoe,2026-11-12 9:00,Lead,New,Paid social\n", encoding="utf-8")
        await pilot.press("enter")
        await seen(pilot, "6 of 7 rows are used", "1 changed")
        assert "Paid social" in line_with(app, "·±")


async def test_escape_goes_back_step_by_step_and_changes_nothing(running: Workspace, export: Path) -> None:
    async with choosing(running, export) as (app, pilot):
        await seen(pilot, "5 of 6 rows are used")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ImportLeads), "the choice of a file")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, MeetingScreen), "the meeting")
        assert not on_disk(running).lead_numbers
        assert not said(app)


async def test_columns_that_are_not_recognised_are_asked_for_by_name(
    running: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(
        "Whence,[b]Zustand[/],Angelegt,Name\n"
        "Paid social,Qualified,2026-11-09,Fatima\n"
        "Fair,New,2026-11-10,Priya\n",
        encoding="utf-8",
    )
    async with choosing(running, path) as (app, pilot):
        await seen(
            pilot, "Which column is it? sheet.csv", "Where the lead came from", "Whence · [b]Zustand[/]"
        )
        assert "Fatima" not in text(app)
        await pilot.press("right", "down", "right", "enter")
        await seen(pilot, "“Whence” cannot be both")
        await pilot.press("right", "enter")
        await seen(pilot, "2 of 2 rows are used")
        await pilot.press("enter")
        await seen(pilot, "Not to be asked again", "columns:", "Whence")
        await pilot.press("c")
        await told(pilot, "Sent the lines, ")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, MeetingScreen), "the meeting")
        assert {row.source for row in on_disk(running).lead_numbers.values()} == {"Paid social", "Fair"}
        assert any("Whence" in line for line in app.parting), "the lines are printed at the end"


@pytest.mark.parametrize(("key", "month"), [("d", 11), ("m", 3)])
async def test_dates_that_can_be_read_two_ways_are_asked_about(
    running: Workspace, tmp_path: Path, key: str, month: int
) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(
        "Lead Source,Lead Status,Created Date\nFair,New,03/11/2026\nFair,New,04/11/2026\n", encoding="utf-8"
    )
    async with choosing(running, path) as (_, pilot):
        await seen(pilot, "The day: 3 November 2026", "The month: 11 March 2026")
        await pilot.press(key)
        await seen(pilot, "2 of 2 rows are used")
        await pilot.press("enter")
        await told(pilot, "Imported 2 rows")
        starts = [row.period_start for row in on_disk(running).lead_numbers.values() if row.new]
        assert {start.month for start in starts if start} <= {month, month - 1, month + 1}


@pytest.mark.parametrize(
    ("third", "words"), [("11/09/2026", "The day: 11 September 2026"), ("2026-11-09", "then this is no date")]
)
async def test_dates_that_fit_no_single_order_are_asked_about_and_the_rest_is_left_out(
    running: Workspace, tmp_path: Path, third: str, words: str
) -> None:
    path = tmp_path / "deals.csv"
    dates = ("15/10/2026", "10/30/2026", third)
    path.write_text(
        "Lead Source,Lead Status,Created Date\n" + "".join(f"Fair,New,{date}\n" for date in dates),
        encoding="utf-8",
    )
    async with choosing(running, path) as (_, pilot):
        await seen(pilot, "some dates can only be day first", words)
        await pilot.press("m")
        await seen(pilot, "2 of 3 rows are used", "1 row has a date of creation that cannot be read: line 2")


async def test_what_cannot_be_imported_is_said_in_one_sentence(running: Workspace, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    async with choosing(running, tmp_path / "empty.csv") as (app, pilot):
        await seen(pilot, "empty.csv")
        await until(pilot, lambda: "empty" in _state(app), "a sentence")
        field = app.screen.query_one(PickLine)
        for typed in (str(tmp_path / "gone.csv"), "\0", "~nobody-here/x.csv"):
            field.value = typed
            await pilot.press("enter")
            await seen(pilot, "There is no such file.")
        field.value = str(tmp_path)
        await pilot.press("enter")
        await until(pilot, lambda: field.value.endswith("/"), "into the folder")
        await seen(pilot, "▌empty.csv")
        await pilot.press("enter")
        await until(pilot, lambda: "is empty" in _state(app), "the file in the folder read")
        assert not on_disk(running).lead_numbers


async def test_lines_for_the_configuration_are_printed_at_the_end(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def held(app: AccordApp) -> int:
        app.parting.update(dict.fromkeys(["leads:", "  columns:"]))
        return 0

    monkeypatch.setattr(AccordApp, "run", held)
    assert run(workspace.config, workspace.paths) == 0
    assert capsys.readouterr().out == "leads:\n  columns:\n"


def _state(app: AccordApp) -> str:
    return " ".join(line for line in lines(app)[-20:] if "empty.csv" in line)


async def test_reading_can_be_stopped_and_the_screen_answers_meanwhile(
    running: Workspace, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, far = threading.Event(), (3, 4)

    def read(picker: ImportLeads, path: Path) -> list[LeadNumbers]:
        while picker.go_on(*far):
            asked.wait(0.01)
        return []

    monkeypatch.setattr(ImportLeads, "read", read)
    async with choosing(running, export) as (app, pilot):
        await seen(pilot, "75 %", "reading contacts [b].csv", "Esc Stop")
        await pilot.press("x", "enter")
        assert app.screen.query_one(PickLine).value == str(export), "what is being read stays"
        await pilot.press("escape")
        await seen(pilot, "Reading was stopped; nothing was changed.")
        assert isinstance(app.screen, ImportLeads)
        assert not on_disk(running).lead_numbers


async def test_a_fault_while_reading_does_not_end_the_meeting(
    running: Workspace, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(picker: ImportLeads, path: Path) -> None:
        raise KeyError("Fatima")

    monkeypatch.setattr(ImportLeads, "read", read)
    async with choosing(running, export) as (app, pilot):
        await seen(pilot, "could not be read")
        assert "Fatima" not in text(app)
        (report,) = (running.paths.state / "crashes").iterdir()
        assert "Fatima" not in report.read_text("utf-8")
