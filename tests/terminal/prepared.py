"""What the terminal tests begin with: a configuration, a store and a meeting in it, where `accord` finds them."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

from meetings.config import commented_config, load_config
from meetings.config.writer import Answers
from meetings.flow import clock
from meetings.meeting import Meeting
from meetings.model import Record
from meetings.paths import Paths
from meetings.session import Session
from meetings.store.files import FileStore
from meetings.workspace import Workspace, utc_now
from tests.terminal.driver import Terminal

PEOPLE = ("Sam", "Priya", "Jo")


def paths_of(home: Path) -> Paths:
    """The folders that the driver gives the app."""
    folder = home / "accord"
    return Paths(folder / "config", folder / "data", folder / "state", folder / "cache")


def config_file(home: Path) -> Path:
    """The configuration, written when there is none: Sam in sales, Priya and Jo in marketing."""
    path = paths_of(home).config / "config.yaml"
    if not path.exists():
        path.parent.mkdir(parents=True)
        path.write_text(commented_config(Answers(people_a=PEOPLE[:1], people_b=PEOPLE[1:])), "utf-8")
    return path


def workspace(home: Path, moment: dt.datetime | None = None) -> Workspace:
    """The workspace of the app, in which every edit is on disk at once; at another moment if one is named."""
    now = (lambda: moment) if moment else utc_now
    config = load_config(config_file(home))
    return Workspace.open(config, paths_of(home), background=False, now=now, today=lambda: now().date())


def running(home: Path, *records: Record) -> Session:
    """The first meeting, started, with these records."""
    place = workspace(home)
    session = place.start(place.session())
    for record in records:
        session.add(record)
    return session


def store_of(home: Path) -> FileStore:
    """The store, as if opened for the first time."""
    return FileStore(paths_of(home).data / "store")


def meeting(home: Path, number: int = 1) -> Meeting:
    """A meeting as it is on disk."""
    return store_of(home).read(number)


def rows(home: Path, table: str, number: int = 1) -> list[dict[str, Any]]:
    """The rows of a table, read from the file as any program would."""
    path = store_of(home).path(number)
    return list(json.loads(path.read_text("utf-8"))[table].values())


def recorded(home: Path, number: int = 1) -> int:
    """The seconds of the meeting's clock that are on disk."""
    return clock.elapsed(meeting(home, number))


def clock_of(app: Terminal) -> int:
    """The seconds that the line on top shows."""
    found = re.search(r"(?:(\d+):)?(\d+):(\d\d) of ", app.text.split("\n", 1)[0])
    assert found, app.text
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return (hours * 60 + minutes) * 60 + seconds


def in_meeting(app: Terminal) -> Terminal:
    """Wait until the running meeting is on the screen and takes keys."""
    app.wait_for(lambda shown: "? Help" in shown and has_clock(app))
    return app


def has_clock(app: Terminal) -> bool:
    """Whether the line on top has the clock of a meeting."""
    return " · ends " in app.text.split("\n", 1)[0] or " of 60:00" in app.text.split("\n", 1)[0]


def add_line(app: Terminal, key: str, line: str) -> None:
    """Quick add one line and close the panel; the edit is on disk then."""
    app.press(key)
    app.wait_for("Esc ends")
    app.type(line)
    app.press("Enter")
    app.wait_for("Added:")
    app.press("Esc")
    app.wait_for("? Help", gone="Esc ends")
    app.saved()
