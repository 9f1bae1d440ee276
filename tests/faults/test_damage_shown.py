"""What a person sees of damaged meetings, on the command line and in the app: sentences, and everything else."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from meetings.cli.main import main
from meetings.cli.setting import Screen
from meetings.paths import HOME
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.faults.conftest import STATES, with_three_meetings
from tests.faults.damage import EXTREMES, Damaged, Served, cuts, odd, replaced, without
from tests.tui.seeing import until
from tests.unit.command_line import no_server
from tui.app import AccordApp
from tui.keys.checking import check_keys

ROOT = Path(__file__).resolve().parents[2]
EACH = 25
"""Damaged files of each of the four states."""


@pytest.fixture(params=STATES)
def damaged(
    request: pytest.FixtureRequest, workspace: Workspace, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> tuple[Served, list[Damaged]]:
    """A store, and a sample of all that can happen to one of its meetings."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    served = with_three_meetings(workspace, clock, request.param)
    dice = random.Random(request.param)
    every = (
        (3, list(cuts(served.raw.rstrip()))),
        (9, list(replaced(served.raw))),
        (5, list(replaced(served.raw, EXTREMES))),
        (4, list(without(served.raw))),
        (4, list(odd(served.raw))),
    )
    sample = [one for count, kind in every for one in dice.sample(kind, count)]
    assert len(sample) == EACH
    return served, sample


@pytest.fixture
def config_file(tmp_path: Path, damaged: tuple[Served, list[Damaged]]) -> Path:
    """The configuration whose store that is."""
    file = tmp_path / "config.yaml"
    file.write_text(f"accord: 1\nstore: {json.dumps(str(damaged[0].folder))}\n")
    return file


def _commands(served: Served) -> Iterator[tuple[str, ...]]:
    yield ("actions", "--state", "all", "--json")
    yield ("actions",)
    yield ("minutes", str(served.number))
    yield ("minutes", "1")
    yield ("check", "--json")
    yield ("check",)


def _accord(config_file: Path, *arguments: str) -> int:
    def no_app(*_: Any, **__: Any) -> int:
        raise AssertionError("no command starts the app")

    return main(("--config", str(config_file), *arguments), Screen(no_app, check_keys, no_server))


def test_on_the_command_line(
    damaged: tuple[Served, list[Damaged]], config_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    served, sample = damaged
    for what, raw in sample:
        served.damage(raw)
        for command in _commands(served):
            capsys.readouterr()
            status = _accord(config_file, *command)
            out, err = capsys.readouterr()
            told = f"{what}: accord {' '.join(command)}: {status}\n{out[-500:]}\n{err[-500:]}"
            assert status in (0, 1, 2, 3), told
            assert "Traceback" not in out + err, told
            assert "\x1b" not in out + err, told
            if command[0] == "actions" and "--json" in command:
                assert served.items <= {row["uid"] for row in json.loads(out)}, told
            if command == ("minutes", "1"):
                assert "first item" in out, told
            if command == ("check", "--json"):
                assert bool(json.loads(out)) == (status == 1), told
        assert served.path.read_bytes() == raw, f"{what}: reading changed the file"


def test_in_processes_of_their_own(damaged: tuple[Served, list[Damaged]], config_file: Path) -> None:
    served, sample = damaged
    for what, raw in random.Random(1).sample(sample, 3):
        served.damage(raw)
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "tui",
                "--config",
                str(config_file),
                "actions",
                "--state",
                "all",
                "--json",
            ],
            cwd=ROOT,
            env={**os.environ, HOME: str(config_file.parent / "home")},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert "Traceback" not in done.stderr, f"{what}: {done.stderr}"
        assert served.items <= {row["uid"] for row in json.loads(done.stdout)}, what


async def test_in_the_app(damaged: tuple[Served, list[Damaged]], clock: Clock) -> None:
    served, sample = damaged
    for turn, (what, raw) in enumerate(sample):
        served.damage(raw)
        workspace = Workspace.open(
            served.workspace.config, served.workspace.paths, now=clock.now, today=clock.today
        )
        app = AccordApp(workspace)
        try:
            async with app.run_test(notifications=True, size=(100, 30)) as pilot:
                await _walk(
                    app, pilot, ("meeting", "actions", "history", "home") if turn % 5 == 0 else ("history",)
                )
        except Exception as error:
            raise AssertionError(f"{what}: {type(error).__name__}: {error}") from error


async def _walk(app: AccordApp, pilot: Pilot[Any], places: tuple[str, ...]) -> None:
    """Look at the first screen and at those."""
    await until(pilot, lambda: getattr(app.screen, "place", "") or len(app.screen_stack) > 1, "a screen")
    for place in places:
        app.go(place)
        await until(pilot, lambda place=place: getattr(app.screen, "place", place) == place, place)
        await pilot.press("down", "up")
        await app.workers.wait_for_complete()
        await pilot.pause()
