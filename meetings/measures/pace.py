"""How a goal stands against its pace, where it is heading, and whether it is SMART (docs/formulas.md).

Values are in the goal's own unit and days are local dates. No number that a person can type makes these
functions fail: values that are not finite are passed over, and a result that is not finite is None.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

from meetings.kinds import Direction, GoalState, Status, Unit
from meetings.model import Goal, Reading

RISK_MARGIN = 0.1
"""Share of the way from start to target by which a goal may be behind and be no more than at risk."""
LAST_QUARTER = 0.75
"""From this share of its time on, a yes/no goal that is not done is at risk."""
PROJECTION_READINGS = (3, 6)
"""Fewest and most readings behind a projection."""
SLOPE_DAYS = 28
"""Readings at least this far apart (four weeks) tell what speed was possible so far."""
REACH = 1.5
"""A goal is realistic when it needs at most this many times its best speed so far."""
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


@dataclass(frozen=True)
class Letter:
    """One letter of SMART. `reason` says in plain words why it is not lit; empty when it is."""

    letter: str
    lit: bool
    reason: str


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
        return _finite(linear_regression(days, [reading.value for reading in readings]).intercept)
    except (OverflowError, ValueError):  # values too large to be summed
        return None


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


def usable(goal: Goal, today: dt.date) -> list[Reading]:
    """Usable readings up to that day in the order of their days, one a day."""
    by_day = {reading.date: reading for reading in goal.readings if math.isfinite(reading.value)}
    return [by_day[day] for day in sorted(by_day) if day <= today]


def _four_weeks_apart(readings: list[Reading]) -> Iterator[tuple[Reading, Reading]]:
    for place, late in enumerate(readings):
        for early in reversed(readings[:place]):
            if (late.date - early.date).days >= SLOPE_DAYS:
                yield early, late
                break


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
    start, target, elapsed = _finite(goal.start), _finite(goal.target), _elapsed(goal, day)
    if start is None or target is None or elapsed is None:
        return None
    if goal.unit is Unit.YES_NO or goal.direction is Direction.IN_RANGE:
        return None
    return target if elapsed == 1 else _finite(start + (target - start) * elapsed)


def _pace(goal: Goal, reading: Reading | None, expected: float | None) -> float | None:
    if reading is None or goal.unit is Unit.YES_NO:
        return None
    if goal.direction is Direction.IN_RANGE:
        ends = _ends(goal)
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
    return 0.0 if abs(difference) <= NOISE * max(abs(one), abs(other)) else _finite(difference)


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
        ends = _ends(goal)
        return None if ends is None else margin * ((ends[1] - ends[0]) or abs(ends[0]))
    if goal.start is None or goal.target is None:
        return None
    return margin * (abs(goal.target - goal.start) or abs(goal.target))


def _ends(goal: Goal) -> tuple[float, float] | None:
    """Lower and upper end of a range, in whichever order they were typed."""
    one, other = _finite(goal.target), _finite(goal.target_high)
    return None if one is None or other is None else (min(one, other), max(one, other))


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _towards(goal: Goal, value: float) -> int:
    """The direction that is good from that value: 1 is up, -1 is down."""
    if goal.direction is Direction.IN_RANGE:
        ends = _ends(goal)
        return -1 if ends is not None and value > ends[1] else 1
    return -1 if goal.direction is Direction.AT_MOST else 1


def _missing_way(goal: Goal, value: float) -> float | None:
    """How far the value still has to go; 0 or less when it is there. None without a target."""
    if goal.direction is Direction.IN_RANGE:
        ends = _ends(goal)
        return None if ends is None else max(ends[0] - value, value - ends[1])
    target = _finite(goal.target)
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
        ("start value", _finite(goal.start) is None),
        ("target", _finite(goal.target) is None),
        ("upper end of the range", in_range and _finite(goal.target_high) is None),
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
