"""A goal in the words of minutes."""

from __future__ import annotations

from meetings.exchange.again import show_day, show_value
from meetings.exchange.item_words import in_words
from meetings.exchange.view import GoalView
from meetings.kinds import STATUS_SIGNS, Direction, GoalState, MeetingState, Status, Unit
from meetings.measures import pace
from meetings.meeting import Head
from meetings.model import Goal


def goal_view(goal: Goal, head: Head, team: str, margin: float) -> GoalView:
    """The goal as it stood at that meeting. `team` is what people call its team, `margin` the risk margin of goals."""
    now = pace.measure(goal, head.date, margin, ahead=False)
    frozen = head.state is MeetingState.CLOSED and goal.status is not Status.UNKNOWN
    status = goal.status if frozen else now.status
    words = "dropped" if goal.state is GoalState.DROPPED else f"{STATUS_SIGNS[status]} {in_words(status)}"
    if now.status is not now.computed and status is now.status and goal.state is GoalState.OPEN:
        words += " (set by hand)"
    reading = "no reading"
    if now.reading is not None:
        reading = show_value(now.reading.value, goal.unit, head.currency)
        if now.reading.date != head.date:
            reading += f" ({show_day(now.reading.date, head.date)})"
    return GoalView(
        status=words,
        title=goal.title,
        team=team,
        owner=goal.owner or "no owner",
        reading=reading,
        target=_target(goal, head),
        pace=show_value(now.pace, goal.unit, head.currency, compact=True, signed=True),
        note="\n".join(text for text in (goal.note, goal.reason) if text),
        metric=goal.metric,
        standing=status,
        record=goal,
    )


def _target(goal: Goal, head: Head) -> str:
    values = [show_value(value, goal.unit, head.currency) for value in (goal.target, goal.target_high)]
    if goal.unit is Unit.YES_NO:
        words = "yes"
    elif goal.target is None:
        words = "no target"
    elif goal.direction is Direction.IN_RANGE:
        words = f"{values[0]} to {values[1]}"
    else:
        words = f"{'≤' if goal.direction is Direction.AT_MOST else '≥'} {values[0]}"
    return f"{words} by {show_day(goal.due, head.date)}" if goal.due else words
