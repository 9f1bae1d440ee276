"""The programs that read what Accord exports, each with a home of its own; one that is missing is named and skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FOLDERS = (ROOT / ".clients" / "bin", ROOT / ".clients" / "node_modules" / ".bin")
"""Where .ci/run puts programs that would get into the way of Accord's own packages."""

ZONES = ("UTC", "America/New_York", "Asia/Tokyo")
"""Where people read a due date: it is the same day everywhere."""


def find(*names: str, recent: bool = False) -> str:
    """The program of one of these names; skips the test when there is none.

    `recent`: only where .ci/run puts it. Debian's khal and todoman of 2022 take backslashes away from titles.
    """
    path = os.pathsep.join([*map(str, FOLDERS), *([] if recent else [os.environ.get("PATH", "")])])
    for name in names:
        found = shutil.which(name, path=path)
        if found:
            return found
    pytest.skip(f"{names[0]} is not installed")


def run(
    home: Path,
    *command: str,
    zone: str = "UTC",
    more: Mapping[str, str] | None = None,
    status: int | None = 0,
) -> str:
    """What the program prints, with everything of the user's below `home`. It has to end with that status."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_STATE_HOME": str(home / "state"),
        "LC_ALL": "C.UTF-8",
        "TZ": zone,
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        command,
        env=environment | dict(more or {}),
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    assert status is None or done.returncode == status, (done.stdout + done.stderr)[-2000:]
    return done.stdout


def put(file: Path, text: str) -> Path:
    """The text in a file of that name, byte for byte."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8"))
    return file
