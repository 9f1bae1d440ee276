"""Why a page's line to its app is closed, and what the page says then."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from aiohttp import web

from meetings.cli.main import CANNOT_READ_OR_WRITE


@dataclass(frozen=True)
class Parting:
    """A close code, which tells page.js what comes next, and what the page says."""

    code: int
    words: str

    async def say(self, socket: web.WebSocketResponse) -> None:
        """Close that line."""
        with suppress(ConnectionError, TimeoutError):
            await socket.close(code=self.code, message=self.words.encode())


COME_BACK, STAY_AWAY, GONE = 4000, 4001, 4002
"""The page offers to come back; it does not; it loads anew by itself."""

LEFT = Parting(COME_BACK, "You have left. Everything is saved.")
UNSAVED = Parting(
    COME_BACK, "The app has ended. Not everything could be read or saved: ask whoever serves it."
)
BROKEN = Parting(COME_BACK, "The app has ended by itself. What was saved is safe.")
OVER = Parting(STAY_AWAY, "Accord is no longer served here. Everything is saved.")
OVER_UNSAVED = Parting(STAY_AWAY, "Accord is no longer served here. The last edits could not be saved.")
TAKEN = Parting(COME_BACK, "This page goes on elsewhere.")
FULL = Parting(COME_BACK, "Too many browsers are in this meeting already. Try again when one has left.")
MANY = Parting(COME_BACK, "This browser has too many pages open on the meeting. Close one of them first.")
AGAIN = Parting(GONE, "The app has ended meanwhile. Everything is saved.")


def parting(status: int, *, over: bool) -> Parting:
    """What is said of an app that ended with that status; `over`: because the server ends."""
    if over:
        return OVER if status == 0 else OVER_UNSAVED
    return LEFT if status == 0 else UNSAVED if status == CANNOT_READ_OR_WRITE else BROKEN
