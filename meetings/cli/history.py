"""List every meeting, the newest first, with what it came to.

The rating is a mean, and told from three ratings up. A meeting that cannot be read is named and left out.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from meetings.cli.output import deliver, warn
from meetings.cli.parser import path
from meetings.cli.setting import Setting
from meetings.cli.table import Column, json_text, table, terminal_room
from meetings.dates import show_day, show_minutes
from meetings.figures import show_mean, show_rate
from meetings.kinds import MeetingState

if TYPE_CHECKING:
    import datetime as dt

    from meetings.flow.overview import Summary

COLUMNS = (
    Column("#"),
    Column("Date"),
    Column("Present", leaves=5, shrinks=True),
    Column("Done"),
    Column("Rating", leaves=1),
    Column("Time", leaves=2),
    Column("Decided", leaves=4),
    Column("Wins", leaves=4),
    Column("Items", leaves=3),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    add = parser.add_argument
    add("--json", action="store_true", help="print a list of objects")
    add("-o", "--output", metavar="FILE", type=path, help="write into this file instead of printing")


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Print the meetings."""
    from meetings.errors import StoreError
    from meetings.flow.overview import summary
    from meetings.store.archive import Archive

    archive = Archive(setting.store)
    found: list[Summary] = []
    unread: list[StoreError] = []
    for _, answer in archive.each(summary, numbers=setting.store.numbers()[::-1]):
        if isinstance(answer, StoreError):
            unread.append(answer)
        else:
            found.append(answer)
    if unread and not found:
        raise unread[0]
    if args.json:
        words = json_text([_fields(each) for each in found])
    elif found:
        rows = [_row(each, setting.today) for each in found]
        words = table(COLUMNS, rows, None if args.output else terminal_room())
    else:
        words = "No meetings yet.\n"
    deliver(words, args.output)
    warn(*(f"{error.message} Shown without it." for error in unread))
    return 0


def _fields(found: Summary) -> dict[str, Any]:
    """What JSON says of a meeting. Times are in seconds."""
    return {
        "number": found.number,
        "name": found.name,
        "date": found.date,
        "state": found.state,
        "present": found.present,
        "done": found.done.done,
        "due": found.done.all,
        "rating": found.rating,
        "raters": found.raters,
        "spent": found.spent,
        "planned": found.planned,
        "decisions": found.decisions,
        "wins": found.wins,
        "items": found.items,
        "amendments": found.amendments,
    }


def _row(found: Summary, today: dt.date) -> tuple[str, ...]:
    number, day = str(found.number), show_day(found.date, today)
    if found.state is MeetingState.PLANNED:
        return (number, day, "", "planned", *[""] * 5)
    running = "runs now" if found.state is MeetingState.RUNNING else ""
    return (
        number,
        day,
        ", ".join(filter(None, (running, *found.present))),
        show_rate(found.done.done, found.done.all),
        show_mean(found.rating),
        f"{show_minutes(found.spent)} of {show_minutes(found.planned)}",
        *map(str, (found.decisions, found.wins, found.items)),
    )
