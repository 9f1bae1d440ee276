"""The store in a folder: one meeting, one file; one file, one TinyDB database; one kind of record, one table."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import DecodeError
from msgspec.structs import replace
from tinydb import TinyDB

from meetings.errors import StoreError
from meetings.flow.merge import merge
from meetings.meeting import HEAD, Meeting
from meetings.store.aside import keep_older
from meetings.store.base import Mended, NotSaved, Saved, Trouble, Unreadable
from meetings.store.codec import ALL, arranged, check_keys, check_rows, decode, in_todays_format, tables_of
from meetings.store.durable import (
    Changed,
    Uncertain,
    encode,
    holds,
    make_folder,
    open_database,
    read_file,
    write_durably,
    written,
)
from meetings.store.locking import FolderLock
from meetings.store.reasons import reason
from meetings.store.rows import write_changes

if TYPE_CHECKING:
    from meetings.store.texts import Texts

NAME = re.compile(r"([0-9]{4}|[1-9][0-9]{4,8})\.json")
"""The name of a meeting's file."""
_NAMES = re.compile(rf"(?<=/){NAME.pattern}(?=/)")
"""The same in a row of names, between signs that no name holds: ten times as quick as one name after the other."""
TRIES = 5
"""How often a save is merged anew because a program that does not know the lock came in between."""


def file_name(number: int) -> str:
    """The name of a meeting's file."""
    return f"{number:04d}.json"


@dataclass
class _Open:
    """The database of the meeting that was written last, as it is on disk while the file's content is `raw`.

    Size, time and identity of the file would not do: two quick edits of another window can leave them the same.
    """

    number: int
    db: TinyDB
    meeting: Meeting
    raw: bytes


class FileStore:
    """A folder of meeting files. The folder is made when the first meeting is."""

    shared = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: _Open | None = None
        self._uncertain: set[int] = set()
        """Meetings whose last write may not survive a power failure: they are written again in any case."""
        self._lock = FolderLock(folder)

    @property
    def location(self) -> str:
        """The folder."""
        return str(self.folder)

    def name(self, number: int) -> str:
        """The name of the meeting's file."""
        return file_name(number)

    def place(self, name: str) -> str:
        """The path of the file of that name."""
        return str(self.folder / name)

    def read_only(self) -> str:
        """Why nothing may be written to the folder."""
        if not self.folder.exists() or os.access(self.folder, os.W_OK | os.X_OK):
            return ""
        return f"Nothing can be written in {self.folder}, so meetings can be read but not changed."

    def path(self, number: int) -> Path:
        """The file of the meeting with that number."""
        return self.folder / file_name(number)

    def prepare(self) -> list[int]:
        """Nothing: the folder is made when the first meeting is."""
        return []

    def numbers(self) -> list[int]:
        """The numbers of all meetings, in order. Raises StoreError when the folder cannot be read."""
        try:
            names = os.listdir(self.folder)  # noqa: PTH208 - names alone, three times as quick for thousands
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StoreError(f"{self.folder} cannot be read: {reason(error)}.") from None
        return sorted(map(int, _NAMES.findall(f"/{'/'.join(names)}/")))

    def read(self, number: int, tables: Sequence[str] = ()) -> Meeting:
        """The meeting with that number, or only its head and those of its tables."""
        chosen = (HEAD, *tables) if tables else ALL
        return self._meeting(number, self.raw(number), chosen)

    def read_many(
        self, numbers: Sequence[int], tables: Sequence[str] = ()
    ) -> Iterator[tuple[int, Meeting | StoreError]]:
        """The meetings of those numbers, in their order, or why one cannot be read."""
        for number in numbers:
            try:
                found: Meeting | StoreError = self.read(number, tables)
            except StoreError as error:
                found = error
            yield number, found

    def texts(self, numbers: Sequence[int]) -> Iterator[tuple[int, Texts | StoreError]]:
        """All texts of the meetings of those numbers, in their order."""
        from meetings.store.texts import texts_in

        for number in numbers:
            try:
                texts = texts_in(self.raw(number), file_name(number))
                _refuse_another(texts.number, number)
            except StoreError as error:
                yield number, error
            else:
                yield number, texts

    def raw(self, number: int) -> bytes:
        """What is in the file."""
        try:
            return read_file(self.path(number))
        except FileNotFoundError:
            raise StoreError(f"There is no meeting {number} in {self.folder}.") from None
        except OSError as error:
            raise Unreadable(f"{file_name(number)} cannot be read: {reason(error)}.") from None

    def _meeting(self, number: int, raw: bytes, tables: tuple[str, ...] = ALL) -> Meeting:
        name = file_name(number)
        meeting = decode(raw, name, tables)
        check_rows(raw, name, tables)
        _refuse_another(meeting.head.number, number)
        return meeting

    def stamp(self, number: int) -> object:
        """A digest of the file's content: one file is read in no time, and its time says too little."""
        try:
            return hash(read_file(self.path(number)))
        except OSError:
            return None

    def glance(self, number: int) -> object:
        """Size, times and identity of the file: what can be seen from outside."""
        try:
            found = os.stat(f"{self.folder}{os.sep}{file_name(number)}")  # noqa: PTH116 - thousands of them
        except OSError:
            return None
        return (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)

    def listen(self, told: Callable[[int], None]) -> Callable[[], None]:
        """A folder tells nobody."""
        return lambda: None

    def create(self, meeting: Meeting) -> Meeting:
        """Write a new meeting file, unless there is one."""
        number = meeting.head.number
        with self._made():
            there = self.path(number).exists()
            if there:
                raw = self.raw(number)
                meeting = self._meeting(number, raw)
                if number not in self._uncertain:
                    return meeting
            try:
                write_durably(self.path(number), raw if there else encode(tables_of(meeting)))
            except OSError as error:
                if isinstance(error, Uncertain):
                    self._uncertain.add(number)
                raise NotSaved(f"Meeting {number} could not be saved: {reason(error)}.") from None
            self._uncertain.discard(number)
        return meeting

    def restore(self, number: int, raw: bytes) -> None:
        """Write a file that is not there yet."""
        with self._made():
            if self.path(number).exists():
                raise NotSaved(f"{self.path(number)} is there already.")
            try:
                write_durably(self.path(number), encode(arranged(raw)))
            except OSError as error:
                raise NotSaved(f"Meeting {number} could not be saved: {reason(error)}.") from None

    @contextlib.contextmanager
    def _made(self) -> Iterator[None]:
        """The folder is there and nobody else writes to it. Raises ReadOnly or NotSaved."""
        try:
            make_folder(self.folder)
        except OSError as error:
            raise NotSaved(f"{self.folder} cannot be made: {reason(error)}.") from None
        with self.locked():
            yield

    def save(self, meeting: Meeting, base: Meeting) -> Saved:
        """Write the meeting's changes against `base`, merged with what the file has gained since."""
        with self.locked():
            for _ in range(TRIES):
                with contextlib.suppress(Changed):
                    return self._merged_and_written(meeting, base)
        raise NotSaved(
            f"Meeting {meeting.head.number} could not be saved: another program keeps writing to it."
        )

    def _merged_and_written(self, meeting: Meeting, base: Meeting) -> Saved:
        """Save, holding the lock. Raises also Changed, when a program that does not know the lock came in between."""
        number = meeting.head.number
        there = None
        try:
            current = self._opened(number)
            merged = merge(base, meeting, current.meeting)
            if merged.meeting == current.meeting and number not in self._uncertain:
                return Saved(current.meeting, merged.clashes)
            version = current.meeting.head.version + 1
            result = replace(merged.meeting, head=replace(merged.meeting.head, version=version))
            write_changes(current.db, current.meeting, result)
            keep_older(self.folder, number, current.raw)
            current.db.storage.flush()  # type: ignore[attr-defined]
        except Changed:
            self._open = None
            raise
        except (OSError, DecodeError) as error:
            self._open = None
            if isinstance(error, Uncertain):
                self._uncertain.add(number)
                there = Saved(result, merged.clashes)
            raise NotSaved(f"Meeting {number} could not be saved: {reason(error)}.", there=there) from None
        except BaseException:
            self._open = None
            raise
        self._uncertain.discard(number)
        self._open = _Open(number, current.db, result, written(current.db))
        return Saved(result, merged.clashes)

    def troubles(self) -> list[Trouble]:
        """What cannot be read, what is missing, and what other programs or a killed write have left."""
        from meetings.store.damage import troubles

        return troubles(self)

    def mend(self) -> Iterator[Mended]:
        """Merge or set aside what other programs have left, remove what killed writes have."""
        from meetings.store.mend import mend

        return mend(self)

    def _opened(self, number: int) -> _Open:
        """The database of a meeting as it is on disk now."""
        path, known = self.path(number), self._open
        try:
            if known is not None and known.number == number and holds(path, known.raw):
                return known
            raw = read_file(path)
        except FileNotFoundError:
            raise NotSaved(
                f"{path} is gone.", "Put it back, or save a copy of this meeting elsewhere."
            ) from None
        meeting = self._meeting(number, raw)
        check_keys(raw, file_name(number))
        self._open = _Open(number, open_database(path, raw, in_todays_format(raw)), meeting, raw)
        return self._open

    def locked(self) -> contextlib.AbstractContextManager[None]:
        """Nobody else writes to the folder meanwhile. Raises ReadOnly or NotSaved."""
        return self._lock.held()


def _refuse_another(found: int, number: int) -> None:
    """Refuse a file that holds another meeting than its name says. Raises Unreadable."""
    if found != number:
        raise Unreadable(
            f"{file_name(number)} says that it is meeting {found}.",
            "It may be a copy: give it the name of its number, or move it out of the folder.",
        )
