"""From the counts of an export to lead numbers by source and period."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from meetings.errors import UsageError
from meetings.exchange.crm import odd
from meetings.exchange.crm.counts import Counts
from meetings.exchange.crm.names import OTHERS, Reasons, largest, source_key
from meetings.exchange.crm.periods import Period
from meetings.exchange.crm.speed import bands, percentile
from meetings.exchange.crm.stage_words import Stage
from meetings.exchange.crm.stages import Outcome
from meetings.exchange.tables.days import Order, read_day
from meetings.figures import parse_value
from meetings.kinds import Unit
from meetings.model import LeadNumbers

Cell = tuple[str, Period | None]
"""Key of a source, and a period."""


@dataclass
class Numbers:
    """What is counted of one source in one period."""

    counts: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    disqualified: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    spend: float = 0.0


Place = tuple[Numbers, bool]
"""Where leads are counted, and whether they are due for their first touch."""


@dataclass
class Counted:
    """Lead numbers by source and period, and the rows that no period was there for."""

    cells: defaultdict[Cell, Numbers] = field(default_factory=lambda: defaultdict(Numbers))
    outside: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    """Words for stages that are not known, and in how many rows."""
    spellings: Counter[str] = field(default_factory=Counter)
    """How often each source was spelled so."""
    times: int = 0
    """First touches of which the time since the creation is known."""
    odd_times: int = 0
    """First touches before the creation."""
    timeless: int = 0
    """First touches of which no time since the creation can be told."""
    unread_spend: int = 0

    @property
    def used(self) -> int:
        """Rows counted."""
        return sum(cell.counts["rows"] for cell in self.cells.values())


PeriodOf = Callable[[dt.date], "Period | str"]
"""The period of a day; or why it has none."""


def count(
    given: Counts,
    outcomes: Sequence[Outcome],
    reasons: Reasons,
    period_of: PeriodOf,
    order: Order | None,
    *,
    due_until: dt.date,
    handed_over_known: bool,
    hours: float,
) -> Counted:
    """Add up. `outcomes`: of each group. `due_until`: leads created later are not due yet for their first touch,
    which is to come within `hours`.
    """
    result = Counted()
    days: dict[str, tuple[Period | None, dt.date | None] | str] = {"": (None, None)}
    for text in given.days:
        day = read_day(text).by(order or "day")
        found = period_of(day) if day else odd.BAD_DATE
        days[text] = found if isinstance(found, str) else (found, day)

    def due(outcome: Outcome, day: dt.date | None) -> bool:
        if day is None or day > due_until:
            return False
        return outcome.stage >= Stage.HANDED_OVER or not handed_over_known

    keys = {spelling: source_key(spelling) for spelling in {group[1] for group in given.groups}}
    places: list[Place | None] = []
    for number, group in enumerate(given.groups):
        outcome, where, rows = outcomes[number], days[group[0]], given.rows[number]
        for word in outcome.unknown:
            result.unknown[word] += rows
        if outcome.stage is Stage.NONE:
            where = odd.NO_LEAD
        if isinstance(where, str):
            result.outside[where] += rows
            places.append(None)
            continue
        result.spellings[group[1]] += rows
        cell = result.cells[keys[group[1]], where[0]]
        _add(cell, outcome, reasons, rows)
        is_due = due(outcome, where[1])
        places.append((cell, is_due))
        if is_due:
            cell.counts["touches_due"] += rows
    _add_times(result, given, places, hours * 60)
    for number, amount in given.spent:
        place = places[number]
        if place is None:
            continue
        try:
            place[0].spend += parse_value(amount, Unit.CURRENCY)
        except UsageError:
            result.unread_spend += 1
    return result


def _add_times(result: Counted, given: Counts, places: Sequence[Place | None], agreed: float) -> None:
    """Add what is known of first touches. `places`: of each group. `agreed`: in minutes."""
    nowhere: list[float] = []
    by_place: dict[tuple[int, bool], tuple[Place, list[float]]] = {}
    by_group = [
        by_place.setdefault((id(place[0]), place[1]), (place, []))[1] if place else nowhere
        for place in places
    ]
    for found, time in zip(map(by_group.__getitem__, given.touched[0]), given.touched[1], strict=True):
        found.append(time)
    for (cell, is_due), found in by_place.values():
        known = [time for time in found if time == time] if given.clock.has_times else []  # NaN is not
        after = [time for time in known if time >= 0]
        cell.times += after
        result.times += len(after)
        result.odd_times += len(known) - len(after)
        result.timeless += len(found) - len(known)
        if is_due:
            cell.counts["touches_in_time"] += sum(time <= agreed for time in known)


def _add(cell: Numbers, outcome: Outcome, reasons: Reasons, rows: int) -> None:
    counts = cell.counts
    counts["rows"] += rows
    for name in outcome.fields:
        counts[name] += rows
    if outcome.end == "rejected":
        cell.rejected[reasons.name(outcome.reason)] += rows
    elif outcome.end == "disqualified":
        cell.disqualified[reasons.name(outcome.reason)] += rows


def gathered(counted: Counted) -> tuple[dict[Cell, Numbers], int]:
    """The numbers with the smallest sources put together where there are too many, and how many those were."""
    sizes: Counter[str] = Counter()
    for (source, _), cell in counted.cells.items():
        sizes[source] += cell.counts["rows"]
    shown = largest(sizes)
    if len(shown) == len(sizes):
        return counted.cells, 0
    together: dict[Cell, Numbers] = {}
    for (source, period), cell in counted.cells.items():
        whole = together.setdefault((source if source in shown else OTHERS, period), Numbers())
        whole.counts.update(cell.counts)
        whole.rejected.update(cell.rejected)
        whole.disqualified.update(cell.disqualified)
        whole.times += cell.times
        whole.spend += cell.spend
    return together, len(sizes) - len(shown)


def rows_of(
    cells: Mapping[Cell, Numbers],
    periods: Iterable[tuple[Period | None, Period | None]],
    names: Mapping[str, str],
    product: str,
    known: set[str],
) -> tuple[LeadNumbers, ...]:
    """A row for each source in each period, also where there were no leads: the file says so. `periods`: each, and as
    it is shown, which ends where the file does. `known`: the fields that the file tells.
    """
    sources = sorted({source for source, _ in cells}, key=lambda source: (names[source].casefold(), source))
    return tuple(
        _row(cells.get((source, period)) or Numbers(), shown, names[source], product, known)
        for period, shown in periods
        for source in sources
    )


def _row(cell: Numbers, period: Period | None, source: str, product: str, known: set[str]) -> LeadNumbers:
    times = sorted(cell.times)
    fields: dict[str, Any] = {
        name: cell.counts[name]
        for name in (
            *(
                "new",
                "handed_over",
                "reviewed",
                "accepted",
                "recycled",
                "qualified",
                "opportunities",
                "won",
                "lost",
            ),
            *("touches_due", "touches_in_time"),
        )
        if name in known
    }
    if "rejected" in known:
        fields["rejected"] = _ordered(cell.rejected)
    if "disqualified" in known:
        fields["disqualified"] = _ordered(cell.disqualified)
    if "spend" in known:
        fields["spend"] = round(cell.spend, 2)
    if "bands" in known and times:
        fields["bands"] = bands(times)
        fields["p50"], fields["p95"] = (round(percentile(times, share) or 0.0, 1) for share in (0.5, 0.95))
    first, last = period or (None, None)
    return LeadNumbers(source=source, product=product, period_start=first, period_end=last, **fields)


def _ordered(counts: Counter[str]) -> dict[str, int]:
    """The most frequent first, of equals the first by name."""
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
