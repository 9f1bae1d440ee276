"""Read readings of goals from a CSV file with the columns goal, date and reading:

  goal,date,reading
  MQL to SQL rate,2026-11-16,"29,1 %"

A goal is named by its title, or by a beginning of it or of its id that no other goal has. Readings are written as
people write them (30k, $30,000, 12 %, 1,5, 45 min, yes). One that the meeting has for the same goal and day is
replaced, so the same file twice changes nothing. A row that cannot be used is named with its line; the rest is used.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from meetings.cli.parser import one_of
from meetings.cli.setting import Setting

if TYPE_CHECKING:
    from meetings.exchange.goal_readings import Change, Readings
    from meetings.meeting import Head, Meeting

NAMED = 3
"""Readings that are named of each goal."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this kind."""
    parser.add_argument(
        "--dates",
        metavar="ORDER",
        type=one_of("day", "month"),
        help="what comes first in dates like 03/04/2026, if they do not tell: day or month",
    )


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Say what the file would change, and change it unless this is a dry run. Raises what `read` and `bring_in` do."""
    from pathlib import Path

    from meetings.cli.output import warn
    from meetings.exchange import goal_readings

    path = Path(args.file)
    if args.dry_run:
        meeting = _latest(setting)
        found = goal_readings.read(path, meeting, args.dates)
    else:
        _latest(setting)
        session = setting.session()
        meeting = session.meeting
        found = goal_readings.read(path, meeting, args.dates)
        goal_readings.bring_in(session, found)
    print(_heading(found, dry=args.dry_run, number=meeting.head.number))
    for line in _changes(found, meeting.head):
        print(line)
    warn(*(f"Not used: {unused}." for unused in found.unused), *found.remarks)
    return 0


def _latest(setting: Setting) -> Meeting:
    """The latest meeting, as it is stored. Raises UsageError when there is none."""
    from meetings.errors import UsageError

    numbers = list(setting.store.numbers())
    if not numbers:
        raise UsageError(
            "There are no meetings yet, so there are no goals.", "`accord where` shows the store."
        )
    return setting.store.read(numbers[-1])


def _heading(found: Readings, *, dry: bool, number: int) -> str:
    """How much was read, and what becomes of it."""
    count = len({change.goal.uid for change in found.changes})
    new = len(found.changes)
    if not new:
        what = "nothing changes" if found.used or not found.rows else "no row can be used"
    else:
        readings = f"{new:,} reading{'' if new == 1 else 's'} of {count:,} goal{'' if count == 1 else 's'}"
        verb = "would change" if dry else "changed"
        what = f"{readings} {verb} in meeting {number}"
    same = f", {found.same:,} there already" if found.same else ""
    rows = f"{found.rows:,} row{'' if found.rows == 1 else 's'}"
    return f"{found.name}: {rows}, {found.used:,} used; {what}{same}."


def _changes(found: Readings, head: Head) -> list[str]:
    """For each goal, how many readings and the last of them."""
    by_goal: dict[str, list[Change]] = {}
    for change in found.changes:
        by_goal.setdefault(change.goal.uid, []).append(change)
    lines = []
    for changes in by_goal.values():
        new = [change for change in changes if change.before is None]
        other = [change for change in changes if change.before is not None]
        parts = [f"{len(new):,} new: {_named(new, head)}"] if new else []
        parts += [f"{len(other):,} replaced: {_named(other, head)}"] if other else []
        lines.append(f"  {changes[0].goal.title}: {'; '.join(parts)}")
    return lines


def _named(changes: list[Change], head: Head) -> str:
    """The latest of them, and how many more there are."""
    from meetings.dates import show_day
    from meetings.figures import show_value

    ordered = sorted(changes, key=lambda change: change.reading.date, reverse=True)

    def one(change: Change) -> str:
        unit = change.goal.unit
        words = f"{show_value(change.reading.value, unit, head.currency)} on {show_day(change.reading.date, head.date)}"
        before = f" (was {show_value(change.before.value, unit, head.currency)})" if change.before else ""
        return words + before

    more = len(ordered) - NAMED
    return ", ".join([*map(one, ordered[:NAMED]), *([f"and {more:,} more"] if more > 0 else [])])
