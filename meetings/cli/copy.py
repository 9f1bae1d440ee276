"""Copy all meetings of a store into another one, and compare them.

STORE is a folder of meeting files, or postgresql://user@host/database. What the other store has already stays as it
is, so a copy that was interrupted goes on when the command is run again. Private notes and minutes are not in a store.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from meetings.cli.output import warn
from meetings.cli.parser import path, text
from meetings.cli.setting import Setting
from meetings.errors import StoreError, UsageError

if TYPE_CHECKING:
    from meetings.store.base import MeetingStore
    from meetings.store.copying import Copied


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    add = parser.add_argument
    add("--from", metavar="STORE", dest="source", type=path, help="default: the store in the configuration")
    add("--to", metavar="STORE", dest="target", type=path, required=True, help="where to")
    add(
        "--series",
        metavar="NAME",
        type=text,
        help="the series of meetings, in a database (default: that in the configuration)",
    )


class _Progress:
    """A line on the terminal that says how far it is; nothing where the output goes into a file."""

    done = all = 0

    def step(self, done: int, all: int) -> None:
        """So many are done."""
        self.done, self.all = done, all
        if sys.stderr.isatty() and (done % 20 == 0 or done == all):
            print(f"\r{done:,} of {all:,} meetings", end="\n" if done == all else "", file=sys.stderr)


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Copy, and say what became of each meeting."""
    from meetings.store.copying import copy

    series = args.series or setting.config.series
    source = _store(args.source, series) if args.source else setting.store
    target = _store(args.target, series)
    if Path(source.location).resolve() == Path(target.location).resolve():  # however the folder was named
        raise UsageError("Both are the same store; nothing was copied.")
    if not source.numbers():
        raise UsageError(f"There are no meetings in {source.location}; nothing was copied.")
    target.prepare()
    progress = _Progress()
    try:
        done = copy(source, target, progress)
    except KeyboardInterrupt:
        print("\r" if sys.stderr.isatty() else "", end="", file=sys.stderr)
        warn(
            f"Interrupted after {progress.done:,} of {_meetings(progress.all)}. The same command goes on from there."
        )
        raise
    _report(done, source, target)
    return 0 if done.complete else StoreError.exit_code


def _store(named: str, series: str) -> MeetingStore:
    from meetings.store.opening import store_at

    return store_at(named, Path(), series)


def _report(done: Copied, source: MeetingStore, target: MeetingStore) -> None:
    print(
        f"{_meetings(len(done.made))} copied from {source.location} to {target.location} and compared;"
        f" {_meetings(len(done.there))} {'was' if len(done.there) == 1 else 'were'} there already."
    )
    for error in done.unread:
        warn(f"{error.message} It was not copied.")
    for number in done.different:
        warn(
            f"{target.place(target.name(number))} is there already and says something else. It was left alone."
        )


def _meetings(count: int) -> str:
    return f"{count:,} meeting{'s' * (count != 1)}"
