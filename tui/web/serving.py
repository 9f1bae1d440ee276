"""What `accord serve` does: says where it is, hands out links, and runs the server until Ctrl+C."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from meetings.config import Config
from meetings.errors import AccordError, UsageError
from meetings.paths import Paths
from tui.web import visitors
from tui.web.guard import bracketed, guard_of, is_everywhere, is_loopback


class NotServed(AccordError):
    """The server cannot be started."""

    title = "The app is not served"
    exit_code = 2


def serve(config: Config, paths: Paths, host: str, port: int, public: str, say: Callable[[str], None]) -> int:
    """Serve the app of that configuration; `say` is told what people have to know. Returns the exit status.

    What visitors have left below the state folder goes once it is old and nothing waits in it (tui.web.visitors).

    Raises UsageError when something is not installed or the address will not do, and NotServed.
    """
    _check(host, public)
    try:
        from tui.web.server import WebServer
    except ImportError:
        raise UsageError(
            "Serving the app needs the library textual-serve, which is not installed.",
            "Install Accord with it: pip install 'accord-meetings[web]'.",
        ) from None
    guard = guard_of(host, port, public)
    address = public.rstrip("/") or f"http://{bracketed(host)}{'' if port == 80 else f':{port}'}"

    def show_link() -> None:
        say(f"  {address}/enter/{guard.new_link()}")

    def show_address() -> None:
        reach = "this machine alone" if is_loopback(host) else f"everyone who reaches {host}"
        say(f"Accord is served on {address}, for {reach}. Ctrl+C ends it.")
        if not is_loopback(host) and not guard.secure:
            say(
                "Nothing is encrypted on the way: use it in a network that you trust, or behind a server with TLS."
            )
        say("Each link lets one browser in; the next one appears when it was used:")
        show_link()

    visitors.clear(paths.state, time.time())
    command = ["--config", str(config.source)] if config.source is not None else []
    server = WebServer(command, guard, title=config.name, ready=show_address, used=show_link, warn=say)
    try:
        server.serve(host.strip("[]"), port)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise NotServed(f"The app cannot be served on {host}, port {port}: {reason}.") from None
    return 0


def _check(host: str, public: str) -> None:
    """Raises UsageError when browsers could not reach it under these."""
    if public:
        try:
            parts = urlsplit(public)
        except ValueError:
            parts = urlsplit("")
        bare = parts.path in ("", "/") and not parts.query and not parts.fragment and "@" not in parts.netloc
        if parts.scheme not in ("http", "https") or not parts.netloc or not bare:
            raise UsageError("The public address has to look like https://accord.example.com.")
    elif is_everywhere(host):
        raise UsageError(
            f"{host} means every network of this machine, and is no address that a browser could open.",
            "Name one of the machine's own addresses, or what others call it with --public-url.",
        )
