"""Sample stores of any size, each with its latest meeting running, and the ways to open them."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from meetings.config import load_config
from meetings.demo import write_demo
from meetings.paths import HOME, Paths
from meetings.workspace import Workspace, local_today

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """A workspace below a folder: nothing of the user's is touched."""

    folder: Path

    @property
    def config(self) -> Path:
        return self.folder / "sample" / "config.yaml"

    @property
    def store(self) -> Path:
        return self.folder / "sample" / "store"

    @property
    def files(self) -> list[Path]:
        """The meeting files, oldest first."""
        return sorted(self.store.glob("*.json"))

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a program that runs here."""
        return bare_environment(self.folder) | {HOME: str(self.folder / "home"), "PYTHONPATH": str(ROOT)}

    def workspace(self, *, background: bool = False) -> Workspace:
        """Configuration and store; with `background`, edits are saved as in the app."""
        home = self.folder / "home"
        paths = Paths(home / "config", home / "data", home / "state", home / "cache")
        return Workspace.open(load_config(self.config), paths, background=background)

    def command(self, *arguments: str) -> list[str]:
        """`accord` with these arguments on this workspace."""
        return [sys.executable, "-m", "tui", *arguments, "--config", str(self.config)]


def bare_environment(home: Path) -> dict[str, str]:
    """A terminal's environment in which nothing of the user's is found."""
    kept = {name: os.environ[name] for name in ("PATH", "TZ", "SYSTEMROOT") if name in os.environ}
    return kept | {"HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}


def running(folder: Path, meetings: int) -> Place:
    """A store with so many closed meetings and one that runs."""
    place = Place(folder / f"store-{meetings}")
    write_demo(place.folder / "sample", meetings, until=local_today())
    workspace = place.workspace()
    workspace.start(workspace.session()).saver.close()
    return place


def last_of(large: Place, meetings: int) -> Place:
    """A store with only the last so many meetings of a large one: what is on the screen and in its file is the same."""
    place = Place(large.folder.with_name(f"last-{meetings}"))
    place.store.mkdir(parents=True)
    for file in (large.config, *large.files[-meetings - 1 :]):
        shutil.copy2(file, place.folder / file.relative_to(large.folder))
    return place
