"""A store on a server that can be away: what is edited meanwhile waits on this machine, on disk, and is sent later."""

from __future__ import annotations

import contextlib
import hashlib
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

_NO_BASE = msgspec.Raw(b"null")


class _Kept(msgspec.Struct):
    """A meeting as a file of this machine has it. With a base it has not reached the server yet."""

    meeting: msgspec.Raw
    base: msgspec.Raw = _NO_BASE

    @property
    def waits(self) -> bool:
        """Whether it is to be sent."""
        return bytes(self.base) != bytes(_NO_BASE)


class PatientStore(PostgresStore):
    """The meetings of a series on a server. While it cannot be reached, the meeting that was in use last is here.

    `folder` is the user's own (0600 files). A save that does not get through is kept there with what it was made
    from and raises Offline; the next launch that reaches the server sends it. Sending the same twice does no harm:
    it is merged by record and field.
    """

    def __init__(self, address: str, series: str, folder: Path) -> None:
        super().__init__(address, series)
        digest = hashlib.sha256(f"{address} {series}".encode("utf-8", "replace")).hexdigest()
        self._folder = folder / digest[:16]
        self._waiting: Meeting | None = None
        """What is on this machine's disk and not on the server."""
        self._bases: dict[int, Meeting] = {}
        """Of meetings that were read here while they waited: what they were made from, which the server has had."""

    def numbers(self) -> list[int]:
        """The numbers on the server; while it is away, those of the meetings that are kept here."""
        try:
            numbers = super().numbers()
        except Unreachable:
            if kept := sorted(int(path.stem) for path in self._files()):
                return kept
            raise
        if self._waiting is None and self._send():
            return super().numbers()
        return numbers

    def read(self, number: int, tables: Sequence[str] = ()) -> Meeting:
        """The meeting on the server; while it is away, as it is kept here."""
        try:
            return super().read(number, tables)
        except Unreachable:
            kept = self._kept(number)
            if kept is None:
                raise
            if kept.waits:
                self._bases[number] = _meeting(kept.base, number)
            return _meeting(kept.meeting, number)

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
                self._keep(meeting, base)
                self._waiting = meeting
            count = len(meeting.edits.keys() - base.edits.keys())
            waiting = f"{count} edit{'s' * (count != 1)} waiting" if count else "the server does not answer"
            raise Offline(waiting, error.message) from None
        self._keep(saved.meeting, None)
        self._bases.pop(number, None)
        self._waiting = None
        self._forget_others(number)
        return saved

    # What is kept here

    def _files(self) -> Iterator[Path]:
        return (path for path in self._folder.glob("*.json") if path.stem.isdecimal())

    def _path(self, number: int) -> Path:
        return self._folder / f"{number}.json"

    def _keep(self, meeting: Meeting, base: Meeting | None) -> None:
        """Put a meeting down. Raises NotSaved when it is to wait and that cannot be done."""
        kept = _Kept(_raw(meeting), _raw(base) if base is not None else _NO_BASE)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(self._path(meeting.head.number), msgspec.json.encode(kept))
        except OSError as error:
            if base is not None:
                raise NotSaved(
                    f"The server does not answer, and the edits cannot be kept here: {(error.strerror or '').lower()}."
                ) from None

    def _kept(self, number: int) -> _Kept | None:
        try:
            return msgspec.json.decode(self._path(number).read_bytes(), type=_Kept)
        except (OSError, msgspec.DecodeError):
            return None

    def _forget_others(self, number: int) -> None:
        """Of meetings that are over, nothing needs to be kept here unless it waits."""
        for path in self._files():
            if int(path.stem) != number:
                kept = self._kept(int(path.stem))
                if kept is not None and not kept.waits:
                    path.unlink(missing_ok=True)

    def _send(self) -> bool:
        """Send what an earlier run has left waiting. Whether anything was sent."""
        sent = False
        for path in sorted(self._files()):
            number = int(path.stem)
            kept = self._kept(number)
            if kept is None or not kept.waits:
                continue
            with contextlib.suppress(StoreError):  # it goes on waiting
                self.save(_meeting(kept.meeting, number), _meeting(kept.base, number))
                sent = True
        return sent


def _raw(meeting: Meeting) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(tables_of(meeting)))


def _meeting(raw: msgspec.Raw, number: int) -> Meeting:
    return decode(bytes(raw), f"The copy of meeting {number} on this machine", ALL)
