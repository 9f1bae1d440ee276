"""The lead numbers of one period as a list: a row for each source, rates with what they were made of, and a total."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from textual.content import Content

from meetings.config import Config
from meetings.figures import show_rate, show_value
from meetings.kinds import Status, Unit
from meetings.measures import funnel, lead_review
from meetings.measures.lead_review import Comparison
from meetings.meeting import Meeting
from meetings.model import LeadNumbers
from tui.theme import status_style, status_symbol
from tui.widgets.columns import Column
from tui.widgets.row import Row
from tui.words.lead_text import ALL, change, percent, rate_change

TOTAL = "all sources"
"""The key of the row that adds up all sources; it is no record."""


def columns(config: Config) -> tuple[Column, ...]:
    """The columns; their keys are the fields in which the figures are typed. What is agreed is in the titles."""
    sla = config.leads.sla
    return (
        Column("source", "Source", flex=1, min_width=14),
        Column("new", "New", min_width=3, max_width=9, align="right", priority=1),
        Column("handed_over", "Handed over", max_width=22, align="right", priority=4),
        Column("accepted", f"Accepted ≥{percent(sla.acceptance_rate)}", max_width=24, align="right"),
        Column("qualified", "Qualified", max_width=22, align="right", priority=2),
        Column("rejected", "Top reason", max_width=22, priority=6),
        Column("p50", "First touch", max_width=12, align="right", priority=5),
        Column(
            "touches_in_time",
            f"In {sla.follow_up_hours:.3g} h ≥{percent(sla.follow_up_rate)}",
            max_width=24,
            align="right",
            priority=3,
        ),
    )


def compared(meeting: Meeting, before: Meeting | None) -> Comparison:
    """The newest period and the one before it; the meeting before stands in for what this one does not have."""
    earlier = before.lead_numbers.values() if before is not None else ()
    return lead_review.compare(meeting.lead_numbers.values(), earlier)


def newest(meeting: Meeting) -> tuple[LeadNumbers, ...]:
    """The rows of the newest period, in the order of the table."""
    return lead_review.compare(meeting.lead_numbers.values()).rows


def period_to_type(meeting: Meeting, before: Meeting | None) -> funnel.Period:
    """First and last day of the numbers that are typed in now: those of the rows that are there already, else
    from the meeting before (a week ago when there is none) to the day before this one.
    """
    day = meeting.head.date
    since = before.head.date if before is not None and before.head.date < day else day - dt.timedelta(days=7)
    rows = newest(meeting)
    last = rows[0].period_end if rows else None
    if last is not None and last >= since:
        return rows[0].period_start, last
    return since, day - dt.timedelta(days=1)


def rows_of(found: Comparison, config: Config) -> list[Row]:
    """A row for each source, and one for all of them when there are several."""
    rows = [_row(row.uid, row.source, (row,), found.before_of(row), config) for row in found.rows]
    if len(rows) > 1:
        rows.append(_row(TOTAL, Content.styled(ALL, "$ink bold"), found.rows, found.before, config))
    return rows


def _row(
    key: str,
    source: str | Content,
    rows: Sequence[LeadNumbers],
    before: Sequence[LeadNumbers],
    config: Config,
) -> Row:
    sla, margin = config.leads.sla, config.goals.risk_margin
    top, p50 = funnel.top_reason(*rows), rows[0].p50 if len(rows) == 1 else None
    new, old = (funnel.known_sum(row.new for row in each) for each in (rows, before))
    handed, accepted, qualified = _handed_over(rows), funnel.acceptance(*rows), funnel.mql_to_sql(*rows)
    return Row(
        key,
        {
            "source": source,
            "new": _count(new, old),
            "handed_over": _rate(handed, _handed_over(before)),
            "accepted": _against(accepted, funnel.acceptance(*before), sla.acceptance_rate, margin),
            "qualified": _rate(qualified, funnel.mql_to_sql(*before)),
            "rejected": Content.assemble(top[0], (f" ({top[1]:,})", "$quiet")) if top else "",
            "p50": "" if p50 is None else show_value(p50, Unit.DURATION, compact=True),
            "touches_in_time": _against(
                funnel.sla_hit_rate(*rows), funnel.sla_hit_rate(*before), sla.follow_up_rate, margin
            ),
        },
    )


def _handed_over(rows: Sequence[LeadNumbers]) -> funnel.Rate:
    return funnel.rate_of((row.handed_over, row.new) for row in rows)


def doubts(rows: Sequence[LeadNumbers]) -> list[str]:
    """A sentence for each way in which the numbers contradict each other."""
    return [
        *(f"{row.source}: {found}" for row in rows for found in funnel.checks(row)),
        *funnel.repeats(rows),
    ]


def _count(number: int | None, before: int | None) -> Content:
    if number is None:
        return Content.styled("–", "$quiet")
    return Content.assemble((f"{change(number, before)} ".lstrip(), "$quiet"), f"{number:,}")


def _rate(rate: funnel.Rate, before: funnel.Rate) -> Content:
    """`19 of 26 ↑ 73 %`; the counts are quiet, an arrow says in which direction the rate has gone."""
    if rate.share is None:
        alone = rate.whole is None and rate.part is not None  # a count of an unknown whole
        return Content.styled(f"{rate.part:,}" if alone else "n/a", "$quiet")
    counts, _, share = show_rate(*rate).rpartition(", ")
    return Content.assemble((f"{counts} {rate_change(rate, before)}", "$quiet"), f" {share:>4}")


def _against(rate: funnel.Rate, before: funnel.Rate, agreed: float, margin: float) -> Content:
    """A rate with the sign of its status when it is below what is agreed."""
    status = lead_review.kept(rate, agreed, margin)
    if status not in (Status.AT_RISK, Status.OFF_TRACK):
        return _rate(rate, before).append("  ")
    return Content.assemble(_rate(rate, before), " ", (status_symbol(status), status_style(status)))
