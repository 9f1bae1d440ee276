"""The minutes preview: what was typed reads as typed, nothing in it leads anywhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.kinds import Team
from meetings.model import ActionItem, Feedback, LeadNumbers
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import lines, seen, text, told, until
from tests.tui.weeks import held
from tui.app import AccordApp
from tui.screens.preview import previewed

HOSTILE = (
    "win [/red] [@click=app.quit]x[/]",
    "![cat](http://evil/cat.png)",
    "[press](javascript:alert(1))",
    "<https://evil.example>",
    "<script>alert(1)</script>",
    "a | b | c",
    "# not a heading",
    "- [x] not a task",
    "\\[x\\] `code` **bold** _it_",
    "&lt;b&gt; &copy;",
)


@pytest.fixture
def app(workspace: Workspace, clock: Clock) -> AccordApp:
    held(workspace, clock)
    return AccordApp(workspace)


def place(app: AccordApp) -> str:
    return getattr(app.screen, "place", "")


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 15)])
async def test_home_shows_those_of_the_last_meeting(app: AccordApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("m")
        await seen(pilot, "Minutes of meeting 2", "Action items")
        await pilot.press("escape")
        await until(pilot, lambda: place(app) == "home", "home")


@pytest.mark.parametrize("typed", HOSTILE)
async def test_text_reads_as_it_was_typed(workspace: Workspace, typed: str) -> None:
    session = workspace.start(workspace.session())
    session.add(ActionItem(title=typed, owner="Sam"))
    session.add(Feedback(text=typed, from_team=Team.A))
    session.saver.close()
    app = AccordApp(workspace)
    async with app.run_test(size=(120, 50), notifications=True) as pilot:
        await pilot.press("m")
        await seen(pilot, "so far", typed)
        meta = [
            segment.style.meta
            for strip in app.screen._compositor.render_strips()
            for segment in strip
            if segment.style and segment.style._meta
        ]
        assert not any("@click" in each for each in meta), "nothing in it can be clicked"


async def test_a_running_meetings_minutes_follow_its_edits(app: AccordApp) -> None:
    async with app.run_test(size=(120, 50), notifications=True) as pilot:
        await pilot.press("S", "enter", "m")
        await seen(pilot, "so far", "Rewrite the pricing page")
        app.desk.session.add(ActionItem(title="Added meanwhile", owner="Sam"))
        await seen(pilot, "Added meanwhile")


async def test_saving_writes_markdown_and_says_where(app: AccordApp, workspace: Workspace) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("m")
        await seen(pilot, "Minutes of meeting 2")
        await pilot.press("s")
        await told(pilot, "Saved as", "2026-11-23-2-")
    [path] = (workspace.paths.data / "minutes").glob("*.md")
    assert "Rewrite the pricing page" in path.read_text("utf-8")


async def test_what_cannot_be_read_is_said_in_a_sentence(app: AccordApp, workspace: Workspace) -> None:
    (Path(workspace.store.location) / "0002.json").write_text("[]", encoding="utf-8")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("y", "j", "enter")
        await seen(pilot, "Minutes of meeting 2", "0002.json")
        await pilot.press("s")
        await told(pilot, "0002.json")


async def test_a_broken_template_is_said_in_a_sentence(workspace: Workspace, tmp_path: Path) -> None:
    from msgspec.structs import replace

    template = tmp_path / "mine.j2"
    template.write_text("{% for %}", encoding="utf-8")
    workspace.config = replace(workspace.config, template=str(template))
    app = AccordApp(workspace)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("m")
        await seen(pilot, "mine.j2")


async def test_it_scrolls_to_its_end_and_back(app: AccordApp) -> None:
    async with app.run_test(size=(40, 15), notifications=True) as pilot:
        await pilot.press("m")
        await seen(pilot, "Meeting 2")
        first = text(app)
        await pilot.press("G")
        await until(pilot, lambda: text(app) != first, "the end")
        await pilot.press("g")
        await until(pilot, lambda: text(app) == first, "the beginning")


async def test_a_table_that_is_too_wide_becomes_a_list(workspace: Workspace) -> None:
    session = workspace.start(workspace.session())
    numbers = {"new": 40, "handed_over": 30, "accepted": 20, "qualified": 10, "won": 2, "lost": 1}
    session.add(LeadNumbers(source="Organic search", spend=1000.0, recycled=3, **numbers))  # type: ignore[arg-type]
    session.saver.close()
    app = AccordApp(workspace)
    async with app.run_test(size=(80, 60), notifications=True) as pilot:
        await pilot.press("m")
        await seen(pilot, "New leads: 40", "20 of 30, 67 %")
        assert all(len(line) <= 80 for line in lines(app))


def test_a_narrow_table_stays_a_table_and_a_wide_one_keeps_every_cell() -> None:
    table = "| a | b \\| c |\n| --- | --: |\n| 1 | 2 \\| 3 |"
    assert previewed(table, 60) == table
    assert previewed(table, 5) == "- **1** · b \\| c: 2 \\| 3"


def test_tasks_have_signs() -> None:
    assert (
        previewed("- [ ] open\n  - [x] done\n- \\[x\\] typed", 80) == "- ☐ open\n  - ✓ done\n- \\[x\\] typed"
    )


@given(st.text(), st.integers(1, 200))
def test_no_text_breaks_the_preview(typed: str, width: int) -> None:
    previewed(typed, width)
    previewed(f"| a |\n|---|\n{typed}", width)


async def test_the_minutes_are_copied_by_the_systems_program_or_sent_to_the_terminal(
    app: AccordApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "wl-copy"
    program.write_text(f"#!/bin/sh\n/bin/cat > {tmp_path}/got\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("m")
        await seen(pilot, "Minutes of meeting 2", "M Copy")
        await pilot.press("M")
        await told(pilot, "Sent the minutes of meeting 2, ", "to the terminal's clipboard.")
        assert app.clipboard.startswith("# ")
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
        await pilot.press("M")
        await told(pilot, "Copied the minutes of meeting 2, ")
        assert (tmp_path / "got").read_text("utf-8") == app.clipboard
        monkeypatch.setattr("tui.machine.clipboard.MOST", 10)
        monkeypatch.setenv("PATH", "")
        await pilot.press("M")
        await told(pilot, "is more than terminals take for the clipboard: s saves them as a file.")


async def test_a_picture_of_the_screen_replaces_nothing_and_asks_no_server(app: AccordApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await seen(pilot, "Start")
        await pilot.press("P")
        await told(pilot, "A picture of the screen is in", "Ctrl+Y copies the path.")
        first = app.written
        app.clear_notifications()
        await pilot.press("y")
        await until(pilot, lambda: place(app) == "history", "the history")
        await pilot.press("P")
        await until(pilot, lambda: app.written != first, "another picture")
        assert first is not None
        assert app.written == first.with_name(f"{first.stem}-2.svg")
        svg = first.read_text("utf-8")
        assert "Start" in svg
        assert "url(http" not in svg
        assert "@font-face" not in svg
        assert first.stat().st_mode & 0o777 == 0o666 & ~umask()
        await pilot.press("ctrl+o")
        await told(pilot, f"There is no desktop here to show it on; the folder is {first.parent}")


def umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
