"""A goal in a few words, the same on every screen."""

from __future__ import annotations

import math

from meetings.figures import MINUS, show_value
from meetings.kinds import Direction, Status, Unit
from meetings.measures.pace import Pace
from meetings.model import Goal

STATUS_WORDS = {
    Status.ON_TRACK: "on track",
    Status.AT_RISK: "at risk",
    Status.OFF_TRACK: "off track",
    Status.DONE: "done",
    Status.UNKNOWN: "not known yet",
}


def target_text(goal: Goal, currency: str) -> str:
    """`30 %`, `≤ 60 min`, `35 to 50`; a dash when there is no target yet."""
    if goal.unit is Unit.YES_NO:
        return "yes"
    if goal.target is None:
        return "—"
    target = show_value(goal.target, goal.unit, currency, compact=True)
    if goal.direction is Direction.IN_RANGE and goal.target_high is not None:
        return f"{target} to {show_value(goal.target_high, goal.unit, currency, compact=True)}"
    return f"≤ {target}" if goal.direction is Direction.AT_MOST else target


def pace_text(value: float | None, goal: Goal) -> str:
    """The pace as short as it can be, with its sign: `+0.3`, `−69 k`, `+4 min`. The reading beside it has the unit."""
    if value is None or goal.unit is Unit.YES_NO:
        return ""
    unit = Unit.DURATION if goal.unit is Unit.DURATION else Unit.NUMBER
    size = _two_digits(abs(value))
    if unit is Unit.DURATION and 1 <= size < 60:
        size = float(round(size))
    if goal.unit is Unit.PERCENT and size >= 0.1:
        size = round(size, 1)
    shown = show_value(size, unit, compact=True)
    return f"{'+' if value >= 0 else MINUS}{shown}"


def _two_digits(size: float) -> float:
    """The two digits that matter most."""
    return float(f"{size:.2g}") if math.isfinite(size) else size


def pace_words(found: Pace, goal: Goal, currency: str) -> str:
    """`0.3 points ahead`, `€69.3 k behind`, `5 inside the range`; empty when there is no pace."""
    if found.pace is None:
        return ""
    size = abs(found.pace)
    shown = show_value(size, goal.unit, currency, compact=True)
    if size and not any(digit in shown for digit in "123456789"):  # too little to be seen in short
        shown = show_value(_two_digits(size), goal.unit, currency)
    if goal.unit is Unit.PERCENT:
        shown = shown.replace(" %", " point" if shown == "1 %" else " points")
    if goal.direction is Direction.IN_RANGE:
        return f"{shown} {'inside' if found.pace >= 0 else 'outside'} the range"
    if not size:
        return "just as expected"
    return f"{shown} {'ahead' if found.pace > 0 else 'behind'}"
