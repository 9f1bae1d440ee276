"""Read lead numbers from the CSV file that a CRM exports: HubSpot, Salesforce, Pipedrive, Zoho, or a plain sheet.

  accord import leads contacts.csv --dry-run
  accord import leads list.csv --column source="Heard of us from" --dates day

Leads are counted by source and by the period of their creation, the last 13 periods. The counts replace those that an
earlier import of the same product gave; the same file twice changes nothing. No row of the file is kept.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meetings.cli.parser import one_of, shown, text
from meetings.cli.setting import Setting
from meetings.errors import UsageError

if TYPE_CHECKING:
    from meetings.exchange.crm.plan import Plan
    from meetings.exchange.crm.result import LeadImport
    from meetings.meeting import Meeting
    from meetings.model import LeadNumbers

SHOWN = 12
"""Lines of one kind that are printed before the rest is only counted."""
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this kind."""
    parser.add_argument(
        "--column",
        metavar="NAME=HEADER",
        action="append",
        default=[],
        type=text,
        help="what a column means, such as source=Herkunft; with nothing after = there is no such column",
    )
    parser.add_argument(
        "--dates",
        metavar="ORDER",
        type=one_of("day", "month"),
        help="what comes first in dates like 03/04/2026, if they do not tell: day or month",
    )


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Count the leads in the file, put the numbers into the meeting, and say what was done with every row."""
    from meetings.cli.output import warn
    from meetings.exchange.crm.columns import config_lines
    from meetings.exchange.crm.leads import read_leads
    from meetings.exchange.crm.periods import meeting_day
    from meetings.exchange.crm.plan import bring_in, plan
    from meetings.exchange.crm.refusals import ColumnsMissing, DatesUnclear

    columns = _columns(args.column)
    meeting = _next(setting)
    try:
        found = read_leads(
            Path(args.file),
            setting.config,
            today=setting.today,
            meeting_day=meeting_day(meeting.head, setting.today),
            columns=columns,
            day_order=args.dates,
        )
    except ColumnsMissing as error:
        names = " ".join(f'--column {name}="..."' for name in error.missing)
        raise UsageError(f"{error.message} {error.hint}", f"Say which it is: {names}") from None
    except DatesUnclear as error:
        raise UsageError(error.message, "Say which: --dates day or --dates month") from None
    _refuse_absent(columns, found)
    if args.dry_run:
        wanted = plan(meeting, found)
    else:
        session = setting.session()
        meeting = session.meeting
        wanted = bring_in(session, found)
    print(f"{_heading(found)}\n{_result(wanted, meeting, dry=args.dry_run)}\n")
    for line in (*_rows(found), *_changes(wanted, meeting)):
        print(line)
    warn(*found.doubts, *_some(wanted.doubts))
    if lines := config_lines(columns):
        print("\nThese lines in config.yaml keep what was said about the columns:\n", *lines, sep="\n")
    return 0


def _next(setting: Setting) -> Meeting:
    """The meeting that accepts edits, or that would once it is stored. Nothing is written."""
    from meetings.flow.lifecycle import plan_first, plan_next
    from meetings.kinds import MeetingState

    numbers = list(setting.store.numbers())
    if not numbers:
        return plan_first(setting.config, setting.today, dt.datetime.now(dt.UTC), "")
    latest = setting.store.read(numbers[-1])
    return plan_next(latest, setting.config) if latest.head.state is MeetingState.CLOSED else latest


def _columns(said: list[str]) -> dict[str, str]:
    from meetings.exchange.crm.columns import WORDS

    columns = {}
    for each in said:
        name, sign, header = each.partition("=")
        if not sign:
            raise UsageError(f"“{each[:40]}” names no column.", "For example: --column source=Herkunft")
        if name.strip() not in WORDS:
            raise UsageError(
                f"“{shown(name.strip())}” is nothing that a column can mean.",
                f"It can be {', '.join(WORDS)}.",
            )
        columns[name.strip()] = header.strip()
    return columns


def _refuse_absent(said: dict[str, str], found: LeadImport) -> None:
    """Raise ImportRefused when the file has no column that was named, also where another was taken in its place."""
    from meetings.exchange.crm.columns import key
    from meetings.exchange.tables.reading import shown_name
    from meetings.exchange.tables.refusals import ImportRefused

    for name, header in said.items():
        if header and key(found.columns.get(name, "")) != key(header):
            raise ImportRefused(
                f"{shown_name(found.path)} has no column “{shown(header)}”.",
                "Without that --column, `--dry-run` shows how the columns are understood.",
            )


def _heading(found: LeadImport) -> str:
    """What was read."""
    from meetings.exchange.tables.reading import shown_name

    rows = f"{found.read:,} row{'' if found.read == 1 else 's'}"
    return f"{shown_name(found.path)}: {found.product} {found.kind}, {rows}, {found.used:,} used; {_days(found)}."


def _days(found: LeadImport) -> str:
    from meetings.dates import show_day

    if found.first is None or found.last is None:
        return "no dates"
    count = len({row.period_start for row in found.numbers})
    first, last = show_day(found.first, found.last), show_day(found.last, dt.date.min)
    return f"{count} period{'' if count == 1 else 's'}, {first} to {last}"


def _result(wanted: Plan, meeting: Meeting, *, dry: bool) -> str:
    """What becomes of it."""
    if wanted.empty:
        return f"Nothing changes: meeting {meeting.head.number} has these numbers."
    return (
        f"Rows of lead numbers in meeting {meeting.head.number}{' would be' if dry else ''}: {wanted.label}."
    )


def _rows(found: LeadImport) -> Iterator[str]:
    """How the rows of the file were understood, and which were not used."""
    yield "Columns: " + ", ".join(f"{name} “{header}”" for name, header in found.columns.items())
    if found.unused_columns:
        yield "Not read: " + ", ".join(_some(found.unused_columns))
    yield f"Text: {found.encoding.upper()}, separated by {SEPARATORS.get(found.separator, found.separator)}"
    yield from (f"Not used: {unused}" for unused in found.unused)


def _changes(wanted: Plan, meeting: Meeting) -> Iterator[str]:
    """A line for each source that gets rows, and for each row that changes."""
    if wanted.stay:
        yield (
            "No longer in the file, and left as they are (remove those with another name now): "
            + ", ".join(_some(wanted.stay))
        )
    sources: dict[str, list[LeadNumbers]] = {}
    for row in wanted.added:
        sources.setdefault(row.source, []).append(row)
    lines = [f"  {source}: {_sums(rows)}" for source, rows in sources.items()]
    for uid, fields in wanted.changed.items():
        row = meeting.lead_numbers[uid]
        lines.append(
            f"  {row.source}, {_period(row)}: {', '.join(_change(row, *each) for each in fields.items())}"
        )
    for uid in wanted.removed:
        row = meeting.lead_numbers[uid]
        lines.append(f"  {row.source}, {_period(row)}: replaced by others")
    if lines:
        yield ""
    yield from _some(tuple(lines), 40)


def _sums(rows: list[LeadNumbers]) -> str:
    """What the new rows of a source come to."""
    from meetings.measures.funnel import STAGES, totals

    total = totals(rows)
    counts = [(name, getattr(total, name)) for name in (*STAGES, "won", "lost")]
    shown = [f"{_title(name)} {value:,}" for name, value in counts if value is not None]
    return f"{len(rows)} row{'' if len(rows) == 1 else 's'}: {', '.join(shown)}"


def _period(row: LeadNumbers) -> str:
    from meetings.dates import show_day

    if row.period_start is None or row.period_end is None:
        return "no dates"
    return f"{show_day(row.period_start, row.period_end)} to {show_day(row.period_end, row.period_start)}"


def _change(row: LeadNumbers, name: str, value: Any) -> str:
    """A field, before and after."""
    before = getattr(row, name)
    return f"{_title(name)} {_shown(before)} → {_shown(value)}"


def _title(name: str) -> str:
    from meetings.model import LeadNumbers, info

    title = str(info(LeadNumbers, name)["title"])
    return title[:1].lower() + title[1:]


def _shown(value: Any) -> str:
    from meetings.counts import show_counts

    if isinstance(value, dict):
        return show_counts(value) or "none"
    return "–" if value is None else f"{value:,}" if isinstance(value, int | float) else str(value)


def _some(lines: tuple[str, ...], most: int = SHOWN) -> list[str]:
    """The first of the lines, and how many more there are."""
    more = len(lines) - most
    return [*lines[:most], f"and {more:,} more"] if more > 0 else list(lines)
