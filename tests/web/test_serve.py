"""The app in a browser: who gets in, what strangers get."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, WSServerHandshakeError

from meetings.model import Win
from tests.terminal import prepared
from tests.web.serving import Served, served

HOSTILE = "<script>document.title='broken'</script> [red]x[/red] &amp; ok"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    """Serves a running meeting with a win whose text tries to be HTML and markup."""
    prepared.running(tmp_path, Win(title=HOSTILE))
    with served(tmp_path, "--config", str(prepared.config_file(tmp_path))) as server:
        yield server


def cookie_of(server: Served) -> str:
    """What a browser has after opening the link."""
    return server.come_in(server.links[-1])


def test_strangers_get_nothing(server: Served) -> None:
    link = server.links[-1].removeprefix(server.address)
    for path in ("/", "/ws", "/page.js", "/static/js/textual.js", "/page.css", "/nothing"):
        missing, wrong = server.get(path), server.get(path, Cookie=f"accord-{server.port}=guessed")
        assert {missing.status, wrong.status} <= {401, 403}
        assert "accord serve" in missing.text or "Another page" in missing.text
    assert server.get("/enter/guessed").status == 401
    assert server.get(link, Host=f"evil.example:{server.port}").status == 421
    assert server.get(link, Origin="http://evil.example").status == 403
    set_cookie = cookie_of(server)  # none of that used the link up
    assert "HttpOnly" in set_cookie
    assert "SameSite=Strict" in set_cookie
    assert server.get(link).status == 401
    cookie = set_cookie.partition(";")[0]
    page = server.get("/", Cookie=cookie)
    assert page.status == 200
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert server.get("/", Cookie=cookie, Host=f"evil.example:{server.port}").status == 421
    assert server.get("/", Cookie=cookie, Origin="null").status == 403
    assert server.get("/static/", Cookie=cookie).status in (403, 404)
    assert server.get("/static/../guard.py", Cookie=cookie).status == 404


async def test_the_app_talks_to_who_has_the_cookie_and_our_origin_alone(server: Served) -> None:
    cookie = {"Cookie": cookie_of(server).partition(";")[0]}
    address = f"{server.address}/ws?width=100&height=30&page={'0' * 32}"
    async with ClientSession() as client:
        for headers in ({}, cookie, cookie | {"Origin": "http://evil.example"}, {"Origin": server.address}):
            with pytest.raises(WSServerHandshakeError):
                await client.ws_connect(address, headers=headers)
        async with client.ws_connect(address, headers=cookie | {"Origin": server.address}) as socket:
            for nonsense in ("", "{", "[]", '["stdin"]', '["resize", {"width": "x"}]', '["resize", 7]', "7"):
                await socket.send_str(nonsense)
            seen = b""
            async with asyncio.timeout(30):
                while b"Check-in" not in seen:
                    seen += (await socket.receive_bytes()) or b""
