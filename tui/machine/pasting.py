"""What is pasted comes in one piece, whatever is in it.

The library reads a paste until the first escape sequence in it, and takes the rest for keys: pasted text could then act
as commands. Many terminals take such signs out; not all do.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Generator, Iterable
from typing import TypeVar

from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.message import Message

START, END = "\x1b[200~", "\x1b[201~"
PATIENCE = 5.0
"""Seconds after which a paste whose end does not come is over: the keyboard is needed."""
READERS = ("linux_driver", "linux_inline_driver", "web_driver", "win32")
"""Modules of the library that read the keyboard."""

D = TypeVar("D", bound=type[Driver])


class WholePastes(XTermParser):
    """Reads keys as the library does, and what stands between the two marks of a paste as it is."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._tail = ""
        """What was read last: the mark may come in two pieces."""
        self._pasted: str | None = None
        """What has come of a paste so far; None while nothing is being pasted."""
        self._heard = 0.0

    def feed(self, data: str) -> Iterable[Message]:
        """Keys, clicks and pastes in that order in which they come."""
        if not data:  # the end
            yield from self._give_up()
            yield from super().feed(data)
        while data:
            if self._pasted is None:
                data = yield from self._read_keys(data)
            else:
                data = yield from self._read_paste(data)

    def _read_keys(self, data: str) -> Generator[Message, None, str]:
        """Keys as far as the mark of a paste; what comes after it is given back."""
        seen = self._tail + data
        at = seen.find(START)
        keys = data if at < 0 else data[: at + len(START) - len(self._tail)]
        rest = data[len(keys) :]
        self._tail = (self._tail + keys)[1 - len(START) :]
        yield from super().feed(keys)
        if at >= 0:
            self._tail, self._pasted, self._heard = "", "", time.monotonic()
            # the library has seen the mark as well: a paste of nothing
            yield from (message for message in super().feed(END) if not isinstance(message, events.Paste))
        return rest

    def _read_paste(self, data: str) -> Generator[Message, None, str]:
        """A paste as soon as it is whole; what comes after it is given back."""
        assert self._pasted is not None
        begin = max(len(self._pasted) - len(END), 0)
        self._pasted, self._heard = self._pasted + data, time.monotonic()
        at = self._pasted.find(END, begin)
        if at < 0:
            return ""
        text, rest = self._pasted[:at], self._pasted[at + len(END) :]
        self._pasted = None
        yield events.Paste(text)
        return rest

    def tick(self) -> Iterable[Message]:
        """Called now and then: what has waited for too long."""
        if self._pasted is not None and time.monotonic() - self._heard > PATIENCE:
            yield from self._give_up()
        yield from super().tick()

    def _give_up(self) -> Iterable[Message]:
        text, self._pasted = self._pasted, None
        if text:
            yield events.Paste(text)


def in_one_piece(driver: D) -> D:
    """That driver, from now on with whole pastes."""
    for name in READERS:
        module = sys.modules.get(f"textual.drivers.{name}")
        if module is not None:
            module.XTermParser = WholePastes  # type: ignore[attr-defined]
    return driver
