"""How far a goal is ahead or behind, in words: the same on the screen and from the command line."""

from __future__ import annotations

import math

from meetings.figures import show_value
from meetings.kinds import Direction, Unit
from meetings.measures.pace import Pace
from meetings.model import Goal


def pace_words(found: Pace, goal: Goal, currency: str) -> str:
    """`0.3 points ahead`, `€69.3 k behind`, `5 inside the range`; empty when there is no pace."""
    if found.pace is None:
        return ""
    size = abs(found.pace)
    shown = show_value(size, goal.unit, currency, compact=True)
    if size and not any(digit in shown for digit in "123456789"):  # too little to be seen in short
        shown = show_value(two_digits(size), goal.unit, currency)
    if goal.unit is Unit.PERCENT:
        shown = shown.replace(" %", " point" if shown == "1 %" else " points")
    if goal.direction is Direction.IN_RANGE:
        return f"{shown} {'inside' if found.pace >= 0 else 'outside'} the range"
    if not size:
        return "just as expected"
    return f"{shown} {'ahead' if found.pace > 0 else 'behind'}"


def two_digits(size: float) -> float:
    """The two digits that matter most."""
    return float(f"{size:.2g}") if math.isfinite(size) else size
