"""The lead numbers of a meeting as one table: this period by source, the periods before it in total."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from meetings.counts import show_counts
from meetings.exchange.again import show_day, show_rate, show_value
from meetings.kinds import Unit
from meetings.measures import funnel
from meetings.model import LeadNumbers

ALL = "All sources"
EARLIER = 3
"""Periods before the newest that are shown: an import brings a whole quarter."""


@dataclass(frozen=True)
class LeadTable:
    """Headings and rows of words, all of one length; both empty when there are no lead numbers."""

    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def periods(self) -> tuple[tuple[str, int], ...]:
        """Each period with how many rows it has."""
        return tuple((period, len([*rows])) for period, rows in groupby(row[0] for row in self.rows))

    @property
    def sources(self) -> tuple[str, ...]:
        """The source of each row."""
        return tuple(row[1] for row in self.rows)

    @property
    def measures(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The same turned round, for a page: what is measured, with its words for each row."""
        columns = zip(*self.rows, strict=True)
        return tuple(zip(self.headings, columns, strict=True))[2:]


Rows = tuple[LeadNumbers, ...]
Column = Callable[[Rows, LeadNumbers, str], str]
"""What a column says of rows of one period and of their total, with a currency. Empty: nothing is known."""


def _rate(measure: Callable[..., funnel.Rate]) -> Column:
    def shown(rows: Rows, _: LeadNumbers, __: str) -> str:
        rate = measure(*rows)
        return show_rate(*rate) if None not in rate else ""

    return shown


def _new(_: Rows, total: LeadNumbers, __: str) -> str:
    return "" if total.new is None else f"{total.new:,}"


def _handed_over(*rows: LeadNumbers) -> funnel.Rate:
    return funnel.rate_of([(row.handed_over, row.new) for row in rows])


def _reasons(field: str) -> Column:
    def shown(_: Rows, total: LeadNumbers, __: str) -> str:
        return show_counts(getattr(total, field))

    return shown


def _recycled(_: Rows, total: LeadNumbers, __: str) -> str:
    return "" if total.recycled is None else f"{total.recycled:,}"


def _speed(_: Rows, total: LeadNumbers, __: str) -> str:
    known = (("half within", total.p50), ("95 % within", total.p95))
    return ", ".join(
        f"{name} {show_value(value, Unit.DURATION)}" for name, value in known if value is not None
    )


def _cost(rows: Rows, _: LeadNumbers, currency: str) -> str:
    cost = funnel.cost_per_lead(*rows)
    if cost.spend is None or cost.leads is None:
        return ""
    spend = f"{show_value(cost.spend, Unit.CURRENCY, currency)} for {cost.leads:,}"
    each = "n/a" if cost.each is None else f"{show_value(round(cost.each, 2), Unit.CURRENCY, currency)} each"
    return f"{spend}, {each}"


COLUMNS: dict[str, Column] = {
    "New leads": _new,
    "Handed over (MQL of new)": _rate(_handed_over),
    "Accepted (SAL of MQL)": _rate(funnel.acceptance),
    "MQL to SQL": _rate(funnel.mql_to_sql),
    "SQL to opportunity": _rate(funnel.sql_to_opportunity),
    "Won (of won and lost)": _rate(funnel.win_rate),
    "Lead to customer": _rate(funnel.lead_to_customer),
    "Rejected": _reasons("rejected"),
    "Disqualified": _reasons("disqualified"),
    "Recycled": _recycled,
    "Touched in time": _rate(funnel.sla_hit_rate),
    "Speed to lead": _speed,
    "Cost per lead": _cost,
}
"""The columns after period and source. One in which nothing is known is left out."""


def lead_table(records: Iterable[LeadNumbers], base: dt.date, currency: str) -> LeadTable:
    """The newest period source by source and in total, then those before it in total, newest first."""
    periods = sorted(funnel.by_period(records).items(), key=lambda entry: _age(entry[0]), reverse=True)
    periods = periods[: EARLIER + 1]
    if not periods:
        return LeadTable()
    groups: list[tuple[str, str, Rows]] = []
    for place, (period, rows) in enumerate(periods):
        shown = _period(period, base)
        if place == 0 and len(rows) > 1:
            groups += [(shown, row.source, (row,)) for row in rows]
        groups.append((shown, rows[0].source if len(rows) == 1 else ALL, rows))
    sums = [(rows, rows[0] if len(rows) == 1 else funnel.totals(rows)) for _, _, rows in groups]
    table = {
        title: [column(rows, total, currency) for rows, total in sums] for title, column in COLUMNS.items()
    }
    known = {title: cells for title, cells in table.items() if any(cells)}
    beside = zip(*known.values(), strict=True) if known else ((),) * len(groups)
    lines = zip(groups, beside, strict=True)
    return LeadTable(
        ("Period", "Source", *known),
        tuple((period, source, *(cell or "n/a" for cell in cells)) for (period, source, _), cells in lines),
    )


def _age(period: funnel.Period) -> tuple[dt.date, dt.date]:
    first, last = period
    return last or dt.date.min, first or dt.date.min


def _period(period: funnel.Period, base: dt.date) -> str:
    days = [show_day(day, base) for day in period if day is not None]
    return " to ".join(dict.fromkeys(days)) or "no dates"
