"""The store that a configuration or a person names: a folder, or a series of meetings on a PostgreSQL server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from meetings.config import Config, store_location
from meetings.config.places import is_server, resolved
from meetings.errors import UsageError
from meetings.paths import Paths
from meetings.store.base import MeetingStore

if TYPE_CHECKING:
    from meetings.store.postgres import PostgresStore


def open_store(config: Config, paths: Paths, *, patient: bool = False) -> MeetingStore:
    """The store of that configuration. Nothing is read or written yet.

    `patient`: while a server does not answer, edits wait on this machine (see meetings.store.offline). Raises
    UsageError when it is on a server and what that needs is not installed, or the address is no address.
    """
    location = store_location(config, paths)
    if patient and isinstance(location, str):
        _server(location, config.series)
        from meetings.store.offline import PatientStore

        return PatientStore(location, config.series, paths.state / "waiting")
    return _store(location, config.series)


def store_at(named: str, folder: Path, series: str) -> MeetingStore:
    """The store that a person names: a path, relative to `folder`, or a server's address. Raises as `open_store`."""
    return _store(named if is_server(named) else resolved(named, folder), series)


def open_server(config: Config, paths: Paths) -> PostgresStore | None:
    """The store when the configuration names a server, else None. Raises as `open_store`."""
    location = store_location(config, paths)
    return _server(location, config.series) if isinstance(location, str) else None


def _store(location: Path | str, series: str) -> MeetingStore:
    if isinstance(location, str):
        return _server(location, series)
    from meetings.store.files import FileStore

    return FileStore(location)


def _server(address: str, series: str) -> PostgresStore:
    try:
        from meetings.store.postgres import PostgresStore
    except ImportError:
        raise UsageError(
            "A store on a PostgreSQL server needs the library psycopg, which is not installed.",
            "Install Accord with it: pip install 'accord-meetings[postgres]'.",
        ) from None
    return PostgresStore(address, series)
