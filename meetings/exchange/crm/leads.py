"""Read a CRM's export: the one way in for the command line and the screen."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from meetings.config import Config
from meetings.dates import MONTHS
from meetings.exchange.crm import counting
from meetings.exchange.crm.columns import (
    ASKED,
    SPREADSHEET,
    TELLS_HOW_FAR,
    WORDS,
    Columns,
    Recogniser,
    is_lead,
    is_pivot,
)
from meetings.exchange.crm.counts import Counts
from meetings.exchange.crm.doubts import doubts
from meetings.exchange.crm.names import OTHERS, Reasons, source_names
from meetings.exchange.crm.periods import Period, Span
from meetings.exchange.crm.refusals import ColumnsMissing, DatesUnclear, ImportRefused
from meetings.exchange.crm.result import LeadImport, Unused
from meetings.exchange.crm.stage_words import Stage
from meetings.exchange.crm.stages import Outcome, Stages, told_by
from meetings.exchange.crm.tally import Tally, likely_order
from meetings.exchange.tables.days import Evidence, Order, evidence, read_day
from meetings.exchange.tables.reading import Table, Watch, open_table, short

__all__ = ["Watch", "read_leads"]


def read_leads(
    path: Path,
    config: Config,
    *,
    today: dt.date,
    meeting_day: dt.date | None = None,
    columns: Mapping[str, str] | None = None,
    day_order: Order | None = None,
    watch: Watch | None = None,
) -> LeadImport:
    """The lead numbers in a CSV file, by source and period. Reads nothing but the file; takes a while when it is large.

    `meeting_day`: the meeting that they are for: what was created on that day or later is for the next one.
    `columns`: a person's answers, what a column means (a key of `columns.WORDS`) to its header, "" for none.
    `day_order`: a person's answer to dates that could be read two ways. `watch`: is called now and then with the bytes
    read so far and those there are, and returns False to stop.

    Raises ColumnsMissing and DatesUnclear, which a person can answer; Cancelled when `watch` returned False; other
    ImportRefused when the file is not such an export; OSError when it cannot be read.
    """
    said = dict(columns or {})
    recogniser = Recogniser(config.leads.columns, said)
    table = open_table(path, recogniser.likes)
    found = recogniser.understand(table.header)
    _refuse_unfit(table, found, said)
    remarks = [
        f"“{short(header, 40)}” is there more than once; the first is used." for header in found.repeated
    ]
    tally = _tallied(table, found, day_order, watch)
    if (
        2 * tally.repeated > tally.read
    ):  # the program that wrote the file has cut them, or they name something else
        remarks.append(f"“{found.names['id']}” is the same in most rows, so it does not tell leads apart.")
        found = found.without("id")
        tally.count_repeated()
    order = day_order or _settled(table, found, tally.counts)
    clock = tally.counts.clock
    if clock.telling and order is not None and order != clock.order:
        tally = _tallied(table, found, order, watch)  # now that it is known how first touches are to be read

    counts = tally.counts
    words = {said: counts.words(said) for said in {group[2:] for group in counts.groups}}
    reasons = Reasons(config.leads.reject_reasons, config.leads.disqualify_reasons)
    stages = Stages(
        found.product, found.kind, config.leads.stages, _stage_words(words.values()), reasons.side
    )
    judged = {said: _judged(stages, found, each) for said, each in words.items()}
    outcomes = [judged[group[2:]] for group in counts.groups]
    reasons.meet(_reason_words(counts, outcomes))
    known = _known(found, stages)
    days = _days(counts, order)
    span = Span(days, config.cadence, today, meeting_day, _written_on(path))
    counted = counting.count(
        counts,
        outcomes,
        reasons,
        span.place,
        order,
        due_until=span.due_until(config.leads.sla.follow_up_hours),
        handed_over_known="handed_over" in known,
        hours=config.leads.sla.follow_up_hours,
    )
    unused = (*tally.unused, *(Unused(why, rows) for why, rows in sorted(counted.outside.items())))
    if not counted.used:
        raise ImportRefused(_nothing_used(table, tally, unused))
    if not counted.times:
        known -= {"touches_due", "touches_in_time", "bands"}
    cells, gathered = counting.gathered(counted)
    names = source_names(counted.spellings, config.leads.sources) | {OTHERS: OTHERS}
    used = {period for _, period in cells if period is not None}
    periods: list[tuple[Period | None, Period | None]] = [(None, None)]
    first = last = None
    if used:
        dated = span.shown(used)
        periods, first, last = [*dated], dated[0][1][0], dated[-1][1][1]
    return LeadImport(
        path=path,
        product=found.product,
        kind=found.kind,
        encoding=table.codec,
        separator=table.separator,
        columns=found.names,
        unused_columns=found.unused,
        read=tally.read,
        used=counted.used,
        unused=unused,
        numbers=counting.rows_of(cells, periods, names, found.product, known),
        known=tuple(sorted(known)),
        first=first,
        last=last,
        every=config.cadence.every,
        whole=periods[-1][0] == periods[-1][1],
        doubts=(*remarks, *doubts(found, counted, gathered, periods)),
        asked={role: header for role, header in said.items() if header},
    )


def _refuse_unfit(table: Table, found: Columns, said: Mapping[str, str]) -> None:
    """Raise when this is no list of leads, or when it takes a person to say which column is which."""
    for role, header in said.items():
        if role not in WORDS:
            raise ImportRefused(
                f"“{short(role)}” is nothing that a column can mean.", f"It can be {', '.join(WORDS)}."
            )
        if header and role not in found.places:
            raise ImportRefused(
                f"{table.name} has no column “{short(header, 40)}”.",
                f"Its columns are {_listed(found.headers)}.",
            )
    if is_pivot(found.headers):
        raise ImportRefused(
            f"{table.name} is a pivot table: it has totals where a row for each lead would be.",
            "Export the list that the totals were made from.",
        )
    missing = [
        role
        for role, others in ASKED.items()
        if not any(other in found.places or said.get(other) == "" for other in others)
    ]
    if missing and is_lead(found.headers):
        raise ImportRefused(
            f"{table.name} has no row with names of columns: line {table.header_line} looks like a lead.",
            "Put names above it, such as Source, Status and Create Date.",
        )
    if missing:
        what = " or ".join(_MISSING[role] for role in missing)
        # Numbers without dates are worth little: once something is asked, ask for those, too.
        missing += ["created"] * ("created" not in found.places and "created" not in said)
        raise ColumnsMissing(
            f"{table.name} has no column that is known to tell {what}.",
            f"Its columns are {_listed(found.headers)}.",
            headers=found.headers,
            missing=missing,
            found=found.names,
        )
    if not found.places.keys() & {"created", "source", *TELLS_HOW_FAR}:
        raise ImportRefused(
            f"{table.name} has no column by which leads could be counted.",
            f"Its columns are {_listed(found.headers)}.",
        )


_MISSING = {"source": "where a lead came from", "status": "how far it got"}


def _listed(headers: Sequence[str], most: int = 12) -> str:
    names = [short(name, 30) or f"(column {place} has no name)" for place, name in enumerate(headers, 1)]
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _tallied(table: Table, found: Columns, order: Order | None, watch: Watch | None) -> Tally:
    """The file, counted."""
    tally = Tally(table, found, order, likely=order or likely_order(table, found))
    tally.count(watch)
    return tally


def _settled(table: Table, found: Columns, counts: Counts) -> Order | None:
    """Which number of the dates is the day, as all of them say; None when that makes no difference to any of them.

    Dates of first touches help to settle it, for the same program wrote them. Raises DatesUnclear when they do not.
    """
    columns = {"created": evidence(counts.days), "first_touch": evidence(counts.clock.telling)}
    told = Evidence(*(min(filter(None, texts), default="") for texts in zip(*columns.values(), strict=True)))
    if not any(told):
        return None
    if told.order is not None:
        return told.order
    example = told.either or told.day
    header = found.names[next(role for role, each in columns.items() if example in each)]
    reading = read_day(example)
    if told.day and told.month:
        message = (
            f"{table.name}: some dates can only be day first (“{short(told.day)}”), and some only month first"
            f" (“{short(told.month)}”)."
        )
    else:
        message = (
            f"{table.name}: “{short(example)}” in “{short(header, 40)}” can be {_named(reading.day)} or"
            f" {_named(reading.month)}, and no other date tells which."
        )
    raise DatesUnclear(
        message,
        "Say whether the day or the month comes first.",
        header=header,
        example=example,
        day=reading.day,
        month=reading.month,
    )


def _named(day: dt.date | None) -> str:
    return f"{day.day} {MONTHS[day.month - 1].title()}" if day else "no date"


def _days(counts: Counts, order: Order | None) -> list[dt.date]:
    return [day for text in counts.days if (day := read_day(text).by(order or "day"))]


def _written_on(path: Path) -> dt.date:
    return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).astimezone().date()


def _judged(stages: Stages, found: Columns, words: Mapping[str, str]) -> Outcome:
    """What becomes of a row with these words."""
    outcome = stages.outcome(words)
    return replace(outcome, stage=Stage.OPPORTUNITY, unknown=()) if found.kind == "opportunities" else outcome


def _stage_words(words: Iterable[Mapping[str, str]]) -> set[str]:
    return {each[role] for each in words for role in ("stage", "status") if each.get(role)}


def _reason_words(counts: Counts, outcomes: Sequence[Outcome]) -> Counter[str]:
    words: Counter[str] = Counter()
    for number, outcome in enumerate(outcomes):
        if outcome.end in ("rejected", "disqualified") and outcome.reason:
            words[outcome.reason] += counts.rows[number]
    return words


def _known(found: Columns, stages: Stages) -> set[str]:
    """The fields of the lead numbers that the file tells."""
    roles = set(found.places)
    known = {"spend"} & roles
    if found.kind == "opportunities":
        known.add("opportunities")
        ends = {meaning.end for meaning in stages.present}
        if found.product != SPREADSHEET or roles & {"is_won", "is_closed"} or ends & {"won", "lost"}:
            known |= {"won", "lost"}
        return known
    known |= told_by(found.product, roles, stages.present)
    if "accepted" in known:
        known.add("reviewed")
    if {"first_touch", "created"} <= roles:
        known |= {"touches_due", "touches_in_time", "bands"}
    return known


def _nothing_used(table: Table, tally: Tally, unused: Sequence[Unused]) -> str:
    if not tally.read:
        return f"{table.name} has columns, but no rows below line {table.after:,}."
    if tally.read == 1:
        return f"{table.name}: its only row cannot be used: {unused[0].for_the_room()}."
    most = max(unused, key=lambda each: each.count)
    return f"{table.name}: none of its {tally.read:,} rows can be used: {most.for_the_room()}."
