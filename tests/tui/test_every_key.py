"""Every key does what it says, in every step and on every screen where its action is at home, at two sizes.

`EXPECTED` says what each action does. An action without an expectation is a failing test.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from textual.command import CommandList, CommandPalette
from textual.containers import VerticalScroll

from meetings.config import Config
from meetings.kinds import DecisionState, MeetingState
from meetings.model import Record
from meetings.paths import Paths
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.effects import Effect
from tests.tui.expectations import EXPECTED
from tests.tui.seeing import lines, seen, told, type_in
from tests.tui.stage import (
    LISTS,
    PLACE,
    PLACES,
    STEPS,
    Stage,
    Way,
    by_click,
    by_key,
    by_palette,
    in_bar,
    kind_of,
    rich_meeting,
    staged,
)
from tui.dialogs.help import Help
from tui.dialogs.quick_add import QuickAdd
from tui.keys import ACTIONS, ACTIONS_TABLE, ANYWHERE, Action
from tui.keys.names import key_name
from tui.widgets.key_bar import KeyBar

SIZES = [(120, 36), (80, 24)]
ON_EVERY_LIST = ("add", "action_item", *(a.id for a in ACTIONS_TABLE if a.group == "The selected row"))
"""Actions that depend on the row: they are tried on every list of a place, the others on its first."""

NOT_IN_PALETTE = ("palette", "back")
"""It is open already, and Escape closes it."""


def place_of(where: str) -> str:
    return "meeting" if where in STEPS else PLACE[where]


def at_home(where: str) -> list[Action]:
    """The actions of the table that a place has."""
    return [a for a in ACTIONS_TABLE if place_of(where) in a.where or ANYWHERE in a.where]


def expected(action_id: str, where: str, list_id: str) -> Effect | None:
    """What is expected there: the most particular expectation counts."""
    known = EXPECTED.get(action_id, {})
    kind = kind_of(f"{where}.{list_id}")
    keys: list[str | type[Record]] = [f"{where}.{list_id}", where, *([kind] if kind else []), "*"]
    return next((known[key] for key in keys if key in known), None)


def trials(where: str, size: tuple[int, int] = SIZES[0]) -> Iterator[tuple[str, str]]:
    """Pairs of a list and an action to be tried there. On the small screen the last list stands for the others."""
    lists = list(LISTS[where]) or [""]
    for at, list_id in enumerate(lists if size == SIZES[0] else lists[-1:]):
        for action in at_home(where):
            if at == 0 or action.id in ON_EVERY_LIST:
                yield list_id, action.id


async def attempt(stage: Stage, list_id: str, action_id: str, way: Way, failures: list[str]) -> None:
    """Try one action on one list; what goes wrong is kept with where it went wrong."""
    wanted = expected(action_id, stage.where, list_id)
    stage.action, stage.way = action_id, way
    try:
        assert wanted is not None, "nothing is expected of this action here"
        await stage.select(list_id)
        await wanted(stage)
    except Exception:  # noqa: BLE001 — whatever it is, the other keys are tried as well
        failures.append(f"{action_id} at {stage.where}.{list_id}: {traceback.format_exc(limit=-4)}")
    await stage.reset()


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's way to wait for an idle app looks up more often: hundreds of keys are pressed here."""
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 0.002)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 0.0005)


@pytest.fixture
def rich(workspace: Workspace, clock: Clock) -> Workspace:
    rich_meeting(workspace, clock)
    return workspace


at_both_sizes = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def test_every_action_is_expected_to_do_something_wherever_it_is_at_home() -> None:
    missing = [
        (where, list_id, action_id)
        for where in PLACES
        for list_id, action_id in trials(where)
        if expected(action_id, where, list_id) is None
    ]
    assert not missing
    assert set(ACTIONS) <= set(EXPECTED)


@at_both_sizes
@pytest.mark.parametrize("where", PLACES)
async def test_every_key_does_what_it_says(rich: Workspace, where: str, size: tuple[int, int]) -> None:
    failures: list[str] = []
    async with staged(rich, where, size) as stage:
        for list_id, action_id in trials(where, size):
            for number in range(len(ACTIONS[action_id].keys)):
                await attempt(stage, list_id, action_id, by_key(number), failures)
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize("where", ["actions", "home", "history"])
async def test_the_palette_does_what_the_key_does(rich: Workspace, where: str) -> None:
    failures: list[str] = []
    list_id = next(iter(LISTS[where]))
    tried = {
        "actions": [a.id for a in at_home("actions")],
        "home": ["start", "add"],
        "history": ["reopen", "edit"],
    }
    async with staged(rich, where, (120, 36)) as stage:
        for action_id in tried[where]:
            if action_id not in NOT_IN_PALETTE:
                await attempt(stage, list_id, action_id, by_palette, failures)
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize("where", PLACES)
async def test_a_click_on_a_label_does_what_the_key_does(rich: Workspace, where: str) -> None:
    failures: list[str] = []
    tried = set()
    async with staged(rich, where, (120, 36)) as stage:
        for list_id in LISTS[where] or [""]:
            await stage.select(list_id)
            await stage.pilot.pause()
            for action_id in list(in_bar(stage)):
                if action_id not in tried:
                    tried.add(action_id)
                    await attempt(stage, list_id, action_id, by_click, failures)
    assert not failures, "\n".join(failures)
    assert len(tried) > 3
    assert "help" in tried


@at_both_sizes
@pytest.mark.parametrize("where", PLACES)
async def test_help_and_the_palette_list_every_action_with_its_key(
    rich: Workspace, where: str, size: tuple[int, int]
) -> None:
    async with staged(rich, where, size) as stage:
        stage.app.written = stage.app.desk.workspace.paths.data  # or there is no path to be copied
        await stage.press("question_mark")
        await stage.until(lambda: isinstance(stage.app.screen, Help), "help")
        shown = await read_through(stage)
        for action in at_home(where):
            assert in_help(shown, " ".join(action.keys), action.words), action
        for action in set(ACTIONS_TABLE) - set(at_home(where)):
            assert not in_help(shown, " ".join(action.keys), action.words), action
        await stage.press("escape", "colon")
        await stage.until(lambda: isinstance(stage.app.screen, CommandPalette), "the palette")
        found = stage.app.screen.query_one(CommandList)
        wanted = [action for action in at_home(where) if action.id not in NOT_IN_PALETTE]
        await stage.until(lambda: found.option_count >= len(wanted), "every command")
        listed = [str(found.get_option_at_index(at).prompt) for at in range(found.option_count)]
        for action in wanted:
            end = f"{action.words}  {' '.join(action.keys)}".casefold()
            assert any(line.casefold().endswith(end) for line in listed), f"{end} in {listed}"


async def read_through(stage: Stage) -> str:
    """All lines of help, in the order in which a person scrolls to them; broken lines are put together."""
    scroll = stage.app.screen.query_one(VerticalScroll)
    read: list[str] = []
    while True:
        view = scroll.region
        shown = [line[view.x : view.right] for line in lines(stage.app)[view.y : view.bottom]]
        page = [line.strip(" │▁▂▃▄▅▆▇█") for line in shown]
        read += [line for line in page if line not in read[-60:]]
        if scroll.scroll_y >= scroll.max_scroll_y:
            return " ".join(" ".join(read).split())
        at = scroll.scroll_y
        await stage.press("pagedown")
        await stage.until(lambda at=at: scroll.scroll_y > at, "further down")
        await stage.until(lambda: scroll.scroll_y == scroll.scroll_target_y, "at rest")


def in_help(shown: str, keys: str, words: str) -> bool:
    return f"{keys} {words}" in shown


# Keys of one's own


@pytest.fixture
def own_keys(config: Config, paths: Paths, clock: Clock) -> Workspace:
    """The rich meeting of someone who has given actions other keys."""
    keys = {"next_step": "Ctrl+N", "tick": "v", "help": "F2", "add": "+", "drop": "F5 B", "undo": "Ctrl+Z"}
    workspace = Workspace.open(
        replace(config, keys=keys), paths, background=False, now=clock.now, today=clock.today
    )
    rich_meeting(workspace, clock)
    return workspace


async def test_other_keys_work_and_are_named_everywhere(own_keys: Workspace) -> None:
    async with staged(own_keys, "checkin", (120, 36)) as stage:
        await stage.select("people")
        await seen(stage.pilot, "v Here", "+ Person", "Ctrl+N Next step", "F2 Help")
        await stage.press("v")
        await stage.until(lambda: stage.record.present, "Sam is here")
        await stage.press("space", "n", "a", "question_mark")
        await stage.pilot.pause()
        assert stage.place == "meeting", "the old keys do nothing"
        assert stage.stored.head.step == "checkin"
        await stage.press("x")
        await stage.press("f5")
        await told(stage.pilot, "Person cannot be dropped")
        await stage.select("decisions")
        await stage.press("B")
        await seen(stage.pilot, "Why is this decision reversed?")
        await stage.type_over("it was wrong")
        await stage.press("enter")
        await told(stage.pilot, "Ctrl+Z brings it back")
        assert stage.record.state is DecisionState.REVERSED
        await stage.press("ctrl+z")
        await stage.until(lambda: stage.record.state is DecisionState.STANDING, "undone")
        await stage.press("plus")
        await stage.until(lambda: isinstance(stage.app.screen, QuickAdd), "the line that adds")
        await stage.press("escape")
        await stage.press("f2")
        await stage.until(lambda: isinstance(stage.app.screen, Help), "help")
        shown = await read_through(stage)
        for action_id, keys in own_keys.config.keys.items():
            assert in_help(shown, keys, ACTIONS[action_id].words), action_id
            assert not in_help(shown, " ".join(ACTIONS[action_id].keys), ACTIONS[action_id].words), action_id
        await stage.press("f2")
        await stage.until(lambda: stage.place, "its own key closes help")
        await stage.press("ctrl+n")
        await stage.until(lambda: stage.stored.head.step == "goals", "the next step")


# Lines that were left, and the ways out


@pytest.mark.parametrize("key", ["a", "t", "p", "d", "w", "f"])
async def test_a_half_typed_line_is_offered_again(rich: Workspace, key: str) -> None:
    async with staged(rich, "wins", (80, 24)) as stage:
        await stage.press(key)
        await stage.until(lambda: isinstance(stage.app.screen, QuickAdd), "the line")
        await type_in(stage.pilot, "Half a thought")
        await stage.press("escape")
        await stage.until(lambda: stage.place == "meeting", "the line gone")
        assert not stage.changed
        await stage.press("n")
        await stage.until(lambda: stage.meeting.head.step == "actions", "another step")
        await stage.press("w" if key == "a" else key)
        await seen(stage.pilot, "Half a thought")
        await type_in(stage.pilot, " and more")
        await stage.press("enter", "escape")
        await stage.until(lambda: stage.added(), "a record")
        assert "Half a thought and more" in str(stage.added()[0])


@at_both_sizes
async def test_the_meeting_is_closed_reopened_and_started_again(
    rich: Workspace, clock: Clock, size: tuple[int, int]
) -> None:
    async with staged(rich, "actions", size) as stage:
        await stage.press("C")
        await seen(stage.pilot, "Close this meeting?")
        await stage.press("enter")
        await stage.until(lambda: stage.place == "home", "home")
        await told(stage.pilot, "Meeting 2 is closed; meeting 3 is planned.")
        await stage.press("R")
        await seen(stage.pilot, "Reopen meeting 2?")
        await stage.press("enter")
        await stage.until(
            lambda: stage.place == "meeting" and stage.stored.head.number == 2, "meeting 2 again"
        )
        assert stage.stored.head.state is MeetingState.RUNNING
        await stage.press("C", "enter")
        await stage.until(lambda: stage.place == "home", "home again")
        clock.advance(7 * 24 * 3600)
        await stage.press("S")
        await stage.until(lambda: stage.place == "meeting" and stage.stored.head.number == 3, "meeting 3")
        assert stage.stored.head.state is MeetingState.RUNNING
        assert "Send the webinar list" in [item.title for item in stage.stored.action_items.values()]


@pytest.mark.parametrize("key", [name for key in ACTIONS["leave"].keys if (name := key_name(key))])
@pytest.mark.parametrize("where", ["goals", "home", "history"])
async def test_enter_leaves_and_the_next_launch_goes_on_there(rich: Workspace, where: str, key: str) -> None:
    async with staged(rich, where, (80, 24)) as stage:
        await stage.press(key)
        await seen(stage.pilot, "Leave while the meeting runs?")
        await stage.press("enter")
        await stage.until(lambda: stage.app._exit, "the end")
        assert stage.app.return_value == 0
        step = stage.meeting.head.step
    assert rich.session().meeting.head.step == step


async def test_escape_never_quits(rich: Workspace) -> None:
    for where in PLACES:
        async with staged(rich, where, (80, 24)) as stage:
            await stage.press(*["escape"] * 5)
            await stage.press("question_mark")
            await stage.until(lambda stage=stage: isinstance(stage.app.screen, Help), "help after all")
            assert not stage.app._exit


async def test_a_hint_that_is_shown_is_an_action_that_is_at_home(rich: Workspace) -> None:
    for where in PLACES:
        async with staged(rich, where, (200, 40)) as stage:
            for list_id in LISTS[where] or [""]:
                await stage.select(list_id)
                await stage.pilot.pause()
                shown = [name for name, _, _ in stage.app.screen.query_one(KeyBar)._hints]
                home = [action.id for action in at_home(where)]
                assert [name for name in shown if name not in home] == [], (where, list_id)
