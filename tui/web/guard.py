"""Who may come in: one-time links, the cookies they are exchanged for, and where a request comes from."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""The names of this machine to itself."""


@dataclass
class Guard:
    """Lets in whoever brings a link that nobody has used, and afterwards the cookie that it was exchanged for.

    `origins` are the addresses under which the server is reached, such as `http://localhost:8000`: a request that
    names another host, or was sent by a page of another origin, gets nothing.
    """

    origins: frozenset[str]
    cookie: str = "accord"
    """The cookie's name."""
    _links: set[str] = field(default_factory=set)
    _seats: set[str] = field(default_factory=set)

    def new_link(self) -> str:
        """A token that lets one browser in, once."""
        token = secrets.token_urlsafe(24)
        self._links.add(token)
        return token

    @property
    def secure(self) -> bool:
        """Whether browsers reach it by https, so that the cookie may never travel without."""
        return all(origin.startswith("https:") for origin in self.origins)

    def waits_for(self, token: str) -> bool:
        """Whether that link lets somebody in still."""
        return _same(token, self._links) is not None

    def exchange(self, token: str) -> str | None:
        """The cookie for a token, which is used up by that; None for a wrong or used one."""
        link = _same(token, self._links)
        if link is None:
            return None
        self._links.discard(link)
        seat = secrets.token_urlsafe(32)
        self._seats.add(seat)
        return seat

    def knows(self, cookie: str) -> bool:
        """Whether this cookie was given out by this server since it was started."""
        return _same(cookie, self._seats) is not None

    def is_our_host(self, host: str) -> bool:
        """Whether a request's Host is one of ours: a foreign name that leads here is not."""
        return host.lower() in {urlsplit(origin).netloc for origin in self.origins}

    def is_our_origin(self, origin: str) -> bool:
        """Whether a request's Origin is one of ours."""
        return origin.lower() in self.origins


def guard_of(host: str, port: int, public: str = "") -> Guard:
    """The guard of a server on that host and port. `public` is the address of the one before it.

    Browsers send a cookie to every port of a machine: its name says which server it is of. With https, `__Host-` has
    the browser take it from this very host alone.
    """
    guard = Guard(origins_of(host, port, public))
    guard.cookie = f"__Host-accord-{port}" if guard.secure else f"accord-{port}"
    return guard


def origins_of(host: str, port: int, public: str = "") -> frozenset[str]:
    """Under which addresses a server on that host and port is reached. `public` is the one behind a proxy."""
    if public:
        parts = urlsplit(public.lower())
        usual = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
        return frozenset({f"{parts.scheme}://{parts.netloc.removesuffix(usual)}"})
    names = LOOPBACK if is_loopback(host) else (bracketed(host.lower()),)
    return frozenset(f"http://{name}{'' if port == 80 else f':{port}'}" for name in names)


def bracketed(host: str) -> str:
    """A host as an address has it: IPv6 in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def is_everywhere(host: str) -> bool:
    """Whether that host means every network of this machine, which is an address for nobody."""
    return host in ("", "0.0.0.0", "::", "[::]", "*")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server on that host."""
    return host.lower() in (*LOOPBACK, "::1")


def _same(value: str, known: Iterable[str]) -> str | None:
    """The known secret that equals the value; how long that takes says nothing about it."""
    sent = value.encode("utf-8", "replace")
    found = [each for each in known if hmac.compare_digest(each.encode(), sent)]
    return found[0] if found else None
