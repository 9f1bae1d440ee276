"""The guide through the example: it waits for what is done, shows the keys in use, and is in nobody's way."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec.structs import replace
from textual.pilot import Pilot

from meetings.config import load_config
from meetings.demo import write_demo
from meetings.kinds import MeetingState
from meetings.paths import Paths
from meetings.workspace import Workspace
from tests.conftest import MONDAY, Clock
from tests.tui.seeing import line_with, lines, seen, text, told, type_in, until
from tui.app import AccordApp
from tui.guide.lessons import AWAY, FAREWELL, LESSONS
from tui.keys import ACTIONS

STEPS = {"goals", "leads", "actions", "who"}


@asynccontextmanager
async def example(
    folder: Path, size: tuple[int, int] = (120, 36), keys: dict[str, str] | None = None
) -> AsyncIterator[tuple[AccordApp, Pilot[int]]]:
    clock = Clock(MONDAY)
    config = load_config(write_demo(folder / "w", 3, until=MONDAY.date()))
    paths = Paths(*(folder / name for name in ("config", "data", "state", "cache")))
    workspace = Workspace.open(
        replace(config, keys=keys or {}), paths, background=False, now=clock.now, today=clock.today
    )
    app = AccordApp(workspace, demo=True)
    async with app.run_test(notifications=True, size=size) as pilot:
        await seen(pilot, "Example, 1 of 9")
        yield app, pilot


async def test_a_newcomer_is_led_through_a_whole_meeting(tmp_path: Path) -> None:
    async with example(tmp_path, (80, 24)) as (app, pilot):
        assert lines(app)[0].strip().startswith("Example")
        await pilot.press("S")
        await seen(pilot, "2 of 9", "V says that everyone is here")
        await pilot.press("V")
        await seen(pilot, "3 of 9", "n goes on to the next step, “Goal review”")
        await pilot.press("n")
        await seen(pilot, "4 of 9")
        await pilot.press("2", "7", "enter")
        await seen(pilot, "5 of 9")
        await pilot.press("n", "f")
        await type_in(pilot, "The webinar leads are good")
        await pilot.press("enter", "escape")
        await seen(pilot, "6 of 9", "Send the list @Zoë ^fri")
        await pilot.press("t")
        await type_in(pilot, "Send the list @Zoë ")
        await pilot.press("^", "f", "r", "i", "enter", "escape")
        await seen(pilot, "7 of 9")
        await pilot.press("n", "n", "space")
        await seen(pilot, "8 of 9")
        await pilot.press("C")
        await seen(pilot, "Close it and save its minutes")
        await pilot.press("s")
        await seen(pilot, "9 of 9", "m shows the minutes")
        await pilot.press("m")
        await seen(pilot, "That was a whole meeting.")
        await pilot.press("escape")
        await seen(pilot, "That was a whole meeting.", "q leaves")


async def test_it_is_hidden_with_one_key_and_shown_again(tmp_path: Path) -> None:
    async with example(tmp_path) as (app, pilot):
        await pilot.press("f2")
        await until(pilot, lambda: "1 of 9" not in text(app), "no guide")
        assert line_with(app, "Example: weekly")
        await pilot.press("y")
        await seen(pilot, "Example · ")
        assert "1 of 9" not in text(app)
        await pilot.press("f2")
        await seen(pilot, "1 of 9", "h goes home, and on from there.")


async def test_what_was_done_already_is_passed_over_and_other_keys_work(tmp_path: Path) -> None:
    async with example(tmp_path) as (_, pilot):
        await pilot.press("S")
        await seen(pilot, "2 of 9")
        await pilot.press("t", *"Later", "enter", "escape", "f", *"Warm", "enter", "escape", "n")
        await seen(pilot, "2 of 9", "V says that everyone is here")
        await pilot.press("b", "space")
        await seen(pilot, "3 of 9")
        await pilot.press("n", "3", "enter")
        await seen(pilot, "7 of 9")


async def test_keys_that_config_yaml_changes_are_the_ones_it_names(tmp_path: Path) -> None:
    async with example(tmp_path, keys={"start": "F4", "everyone": "*"}) as (app, pilot):
        await seen(pilot, "F4 starts today's")
        await pilot.press("f4")
        await seen(pilot, "* says that everyone is here")
        assert app.desk.meeting.head.state is MeetingState.RUNNING


async def test_without_the_example_there_is_none(workspace: Workspace) -> None:
    app = AccordApp(workspace)
    async with app.run_test(notifications=True, size=(100, 30)) as pilot:
        await pilot.press("f2")
        await told(pilot, "The guide goes with the example: accord demo.")
        assert "Example" not in text(app)


def test_every_key_in_the_texts_is_one_of_the_table() -> None:
    for words in (*(lesson.text for lesson in LESSONS), FAREWELL, AWAY):
        assert set(re.findall(r"\{(\w+)\}", words)) <= set(ACTIONS) | STEPS, words
