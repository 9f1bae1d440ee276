"""Who gets into the app in a browser, and what strangers get: one bare sentence, on every route."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, WSServerHandshakeError

from meetings.model import Win
from tests.terminal import prepared
from tests.web.serving import PAGE, PATIENCE, Served, connected, served
from tui.web.seats import MOST_OF_ONE

SECRET = "Acme signed for nine millions"
ROUTES = (
    "/",
    "/ws",
    "/page.js",
    "/page.css",
    "/static/js/textual.js",
    "/static/fonts/upright.ttf",
    "/nothing",
)
SENTENCES = {
    "Another page may not use this one.\n",
    "Open the link that `accord serve` shows; each works once.\n",
    "There is nothing here.\n",
    "This link was used already, or is not one. Ask for another.\n",
    "This server has another address.\n",
}


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    """Serves a running meeting; the tests share it, and each uses links of its own."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        prepared.running(home, Win(title=SECRET))
        with served(home, "--config", str(prepared.config_file(home))) as server:
            yield server


@pytest.fixture(scope="module")
def cookie(server: Served) -> str:
    """What a browser has after opening a link."""
    return come_in(server).partition(";")[0]


def come_in(server: Served) -> str:
    """Use the link that is shown, and wait for the next one."""
    cookie = server.come_in(server.links[-1])
    server.next_link()
    return cookie


@pytest.mark.parametrize("path", ROUTES)
def test_without_a_cookie_of_this_server_there_is_nothing(server: Served, cookie: str, path: str) -> None:
    name, _, value = cookie.partition("=")
    wrong = (
        "",
        f"{name}=guessed",
        f"{name}=",
        f"other={value}",
        f"{name}={server.links[-1].rpartition('/')[2]}",
        f"{name}=x; {name}={value[:-1]}",
    )
    for sent in wrong:
        answer = server.get(path, Cookie=sent, Origin=server.address)
        assert (answer.status, answer.text) == (
            401,
            "Open the link that `accord serve` shows; each works once.\n",
        )


@pytest.mark.parametrize("path", [*ROUTES, "/enter.js", "the link"])
def test_a_foreign_host_and_a_foreign_page_get_nothing(server: Served, cookie: str, path: str) -> None:
    path = server.links[-1].removeprefix(server.address) if path == "the link" else path
    port = server.port
    foreign_hosts = (
        f"evil.example:{port}",
        "localhost",
        f"localhost:{port + 1}",
        f"localhost.evil.example:{port}",
    )
    for host in (*foreign_hosts, f"evil.example@localhost:{port}", f"localhost:{port}@evil.example", ""):
        assert server.get(path, Cookie=cookie, Host=host).status == 421
    foreign_pages = (
        "null",
        "http://evil.example",
        f"http://localhost:{port + 1}",
        f"https://localhost:{port}",
        "",
    )
    for method in ("GET", "POST", "PUT", "OPTIONS"):
        for origin in foreign_pages:
            assert server.ask(method, path, Cookie=cookie, Origin=origin).status == 403
    assert server.ask("POST", path, Cookie=cookie).status == 403, "a page that does not say where it is from"


def test_a_link_is_used_once_and_only_by_being_opened(server: Served) -> None:
    link = server.links[-1].removeprefix(server.address)
    assert server.ask("HEAD", link).status == 200
    preview = server.get(link)
    assert preview.status == 200
    assert "Set-Cookie" not in preview.headers, "whoever looks at it for a preview does not use it up"
    for wrong in (
        "/enter/guessed",
        link[:-1],
        f"{link}x",
        "/enter/%C3%A9",
        "/enter/%00",
        "/enter/..%2fpage.js",
    ):
        answer = server.ask("POST", wrong, Origin=server.address)
        assert (answer.status, "Set-Cookie" in answer.headers) in {(401, False), (400, False)}
    set_cookie = come_in(server)
    assert {part.strip() for part in set_cookie.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=Strict"}
    assert server.ask("POST", link, Origin=server.address).status == 401
    assert server.get(link).status == 401
    assert server.get("/", Cookie=set_cookie.partition(";")[0]).status == 200


def test_a_cookie_and_a_link_of_another_server_are_nothing(
    server: Served, cookie: str, tmp_path: Path
) -> None:
    prepared.running(tmp_path)
    with served(tmp_path, "--config", str(prepared.config_file(tmp_path))) as other:
        link = server.links[-1].removeprefix(server.address)
        assert other.ask("POST", link, Origin=other.address).status == 401
        theirs = other.come_in(other.links[-1]).partition(";")[0]
        assert theirs.partition("=")[0] != cookie.partition("=")[0], "a browser keeps both"
        assert other.get("/", Cookie=f"{theirs.partition('=')[0]}={cookie.partition('=')[2]}").status == 401
        assert other.get("/", Cookie=f"{theirs}; {cookie}").status == 200


def test_what_a_page_may_do_is_said_with_every_answer(server: Served, cookie: str) -> None:
    for path in (*ROUTES, "/enter/guessed"):
        headers = server.get(path, Cookie=cookie).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self';" in policy
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert "aiohttp" not in headers["Server"]
    assert "http" not in server.get("/page.css", Cookie=cookie).text


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/static/",
            "/static/js/",
            "/static/../guard.py",
            "/static/js/../../server.py",
            "/static//etc/passwd",
        ),
        *(
            "/static/%2e%2e/%2e%2e/server.py",
            "//etc/passwd",
            "/page.js/../../guard.py",
            "/static/js/textual.js%00",
        ),
        *("/enter/../page.js", "/enter.js/../ws", "/./ws", "/ws/", "/download/x", "/server.py", "/page.html"),
    ],
)
def test_there_is_no_way_to_any_other_file(server: Served, cookie: str, path: str) -> None:
    assert server.get(path, Cookie=cookie).status == 404
    assert server.get(path).status == 401


@pytest.mark.parametrize(
    "request_",
    [
        "GET http://evil.example/ HTTP/1.1\r\n{host}{cookie}",
        "GET / HTTP/1.1\r\n{host}Host: evil.example\r\n{cookie}",
        "GET / HTTP/1.1\r\nHost: evil.example\r\n{host}{cookie}",
        "GET / HTTP/1.1\r\n{host}Origin: {address}\r\nOrigin: http://evil.example\r\n{cookie}",
        "GET / HTTP/1.0\r\n{cookie}",
        "GET / HTTP/1.1\r\n{host}X: {long}\r\n{cookie}",
        "GET /{long} HTTP/1.1\r\n{host}{cookie}",
        "GET / HTTP/1.1\r\n{host}X : y\r\n{cookie}",
        "POST / HTTP/1.1\r\n{host}{cookie}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        "GET / HTTP/1.1\r\n{host}{cookie}",
        "\x16\x03\x01\x02\x00\x01\x00",
    ],
)
def test_requests_that_no_browser_makes_get_nothing(server: Served, cookie: str, request_: str) -> None:
    filled = request_.format(
        host=f"Host: localhost:{server.port}\r\n",
        cookie=f"Cookie: {cookie}\r\nConnection: close\r\n",
        address=server.address,
        long="y" * 70_000,
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
        connection.sendall(f"{filled}\r\n".encode("latin-1"))
        connection.shutdown(socket.SHUT_WR)
        got = b"".join(iter(lambda: connection.recv(65536), b""))
    assert b" 200 " not in got
    assert b"<html" not in got
    assert server.get("/", Cookie=cookie).status == 200, "and the others go on"


async def test_the_app_talks_to_who_has_the_cookie_and_our_origin_alone(server: Served, cookie: str) -> None:
    ours, theirs = {"Cookie": cookie}, {"Origin": server.address}
    address = f"{server.address}/ws?width=100&height=30&page={PAGE}"
    async with ClientSession() as client:
        for headers in (
            {},
            ours,
            theirs,
            ours | {"Origin": "http://evil.example"},
            ours | {"Origin": "null"},
            theirs | {"Cookie": "accord=guessed"},
            ours | theirs | {"Host": "evil.example"},
        ):
            with pytest.raises(WSServerHandshakeError):
                await client.ws_connect(address, headers=headers)
        with pytest.raises(WSServerHandshakeError):
            await client.ws_connect(f"{server.address}/ws?page=../../x", headers=ours | theirs)


async def test_nonsense_is_passed_over_and_too_much_ends_the_line(server: Served, cookie: str) -> None:
    async with connected(server, cookie) as app:
        for nonsense in (
            "",
            "{",
            "[]",
            '["stdin"]',
            '["stdin", 7]',
            '["resize", {"width": "x"}]',
            '["resize", 7]',
        ):
            await app.socket.send_str(nonsense)
        await app.socket.send_bytes(b"\x00\xff")
        await app.socket.send_str('["stdin", "nnn"]')
        await app.wait_for(SECRET)
        await app.socket.send_str(f'["stdin", "{"x" * 2_000_000}"]')
        assert await app.closed() == 1009
    assert server.get("/", Cookie=cookie).status == 200


async def test_one_browser_takes_no_more_than_its_share(server: Served) -> None:
    cookie = come_in(server).partition(";")[0]
    pages = [f"{number:032x}" for number in range(MOST_OF_ONE + 1)]
    async with ClientSession() as client:
        headers = {"Cookie": cookie, "Origin": server.address}
        open_ = [
            await client.ws_connect(f"{server.address}/ws?page={page}", headers=headers)
            for page in pages[:-1]
        ]
        full = await client.ws_connect(f"{server.address}/ws?page={pages[-1]}", headers=headers)
        message = await full.receive()
        assert "too many pages" in str(message.extra)
        for socket_ in open_:
            await socket_.close()


def test_nothing_of_that_is_in_what_the_server_prints(server: Served, cookie: str) -> None:
    """The last test here: it ends the server."""
    printed = server.end()
    assert printed.count("Traceback") == 0
    assert SECRET not in printed
    assert cookie.partition("=")[2] not in printed
    assert all(printed.count(link) == 1 for link in server.links), "shown, and never said again"
