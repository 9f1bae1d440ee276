"""How a goal stands against its pace, and where it is heading (docs/formulas.md).

Values are in the goal's own unit and days are local dates. No number that a person can type makes these
functions fail: values that are not finite are passed over, and a result that is not finite is None.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from meetings.kinds import Direction, GoalState, Status, Unit
from meetings.model import Goal, Reading

RISK_MARGIN = 0.1
"""Share of the way from start to target by which a goal may be behind and be no more than at risk."""
LAST_QUARTER = 0.75
"""From this share of its time on, a yes/no goal that is not done is at risk."""
PROJECTION_READINGS = (3, 6)
"""Fewest and most readings behind a projection."""
NOISE = 1e-9
"""Share of the values at hand below which a difference is rounding, not distance."""


@dataclass(frozen=True)
class Pace:
    """A goal on one day. `expected` and `pace` are None where they say nothing (see `measure`)."""

    reading: Reading | None
    expected: float | None
    pace: float | None
    status: Status
    computed: Status
    projection: float | None
    by_hand: bool = False
    """Whether a person overruled the computed status."""


def measure(goal: Goal, today: dt.date, margin: float = RISK_MARGIN, *, ahead: bool = True) -> Pace:
    """The goal's latest reading, its pace and its status on that day.

    expected = start + (target - start) * elapsed / total, in days, the quotient kept within 0 and 1;
    pace = reading - expected, its sign turned for "at most", so that positive is good. For a range the pace
    is the distance to its nearer end, negative outside, and nothing is expected; a yes/no goal has neither.

    `margin` is the risk margin of the configuration (0.1: ten percent of the way). `status` is `computed`
    unless a person overruled it with a note. Without what the formula needs the status is unknown. Not `ahead`: the
    projection is left out, for those who do not show it.
    """
    reading = latest(goal, today)
    line = expected_on(goal, today)
    pace = _pace(goal, reading, line)
    computed = _status(goal, reading, pace, today, margin)
    by_hand = goal.overruled if goal.note.strip() and goal.state is not GoalState.DONE else None
    leads_to = projection(goal, today) if ahead else None
    return Pace(reading, line, pace, by_hand or computed, computed, leads_to, by_hand is not None)


def latest(goal: Goal, today: dt.date) -> Reading | None:
    """The last reading on or before that day, or None. Of two on one day, the one added later."""
    known = usable(goal, today)
    return known[-1] if known else None


def has_reading_for(goal: Goal, meeting_date: dt.date, previous: dt.date | None) -> bool:
    """Whether the goal was read for this meeting: after the previous meeting's day, up to this meeting's.

    `previous` is None for the first meeting: then any earlier reading counts.
    """
    last = latest(goal, meeting_date)
    return last is not None and (previous is None or last.date > previous or last.date == meeting_date)


def last_values(goal: Goal, n: int = 13, today: dt.date | None = None) -> tuple[float, ...]:
    """The values of the last `n` days that were read (13 weeks: a quarter), oldest first, for a sparkline."""
    values = [reading.value for reading in usable(goal, today or dt.date.max)]
    return tuple(values[max(0, len(values) - max(0, n)) :])


def projection(goal: Goal, today: dt.date) -> float | None:
    """Where the readings lead on the due date: least squares through the last 6 days that were read.

    None with fewer than 3, when the due date is not known or past, and for a yes/no goal.
    """
    from statistics import linear_regression

    fewest, most = PROJECTION_READINGS
    readings = usable(goal, today)[-most:]
    if goal.due is None or goal.due < today or goal.unit is Unit.YES_NO or len(readings) < fewest:
        return None
    days = [(reading.date - goal.due).days for reading in readings]
    try:
        return finite(linear_regression(days, [reading.value for reading in readings]).intercept)
    except (OverflowError, ValueError):  # values too large to be summed
        return None


def usable(goal: Goal, today: dt.date) -> list[Reading]:
    """Usable readings up to that day in the order of their days, one a day."""
    by_day = {reading.date: reading for reading in goal.readings if math.isfinite(reading.value)}
    return [by_day[day] for day in sorted(by_day) if day <= today]


def _elapsed(goal: Goal, today: dt.date) -> float | None:
    """Share of the goal's time that has passed, within 0 and 1; None without both dates."""
    if goal.start_date is None or goal.due is None:
        return None
    total = (goal.due - goal.start_date).days
    if total <= 0:
        return 1.0 if today >= goal.due else 0.0
    return min(1.0, max(0.0, (today - goal.start_date).days / total))


def expected_on(goal: Goal, day: dt.date) -> float | None:
    """What the reading should be on that day; None for a range, a yes/no goal, and without values or dates."""
    start, target, elapsed = finite(goal.start), finite(goal.target), _elapsed(goal, day)
    if start is None or target is None or elapsed is None:
        return None
    if goal.unit is Unit.YES_NO or goal.direction is Direction.IN_RANGE:
        return None
    return target if elapsed == 1 else finite(start + (target - start) * elapsed)


def _pace(goal: Goal, reading: Reading | None, expected: float | None) -> float | None:
    if reading is None or goal.unit is Unit.YES_NO:
        return None
    if goal.direction is Direction.IN_RANGE:
        ends = range_ends(goal)
        if ends is None:
            return None
        low, high = ends
        return _distance(reading.value, low, min(reading.value - low, high - reading.value))
    if expected is None:
        return None
    ahead = reading.value - expected
    return _distance(reading.value, expected, -ahead if goal.direction is Direction.AT_MOST else ahead)


def _distance(one: float, other: float, difference: float) -> float | None:
    """The difference of the two; 0 when it is only rounding."""
    return 0.0 if abs(difference) <= NOISE * max(abs(one), abs(other)) else finite(difference)


def _status(goal: Goal, reading: Reading | None, pace: float | None, today: dt.date, margin: float) -> Status:
    if goal.state is GoalState.DONE:
        return Status.DONE
    if reading is None:
        return Status.UNKNOWN
    if goal.unit is Unit.YES_NO:
        return _yes_no_status(goal, reading, today)
    room = _room(goal, margin)
    if pace is None or room is None:
        return Status.UNKNOWN
    if pace >= 0:
        return Status.ON_TRACK
    return Status.AT_RISK if -pace <= room * (1 + NOISE) else Status.OFF_TRACK


def _yes_no_status(goal: Goal, reading: Reading, today: dt.date) -> Status:
    if reading.value:
        return Status.DONE
    if goal.due is not None and today > goal.due:
        return Status.OFF_TRACK
    elapsed = _elapsed(goal, today)
    if elapsed is None:
        return Status.UNKNOWN
    return Status.AT_RISK if elapsed >= LAST_QUARTER else Status.ON_TRACK


def _room(goal: Goal, margin: float) -> float | None:
    """How far behind is still at risk: the margin times the whole way, or times the level to be held."""
    if goal.direction is Direction.IN_RANGE:
        ends = range_ends(goal)
        return None if ends is None else margin * ((ends[1] - ends[0]) or abs(ends[0]))
    if goal.start is None or goal.target is None:
        return None
    return margin * (abs(goal.target - goal.start) or abs(goal.target))


def range_ends(goal: Goal) -> tuple[float, float] | None:
    """Lower and upper end of a range, in whichever order they were typed."""
    one, other = finite(goal.target), finite(goal.target_high)
    return None if one is None or other is None else (min(one, other), max(one, other))


def finite(value: float | None) -> float | None:
    """The value, or None when nothing can be counted with it."""
    return value if value is not None and math.isfinite(value) else None
