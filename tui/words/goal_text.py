"""A goal in a few words, the same on every screen."""

from __future__ import annotations

from meetings.figures import MINUS, show_value
from meetings.kinds import Direction, Status, Unit
from meetings.measures.goal_words import pace_words, two_digits
from meetings.model import Goal

__all__ = ["STATUS_WORDS", "pace_text", "pace_words", "target_text"]

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
    size = two_digits(abs(value))
    if unit is Unit.DURATION and 1 <= size < 60:
        size = float(round(size))
    if goal.unit is Unit.PERCENT and size >= 0.1:
        size = round(size, 1)
    shown = show_value(size, unit, compact=True)
    return f"{'+' if value >= 0 else MINUS}{shown}"
