"""A person who presses anything, anywhere, in any order, on terminals of any size: no crash, no dead end, no loss."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest
from textual.pilot import Pilot

from meetings.kinds import MeetingState, Team
from meetings.model import Reading
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import until
from tests.tui.stage import contents, rich_meeting, store_of
from tests.unit.test_naughty import RAW, records
from tui.app import AccordApp
from tui.dialogs.help import Help
from tui.keys import ACTIONS_TABLE, key_name

SIZES = ((120, 36), (80, 24), (40, 15), (200, 60))
LENGTH = 750
"""Keys of a walk."""
RESIZED = 0.02
"""How often the terminal's size changes: once in 50 keys."""
BURST = 5
"""Keys that come at once, as over a slow line."""

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
    "space",
    "at",
    "circumflex_accent",
    "left_square_bracket",
    "backspace",
    "ctrl+s",
]
WEIGHTS = ((KEYS, 5), (MOVES, 5), (["enter"], 2), (["escape"], 2), (LETTERS, 3))


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The keys of a burst come without a pause between them; after it the app has time to act on them.

    A copy of the meeting, for which some walk asks, is not saved at home.
    """
    monkeypatch.setattr("tui.elsewhere._home", lambda: str(tmp_path))
    monkeypatch.chdir(tmp_path)  # where an export goes whose path was cut short

    async def one_turn(_: float) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr("textual.app.wait_for_idle", one_turn)


def hostile(workspace: Workspace, clock: Clock, dice: Random) -> None:
    """The rich meeting, and on it records of every kind with the worst of texts."""
    rich_meeting(workspace, clock)
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


async def walk(pilot: Pilot[int], dice: Random, keys: list[str], length: int) -> None:
    """Press keys until there were so many or the app was left."""
    app = pilot.app
    assert isinstance(app, AccordApp)
    while len(keys) < length and not app._exit:
        burst = [any_key(dice) for _ in range(dice.randint(1, BURST))]
        keys += burst
        await pilot.press(*burst)
        await until(
            pilot, lambda: app._exit or not (app._key_under_way or app._waiting_keys), "keys acted on"
        )
        if dice.random() < RESIZED * len(burst):
            width, height = dice.choice(SIZES)
            keys.append(f"{width}x{height}")
            await pilot.resize_terminal(width, height)


async def comes_back(pilot: Pilot[int], app: AccordApp) -> None:
    """Escape leads out of everything to a screen on which `?` helps and the file is what is shown."""
    for _ in range(12):
        await pilot.press("escape")
        await pilot.pause(0.01)
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


@pytest.mark.parametrize("seed", [1, 2])
async def test_any_keys_in_any_order(workspace: Workspace, clock: Clock, seed: int) -> None:
    dice = Random(seed)
    hostile(workspace, clock, dice)
    keys: list[str] = []
    try:
        while len(keys) < LENGTH:
            app = AccordApp(workspace)
            async with app.run_test(notifications=True, size=dice.choice(SIZES)) as pilot:
                await walk(pilot, dice, keys, LENGTH)
                if not app._exit:
                    await comes_back(pilot, app)
            assert app.return_value == 0 if app._exit else True
    except BaseException as error:
        error.add_note(f"the last keys: {' '.join(keys[-40:])}")
        raise
    store = store_of(workspace)
    numbers = store.numbers()
    meetings = [store.read(number) for number in numbers]
    assert [meeting.head.number for meeting in meetings] == list(range(1, len(meetings) + 1))
    assert all(meeting.head.state is MeetingState.CLOSED for meeting in meetings[:-2])
