"""What has changed is on the screen at once, also what changes while it is being drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from meetings.model import Goal
from tests.terminal.driver import Terminal
from tests.terminal.prepared import running

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
