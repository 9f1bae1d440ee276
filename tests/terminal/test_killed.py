"""The terminal goes away in mid-meeting: what showed `Saved` is there, can be undone, and the clock is right."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from meetings.flow import lifecycle
from meetings.kinds import ItemState, MeetingState, Unit
from meetings.model import ActionItem, Goal, Problem
from meetings.workspace import utc_now
from tests.terminal.driver import ROOT, Terminal
from tests.terminal.prepared import (
    add_line,
    clock_of,
    has_clock,
    in_meeting,
    meeting,
    paths_of,
    recorded,
    rows,
    running,
    store_of,
    workspace,
)

GOAL = Goal(title="Qualified pipeline", unit=Unit.NUMBER, start=10, target=40)

KILLED: dict[str, Callable[[Terminal], None]] = {
    "kill": lambda app: app.kill(signal.SIGKILL),
    "term": lambda app: app.kill(signal.SIGTERM),
    "hang up": lambda app: app.hang_up(),
}
"""The ways in which a terminal goes away."""
ENDED = KILLED | {"hup": lambda app: app.kill(signal.SIGHUP)}
"""The same, and what is sent to a program whose terminal goes."""


@dataclass(frozen=True)
class Edit:
    """An edit as a person makes it: `keys` and text, what the screen shows then, and what is in the file."""

    step: str
    do: Callable[[Terminal], None]
    shown: str
    table: str
    there: Callable[[dict[str, Any]], bool]

    def in_file(self, home: Path) -> bool:
        """Whether the file has it."""
        return any(self.there(row) for row in rows(home, self.table))


def _reading(app: Terminal) -> None:
    app.press("2")
    app.type("7")
    app.press("Enter")


def _ratings(app: Terminal) -> None:
    app.press("a")
    app.wait_for("hidden until")
    app.type("8")
    app.press("Enter")


EDITS = (
    Edit(
        "Check-in",
        lambda app: app.press("Space") and None,
        "✓ Sam",
        "people",
        lambda row: row["name"] == "Sam" and row["present"],
    ),
    Edit("Goals", _reading, "27 ┤", "goals", lambda row: [one["value"] for one in row["readings"]] == [27.0]),
    Edit(
        "Leads",
        lambda app: add_line(app, "f", "Students only *2"),
        "★★☆☆☆",
        "feedback",
        lambda row: row["text"] == "Students only" and row["rating"] == 2,
    ),
    Edit(
        "Wins",
        lambda app: add_line(app, "w", "Acme signed @Sam @Priya !"),
        "Acme signed",
        "wins",
        lambda row: row["title"] == "Acme signed" and row["credits"] == ["Sam", "Priya"],
    ),
    Edit(
        "Actions",
        lambda app: app.press("Space") and None,
        "✓ Send the list",
        "action_items",
        lambda row: row["title"] == "Send the list" and row["state"] == "done",
    ),
    Edit("Wrap-up", _ratings, "1 of 1 rated", "ratings", lambda row: row["value"] == 8),
)


def the_step(name: str) -> Callable[[str], bool]:
    """Whether the agenda has that step as the current one."""
    return lambda shown: any(f"▶ {name}" in line for line in shown.splitlines())


def check_clock(app: Terminal, home: Path, before: int) -> None:
    """The clock goes on from what was recorded, and is not ahead of the time since the start."""
    now = clock_of(app)
    start = meeting(home).head.started_at
    assert start is not None
    assert before <= now <= (utc_now() - start).total_seconds() + 1


def test_killed_after_every_edit_of_a_meeting(tmp_path: Path) -> None:
    """All six steps: what was saved is there after kill -9, in the step where it was, and undo goes on."""
    running(tmp_path, GOAL, ActionItem(title="Send the list", owner="Sam"))
    app = Terminal(tmp_path)
    in_meeting(app)
    try:
        for number, edit in enumerate(EDITS):
            app.wait_for(the_step(edit.step))
            edit.do(app)
            app.wait_for(edit.shown)
            app.saved()
            assert edit.in_file(tmp_path)
            app.kill()
            before = recorded(tmp_path)

            app = Terminal(tmp_path)
            in_meeting(app)
            app.wait_for(the_step(edit.step))
            app.wait_for(edit.shown)
            check_clock(app, tmp_path, before)
            app.press("u")
            app.wait_for("Undid: ")
            app.wait_for(lambda _, edit=edit: not edit.in_file(tmp_path))
            app.press("U")
            app.wait_for("Did again: ")
            app.wait_for(lambda _, edit=edit: edit.in_file(tmp_path))
            if number + 1 < len(EDITS):
                app.press("n")
        assert all(edit.in_file(tmp_path) for edit in EDITS)
        app.saved()

        app.kill()
        app = Terminal(tmp_path)
        in_meeting(app)
        for edit in reversed(EDITS):  # all the way back, across every restart
            app.press("u")
            app.wait_for(lambda _, edit=edit: not edit.in_file(tmp_path))
    finally:
        app.__exit__()


@pytest.mark.parametrize("way", KILLED)
def test_a_half_typed_line_breaks_nothing(tmp_path: Path, way: str) -> None:
    running(tmp_path)
    with Terminal(tmp_path) as app:
        in_meeting(app)
        add_line(app, "t", "Send the list @Sam")
        before = store_of(tmp_path).read(1).action_items
        app.press("t")
        app.wait_for("Esc ends")
        app.type("Rewrite the pri")
        app.wait_for("Rewrite the pri")
        KILLED[way](app)
    with Terminal(tmp_path) as app:
        in_meeting(app)
        assert meeting(tmp_path).action_items == before
        add_line(app, "t", "Rewrite the pricing page @Jo")
        app.press("u", "u")
        app.wait_for(lambda _: not rows(tmp_path, "action_items"))


def test_ended_by_the_system(tmp_path: Path) -> None:
    """SIGTERM, unlike SIGKILL, gives the terminal back as it was."""
    running(tmp_path)
    with Terminal(tmp_path) as app:
        in_meeting(app)
        app.process.kill(signal.SIGTERM)
        app.process.expect_exact("\x1b[?1049l")
        assert app.leave() == 128 + signal.SIGTERM
    assert not (paths_of(tmp_path).state / "crashes").exists()


@pytest.mark.parametrize("way", ["term", "hup", "hang up"])
def test_what_was_only_just_entered_and_what_is_half_typed_outlive_the_terminal(
    tmp_path: Path, way: str
) -> None:
    """All but SIGKILL leave the time to write; a terminal that is gone is no fault."""
    running(tmp_path)
    for typed in ("Half typed", ""):  # it is offered again, and kept once more
        with Terminal(tmp_path) as app:
            in_meeting(app)
            app.press("w")
            app.wait_for("Esc ends")
            if typed:
                app.type("Acme signed")
                app.press("Enter")
                app.wait_for("Added:")
                app.type(typed)
            app.wait_for("Half typed")
            ENDED[way](app)
        assert [row["title"] for row in rows(tmp_path, "wins")] == ["Acme signed"]
        state = paths_of(tmp_path).state
        assert "Half typed" in (state / "screen.json").read_text("utf-8")
        assert not (state / "crashes").exists()


OPENED: dict[str, tuple[str, str, str]] = {
    "a row edited in place": ("Enter", "Send the list", "zzz"),
    "a form": ("e", "Send the list", "zzz"),
    "a note": ("o", "Note: ", "zzz"),
    "a private note": ("O", "Private note: ", "zzz"),
    "a reason": ("x", "Why is this dropped?", "zzz"),
    "closing": ("C", "Close this meeting?", ""),
    "help": ("?", "Here and now", ""),
    "the palette": (":", "", "zzz"),
    "all action items": ("i", "raised on", ""),
    "history": ("y", "Every meeting", ""),
    "minutes": ("m", "Minutes of", ""),
}
"""What may be open when the terminal goes: the key that opens it, what it says, what is typed there."""


def test_killed_while_something_else_is_open(tmp_path: Path) -> None:
    """Whatever is in front of the meeting: nothing changes but the clock, and the next launch is in the meeting."""
    session = running(tmp_path, ActionItem(title="Send the list", owner="Sam"))
    session.go_to("actions")
    before = meeting(tmp_path)
    for key, says, typed in OPENED.values():
        with Terminal(tmp_path) as app:
            in_meeting(app)
            app.wait_for("Send the list")
            app.press(key)
            app.wait_for(says)
            app.type(typed)
            app.wait_for(typed)
            app.kill()
        after = meeting(tmp_path)
        assert list(after.content()) == list(before.content())
        assert (after.head.state, after.head.step) == (MeetingState.RUNNING, "actions")


# The clock


def test_the_clock_does_not_count_the_time_in_which_nobody_was_there(tmp_path: Path) -> None:
    """An hour ago the terminal was closed after five minutes: the clock goes on from five minutes."""
    begun = utc_now() - dt.timedelta(hours=1, minutes=5)
    place = workspace(tmp_path, begun)
    session = place.start(place.session())
    for seconds in range(0, 301, 5):
        session = workspace(tmp_path, begun + dt.timedelta(seconds=seconds)).session()
        session.beat()
    assert recorded(tmp_path) == 300

    launched = utc_now()
    with Terminal(tmp_path) as app:
        in_meeting(app)
        app.wait_for(lambda _: clock_of(app) > 301)  # it runs
        assert clock_of(app) <= 300 + (utc_now() - launched).total_seconds() + 1
        app.press(".")
        app.wait_for("paused")
        app.saved()
        app.kill()
    stopped = recorded(tmp_path)
    assert 300 < stopped <= 300 + (utc_now() - launched).total_seconds() + 1
    with Terminal(tmp_path) as app:
        in_meeting(app)
        app.wait_for("paused")
        assert clock_of(app) == stopped


@pytest.mark.parametrize("by_key", [True, False])
def test_stopped_and_continued_from_a_shell(tmp_path: Path, by_key: bool) -> None:
    """Ctrl+Z, or a signal, gives the terminal back to the shell; `fg` brings the meeting back, with its clock."""
    session = running(tmp_path)
    with Terminal(tmp_path, shell=True) as shell:
        shell.type(f"{sys.executable} -m tui\r")
        in_meeting(shell)
        add_line(shell, "t", "Send the list @Sam")
        if by_key:
            shell.press("Ctrl+Z")
        else:
            for child in children_of(shell.process.pid):
                os.kill(child, signal.SIGTSTP)
        shell.wait_for("topped")
        assert [row["title"] for row in rows(tmp_path, "action_items")] == ["Send the list"]
        before = recorded(tmp_path)

        shell.type("fg\r")
        shell.wait_for("? Help", gone="topped")
        in_meeting(shell)
        shell.wait_for(lambda _: clock_of(shell) >= before)  # no longer what was there before it stopped
        check_clock(shell, tmp_path, before)
        shell.press("u")
        shell.wait_for(lambda _: not rows(tmp_path, "action_items"))
        shell.saved()
        shell.press("q")
        shell.wait_for("Leave while the meeting runs?")
        shell.press("Enter")
        shell.wait_for(lambda _: not children_of(shell.process.pid))
    assert meeting(tmp_path).head.uid == session.meeting.head.uid


def children_of(process: int) -> list[int]:
    """The processes that a process has started."""
    tasks = Path(f"/proc/{process}/task/{process}/children")
    if not tasks.exists():
        pytest.skip("no way here to find out what a shell has started")
    return [int(word) for word in tasks.read_text("ascii").split()]


# Closing


def carried_once(home: Path) -> None:
    """Every meeting but the last is closed; the item of the first one was carried by each closing, once."""
    numbers: Sequence[int] = store_of(home).numbers()
    assert numbers == list(range(1, len(numbers) + 1))
    found = [meeting(home, number) for number in numbers]
    assert all(one.head.state is MeetingState.CLOSED for one in found[:-1])
    assert found[-1].head.state is not MeetingState.CLOSED
    for one in found:
        (item,) = one.action_items.values()
        assert (item.title, item.state, item.carried) == (
            "Send the list",
            ItemState.OPEN,
            one.head.number - 1,
        )
        assert len(one.problems) == 1


def test_a_crash_between_the_two_writes_of_a_close_heals(tmp_path: Path) -> None:
    running(tmp_path, ActionItem(title="Send the list", owner="Sam"), Problem(title="Who owns events?"))
    store = store_of(tmp_path)
    before = store.read(1)
    store.save(lifecycle.close(before, utc_now(), 0.1), before)
    assert store.numbers() == [1]
    for _ in range(2):
        with Terminal(tmp_path) as app:
            for words in ("Send the list", "#2", "↻ 1"):
                app.wait_for(words)
            app.press("q")
            assert app.leave() == 0
        carried_once(tmp_path)
        assert store.numbers() == [1, 2]


KILLER = '''
import os, signal, sys

LAST = int(os.environ["KILLED_AT"])
ARMED = os.environ["KILLED_WHEN"]
count = 0

def watch(event, arguments):
    """The process dies before its LAST-th write to the store, once it is armed."""
    global count
    if event == "open":
        path, _, flags = arguments
        touches = isinstance(path, str) and path.endswith(".tmp") and flags & os.O_CREAT
    else:
        touches = event == "os.rename"
    if touches and f"{os.sep}store{os.sep}" in str(arguments[0]) and os.path.exists(ARMED):
        count += 1
        if count == LAST:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
'''


def test_killed_at_every_write_of_a_close(tmp_path: Path) -> None:
    """Before any file is opened or put in place: the meeting is closed or not, and the next one is planned once."""
    running(tmp_path, ActionItem(title="Send the list", owner="Sam"), Problem(title="Who owns events?"))
    killer = tmp_path / "killer"
    killer.mkdir()
    (killer / "sitecustomize.py").write_text(KILLER, "utf-8")
    armed = tmp_path / "armed"
    also = {"KILLED_WHEN": str(armed), "PYTHONPATH": os.pathsep.join((str(killer), str(ROOT)))}
    states: list[MeetingState] = []
    killed = True
    while killed:
        with Terminal(tmp_path, also={**also, "KILLED_AT": str(len(states) + 1)}) as app:
            app.wait_for("? Help")
            if not has_clock(app):
                app.press("S")
                app.wait_for("today?")  # it is planned for another day
                app.press("Enter")
                in_meeting(app)
                app.saved()
            carried_once(tmp_path)
            number = store_of(tmp_path).numbers()[-1]
            app.press("C")
            app.wait_for("Close this meeting?")
            armed.touch()
            app.press("Enter")
            killed = app.killed_before("is planned")
            armed.unlink()
            states.append(meeting(tmp_path, number).head.state)
    carried_once(tmp_path)
    assert states[0] is MeetingState.RUNNING  # killed before anything was written
    assert MeetingState.CLOSED in states[:-1]  # and between the two files
