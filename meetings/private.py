"""What is kept for this user alone, in their state folder: never in the store, a search or an export."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import re
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from meetings.errors import StoreError
from meetings.flow.merge import Clash
from meetings.meeting import TABLES
from meetings.store.durable import write_durably
from meetings.text import clean, clean_value


class PrivateNotes:
    """The facilitator's private notes by meeting and step, one file (0600) a meeting."""

    def __init__(self, state_folder: Path) -> None:
        self.folder = state_folder / "private"

    def read(self, meeting_uid: str) -> dict[str, str]:
        """The notes of a meeting by step. Raises StoreError when the file cannot be read."""
        try:
            raw = self._path(meeting_uid).read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise StoreError(f"The private notes cannot be read: {error.strerror}.") from None
        try:
            notes = msgspec.json.decode(raw, type=dict[str, str])
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise StoreError(f"{self._path(meeting_uid)} is not whole; it is kept as it is.") from None
        return {step: clean(text, lines=True) for step, text in notes.items()}

    def write(self, meeting_uid: str, step: str, text: str) -> None:
        """Put down the note of one step; an empty text takes it away. Raises StoreError."""
        notes = self.read(meeting_uid)
        notes[step] = clean(text, lines=True)
        kept = {key: value for key, value in notes.items() if value}
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(self._path(meeting_uid), msgspec.json.format(msgspec.json.encode(kept)))
        except OSError as error:
            raise StoreError(f"The private note could not be saved: {error.strerror}.") from None

    def _path(self, meeting_uid: str) -> Path:
        return _file_in(self.folder, meeting_uid)


class UnseenClashes:
    """What was edited in two places and nobody has looked at yet, one file (0600) a meeting.

    It outlives the program, so that the version that was not kept can still be taken. Where that is not possible (a
    read-only home, a damaged file) the list ends with the program, and nobody is troubled with it.
    """

    def __init__(self, state_folder: Path) -> None:
        self.folder = state_folder / "clashes"

    def read(self, meeting_uid: str) -> list[Clash]:
        """Those of a meeting, in the order in which they came."""
        try:
            raw = _file_in(self.folder, meeting_uid).read_bytes()
            found = msgspec.json.decode(raw, type=list[Clash])
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return []
        clashes = []
        for clash in found:
            with contextlib.suppress(
                LookupError, msgspec.ValidationError
            ):  # of a field that there is not any more
                clashes.append(_as_in_memory(clash))
        return clashes

    def add(self, meeting_uid: str, clashes: Iterable[Clash]) -> None:
        """Keep these, too; one about the same field takes the place of that before."""
        new = {_place(clash): clash for clash in clashes}
        self._write(meeting_uid, [*self._without(meeting_uid, new), *new.values()])

    def remove(self, meeting_uid: str, clashes: Iterable[Clash]) -> None:
        """These have been seen."""
        self._write(meeting_uid, self._without(meeting_uid, {_place(clash) for clash in clashes}))

    def _without(self, meeting_uid: str, places: Iterable[object]) -> list[Clash]:
        return [clash for clash in self.read(meeting_uid) if _place(clash) not in places]

    def _write(self, meeting_uid: str, clashes: list[Clash]) -> None:
        path = _file_in(self.folder, meeting_uid)
        with contextlib.suppress(OSError):
            if clashes:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_durably(path, msgspec.json.format(msgspec.json.encode(clashes)))
            else:
                path.unlink(missing_ok=True)


def _place(clash: Clash) -> tuple[str, str, str, dt.date | None]:
    """What tells a clash from the others of its meeting."""
    return (clash.table, clash.uid, clash.field, clash.day)


def _as_in_memory(clash: Clash) -> Clash:
    """A clash that was read from a file, its two values as its field has them. Raises LookupError, ValidationError."""
    kind: Any = str | None
    if clash.day is not None:
        kind = float | None
    elif clash.field:
        kind = get_type_hints(TABLES[clash.table])[clash.field]
    kept, other = (msgspec.convert(clean_value(value), kind) for value in (clash.kept, clash.other))
    return dataclasses.replace(clash, kept=kept, other=other)


def _file_in(folder: Path, meeting_uid: str) -> Path:
    # A uid is what a file of the store says: it may not lead to any other place.
    plain = re.fullmatch(r"[0-9a-zA-Z-]{1,64}", meeting_uid)
    return folder / f"{meeting_uid if plain else uuid.uuid5(uuid.NAMESPACE_OID, meeting_uid)}.json"
