"""The way to a PostgreSQL server: its address, connections, and what goes wrong on them in one sentence each."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus

from meetings.config.places import PASSWORD_ADVICE, has_password
from meetings.errors import StoreError, UsageError
from meetings.store.base import NotKept, NotSaved, ReadOnly
from meetings.text import clean

Connection = psycopg.Connection[tuple[Any, ...]]

_USUAL: dict[str, Any] = {
    "application_name": "accord",
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""What a connection has unless the address says otherwise. Without the last four, a network that is gone without a word
is noticed after a quarter of an hour."""
_ALWAYS: dict[str, Any] = {"client_encoding": "utf8"}
"""What it has whatever the address says."""
KEPT = 1
"""How many connections stay open that nobody uses."""


class Unreachable(NotSaved):
    """The server does not answer, or the connection was lost. What was typed is kept and sent again."""


class NoTables(StoreError):
    """The database is there, but Accord has not been set up in it, or only an older one."""


class Link:
    """Connections to the database of an address. One stays open; a thread that finds it in use gets another.

    `address` is a postgresql:// address without a password: that comes from PGPASSWORD or a password file. Raises
    UsageError when it cannot be understood.
    """

    def __init__(self, address: str, series: str) -> None:
        if has_password(address):
            advice = f"{PASSWORD_ADVICE[:1].upper()}{PASSWORD_ADVICE[1:]}."
            raise UsageError("The address of the store has a password in it.", advice)
        try:
            self._parts = conninfo_to_dict(address)
        except psycopg.ProgrammingError:
            raise UsageError(
                "The address of the store cannot be understood.",
                "It looks like postgresql://user@host/database, with % and two digits for unusual signs.",
            ) from None
        self.series = series
        self._idle: list[Connection] = []
        self._lock = threading.Lock()

    @property
    def location(self) -> str:
        """The server, the database and the series."""
        host = self._parts.get("host") or self._parts.get("hostaddr") or "this machine"
        database = self._parts.get("dbname") or "the default database"
        return clean(f"{database} on {host}, series “{self.series}”")

    def connect(self) -> Connection:
        """A connection of one's own. Raises Unreachable."""
        try:
            parts = make_conninfo(**_USUAL | self._parts | _ALWAYS)
            # nothing is prepared: a pool before the server may send each question to another of its connections
            return psycopg.connect(parts, autocommit=True, prepare_threshold=None)
        except psycopg.Error as error:
            raise Unreachable(
                f"The server of the meetings cannot be reached: {_reason(error)}.",
                "Check the address in config.yaml, the network, and the password file.",
            ) from None

    @contextlib.contextmanager
    def asking(self) -> Iterator[Connection]:
        """A connection for the one who asks; errors of the server become sentences.

        Raises Unreachable, NoTables, ReadOnly, NotKept and NotSaved.
        """
        connection = self._taken()
        try:
            yield connection
        except (errors.UndefinedTable, errors.InvalidSchemaName):
            raise NoTables(
                f"There are no meetings of Accord in {self.location}, and no tables for them.",
                "`accord init` makes them.",
            ) from None
        except errors.UndefinedColumn:
            raise NoTables(
                f"The tables in {self.location} are those of an older Accord.",
                "`accord init` brings them up to date.",
            ) from None
        except errors.InsufficientPrivilege as error:
            raise ReadOnly(f"The server does not allow that in {self.location}: {_reason(error)}.") from None
        except errors.ReadOnlySqlTransaction as error:
            raise ReadOnly(f"Nothing can be written in {self.location}: {_reason(error)}.") from None
        except psycopg.DataError as error:
            raise NotKept(f"The server cannot hold what is in it: {_reason(error)}.") from None
        except psycopg.Error as error:
            if connection.closed:
                self.close()  # the idle ones are most likely lost, too
                raise Unreachable(f"The connection to the server was lost: {_reason(error)}.") from None
            raise NotSaved(f"The server refused: {_reason(error)}.") from None
        finally:
            self._give_back(connection)

    def close(self) -> None:
        """Close the connections that nobody uses; the next question opens another."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            _end(connection)

    def _taken(self) -> Connection:
        """A connection that nobody else uses. Raises Unreachable."""
        with self._lock:
            while self._idle:
                connection = self._idle.pop()
                if not connection.closed:
                    return connection
        return self.connect()

    def _give_back(self, connection: Connection) -> None:
        if connection.info.transaction_status == TransactionStatus.IDLE:
            with self._lock:
                if len(self._idle) < KEPT:
                    self._idle.append(connection)
                    return
        _end(connection)


def _end(connection: Connection) -> None:
    with contextlib.suppress(psycopg.Error):
        connection.close()


_NOISE = re.compile(r"connection failed: |connection is bad: |FATAL:  ")
"""What the library puts before the server's own words."""


def _reason(error: psycopg.Error) -> str:
    """Why the server refused, in the first line of its own words and without a full stop."""
    text = (
        error.diag.message_primary or next(iter(str(error).strip().splitlines()), "") or type(error).__name__
    )
    return clean(_NOISE.sub("", text)).rstrip(". ")
