"""Meetings that several programs of one story open, each as a machine of its own would."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from meetings.store.base import MeetingStore
from meetings.store.files import FileStore
from meetings.store.offline import PatientStore
from meetings.store.postgres import PostgresStore


class Stores(Protocol):
    """One set of meetings. Whoever begins a story has a new one."""

    looked_at: MeetingStore
    """A store that is only read."""

    def opened(self, seat: str) -> MeetingStore:
        """The store as a program that starts now opens it."""

    def close(self) -> None:
        """Nothing is asked of them any more."""


Maker = Callable[[Path], Stores]
"""What makes them, below a folder for files."""


class Folders:
    """A folder of meeting files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "store"
        self.looked_at = FileStore(self._folder)

    def opened(self, seat: str) -> FileStore:
        return FileStore(self._folder)

    def close(self) -> None:
        """There is nothing to close."""


class ManySeries:
    """A series in a database, opened as the app does it, by each seat with a state folder of its own."""

    def __init__(self, address: str, folder: Path) -> None:
        self._address, self._folder = address, folder
        self._name = f"story {uuid.uuid4().hex[:8]}"
        self.looked_at = PostgresStore(address, self._name)
        self._opened: dict[str, PatientStore] = {}

    def opened(self, seat: str) -> PatientStore:
        if seat in self._opened:
            self._opened[seat].close()
        self._opened[seat] = PatientStore(self._address, self._name, self._folder / f"waiting-{seat}")
        return self._opened[seat]

    def close(self) -> None:
        for store in (self.looked_at, *self._opened.values()):
            store.close()
