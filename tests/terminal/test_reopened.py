"""In a real terminal: a meeting that was closed too soon is opened again, and what was written meanwhile is kept."""

from __future__ import annotations

from pathlib import Path

from meetings.kinds import MeetingState
from meetings.model import ActionItem
from tests.terminal.driver import Terminal
from tests.terminal.prepared import add_line, in_meeting, meeting, rows, running


def retitle(app: Terminal, before: str, typed: str) -> None:
    """Edit the words of the item under the cursor where it stands."""
    app.wait_for(before)
    app.press("Enter")
    app.press("End", "\x15")  # Ctrl+U
    app.type(f"{typed}\r")
    app.wait_for(typed)
    app.saved()


def test_closed_reopened_and_closed_again(tmp_path: Path) -> None:
    running(tmp_path, ActionItem(title="Send the list", owner="Sam")).go_to("actions")
    with Terminal(tmp_path) as app:
        in_meeting(app)
        app.press("C")
        app.wait_for("Close this meeting?")
        app.press("Enter")
        app.wait_for("Next meeting")
        app.wait_for("Send the list")

        # between the meetings: the carried item gets other words, and a new one comes
        app.press("Down")
        retitle(app, "Send the list", "Send the list today")
        add_line(app, "t", "Between two meetings @Jo")

        # from history: the meeting goes on
        app.press("y")
        app.wait_for("Every meeting")
        app.press("R")
        app.wait_for("Reopen meeting 1?")
        app.press("Enter")
        in_meeting(app)
        app.wait_for("paused")
        assert meeting(tmp_path, 1).head.state is MeetingState.RUNNING
        retitle(app, "Send the list", "Send both lists")
        add_line(app, "t", "Forgotten before @Priya")

        app.press("C")
        app.wait_for("Close this meeting?")
        app.press("Enter")
        app.wait_for("Edited in two places")
        app.wait_for("Send the list today")
        app.wait_for("Send both lists")
        first = {row["title"] for row in rows(tmp_path, "action_items", 1)}
        second = {row["title"]: row["carried"] for row in rows(tmp_path, "action_items", 2)}
        assert first == {"Send both lists", "Forgotten before"}
        assert second == {"Send the list today": 1, "Between two meetings": 0, "Forgotten before": 1}

        app.press("t")  # the other version
        app.wait_for(lambda _: "Send both lists" in {r["title"] for r in rows(tmp_path, "action_items", 2)})
        app.press("Esc")
        app.wait_for("Next meeting", gone="Edited in two places")
        app.press("u")
        app.wait_for("Undid: the other version of")
        app.wait_for(
            lambda _: "Send the list today" in {r["title"] for r in rows(tmp_path, "action_items", 2)}
        )
        app.saved()
        app.press("q")
        assert app.leave() == 0
    assert meeting(tmp_path, 1).head.state is MeetingState.CLOSED
