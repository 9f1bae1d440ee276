"""Launches and keys, in a real pty, as a person would see them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.budgets import Row, Sizes, in_turns
from tests.bench.stores import Place, bare_environment
from tests.bench.terminal import Terminal, Wanted

BARE = [sys.executable, str(Path(__file__).with_name("bare.py"))]
STEPS = (
    ("Check-in", "─ People ─"),
    ("Goals", "─ Goal review ─"),
    ("Leads", "─ Leads since "),
    ("Wins", "─ Wins ─"),
    ("Actions", "─ Promised ─"),
)
"""How each step is called in the agenda, and the frame of its first list."""
DIALOG = "New action item"


def bare(folder: Path) -> Terminal:
    """The bare app."""
    return Terminal(BARE, bare_environment(folder), folder)


def accord(place: Place) -> Terminal:
    """The app on a store whose latest meeting runs."""
    return Terminal(place.command(), place.environment, place.folder)


def bare_is_there(text: str) -> bool:
    """Header, text and footer."""
    return "Hello, world" in text and "Bump" in text


def meeting_is_there(text: str) -> bool:
    """The whole meeting: clock, agenda, the step's lists with their figures, details, keys."""
    return all(
        word in text for word in (" of 60:00", "▶ Check-in", " here ─", "Coming up", "Last time", "? Help")
    )


def launches(folder: Path, many: Place, few: Place, sizes: Sizes) -> Iterator[Row]:
    """From the start of the process to the running meeting."""

    def launch(place: Place) -> float:
        with accord(place) as terminal:
            return terminal.launched(meeting_is_there)

    def launch_bare() -> float:
        with bare(folder) as terminal:
            return terminal.launched(bare_is_there)

    row = Row(f"launch to the running meeting, {sizes.many:,} past meetings", "a bare Textual app", 1.3)
    yield in_turns(row, lambda: launch(many), launch_bare, sizes.runs)
    row = Row(f"the same with {sizes.many:,} past meetings", f"with {sizes.few:,}", 1.05)
    yield in_turns(row, lambda: launch(many), lambda: launch(few), sizes.runs)


def keys(folder: Path, place: Place, sizes: Sizes) -> Iterator[Row]:
    """From a key to the changed screen. Each run is one launch of both apps."""
    against = "the bare app's key to screen"
    rows = {
        "move": Row("key to screen: move in a list", against, 3),
        "tick": Row("key to screen: tick", against, 3),
        "step": Row("key to screen: change step, shown for the first time", against, 10),
        "back": Row("key to screen: change step, shown before", against, 10),
        "add": Row("key to screen: open quick add", against, 10),
    }
    for _ in range(max(1, sizes.runs // 3)):
        with bare(folder) as plain, accord(place) as app:
            plain.launched(bare_is_there)
            app.launched(meeting_is_there)
            app.settle(1.0)
            bumps = _bumps(plain)
            for key, down in (("j", True), ("k", False)) * 4:
                _note(rows["move"], app.press(key, _marked(app.text, down)), next(bumps))
            for _ in range(4):
                _note(rows["tick"], app.press(" ", _ticked(app.text)), next(bumps))
            for name, shown in STEPS[1:]:
                _note(rows["step"], app.press("n", _at(name, shown)), next(bumps))
            for name, shown in reversed(STEPS[:-1]):
                _note(rows["back"], app.press("b", _at(name, shown)), next(bumps))
            for _ in range(4):
                _note(rows["add"], app.press("t", lambda text: DIALOG in text), next(bumps))
                app.press("\x1b", lambda text: DIALOG not in text)
    yield from rows.values()


def _note(row: Row, ours: float, base: float) -> None:
    row.ours.append(ours)
    row.base.append(base)


def _bumps(plain: Terminal) -> Iterator[float]:
    """Milliseconds of one key after the other in the bare app."""
    count = 0
    while True:
        count += 1
        wanted = f"bumped {count}"
        yield plain.press("b", lambda text, wanted=wanted: wanted in text)


def _mark(text: str) -> int:
    """The line with the cursor of the first list."""
    return next((at for at, line in enumerate(text.split("\n")) if "│▌" in line), -1)


def _marked(before: str, down: bool) -> Wanted:
    """The cursor is on the next line, or on the one before."""
    at = _mark(before) + (1 if down else -1)
    return lambda text: _mark(text) == at


def _ticked(before: str) -> Wanted:
    """Someone more, or less, is here."""
    line = next(line for line in before.split("\n") if " here ─" in line)
    return lambda text: line not in text


def _at(name: str, shown: str) -> Wanted:
    return lambda text: f"▶ {name}" in text and shown in text
