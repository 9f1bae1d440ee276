"""Search everything that was said in all meetings, whatever the case.

A text that several meetings carried along is shown once, as it stands in the newest. Ratings and private notes are not
searched. A meeting that cannot be read is named and left out.
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from meetings.cli.output import deliver, warn
from meetings.cli.parser import count, path, shown, text
from meetings.cli.setting import Setting
from meetings.cli.table import json_text, terminal_room
from meetings.dates import show_day
from meetings.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

    from meetings.store.findings import Finding, Found

WIDE = 10_000
"""Cells of an excerpt where there is no terminal that it has to fit into."""
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What is looked for, and where the hits go."""
    add = parser.add_argument
    add("text", metavar="TEXT", nargs="+", type=text, help="the words, as they stand side by side")
    add(
        "--limit",
        metavar="N",
        type=count(1, 100_000),
        default=100,
        help="how many hits at most; default: 100",
    )
    add("--json", action="store_true", help="print a list of objects")
    add("-o", "--output", metavar="FILE", type=path, help="write into this file instead of printing")


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Print the hits."""
    from meetings.store.archive import Archive
    from meetings.store.findings import findings

    words = " ".join(args.text).strip()
    if not words:
        raise UsageError("Say what to look for.")
    archive = Archive(setting.store)
    found = findings(archive.search(words), args.limit)
    if archive.unread and len(archive.unread) == len(setting.store.numbers()):
        raise archive.unread[0]
    if args.json:
        told = json_text([_fields(each) for each in found.findings])
    else:
        told = _text(found, words, setting.today, None if args.output else terminal_room())
    deliver(told, args.output)
    warn(*(f"{error.message} Searched without it." for error in archive.unread))
    return 0


def _fields(found: Finding) -> dict[str, Any]:
    """What JSON says of a hit: `field` of the record in `table` with that `uid`, and the meetings that have it so."""
    hit = found.hit
    return {
        "meeting": hit.number,
        "date": hit.date,
        "kind": found.kind,
        "table": hit.table,
        "uid": hit.uid,
        "field": hit.field,
        "text": hit.text,
        "meetings": found.numbers,
    }


def _text(found: Found, words: str, today: dt.date, room: int | None) -> str:
    if not found.findings:
        return f"Nobody has said “{shown(words)}” in any meeting.\n"
    bold = room is not None and not os.environ.get("NO_COLOR") and sys.stdout.isatty()
    parts = [_lines(each, words, today, room, bold) for each in found.findings]
    total = len(found.findings) + found.more
    end = f"{total:,} hit{'s' * (total != 1)} in {found.meetings:,} meeting{'s' * (found.meetings != 1)}"
    if found.more:
        end += f"; the newest {len(found.findings):,} are shown (--limit)"
    return "\n".join([*parts, end]) + "\n"


def _lines(found: Finding, words: str, today: dt.date, room: int | None, bold: bool) -> str:
    """Where it stands, and under it what it says around the words."""
    from meetings.store.findings import excerpt

    hit, others = found.hit, len(found.numbers) - 1
    also = f" · also in {others} earlier" if others else ""
    before, match, after = excerpt(hit.text, words, max(20, room - 2) if room else WIDE)
    if bold:
        match = f"{BOLD}{match}{PLAIN}"
    return f"#{hit.number} {show_day(hit.date, today)} · {found.kind}{also}\n  {before}{match}{after}\n"
