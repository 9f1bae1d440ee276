"""A goal in a few words, the same on every screen."""

from __future__ import annotations

from meetings.figures import show_value
from meetings.kinds import Direction
from meetings.model import Goal


def target_text(goal: Goal, currency: str) -> str:
    """`30 %`, `≤ 60 min`, `35 to 50`; a dash when there is no target yet."""
    if goal.target is None:
        return "—"
    target = show_value(goal.target, goal.unit, currency, compact=True)
    if goal.direction is Direction.IN_RANGE and goal.target_high is not None:
        return f"{target} to {show_value(goal.target_high, goal.unit, currency, compact=True)}"
    return f"≤ {target}" if goal.direction is Direction.AT_MOST else target
