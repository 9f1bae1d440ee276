"""What a meeting looks at in its lead numbers: this period against the one before, reasons, stages, promises kept.

Pure: rows in, figures out (docs/formulas.md). The rates themselves are in meetings.measures.funnel.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from meetings.kinds import Status, Team
from meetings.measures import funnel
from meetings.measures.funnel import Period, Rate
from meetings.model import LeadNumbers

if TYPE_CHECKING:
    from meetings.config.schema import Sla

STAGES = (*funnel.STAGES, "won")
"""The stages that are shown, in their order."""

BANDS = ("0-5", "5-15", "15-60", "60+")
"""Response times in minutes, in their order."""

Rows = Sequence[LeadNumbers]


# This period against the one before


@dataclass(frozen=True)
class Comparison:
    """The rows of the newest period, and those of the equally long one before it (none when there is none)."""

    rows: tuple[LeadNumbers, ...] = ()
    before: tuple[LeadNumbers, ...] = ()

    def before_of(self, row: LeadNumbers) -> tuple[LeadNumbers, ...]:
        """The rows of the same source in the period before."""
        name = _same(row.source)
        return tuple(old for old in self.before if _same(old.source) == name)


def compare(records: Iterable[LeadNumbers], earlier: Iterable[LeadNumbers] = ()) -> Comparison:
    """The newest period of `records` and the last equally long one that ended before it began.

    `earlier` are the records of the meeting before: they stand in for what `records` do not have.
    """
    mine = tuple(records)
    periods = funnel.by_period(mine)
    if not periods:
        return Comparison()
    newest = next(reversed(periods))
    there = {(_same(row.source), _period(row)) for row in mine}
    others = (row for row in earlier if (_same(row.source), _period(row)) not in there)
    older = [
        (period, rows)
        for period, rows in funnel.by_period((*mine, *others)).items()
        if _ends_before(period, newest) and funnel.equally_long(period, newest)
    ]
    return Comparison(periods[newest], older[-1][1] if older else ())


def _period(row: LeadNumbers) -> Period:
    return row.period_start, row.period_end


def _same(source: str) -> str:
    return source.strip().casefold()


def _ends_before(period: Period, other: Period) -> bool:
    return period[1] is not None and other[0] is not None and period[1] < other[0]


def direction(now: float | None, before: float | None) -> int:
    """1 when a figure has grown, -1 when it has shrunk, 0 when it is the same or either is not known."""
    if now is None or before is None:
        return 0
    return (now > before) - (now < before)


def points(rate: Rate, before: Rate) -> int | None:
    """By how many percentage points a rate has changed, as it is shown: whole per cents, half ones rounded up."""
    now, then = percent(rate), percent(before)
    return None if now is None or then is None else now - then


def percent(rate: Rate) -> int | None:
    """A rate in whole per cents, half ones rounded up; None when it is not known."""
    return None if rate.part is None or not rate.whole else (200 * rate.part + rate.whole) // (2 * rate.whole)


# Reasons and stages


@dataclass(frozen=True)
class Slice:
    """One word of a count by words: how often it was counted, and it and all larger ones together of all."""

    word: str
    count: int
    so_far: Rate


def pareto(rows: Rows, field: Literal["rejected", "disqualified"]) -> tuple[Slice, ...]:
    """Reasons, the most frequent first (equals by name), with their running share."""
    counts = funnel.ranked(getattr(row, field) for row in rows)
    total, running = sum(count for _, count in counts), 0
    found: list[Slice] = []
    for word, count in counts:
        running += count
        found.append(Slice(word, count, Rate(running, total)))
    return tuple(found)


def response_bands(rows: Rows) -> tuple[tuple[str, int], ...]:
    """Leads by minutes to the first touch, in the order of the minutes; empty when nothing is known."""
    counts: dict[str, int] = {}
    for row in rows:
        for word, count in row.bands.items():
            counts[word] = counts.get(word, 0) + count
    known = [word for word in BANDS if word in counts]
    return tuple((word, counts[word]) for word in (*known, *sorted(counts.keys() - set(known))))


@dataclass(frozen=True)
class Stage:
    """How many leads have come to a stage (LeadNumbers' field), and of how many of the known stage before."""

    field: str
    count: int
    rate: Rate


def stages(rows: Rows) -> tuple[Stage, ...]:
    """The known stages in their order; the first has no rate. A rate is taken over sources that know both."""
    found: list[Stage] = []
    for field in STAGES:
        count = funnel.known_sum(getattr(row, field) for row in rows)
        if count is None:
            continue
        before = found[-1].field if found else ""
        rate = funnel.rate_of((getattr(row, field), getattr(row, before)) for row in rows) if before else None
        found.append(Stage(field, count, rate or Rate(None, None)))
    return tuple(found)


# Promises


@dataclass(frozen=True)
class Promise:
    """One side of the agreement: who promised what share (or count) of leads, and what came of it."""

    kind: Literal["accepted", "in_time", "handed_over"]
    team: Team
    agreed: float
    """The share that was agreed; 1 for a count of leads, whose rate has what was promised as its whole."""
    rate: Rate
    status: Status


def promises(rows: Rows, sla: Sla, margin: float, *, all_sources: bool = True) -> tuple[Promise, ...]:
    """What the teams promised each other about leads, against these rows of one period.

    `margin`: by what share of the promise a figure may fall short and still be only at risk. The leads that b
    hands over are promised for all sources together; without `all_sources` they are left out.
    """
    rates: list[tuple[Literal["accepted", "in_time", "handed_over"], Team, float, Rate]] = [
        ("accepted", Team.A, sla.acceptance_rate, funnel.acceptance(*rows)),
        ("in_time", Team.A, sla.follow_up_rate, funnel.sla_hit_rate(*rows)),
    ]
    if all_sources and sla.handed_over is not None:
        rates.append(("handed_over", Team.B, 1.0, handed_over(rows, sla.handed_over)))
    return tuple(
        Promise(kind, team, agreed, rate, kept(rate, agreed, margin)) for kind, team, agreed, rate in rates
    )


def handed_over(rows: Rows, per_week: int) -> Rate:
    """Leads handed over, of those promised for the period: per week x days / 7, rounded.

    Without days nothing was promised.
    """
    days = {_days(row) for row in rows}
    only = days.pop() if len(days) == 1 else None
    return Rate(
        funnel.known_sum(row.handed_over for row in rows),
        None if only is None else round(per_week * only / 7),
    )


def _days(row: LeadNumbers) -> int | None:
    if row.period_start is None or row.period_end is None:
        return None
    return (row.period_end - row.period_start).days + 1


def kept(rate: Rate, agreed: float, margin: float) -> Status:
    """Whether a rate reaches what is agreed; short of it by no more than `margin` of it is at risk."""
    share = rate.share
    if share is None:
        return Status.UNKNOWN
    if share >= agreed:
        return Status.ON_TRACK
    return Status.AT_RISK if share >= agreed * (1 - margin) else Status.OFF_TRACK


def worst(kept_so_far: Iterable[Promise]) -> Promise | None:
    """The promise that fell short by the largest part of it, or None when all that is known was kept."""
    missed = [each for each in kept_so_far if each.status in (Status.AT_RISK, Status.OFF_TRACK)]
    return min(missed, key=lambda each: (each.rate.share or 0.0) / each.agreed, default=None)
