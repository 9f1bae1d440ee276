"""What `accord serve` does: says where it is, hands out links, and runs the server until Ctrl+C."""

from __future__ import annotations

import sys
from collections.abc import Callable
from urllib.parse import urlsplit

from meetings.config import Config
from meetings.errors import AccordError, UsageError
from tui.web.guard import Guard, is_loopback, origins_of


class NotServed(AccordError):
    """The server cannot be started."""

    title = "The app is not served"
    exit_code = 2


def serve(config: Config, host: str, port: int, public: str, say: Callable[[str], None]) -> int:
    """Serve the app of that configuration; `say` is told what people have to know. Returns the exit status.

    Raises UsageError when something is not installed or the address will not do, and NotServed.
    """
    if public and (urlsplit(public).scheme not in ("http", "https") or not urlsplit(public).netloc):
        raise UsageError("The public address has to look like https://accord.example.com.")
    try:
        from tui.web.server import WebServer
    except ImportError:
        raise UsageError(
            "Serving the app needs the library textual-serve, which is not installed.",
            "Install Accord with it: pip install 'accord-meetings[web]'.",
        ) from None
    origins = origins_of(host, port, public)
    guard = Guard(origins)
    address = public.rstrip("/") or f"http://{host}{'' if port == 80 else f':{port}'}"

    def show_link() -> None:
        say(f"  {address}/enter/{guard.new_link()}")

    command = [sys.executable, "-m", "tui"]
    if config.source is not None:
        command += ["--config", str(config.source)]
    secure = urlsplit(public).scheme == "https"

    def show_address() -> None:
        reach = "this machine alone" if is_loopback(host) else f"everyone who reaches {host}"
        say(f"Accord is served on {address}, for {reach}. Ctrl+C ends it.")
        if not is_loopback(host) and not secure:
            say(
                "Nothing is encrypted on the way: use it in a network that you trust, or behind a server with TLS."
            )
        say("Each link lets one browser in; the next one appears when it was used:")
        show_link()

    server = WebServer(
        command, host, port, guard, title=config.name, secure=secure, ready=show_address, used=show_link
    )
    try:
        server.serve()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise NotServed(f"The app cannot be served on {host}, port {port}: {reason}.") from None
    return 0
