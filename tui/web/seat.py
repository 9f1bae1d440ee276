"""The app of one browser: a process, and the line to the page that shows it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from meetings.text import clean
from tui.served import SERVED, VISITOR

DRIVER = "tui.web.driver:BrowserDriver"
START = "import sys; sys.path.append(sys.argv.pop(1)); from tui.__main__ import main; sys.exit(main())"
"""Starts the app from the folder that this program is in: nothing is loaded from the folder one happens to be in."""
BEGINS = b"__GANGLION__\n"
"""What the library's driver writes before everything else."""
SAID_BYTES = 4096
"""As much of what an app says about its end is kept."""
CALM_SECONDS, END_SECONDS, KILL_SECONDS = 2.0, 8.0, 2.0
"""How long an app that is told to end has for it; then without its page; then after a signal, before it is killed."""
STUCK_SECONDS = 10.0
"""A page that takes nothing in for so long is cut off; it comes back by itself if it can."""


@dataclass(eq=False)
class Line:
    """The connection to a page."""

    socket: web.WebSocketResponse
    drop: Callable[[], None]
    """Cut it, whether or not the other side answers."""


class Seat:
    """One running app. A page attaches to it, and does so again after the network was away."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._said = bytearray()
        self.line: Line | None = None
        """The page that shows the app."""
        self.left_by: Line | None = None
        """The page that showed it last, once that is gone."""
        self.ending = False
        """Whether the app was told to end."""
        self._sending = False
        self._tasks = [asyncio.create_task(self._show()), asyncio.create_task(self._listen())]

    @classmethod
    async def start(cls, arguments: Sequence[str], width: int, height: int, visitor: str) -> Seat:
        """Start an app of that many columns and lines, for that visitor. Raises OSError."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-c", START, str(Path(__file__).parents[2]), *arguments),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=_environment(width, height) | {VISITOR: visitor},
            start_new_session=True,  # Ctrl+C is for the server, which has each app save and end
        )
        return cls(process)

    @property
    def said(self) -> str:
        """What the app has written about its end, without anything that commands a terminal."""
        return clean(self._said.decode("utf-8", "replace"), lines=True)

    async def type(self, text: str) -> None:
        """Hand on what was typed, pasted or pointed at."""
        await self._ask(b"D", text.encode("utf-8", "replace"))

    async def tell(self, kind: str, **more: int) -> None:
        """Tell the app about something other than keys."""
        await self._ask(b"M", json.dumps({"type": kind, **more}).encode())

    async def ended(self) -> int:
        """Wait for the app to end by itself or because it was told to. Its exit status."""
        await asyncio.wait(self._tasks)
        return await self._process.wait()

    async def end(self) -> int:
        """Have the app save and end; one that does not is killed. Its exit status."""
        self.ending = True
        asking = asyncio.create_task(self.tell("quit"))
        try:
            for seconds, insist in (
                (CALM_SECONDS, self._cut),  # a page that takes nothing in may be what holds the app up
                (END_SECONDS, self._process.terminate),
                (KILL_SECONDS, self._process.kill),
            ):
                with suppress(TimeoutError):
                    async with asyncio.timeout(seconds):
                        return await self.ended()
                with suppress(ProcessLookupError):
                    insist()
            return await self.ended()
        finally:
            asking.cancel()

    def _cut(self) -> None:
        if self.line is not None and self._sending:
            self.line.drop()

    async def _ask(self, kind: bytes, payload: bytes) -> None:
        assert self._process.stdin is not None
        with suppress(ConnectionError, RuntimeError):  # it has ended
            self._process.stdin.write(kind + len(payload).to_bytes(4, "big") + payload)
            await self._process.stdin.drain()

    async def _show(self) -> None:
        """Hand on what the app draws, until it ends. Nobody may be there to see it."""
        assert self._process.stdout is not None
        read = self._process.stdout.readexactly
        with suppress(asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            await self._process.stdout.readuntil(BEGINS)
            while True:
                head = await read(5)
                payload = await read(int.from_bytes(head[1:], "big"))
                if head[:1] == b"D":
                    await self._send(payload)
                elif head[:1] == b"M":
                    await self._open(payload)

    async def _send(self, payload: bytes | str) -> None:
        line = self.line
        if line is None or line.socket.closed:
            return
        self._sending = True
        try:
            async with asyncio.timeout(STUCK_SECONDS):
                if isinstance(payload, bytes):
                    await line.socket.send_bytes(payload)
                else:
                    await line.socket.send_str(payload)
        except (ConnectionError, TimeoutError):
            line.drop()
        finally:
            self._sending = False

    async def _open(self, payload: bytes) -> None:
        """The one thing that an app asks of the page: to open another one."""
        asked = json.loads(payload)
        if asked.get("type") == "open_url" and str(asked.get("url")).startswith(("http://", "https://")):
            await self._send(json.dumps(["open_url", {"url": asked["url"], "new_tab": True}]))

    async def _listen(self) -> None:
        """Keep the beginning of what the app says on standard error."""
        assert self._process.stderr is not None
        while data := await self._process.stderr.read(SAID_BYTES):
            self._said += data[: SAID_BYTES - len(self._said)]


def _environment(width: int, height: int) -> dict[str, str]:
    """That of this process, and what makes the app one for a browser."""
    kept = {name: value for name, value in os.environ.items() if name not in ("TEXTUAL", "TEXTUAL_LOG")}
    return kept | {
        SERVED: "1",
        "TEXTUAL_DRIVER": DRIVER,
        "TEXTUAL_FPS": "60",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TERM_PROGRAM": "textual",
        "COLUMNS": str(width),
        "ROWS": str(height),
    }
