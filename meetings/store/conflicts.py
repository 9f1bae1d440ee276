"""Files in the store that are not a meeting's own: copies that other programs left, and writes that were killed.

What each holds is compared with the meeting: so it can be set aside, merged, or has to be left to a person.
"""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from meetings.errors import StoreError
from meetings.flow.copies import can_reunite, lacking, reunite
from meetings.flow.merge import Clash
from meetings.kinds import MeetingState
from meetings.meeting import Meeting
from meetings.store.aside import SET_ASIDE
from meetings.store.base import MeetingStore, Unreadable
from meetings.store.codec import check_keys, check_rows, decode
from meetings.store.durable import read_file
from meetings.text import clean

KILLED = "a write that was killed"
ANOTHER_NAME = "another name"
"""What an unknown program or a person called a meeting file."""
FILE_MANAGER = "a file manager"
OF_A_PERSON = (ANOTHER_NAME, FILE_MANAGER)
"""Copies that somebody may have made on purpose, as a backup: they are not merged."""

_DATE = r"\d{4}-\d{2}-\d{2}"
_PATTERNS = {
    rf" \(.*conflicted copy {_DATE} \d{{6}}\)(?: \(\d+\))?": "Nextcloud",
    rf" \(.*conflicted copy(?: {_DATE})?(?: \(\d+\))?\)(?: \(\d+\))?": "Dropbox",
    r" \(SFConflict .*\)": "Seafile",
    rf" \(copy {_DATE} \d{{4}}(?: \d+)?\)": "Accord itself",  # see meetings.store.elsewhere
    r" \(.*(?i:confli|konflikt).*\)(?: \(\d+\))?": "a program that keeps folders in step",
    r"_conflict-[\d-]+": "ownCloud",
    r"\.sync-conflict-\d{8}-\d{6}-[A-Z0-9]{7}": "Syncthing",
    r"\.[Cc]onflict(?:\.\d+)?": "Resilio Sync",
    r" ?\(\d{1,3}\)": "Google Drive or a browser",
    r" \d{1,3}": "iCloud",
    r" - Copy(?: \(\d+\))?| copy(?: \d+)?": FILE_MANAGER,
    r"-(?=[^.]*[A-Z])[\w-]{1,63}": "OneDrive",
}
"""What programs put between the number and `.json`, and which do. The first that fits counts."""
_COPY = [
    (re.compile(rf"([0-9]{{1,9}})(?:{middle})\.json", re.DOTALL), who) for middle, who in _PATTERNS.items()
]
_OTHER_ZEROS = re.compile(r"([0-9]{1,9})\.json")
_UNFINISHED = re.compile(r"\.([0-9]{4,9})(?:\.[\w-]+)?\.json\.[0-9a-f]{8}\.tmp")

MEND = "`accord check --mend`"

WAIT = 300.0
"""Seconds after which a temporary file is not being written any more."""


@dataclass(frozen=True)
class Stray:
    """A file that is not a meeting's own: which meeting it seems to be of (0: not told by the name), who made it."""

    path: Path
    number: int
    maker: str

    @property
    def name(self) -> str:
        """The file's name, within the store."""
        in_aside = self.path.parent.name == SET_ASIDE
        return f"{SET_ASIDE}/{self.path.name}" if in_aside else self.path.name


class Way(Enum):
    """What can safely be done with a stray file."""

    LEAVE = "leave it to a person"
    ASIDE = "set it aside"
    MERGE = "merge it and set it aside"
    REMOVE = "remove it"


@dataclass(frozen=True)
class Verdict:
    """What is to be done with a stray file, and what people are told. `merged` is for Way.MERGE alone."""

    way: Way
    what: str
    remedy: str
    merged: Meeting | None = None
    base: Meeting | None = None
    clashes: tuple[Clash, ...] = ()


def shown(name: str) -> str:
    """A file's name as it can be printed on one line, whatever bytes it is made of."""
    return clean(os.fsencode(name).decode("utf-8", "replace"))


def strays(folder: Path) -> list[Stray]:
    """The files of a store's folder that are not a meeting's own, by name. Raises StoreError."""
    found = [stray for name in _names(folder) if (stray := recognised(folder / name)) is not None]
    aside = folder / SET_ASIDE
    if aside.is_dir() and not aside.is_symlink():
        left = ((aside / name, _left(aside / name)) for name in _names(aside))
        found += [Stray(path, number, KILLED) for path, number in left if number]
    return found


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names alone
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreError(f"{folder} cannot be read: {(error.strerror or str(error)).lower()}.") from None


def recognised(path: Path) -> Stray | None:
    """Whose file this is by its name, and which meeting it is of; None for a meeting's own and for what is none."""
    from meetings.store.files import NAME

    name = path.name
    if NAME.fullmatch(name):
        return None
    if name.startswith("."):
        number = _left(path)
        return Stray(path, number, KILLED) if number else None
    if found := _OTHER_ZEROS.fullmatch(name):
        return Stray(path, int(found[1]), ANOTHER_NAME)
    for pattern, maker in _COPY:
        if found := pattern.fullmatch(name):
            return Stray(path, int(found[1]), maker)
    if name.lower().endswith(".json"):
        meeting = _meeting_or_none(path)
        return Stray(path, meeting.head.number, ANOTHER_NAME) if meeting is not None else None
    return None


def _left(path: Path) -> int:
    """The number of the meeting that a killed write of some minutes ago was about; 0 when it is no such file."""
    found = _UNFINISHED.fullmatch(path.name)
    try:
        return int(found[1]) if found and path.lstat().st_mtime < time.time() - WAIT else 0
    except OSError:
        return 0


def _meeting_or_none(path: Path) -> Meeting | None:
    try:
        return read_stray(path)
    except StoreError:
        return None


def read_stray(path: Path) -> Meeting:
    """The meeting in a file of any name. Raises Unreadable; links are not followed."""
    name = shown(path.name)
    if path.is_symlink():
        raise Unreadable(f"{name} is a link.", "Move it out of the folder.")
    try:
        raw = read_file(path)
    except OSError as error:
        raise Unreadable(
            f"{name} cannot be read: {error.strerror or error}.", "Move it out of the folder."
        ) from None
    meeting = decode(raw, name)
    check_rows(raw, name)
    check_keys(raw, name)
    return meeting


def open_number(store: MeetingStore) -> int:
    """The number of the meeting that accepts edits; 0 when there is none. Raises Unreadable for the latest."""
    numbers = list(store.numbers())
    if not numbers:
        return 0
    latest = store.read(numbers[-1]).head
    if latest.state is MeetingState.PLANNED and latest.number - 1 in numbers:
        try:
            if store.read(latest.number - 1).head.state is MeetingState.RUNNING:
                return latest.number - 1
        except StoreError:
            pass
    return latest.number if latest.state is not MeetingState.CLOSED else 0


def judge(store: MeetingStore, stray: Stray) -> Verdict:
    """What a stray file holds and what is to be done with it. Nothing is written. Never raises StoreError."""
    own = f"{stray.number:04d}.json"
    if stray.maker == KILLED:
        return _judge_unfinished(store, stray, own)
    what = f"This is a copy of meeting {stray.number} that {stray.maker} has left."
    if stray.maker == ANOTHER_NAME:
        what = f"This holds meeting {stray.number}, but only {own} is read."
    try:
        copy = read_stray(stray.path)
    except StoreError as error:
        return Verdict(
            Way.LEAVE, f"{what} {error.message}", "It is kept as it is. Move it out of the folder."
        )
    if copy.head.number != stray.number:
        said = f"{what} But it says that it is meeting {copy.head.number}."
        return Verdict(
            Way.LEAVE, said, "It is kept as it is. Give it the right name, or move it out of the folder."
        )
    if stray.number not in store.numbers():
        return Verdict(
            Way.LEAVE,
            f"{what} There is no {own}.",
            f"If it is the meeting that is missing, name it {own}; otherwise move it out of the folder.",
        )
    try:
        mine = store.read(stray.number)
        current = open_number(store)
    except StoreError as error:
        return Verdict(
            Way.LEAVE,
            f"{what} It can be read.",
            f"{error.message} If this copy is the right one, give it the place of {own}."
            if own in error.message
            else f"First see to the latest meeting: {error.message}",
        )
    if stray.number == current and stray.maker not in OF_A_PERSON and can_reunite(mine, copy):
        return _reunited(what, own, mine, copy)
    return _compared(what, own, mine, copy, accepts_edits=stray.number == current)


def _reunited(what: str, own: str, mine: Meeting, copy: Meeting) -> Verdict:
    """A copy of the meeting that accepts edits."""
    merged = reunite(mine, copy)
    if merged.meeting == mine:
        said, remedy = f"{what} It holds nothing that {own} lacks.", f"{MEND} sets it aside."
        return Verdict(Way.ASIDE, said, remedy, base=mine, clashes=merged.clashes)
    remedy = f"{MEND} merges it, says where the two differ, and keeps both files in {SET_ASIDE}."
    said = f"{what} It holds more than {own}."
    return Verdict(Way.MERGE, said, remedy, merged.meeting, mine, merged.clashes)


def _compared(what: str, own: str, mine: Meeting, copy: Meeting, *, accepts_edits: bool) -> Verdict:
    """A copy of a meeting that is not merged: set aside when nothing is lost by that."""
    if mine.head.uid != copy.head.uid:
        said = f"{what} But it is another meeting than {own}: the two were planned apart."
        return Verdict(
            Way.LEAVE, said, "Type what is missing into the meeting, then move it out of the folder."
        )
    more = lacking(mine, copy)
    if mine.head.state is not copy.head.state and accepts_edits:
        more.insert(0, f"that the meeting is {copy.head.state.value}, not {mine.head.state.value}")
    if not more:
        return Verdict(
            Way.ASIDE, f"{what} It holds nothing that {own} lacks.", f"{MEND} sets it aside.", base=mine
        )
    named = ", ".join(more[:5]) + (f" and {len(more) - 5} more" if len(more) > 5 else "")
    return Verdict(
        Way.LEAVE,
        f"{what} It holds what {own} does not: {named}.",
        "Choose one of the two, or take over by hand what is missing; then move the copy out of the folder.",
    )


def _judge_unfinished(store: MeetingStore, stray: Stray, own: str) -> Verdict:
    """A temporary file: removed only when the meeting is there, whole, with all that can be read in it."""
    what = "A write was killed and has left this file."
    if not stray.path.is_file() or stray.path.is_symlink():
        return Verdict(Way.LEAVE, f"{what} It is not a file.", "Move it out of the folder.")
    if stray.path.parent.name == SET_ASIDE:
        return Verdict(Way.REMOVE, what, f"{MEND} removes it.")
    try:
        mine = store.read(stray.number)
    except StoreError:
        return Verdict(Way.ASIDE, f"{what} {own} cannot be read.", f"{MEND} sets it aside.")
    written = _meeting_or_none(stray.path)
    if written is not None and lacking(mine, written):
        return Verdict(Way.ASIDE, f"{what} It holds an edit that {own} lacks.", f"{MEND} sets it aside.")
    return Verdict(Way.REMOVE, f"{what} {own} is whole and lacks nothing of it.", f"{MEND} removes it.")
