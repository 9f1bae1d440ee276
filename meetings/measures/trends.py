"""How figures go from meeting to meeting: done rate, ratings, acceptance rate, goals (docs/formulas.md). Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from meetings.kinds import GoalState, MeetingState, Team, Unit
from meetings.measures import accountability, funnel
from meetings.measures.accountability import DONE_RATE, TEAMS, Alignment, Rate
from meetings.meeting import Meeting
from meetings.model import Goal, LeadNumbers, Reading

TABLES = ("action_items", "ratings", "lead_numbers", "goals")
"""The tables that `trends` reads."""


class Measure(StrEnum):
    """What goes up or down. A goal has one of its own."""

    DONE = "done rate"
    RATING = "rating"
    GAP = "rating gap"
    ACCEPTANCE = "acceptance rate"
    GOAL = "goal"


@dataclass(frozen=True)
class Point:
    """What one closed meeting came to. `rated` is what may be told."""

    number: int
    date: dt.date
    done: Rate
    rated: Alignment


@dataclass(frozen=True)
class Trends:
    """`points` of closed meetings, in their order; `leads` by period, each source once, as the last meeting has it;
    `goals` as they stand now, dropped ones left out."""

    points: tuple[Point, ...]
    leads: Mapping[funnel.Period, tuple[LeadNumbers, ...]]
    goals: tuple[Goal, ...]


@dataclass(frozen=True)
class Series:
    """One figure through time, as a goal that has been read on those days: what draws a goal draws any of them.

    `last` is its newest value in words of its counts (`43 of 61`), where it has such.
    """

    measure: Measure
    team: Team
    goal: Goal
    last: tuple[int | None, int | None] | None = None

    @property
    def key(self) -> str:
        """By what it is told from the others."""
        return f"{self.measure.value} {self.team.value} {self.goal.uid}"


def trends(meetings: Iterable[Meeting]) -> Trends:
    """The trends over these meetings, which are taken in their order, one after the other."""
    points: list[Point] = []
    leads: dict[tuple[str, str, funnel.Period], LeadNumbers] = {}
    goals: dict[str, Goal] = {}
    for meeting in meetings:
        head = meeting.head
        if head.state is MeetingState.CLOSED:
            points.append(
                Point(head.number, head.date, accountability.done_rate(meeting), accountability.told(meeting))
            )
        for row in meeting.lead_numbers.values():
            period: funnel.Period = (row.period_start, row.period_end or head.date)
            leads[row.product, row.source.strip().casefold(), period] = row
        goals |= meeting.goals
    by_period: dict[funnel.Period, list[LeadNumbers]] = {}
    for (_, _, period), row in leads.items():
        by_period.setdefault(period, []).append(row)
    return Trends(
        tuple(points),
        {period: tuple(by_period[period]) for period in sorted(by_period, key=_ends)},
        tuple(goal for goal in goals.values() if goal.state is not GoalState.DROPPED),
    )


def series(
    found: Trends, done_rate: float = DONE_RATE, acceptance: float = funnel.ACCEPTANCE_RATE
) -> list[Series]:
    """Every figure that has been read at least once. `done_rate` and `acceptance` are their targets (0.9: 90 %)."""
    points = found.points
    done = [(point.date, _percent(point.done.share)) for point in points]
    rates = {period: funnel.acceptance(*rows) for period, rows in found.leads.items()}
    known = [(period[1], rate) for period, rate in rates.items() if rate.share is not None]
    last_done = next(((p.done.done, p.done.all) for p in reversed(points) if p.done.all), None)
    every = [
        Series(Measure.DONE, Team.BOTH, _read("Done rate", Unit.PERCENT, done, done_rate * 100), last_done),
        *(
            Series(Measure.RATING, team, _read("Rating", Unit.NUMBER, _ratings(points, team)))
            for team in (Team.BOTH, *TEAMS)
        ),
        Series(
            Measure.GAP, Team.BOTH, _read("Rating gap", Unit.NUMBER, [(p.date, p.rated.gap) for p in points])
        ),
        Series(
            Measure.ACCEPTANCE,
            Team.BOTH,
            _read(
                "Acceptance rate",
                Unit.PERCENT,
                [(day, _percent(rate.share)) for day, rate in known],
                acceptance * 100,
            ),
            tuple(known[-1][1]) if known else None,  # type: ignore[arg-type]
        ),
        *(Series(Measure.GOAL, goal.team, goal) for goal in sorted(found.goals, key=_is_over)),
    ]
    return [each for each in every if each.goal.readings]


def _ratings(points: Sequence[Point], team: Team) -> list[tuple[dt.date, float | None]]:
    return [
        (point.date, point.rated.overall if team is Team.BOTH else point.rated.mean[team]) for point in points
    ]


def _read(
    title: str,
    unit: Unit,
    values: Iterable[tuple[dt.date | None, float | None]],
    target: float | None = None,
) -> Goal:
    """A figure as a goal: one reading a day, of several the last one."""
    by_day = {day: value for day, value in values if day is not None and value is not None}
    readings = tuple(Reading(day, by_day[day]) for day in sorted(by_day))
    return Goal(uid=title, title=title, unit=unit, target=target, readings=readings)


def _is_over(goal: Goal) -> bool:
    return goal.state is not GoalState.OPEN


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100


def _ends(period: funnel.Period) -> tuple[dt.date, dt.date]:
    first, last = period
    return last or dt.date.min, first or dt.date.min
