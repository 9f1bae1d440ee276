"""The web server behind `accord serve`: textual-serve's pages and processes, with a guard in front of every route."""

from __future__ import annotations

import asyncio
import json
import logging
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Sequence
from importlib import resources
from typing import Any

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from tui.served import SERVED
from tui.web.guard import COOKIE, Guard

MOST_CELLS = 500
"""More columns or lines than that no browser has."""
MESSAGE_BYTES = 1 << 20
FONT_SIZE = 16
"""In pixels."""
PARTS = {"page.css": "text/css", "page.js": "text/javascript"}
"""What the page consists of beside textual-serve's own files."""
SAFE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self';"
        " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Nothing from elsewhere is loaded, nothing is kept, and no other page may show this one."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Seat(AppService):
    """The app of one browser: a process started from its arguments, without a shell."""

    def __init__(self, arguments: Sequence[str], websocket: web.WebSocketResponse, server: WebServer) -> None:
        super().__init__(
            "accord",
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=websocket.close,  # type: ignore[arg-type]
            download_manager=server.download_manager,
        )
        self._arguments = tuple(arguments)

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environment = self._build_environment(width=width, height=height) | {SERVED: "1"}
        self._process = await asyncio.create_subprocess_exec(
            *self._arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
        )
        self._stdin = self._process.stdin
        return self._process


class WebServer(Server):
    """Serves the app, which `arguments` start. `ready` is called once it listens, `used` when a link was used up."""

    def __init__(
        self,
        arguments: Sequence[str],
        host: str,
        port: int,
        guard: Guard,
        *,
        title: str,
        secure: bool = False,
        ready: Callable[[], None],
        used: Callable[[], None],
    ) -> None:
        super().__init__("accord", host=host, port=port, title=title)
        self._arguments = tuple(arguments)
        self._guard = guard
        self._secure = secure
        self._ready, self._used = ready, used

    def initialize_logging(self) -> None:
        """Warnings only, and never the values of variables: they hold what people typed."""
        logging.basicConfig(level=logging.WARNING, format="%(message)s")
        for name in ("aiohttp.access", "aiohttp.server", "textual-serve"):
            logging.getLogger(name).setLevel(logging.CRITICAL)

    def serve(self, debug: bool = False) -> None:
        """Serve until Ctrl+C. Raises OSError when nobody can listen there."""
        self.initialize_logging()
        web.run_app(
            self._make_app(),
            host=self.host,
            port=self.port,
            access_log=None,
            print=lambda *_: self._ready(),
        )

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guarded], client_max_size=MESSAGE_BYTES)
        app.add_routes(
            [
                web.get("/", self.handle_index, name="index"),
                web.get("/enter/{token}", self._enter, name="enter"),
                web.get("/page.css", self._part),
                web.get("/page.js", self._part),
                web.get("/ws", self.handle_websocket, name="websocket"),
                web.get("/download/{key}", self.handle_download, name="download"),
                web.static("/static", self.statics_path, name="static"),
            ]
        )
        return app

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Every route: our host, our origin, a cookie of ours. Who has not gets one bare sentence."""
        refusal = self._refusal(request)
        response: web.StreamResponse
        if refusal is not None:
            response = refusal
        else:
            try:
                response = await handler(request)
            except web.HTTPException as error:
                response = web.Response(status=error.status, text="There is nothing here.\n")
        if not response.prepared:
            response.headers.update(SAFE_HEADERS)
        return response

    def _refusal(self, request: web.Request) -> web.Response | None:
        guard = self._guard
        origin = request.headers.get("Origin")
        entering = request.path.startswith("/enter/")
        if not guard.is_our_host(request.headers.get("Host", "")):
            return web.Response(status=421, text="This server has another address.\n")
        if request.path == "/ws" if origin is None else not guard.is_our_origin(origin):
            return web.Response(status=403, text="Another page may not use this one.\n")
        if not entering and not guard.knows(request.cookies.get(COOKIE, "")):
            return web.Response(
                status=401, text="Open the link that `accord serve` shows; each works once.\n"
            )
        return None

    async def _enter(self, request: web.Request) -> web.Response:
        """Exchange a link for a cookie. The page goes on by itself: a redirect from a chat would not bring it along."""
        seat = self._guard.exchange(request.match_info["token"])
        if seat is None:
            return web.Response(
                status=401, text="This link was used already, or is not one. Ask for another.\n"
            )
        self._used()
        page = '<!doctype html><meta http-equiv="refresh" content="0; url=/"><title>Accord</title>\n'
        response = web.Response(text=page, content_type="text/html")
        response.set_cookie(COOKIE, seat, httponly=True, samesite="Strict", secure=self._secure, path="/")
        return response

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page with the terminal in it; all that it needs comes from here."""
        from jinja2 import Environment

        address = f"{'wss' if self._secure else 'ws'}://{request.host}/ws"
        template = Environment(autoescape=True).from_string(_file("page.html"))
        page = template.render(title=self.title, websocket=address, font_size=FONT_SIZE)
        return web.Response(text=page, content_type="text/html")

    async def _part(self, request: web.Request) -> web.Response:
        name = request.path.rpartition("/")[2]
        return web.Response(text=_file(name), content_type=PARTS[name])

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One browser and its app, until either ends."""
        websocket = web.WebSocketResponse(heartbeat=15, max_msg_size=MESSAGE_BYTES)
        await websocket.prepare(request)
        seat = Seat(self._arguments, websocket, self)
        await seat.start(_cells(request.query.get("width"), 80), _cells(request.query.get("height"), 24))
        try:
            await self._process_messages(websocket, seat)
        finally:
            await seat.stop()
            await websocket.close()
        return websocket

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        """Hand on keys and sizes; whatever else a browser sends is passed over."""
        async for message in websocket:
            if message.type is not WSMsgType.TEXT:
                continue
            match _envelope(message.data):
                case ["stdin", str(data)]:
                    await app_service.send_bytes(data.encode("utf-8", "replace"))
                case ["resize", {"width": int(width), "height": int(height)}]:
                    await app_service.set_terminal_size(_cells(width, 80), _cells(height, 24))
                case ["ping", str() | int() | float() as data]:
                    await websocket.send_json(["pong", data])
                case ["blur", *_]:
                    await app_service.blur()
                case ["focus", *_]:
                    await app_service.focus()


def _file(name: str) -> str:
    return resources.files("tui.web").joinpath(name).read_text("utf-8")


def _envelope(data: str) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _cells(value: object, otherwise: int) -> int:
    """A number of columns or lines that a screen can have."""
    try:
        return min(max(int(str(value)), 1), MOST_CELLS)
    except ValueError:
        return otherwise
