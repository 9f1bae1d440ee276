"""The minutes of meetings: as Markdown, a page, a mail, a message, plain text or JSON.

WHICH is one of
  latest       the meeting that is running or was closed last (default)
  2026-11-21   the meeting of that day
  42           the meeting of that number
  12..20       the meetings held from one number to another, or from one day to another; 12.. goes on to the latest
  all          every meeting that has been held

Minutes of a meeting that is not closed say that they are a draft.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from meetings.cli.output import MANY, deliver, is_folder, progress, warn
from meetings.cli.parser import one_of, path, shown, text
from meetings.cli.setting import Setting
from meetings.errors import StoreError, UsageError
from meetings.exchange.formats import MINUTES, MinutesFormat
from meetings.flow.meeting_range import TO, Range, read_date, read_number, read_range
from meetings.kinds import MeetingState
from meetings.meeting import Meeting

if TYPE_CHECKING:
    from meetings.exchange.minutes import Options

LATEST, ALL = "latest", "all"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    add = parser.add_argument
    add(
        "which", metavar="WHICH", nargs="?", default=LATEST, type=text, help="which meeting (default: latest)"
    )
    add(
        "--format",
        metavar="|".join(MINUTES),
        type=one_of(*MINUTES),
        default=next(iter(MINUTES)),
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
    add("--template", metavar="FILE", type=path, help="a Jinja template of your own for this format")


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Print or write the minutes that were asked for."""
    from meetings.exchange.minutes import save_as

    form = MINUTES[args.format]
    options = _options(args, form, setting)
    chosen, count = _chosen(args.which, setting)
    if args.output and is_folder(args.output):
        for meeting in progress(chosen, count, "meetings"):
            file = save_as(
                form, meeting, Path(args.output), options, overwrite=args.overwrite, many=count > 1
            )
            if count < MANY:
                warn(f"Written: {file}")
        if count >= MANY:
            warn(f"Written: {count:,} files in {args.output}")
        return 0
    if count > 1 and not form.several:
        raise UsageError(
            f"A file of the format {form.name} holds one meeting, and these are {count:,}.",
            "-o FOLDER/ writes one file a meeting.",
        )
    deliver(form.write(progress(chosen, count, "meetings"), options), args.output)
    return 0


def _options(args: argparse.Namespace, form: MinutesFormat, setting: Setting) -> Options:
    """The templates of the configuration, and in place of them the one that was named. Raises UsageError."""
    from meetings.config import template_files
    from meetings.exchange.minutes import Options

    templates = template_files(setting.config)
    if args.template:
        if not form.template:
            names = ", ".join(name for name, other in MINUTES.items() if other.template)
            raise UsageError(f"The format {form.name} takes no template; these do: {names}.")
        templates[form.name] = Path(args.template)
    return Options(setting.config.goals.risk_margin, templates)


def _chosen(which: str, setting: Setting) -> tuple[Iterable[Meeting], int]:
    """The meetings that WHICH means and how many they are.

    Raises UsageError when there is none, StoreError when one cannot be read.
    """
    numbers = list(setting.store.numbers())
    if not numbers:
        raise UsageError("There are no meetings yet.", f"The store is {setting.store.location}.")
    word = which.lower()
    if word == ALL:
        return _held(numbers, setting)
    if TO in word:
        return _held(numbers, setting, read_range(word))
    if word == LATEST:
        return [_latest(numbers, setting)], 1
    number = read_number(word)
    if number is not None:
        if number not in numbers:
            raise UsageError(f"There is no meeting {number}.", f"The latest is {numbers[-1]}.")
        return [setting.store.read(number)], 1
    day = read_date(word)
    if day is not None:
        return [_of_day(day, setting)], 1
    raise UsageError(
        f"“{shown(which)}” is no meeting; it can be latest, all, a number, a date such as 2026-11-21, or a range "
        "such as 12..20."
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


def _held(numbers: list[int], setting: Setting, ends: Range | None = None) -> tuple[Iterable[Meeting], int]:
    """Every meeting in that range that has been held or is running, and how many they are.

    Those that cannot be read are named and left out.
    """
    from meetings.store.archive import Archive

    archive = Archive(setting.store)
    held = [
        meeting
        for meeting in archive.meetings()
        if meeting.head.state is not MeetingState.PLANNED and (ends is None or ends.has(meeting.head))
    ]
    if not held:
        if archive.unread:
            raise archive.unread[0]
        if ends is None:
            _latest(numbers, setting)
        raise UsageError("No meeting was held in that range.", "`accord minutes all` shows every one.")
    warn(*(f"{error.message} It is left out." for error in archive.unread))
    return held, len(held)


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
