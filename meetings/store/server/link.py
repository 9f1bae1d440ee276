"""The way to a PostgreSQL server: its address, one connection, and what goes wrong on it in one sentence each."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from meetings.errors import StoreError, UsageError
from meetings.store.base import NotSaved, ReadOnly

Connection = psycopg.Connection[tuple[Any, ...]]

_USUAL: dict[str, Any] = {"connect_timeout": 5, "application_name": "accord"}
"""What a connection has unless the address says otherwise."""


class Unreachable(NotSaved):
    """The server does not answer, or the connection was lost. What was typed is kept and sent again."""


class NoTables(StoreError):
    """The database is there, but Accord has not been set up in it."""


class Link:
    """A connection to the database of an address, made when it is asked for and again when it was lost.

    `address` is a postgresql:// address without a password: that comes from PGPASSWORD or a password file. Raises
    UsageError when it cannot be understood.
    """

    def __init__(self, address: str, series: str) -> None:
        try:
            self._parts = conninfo_to_dict(address)
        except psycopg.ProgrammingError:
            raise UsageError(
                "The address of the store cannot be understood.",
                "It looks like postgresql://user@host/database, with % and two digits for unusual signs.",
            ) from None
        if "password" in self._parts:
            raise UsageError(
                "The address of the store has a password in it.",
                "Leave it out, and set PGPASSWORD or use a password file (~/.pgpass) instead.",
            )
        self.series = series
        self._connection: Connection | None = None
        self._lock = threading.RLock()

    @property
    def location(self) -> str:
        """The server, the database and the series."""
        host = self._parts.get("host") or self._parts.get("hostaddr") or "this machine"
        return f"{self._parts.get('dbname') or 'the default database'} on {host}, series “{self.series}”"

    def connect(self) -> Connection:
        """A connection of one's own. Raises Unreachable."""
        try:
            return psycopg.connect(make_conninfo(**_USUAL | self._parts), autocommit=True)
        except psycopg.Error as error:
            raise Unreachable(
                f"The server of the meetings cannot be reached: {_reason(error)}.",
                "Check the address in config.yaml, the network, and the password file.",
            ) from None

    @contextlib.contextmanager
    def asking(self) -> Iterator[Connection]:
        """The connection, for one thread at a time; errors of the server become sentences.

        Raises Unreachable, NoTables, ReadOnly and NotSaved.
        """
        with self._lock:
            if self._connection is None or self._connection.closed:
                self._connection = self.connect()
            try:
                yield self._connection
            except (errors.UndefinedTable, errors.InvalidSchemaName):
                raise NoTables(
                    f"There are no meetings of Accord in {self.location}, and no tables for them.",
                    "`accord init` makes them.",
                ) from None
            except (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction) as error:
                raise ReadOnly(f"Nothing can be written in {self.location}: {_reason(error)}.") from None
            except psycopg.OperationalError as error:
                self._drop()
                raise Unreachable(f"The connection to the server was lost: {_reason(error)}.") from None
            except psycopg.Error as error:
                raise NotSaved(f"The server refused: {_reason(error)}.") from None

    def close(self) -> None:
        """Close the connection; the next question opens another."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(psycopg.Error):
                connection.close()


def _reason(error: psycopg.Error) -> str:
    """Why the server refused, in the first line of its own words and without a full stop."""
    text = (
        error.diag.message_primary or next(iter(str(error).strip().splitlines()), "") or type(error).__name__
    )
    return text.rstrip(". ").removeprefix("connection failed: ").removeprefix("FATAL:  ")
