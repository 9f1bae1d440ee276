"""Two machines and their copies of one meeting, for the tests of mending."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from meetings.meeting import Meeting
from meetings.session import Session
from meetings.store.files import FileStore
from tests.conftest import Clock

COPY = " (Sam's conflicted copy 2026-11-21).json"
"""How the copy's name ends that the other machine's file becomes in these tests."""

Edits = Callable[[Session], object]


def session_on(store: FileStore, number: int, clock: Clock, seat: str = "other") -> Session:
    return Session(store, store.read(number), seat=seat, now=clock.now, today=clock.today, background=False)


def apart(store: FileStore, number: int, clock: Clock, here: Edits, there: Edits) -> Path:
    """One meeting, edited on two machines at once; the other's file arrives as a copy beside ours."""
    copy = store.folder / f"{number:04d}{COPY}"
    with TemporaryDirectory() as folder:
        other = Path(folder) / "store"
        shutil.copytree(store.folder, other)
        clock.advance(60)
        here(session_on(store, number, clock, "here"))
        clock.advance(60)
        there(session_on(FileStore(other), number, clock, "there"))
        shutil.copy(other / f"{number:04d}.json", copy)
    return copy


def content(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def mended(store: FileStore) -> list[str]:
    """What was done. Doing it once more changes nothing."""
    done = [one.what for one in store.mend()]
    after = content(store.folder)
    assert list(store.mend()) == []
    assert content(store.folder) == after
    return done


def set_aside(store: FileStore) -> list[bytes]:
    return [path.read_bytes() for path in sorted((store.folder / "set-aside").glob("*.json"))]


def titles(meeting: Meeting) -> set[str]:
    return {win.title for win in meeting.wins.values()}


def edit_file(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a file as a person with a text editor would."""
    tables = json.loads(path.read_text("utf-8"))
    change(tables)
    path.write_text(json.dumps(tables, indent=1, ensure_ascii=False), "utf-8")


def leftover(store: FileStore, data: bytes, age: float = 3600) -> Path:
    path = store.folder / ".0001.json.0123abcd.tmp"
    path.write_bytes(data)
    moment = path.stat().st_mtime - age
    os.utime(path, (moment, moment))
    return path
