"""What a goal's chart shows, in days and in the goal's own unit. Pure: how it is drawn is the screen's affair.

Rules in docs/formulas.md, "The chart of a goal".
"""

from __future__ import annotations

import datetime as dt
import math
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low
from typing import TYPE_CHECKING

from meetings.kinds import Direction, Unit
from meetings.measures import pace
from meetings.model import Goal, Reading

if TYPE_CHECKING:
    from meetings.config import Definition

MISSED = 1.5
"""Readings further apart than this many times their usual distance have a gap between them."""
AHEAD = 2
"""Days to come that are shown for each day that has passed, at most, so that what was read stays in sight."""
AT_LEAST_AHEAD = dt.timedelta(weeks=13)
"""Days to come that are shown if the goal runs that long."""
NOTHING = 1e-300
"""Smaller values are nothing to a chart."""
ALONE = dt.timedelta(weeks=1)
"""Room on either side of what has no length."""


@dataclass(frozen=True)
class Break:
    """The first day on which a word in the goal has another meaning."""

    day: dt.date
    term: str


@dataclass(frozen=True)
class Chart:
    """A goal's readings and lines, and the days and values that they lie between.

    `readings` are the pieces of the line: it is not drawn on through weeks that were not read or through a day on
    which a definition changed. `expected` leads from the start value to the target, cut where the chart ends.
    """

    first: dt.date
    last: dt.date
    low: float
    high: float
    readings: tuple[tuple[Reading, ...], ...]
    targets: tuple[float, ...]
    expected: tuple[Reading, Reading] | None
    breaks: tuple[Break, ...]

    @property
    def latest(self) -> Reading | None:
        """The last reading of all."""
        return self.readings[-1][-1] if self.readings else None

    def across(self, day: dt.date) -> float:
        """Where a day is, from 0 (the first) to 1 (the last)."""
        return (day - self.first).days / (self.last - self.first).days

    def up(self, value: float) -> float:
        """Where a value is, from 0 (the least) to 1 (the greatest). Halves keep the largest floats finite."""
        return (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)


def chart(goal: Goal, today: dt.date, definitions: Iterable[Definition] = (), usual: int = 7) -> Chart | None:
    """What to draw for a goal on that day; None when there is nothing to draw, and for a yes/no goal.

    `usual` is the number of days between two meetings: readings that lie further apart have a gap between them,
    unless the goal is read less often anyway.
    """
    if goal.unit is Unit.YES_NO:
        return None
    known = pace.usable(goal, today)
    first, last = _days(goal, known, today)
    known = [reading for reading in known if first <= reading.date <= last]
    expected = _expected_line(goal, last)
    if not known and expected is None:
        return None
    targets = _targets(goal)
    changes = tuple(b for b in breaks_of(goal, definitions) if first < b.day <= last)
    values = [*(reading.value for reading in known), *targets, *(end.value for end in expected or ())]
    low, high = _room(min(values), max(values))
    pieces = _pieces(known, usual, [change.day for change in changes])
    return Chart(first, last, low, high, pieces, targets, expected, changes)


def breaks_of(goal: Goal, definitions: Iterable[Definition]) -> tuple[Break, ...]:
    """The definitions that concern a goal, by their dates: those whose term is a word of its title or metric.

    Case makes no difference, and neither does a plural's s: "MQLs" speaks of MQL.
    """
    words = f"{goal.title}\n{goal.metric}".casefold()
    found = {
        Break(definition.since, definition.term)
        for definition in definitions
        if _names(words, definition.term)
    }
    return tuple(sorted(found, key=lambda change: (change.day, change.term)))


def _names(words: str, term: str) -> bool:
    wanted = " ".join(term.casefold().split())
    return bool(wanted) and re.search(rf"(?<!\w){re.escape(wanted)}s?(?!\w)", words) is not None


def _days(goal: Goal, known: Sequence[Reading], today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day: the goal's time, with what was read before and after, and not too much future."""
    start, due = goal.start_date, goal.due
    dates = [reading.date for reading in known]
    first = min([day for day in (start, *dates[:1]) if day is not None], default=today)
    if start is not None and due is not None and due > start:
        first = max(first, start - min(due - start, start - dt.date.min))
    seen = max([first, *dates[-1:]])
    last = max(due or seen, seen)
    past = max(today, seen) - first
    room = dt.date.max - max(today, seen)
    last = min(last, max(today, seen) + min(room, max(past * AHEAD, AT_LEAST_AHEAD)))
    if last <= first:
        first, last = _widened(first)
    return first, last


def _widened(day: dt.date) -> tuple[dt.date, dt.date]:
    before = min(ALONE, day - dt.date.min)
    after = min(ALONE, dt.date.max - day)
    return day - before, day + after


def _expected_line(goal: Goal, last: dt.date) -> tuple[Reading, Reading] | None:
    if goal.start_date is None or goal.due is None or not goal.start_date < goal.due:
        return None
    if last <= goal.start_date:
        return None
    ends = [(day, pace.expected_on(goal, day)) for day in (goal.start_date, min(goal.due, last))]
    points = [Reading(day, value) for day, value in ends if value is not None]
    if len(points) < 2 or {point.value for point in points} == {
        goal.target
    }:  # a level to be held: its own line
        return None
    return points[0], points[1]


def _targets(goal: Goal) -> tuple[float, ...]:
    both = (goal.target, goal.target_high if goal.direction is Direction.IN_RANGE else None)
    return tuple(value for value in both if value is not None and math.isfinite(value))


def _room(low: float, high: float) -> tuple[float, float]:
    """The least and the greatest value, apart."""
    if low / 2 < high / 2:
        return low, high
    around = abs(low) / 10 if abs(low) > NOTHING else 1.0
    return max(low - around, -sys.float_info.max), min(high + around, sys.float_info.max)


def _pieces(
    known: Sequence[Reading], usual: int, changes: Sequence[dt.date]
) -> tuple[tuple[Reading, ...], ...]:
    """The readings in pieces that are drawn as one line each."""
    distances = [(late.date - early.date).days for early, late in pairwise(known)]
    widest = MISSED * max(usual, median_low(distances) if distances else 0)
    pieces: list[list[Reading]] = []
    for at, reading in enumerate(known):
        before = known[at - 1].date if at else None
        goes_on = (
            before is not None
            and (reading.date - before).days <= widest
            and not any(before < change <= reading.date for change in changes)
        )
        if goes_on:
            pieces[-1].append(reading)
        else:
            pieces.append([reading])
    return tuple(map(tuple, pieces))
