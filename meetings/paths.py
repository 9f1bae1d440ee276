"""The folders that Accord uses for one person. Importing this, and asking, creates nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

HOME = "ACCORD_HOME"
"""Environment variable that puts all four folders below one folder of your choice."""


@dataclass(frozen=True)
class Paths:
    """Where a person's settings, meetings, the app's own memory, and what can be thrown away are kept."""

    config: Path
    data: Path
    state: Path
    cache: Path


def user_paths() -> Paths:
    """The folders of the person who runs Accord.

    `$ACCORD_HOME/config`, `data`, `state` and `cache` when that variable is set; else the folders that the
    system keeps for it (on Linux the XDG variables are followed).
    """
    chosen = os.environ.get(HOME)
    if chosen:
        home = Path(os.path.abspath(os.path.expanduser(chosen)))  # noqa: PTH100, PTH111 - an unknown ~user stays as typed
        return Paths(home / "config", home / "data", home / "state", home / "cache")
    from platformdirs import PlatformDirs

    found = PlatformDirs("accord", appauthor=False)
    return Paths(found.user_config_path, found.user_data_path, found.user_state_path, found.user_cache_path)
