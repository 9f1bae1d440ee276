"""Run the app in a browser, for several people at once.

It listens on this machine alone unless --host says otherwise. A link is shown that lets one browser in, once; when
it was used, the next one appears. Whoever is in can do whatever the app can, so hand out links only to people in the
meeting. There is no encryption: towards a network, put a server in front that does TLS, and name its address with
--public-url. Ctrl+C ends it; every edit is saved at once.
"""

from __future__ import annotations

import argparse

from meetings.cli.parser import count, text
from meetings.cli.setting import Setting


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    add = parser.add_argument
    add("--host", metavar="HOST", default="localhost", type=text, help="where to listen (default: localhost)")
    add("--port", metavar="PORT", default=8000, type=count(1, 65535), help="default: 8000")
    add(
        "--public-url",
        metavar="URL",
        default="",
        type=text,
        help="the address under which browsers reach it, such as https://accord.example.com",
    )


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Serve until Ctrl+C."""
    return setting.screen.serve(setting.config, setting.paths, args.host, args.port, args.public_url, _say)


def _say(line: str) -> None:
    print(line, flush=True)
