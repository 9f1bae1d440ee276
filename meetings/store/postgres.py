"""The store in a PostgreSQL database: one meeting, one row; its tables are one JSON document, as in a meeting file.

Several series of meetings may share a database. Every save locks the meeting's row for a moment, merges what others
have written since, and raises the row's version; a notification tells whoever listens.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import msgspec
import psycopg
from msgspec.structs import replace
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from meetings.errors import StoreError, UsageError
from meetings.flow.merge import merge
from meetings.flow.rows import row_of
from meetings.meeting import HEAD, TABLES, Meeting
from meetings.store.base import Mended, NotSaved, ReadOnly, Saved, Trouble, Unreadable
from meetings.store.codec import ALL, decode, in_todays_format, tables_of
from meetings.store.migrate import Tables
from meetings.store.texts import Texts

if TYPE_CHECKING:
    from meetings.store.texts import Texts

CHANNEL = "accord_meetings"
"""Where changes are told. The payload is the number of the meeting, a blank and its series."""
_USUAL: dict[str, Any] = {"connect_timeout": 5, "application_name": "accord"}
"""What a connection has unless the address says otherwise."""
LISTEN_SECONDS = 1.0
"""How soon a listener notices that it is to stop."""
AT_ONCE = 64
"""How many meetings are asked for at once."""
_SOME = (
    "SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(content) WHERE key = ANY(%(tables)s)"
)
"""Those of a meeting's tables that are asked for."""
PAYLOAD_BYTES = 7000
"""A notification carries less than 8,000 bytes."""
STEPS = (
    """
    CREATE TABLE accord.meetings (
      series text NOT NULL,
      number integer NOT NULL CHECK (number > 0),
      version bigint NOT NULL DEFAULT 1,
      content jsonb NOT NULL,
      changed_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (series, number)
    )
    """,
)
"""What makes the tables: the first makes version 1 of nothing, the next version 2 of that, and so on."""


class Unreachable(NotSaved):
    """The server does not answer, or the connection was lost. What was typed is kept and sent again."""


class NoTables(StoreError):
    """The database is there, but Accord has not been set up in it."""


@dataclass
class _Known:
    """A meeting as it was in the database when its version was this."""

    number: int
    version: int
    tables: Tables
    meeting: Meeting


class PostgresStore:
    """The meetings of one series in a database. Nothing is asked of the server before it is needed.

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
        self.address, self.series = address, series
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None
        self._lock = threading.RLock()
        self._known: _Known | None = None
        self._versions: dict[int, int] = {}
        """The version of each meeting when the numbers were asked for last."""

    @property
    def location(self) -> str:
        """The server, the database and the series."""
        host = self._parts.get("host") or self._parts.get("hostaddr") or "this machine"
        return f"{self._parts.get('dbname') or 'the default database'} on {host}, series “{self.series}”"

    def name(self, number: int) -> str:
        """The meeting, by its number."""
        return f"meeting {number}"

    def place(self, name: str) -> str:
        """The database and the series, and in it the meeting."""
        return self.location if name == self.location else f"{self.location}, {name}"

    # The server

    def connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection of one's own. Raises Unreachable."""
        try:
            return psycopg.connect(make_conninfo(**_USUAL | self._parts), autocommit=True)
        except psycopg.Error as error:
            raise Unreachable(
                f"The server of the meetings cannot be reached: {_reason(error)}.",
                "Check the address in config.yaml, the network, and the password file.",
            ) from None

    @contextlib.contextmanager
    def _asking(self) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """The connection, for one thread at a time; errors of the server become sentences."""
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

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(psycopg.Error):
                connection.close()

    def close(self) -> None:
        """Close the connection; the next question opens another."""
        with self._lock:
            self._drop()

    def read_only(self) -> str:
        """Why nothing may be written: a standby, or a role that may only read."""
        try:
            with self._asking() as connection:
                row = connection.execute(
                    "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean,"
                    " has_table_privilege('accord.meetings', 'INSERT, UPDATE')"
                ).fetchone()
        except StoreError as error:
            return error.message
        standby, may_write = row or (True, False)
        if standby or not may_write:
            return f"Nothing can be written in {self.location}, so meetings can be read but not changed."
        return ""

    # Reading

    def numbers(self) -> list[int]:
        """The numbers of all meetings of the series, in order."""
        with self._asking() as connection:
            rows = connection.execute(
                "SELECT number, version FROM accord.meetings WHERE series = %s ORDER BY number",
                (self.series,),
            ).fetchall()
            self._versions = dict(rows)
        return list(self._versions)

    def read(self, number: int, tables: Sequence[str] = ()) -> Meeting:
        """The meeting with that number, or only its head and those of its tables."""
        for _, found in self.read_many((number,), tables):
            if isinstance(found, StoreError):
                raise found
            return found
        raise StoreError(f"There is no meeting {number} in {self.location}.")

    def read_many(
        self, numbers: Sequence[int], tables: Sequence[str] = ()
    ) -> Iterator[tuple[int, Meeting | StoreError]]:
        """The meetings of those numbers that there are, or why one cannot be read; ordered within each lot."""
        chosen = (HEAD, *tables) if tables else ALL
        for number, raw in self._raws(numbers, chosen if tables else ()):
            yield number, _decoded(number, raw, chosen)

    def texts(self, numbers: Sequence[int]) -> Iterator[tuple[int, Texts | StoreError]]:
        """All texts of the meetings of those numbers that there are; ordered within each lot."""
        from meetings.store.texts import texts_in

        for number, raw in self._raws(numbers, ()):
            try:
                texts = texts_in(raw, _name(number))
            except StoreError as error:
                yield number, error
            else:
                yield number, texts

    def raw(self, number: int) -> bytes:
        """The meeting's tables."""
        for _, raw in self._raws((number,), ()):
            return raw
        raise StoreError(f"There is no meeting {number} in {self.location}.")

    def _raws(self, numbers: Sequence[int], tables: Sequence[str]) -> Iterator[tuple[int, bytes]]:
        """The content of the rows of those numbers, or only those tables of it, lot by lot.

        While one lot is looked at, the next is on its way: writing one takes the server about as long.
        """
        lots = [numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE)]
        if len(lots) < 2:
            for lot in lots:
                yield from self._lot(lot, tables)
            return
        with ThreadPoolExecutor(1) as ahead:
            coming = ahead.submit(self._lot, lots[0], tables)
            for lot in lots[1:]:
                rows = coming.result()
                coming = ahead.submit(self._lot, lot, tables)
                yield from rows
            yield from coming.result()

    def _lot(self, numbers: Sequence[int], tables: Sequence[str]) -> list[tuple[int, bytes]]:
        query = (
            f"SELECT number, ({_SOME if tables else 'content'})::text FROM accord.meetings"
            " WHERE series = %(series)s AND number = ANY(%(numbers)s) ORDER BY number"
        )
        asked = {"series": self.series, "numbers": list(numbers), "tables": list(tables)}
        with self._asking() as connection:
            rows = connection.execute(query, asked).fetchall()
        return [(number, text.encode()) for number, text in rows]

    def stamp(self, number: int) -> object:
        """The version of its row; None when there is none or the server does not answer."""
        try:
            with self._asking() as connection:
                row = connection.execute(
                    "SELECT version FROM accord.meetings WHERE series = %s AND number = %s",
                    (self.series, number),
                ).fetchone()
        except StoreError:
            return None
        return row[0] if row else None

    def glance(self, number: int) -> object:
        """The version of its row when the numbers were asked for last."""
        return self._versions.get(number)

    # Writing

    def create(self, meeting: Meeting) -> Meeting:
        """Insert a new meeting, unless there is one of that number."""
        number = meeting.head.number
        return meeting if self._inserted(number, _json(tables_of(meeting))) else self.read(number)

    def restore(self, number: int, raw: bytes) -> None:
        """Insert a row that is not there yet."""
        if not self._inserted(number, raw.decode()):
            raise NotSaved(f"{self.place(self.name(number))} is there already.")

    def _inserted(self, number: int, content: str) -> bool:
        """Insert a row unless there is one. Whether that was done."""
        with self._asking() as connection, connection.transaction():
            made = connection.execute(
                "INSERT INTO accord.meetings (series, number, content) VALUES (%s, %s, %s::jsonb)"
                " ON CONFLICT DO NOTHING",
                (self.series, number, content),
            )
            if made.rowcount:
                self._tell(connection, number)
        return bool(made.rowcount)

    def save(self, meeting: Meeting, base: Meeting) -> Saved:
        """Write the meeting's changes against `base`, merged with what its row has gained since."""
        number = meeting.head.number
        try:
            with self._asking() as connection, connection.transaction():
                current = self._locked(connection, number)
                merged = merge(base, meeting, current.meeting)
                if merged.meeting == current.meeting:
                    return Saved(current.meeting, merged.clashes)
                version = current.meeting.head.version + 1
                result = replace(merged.meeting, head=replace(merged.meeting.head, version=version))
                tables = _changed_tables(current.tables, current.meeting, result)
                connection.execute(
                    "UPDATE accord.meetings SET content = %s::jsonb, version = version + 1, changed_at = now()"
                    " WHERE series = %s AND number = %s",
                    (_json(tables), self.series, number),
                )
                self._tell(connection, number)
        except BaseException:
            self._known = None
            raise
        self._known = _Known(number, current.version + 1, tables, result)
        return Saved(result, merged.clashes)

    def _locked(self, connection: psycopg.Connection[tuple[Any, ...]], number: int) -> _Known:
        """The meeting as it is now; nobody else can write it until the transaction ends."""
        known = self._known if self._known is not None and self._known.number == number else None
        row = connection.execute(
            "SELECT version, CASE WHEN version = %s THEN NULL ELSE content::text END FROM accord.meetings"
            " WHERE series = %s AND number = %s FOR UPDATE",
            (known.version if known else 0, self.series, number),
        ).fetchone()
        if row is None:
            raise NotSaved(
                f"Meeting {number} is gone from {self.location}.",
                "Save a copy of this meeting elsewhere.",
            )
        version, text = row
        if text is None:
            return cast("_Known", known)
        raw = text.encode()
        meeting = _decoded(number, raw, ALL)
        if isinstance(meeting, StoreError):
            raise meeting
        return _Known(number, version, msgspec.json.decode(in_todays_format(raw)), meeting)

    def _tell(self, connection: psycopg.Connection[tuple[Any, ...]], number: int) -> None:
        """Let whoever listens know, once the transaction is through."""
        payload = f"{number} {self.series}"
        connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload[:PAYLOAD_BYTES]))

    # Listening

    def listen(self, told: Callable[[int], None]) -> Callable[[], None]:
        """Call `told` with the number of each meeting that changes, on a thread of its own; returns how to stop.

        While the server is away nothing is told; afterwards 0 is, for all that may have happened meanwhile.
        """
        stopped = threading.Event()
        threading.Thread(target=self._listen, args=(told, stopped), name="listener", daemon=True).start()
        return stopped.set

    def _listen(self, told: Callable[[int], None], stopped: threading.Event) -> None:
        while not stopped.is_set():
            with contextlib.suppress(StoreError, psycopg.Error), self.connect() as connection:
                connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                told(0)
                while not stopped.is_set():
                    for notice in connection.notifies(timeout=LISTEN_SECONDS, stop_after=1):
                        number, _, series = notice.payload.partition(" ")
                        if series == self.series[: PAYLOAD_BYTES - len(number) - 1] and number.isdecimal():
                            told(int(number))
            stopped.wait(LISTEN_SECONDS)

    # Order

    def troubles(self) -> list[Trouble]:
        """Meetings that cannot be read, missing numbers, and tables that are missing or of another version."""
        found = self._table_troubles()
        if found:
            return found
        numbers = self.numbers()
        for number, meeting in self.read_many(numbers):
            if isinstance(meeting, StoreError):
                found.append(Trouble(self.name(number), meeting.message, meeting.hint))
        return found

    def _table_troubles(self) -> list[Trouble]:
        remedy = "`accord check --mend` makes them."
        try:
            version = self._version()
        except NoTables as error:
            return [Trouble(self.location, error.message, remedy)]
        if version > len(STEPS):
            return [
                Trouble(
                    self.location,
                    f"Its tables were made by a newer Accord (version {version}).",
                    "Install the newer version.",
                )
            ]
        if version < len(STEPS):
            what = f"Its tables are of version {version}; this Accord needs version {len(STEPS)}."
            return [Trouble(self.location, what, remedy)]
        return []

    def _version(self) -> int:
        """The version of the tables. Raises NoTables."""
        with self._asking() as connection:
            row = connection.execute("SELECT max(version) FROM accord.versions").fetchone()
        return int(row[0] or 0) if row else 0

    def mend(self) -> Iterator[Mended]:
        """Make the tables, or bring them to this version."""
        for version in self.prepare():
            yield Mended(self.location, f"Version {version} of the tables was made.")

    def prepare(self) -> list[int]:
        """Make what is missing of the tables; returns the versions that were made. Safe to do twice, and at once.

        Raises StoreError: the role may not make tables, or they are of a newer Accord.
        """
        made = []
        with self._asking() as connection, connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(hashtext('accord'))")
            connection.execute("CREATE SCHEMA IF NOT EXISTS accord")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS accord.versions"
                " (version integer PRIMARY KEY, made_at timestamptz NOT NULL DEFAULT now())"
            )
            row = connection.execute("SELECT coalesce(max(version), 0) FROM accord.versions").fetchone()
            known = row[0] if row else 0
            if known > len(STEPS):
                raise StoreError(
                    f"The tables in {self.location} were made by a newer Accord (version {known}).",
                    "Install the newer version.",
                )
            for version, step in enumerate(STEPS[known:], start=known + 1):
                connection.execute(step)
                connection.execute("INSERT INTO accord.versions (version) VALUES (%s)", (version,))
                made.append(version)
        return made


def _decoded(number: int, raw: bytes, tables: tuple[str, ...]) -> Meeting | StoreError:
    try:
        meeting = decode(raw, _name(number), tables)
    except StoreError as error:
        return error
    if meeting.head.number != number:
        return Unreadable(f"{_name(number)} says that it is meeting {meeting.head.number}.")
    return meeting


def _name(number: int) -> str:
    return f"Meeting {number}"


def _json(tables: Tables) -> str:
    return msgspec.json.encode(tables).decode()


def _changed_tables(tables: Tables, before: Meeting, after: Meeting) -> Tables:
    """The rows brought from one version of the meeting to the other; columns that Accord does not know stay."""
    changed = dict(tables)
    for name in TABLES:
        old, new = before.table(name), after.table(name)
        if old is new or old == new:
            continue
        rows: dict[str, dict[str, Any]] = dict(changed.get(name, {}))
        places = {row["uid"]: place for place, row in rows.items()}
        for uid in old.keys() - new.keys():
            rows.pop(places.get(uid, ""), None)
        last = max((int(place) for place in rows), default=0)
        for uid, record in new.items():
            if record == old.get(uid):
                continue
            if uid in places:
                rows[places[uid]] = rows[places[uid]] | row_of(record)
            else:
                last += 1
                rows[str(last)] = row_of(record)
        changed[name] = rows
    return changed


def _reason(error: psycopg.Error) -> str:
    """Why the server refused, in the first line of its own words and without a full stop."""
    text = (
        error.diag.message_primary or next(iter(str(error).strip().splitlines()), "") or type(error).__name__
    )
    return text.rstrip(". ").removeprefix("connection failed: ").removeprefix("FATAL:  ")
