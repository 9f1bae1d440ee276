"""Accord in a real terminal: a pty of a given size, what is on its screen, and keys as a keyboard sends them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

import pexpect
import pyte

ROOT = Path(__file__).resolve().parents[2]

KEYS = {
    "Enter": "\r",
    "Esc": "\x1b",
    "Tab": "\t",
    "Shift+Tab": "\x1b[Z",
    "Space": " ",
    "Up": "\x1b[A",
    "Down": "\x1b[B",
    "Right": "\x1b[C",
    "Left": "\x1b[D",
    "Home": "\x1b[H",
    "End": "\x1b[F",
    "Delete": "\x1b[3~",
    "Backspace": "\x7f",
    "F1": "\x1bOP",
    "Ctrl+P": "\x10",
    "Ctrl+Q": "\x11",
    "Ctrl+S": "\x13",
    "Ctrl+Z": "\x1a",
}
PATIENCE = 60.0
"""Seconds until what is waited for counts as not coming: long, for a machine that has much else to do."""
_JOINED = re.compile("[\ufe00-\ufe0f\u200d]")
"""pyte drops the rest of a run after these; they have no cell of their own."""


def environment(home: Path) -> dict[str, str]:
    """A terminal's environment in which everything of the user is below `home`."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "LANG", "TZ", "COVERAGE_PROCESS_START")
        if name in os.environ
    }
    return kept | {
        "HOME": str(home),
        "ACCORD_HOME": str(home / "accord"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "ESCDELAY": "25",
    }


def command(home: Path, *arguments: str, module: str = "tui", also: Mapping[str, str] | None = None) -> str:
    """What a command prints. It has to end with 0. `module` and `also` are those of a `Terminal`."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=home,
        env={**environment(home), **(also or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=2 * PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class Ended(AssertionError):
    """The app is gone while something was expected of it."""


class Terminal:
    """One run of the app in a pty. `wait_for` reads until the screen fulfils a condition; nothing sleeps."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        size: tuple[int, int] = (120, 36),
        cwd: Path | None = None,
        patience: float = PATIENCE,
        also: Mapping[str, str] | None = None,
        prepare: Callable[[], None] | None = None,
        shell: bool = False,
        module: str = "tui",
    ) -> None:
        """`also` is more of the environment; `prepare` is called in the new process before the app is there.

        `module` is what Python runs. With `shell`, it is a shell with job control that starts the app when it is told.
        """
        columns, rows = size
        self.patience = patience
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)
        self._decode = __import__("codecs").getincrementaldecoder("utf-8")("replace").decode
        command = ("sh", "-i") if shell else (sys.executable, "-m", module, *arguments)
        self.process = pexpect.spawn(
            command[0],
            list(command[1:]),
            cwd=str(cwd or home),
            env={**environment(home), **(also or {})},
            preexec_fn=prepare,
            dimensions=(rows, columns),
            timeout=patience,
        )
        self.process.delaybeforesend = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.process.close(force=True)
        except pexpect.ExceptionPexpect:  # killed, and on a busy machine not gone at once
            self.process.ptyproc.wait()

    @property
    def text(self) -> str:
        """What is on the screen."""
        lines = (self.screen.buffer[row] for row in range(self.screen.lines))
        columns = range(self.screen.columns)
        # the second cell of a wide sign has no text; pyte's own display fails where only the first was drawn over yet
        return "\n".join("".join(line[column].data for column in columns).rstrip() for line in lines)

    def wait_for(
        self, wanted: str | Callable[[str], bool], *, gone: str = "", beside: Sequence[Terminal] = ()
    ) -> str:
        """Read until the screen shows `wanted` (and no longer `gone`). Fails with the screen's text.

        `beside` are others that are read meanwhile, as someone does who looks at several windows.
        """
        deadline = time.monotonic() + self.patience
        while not self._fulfils(wanted, gone):
            if time.monotonic() > deadline:
                raise AssertionError(f"{wanted!r} did not appear (or {gone!r} stayed):\n{self.text}")
            for each in (self, *beside):
                each.read()
        return self.text

    def _fulfils(self, wanted: str | Callable[[str], bool], gone: str) -> bool:
        shown = self.text
        there = wanted(shown) if callable(wanted) else wanted in shown
        return there and not (gone and gone in shown)

    def read(self) -> None:
        """Read what the app has drawn, for a moment. An app that nobody reads waits with everything else, too."""
        try:
            raw = self.process.read_nonblocking(65536, timeout=0.2)
        except pexpect.TIMEOUT:
            return
        except pexpect.EOF:
            raise Ended(f"The app has ended with {self.process.exitstatus}:\n{self.text}") from None
        self._stream.feed(_JOINED.sub("", self._decode(raw)))

    def press(self, *keys: str) -> Self:
        """Send keys by name (`Enter`, `Esc`) or as they are (`n`, `U`)."""
        for key in keys:
            self.process.send(KEYS.get(key, key))
            if key == "Esc":  # a key that follows at once would be read as Alt with it
                self._settle()
        return self

    def _settle(self) -> None:
        """Let the app tell a lone Escape from the beginning of a sequence: wait until it draws or falls silent.

        The line on top, where the time goes on, says nothing of that.
        """
        before = self.text.split("\n")[1:]
        deadline = time.monotonic() + 1.0
        while self.text.split("\n")[1:] == before and time.monotonic() < deadline:
            self.read()

    def quiet(self) -> Self:
        """Wait until the app has drawn all that it had to draw."""
        before = None
        while before != (before := self.text):
            self.read()
        return self

    def type(self, text: str) -> Self:
        """Type a text, letter by letter as far as the app can tell."""
        self.process.send(text)
        return self

    def saved(self) -> Self:
        """Wait until the last edit is on disk."""
        self.wait_for(lambda shown: " Saved" in shown.split("\n", 1)[0])
        return self

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End the process, and read what it may still say."""
        self.process.kill(how)
        self.leave()

    def killed_before(self, wanted: str) -> bool:
        """Wait until the screen shows `wanted` (False) or a signal has ended the process (True)."""
        try:
            self.wait_for(wanted)
        except Ended:
            self.process.wait()
            return self.process.signalstatus is not None
        return False

    def hang_up(self) -> None:
        """Close the terminal, as when its window is closed, and wait until the app is gone."""
        self.process.ptyproc.fileobj.close()
        self.process.ptyproc.wait()

    def leave(self) -> int:
        """Wait for the app to end by itself. Its exit code."""
        self.process.expect(pexpect.EOF)
        self.process.wait()
        self.process.close()
        return int(self.process.exitstatus or 0)
