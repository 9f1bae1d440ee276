"""Lead numbers in words: periods, changes, promises and what missed them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from meetings.config import Config
from meetings.dates import show_day
from meetings.figures import show_rate
from meetings.kinds import Status
from meetings.measures import funnel, lead_review
from meetings.measures.funnel import Period, Rate
from meetings.measures.lead_review import Promise
from meetings.meeting import Meeting
from meetings.model import EPOCH, LeadNumbers

TYPED = "typed"
"""The product of numbers that a person typed in (LeadNumbers.product)."""
Rows = Sequence[LeadNumbers]
ALL = "All sources"
"""What the row of totals is called."""


def percent(share: float) -> str:
    """A share that was agreed: `90 %`, `92.5 %`."""
    return f"{share * 100:.3g} %"


def period_text(period: Period, base: dt.date) -> str:
    """`Sat 14 to Fri 20 Nov`; empty without dates."""
    first, last = period
    days = [show_day(day, base) for day in period if day is not None]
    if first is not None and last is not None and (first.year, first.month) == (last.year, last.month):
        days[0] = " ".join(days[0].split()[:2])  # the month is said once
    return " to ".join(days) if first != last else days[0] if first else ""


def origin_texts(rows: Rows, meeting: Meeting) -> tuple[str, ...]:
    """Where the figures came from, at length and in short: `imported from HubSpot, 640 rows, 21 Nov`.

    The leads are those of every period that the meeting has of that product: the rows of its file that were used.
    """
    products = dict.fromkeys(row.product for row in rows if row.product != TYPED)
    if not products:
        return ()
    name = ", ".join(products)
    newest = rows[0].period_start
    read = [
        row
        for row in meeting.lead_numbers.values()
        if row.product in products and _in_step(row.period_start, newest)
    ]
    leads = funnel.known_sum(row.opportunities if row.new is None else row.new for row in read)
    count = f"{leads:,} rows" if leads is not None else ""
    moment = _read_at(read, products, meeting)
    day = show_day(moment.astimezone().date(), meeting.head.date).partition(" ")[2] if moment > EPOCH else ""
    also = "and typed" if any(row.product == TYPED for row in rows) else ""
    parts = [part for part in (name, count, day, also) if part]
    return (
        f"imported from {', '.join(parts)}",
        ", ".join(parts),
        ", ".join(part for part in (name, day) if part),
    )


def _read_at(rows: Rows, products: Collection[str], meeting: Meeting) -> dt.datetime:
    """When a file was read last: the edit that did it, else when the rows came into the meeting."""
    edits = [
        edit.created_at
        for edit in meeting.edits.values()
        if not edit.undone and any(edit.label.startswith(f"import of {product} ") for product in products)
    ]
    return max(edits, default=max(row.created_at for row in rows))


def _in_step(first: dt.date | None, newest: dt.date | None) -> bool:
    """Whether a period begins so that it can be of the same file: whole weeks before, or with a month as well."""
    if first is None or newest is None:
        return first == newest
    return (newest - first).days % 7 == 0 or first.day == newest.day == 1


def change(now: float | None, before: float | None) -> str:
    """An arrow for a figure that is larger or smaller than before, else nothing."""
    return {1: "↑", -1: "↓", 0: ""}[lead_review.direction(now, before)]


def rate_change(now: Rate, before: Rate) -> str:
    """The same for a rate, by the whole per cents that are shown."""
    return change(lead_review.percent(now), lead_review.percent(before))


def promise_text(promise: Promise, meeting: Meeting, config: Config) -> str:
    """What a team promised, in short: `Sales accepts 90 %`."""
    sla, name = config.leads.sla, meeting.head.team_name(promise.team)
    match promise.kind:
        case "accepted":
            return f"{name} accepts {percent(promise.agreed)}"
        case "in_time":
            return f"{name} calls in {sla.follow_up_hours:.3g} h, {percent(promise.agreed)}"
        case "handed_over":
            return f"{name} hands over {sla.handed_over:,} a week"


def promise_sentence(promise: Promise, meeting: Meeting, config: Config) -> str:
    """What a team promised: `Sales accepts 90 % of the leads handed over.`"""
    sla, name = config.leads.sla, meeting.head.team_name(promise.team)
    match promise.kind:
        case "accepted":
            return f"{name} accepts {percent(promise.agreed)} of the leads handed over."
        case "in_time":
            return f"{name} follows up on {percent(promise.agreed)} of them within {sla.follow_up_hours:g} hours."
        case "handed_over":
            return f"{name} hands over {sla.handed_over:,} leads a week."


def miss_text(source: str, promise: Promise, config: Config) -> str:
    """A promise that was missed, as a problem: `Paid social: 9 of 22 accepted, 41 % (agreed 90 %)`."""
    counts, _, share = show_rate(*promise.rate).rpartition(", ")
    match promise.kind:
        case "accepted":
            return f"{source}: {counts} accepted, {share} (agreed {percent(promise.agreed)})"
        case "in_time":
            within = f"{config.leads.sla.follow_up_hours:.3g} h"
            return (
                f"{source}: {counts} followed up within {within}, {share} (agreed {percent(promise.agreed)})"
            )
        case "handed_over":
            return f"{source}: {counts} agreed leads handed over, {share}"


def missed(promise: Promise) -> bool:
    """Whether a promise is known not to have been kept."""
    return promise.status in (Status.AT_RISK, Status.OFF_TRACK)
