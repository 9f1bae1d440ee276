"""Who has the meetings of a series on a server open at this moment. Nothing of it is stored: the apps tell one another.

Each says every few seconds that it is there, on a channel of the server. Whoever has not been heard of for a while is
gone: left, killed, or without a connection.
"""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import dataclass
from typing import Literal

import msgspec
import psycopg
from psycopg import sql

from meetings.errors import StoreError
from meetings.store.base import MeetingStore
from meetings.store.postgres import PostgresStore
from meetings.store.server.link import Connection, Link
from meetings.text import clean

CHANNEL = "accord_here"
"""Where the apps tell one another; the payload is a word in JSON."""
BEAT_SECONDS = 3.0
"""How often an app says that it is there."""
GONE_SECONDS = 10.0
"""After how long without a word somebody is gone."""
SETTLE_SECONDS = 1.0
"""How long after the first word everyone who is there has answered."""
TURN_SECONDS = 0.3
"""How soon a new name is told, and that the app is left."""
AGAIN_SECONDS = 3.0
"""How long after a lost connection another one is tried."""
NAME_LENGTH = 60
MOST = 200
"""As many apps are listened to; more are no meeting."""


class _Word(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an app tells the others: that it has come (they answer), is here, or leaves."""

    series: str
    app: str
    seat: str
    name: str = ""
    says: Literal["come", "here", "gone"] = "here"


@dataclass(frozen=True)
class Someone:
    """A person at an app; without a name until they have said it."""

    seat: str
    name: str = ""


@dataclass
class _Heard:
    """Who an app belongs to, and when it was heard of last, in seconds that never go back."""

    who: Someone
    at: float


class Presence:
    """Says that this seat is here, and listens for others, on a thread and a connection of its own."""

    def __init__(self, link: Link, seat: str, name: str = "") -> None:
        self._link = link
        self._me = Someone(seat, name)
        self._app = f"{seat} {time.monotonic_ns()} {id(self)}"
        self._apps: dict[str, _Heard] = {}
        self._names: dict[str, str] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._news = threading.Event()
        self._since: float | None = None
        self._thread: threading.Thread | None = None

    @property
    def settled(self) -> bool:
        """Whether everyone who is here has had the time to say so."""
        since = self._since
        return since is not None and time.monotonic() - since >= SETTLE_SECONDS

    def others(self) -> tuple[Someone, ...]:
        """Everybody else who is here, in the order in which they came; each once, however many apps they have."""
        now, found = time.monotonic(), dict[str, Someone]()
        with self._lock:
            for heard in self._apps.values():
                who = heard.who
                if now - heard.at < GONE_SECONDS and who.seat != self._me.seat:
                    found[who.seat] = found[who.seat] if found.get(who.seat, Someone("")).name else who
        return tuple(found.values())

    def name_of(self, seat: str) -> str:
        """The name that somebody has said, also when they have left; empty when none is known."""
        return self._names.get(seat, "")

    def call(self, name: str) -> None:
        """Tell the others this name from now on."""
        self._me = Someone(self._me.seat, name)
        self._news.set()

    def begin(self) -> None:
        """Come."""
        self._thread = threading.Thread(target=self._run, name="presence", daemon=True)
        self._thread.start()

    def end(self, seconds: float = 0.0) -> None:
        """Leave; the others are told within so many seconds, or find out by themselves."""
        self._stopped.set()
        if self._thread is not None and seconds:
            self._thread.join(seconds)

    # On the thread

    def _run(self) -> None:
        while not self._stopped.is_set():
            with contextlib.suppress(StoreError, psycopg.Error), self._link.connect() as connection:
                self._stay(connection)
            self._since = None
            self._stopped.wait(AGAIN_SECONDS)

    def _stay(self, connection: Connection) -> None:
        connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
        self._say(connection, "come")
        self._since = said = time.monotonic()
        while not self._stopped.is_set():
            asked = [
                self._hear(notice.payload)
                for notice in connection.notifies(timeout=TURN_SECONDS, stop_after=1)
            ]
            if any(asked) or self._news.is_set() or time.monotonic() - said >= BEAT_SECONDS:
                self._news.clear()
                self._say(connection, "here")
                said = time.monotonic()
        self._say(connection, "gone")

    def _say(self, connection: Connection, says: Literal["come", "here", "gone"]) -> None:
        word = _Word(self._link.series, self._app, self._me.seat, self._me.name, says)
        connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, msgspec.json.encode(word).decode()))

    def _hear(self, payload: str) -> bool:
        """Remember who said something. Whether an answer is due."""
        try:
            word = msgspec.json.decode(payload, type=_Word)
        except (msgspec.MsgspecError, RecursionError):
            return False
        if word.series != self._link.series or word.app == self._app:
            return False
        name = clean(word.name)[:NAME_LENGTH]
        with self._lock:
            if word.says == "gone":
                self._apps.pop(word.app, None)
            elif word.app in self._apps or len(self._apps) < MOST:
                self._apps[word.app] = _Heard(Someone(word.seat, name), time.monotonic())
                if name:
                    self._names[word.seat] = name
            self._forget()
        return word.says == "come"

    def _forget(self) -> None:
        """Those that are gone make room."""
        now = time.monotonic()
        for app in [app for app, heard in self._apps.items() if now - heard.at >= GONE_SECONDS]:
            del self._apps[app]


def presence_on(store: MeetingStore, seat: str, name: str) -> Presence | None:
    """The presence of that seat on a server; None for a store that nobody can join."""
    return Presence(store.link, seat, name) if isinstance(store, PostgresStore) else None
