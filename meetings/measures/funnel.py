"""Rates, costs and contradictions in the lead numbers (docs/formulas.md).

Every rate keeps its two counts, so that a screen can show "43 of 61, 70 %". None means not known: it never
turns into 0. A rate over several sources is taken over those sources that know both of its counts.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, NamedTuple, TypeVar

from meetings.model import LeadNumbers, info

ACCEPTANCE_RATE = 0.9
"""Share of handed-over leads that sales accepts (published target: 90 %)."""
FOLLOW_UP_HOURS = 24
"""Hours within which sales touches a lead first (published practice: 24 h)."""

STAGES = ("new", "handed_over", "accepted", "qualified", "opportunities")
"""The stages in their order. A lead counts in every stage it has reached: none is larger than one before."""
WITHIN = (
    (("accepted", "rejected"), "reviewed"),
    (("reviewed",), "handed_over"),
    (("rejected", "disqualified"), "handed_over"),
    (("recycled",), "handed_over"),
    (("won", "lost"), "opportunities"),
    (("touches_in_time",), "touches_due"),
    (("p50",), "p95"),
)
"""Fields that together may not be larger than another."""
COUNTS = (*STAGES, "reviewed", "recycled", "won", "lost", "touches_due", "touches_in_time")
"""Fields that count leads."""
REASONS = ("rejected", "disqualified", "bands")
"""Fields that count leads by a word."""

Period = tuple[dt.date | None, dt.date | None]
"""First and last day."""
Amount = TypeVar("Amount", int, float)


class Rate(NamedTuple):
    """A part of a whole; either is None when it is not known."""

    part: int | None
    whole: int | None

    @property
    def share(self) -> float | None:
        """part / whole, or None when either is not known or the whole is 0."""
        return None if self.part is None or not self.whole else self.part / self.whole


@dataclass(frozen=True)
class Cost:
    """What the new leads cost together, in the meeting's currency."""

    spend: float | None
    leads: int | None

    @property
    def each(self) -> float | None:
        """spend / leads, or None when either is not known or there were no leads."""
        return None if self.spend is None or not self.leads else self.spend / self.leads


@dataclass(frozen=True)
class Velocity:
    """Qualified leads of a period and of the equally long one before it."""

    now: int | None
    before: int | None

    @property
    def share(self) -> float | None:
        """(now - before) / before, or None when either is not known or there were none before."""
        return None if self.now is None or not self.before else (self.now - self.before) / self.before


def acceptance(*rows: LeadNumbers) -> Rate:
    """Accepted (SAL) / handed over (MQL). Published target: 90 %."""
    return rate_of([(row.accepted, row.handed_over) for row in rows])


def mql_to_sql(*rows: LeadNumbers) -> Rate:
    """Qualified (SQL) / handed over (MQL) of the same period."""
    return rate_of([(row.qualified, row.handed_over) for row in rows])


def sql_to_opportunity(*rows: LeadNumbers) -> Rate:
    """Opportunities / qualified (SQL)."""
    return rate_of([(row.opportunities, row.qualified) for row in rows])


def win_rate(*rows: LeadNumbers) -> Rate:
    """Won / (won + lost)."""
    return rate_of([(row.won, known_sum((row.won, row.lost))) for row in rows])


def lead_to_customer(*rows: LeadNumbers) -> Rate:
    """Won / new leads."""
    return rate_of([(row.won, row.new) for row in rows])


def sla_hit_rate(*rows: LeadNumbers) -> Rate:
    """First touches within the agreed time / first touches due. Published practice: within 24 h."""
    return rate_of([(row.touches_in_time, row.touches_due) for row in rows])


def rejections(*rows: LeadNumbers) -> dict[str, Rate]:
    """For each reason, the most frequent first: rejected with it / leads reviewed."""
    return {
        reason: rate_of((row.rejected.get(reason, 0), row.reviewed) for row in rows)
        for reason, _ in ranked(row.rejected for row in rows)
    }


def top_reason(
    *rows: LeadNumbers, of: Literal["rejected", "disqualified"] = "rejected"
) -> tuple[str, int] | None:
    """The most frequent reason (of equals the first by name) and how often it was given, or None."""
    found = ranked(getattr(row, of) for row in rows)
    return found[0] if found else None


def cost_per_lead(*rows: LeadNumbers) -> Cost:
    """Spend / new leads of the same period."""
    both = [row for row in rows if row.spend is not None and row.new is not None] or rows
    return Cost(known_sum(row.spend for row in both), known_sum(row.new for row in both))


def velocity(now: LeadNumbers, before: LeadNumbers) -> Velocity:
    """Growth of qualified leads from one period to the next: (now - before) / before.

    Takes two rows of one source or two `totals`. Of periods that are not equally long nothing is known.
    """
    if not equally_long((now.period_start, now.period_end), (before.period_start, before.period_end)):
        return Velocity(None, None)
    return Velocity(now.qualified, before.qualified)


def equally_long(one: Period, other: Period) -> bool:
    """Whether two periods have the same number of days, or are both whole calendar months."""
    days, others = _days(one), _days(other)
    return (
        days is not None and others is not None and (days == others or (_is_month(one) and _is_month(other)))
    )


def by_period(rows: Iterable[LeadNumbers]) -> dict[Period, tuple[LeadNumbers, ...]]:
    """Rows by their period, the earliest first; rows without dates come before all others."""
    groups: dict[Period, list[LeadNumbers]] = {}
    for row in rows:
        groups.setdefault((row.period_start, row.period_end), []).append(row)
    order = sorted(groups, key=lambda period: tuple(day or dt.date.min for day in period))
    return {period: tuple(groups[period]) for period in order}


def totals(rows: Iterable[LeadNumbers], source: str = "") -> LeadNumbers:
    """The sources of one period added up, as a row named `source`.

    A count that any source does not know is not known in total. P50 and P95 cannot be added up: they are
    there only when there is one row. Take rates over sources from the rows themselves: they know more.
    """
    known = tuple(rows)
    starts = [row.period_start for row in known if row.period_start is not None]
    ends = [row.period_end for row in known if row.period_end is not None]
    only = known[0] if len(known) == 1 else LeadNumbers()
    fields: dict[str, Any] = {
        name: known_sum(getattr(row, name) for row in known) for name in (*COUNTS, "spend")
    }
    fields |= {name: _added(getattr(row, name) for row in known) for name in REASONS}
    return LeadNumbers(
        uid="",
        source=source,
        period_start=min(starts) if known and len(starts) == len(known) else None,
        period_end=max(ends) if known and len(ends) == len(known) else None,
        product=", ".join(dict.fromkeys(row.product for row in known)),
        p50=only.p50,
        p95=only.p95,
        **fields,
    )


def checks(row: LeadNumbers) -> list[str]:
    """A sentence for each way in which the numbers of a row contradict each other."""
    found = [f"{title} is {value:,}, but cannot be below 0." for title, value in _below_zero(row)]
    if row.period_start is not None and row.period_end is not None and row.period_end < row.period_start:
        found.append("The period ends before it begins.")
    stages = [name for name in STAGES if getattr(row, name) is not None]
    pairs = [((later,), earlier) for earlier, later in pairwise(stages)]
    for parts, whole in (*pairs, *WITHIN):
        limit = getattr(row, whole)
        amounts = {name: value for name in parts if (value := _amount(row, name)) is not None}
        if limit is None or limit < 0 or not amounts or sum(amounts.values()) <= limit:
            continue
        names = " and ".join(_title(name) for name, value in amounts.items() if value)
        makes = "are together" if " and " in names else "is"
        found.append(f"{names} {makes} {sum(amounts.values()):,}, more than {_title(whole)} with {limit:,}.")
    return found


def repeats(rows: Iterable[LeadNumbers]) -> list[str]:
    """A sentence for each source that has several rows in one period, which totals count more than once."""
    groups: dict[tuple[str, Period], list[LeadNumbers]] = {}
    for row in rows:
        key = (row.source.strip().casefold(), (row.period_start, row.period_end))
        groups.setdefault(key, []).append(row)
    return [
        f"{group[0].source} has {len(group)} rows for one period; totals count every one of them."
        for group in groups.values()
        if len(group) > 1
    ]


def rate_of(pairs: Iterable[tuple[int | None, int | None]]) -> Rate:
    """Parts over wholes of those pairs that know both; when none does, what all of them know."""
    known = list(pairs)
    if len(known) == 1:
        return Rate(*known[0])
    both = [pair for pair in known if None not in pair] or known
    return Rate(known_sum(part for part, _ in both), known_sum(whole for _, whole in both))


def known_sum(values: Iterable[Amount | None]) -> Amount | None:
    """The sum, or None when any is not known or there are none."""
    total = None
    for value in values:
        if value is None:
            return None
        total = value if total is None else total + value
    return total


def _added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Counts by word, added up word by word."""
    together: dict[str, int] = {}
    for each in counts:
        for word, count in each.items():
            together[word] = together.get(word, 0) + count
    return together


def ranked(counts: Iterable[Mapping[str, int]]) -> list[tuple[str, int]]:
    """Words and how often they were counted, the most frequent first, equals by name."""
    together = [(word, count) for word, count in _added(counts).items() if count > 0]
    return sorted(together, key=lambda pair: (-pair[1], pair[0].casefold(), pair[0]))


def _days(period: Period) -> int | None:
    first, last = period
    return None if first is None or last is None else (last - first).days + 1


def _is_month(period: Period) -> bool:
    """Whether the period is one whole calendar month."""
    first, last = period
    if first is None or last is None or (first.year, first.month) != (last.year, last.month):
        return False
    return first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]


def _amount(row: LeadNumbers, name: str) -> float | None:
    """The value of a field, by-word counts added up."""
    value: float | Mapping[str, int] | None = getattr(row, name)
    return sum(value.values()) if isinstance(value, Mapping) else value


def _below_zero(row: LeadNumbers) -> Iterator[tuple[str, float]]:
    """Titles and values of what is negative in the row."""
    for name in (*COUNTS, "spend", "p50", "p95"):
        value = getattr(row, name)
        if value is not None and value < 0:
            yield _title(name), value
    for name in REASONS:
        for word, count in getattr(row, name).items():
            if count < 0:
                yield f"{_title(name)}: {word}", count


def _title(name: str) -> str:
    """What a form calls the field."""
    return str(info(LeadNumbers, name)["title"])
