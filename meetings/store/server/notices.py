"""Notices that a meeting has changed, from whoever saves one to whoever listens."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Mapping
from typing import LiteralString

import psycopg
from psycopg import sql

from meetings.errors import StoreError
from meetings.store.server.link import Connection, Link

CHANNEL = "accord_meetings"
"""Where changes are told. The payload is the number of the meeting, a blank and its series."""
PAYLOAD_LENGTH = 1900
"""Characters in a notification, which carries less than 8,000 bytes."""
LONGEST = 11
"""No meeting's number has as many digits; anyone may send a notification."""
LISTEN_SECONDS = 1.0
"""How soon a listener notices that it is to stop."""


def told(connection: Connection, change: LiteralString, asked: Mapping[str, object]) -> bool:
    """Make a change to the row of the meeting that `asked` names, and let whoever listens know. Whether there was one.

    Both are one question to the server, and happen together or not at all.
    """
    payload = f"{asked['number']} {asked['series']}"[:PAYLOAD_LENGTH]
    query = f"WITH changed AS ({change} RETURNING 1) SELECT pg_notify(%(channel)s, %(payload)s) FROM changed"
    done = connection.execute(query, {**asked, "channel": CHANNEL, "payload": payload})
    return done.rowcount > 0


def listen(link: Link, told: Callable[[int], None]) -> Callable[[], None]:
    """Call `told` with the number of each meeting of the series that changes, on a thread of its own.

    Returns how to stop. While the server is away nothing is told; afterwards 0 is, for all that may have happened
    meanwhile.
    """
    stopped = threading.Event()
    threading.Thread(target=_listen, args=(link, told, stopped), name="listener", daemon=True).start()
    return stopped.set


def _listen(link: Link, told: Callable[[int], None], stopped: threading.Event) -> None:
    while not stopped.is_set():
        with contextlib.suppress(StoreError, psycopg.Error), link.connect() as connection:
            connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
            told(0)
            while not stopped.is_set():
                for notice in connection.notifies(timeout=LISTEN_SECONDS, stop_after=1):
                    number, _, series = notice.payload.partition(" ")
                    ours = series == link.series[: PAYLOAD_LENGTH - len(number) - 1]
                    if ours and number.isdecimal() and len(number) < LONGEST:
                        told(int(number))
        stopped.wait(LISTEN_SECONDS)
