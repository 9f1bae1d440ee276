"""Three weeks of a new facilitator, in a real terminal, from nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.driver import ROOT, Terminal, command


def rows(home: Path, number: int, table: str) -> list[dict[str, Any]]:
    """The rows of a table in a meeting's file."""
    path = home / "accord/data/store" / f"{number:04d}.json"
    return list(json.loads(path.read_text("utf-8"))[table].values())


def add_lines(app: Terminal, key: str, *lines: str) -> None:
    """Open quick add, add the lines, end it."""
    app.press(key)
    app.wait_for("Esc ends")
    for line in lines:
        app.type(line)
        app.wait_for(lambda shown, line=line: line[-12:] in shown)
        app.press("Enter")
        app.wait_for("Added")
    app.press("Esc")
    app.wait_for("? Help", gone="Esc ends")


def close_meeting(app: Terminal) -> None:
    """Close, confirm, and be home again."""
    app.press("C")
    app.wait_for("Close this meeting?")
    app.press("Enter")
    app.wait_for("is planned")


def leave(app: Terminal) -> None:
    app.press("q")
    assert app.leave() == 0


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["120x36", "80x24"])
def test_three_meetings_from_nothing(tmp_path: Path, size: tuple[int, int]) -> None:
    with Terminal(tmp_path, size=size) as app:
        app.wait_for("Esc")  # set-up says how to take the defaults
        app.press("Esc")
        app.wait_for("Start")
        app.press("Enter")
        app.wait_for("Next step")

        add_lines(app, "a", "Sam #sales", "Priya #marketing", "Jo #marketing")
        app.wait_for("3 of 3 here")
        app.press("n")
        app.wait_for("No goals yet")
        add_lines(app, "a", "Conversion from MQL to SQL @Priya ^+60d #both")
        app.press("n")
        app.wait_for("Sales → Marketing")
        add_lines(
            app, "f", "Paid social leads are students *2", "Eleven leads had no call for a day #marketing"
        )
        app.press("n")
        add_lines(app, "w", "Acme signed after the webinar @Sam @Priya !")
        app.press("n")
        add_lines(
            app,
            "t",
            "Send the webinar list @Sam ^+7d",
            "Rewrite the pricing page @Jo ^+7d",
            "Listen to two sales calls @Priya ^+14d",
        )
        app.press("n")
        app.press("a")
        app.wait_for("ne figure for each")
        app.type("8 7 9")
        app.wait_for("3 of 3 typed")
        app.press("Enter")
        app.wait_for("3 of 3 rated")
        app.saved()
        app.press("s")
        app.wait_for("Saved as")
        close_meeting(app)
        leave(app)

    minutes = command(tmp_path, "minutes")
    saved = next((tmp_path / "accord/data/minutes").glob("*.md")).read_text("utf-8")
    assert saved == minutes, "the draft that was saved before closing is renewed"
    for wanted in (
        *(
            "Conversion from MQL to SQL",
            "Paid social leads are students",
            "Eleven leads had no call for a day",
        ),
        *("Acme signed after the webinar", "Send the webinar list", "Rewrite the pricing page"),
        *("Listen to two sales calls", "Sam", "Priya", "Jo"),
    ):
        assert wanted in minutes
    assert re.search(r"^- \[ \] .*Send the webinar list", minutes, re.MULTILINE)
    assert {row["value"] for row in rows(tmp_path, 1, "ratings")} == {7, 8, 9}

    carried = {row["title"]: row["carried"] for row in rows(tmp_path, 2, "action_items")}
    assert carried == {
        "Send the webinar list": 1,
        "Rewrite the pricing page": 1,
        "Listen to two sales calls": 1,
    }

    with Terminal(tmp_path, size=size) as app:
        app.wait_for("Start")
        app.press("Enter")
        app.wait_for("today?")  # it is planned for another day
        app.press("Enter")
        app.wait_for("Next step")
        app.press("n", "n", "n", "n")
        app.wait_for("Send the webinar list")
        app.wait_for("↻")
        app.press("g", "Space")
        app.wait_for("✓ Send the webinar list")
        app.saved()
        close_meeting(app)
        leave(app)

    states = {row["title"]: row["state"] for row in rows(tmp_path, 2, "action_items")}
    assert states["Send the webinar list"] == "done"
    third = {row["title"]: row["carried"] for row in rows(tmp_path, 3, "action_items")}
    assert third == {"Rewrite the pricing page": 2, "Listen to two sales calls": 2}
    assert "- [x]" in command(tmp_path, "minutes", "2")

    with Terminal(tmp_path, size=size) as app:
        app.wait_for("Start")
        app.press("Enter")
        app.wait_for("today?")  # it is planned for another day
        app.press("Enter")
        app.wait_for("Next step")
        app.press("n", "n", "n", "n")
        app.wait_for("Rewrite the pricing page")
        assert "Send the webinar list" not in app.wait_for("Listen to two sales calls")
        app.press("q")
        app.wait_for("Leave while the meeting runs?")
        app.press("Enter")
        assert app.leave() == 0


def test_keys_that_come_at_once_do_what_they_would_one_by_one(tmp_path: Path) -> None:
    with Terminal(tmp_path) as app:
        app.wait_for("Esc")
        app.press("Esc")
        app.wait_for("Start")
        app.press("Enter")
        app.wait_for("Next step")
        app.type("nnnntSend the next dates to the team ^+7d\rExplain boxes for:Sam\r")
        app.wait_for("Explain boxes”")
        app.press("Esc")
        app.wait_for("? Help", gone="Esc ends")
        app.saved()
    titles = [(row["title"], row["owner"]) for row in rows(tmp_path, 1, "action_items")]
    assert titles == [("Send the next dates to the team", ""), ("Explain boxes", "Sam")]


def test_the_project_is_not_written_to() -> None:
    """The driver keeps everything of the user below the test's own folder."""
    assert not (ROOT / "store").exists()
    assert not (ROOT / "minutes").exists()
