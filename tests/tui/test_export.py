"""The export: what a person sees before it is written, and what the files hold."""

from __future__ import annotations

import csv
import json
import os
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.pilot import Pilot

from meetings.exchange import output
from meetings.exchange.formats import ITEMS
from meetings.model import ActionItem
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import lines, seen, text, told, type_in, until
from tests.tui.weeks import HOSTILE, held
from tui.app import AccordApp
from tui.dialogs.export import Export
from tui.dialogs.export_path import PathLine
from tui.dialogs.export_text import TextPane, broken
from tui.served import SERVED
from tui.widgets.columns import plain

NAME = "2026-11-23-2-weekly-sales-marketing-alignment"
SIZES = [(80, 24), (40, 15)]


@pytest.fixture
def app(workspace: Workspace, clock: Clock) -> AccordApp:
    held(workspace, clock)
    return AccordApp(workspace)


@pytest.fixture
def folder(workspace: Workspace) -> Path:
    """Where minutes go when nobody says otherwise."""
    return workspace.paths.data / "minutes"


async def opened(pilot: Pilot[Any], *keys: str) -> None:
    """Come to the export with these keys, and wait for the text."""
    await pilot.press(*keys)
    await until(pilot, lambda: isinstance(pilot.app.screen, Export), "the export")
    await known(pilot)


async def known(pilot: Pilot[Any]) -> None:
    """Wait until the text of what is chosen is there."""
    screen = pilot.app.screen
    assert isinstance(screen, Export)
    await until(pilot, lambda: screen.plan is not None, "the text")


async def goes_into(pilot: Pilot[Any], path: str) -> None:
    """Type a path over the one that is offered."""
    line = pilot.app.screen.query_one(PathLine)
    line.focus()
    line.value = path
    await pilot.pause()


async def seen_across_lines(pilot: Pilot[Any], words: str) -> None:
    """Wait for words that may be broken over lines, because the path before them is long."""
    plain = words.replace(" ", "")
    await until(pilot, lambda: plain in re.sub(r"[\s│]", "", text(pilot.app)), words)


def shown_text(app: AccordApp) -> str:
    return "\n".join(app.screen.query_one(TextPane)._text)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_minutes_are_seen_before_they_are_written(
    app: AccordApp, folder: Path, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await opened(pilot, "m", "X")
        await seen(pilot, "Meeting 2", "1 meeting · Markdown", "# Weekly sales", "Into", "Enter Write")
        assert not folder.exists()
        await pilot.press("enter")
        await seen(pilot, "✓ Written")
        await told(pilot, f"Written: {folder / NAME}.md")
        shown = shown_text(app)
    file = (folder / f"{NAME}.md").read_text("utf-8")
    assert [plain(line) for line in file.split("\n")] == shown.split("\n")


async def test_format_and_folder_are_remembered_and_a_page_is_shown_as_it_reads(
    app: AccordApp, tmp_path: Path
) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, "m", "X", "right")
        await known(pilot)
        await seen(pilot, "HTML · below: as it reads, without its look", "Action items")
        assert "<html" not in text(app)
        await goes_into(pilot, str(tmp_path / "wiki") + "/")
        await pilot.press("enter")
        await told(pilot, f"Written: {tmp_path / 'wiki' / NAME}.html")
        await pilot.press("escape", "X")
        await known(pilot)
        await seen(pilot, "‹HTML›")
        assert app.screen.query_one(PathLine).value == f"{tmp_path / 'wiki' / NAME}.html"
        await pilot.press("enter")
        await seen(pilot, "There already, word for word")
    assert (tmp_path / "wiki" / f"{NAME}.html").read_text("utf-8").startswith("<!DOCTYPE html>")


async def test_another_file_is_only_replaced_when_it_is_said(app: AccordApp, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("my own", encoding="utf-8")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, "m", "X")
        await goes_into(pilot, str(mine))
        await pilot.press("enter")
        await seen(pilot, "is there already and says something else")
        await pilot.press("escape")
        await seen(pilot, "Nothing was replaced.")
        assert mine.read_text("utf-8") == "my own"
        await pilot.press("enter")
        await seen(pilot, "Replace it")
        await pilot.press("enter")
        await seen(pilot, "✓ Written")
    assert "Action items" in mine.read_text("utf-8")


async def test_a_typed_name_stays_and_gets_the_ending_of_the_format(app: AccordApp, tmp_path: Path) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, "m", "X")
        await goes_into(pilot, f"{tmp_path}/monday.md")
        app.screen.query_one("#format").focus()
        await pilot.press("end")
        await until(pilot, lambda: app.screen.query_one(PathLine).value == f"{tmp_path}/monday.json")
        await pilot.press("enter")
        await seen(pilot, "✓ Written")
    assert json.loads((tmp_path / "monday.json").read_text("utf-8"))


async def test_a_range_and_all_meetings(app: AccordApp, folder: Path) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, "m", "X")
        await pilot.press("up", "right")
        await seen(pilot, "A range has a first or a last meeting")
        await type_in(pilot, "2..1")
        await seen(pilot, "The range 2..1 ends before it begins.")
        await pilot.press("backspace", "backspace", "backspace", "backspace")
        await type_in(pilot, "7..")
        await seen(pilot, "No meeting was held in that range.")
        await pilot.press("home", "delete", "1")
        await seen(pilot, "2 meetings · Markdown")
        await pilot.press("enter")
        await told(pilot, f"Written: {folder / 'minutes-1-2.md'}")
        app.screen.query_one("#which").focus()
        await pilot.press("end")
        app.screen.query_one("#split").focus()
        await pilot.press("right")
        await seen(pilot, "2 meetings · Markdown · 2 files")
        await pilot.press("enter")
        await told(pilot, f"Written: 2 files in {folder}")
    both = (folder / "minutes-1-2.md").read_text("utf-8")
    assert "Meeting 1, " in both
    assert "Meeting 2, " in both
    assert len(list(folder.glob("2026-*.md"))) == 2


async def test_every_choice_can_be_stepped_to_and_a_range_typed_where_it_is_chosen(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, "m", "X")
        await pilot.press("up", "right", "right")
        await seen(pilot, "‹All held›", "2 meetings · Markdown")
        await pilot.press("left")
        await seen(pilot, "‹A range›", "A range has a first or a last meeting")
        await type_in(pilot, "..1")
        await seen(pilot, "1 meeting · Markdown")


async def test_items_that_the_filter_shows_go_to_their_owners(app: AccordApp, tmp_path: Path) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("i")
        await seen(pilot, "2 of 4")
        await pilot.press("slash")
        await type_in(pilot, "is:all")
        await pilot.press("enter")
        await seen(pilot, "4 of 4")
        await opened(pilot, "X")
        await seen(pilot, "Those shown: 4", "4 action items · JSON")
        await pilot.press("c")
        await seen(pilot, "CSV")
        app.screen.query_one("#split").focus()
        await pilot.press("right")
        await seen(pilot, "One for each owner›", "3 files")
        await goes_into(pilot, str(tmp_path / "lists"))
        await pilot.press("enter")
        await seen(pilot, "✓ Written: 3 files")
    files = sorted((tmp_path / "lists").glob("*.csv"))
    assert [file.name for file in files] == ["Ana.csv", "Jonas.csv", "Sam.csv"]
    rows = list(csv.reader(files[0].read_text("utf-8-sig").splitlines()))
    assert HOSTILE in rows[1]


async def test_hostile_text_reads_as_it_was_typed(app: AccordApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, "i", "X", "c")
        await seen(pilot, "win [/red] [@click=app.quit]x[/]")


async def test_all_formats_are_seen_and_one_in_any_line_can_be_clicked(app: AccordApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot, "i", "X")
        await seen(pilot, "‹JSON›", *(form.title for form in ITEMS.values()))
        picker = app.screen.query_one("#format")
        place = next(y for y in range(picker.size.height) if "Taskwarrior" in lines(app)[picker.region.y + y])
        x = lines(app)[picker.region.y + place].index("Taskwarrior") - picker.region.x
        await pilot.click(picker, offset=(x, place))
        await seen(pilot, "‹Taskwarrior›", "· Taskwarrior")
        await pilot.press("right")
        await seen(pilot, "‹Obsidian Tasks›")


async def test_a_small_screen_says_which_of_the_formats_it_is(app: AccordApp) -> None:
    async with app.run_test(size=(50, 18), notifications=True) as pilot:
        await opened(pilot, "i", "X")
        await pilot.press("end")
        await seen(pilot, f"‹ Markdown task list ›  {len(ITEMS)} of {len(ITEMS)}")


async def test_items_without_a_place_in_a_format_are_named(app: AccordApp) -> None:
    app.desk.session.add(ActionItem(title="Some day", owner="Sam"))
    app.desk.session.change(
        next(i.uid for i in app.desk.meeting.action_items.values() if i.title == "Some day"), due=None
    )
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, "i", "X")
        for _ in range(2):
            await pilot.press("i")
        await seen(pilot, "iCalendar events", "1 item without a due date", "2 action items")


async def test_what_cannot_be_written_is_said_and_nothing_is_lost(app: AccordApp, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, "m", "X")
        await goes_into(pilot, f"{tmp_path}/file/minutes.md")
        await pilot.press("enter")
        await seen_across_lines(pilot, "cannot be written")
        os.mkfifo(tmp_path / "pipe")
        for path, why in (
            ("", "Say where it goes"),
            (f"{tmp_path}/pipe", "neither a file"),
            (f"{tmp_path}/{'long' * 80}.md", "too long"),
        ):
            await goes_into(pilot, path)
            await pilot.press("enter")
            await seen_across_lines(pilot, why)
        await goes_into(pilot, f"{tmp_path}/new/minutes.md")
        await pilot.press("enter")
        await seen(pilot, "✓ Written")
    assert (tmp_path / "file").read_text("utf-8") == "mine"


async def test_text_and_path_go_to_the_clipboard(app: AccordApp, folder: Path) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, "m", "X", "ctrl+y")
        await seen(pilot, "Nothing has been written yet")
        await pilot.press("ctrl+c")
        await told(pilot, "Sent the text, ", "to the terminal's clipboard.")
        copied = app.clipboard
        await pilot.press("enter")
        await seen(pilot, "✓ Written")
        await pilot.press("ctrl+y")
        await told(pilot, "Sent the path, ")
        assert app.clipboard == str(folder / f"{NAME}.md")
        assert not app._exit, "Ctrl+C does not leave here"
    assert copied == (folder / f"{NAME}.md").read_text("utf-8")


async def test_tab_completes_a_folder(app: AccordApp, tmp_path: Path) -> None:
    (tmp_path / "handouts").mkdir()
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, "m", "X")
        await goes_into(pilot, f"{tmp_path}/han")
        line = app.screen.query_one(PathLine)
        line.cursor_position = len(line.value)
        await until(pilot, lambda: line._suggestion, "a suggestion")
        await pilot.press("tab", "enter")
        await seen(pilot, "✓ Written")
    assert [path.name for path in (tmp_path / "handouts").iterdir()] == [f"{NAME}.md"]


async def test_escape_stops_the_writing_of_many(
    app: AccordApp, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, write = threading.Event(), threading.Event(), output.write_text

    def slowly(*args: Any, **more: Any) -> bool:
        begun.set()
        go_on.wait(20)
        return write(*args, **more)

    monkeypatch.setattr(output, "write_text", slowly)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, "m", "X", "up", "end")
        await seen(pilot, "2 meetings")
        app.screen.query_one("#split").focus()
        await pilot.press("right")
        await seen(pilot, "2 files")
        await pilot.press("enter")
        await until(pilot, begun.is_set, "writing")
        await seen(pilot, "Esc Stop")
        await pilot.press("escape")
        await seen(pilot, "Stopped; files that were written are there.")
        go_on.set()
        await until(pilot, lambda: not app.screen._writing)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, Export), "closed")
    assert len(list(folder.glob("*.md"))) == 1


async def test_a_fault_of_ours_is_a_sentence(app: AccordApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.dialogs.export_look.plan_of", lambda *_: 1 / 0)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("m", "X")
        await seen(pilot, "This could not be exported: that is a fault of Accord's.")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, Export), "closed")


async def test_in_a_browser_files_go_into_the_configured_folder_only(
    workspace: Workspace, clock: Clock, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SERVED, "1")
    held(workspace, clock)
    app = AccordApp(workspace)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, "m", "X")
        await seen(pilot, str(folder), "In a browser files go into the configured folder only")
        assert not app.screen.query(PathLine)
        await pilot.press("enter")
        await seen(pilot, "✓ Written")
    assert (folder / f"{NAME}.md").exists()


LINES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Mn", "Me", "Cf")), max_size=60)


@given(LINES, st.integers(2, 30))
def test_a_broken_line_is_whole_and_fits(line: str, width: int) -> None:
    parts = broken(line, width)
    assert "".join(parts) == line
    assert all(cell_len(part) <= width for part in parts)
