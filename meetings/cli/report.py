"""A quarter in one page: goals, done rate, ratings, leads, wins and what became of feedback.

Without --from and --to it covers the last 13 weeks. Ratings are told as means from three raters up, never by name. A
meeting that cannot be read is named and left out.
"""

from __future__ import annotations

import argparse
import datetime as dt

from meetings.cli.output import deliver, warn
from meetings.cli.parser import one_of, path, shown, text
from meetings.cli.setting import Setting
from meetings.errors import UsageError

FORMATS = ("markdown", "html")
PAGES = (".html", ".htm")
DOCUMENTS = (".pdf", ".docx", ".doc", ".odt", ".rtf")
"""What no report can be, whatever its file is called."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    add = parser.add_argument
    add("--from", dest="first", metavar="DATE", type=text, help="the first day, such as 2026-07-01")
    add("--to", dest="last", metavar="DATE", type=text, help="the last day; default: today")
    add(
        "--format",
        metavar="|".join(FORMATS),
        type=one_of(*FORMATS),
        help="default: markdown, or what the name after -o says",
    )
    add("-o", "--output", metavar="FILE", type=path, help="write into this file instead of printing")


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Print or write the report."""
    from meetings.exchange.report import render
    from meetings.measures.quarter import quarter
    from meetings.store.archive import Archive

    first, last = _range(args.first, args.last, setting.today)
    format = args.format or _format_of(args.output or "")
    archive = Archive(setting.store)
    found = quarter(archive.meetings(), first, last, setting.today)
    if archive.unread and found.newest is None:
        raise archive.unread[0]
    deliver(render(found, setting.config, setting.today, format), args.output)
    warn(*(f"{error.message} The report is without it." for error in archive.unread))
    return 0


def _format_of(name: str) -> str:
    """What the name of the file says. Raises UsageError when that is something else than a report can be."""
    if name.lower().endswith(DOCUMENTS):
        raise UsageError(
            f"A report is Markdown or HTML; {shown(name)} would be neither.",
            "An HTML report (`-o report.html`) is made for paper, too: a browser prints it, or saves it as PDF.",
        )
    return "html" if name.lower().endswith(PAGES) else FORMATS[0]


def _range(first: str | None, last: str | None, today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day. Raises UsageError when one is no day, or the first is after the last."""
    from meetings.measures.quarter import usual

    end = _day(last, "--to", today) if last else today
    start = _day(first, "--from", today) if first else usual(end)[0]
    if start > end:
        raise UsageError(f"The report would end before it begins: {start} is after {end}.")
    return start, end


def _day(word: str, option: str, today: dt.date) -> dt.date:
    from meetings.dates import parse_day

    try:
        return dt.date.fromisoformat(word)
    except ValueError:
        day = parse_day(word, today)
    if day is None:
        raise UsageError(f"{option}: “{shown(word)}” is not a day; write it like 2026-07-01.")
    return day
