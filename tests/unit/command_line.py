"""Runs `accord` in this process, in a folder of its own, on real files."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from meetings.cli.main import main
from meetings.cli.setting import Screen
from meetings.config import Config, load_config
from meetings.model import ActionItem
from meetings.paths import Paths
from meetings.store.files import FileStore
from meetings.workspace import Workspace
from tui.keys.checking import check_keys

NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
"""A Saturday; the first meeting is planned for Monday 23 November."""

CONFIG = """\
accord: 1
store: store
minutes: minutes
teams:
  a: {name: Sales, people: [Sam, Priya]}
  b: {name: Marketing, people: [Jo]}
"""


@dataclass(frozen=True)
class Result:
    """What a command ended with and printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def no_server(*_: object) -> int:
    """Stands for the web server in tests that are about something else."""
    raise AssertionError("nothing was to be served")


@dataclass
class CommandLine:
    """A folder with a configuration, and `accord` to be run in it. `launched`: what the app was started on."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    launched: list[tuple[Config, Paths, bool]] = field(default_factory=list)

    def __call__(self, *arguments: str) -> Result:
        self.capsys.readouterr()
        status = main(arguments, Screen(self.launch, check_keys, no_server))
        got = self.capsys.readouterr()
        assert "Traceback" not in got.out + got.err
        return Result(status, got.out, got.err)

    def launch(self, config: Config, paths: Paths, *, demo: bool = False) -> int:
        self.launched.append((config, paths, demo))
        return 0

    @property
    def store(self) -> FileStore:
        return FileStore(self.folder / "store")

    @property
    def home(self) -> Paths:
        home = self.folder.parent / "home"
        return Paths(home / "config", home / "data", home / "state", home / "cache")

    def workspace(self) -> Workspace:
        return Workspace.open(load_config(self.folder / "config.yaml"), self.home, background=False)

    def hold_a_meeting(self, *titles: str, done: tuple[str, ...] = ()) -> None:
        """Start the planned meeting, promise these things, keep some of them, and close it."""
        workspace = self.workspace()
        session = workspace.start(workspace.session())
        for title in titles:
            session.add(ActionItem(title=title, owner="Sam"))
        for item in session.meeting.action_items.values():
            if item.title in done:
                session.change(item.uid, state="done")
        workspace.close(session)

    def files(self) -> dict[str, bytes]:
        """Every file below the folder, but the store's lock."""
        found = (path for path in self.folder.rglob("*") if path.is_file() and path.name != ".lock")
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in found}
