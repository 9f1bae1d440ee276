"""The store in a PostgreSQL database: one meeting, one row; its tables are one JSON document, as in a meeting file.

Several series of meetings may share a database. Every save merges what others have written since and raises the row's
version; a notification tells whoever listens. While nobody else writes, a save is one question to the server, which
names the version that it goes on from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from meetings.errors import StoreError
from meetings.flow.merge import merge
from meetings.meeting import HEAD, Meeting
from meetings.store.base import Mended, NotKept, NotSaved, Saved, Trouble, Unreadable
from meetings.store.codec import ALL, check_rows, decode, in_todays_format, tables_of
from meetings.store.migrate import Tables
from meetings.store.server import notices
from meetings.store.server import tables as server_tables
from meetings.store.server.changes import changed_tables
from meetings.store.server.link import Connection, Link
from meetings.store.server.reading import content, contents

if TYPE_CHECKING:
    from meetings.store.texts import Texts

_INSERT = """
INSERT INTO accord.meetings (series, number, content) VALUES (%(series)s, %(number)s, %(content)s::jsonb)
ON CONFLICT DO NOTHING
"""
_UPDATE = """
UPDATE accord.meetings SET content = %(content)s::jsonb, version = version + 1, changed_at = now()
WHERE series = %(series)s AND number = %(number)s AND version = %(version)s
"""
_LOCK = "SELECT version, written FROM accord.meetings WHERE series = %(series)s AND number = %(number)s FOR UPDATE"


@dataclass
class _Known:
    """A meeting as it was in the database when its version was this."""

    number: int
    version: int
    tables: Tables
    meeting: Meeting


class PostgresStore:
    """The meetings of one series in a database. Nothing is asked of the server before it is needed.

    `address` is as in meetings.store.server.link. Raises UsageError when it cannot be understood.
    """

    shared = True

    def __init__(self, address: str, series: str) -> None:
        self.link = Link(address, series)
        self.address, self.series = address, series
        self._known: _Known | None = None
        self._versions: dict[int, int] = {}
        """The version of each meeting when the numbers were asked for last."""

    @property
    def location(self) -> str:
        """The server, the database and the series."""
        return self.link.location

    def name(self, number: int) -> str:
        """The meeting, by its number."""
        return f"meeting {number}"

    def place(self, name: str) -> str:
        """The database and the series, and in it the meeting."""
        return self.location if name == self.location else f"{self.location}, {name}"

    def close(self) -> None:
        """Close the connection; the next question opens another."""
        self.link.close()

    def read_only(self) -> str:
        """Why nothing may be written: a standby, a role that may only read, or a server that does not answer."""
        try:
            return self.refusal()
        except StoreError as error:
            return error.message

    def refusal(self) -> str:
        """Why the server would let nothing be written; empty when it would. Raises as `asking`."""
        with self.link.asking() as connection:
            row = connection.execute(
                "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean,"
                " has_table_privilege('accord.meetings', 'INSERT')"
                " AND has_table_privilege('accord.meetings', 'UPDATE')"
            ).fetchone()
        standby, may_write = row or (True, False)
        if standby or not may_write:
            return f"Nothing can be written in {self.location}, so meetings can be read but not changed."
        return ""

    # Reading

    def numbers(self) -> list[int]:
        """The numbers of all meetings of the series, in order."""
        with self.link.asking() as connection:
            rows = connection.execute(
                "SELECT number, version FROM accord.meetings WHERE series = %s ORDER BY number",
                (self.series,),
            ).fetchall()
            self._versions = dict(rows)
        return list(self._versions)

    def read(self, number: int, tables: Sequence[str] = ()) -> Meeting:
        """The meeting with that number, or only its head and those of its tables."""
        chosen = (HEAD, *tables) if tables else ALL
        found = _decoded(number, self._content(number, chosen if tables else ()), chosen)
        if isinstance(found, StoreError):
            raise found
        return found

    def read_many(
        self, numbers: Sequence[int], tables: Sequence[str] = ()
    ) -> Iterator[tuple[int, Meeting | StoreError]]:
        """The meetings of those numbers that there are, or why one cannot be read."""
        chosen = (HEAD, *tables) if tables else ALL
        for number, raw in contents(self.link, numbers, chosen if tables else ()):
            yield number, _decoded(number, raw, chosen)

    def texts(self, numbers: Sequence[int]) -> Iterator[tuple[int, Texts | StoreError]]:
        """All texts of the meetings of those numbers that there are."""
        from meetings.store.texts import texts_in

        for number, raw in contents(self.link, numbers):
            try:
                texts = texts_in(raw, _name(number))
                _refuse_another(texts.number, number)
            except StoreError as error:
                yield number, error
            else:
                yield number, texts

    def raw(self, number: int) -> bytes:
        """The meeting's tables."""
        return self._content(number)

    def _content(self, number: int, tables: Sequence[str] = ()) -> bytes:
        raw = content(self.link, number, tables)
        if raw is None:
            raise StoreError(f"There is no meeting {number} in {self.location}.")
        return raw

    def stamp(self, number: int) -> object:
        """The version of its row; None when there is none or the server does not answer."""
        try:
            with self.link.asking() as connection:
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
        try:
            made = self._inserted(number, raw.decode())
        except NotKept as error:
            raise NotKept(f"{_name(number)} cannot be kept in {self.location}. {error.message}") from None
        if not made:
            raise NotSaved(f"{self.place(self.name(number))} is there already.")

    def _inserted(self, number: int, content: str) -> bool:
        """Insert a row unless there is one. Whether that was done."""
        with self.link.asking() as connection:
            return notices.told(connection, _INSERT, self._row(number) | {"content": content})

    def _row(self, number: int) -> dict[str, object]:
        return {"series": self.series, "number": number}

    def save(self, meeting: Meeting, base: Meeting) -> Saved:
        """Write the meeting's changes against `base`, merged with what its row has gained since.

        As a rule nobody else has written since we did, and one question to the server is enough.
        """
        number = meeting.head.number
        known, self._known = self._known, None
        with self.link.asking() as connection:
            if known is not None and known.number == number:
                saved = self._written(connection, meeting, base, known)
                if saved is not None:
                    return saved
            with connection.transaction():
                current = self._locked(connection, number)
                saved = self._written(connection, meeting, base, current)
        return saved or Saved(current.meeting, merge(base, meeting, current.meeting).clashes)

    def _written(
        self, connection: Connection, meeting: Meeting, base: Meeting, current: _Known
    ) -> Saved | None:
        """Merge and write. None when the row is not as in `current` any more, or there is nothing to write."""
        merged = merge(base, meeting, current.meeting)
        if merged.meeting == current.meeting:
            return None
        version = current.meeting.head.version + 1
        result = replace(merged.meeting, head=replace(merged.meeting.head, version=version))
        changed = changed_tables(current.tables, current.meeting, result)
        asked = self._row(current.number) | {"content": _json(changed), "version": current.version}
        if not notices.told(connection, _UPDATE, asked):
            return None
        self._known = _Known(current.number, current.version + 1, changed, result)
        return Saved(result, merged.clashes)

    def _locked(self, connection: Connection, number: int) -> _Known:
        """The meeting as it is now; nobody else can write it until the transaction ends."""
        row = connection.execute(_LOCK, self._row(number)).fetchone()
        if row is None:
            raise NotSaved(
                f"Meeting {number} is gone from {self.location}.",
                "Save a copy of this meeting elsewhere.",
            )
        version, raw = row[0], row[1].encode()
        meeting = _decoded(number, raw, ALL)
        if isinstance(meeting, StoreError):
            raise meeting
        return _Known(number, version, msgspec.json.decode(in_todays_format(raw)), meeting)

    # Listening

    def listen(self, told: Callable[[int], None]) -> Callable[[], None]:
        """Call `told` with the number of each meeting that changes, on a thread of its own; returns how to stop.

        While the server is away nothing is told; afterwards 0 is, for all that may have happened meanwhile.
        """
        return notices.listen(self.link, told)

    # Order

    def troubles(self) -> list[Trouble]:
        """Meetings that cannot be read, and tables that are missing or of another version."""
        if found := server_tables.troubles(self.link):
            return found
        return [
            Trouble(self.name(number), meeting.message, meeting.hint)
            for number, meeting in self.read_many(self.numbers())
            if isinstance(meeting, StoreError)
        ]

    def mend(self) -> Iterator[Mended]:
        """Make the tables, or bring them to this version."""
        for version in self.prepare():
            yield Mended(self.location, f"Version {version} of the tables was made.")

    def prepare(self) -> list[int]:
        """Make what is missing of the tables; returns the versions that were made. As `prepare` of the tables."""
        return server_tables.prepare(self.link)


def _decoded(number: int, raw: bytes, tables: tuple[str, ...]) -> Meeting | StoreError:
    try:
        meeting = decode(raw, _name(number), tables)
        check_rows(raw, _name(number), tables)
        _refuse_another(meeting.head.number, number)
    except StoreError as error:
        return error
    return meeting


def _refuse_another(found: int, number: int) -> None:
    """Refuse a row that holds another meeting than its number says. Raises Unreadable."""
    if found != number:
        raise Unreadable(f"{_name(number)} says that it is meeting {found}.")


def _name(number: int) -> str:
    return f"Meeting {number}"


def _json(tables: Tables) -> str:
    return msgspec.json.encode(tables).decode()
