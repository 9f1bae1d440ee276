"""In a real terminal: a sheet whose columns are not known, from the file to the meeting and the lines at the end."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.terminal.driver import Terminal
from tests.terminal.prepared import in_meeting, rows, running


def test_a_sheet_is_imported_and_the_answers_are_printed_at_the_end(tmp_path: Path) -> None:
    running(tmp_path).go_to("leads")
    day = dt.datetime.now().astimezone().date() - dt.timedelta(days=9)
    (tmp_path / "Downloads").mkdir()
    (tmp_path / "Downloads" / "sheet.csv").write_text(
        f"Whence,Zustand,Created,Who\nFair,New,{day},Fatima\nPaid social,Qualified,{day},Priya\n", "utf-8"
    )
    with Terminal(tmp_path, size=(80, 24)) as app:
        in_meeting(app)
        app.wait_for("No lead numbers yet.")
        app.press("l")
        app.wait_for("sheet.csv")
        app.press("Enter")
        app.wait_for("Which column is it?")
        assert "Fatima" not in app.text
        app.press("Right", "Down", "Right", "Right", "Enter")
        app.wait_for("2 of 2 rows are used")
        app.press("Enter")
        app.wait_for("Not to be asked again")
        app.press("Esc")
        app.wait_for("? Help", gone="Not to be asked again")
        app.press("q")
        app.wait_for("Leave while the meeting runs?")
        app.press("Enter")
        assert app.leave() == 0
        printed = app.process.before.decode()
        assert "Whence" in printed[printed.rindex("\x1b[?1049l") :], "it stays when the screen is gone"
    assert {row["source"] for row in rows(tmp_path, "lead_numbers")} == {"Fair", "Paid social"}
