"""Look around in the app on made-up meetings, which are thrown away afterwards.

With --write they are written into a folder and kept; the same day gives the same meetings.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from meetings.cli.parser import count, path
from meetings.cli.setting import Setting, refuse_without_terminal
from meetings.errors import UsageError
from meetings.paths import Paths

MEETINGS = 13
"""A quarter of weekly meetings."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument(
        "--write", metavar="DIR", type=path, help="write DIR/config.yaml and DIR/store, and stop"
    )
    parser.add_argument(
        "--meetings",
        metavar="N",
        type=count(1, 9999),
        default=MEETINGS,
        help=f"how many meetings there were (default: {MEETINGS})",
    )


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Write the meetings; without --write show the app on them."""
    from meetings.demo import write_demo

    if setting.explicit:
        raise UsageError("`demo` has a configuration of its own; it does not take --config.")
    if not args.write:
        refuse_without_terminal()  # before the meetings are made up
        return _show(args.meetings, setting)
    file = write_demo(Path(args.write), args.meetings, until=setting.today)
    print(f"Written: {file} and the meetings beside it.")
    return 0


def _show(meetings: int, setting: Setting) -> int:
    """The app on a folder that is gone afterwards, with nothing of it in the user's own folders."""
    from tempfile import TemporaryDirectory

    from meetings.config import load_config
    from meetings.demo import write_demo

    with TemporaryDirectory(prefix="accord-demo-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        file = write_demo(folder, meetings, until=setting.today)
        paths = Paths(folder / "config", folder / "data", folder / "state", folder / "cache")
        return setting.launch(load_config(file), paths, demo=True)
