"""`accord serve` as a process of its own, and what it answers."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from tests.postgres_server import free_port
from tests.terminal.driver import ROOT, environment
from tests.web.shown import Shown

PATIENCE = 60
"""Seconds until what is waited for counts as not coming."""
PAGE = "0123456789abcdef" * 2
"""What a page calls itself."""


@dataclass
class Answer:
    status: int
    text: str
    headers: dict[str, str]


@dataclass
class Served:
    """A running server. `links` are those that it has shown."""

    process: subprocess.Popen[str]
    port: int
    links: list[str]
    printed: str = ""
    """What it has printed so far, as far as that was read."""

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def next_link(self) -> str:
        """Wait for the next link that it shows."""
        assert self.shows_a_link(), f"the server ended: {self.printed}"
        return self.links[-1]

    def shows_a_link(self) -> bool:
        """Wait for the next link that it shows. False when it ends without one."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.printed += line
            if "/enter/" in line:
                self.links.append(line.strip())
                return True
        return False

    def get(self, path: str, **headers: str) -> Answer:
        """What a request gets. `Host` may be another; redirects are not followed."""
        return self.ask("GET", path, **headers)

    def come_in(self, link: str) -> str:
        """Use a link up as its page does. The cookie as it is set."""
        answer = self.ask("POST", link.removeprefix(self.address), Origin=self.address)
        assert answer.status == 204
        return answer.headers["Set-Cookie"]

    def ask(self, method: str, path: str, **headers: str) -> Answer:
        """What a request of any kind gets."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest(method, path, skip_host=True)
        for name, value in ({"Host": f"localhost:{self.port}"} | headers).items():
            connection.putheader(name, value)
        connection.endheaders()
        response: HTTPResponse = connection.getresponse()
        answer = Answer(response.status, response.read().decode("utf-8", "replace"), dict(response.headers))
        connection.close()
        return answer

    def end(self, how: signal.Signals = signal.SIGINT) -> str:
        """End it with a signal. All that it has printed."""
        self.process.send_signal(how)
        self.printed += self.process.communicate(timeout=PATIENCE)[0]
        return self.printed

    def apps(self) -> list[int]:
        """The processes of the apps that run, and those that have ended unless the server knows of it."""
        found = subprocess.run(
            ["ps", "--ppid", str(self.process.pid), "-o", "pid="], capture_output=True, text=True, check=False
        )
        return [int(line) for line in found.stdout.split()]


@dataclass
class Connected:
    """A line to an app, as a page has it."""

    socket: ClientWebSocketResponse
    shown: Shown

    async def wait_for(self, text: str) -> None:
        """Wait until the app shows that."""
        async with asyncio.timeout(PATIENCE):
            while text not in self.shown.text:
                message = await self.socket.receive()
                assert message.type is WSMsgType.BINARY, message
                self.shown.draw(message.data)

    async def closed(self) -> int:
        """Wait until the server closes the line. With which code."""
        return (await self.parted())[0]

    async def parted(self) -> tuple[int, str]:
        """Wait until the server closes the line. With which code, and what it says."""
        async with asyncio.timeout(PATIENCE):
            while True:
                message = await self.socket.receive()
                if message.type is WSMsgType.CLOSE:
                    return message.data, message.extra or ""
                if message.type in (WSMsgType.CLOSED, WSMsgType.CLOSING, WSMsgType.ERROR):
                    return self.socket.close_code or 0, ""


@asynccontextmanager
async def connected(
    server: Served, cookie: str, *, page: str = PAGE, again: bool = False
) -> AsyncIterator[Connected]:
    """The app of a page, once it shows the first step."""
    address = f"{server.address}/ws?width=100&height=30&page={page}{'&again=1' * again}"
    async with (
        ClientSession() as client,
        client.ws_connect(address, headers={"Cookie": cookie, "Origin": server.address}) as socket,
    ):
        app = Connected(socket, Shown(100, 30))
        await app.wait_for("Check-in")
        yield app


@contextmanager
def served(home: Path, *arguments: str, public: str = "") -> Iterator[Served]:
    """Serve the meetings of that home's configuration; `public` is the address that browsers have of it."""
    server = _started(home, *arguments, public=public)
    while not server.shows_a_link():
        assert "in use" in server.printed, server.printed
        server = _started(home, *arguments, public=public)  # somebody else has taken the port meanwhile
    process = server.process
    try:
        yield server
    finally:
        if process.poll() is None:
            try:
                server.end()
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


def _started(home: Path, *arguments: str, public: str) -> Served:
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tui",
            *arguments,
            "serve",
            "--port",
            str(port),
            *(("--public-url", public) if public else ()),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=home,
        env=environment(home) | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    )
    return Served(process, port, [])
