"""A program in a real pty. What it writes is stamped when it arrives, and drawn when nothing more comes."""

from __future__ import annotations

import os
import re
import select
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

import pexpect
import pyte

SIZE = (120, 40)
QUIET = 0.03
"""Seconds of silence after which what has arrived is drawn."""
PATIENCE = 60.0

_ANSWERS = {b"\x1b[c": b"\x1b[?62;22c", b"\x1b[6n": b"\x1b[1;1R", b"\x1b[?2026$p": b"\x1b[?2026;2$y"}
"""What a terminal with synchronized output answers to the questions that the library asks."""
_JOINED = re.compile("[\ufe00-\ufe0f\u200d]")
"""pyte drops the rest of a run after these; they have no cell of their own."""

Wanted = Callable[[str], bool]


class NotShown(AssertionError):
    """Something expected has not come to the screen."""


class Terminal:
    """One run of a program in a pty."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        columns, lines = SIZE
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self._screen)
        self._decode = __import__("codecs").getincrementaldecoder("utf-8")("replace").decode
        self._waiting: list[tuple[float, bytes]] = []
        self.written = 0
        """Bytes that the program has written."""
        self.started = time.perf_counter()
        self._process = pexpect.spawn(
            command[0],
            list(command[1:]),
            cwd=str(folder),
            env=dict(environment),
            dimensions=(lines, columns),
            echo=False,
            timeout=None,
        )
        self._process.delaybeforesend = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.close(force=True)

    @property
    def pid(self) -> int:
        """The program's process."""
        pid: int = self._process.pid
        return pid

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self._screen.display)

    def launched(self, wanted: Wanted) -> float:
        """Milliseconds from the start of the process until the screen is as wanted."""
        return self.shows(wanted, self.started)

    def press(self, key: str, wanted: Wanted) -> float:
        """Milliseconds from a key until the screen is as wanted."""
        self.settle()
        return self.shows(wanted, self.send(key))

    def send(self, key: str) -> float:
        """Press a key and wait for nothing. The moment at which it was pressed."""
        pressed = time.perf_counter()
        os.write(self._process.child_fd, key.encode())
        return pressed

    def settle(self, quiet: float = 0.12) -> None:
        """Wait until nothing has come for a while."""
        while self._read(quiet):
            pass
        self._draw(lambda _: False, 0)

    def shows(self, wanted: Wanted, since: float) -> float:
        """Milliseconds from a moment until the screen is as wanted."""
        deadline = time.perf_counter() + PATIENCE
        while time.perf_counter() < deadline:
            if not self._read(QUIET) and (moment := self._draw(wanted, since)):
                return (moment - since) * 1000
        raise NotShown(f"What was waited for did not appear:\n{self.text}")

    def _read(self, seconds: float) -> bool:
        """Take what comes within so many seconds. Whether anything came."""
        ready, _, _ = select.select([self._process.child_fd], [], [], seconds)
        if not ready:
            return False
        try:
            raw = os.read(self._process.child_fd, 65536)
        except OSError:
            raise NotShown(f"The program has ended:\n{self.text}") from None
        self._waiting.append((time.perf_counter(), raw))
        self.written += len(raw)
        for question, answer in _ANSWERS.items():
            if question in raw:
                os.write(self._process.child_fd, answer)
        return True

    def _draw(self, wanted: Wanted, since: float) -> float:
        """Draw what has come. The moment at which the screen was as wanted, or nought."""
        while self._waiting:
            moment, raw = self._waiting.pop(0)
            self._stream.feed(_JOINED.sub("", self._decode(raw)))
            if moment >= since and wanted(self.text):
                return moment
        return 0.0
