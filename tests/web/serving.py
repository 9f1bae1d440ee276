"""`accord serve` as a process of its own, and what it answers."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from tests.postgres_server import free_port
from tests.terminal.driver import ROOT, environment


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

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def next_link(self) -> str:
        """Wait for the next link that it shows."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if "/enter/" in line:
                self.links.append(line.strip())
                return self.links[-1]
        raise AssertionError("the server ended")

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
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest(method, path, skip_host=True)
        for name, value in ({"Host": f"localhost:{self.port}"} | headers).items():
            connection.putheader(name, value)
        connection.endheaders()
        response: HTTPResponse = connection.getresponse()
        answer = Answer(response.status, response.read().decode("utf-8", "replace"), dict(response.headers))
        connection.close()
        return answer


@contextmanager
def served(home: Path, *arguments: str) -> Iterator[Served]:
    """Serve the meetings of that home's configuration."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", *arguments, "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=home,
        env=environment(home) | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    )
    server = Served(process, port, [])
    try:
        server.next_link()
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
