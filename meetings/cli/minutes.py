"""The minutes of a meeting as Markdown.

WHICH is one of
  latest       the meeting that is running or was closed last (default)
  2026-11-21   the meeting of that day
  42           the meeting of that number
  all          every meeting that has been held
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from meetings.cli.output import deliver, is_folder, warn
from meetings.cli.parser import one_of, path, shown, text
from meetings.cli.setting import Setting
from meetings.errors import StoreError, UsageError
from meetings.kinds import MeetingState
from meetings.meeting import Meeting

LATEST, ALL = "latest", "all"
FORMATS = ("markdown",)
BETWEEN = "\n---\n\n"
"""Between the minutes of two meetings in one file: a rule."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    add = parser.add_argument
    add(
        "which", metavar="WHICH", nargs="?", default=LATEST, type=text, help="which meeting (default: latest)"
    )
    add(
        "--format",
        metavar="|".join(FORMATS),
        type=one_of(*FORMATS),
        default=FORMATS[0],
        help="default: markdown",
    )
    add(
        "-o",
        "--output",
        metavar="FILE-OR-FOLDER",
        type=path,
        help="write into this file instead of printing; into a folder (it is one, or ends in /) one file a meeting",
    )
    add("--overwrite", action="store_true", help="in a folder, replace files that say something else")
    add("--template", metavar="FILE", type=path, help="a Jinja template of your own")


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Print or write the minutes that were asked for."""
    from meetings.config import template_file
    from meetings.exchange import minutes

    template = Path(args.template) if args.template else template_file(setting.config)
    margin = setting.config.goals.risk_margin
    chosen = _chosen(args.which, setting)
    if args.output and is_folder(args.output):
        for meeting in chosen:
            file = minutes.save(
                meeting, Path(args.output), template=template, margin=margin, overwrite=args.overwrite
            )
            warn(f"Written: {file}")
        return 0
    texts = [minutes.render(meeting, template=template, margin=margin) for meeting in chosen]
    deliver(BETWEEN.join(texts), args.output)
    return 0


def _chosen(which: str, setting: Setting) -> Iterator[Meeting]:
    """The meetings that WHICH means. Raises UsageError when there is none, StoreError when it cannot be read."""
    numbers = list(setting.store.numbers())
    if not numbers:
        raise UsageError("There are no meetings yet.", f"The store is {setting.store.location}.")
    word = which.lower()
    if word == ALL:
        return _held(numbers, setting)
    if word == LATEST:
        return iter([_latest(numbers, setting)])
    if word.isascii() and word.isdecimal() and len(word) < 10:
        if int(word) not in numbers:
            raise UsageError(f"There is no meeting {int(word)}.", f"The latest is {numbers[-1]}.")
        return iter([setting.store.read(int(word))])
    with suppress(ValueError):
        return iter([_of_day(dt.date.fromisoformat(word), setting)])
    raise UsageError(
        f"“{shown(which)}” is no meeting; it can be latest, all, a number, or a date such as 2026-11-21."
    )


def _latest(numbers: list[int], setting: Setting) -> Meeting:
    """The last meeting that has been held or is running; planned ones are passed over."""
    for number in reversed(numbers):
        try:
            meeting = setting.store.read(number)
        except StoreError as error:
            raise StoreError(
                error.message, f"{error.hint} Earlier minutes: name the meeting's number."
            ) from None
        if meeting.head.state is not MeetingState.PLANNED:
            return meeting
    raise UsageError(
        "No meeting has been held yet.", f"`accord minutes {numbers[-1]}` shows what is on the planned one."
    )


def _held(numbers: list[int], setting: Setting) -> Iterator[Meeting]:
    """Every meeting that has been held or is running; those that cannot be read are named and left out."""
    from meetings.store.archive import Archive

    archive = Archive(setting.store)
    held = [meeting for meeting in archive.meetings() if meeting.head.state is not MeetingState.PLANNED]
    if archive.unread and not held:
        raise archive.unread[0]
    if not held:
        _latest(numbers, setting)
    warn(*(f"{error.message} It is left out." for error in archive.unread))
    return iter(held)


def _of_day(day: dt.date, setting: Setting) -> Meeting:
    """The one meeting of that day."""
    from meetings.store.archive import Archive

    archive = Archive(setting.store)
    found = [meeting for meeting in archive.meetings() if meeting.head.date == day]
    if len(found) > 1:
        names = " and ".join(str(meeting.head.number) for meeting in found)
        raise UsageError(f"There are {len(found)} meetings on {day}: {names}; name one by its number.")
    if not found:
        if archive.unread:
            raise StoreError(
                f"There is no meeting on {day} among those that can be read.", archive.unread[0].message
            )
        raise UsageError(f"There is no meeting on {day}.", "`accord minutes all` shows every one.")
    return found[0]
