"""The short lock around a write, so that nobody else writes to the folder meanwhile."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from meetings.store.base import NotSaved, ReadOnly
from meetings.store.reasons import reason

if TYPE_CHECKING:
    from portalocker import Lock

NAME = ".lock"
LOCK_SECONDS = 10.0
LOOK_SECONDS = 0.005
"""How often a lock that another program has is asked for; a write takes about as long."""


class FolderLock:
    """One at a time: among the threads of this program, and among all programs that know the lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._threads = threading.Lock()
        self._lock: Lock[IO[bytes]] | None = None

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold it. Raises ReadOnly or NotSaved; nothing that goes wrong afterwards is taken for a fault of the lock."""
        with self._threads:
            lock = self._taken()
            try:
                yield
            finally:
                with contextlib.suppress(OSError):  # what was written is written
                    lock.release()

    def _load(self) -> None:
        """Load the library. It asks for a folder for temporary files, which a full disk has not; here it needs none."""
        if "portalocker" in sys.modules:
            return
        import tempfile

        before, tempfile.tempdir = tempfile.tempdir, tempfile.tempdir or str(self._folder)
        try:
            import portalocker  # noqa: F401
        finally:
            tempfile.tempdir = before

    def _taken(self) -> Lock[IO[bytes]]:
        self._load()
        from portalocker import AlreadyLocked, Lock, LockException

        if self._lock is None:  # each acquiring opens the file anew
            self._lock = Lock(
                self._folder / NAME,
                "ab",
                timeout=LOCK_SECONDS,
                check_interval=LOOK_SECONDS,
                opener=self._open,
            )
        lock = self._lock
        try:
            lock.acquire()
        except AlreadyLocked:
            raise NotSaved("Another program has held the store's lock for 10 seconds.") from None
        except LockException as error:
            why = (
                reason(error.__cause__)
                if isinstance(error.__cause__, OSError)
                else "that is not possible here"
            )
            raise NotSaved(f"{self._folder} cannot be locked: {why}.") from None
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise ReadOnly(f"Nothing can be written in {self._folder}: {reason(error)}.") from None
            raise NotSaved(f"{self._folder} cannot be written to: {reason(error)}.") from None
        return lock

    def _open(self, path: str, flags: int) -> int:
        """Open the file, made at the first time: who may use the folder may use its lock."""
        try:
            return os.open(path, flags & ~os.O_CREAT)
        except FileNotFoundError:
            mode = self._folder.stat().st_mode & 0o666 | 0o600
            descriptor = os.open(path, flags, mode)
            with contextlib.suppress(OSError):
                os.fchmod(descriptor, mode)
            return descriptor
