"""Writing a file so that it is either the old one or the new one, whole and on disk."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import Storage

from meetings.store.codec import BOM

PIECE = 1 << 16
"""Bytes that are compared at once."""


class Uncertain(OSError):
    """The file is the new one, whole, but it is not certain that a power failure would not bring the old one back."""


class Changed(OSError):
    """Another program has written to the file meanwhile. It is as that has left it."""


def write_durably(path: Path, data: bytes, *, over: bytes | None = None) -> None:
    """Replace the file's content at once: temporary file beside it, fsync, rename, fsync of the folder.

    A new file is for its owner alone (0600); a replaced one keeps its mode and, where allowed, its group.
    Only replaced while its content is `over`, if that is given. Raises OSError; the file is then as it was, unless
    the error is Uncertain.
    """
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    temporary = target.with_name(f".{target.name}.{os.urandom(4).hex()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            _keep_mode(target, file.fileno())
            os.fsync(file.fileno())
        if over is not None and not holds(target, over):
            raise Changed("another program is writing to it")
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    try:
        sync_folder(target.parent)
    except OSError as error:
        raise Uncertain(error.errno, error.strerror) from error


def make_folder(folder: Path) -> None:
    """Make a folder, for its owner alone, and those that it is in, durably. Raises OSError."""
    if folder.is_dir():
        return
    missing = [folder, *(parent for parent in folder.parents if not parent.exists())]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for made in missing:
        sync_folder(made.parent)


def read_file(path: Path) -> bytes:
    """The content of a file. Raises OSError, also for what is no file: a pipe would be waited for without end."""
    with _opened(path) as (descriptor, size):
        parts = []
        while part := os.read(descriptor, max(size + 1, 4096)):
            parts.append(part)
        return b"".join(parts)


def holds(path: Path, data: bytes) -> bool:
    """Whether a file's content is that. Raises OSError, as `read_file`; it takes no room for another copy."""
    with _opened(path) as (descriptor, size):
        if size != len(data):
            return False
        at = 0
        while part := os.read(descriptor, PIECE):
            if not data.startswith(part, at):
                return False
            at += len(part)
        return at == size


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tuple[int, int]]:
    """The descriptor of a file that can be read, and its size."""
    flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, os.O_RDONLY | flags)
    try:
        found = os.fstat(descriptor)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(found.st_mode):
            raise OSError("it is not a file")
        yield descriptor, found.st_size
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make the folder's own entries durable. Does nothing where folders cannot be opened (Windows)."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network folders have no such thing
            raise
    finally:
        os.close(descriptor)


def _keep_mode(target: Path, descriptor: int) -> None:
    if sys.platform == "win32":
        return
    try:
        old = target.stat()
    except FileNotFoundError:
        return
    if old.st_gid != os.fstat(descriptor).st_gid:
        try:
            os.fchown(descriptor, -1, old.st_gid)
        except PermissionError:
            return  # the group cannot be kept: then the file stays its owner's alone
    os.fchmod(descriptor, old.st_mode & 0o7777)


class DurableStorage(Storage):
    """The storage that TinyDB writes through: JSON that a person can read, replaced whole and durably."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.raw: bytes | None = None
        """The file's content as it was read or written last; only that is replaced."""
        self._texts: dict[str, tuple[dict[str, Any], bytes]] = {}

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables in the file, or None when there is no file. Raises OSError, msgspec.DecodeError."""
        try:
            raw = read_file(self.path)
        except FileNotFoundError:
            return None
        return tables_in(raw)

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Put the tables in the file. Raises OSError; the file is then as it was."""
        self._texts = {name: (table, self._text(name, table)) for name, table in data.items()}
        raw = _joined(text for _, text in self._texts.values())
        write_durably(self.path, raw, over=self.raw)
        self.raw = raw

    def _text(self, name: str, table: dict[str, Any]) -> bytes:
        """The text of a table: as it was when this is the same one still. TinyDB changes none, but makes another."""
        before, text = self._texts.get(name, (None, b""))
        return text if before is table else _table_text(name, table)


class OneWrite(CachingMiddleware):
    """TinyDB's cache, which writes only when told to: an edit of many tables is one durable write."""

    WRITE_CACHE_SIZE = sys.maxsize


def open_database(path: Path, raw: bytes, today: bytes) -> TinyDB:
    """The database of the file whose content `raw` was just read. It is not read again: it may have changed since.

    `today` is the same content in today's format.
    """
    db = TinyDB(path, storage=OneWrite(DurableStorage))  # type: ignore[no-untyped-call]
    db.storage.cache = tables_in(today)  # type: ignore[attr-defined]
    db.storage.storage.raw = raw  # type: ignore[attr-defined]
    return db


def written(db: TinyDB) -> bytes:
    """What the database has put in its file last."""
    raw: bytes = db.storage.storage.raw  # type: ignore[attr-defined]
    return raw


def tables_in(raw: bytes) -> dict[str, dict[str, Any]]:
    """The tables in the content of a file. Raises msgspec.DecodeError, RecursionError."""
    tables: dict[str, dict[str, Any]] = msgspec.json.decode(raw.removeprefix(BOM), type=dict[str, Any])
    return tables


def encode(tables: dict[str, dict[str, Any]]) -> bytes:
    """The content of a meeting file: indented, so that it reads and compares well line by line."""
    return _joined(_table_text(name, table) for name, table in tables.items())


def _table_text(name: str, table: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode({name: table}), indent=1)[2:-2]


def _joined(texts: Iterable[bytes]) -> bytes:
    parts = [part for text in texts for part in (b",\n", text)]
    return b"".join((b"{\n", *parts[1:], b"\n}\n"))  # one copy of a text that may be long
