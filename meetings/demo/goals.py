"""The goals of the sample history: opened with the quarter, read each week, closed at its end."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from meetings.demo.aims import AIMS
from meetings.demo.numbers import WEEKS
from meetings.demo.quarter import Quarter
from meetings.demo.room import Room
from meetings.demo.script import Aim
from meetings.figures import show_value
from meetings.flow import states
from meetings.kinds import Direction, GoalState, Horizon, Status
from meetings.model import Goal, Reading

SURVEY = 5
"""The week of the year's last quarter in which the goal of the year has its one reading."""


class GoalKeeper:
    """Keeps the goals of a history of meetings, which are reviewed one after the other."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.open: dict[str, str] = {}
        """By key, the goal that is pursued now."""

    def review(self, room: Room, q: Quarter) -> None:
        """Open what is missing, read every goal, and close those whose time is over."""
        for place, aim in enumerate(AIMS, start=1):
            found = room.find(self.open.get(aim.key, ""))
            goal = found if isinstance(found, Goal) else self._opened(room, q, aim)
            if aim.agreed_in == q.week and not goal.agreed:
                goal = room.change(goal, **(states.tick(goal) or {}))
            if goal.position != place:
                goal = room.change(goal, position=float(place))
            value = self._value(room, q, aim, goal, q.week)
            if value is not None:
                goal = room.change(goal, **states.with_reading(goal, room.date, value))
            note = next((text for week, text in aim.notes if week == q.week), "")
            if note and not (aim.horizon is Horizon.YEAR and value is not None):
                goal = room.change(goal, note=q.say(note))
            if aim.overruled_in == q.week:
                goal = room.change(goal, overruled=Status.ON_TRACK)
            if q.week == WEEKS - 1 and goal.due is not None and goal.due - room.date < dt.timedelta(weeks=1):
                self._close(room, goal)

    def _opened(self, room: Room, q: Quarter, aim: Aim) -> Goal:
        title, metric, start, target, high = aim.variants[q.back % len(aim.variants)]
        year = aim.horizon is Horizon.YEAR
        first, due = q.year if year else (q.start, q.end)
        goal = Goal(
            title=title,
            metric=q.say(metric),
            team=aim.team,
            owner=aim.owner,
            unit=aim.unit,
            direction=aim.direction,
            start=float(start),
            target=float(target),
            target_high=None if high is None else float(high),
            start_date=first,
            due=due,
            horizon=aim.horizon,
            supports=aim.supports,
            agreed=0 <= aim.agreed_in < max(1, q.week),
            realistic=None if year else True,
        )
        for week in range(q.week):  # opened late: what was read before the teams began to meet
            value = None if year else self._value(room, q, aim, goal, week)
            if value is not None:
                day = q.start + dt.timedelta(weeks=week)
                goal = replace(goal, **states.with_reading(goal, day, value))
        added = room.add(goal)
        self.open[aim.key] = added.uid
        return added

    def _value(self, room: Room, q: Quarter, aim: Aim, goal: Goal, week: int) -> float | None:
        """The reading of that week. Earlier quarters differ a little from the latest."""
        low, high = goal.start or 0.0, goal.target or 0.0
        if aim.horizon is Horizon.YEAR:
            if q.of_year < 3 or week != SURVEY:
                return None
            return round(low + (high - low) * room.chance.uniform(0.5, 1.1), 1)
        if aim.direction is Direction.IN_RANGE:
            low, high = goal.target or 0.0, goal.target_high or 0.0
        way = aim.way[week] + (room.chance.uniform(0, 0.02) if q.back else 0.0)
        value = round(round((low + (high - low) * way) / aim.grain) * aim.grain, 1)
        last: tuple[Reading, ...] = goal.readings[-1:]
        return max(value, last[0].value) if last and goal.start == 0 else value

    def _close(self, room: Room, goal: Goal) -> None:
        """The goal is reached, or what there is of it is told."""
        value = goal.readings[-1].value if goal.readings else None
        target = goal.target or 0.0
        if value is not None and (
            value <= target if goal.direction is Direction.AT_MOST else value >= target
        ):
            room.change(goal, state=GoalState.DONE)
            return
        told = [show_value(number, goal.unit, self.currency) for number in (value, target)]
        reason = f"Ended at {told[0]} of {told[1]}"
        room.change(goal, **(states.drop(goal, reason) or {}))
