"""The web server behind `accord serve`: a guard in front of every route, the page, and the line to each app."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.web_runner import GracefulExit

from tui.web import files, messages
from tui.web.guard import Guard
from tui.web.parting import FULL
from tui.web.seat import Line
from tui.web.seats import Refused, Seats

if TYPE_CHECKING:
    from tui.web.seat import Seat

MESSAGE_BYTES = 1 << 20
HEARTBEAT = 15
"""Seconds between two questions whether a browser is still there; it has half as long for the answer."""
PARTING_SECONDS = 2.0
SAFE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self';"
        " img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Server": "Accord",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Nothing from elsewhere is loaded, nothing is kept, and no other page may show this one."""
LINE, ENTRANCE = "/ws", "/enter/{token}"
WITHOUT_COOKIE = (ENTRANCE, "/enter.js")
"""The routes on which nobody can have one yet."""
PAGE_NAME = re.compile("[0-9a-f]{32}")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class WebServer:
    """Serves the app that `arguments` start. `ready` is called once it listens, `used` when a link was used up, and
    `warn` with what an app says that could not go on.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        guard: Guard,
        *,
        title: str,
        ready: Callable[[], None],
        used: Callable[[], None],
        warn: Callable[[str], None],
    ) -> None:
        self._guard = guard
        self._title = title
        self._ready, self._used = ready, used
        self._seats = Seats(arguments, warn)

    def serve(self, host: str, port: int) -> None:
        """Serve until Ctrl+C. Raises OSError when nobody can listen there."""
        # Nothing but warnings, and never the values of variables: they hold what people typed.
        logging.basicConfig(level=logging.WARNING, format="%(message)s")
        for name in ("aiohttp.access", "aiohttp.server", "aiohttp.web"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        web.run_app(
            self._make_app(),
            host=host,
            port=port,
            access_log=None,
            shutdown_timeout=PARTING_SECONDS,
            keepalive_timeout=HEARTBEAT,
            print=lambda *_: self._ready(),
        )

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guarded], client_max_size=1024)
        app.add_routes(
            [
                web.get("/", self._page),
                web.get(ENTRANCE, self._show_entrance),
                web.post(ENTRANCE, self._enter),
                web.get(LINE, self._talk),
                *(web.get(path, self._file) for path in files.FILES),
            ]
        )
        app.on_startup.append(_take_signals)
        app.on_shutdown.append(self._close)
        return app

    async def _close(self, _: web.Application) -> None:
        await self._seats.close()

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Every route: our host, our origin, a cookie of ours. Who has not gets one bare sentence."""
        response: web.StreamResponse | None = self._refusal(request)
        if response is None:
            try:
                response = await handler(request)
            except web.HTTPException as error:
                response = web.Response(status=error.status, text="There is nothing here.\n")
        if not response.prepared:
            response.headers.update({**SAFE_HEADERS, **response.headers})
        return response

    def _refusal(self, request: web.Request) -> web.Response | None:
        guard = self._guard
        hosts, origins = (request.headers.getall(name, []) for name in ("Host", "Origin"))
        resource = request.match_info.route.resource
        route = resource.canonical if resource is not None else ""
        if [guard.is_our_host(host) for host in hosts] != [True] or not request.raw_path.startswith("/"):
            return web.Response(status=421, text="This server has another address.\n")
        always_sent = route == LINE or request.method not in ("GET", "HEAD")
        if (always_sent or origins) and [guard.is_our_origin(origin) for origin in origins] != [True]:
            return web.Response(status=403, text="Another page may not use this one.\n")
        if route not in WITHOUT_COOKIE and not guard.knows(self._cookie(request)):
            return web.Response(
                status=401, text="Open the link that `accord serve` shows; each works once.\n"
            )
        return None

    def _cookie(self, request: web.Request) -> str:
        return request.cookies.get(self._guard.cookie, "")

    async def _show_entrance(self, request: web.Request) -> web.Response:
        """The page behind a link: it asks to be let in by itself, which what previews links in a chat does not do."""
        if not self._guard.waits_for(request.match_info["token"]):
            return _used_up()
        return web.Response(text=files.entrance(self._title), content_type="text/html")

    async def _enter(self, request: web.Request) -> web.Response:
        """Exchange a link for a cookie."""
        seat = self._guard.exchange(request.match_info["token"])
        if seat is None:
            return _used_up()
        self._used()
        response = web.Response(status=204)
        secure = self._guard.secure
        response.set_cookie(
            self._guard.cookie, seat, httponly=True, samesite="Strict", secure=secure, path="/"
        )
        return response

    async def _page(self, request: web.Request) -> web.Response:
        """The page with the terminal in it; all that it needs comes from here."""
        address = f"{'wss' if self._guard.secure else 'ws'}://{request.host}/ws"
        return web.Response(text=files.page(self._title, address), content_type="text/html")

    async def _file(self, request: web.Request) -> web.Response:
        body, kind = await asyncio.to_thread(files.read, request.path)
        return web.Response(body=body, content_type=kind)

    async def _talk(self, request: web.Request) -> web.WebSocketResponse:
        """One page and its app, until either ends."""
        query, name = request.query, request.query.get("page", "")
        if not PAGE_NAME.fullmatch(name):
            raise web.HTTPBadRequest
        socket = web.WebSocketResponse(
            heartbeat=HEARTBEAT, timeout=PARTING_SECONDS, max_msg_size=MESSAGE_BYTES
        )
        socket.headers.update(SAFE_HEADERS)
        await socket.prepare(request)
        transport = request.transport
        line = Line(socket, transport.abort if transport is not None else lambda: None)
        try:
            seat = await self._seats.take(
                (self._cookie(request), name),
                line,
                messages.cells(query.get("width"), 80),
                messages.cells(query.get("height"), 24),
                again="again" in query,
            )
        except Refused as refused:
            await refused.parting.say(socket)
        except OSError:
            await FULL.say(socket)
        else:
            await self._hand_on(socket, seat, line)
        return socket

    async def _hand_on(self, socket: web.WebSocketResponse, seat: Seat, line: Line) -> None:
        try:
            await messages.hand_on(socket, seat)
        finally:
            self._seats.leave(seat, line, for_good=socket.close_code in CLOSED_BY_THE_PERSON)


CLOSED_BY_THE_PERSON = (1000, 1001, 1005)
"""The codes with which a browser closes the lines of a page that is closed or loaded anew."""


def _used_up() -> web.Response:
    return web.Response(status=401, text="This link was used already, or is not one. Ask for another.\n")


async def _take_signals(_: web.Application) -> None:
    """A closed terminal ends the server like Ctrl+C."""

    def end() -> None:
        raise GracefulExit

    if hasattr(signal, "SIGHUP"):
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, end)
