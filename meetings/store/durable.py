"""Writing a file so that it is either the old one or the new one, whole and on disk."""

from __future__ import annotations

import errno
import os
import secrets
import sys
from pathlib import Path
from typing import Any

import msgspec
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import Storage

from meetings.store.codec import BOM


def write_durably(path: Path, data: bytes) -> None:
    """Replace the file's content at once: temporary file beside it, fsync, rename, fsync of the folder.

    A new file is for its owner alone (0600); a replaced one keeps its mode and, where allowed, its group.
    Raises OSError; the file is then as it was.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            _keep_mode(target, file.fileno())
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


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

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables in the file, or None when there is no file. Raises OSError, msgspec.DecodeError."""
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return None
        return msgspec.json.decode(raw.removeprefix(BOM), type=dict[str, Any])

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Put the tables in the file. Raises OSError; the file is then as it was."""
        write_durably(self.path, encode(data))


class OneWrite(CachingMiddleware):
    """TinyDB's cache, which writes only when told to: an edit of many tables is one durable write."""

    WRITE_CACHE_SIZE = sys.maxsize


def encode(tables: dict[str, dict[str, Any]]) -> bytes:
    """The content of a meeting file: indented, so that it reads and compares well line by line."""
    return msgspec.json.format(msgspec.json.encode(tables), indent=1) + b"\n"
