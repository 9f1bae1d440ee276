"""A store on a server that can be away: what is edited meanwhile waits on this machine, on disk, and is sent later."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from meetings.errors import StoreError
from meetings.meeting import Meeting
from meetings.store.base import NotSaved, Offline, Saved
from meetings.store.codec import ALL, decode, tables_of
from meetings.store.durable import write_durably
from meetings.store.postgres import PostgresStore
from meetings.store.server.link import Unreachable

COPY, WAITING, TAKEN = ".json", ".waiting", ".taken"
"""How the names of files end: the meeting as the server had it last, edits that wait, and such that somebody sends."""


class _Waiting(msgspec.Struct):
    """A meeting that has not reached the server, and what it was made from."""

    meeting: msgspec.Raw
    base: msgspec.Raw


class PatientStore(PostgresStore):
    """The meetings of a series on a server. While it cannot be reached, the meeting that was in use last is here.

    `folder` is the user's own (0600 files). A save that does not get through is kept there with what it was made
    from and raises Offline; whoever reaches the server first sends it. Each program writes a file of its own, so
    that no window replaces what waits in another. Sending the same twice does no harm: it is merged by record and
    field.
    """

    def __init__(self, address: str, series: str, folder: Path) -> None:
        super().__init__(address, series)
        digest = hashlib.sha256(f"{address} {series}".encode("utf-8", "replace")).hexdigest()
        self._folder = folder / digest[:16]
        self._own = secrets.token_hex(4)
        self._waiting: Meeting | None = None
        """What is on this machine's disk and not on the server."""
        self._bases: dict[int, Meeting] = {}
        """Of meetings that were read here while they waited: what they were made from, which the server has had."""

    def numbers(self) -> list[int]:
        """The numbers on the server; while it is away, those of the meetings that are kept here."""
        try:
            numbers = super().numbers()
        except Unreachable:
            if kept := sorted({_number(path) for path in self._files(COPY, WAITING, TAKEN)}):
                return kept
            raise
        return super().numbers() if self._send_others() else numbers

    def read(self, number: int, tables: Sequence[str] = ()) -> Meeting:
        """The meeting on the server; while it is away, as it is kept here."""
        try:
            return super().read(number, tables)
        except Unreachable:
            for path in self._newest_waiting(number):
                if waiting := _waiting(path):
                    self._bases[number] = _meeting(waiting.base, number)
                    return _meeting(waiting.meeting, number)
            with contextlib.suppress(OSError):
                return _meeting(self._path(number, COPY).read_bytes(), number)
            raise

    def read_only(self) -> str:
        """Why nothing may be written. That the server is away is no reason."""
        try:
            return self.refusal()
        except Unreachable:
            return ""
        except StoreError as error:
            return error.message

    def save(self, meeting: Meeting, base: Meeting) -> Saved:
        """Write to the server; while it is away, keep it here and raise Offline."""
        number = meeting.head.number
        base = self._bases.get(number, base)
        try:
            saved = super().save(meeting, base)
        except Unreachable as error:
            if meeting != self._waiting:
                self._keep_waiting(meeting, base)
                self._waiting = meeting
            count = len(meeting.edits.keys() - base.edits.keys())
            waiting = f"{count} edit{'s' * (count != 1)} waiting" if count else "the server does not answer"
            raise Offline(waiting, error.message) from None
        self._bases.pop(number, None)
        self._waiting = None
        self._tidy(saved.meeting)
        self._send_others()
        return saved

    # What is kept here

    def _files(self, *endings: str) -> Iterator[Path]:
        return (
            path
            for path in self._folder.glob("[0-9]*.*")
            if path.suffix in endings and path.name.partition(".")[0].isdecimal()
        )

    def _path(self, number: int, ending: str) -> Path:
        return self._folder / (f"{number}{ending}" if ending == COPY else f"{number}.{self._own}{ending}")

    def _newest_waiting(self, number: int) -> list[Path]:
        """The files in which edits of that meeting wait, the one that was written last first."""
        found = []
        for path in self._files(WAITING, TAKEN):
            with contextlib.suppress(OSError):  # somebody has just sent it
                found.append((path.stat().st_mtime_ns, path))
        return [path for _, path in sorted(found, reverse=True) if _number(path) == number]

    def _keep_waiting(self, meeting: Meeting, base: Meeting) -> None:
        """Put a meeting down that is to wait. Raises NotSaved when that cannot be done."""
        kept = msgspec.json.encode(_Waiting(msgspec.Raw(_encoded(meeting)), msgspec.Raw(_encoded(base))))
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(self._path(meeting.head.number, WAITING), kept)
        except OSError as error:
            raise NotSaved(
                f"The server does not answer, and the edits cannot be kept here: {(error.strerror or '').lower()}."
            ) from None

    def _tidy(self, meeting: Meeting) -> None:
        """After a save: keep what the server has, and nothing of meetings that are over."""
        number = meeting.head.number
        with contextlib.suppress(OSError):  # the server has it
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(self._path(number, COPY), _encoded(meeting))
            self._path(number, WAITING).unlink(missing_ok=True)
            for path in self._files(COPY):
                if _number(path) != number:
                    path.unlink(missing_ok=True)

    def _send_others(self) -> bool:
        """Send what other programs, or an earlier run, have left waiting. Whether anything was sent."""
        sent = False
        for path in sorted(self._files(WAITING, TAKEN)):
            if path != self._path(_number(path), WAITING):
                with contextlib.suppress(StoreError, OSError):  # it goes on waiting
                    sent |= self._send(path)
        return sent

    def _send(self, path: Path) -> bool:
        """Send one file and take it away, with what its owner has put into it meanwhile. Raises StoreError, OSError."""
        taken, sent = path.with_suffix(TAKEN), b""
        while (content := path.read_bytes()) != sent:
            waiting = _waiting(path, content)
            if waiting is None:
                return False  # not readable: it stays
            number = _number(path)
            super().save(_meeting(waiting.meeting, number), _meeting(waiting.base, number))
            sent = content
            path = path.replace(taken)
        path.unlink()
        return True


def _number(path: Path) -> int:
    return int(path.name.partition(".")[0])


def _waiting(path: Path, content: bytes | None = None) -> _Waiting | None:
    """What waits in a file; None when it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes() if content is None else content, type=_Waiting)
    except (OSError, msgspec.DecodeError):
        return None


def _encoded(meeting: Meeting) -> bytes:
    return msgspec.json.encode(tables_of(meeting))


def _meeting(raw: bytes | msgspec.Raw, number: int) -> Meeting:
    return decode(bytes(raw), f"The copy of meeting {number} on this machine", ALL)
