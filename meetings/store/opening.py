"""The store that a configuration names: a folder, or a series of meetings on a PostgreSQL server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meetings.config import Config, store_location
from meetings.errors import UsageError
from meetings.paths import Paths
from meetings.store.base import MeetingStore

if TYPE_CHECKING:
    from meetings.store.postgres import PostgresStore


def open_store(config: Config, paths: Paths) -> MeetingStore:
    """The store of that configuration. Nothing is read or written yet.

    Raises UsageError when it is on a server and what that needs is not installed, or the address is no address.
    """
    server = open_server(config, paths)
    if server is not None:
        return server
    from meetings.config import store_folder
    from meetings.store.files import FileStore

    return FileStore(store_folder(config, paths))


def open_server(config: Config, paths: Paths) -> PostgresStore | None:
    """The store when the configuration names a server, else None. Raises as `open_store`."""
    location = store_location(config, paths)
    if not isinstance(location, str):
        return None
    try:
        from meetings.store.postgres import PostgresStore
    except ImportError:
        raise UsageError(
            "A store on a PostgreSQL server needs the library psycopg, which is not installed.",
            "Install Accord with it: pip install 'accord-meetings[postgres]'.",
        ) from None
    return PostgresStore(location, config.series)
