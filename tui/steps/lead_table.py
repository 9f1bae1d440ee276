"""The lead numbers of one period as a list: a row for each source, rates with what they were made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from textual.content import Content

from meetings.config import Config
from meetings.figures import show_rate, show_value
from meetings.kinds import Unit
from meetings.measures import funnel
from meetings.meeting import Meeting
from meetings.model import LeadNumbers
from tui.widgets.columns import Column
from tui.widgets.row import Row


def columns(config: Config) -> tuple[Column, ...]:
    """The columns; their keys are the fields in which the figures are typed. What is agreed is in the titles."""
    sla = config.leads.sla
    return (
        Column("source", "Source", flex=1, min_width=14),
        Column("new", "New", min_width=3, max_width=7, align="right", priority=1),
        Column("handed_over", "Handed over", max_width=22, align="right", priority=4),
        Column("accepted", f"Accepted ≥{_percent(sla.acceptance_rate)}", max_width=24, align="right"),
        Column("qualified", "Qualified", max_width=22, align="right", priority=2),
        Column("rejected", "Top reason", max_width=22, priority=6),
        Column("p50", "First touch", max_width=12, align="right", priority=5),
        Column(
            "touches_in_time",
            f"In {sla.follow_up_hours:.3g} h ≥{_percent(sla.follow_up_rate)}",
            max_width=24,
            align="right",
            priority=3,
        ),
    )


def newest(meeting: Meeting) -> tuple[LeadNumbers, ...]:
    """The rows of the newest period, in the order of the table."""
    periods = funnel.by_period(meeting.lead_numbers.values())
    return periods[next(reversed(periods))] if periods else ()


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


def row_of(numbers: LeadNumbers, config: Config) -> Row:
    """A source's figures."""
    sla, margin = config.leads.sla, config.goals.risk_margin
    top = funnel.top_reason(numbers)
    return Row(
        numbers.uid,
        {
            "source": numbers.source,
            "new": _count(numbers.new),
            "handed_over": _rate(funnel.Rate(numbers.handed_over, numbers.new)),
            "accepted": _against(funnel.acceptance(numbers), sla.acceptance_rate, margin),
            "qualified": _rate(funnel.mql_to_sql(numbers)),
            "rejected": Content.assemble(top[0], (f" ({top[1]:,})", "$quiet")) if top else "",
            "p50": "" if numbers.p50 is None else show_value(numbers.p50, Unit.DURATION, compact=True),
            "touches_in_time": _against(funnel.sla_hit_rate(numbers), sla.follow_up_rate, margin),
        },
    )


def figure(rows: Sequence[LeadNumbers]) -> str:
    """How many leads of all sources together were accepted."""
    rate = funnel.acceptance(*rows)
    return "" if rate.share is None else f"accepted {show_rate(*rate)}"


def doubts(rows: Sequence[LeadNumbers]) -> list[str]:
    """A sentence for each way in which the numbers contradict each other."""
    return [
        *(f"{row.source}: {found}" for row in rows for found in funnel.checks(row)),
        *funnel.repeats(rows),
    ]


def _percent(share: float) -> str:
    return f"{share * 100:.3g} %"


def _count(number: int | None) -> str | Content:
    return Content.styled("–", "$quiet") if number is None else f"{number:,}"


def _rate(rate: funnel.Rate) -> Content:
    """`19 of 26  73 %`; the counts are quiet."""
    shown = show_rate(*rate)
    counts, comma, share = shown.rpartition(", ")
    if not comma:
        return Content.styled(shown if rate.part is None else f"{rate.part:,}", "$quiet")
    return Content.assemble((counts, "$quiet"), f" {share:>5}")


def _against(rate: funnel.Rate, agreed: float, margin: float) -> Content:
    """A rate with a sign when it is below what is agreed: ▼, or ■ when by more than the risk margin."""
    share = rate.share
    if share is None or share >= agreed:
        return _rate(rate).append("  ")
    sign, style = ("▼", "$at-risk") if share >= agreed * (1 - margin) else ("■", "$off-track")
    return Content.assemble(_rate(rate), " ", (sign, style))
