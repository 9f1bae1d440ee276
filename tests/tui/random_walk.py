"""Any keys in any order, on terminals of any size: `python -m tests.tui.random_walk --keys 20000 --seed 1 --hostile`.

Looked for are crashes, dead ends and lost text. Now and then the walk types or pastes a word of its own, such as
`w000042`; once it has arrived in the meeting, it stays in a file of the store until an edit or an undo takes it away.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from unittest.mock import patch

import msgspec
from msgspec.structs import replace
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from meetings.config import TeamConfig, default_config, store_folder
from meetings.flow import undo
from meetings.kinds import MeetingState, Team
from meetings.meeting import Meeting
from meetings.model import Reading
from meetings.paths import HOME, user_paths
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import until
from tests.tui.stage import contents, rich_meeting, store_of
from tests.unit.test_naughty import RAW, records
from tui.app import AccordApp
from tui.dialogs.choice import Choice
from tui.dialogs.confirm import Confirm
from tui.dialogs.form import Form
from tui.dialogs.help import Help
from tui.keys import ACTIONS_TABLE
from tui.keys.names import key_name

SIZES = ((120, 36), (80, 24), (40, 15), (200, 60))
RESIZED = 0.02
"""How often the terminal's size changes: once in 50 keys."""
BURST = 5
"""Keys that come at once, as over a slow line."""
TYPED = 0.4
"""How often a word is typed where one can be."""
TAKEN = 0.5
"""How often Enter follows at once."""
LIFE = (60, 400)
"""Keys after which Accord is left and started again: at least, and at most."""
WITH_GUIDE = 0.2
"""How often the guide through the example is there."""
ESCAPES = 12
"""Presses of Escape that lead out of everything."""

KEYS = [name for action in ACTIONS_TABLE for key in action.keys if (name := key_name(key))]
MOVES = [
    "up",
    "down",
    "left",
    "right",
    "tab",
    "shift+tab",
    "enter",
    "escape",
    "home",
    "end",
    "pagedown",
    "j",
    "k",
    "G",
]
LETTERS = [
    *"0123456789aexyz",
    *["space", "at", "circumflex_accent", "left_square_bracket", "backspace", "ctrl+s"],
]
WEIGHTS = ((KEYS, 5), (MOVES, 5), (["enter"], 2), (["escape"], 2), (LETTERS, 3))
MARK = re.compile(rb"w\d{6}")


class Ledger:
    """The walk's own words: which have arrived in a meeting, and which were taken away again by a person."""

    def __init__(self) -> None:
        self.typed = 0
        self.known: set[bytes] = set()
        self.taken: set[bytes] = set()

    def word(self) -> str:
        """A word that nobody has typed yet."""
        self.typed += 1
        return f"w{self.typed:06}"

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Meanwhile, note what edits and undoing take away."""

        def noting(step: object) -> object:
            def noted(meeting: Meeting, *arguments: object) -> object:
                result = step(meeting, *arguments)  # type: ignore[operator]
                after = result[0] if isinstance(result, tuple) else result
                self.taken |= words_in(meeting) - words_in(after)
                return result

            return noted

        def remembered(meeting: Meeting, seat: str, label: str, changes: tuple, now: object) -> Meeting:  # type: ignore[type-arg]
            before = MARK.findall(msgspec.json.encode([change.before for change in changes]))
            after = MARK.findall(msgspec.json.encode([change.after for change in changes]))
            self.taken |= set(before) - set(after)
            return remember(meeting, seat, label, changes, now)  # type: ignore[arg-type]

        remember = undo.remember
        with ExitStack() as stack:
            stack.enter_context(patch.object(undo, "remember", remembered))
            stack.enter_context(patch.object(undo, "undo", noting(undo.undo)))
            stack.enter_context(patch.object(undo, "redo", noting(undo.redo)))
            yield

    def check(self, meeting: Meeting, workspace: Workspace) -> None:
        """Everything that has arrived is in the meeting or, where that has gone on, in another file."""
        here = words_in(meeting)
        self.known |= here
        self.taken -= here
        missing = self.known - here - self.taken
        if missing:
            store = store_of(workspace)
            for number in store.numbers():
                missing -= words_in(store.read(number))
        assert not missing, f"lost: {sorted(missing)}"


def words_in(meeting: Meeting) -> set[bytes]:
    """The walk's own words in what people see of a meeting."""
    return set(MARK.findall(msgspec.json.encode([record for _, record in meeting.content()])))


@contextmanager
def impatience(folder: Path) -> Iterator[None]:
    """The keys of a burst come without a pause between them; after it the app has time to act on them.

    Copies and exports that are asked for land in that folder.
    """

    async def one_turn(_: float) -> None:
        await asyncio.sleep(0)

    before = Path.cwd()
    os.chdir(folder)
    try:
        with (
            patch("tui.elsewhere._home", lambda: str(folder)),
            patch("textual.app.wait_for_idle", one_turn),
        ):
            yield
    finally:
        os.chdir(before)


def hostile(workspace: Workspace, dice: Random) -> None:
    """Add to the running meeting records of every kind with the worst of texts."""
    session = workspace.session()
    rows = [
        record
        for n, raw in enumerate(dice.sample(RAW, 8))
        for table, record in records(raw, n)
        if table != "amendments"
    ]
    session.apply("the worst", add=rows)
    today = session.today()
    session.apply(
        "what shows them",
        change={
            **{f"goals-{n}": {"readings": (Reading(today, 3.0),), "target": 5.0} for n in range(8)},
            **{f"feedback-{n}": {"from_team": (Team.A, Team.B)[n % 2]} for n in range(8)},
            **{f"decisions-{n}": {"check_date": today} for n in range(8)},
            **{f"action_items-{n}": {"state": "open", "due": today} for n in range(0, 8, 2)},
            **{f"problems-{n}": {"state": "parked"} for n in range(0, 8, 2)},
        },
    )
    session.saver.close()


def any_key(dice: Random) -> str:
    """One key, those that do something more often than others."""
    (keys,) = dice.choices([keys for keys, _ in WEIGHTS], [weight for _, weight in WEIGHTS])
    return dice.choice(keys)


class Walk:
    """A walk of so many keys over one workspace; Accord is left and started again on the way."""

    def __init__(self, workspace: Workspace, clock: Clock, seed: int, length: int, worst: bool) -> None:
        self.workspace, self.clock, self.length, self.worst = workspace, clock, length, worst
        self.dice = Random(seed)
        self.keys: list[str] = []
        self.ledger = Ledger()
        self.launches = 0

    async def run(self) -> None:
        """Walk. Raises AssertionError, or whatever the app raises, with the last keys in a note."""
        rich_meeting(self.workspace, self.clock)
        if self.worst:
            hostile(self.workspace, self.dice)
        try:
            with self.ledger.listening():
                while len(self.keys) < self.length:
                    await self._live()
        except BaseException as error:
            error.add_note(f"after {len(self.keys)} keys, the last: {' '.join(self.keys[-60:])}")
            raise
        self._check_store()

    async def _live(self) -> None:
        """From one launch to the next."""
        self.launches += 1
        app = AccordApp(self.workspace, demo=self.dice.random() < WITH_GUIDE)
        end = min(self.length, len(self.keys) + self.dice.randint(*LIFE))
        async with app.run_test(notifications=True, size=self.dice.choice(SIZES)) as pilot:
            while len(self.keys) < end and not app._exit:
                await self._burst(pilot, app)
            if not app._exit:
                await comes_back(pilot, app)
            if not app._exit:
                await leads_out(pilot, app)
        assert app.return_value == 0
        self.clock.advance(self.dice.choice((5, 300, 6 * 3600, 7 * 24 * 3600)))

    async def _burst(self, pilot: Pilot[int], app: AccordApp) -> None:
        if isinstance(app.focused, (Input, TextArea)) and self.dice.random() < TYPED:
            await self._say(pilot, app)
        burst = [any_key(self.dice) for _ in range(self.dice.randint(1, BURST))]
        self.keys += burst
        await pilot.press(*burst)
        await until(
            pilot, lambda: app._exit or not (app._key_under_way or app._waiting_keys), "keys acted on"
        )
        if self.dice.random() < RESIZED * len(burst) and not app._exit:
            width, height = self.dice.choice(SIZES)
            self.keys.append(f"{width}x{height}")
            await pilot.resize_terminal(width, height)
        self.ledger.check(app.desk.meeting, self.workspace)

    async def _say(self, pilot: Pilot[int], app: AccordApp) -> None:
        """Type a word, or paste one with the worst of texts before it."""
        word = self.ledger.word()
        self.keys.append(word)
        if self.worst and self.dice.random() < 0.5:
            app.post_message(events.Paste(f"{self.dice.choice(RAW)} {word}"))
        else:
            await pilot.press(*word)
        await pilot.pause()
        if self.dice.random() < TAKEN:
            self.keys.append("enter")
            await pilot.press("enter")

    def _check_store(self) -> None:
        """The meetings are one after the other, and all but the last are closed (one may be open anew)."""
        store = store_of(self.workspace)
        meetings = [store.read(number) for number in store.numbers()]
        assert [meeting.head.number for meeting in meetings] == list(range(1, len(meetings) + 1))
        assert all(meeting.head.state is MeetingState.CLOSED for meeting in meetings[:-2])


async def comes_back(pilot: Pilot[int], app: AccordApp) -> None:
    """Escape leads out of everything to a screen on which `?` helps and the file is what is shown.

    A form with something new in it asks what is to become of that; there Escape goes on editing.
    """
    for _ in range(ESCAPES):
        await pilot.press("escape")
        await pilot.pause(0.01)
        if isinstance(app.screen, Choice) and isinstance(app.screen_stack[-2], Form):
            await pilot.press("up", "enter")  # round to the last answer: discard
            await pilot.pause()
        if getattr(app.screen, "place", "") in ("home", "meeting"):
            await pilot.press("question_mark")
            await pilot.pause()
            if isinstance(app.screen, Help):
                break
    await until(pilot, lambda: isinstance(app.screen, Help), "help")
    await pilot.press("escape")
    assert contents(app.desk.meeting) == contents(
        store_of(app.desk.workspace).read(app.desk.meeting.head.number)
    )


async def leads_out(pilot: Pilot[int], app: AccordApp) -> None:
    """From there `q` leaves; while a meeting runs it asks, and Enter says yes."""
    await until(pilot, lambda: getattr(app.screen, "place", "") in ("home", "meeting"), "a screen to leave")
    await pilot.press("q")
    await until(pilot, lambda: app._exit or isinstance(app.screen, Confirm), "the end, or a question")
    if not app._exit:
        await pilot.press("enter")
    await until(pilot, lambda: app._exit, "the end")


def main() -> None:
    """Run from the command line, in folders of its own."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.tui.random_walk")
    parser.add_argument("--keys", type=int, default=20_000, help="keys and changes of size (default: 20,000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hostile", action="store_true", help="texts full of markup and control characters")
    args = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(HOME=folder, USERPROFILE=folder, **{HOME: f"{folder}/accord"})
        teams = {
            "a": TeamConfig(name="Sales", people=("Sam", "Ana")),
            "b": TeamConfig(name="Marketing", people=("Lena", "Jonas")),
        }
        clock, paths = Clock(), user_paths()
        config = replace(default_config(), teams=teams)
        config = replace(config, store=str(store_folder(config, paths)))
        workspace = Workspace.open(config, paths, background=False, now=clock.now, today=clock.today)
        walk = Walk(workspace, clock, args.seed, args.keys, args.hostile)
        with impatience(Path(folder)):
            asyncio.run(walk.run())
        meetings = len(store_of(workspace).numbers())
    known, taken = len(walk.ledger.known), len(walk.ledger.taken)
    print(
        f"{len(walk.keys):,} keys and changes of size, {walk.launches} launches, {meetings} meetings, "
        f"{time.monotonic() - began:.0f} s: no crash, no dead end; of {known} words that arrived, {taken} were "
        f"taken away by an edit and {known - taken} are there."
    )


if __name__ == "__main__":
    main()
