"""What a page sends to its app: keys, what was pasted, its size."""

from __future__ import annotations

import json
import re
from typing import Any, Protocol

from aiohttp import WSMsgType, web

from meetings.text import clean

MOST_CELLS = 500
"""More columns or lines than that no browser has."""
PASTED = re.compile("\x1b\\[200~(.*)\x1b\\[201~", re.DOTALL)
"""What a terminal puts around text that was pasted, so that it is taken as text and not as keys."""
BLANKS = re.compile(r"([ \t\r\n]*)(.*?)([ \t\r\n]*)", re.DOTALL)


class Listener(Protocol):
    """The app, as far as a page is concerned."""

    async def type(self, text: str) -> None:
        """Take keys."""

    async def tell(self, kind: str, **more: int) -> None:
        """Take anything else."""


async def hand_on(socket: web.WebSocketResponse, app: Listener) -> None:
    """Hand on what comes, until the line is closed. What is not understood is passed over."""
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            continue
        match envelope(message.data):
            case ["stdin", str(data)]:
                await app.type(without_keys(data))
            case ["resize", {"width": int(width), "height": int(height)}]:
                await app.tell("resize", width=cells(width, 80), height=cells(height, 24))
            case ["ping", str() | int() as data]:
                await socket.send_json(["pong", data])
            case ["blur", *_]:
                await app.tell("blur")
            case ["focus", *_]:
                await app.tell("focus")


def envelope(data: str) -> Any:
    """What a message holds; None when it is not JSON."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def without_keys(data: str) -> str:
    """What was typed or pasted. A pasted text is cleaned, so that it cannot end the paste: the rest would be keys."""
    pasted = PASTED.fullmatch(data)
    if pasted is None:
        return data
    start, text, end = BLANKS.fullmatch(pasted.group(1)).groups()  # type: ignore[union-attr]
    return f"\x1b[200~{start}{clean(text, lines=True)}{end}\x1b[201~".replace("\n", "\r")


def cells(value: object, otherwise: int) -> int:
    """A number of columns or lines that a screen can have."""
    try:
        return min(max(int(str(value)), 1), MOST_CELLS)
    except ValueError:
        return otherwise
