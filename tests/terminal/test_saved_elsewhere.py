"""In a real terminal: a store that can no longer be written to, and a copy of the meeting somewhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from meetings.store.codec import decode
from tests.terminal.driver import Terminal
from tests.terminal.prepared import in_meeting, rows, store_of
from tests.terminal.test_store_faults import WIDE, at_items, bound, permissions

__all__ = ["permissions"]


def add(app: Terminal, title: str) -> None:
    app.press("t")
    app.wait_for("Esc ends")
    app.type(f"{title} @Jo\r")
    app.wait_for(f"{title}”")
    app.press("Esc")
    app.wait_for("? Help", gone="Esc ends")


@pytest.mark.usefixtures("permissions")
def test_a_copy_elsewhere_holds_what_could_not_be_saved(tmp_path: Path) -> None:
    at_items(tmp_path)
    folder, spare = store_of(tmp_path).folder, tmp_path / "spare"
    spare.mkdir()
    with Terminal(tmp_path, size=WIDE, prepare=bound) as app:
        in_meeting(app)
        folder.chmod(0o500)
        try:
            add(app, "Rewrite the pricing page")
            app.wait_for("permission is denied, retrying")
            app.wait_for("W Save a copy")
            app.press("q")
            app.wait_for("The last edits are not saved yet.")
            app.press("w")
            app.wait_for("in which folder?")
            app.press("\x15")  # Ctrl+U
            app.type(f"{spare}\r")
            app.wait_for("A copy is saved")
            (copy,) = spare.iterdir()
            app.press("Enter")
            app.wait_for("Leave now?")
            app.press("Enter")
            assert app.leave() == 0
        finally:
            folder.chmod(0o700)
    assert len(rows(tmp_path, "action_items")) == 1
    titles = {item.title for item in decode(copy.read_bytes(), copy.name).action_items.values()}
    assert titles == {"Send the list", "Rewrite the pricing page"}


@pytest.mark.usefixtures("permissions")
def test_left_without_saving_after_asking_twice(tmp_path: Path) -> None:
    at_items(tmp_path)
    folder = store_of(tmp_path).folder
    with Terminal(tmp_path, size=WIDE, prepare=bound) as app:
        in_meeting(app)
        folder.chmod(0o500)
        try:
            add(app, "Rewrite the pricing page")
            app.wait_for("W Save a copy")
            app.press("q")
            app.wait_for("The last edits are not saved yet.")
            app.press("l")
            app.wait_for("Leave without saving?")
            app.press("Enter")
            assert app.leave() == 3
        finally:
            folder.chmod(0o700)
    assert len(rows(tmp_path, "action_items")) == 1
