"""Where a test's meetings are kept: a folder, or a series in a database. The same tests run on both."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from msgspec.structs import replace

from meetings.config import Config
from meetings.meeting import Meeting
from meetings.store.base import MeetingStore
from meetings.store.files import FileStore
from meetings.store.postgres import PostgresStore
from meetings.workspace import Workspace

KINDS = ("folder", "postgresql")


class Place(Protocol):
    """A place for meetings that a test can also reach behind Accord's back."""

    def store(self) -> MeetingStore:
        """The store, as another program would open it."""

    def configured(self, config: Config) -> Config:
        """The configuration with this place as its store."""

    def raw(self, number: int) -> bytes:
        """What is kept of a meeting, as any program would read it: JSON."""

    def put(self, number: int, raw: bytes) -> None:
        """Replace that."""

    def remove(self, number: int) -> None:
        """Take a meeting away."""


class Folder:
    """A folder of meeting files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def store(self) -> FileStore:
        return FileStore(self.folder)

    def configured(self, config: Config) -> Config:
        return replace(config, store=str(self.folder))

    def raw(self, number: int) -> bytes:
        return self.store().path(number).read_bytes()

    def put(self, number: int, raw: bytes) -> None:
        self.store().path(number).write_bytes(raw)

    def remove(self, number: int) -> None:
        self.store().path(number).unlink()


class Series:
    """A series of meetings in a database of its own name."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.name = f"test {uuid.uuid4().hex[:8]}"

    def store(self) -> PostgresStore:
        return PostgresStore(self.address, self.name)

    def configured(self, config: Config) -> Config:
        return replace(config, store=self.address, series=self.name)

    def raw(self, number: int) -> bytes:
        with self._row(number) as (connection, where):
            row = connection.execute(f"SELECT content::text FROM accord.meetings {where[0]}", where[1])
            return str(row.fetchone()[0]).encode()  # type: ignore[index]

    def put(self, number: int, raw: bytes) -> None:
        with self._row(number) as (connection, where):
            connection.execute(
                f"UPDATE accord.meetings SET content = %s::jsonb, version = version + 1 {where[0]}",
                (raw.decode(), *where[1]),
            )

    def remove(self, number: int) -> None:
        with self._row(number) as (connection, where):
            connection.execute(f"DELETE FROM accord.meetings {where[0]}", where[1])

    @contextmanager
    def _row(self, number: int) -> Iterator[tuple[psycopg.Connection[Any], tuple[str, tuple[str, int]]]]:
        with psycopg.connect(self.address, autocommit=True) as connection:
            yield connection, ("WHERE series = %s AND number = %s", (self.name, number))


def again(store: MeetingStore) -> MeetingStore:
    """The same store, as another program would open it."""
    if isinstance(store, PostgresStore):
        return PostgresStore(store.address, store.series)
    assert isinstance(store, FileStore)
    return FileStore(store.folder)


def opened(workspace: Workspace) -> Workspace:
    """The same configuration and store, as the next launch opens them."""
    return Workspace.open(
        workspace.config,
        workspace.paths,
        background=workspace.background,
        now=workspace.now,
        today=workspace.today,
    )


def on_disk(workspace: Workspace, number: int) -> Meeting:
    return again(workspace.store).read(number)
