"""What has changed is on the screen at once, also what changes while it is being drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from meetings.model import Goal
from tests.terminal.driver import Terminal
from tests.terminal.prepared import rows, running

NAMES = ("Check-in", "Goals", "Leads", "Wins", "Actions", "Wrap-up")


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
def test_the_agenda_shows_the_step_while_the_clock_stands(tmp_path: Path, size: tuple[int, int]) -> None:
    """With the clock paused, nothing but the key that was pressed has the screen drawn."""
    running(tmp_path, *(Goal(title=f"Goal {number}", metric="leads") for number in range(20)))
    with Terminal(tmp_path, size=size) as app:
        app.wait_for("▶ Check-in")
        app.press(".")
        app.wait_for("paused")
        for keys in ("n" * 5, "b" * 5):
            at = NAMES if keys[0] == "n" else NAMES[::-1]
            for key, name in zip(keys, at[1:], strict=True):
                app.press(key)
                app.wait_for(f"▶ {name}")


def test_what_moves_while_it_is_being_drawn_is_drawn_where_it_is(tmp_path: Path) -> None:
    """The dialog finds out how high its parts are when it is drawn already."""
    with Terminal(tmp_path, "demo", size=(80, 24)) as app:
        app.wait_for("gives it")  # the last that comes
        app.press("X")
        app.wait_for(lambda shown: any("Into" in line and "minutes" in line for line in shown.split("\n")))


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
def test_saving_is_said_with_what_is_saved_also_behind_a_line_for_adding(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """No frame says that an edit is there, and beside it that all is saved, while it is not in the file."""
    running(tmp_path)
    with Terminal(tmp_path, size=size) as app:
        app.wait_for("▶ Check-in")
        app.press("w")
        app.wait_for("Esc ends")
        for number in range(5):
            app.type(f"Win {number}")
            app.press("Enter")
            shown = app.wait_for(f"Added: “Win {number}”")
            there = f"Win {number}" in {row["title"] for row in rows(tmp_path, "wins")}
            assert there or " Saved" not in shown.split("\n", 1)[0]
