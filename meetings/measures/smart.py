"""Whether a goal is SMART: the five letters, and why one is not lit (docs/formulas.md).

As in meetings.measures.pace, no number that a person can type makes these functions fail.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

from meetings.kinds import Direction, Unit
from meetings.measures.pace import NOISE, RISK_MARGIN, finite, latest, range_ends, usable
from meetings.model import Goal, Reading

SLOPE_DAYS = 28
"""Readings at least this far apart (four weeks) tell what speed was possible so far."""
REACH = 1.5
"""A goal is realistic when it needs at most this many times its best speed so far."""


@dataclass(frozen=True)
class Letter:
    """One letter of SMART. `reason` says in plain words why it is not lit; empty when it is."""

    letter: str
    lit: bool
    reason: str


def smart(goal: Goal, today: dt.date, margin: float = RISK_MARGIN) -> tuple[Letter, ...]:
    """The five letters in their order: specific, measurable, attainable, realistic, timely.

    `margin` is taken so that it is called as `measure` is; no letter depends on it.
    """
    reasons = {
        "S": _lacking(("title", not goal.title.strip()), ("metric", not goal.metric.strip())),
        "M": _not_measurable(goal),
        "A": "" if goal.agreed else "not yet agreed by both teams",
        "R": _not_realistic(goal, today),
        "T": _not_timely(goal),
    }
    return tuple(Letter(letter, not reason, reason) for letter, reason in reasons.items())


def best_slope(goal: Goal, today: dt.date) -> float | None:
    """The best speed so far in units per week, positive towards the target; None when it cannot be told yet.

    Each reading is compared with the latest one at least four weeks before it.
    """
    readings = usable(goal, today)
    sign = _towards(goal, readings[-1].value) if readings else 0
    slopes = (
        sign * (late.value - early.value) * 7 / (late.date - early.date).days
        for early, late in _four_weeks_apart(readings)
    )
    return max((slope for slope in slopes if math.isfinite(slope)), default=None)


def _four_weeks_apart(readings: list[Reading]) -> Iterator[tuple[Reading, Reading]]:
    for place, late in enumerate(readings):
        for early in reversed(readings[:place]):
            if (late.date - early.date).days >= SLOPE_DAYS:
                yield early, late
                break


def _towards(goal: Goal, value: float) -> int:
    """The direction that is good from that value: 1 is up, -1 is down."""
    if goal.direction is Direction.IN_RANGE:
        ends = range_ends(goal)
        return -1 if ends is not None and value > ends[1] else 1
    return -1 if goal.direction is Direction.AT_MOST else 1


def _missing_way(goal: Goal, value: float) -> float | None:
    """How far the value still has to go; 0 or less when it is there. None without a target."""
    if goal.direction is Direction.IN_RANGE:
        ends = range_ends(goal)
        return None if ends is None else max(ends[0] - value, value - ends[1])
    target = finite(goal.target)
    return None if target is None else (target - value) * _towards(goal, value)


def _lacking(*wants: tuple[str, bool]) -> str:
    """What is lacking, as in "no start value, no target yet", or nothing."""
    lacking = ", ".join(f"no {name}" for name, is_lacking in wants if is_lacking)
    return f"{lacking} yet" if lacking else ""


def _not_measurable(goal: Goal) -> str:
    if goal.unit is Unit.YES_NO:
        return ""
    in_range = goal.direction is Direction.IN_RANGE
    return _lacking(
        ("start value", finite(goal.start) is None),
        ("target", finite(goal.target) is None),
        ("upper end of the range", in_range and finite(goal.target_high) is None),
    )


def _not_timely(goal: Goal) -> str:
    if goal.start_date is not None and goal.due is not None and goal.due <= goal.start_date:
        return "the due date is not after the start date"
    return _lacking(("start date", goal.start_date is None), ("due date", goal.due is None))


def _not_realistic(goal: Goal, today: dt.date) -> str:
    """Why the goal is not within reach, or nothing: (target - reading) / weeks left <= 1.5 * best slope.

    Until the readings can tell, a person's word counts.
    """
    last = latest(goal, today)
    way = None if last is None or goal.unit is Unit.YES_NO else _missing_way(goal, last.value)
    if way is not None and way <= 0:
        return ""
    if way is None or goal.due is None:
        return _said(goal)
    if goal.due <= today:
        return "the due date has come and the target is not reached"
    slope = best_slope(goal, today)
    if slope is None:
        return _said(goal)
    if slope <= 0:
        return "the readings have not moved towards the target over four weeks"
    needed = way * 7 / (goal.due - today).days
    return (
        ""
        if needed <= REACH * slope * (1 + NOISE)
        else "needs more than 1.5 times the best four weeks so far"
    )


def _said(goal: Goal) -> str:
    if goal.realistic is None:
        return "the readings cannot tell yet, and nobody has said so"
    return "" if goal.realistic else "said to be out of reach"
