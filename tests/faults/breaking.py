"""Makes one step of a durable write fail, as a full or broken disk would, for files below one folder."""

from __future__ import annotations

import errno
import io
import os
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

STEPS = (
    *("read", "lock file", "lock", "open", "write", "short write", "fchmod", "fsync", "rename"),
    "fsync of the folder",
)
"""In the order in which they are taken."""

REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EIO: "input/output error",
    errno.EDQUOT: "the disk quota is used up",
}


class Fault:
    """Refuses one step with one error, from its `after`th time on, unless it is switched off."""

    def __init__(self, patch: pytest.MonkeyPatch, folder: Path, step: str, code: int, after: int = 0) -> None:
        self.step, self.code = step, code
        self.left = after
        self._spared: set[int] = set()
        """Threads that are not refused anything."""
        self._folder = str(folder.resolve())
        self._hits = 0
        self._hit = threading.Condition()
        self._ours: set[int] = set()
        """Descriptors of files below the folder."""
        self._install(patch)

    @property
    def hits(self) -> int:
        """How often the step was refused."""
        return self._hits

    def wait(self, do: Callable[[], object]) -> None:
        """Do something and wait until that has made the step fail."""
        before = self._hits
        do()
        with self._hit:
            assert self._hit.wait_for(lambda: self._hits > before, 60), f"{self.step} was not tried"

    @contextmanager
    def off(self) -> Iterator[None]:
        """Switched off for a while, for this thread alone: another may just be taking the step."""
        self._spared.add(threading.get_ident())
        try:
            yield
        finally:
            self._spared.discard(threading.get_ident())

    def _refuse(self, step: str) -> None:
        if step != self.step or threading.get_ident() in self._spared:
            return
        if self.left > 0:
            self.left -= 1
            return
        with self._hit:
            self._hits += 1
            self._hit.notify_all()
        raise OSError(self.code, os.strerror(self.code))

    def _install(self, patch: pytest.MonkeyPatch) -> None:
        import fcntl

        real_open, real_fdopen, real_fsync, real_read = os.open, os.fdopen, os.fsync, os.read
        real_fchmod, real_flock, real_replace = os.fchmod, fcntl.flock, Path.replace

        def opening(path: Any, flags: int, *rest: Any, **options: Any) -> int:
            ours = str(path).startswith(self._folder)
            if ours and str(path).endswith(".tmp"):
                self._refuse("open")
            if ours and str(path).endswith(".lock"):
                self._refuse("lock file")
            descriptor = real_open(path, flags, *rest, **options)
            (self._ours.add if ours else self._ours.discard)(descriptor)
            return descriptor

        def fdopening(descriptor: int, mode: str = "r", *rest: Any, **options: Any) -> Any:
            if descriptor in self._ours and mode == "wb":
                return io.BufferedWriter(_Disk(descriptor, self._refuse))
            return real_fdopen(descriptor, mode, *rest, **options)

        def guarded(step: str, real: Callable[..., Any]) -> Callable[..., Any]:
            def call(descriptor: int, *rest: Any) -> Any:
                if descriptor in self._ours:
                    self._refuse(step)
                return real(descriptor, *rest)

            return call

        def syncing(descriptor: int) -> None:
            if descriptor in self._ours:
                folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
                self._refuse("fsync of the folder" if folder else "fsync")
            real_fsync(descriptor)

        def locking(file: Any, how: int) -> None:
            descriptor = file if isinstance(file, int) else file.fileno()
            if descriptor in self._ours and how & fcntl.LOCK_EX:
                self._refuse("lock")
            real_flock(descriptor, how)

        def replacing(path: Path, target: Any) -> Path:
            if str(path).startswith(self._folder):
                self._refuse("rename")
            return real_replace(path, target)

        patch.setattr(os, "open", opening)
        patch.setattr(os, "fdopen", fdopening)
        patch.setattr(os, "fsync", syncing)
        patch.setattr(os, "read", guarded("read", real_read))
        patch.setattr(os, "fchmod", guarded("fchmod", real_fchmod))
        patch.setattr("portalocker.portalocker.LOCKER", locking)
        patch.setattr(Path, "replace", replacing)


class _Disk(io.FileIO):
    """A file whose writes can be refused, at once or after a part."""

    def __init__(self, descriptor: int, refuse: Callable[[str], None]) -> None:
        super().__init__(descriptor, "wb")
        self._refuse = refuse
        self._written = False

    def write(self, data: Any) -> int:
        self._refuse("write")
        if self._written:
            self._refuse("short write")
        part = len(data) if self._written else (len(data) + 1) // 2
        self._written = True
        return super().write(bytes(data)[:part]) or 0
