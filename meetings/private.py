"""The facilitator's private notes: a file of their own, never in the store, a search or an export."""

from __future__ import annotations

import re
import uuid
from pathlib import Path

import msgspec

from meetings.errors import StoreError
from meetings.store.durable import write_durably
from meetings.text import clean


class PrivateNotes:
    """Private notes by meeting and step, one file (0600) a meeting, in the user's state folder."""

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
        # A uid is what a file of the store says: it may not lead to any other place.
        plain = re.fullmatch(r"[0-9a-zA-Z-]{1,64}", meeting_uid)
        return self.folder / f"{meeting_uid if plain else uuid.uuid5(uuid.NAMESPACE_OID, meeting_uid)}.json"
