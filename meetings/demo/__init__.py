"""A sample workspace: the meetings of an invented company, to look around in and to measure with.

script     the kinds of lines that the story is made of
story      what is told: people, feedback, problems, decisions, wins
aims       what is measured: goals and sources of leads
promises   the action items
quarter    where a meeting stands in its quarter
numbers    leads, ratings and time spent
room       one meeting, changed by the rules
memory     what is kept in mind from meeting to meeting
goals      goals opened, read and closed
items      action items promised, kept and dropped
history    the story, played meeting by meeting
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from meetings.config import commented_config, default_config, load_config
from meetings.demo import story
from meetings.demo.history import History, weekday
from meetings.errors import StoreError, UsageError
from meetings.meeting import TABLES, Meeting
from meetings.store.codec import row_of
from meetings.store.durable import encode
from meetings.store.files import file_name

CONFIG = "config.yaml"
STORE = "store"
MOST = 9_999
"""Most meetings that can be asked for: 192 years of them."""


def write_demo(folder: Path, meetings: int = 13, *, until: dt.date) -> Path:
    """Write a sample workspace and return its config.yaml.

    The store beside it holds so many closed weekly meetings and the planned one, which comes on `until`, or on the
    Monday after it at a weekend. The same arguments give the same files, byte for byte.

    Raises UsageError when the folder holds a workspace already or the number of meetings will not do, StoreError when
    nothing can be written there.
    """
    if not 0 <= meetings <= MOST:
        raise UsageError(f"A sample can have 0 to {MOST:,} meetings, not {meetings:,}.")
    for name in (CONFIG, STORE):
        if (folder / name).exists():
            raise UsageError(
                f"There is a {name} in {folder} already; nothing was changed.", "Name a new or empty folder."
            )
    try:
        (folder / STORE).mkdir(mode=0o700, parents=True)
        path = folder / CONFIG
        path.write_text(_config(until), encoding="utf-8", newline="\n")
        for meeting in History(load_config(path), meetings, until).meetings():
            _write(folder / STORE / file_name(meeting.head.number), meeting)
    except OSError as error:
        raise StoreError(f"The sample cannot be written to {folder}: {error.strerror}.") from None
    return path


def _config(until: dt.date) -> str:
    """The commented configuration that set-up writes, under the sample's own name."""
    from meetings.config.writer import Answers, quoted  # loads the YAML library

    answers = Answers(people_a=story.SALES, people_b=story.MARKETING, day=weekday(until), folders=True)
    usual = f"\nname: {default_config().name}\n"
    text = commented_config(answers).replace(usual, f"\nname: {quoted(story.NAME)}\n", 1)
    return text.replace("# handed_over: 40 ", "handed_over: 100", 1)


def _write(path: Path, meeting: Meeting) -> None:
    """Write a meeting file as the store does, but without waiting for the disk: a sample can be made again."""
    tables: dict[str, dict[str, Any]] = {
        name: {str(place): row_of(row) for place, row in enumerate(meeting.table(name).values(), start=1)}
        for name in TABLES
    }
    path.write_bytes(encode(tables))
    path.chmod(0o600)
