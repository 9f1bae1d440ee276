"""Two windows on one meeting, and commands beside them: everyone sees everything, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

from meetings.kinds import MeetingState
from meetings.model import ActionItem, Win
from tests.terminal.driver import Terminal, command
from tests.terminal.prepared import (
    add_line,
    config_file,
    in_meeting,
    meeting,
    rows,
    running,
    store_of,
    workspace,
)

TALL = (120, 60)
"""So that the rows are in view over the line of quick add."""


def at_items(home: Path) -> None:
    """A running meeting with an item, at the step that shows items."""
    running(home, ActionItem(title="Send the list", owner="Sam")).go_to("actions")


def told(*expected: tuple[str, Terminal]) -> None:
    """Wait until each has said its sentence, which is gone after a few seconds: all are looked at meanwhile."""
    left = list(expected)

    def all_have(_: str) -> bool:
        left[:] = [(words, app) for words, app in left if words not in app.text]
        return not left

    first, *others = (app for _, app in expected)
    first.wait_for(all_have, beside=others)


def test_an_edit_in_one_window_is_seen_in_the_other(tmp_path: Path) -> None:
    at_items(tmp_path)
    with Terminal(tmp_path) as one, Terminal(tmp_path) as other:
        in_meeting(one).wait_for("☐ Send the list")
        in_meeting(other).wait_for("☐ Send the list")

        one.press("Space")
        other.wait_for("✓ Send the list")
        add_line(other, "t", "Rewrite the pricing page @Jo")
        one.wait_for("Rewrite the pricing page")
        add_line(one, "t", "Listen to two calls @Priya")
        other.wait_for("Listen to two calls")

        one.press("b")  # the other window goes along
        one.wait_for("No wins yet")
        other.wait_for("No wins yet")
        add_line(other, "w", "Acme signed @Sam")
        one.wait_for("Acme signed")
    items = {row["title"]: row["state"] for row in rows(tmp_path, "action_items")}
    assert items == {
        "Send the list": "done",
        "Rewrite the pricing page": "open",
        "Listen to two calls": "open",
    }


def test_both_type_at_the_same_time(tmp_path: Path) -> None:
    """Ten lines from each side, Enter by turns, without waiting for the other: all twenty are there, everywhere."""
    at_items(tmp_path)
    with Terminal(tmp_path, size=TALL) as one, Terminal(tmp_path, size=TALL) as other:
        for app in (one, other):
            in_meeting(app)
            app.press("t")
            app.wait_for("Esc ends")
        wanted = {f"Item {number} of {name}" for number in range(10) for name in ("one", "other")}
        for number in range(10):
            for name, app in (("one", one), ("other", other)):
                app.type(f"Item {number} of {name}")
                app.press("Enter")
        for app, beside in ((one, other), (other, one)):
            app.wait_for("Added: “Item 9", beside=[beside])
        for app, beside in ((one, other), (other, one)):
            app.press("Esc")
            app.wait_for(
                lambda shown: all(item in shown for item in wanted), gone="Esc ends", beside=[beside]
            )
            app.saved()
        assert {row["title"] for row in rows(tmp_path, "action_items")} == {*wanted, "Send the list"}
        one.press("u")
        one.wait_for("Undid: ")
        other.wait_for(lambda _: len(rows(tmp_path, "action_items")) == 20)


def test_a_command_beside_the_app(tmp_path: Path) -> None:
    """What `accord add` adds appears in the app; an edit of the app is what `accord actions` lists."""
    at_items(tmp_path)
    with Terminal(tmp_path) as app:
        in_meeting(app)
        command(tmp_path, "add", "Call the agency @Priya")
        app.wait_for("Call the agency")
        add_line(app, "t", "Rewrite the pricing page @Jo")
        listed = command(tmp_path, "actions")
        assert all(title in listed for title in ("Send the list", "Call the agency", "Rewrite the pricing"))
        app.press("t")  # also while a line is being typed
        app.wait_for("Esc ends")
        app.type("Half a li")
        app.wait_for("Half a li")
        command(tmp_path, "add", "Book the room @Sam")
        app.type("ne @Sam")
        app.press("Enter")
        app.wait_for("Added: “Half a line”")
        app.press("Esc")
        app.wait_for("Book the room", gone="Esc ends")
        app.saved()
    titles = {row["title"] for row in rows(tmp_path, "action_items")}
    assert titles >= {"Call the agency", "Book the room", "Half a line"}


def test_a_line_that_was_half_typed_when_one_left_is_offered_again(tmp_path: Path) -> None:
    at_items(tmp_path)
    with Terminal(tmp_path) as app:
        in_meeting(app)
        app.press("t")
        app.wait_for("Esc ends")
        app.type("Half a line @Sa")
        app.wait_for("Half a line")
        app.press("Ctrl+Q")
        app.wait_for("Enter Leave")
        app.press("Enter")
        app.leave()
    with Terminal(tmp_path) as app:
        in_meeting(app)
        app.press("t")
        app.wait_for("Half a line @Sa")
        app.press("Enter")
        app.wait_for("Added: “Half a line”")
        app.press("Esc")
        app.wait_for("Half a line", gone="Esc ends")
        app.saved()
    with Terminal(tmp_path) as app:
        in_meeting(app)
        app.press("t")
        assert app.wait_for("Esc ends").count("Half a line") == 1, "in the list alone"


def test_closed_in_one_window(tmp_path: Path) -> None:
    """The other window says so, goes home and works on the next meeting, whatever was open in it."""
    at_items(tmp_path)
    with Terminal(tmp_path) as one, Terminal(tmp_path) as other, Terminal(tmp_path) as third:
        for app in (one, other, third):
            in_meeting(app)
        third.press("t")
        third.wait_for("Esc ends")
        third.type("Half a line")
        one.press("C")
        one.wait_for("Close this meeting?")
        one.press("Enter")
        closed = "The meeting was closed in another window."
        told(("is planned", one), (closed, other), (closed, third))
        for app in (other, third):
            app.wait_for("Next meeting")
            app.wait_for("↻ 1")
        add_line(other, "t", "For the next one @Jo")
        one.wait_for("For the next one")
        assert [row["title"] for row in rows(tmp_path, "action_items")] == ["Send the list"]
        added = {row["title"]: row["carried"] for row in rows(tmp_path, "action_items", 2)}
        assert added == {"Send the list": 1, "For the next one": 0}
        assert meeting(tmp_path).head.state is MeetingState.CLOSED
        assert store_of(tmp_path).numbers() == [1, 2]

        third.type("Ss")  # the rest of the line starts nothing
        third.press("Enter")
        third.wait_for("S Start", gone="offered again")
        third.press("S")  # started in one window, seen in the others
        third.wait_for("Start meeting 2 today?")
        third.press("Enter")
        in_meeting(third)
        third.press("n", "n", "n")
        third.wait_for("No wins yet")
        other.wait_for("Go on with the meeting")
        other.press("S")
        in_meeting(other).wait_for("No wins yet")
        add_line(other, "w", "Acme signed")
        third.wait_for("Acme signed")
    assert [row["title"] for row in rows(tmp_path, "wins", 2)] == ["Acme signed"]


def test_a_file_is_corrected_in_an_editor(tmp_path: Path) -> None:
    """A person may change the file while the app is open: it is seen, and the app's next edit keeps it."""
    running(tmp_path, Win(title="Acme sinned")).go_to("wins")
    with Terminal(tmp_path) as app:
        in_meeting(app).wait_for("Acme sinned")
        app.press(".")
        app.wait_for("paused")  # or its clock may be written at the same moment
        app.saved()
        path, new = store_of(tmp_path).path(1), tmp_path / "new"
        new.write_text(path.read_text("utf-8").replace("Acme sinned", "Acme signed"), "utf-8")
        new.replace(path)
        app.wait_for("Acme signed")
        add_line(app, "w", "Globex renewed")
        app.saved()
    assert {row["title"] for row in rows(tmp_path, "wins")} == {"Acme signed", "Globex renewed"}
    assert config_file(tmp_path).exists()
    assert workspace(tmp_path).session().refusal == ""
