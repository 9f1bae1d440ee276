"""What the browsers' visitors leave in the state folder, and when it goes: never while anything waits in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from tui.memory import FILE as SCREEN

FOLDER = "visitors"
"""In the state folder: a folder for each visitor (tui.served.own_folder)."""
IN_USE = "in-use"
"""The file that a visitor's app has locked while it runs."""
SEAT = "seat"
"""What a visitor's undo goes by (meetings.workspace.seat_of)."""
EMPTIED = ("clashes", "private")
"""Folders that stay behind, empty, once what was in them has been seen or taken away."""
OF_THE_SCREEN = ("theme", "name", "folder", "export", "time")
"""What the screen remembers (tui.memory) that can be chosen or said again. All else, as half-typed lines, is missed."""
KEPT_DAYS = 30
DAY_SECONDS = 24 * 60 * 60


def use(folder: Path) -> object:
    """Say that the app of the visitor in that folder runs, for as long as what is returned is kept.

    Where that cannot be said (a read-only home), nothing can be cleared, either.
    """
    held = _lock(folder)
    with suppress(OSError):
        held.__enter__()
        touch(folder)
    return held


def touch(folder: Path) -> None:
    """The visitor in that folder was here just now."""
    with suppress(OSError):
        os.utime(folder / IN_USE)


def clear(state: Path, now: float) -> int:
    """Take away the folders of visitors who have not been here for 30 days. How many that were.

    `now` is in seconds, as time.time() has it. A folder stays whose app runs, in which half-typed lines, notes or
    clashes wait, or which holds anything that is not known here. What goes is a name, a theme and the like: nobody
    comes back to it, since each start of the server has cookies of its own.
    """
    cleared = 0
    with suppress(OSError):
        for folder in (state / FOLDER).iterdir():
            with suppress(OSError):
                cleared += _clear(folder, now)
    return cleared


def _clear(folder: Path, now: float) -> bool:
    """Whether that one is gone. Raises OSError when its app runs, or when it cannot be looked at or changed."""
    named = re.fullmatch(r"[0-9a-f]{8,64}", folder.name) and not folder.is_symlink() and folder.is_dir()
    if not named or now - _last_used(folder) < KEPT_DAYS * DAY_SECONDS or _waits(folder):
        return False
    with _lock(folder):
        if _waits(folder):
            return False
        for name in (SCREEN, SEAT):
            (folder / name).unlink(missing_ok=True)
        for name in EMPTIED:
            if (folder / name).exists():
                (folder / name).rmdir()
    (folder / IN_USE).unlink()
    folder.rmdir()  # what has come meanwhile keeps it
    return True


def _last_used(folder: Path) -> float:
    return max(path.stat().st_mtime for path in (folder, *folder.iterdir()))


def _waits(folder: Path) -> bool:
    """Whether it holds anything that somebody could miss. What is not known counts as such."""
    for path in folder.iterdir():
        if path.name in EMPTIED and path.is_dir() and not path.is_symlink():
            if any(path.iterdir()):
                return True
        elif path.name not in (SCREEN, SEAT, IN_USE) or not path.is_file():
            return True
    try:
        remembered = msgspec.json.decode((folder / SCREEN).read_bytes(), type=dict[str, str])
    except FileNotFoundError:
        return False
    except msgspec.DecodeError:
        return True
    return any(value and name.partition(" ")[0] not in OF_THE_SCREEN for name, value in remembered.items())


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold the lock of that visitor's app. Raises OSError when another program has it, or it cannot be had."""
    from portalocker import Lock, LockException

    lock = Lock(folder / IN_USE, "ab", timeout=0, fail_when_locked=True)
    try:
        lock.acquire()
    except LockException as error:
        raise OSError(str(error)) from None
    try:
        yield
    finally:
        lock.release()
