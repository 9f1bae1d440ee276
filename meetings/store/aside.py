"""The folder beside the meetings for files that are no longer in use and are kept all the same.

Nothing in it is read by Accord, and nothing there is ever replaced.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from meetings.store import migrate
from meetings.store.durable import Uncertain, make_folder, read_file, sync_folder, write_durably

SET_ASIDE = "set-aside"
"""The folder's name in the store."""


def keep(store: Path, stem: str, data: bytes) -> Path:
    """Put those bytes into the folder, as `stem`.json, unless they are there under that name. Raises OSError."""
    folder = _made(store)
    target = _free(folder, stem, data)
    if not target.exists():
        write_durably(target, data)
    return target


def keep_older(store: Path, number: int, raw: bytes) -> None:
    """Keep the file of a meeting in an older format, before it is written in today's. Raises OSError."""
    found = migrate.format_of(raw) if migrate.STEPS else None
    if found is not None and found < migrate.newest():
        try:
            keep(store, f"{number:04d}.schema-{found}", raw)
        except Uncertain as error:  # says nothing about the meeting's own file
            raise OSError(error.errno, error.strerror) from None


def move(path: Path, stem: str) -> Path:
    """Move a file of the store into the folder, as `stem`.json. Raises OSError; then it is where it was."""
    folder = _made(path.parent)
    target = _free(folder, stem)
    path.rename(target)
    sync_folder(folder)
    sync_folder(path.parent)
    return target


def moment_of(path: Path) -> str:
    """When the file was written, in UTC, as part of a name. Raises OSError."""
    seconds = path.stat().st_mtime
    try:
        return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H%M%SZ")
    except (ValueError, OverflowError, OSError):
        return "undated"


def _made(store: Path) -> Path:
    folder = store / SET_ASIDE
    make_folder(folder)
    return folder


def _free(folder: Path, stem: str, data: bytes | None = None) -> Path:
    """A name that nothing has yet, or that a file with these bytes has."""
    place = 1
    while True:
        target = folder / (f"{stem}.json" if place == 1 else f"{stem}-{place}.json")
        if not os.path.lexists(target) or (data is not None and _holds(target, data)):
            return target
        place += 1


def _holds(path: Path, data: bytes) -> bool:
    try:
        return read_file(path) == data
    except OSError:
        return False
