"""A quarter as its report tells it: plain words in the order in which they are read.

Every format is written from this view. Texts are as people typed them: each format escapes them in its own way.
What never gets in here: private notes, and who rated a meeting how.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from meetings.config import Config
from meetings.dates import show_day
from meetings.exchange.view import GoalView, WinView
from meetings.exchange.viewing import view
from meetings.figures import show_mean, show_rate, show_value
from meetings.kinds import DecisionState, Team, Unit
from meetings.measures import funnel
from meetings.measures.accountability import TEAMS, Loop
from meetings.measures.chart import Chart, chart
from meetings.measures.quarter import Quarter, all_rows
from meetings.measures.trends import Measure, Series, series
from meetings.meeting import Head, Meeting
from meetings.model import LeadNumbers

Cells = tuple[str, ...]


@dataclass(frozen=True)
class TrendView:
    """How one figure went: its first and last value and its least and greatest, in words, and its chart."""

    title: str
    first: str
    last: str
    least: str
    greatest: str
    chart: Chart | None
    unit: Unit
    currency: str

    @property
    def words(self) -> str:
        """The chart in words, for those who do not see it."""
        return f"{self.title}: {self.first} at first, {self.last} at last, between {self.least} and {self.greatest}"

    def show(self, value: float) -> str:
        """A value as the chart's axis says it."""
        return show_value(value, self.unit, self.currency, compact=True)


@dataclass(frozen=True)
class ReportView:
    """The report. `figures` are pairs of what is counted and what came out; tables are headings and rows."""

    title: str
    days: str
    held: str
    made_on: str
    figures: tuple[tuple[str, str], ...]
    goals: tuple[GoalView, ...]
    trends: tuple[TrendView, ...]
    leads: tuple[Cells, ...]
    wins: tuple[WinView, ...]
    loops: tuple[Cells, ...]


LEAD_HEADINGS = (
    "Source",
    "New",
    "Handed over",
    "Accepted",
    "Qualified",
    "Won",
    "Cost per lead",
    "Most rejected for",
)
LOOP_HEADINGS = ("From", "Raised", "Answered", "Closed", "Days to answer", "Days to close")
TREND_HEADINGS = ("Figure", "At first", "At last", "Least", "Greatest")
NOT_AVAILABLE = "n/a"


def report_view(found: Quarter, config: Config, today: dt.date) -> ReportView:
    """The quarter in words."""
    newest = found.newest or Meeting(head=Head(team_names={k: t.name for k, t in config.teams.items()}))
    day = min(found.last, today)
    head = replace(newest.head, date=day, currency=newest.head.currency or config.currency)
    shown = view(
        Meeting(
            head=head,
            people=newest.people,
            goals={goal.uid: goal for goal in found.goals},
            wins={win.uid: win for win in found.wins},
        ),
        config.goals.risk_margin,
    )
    return ReportView(
        title=head.name or config.name,
        days=f"{show_day(found.first, dt.date.min)} to {show_day(found.last, dt.date.min)}",
        held=_held(found),
        made_on=show_day(today, dt.date.min),
        figures=tuple(_figures(found, head, config)),
        goals=shown.goals,
        trends=tuple(
            _trend(each, head, config, found)
            for each in series(found.trends, config.items.done_rate, config.leads.sla.acceptance_rate)
            if each.measure is not Measure.GOAL
        )
        + tuple(
            _trend(Series(Measure.GOAL, goal.team, goal), head, config, found)
            for goal in found.goals
            if goal.readings
        ),
        leads=tuple(_leads(found, head)),
        wins=shown.wins,
        loops=tuple(
            _loop(head.team_name(team), found.loops[team]) for team in TEAMS if found.loops[team].raised
        ),
    )


def _held(found: Quarter) -> str:
    if not found.meetings:
        return "No meeting was held in this time."
    (first, _), (last, _) = found.meetings[0], found.meetings[-1]
    if first == last:
        return f"1 meeting, #{first}"
    return f"{len(found.meetings)} meetings, #{first} to #{last}"


def _figures(found: Quarter, head: Head, config: Config) -> list[tuple[str, str]]:
    items, rows = found.items, all_rows(found.leads)
    made = sum(found.decisions.values())
    big = sum(win.big for win in found.wins)
    raised = sum(loop.raised for loop in found.loops.values())
    answered = sum(loop.answered for loop in found.loops.values())
    target = f" (target {config.items.done_rate:.0%})".replace("%", " %")
    sla = f" (target {config.leads.sla.acceptance_rate:.0%})".replace("%", " %")
    return [
        ("Done of what was due", show_rate(found.done.done, found.done.all) + target),
        (
            "Action items agreed",
            _with(
                items.agreed,
                (items.done, "done"),
                (items.dropped, "dropped"),
                (items.open, "open"),
                (items.overdue, "overdue"),
            ),
        ),
        ("Decisions", _with(made, *((found.decisions[state], state.value) for state in DecisionState))),
        ("Rating of the meetings", _rating(found, head)),
        (
            "Leads accepted of those handed over",
            show_rate(*funnel.acceptance(*rows)) + sla if rows else NOT_AVAILABLE,
        ),
        ("Wins", _with(len(found.wins), (big, "big"))),
        ("Feedback answered", show_rate(answered, raised)),
    ]


def _with(count: int, *parts: tuple[int, str]) -> str:
    """`61: 48 done, 3 dropped`; nothing that is nought."""
    words = ", ".join(f"{n:,} {word}" for n, word in parts if n)
    return f"{count:,}: {words}" if words else f"{count:,}"


def _rating(found: Quarter, head: Head) -> str:
    means = found.means
    if means.overall is None:
        return NOT_AVAILABLE
    parts = [
        f"{head.team_name(team)} {show_mean(mean)}" for team, mean in means.mean.items() if mean is not None
    ]
    if means.gap is not None:
        parts.append(f"gap {show_mean(means.gap)}")
    return f"{show_mean(means.overall)} of 10" + (f" ({', '.join(parts)})" if parts else "")


def name_of(each: Series, head: Head) -> str:
    """What a figure is called, with the team that it is of."""
    of_one = each.measure is Measure.RATING and each.team is not Team.BOTH
    return f"{each.goal.title}, {head.team_name(each.team)}" if of_one else each.goal.title


def _trend(each: Series, head: Head, config: Config, found: Quarter) -> TrendView:
    goal = each.goal

    def say(value: float) -> str:
        if each.measure in (Measure.RATING, Measure.GAP):
            return show_mean(value)
        return show_value(round(value, 1), goal.unit, head.currency)

    values = [reading.value for reading in goal.readings]
    return TrendView(
        name_of(each, head),
        say(values[0]),
        say(values[-1]),
        say(min(values)),
        say(max(values)),
        chart(goal, min(found.last, head.date), config.charter.definitions),
        goal.unit,
        head.currency,
    )


def _leads(found: Quarter, head: Head) -> list[Cells]:
    rows = [_lead_row(source, each, head) for source, each in found.leads.items()]
    if len(rows) > 1:
        rows.append(_lead_row("All sources", all_rows(found.leads), head))
    return rows


def _lead_row(source: str, rows: Sequence[LeadNumbers], head: Head) -> Cells:
    total = funnel.totals(rows)
    cost, reason = funnel.cost_per_lead(*rows), funnel.top_reason(*rows)
    each = None if cost.each is None else round(cost.each, 2)
    return (
        source,
        _count(total.new),
        _count(total.handed_over),
        show_rate(*funnel.acceptance(*rows)),
        _count(total.qualified),
        _count(total.won),
        NOT_AVAILABLE if each is None else show_value(each, Unit.CURRENCY, head.currency),
        f"{reason[0]} ({reason[1]:,})" if reason else "",
    )


def _count(value: int | None) -> str:
    return NOT_AVAILABLE if value is None else f"{value:,}"


def _loop(team: str, loop: Loop) -> Cells:
    return (
        team,
        f"{loop.raised:,}",
        show_rate(loop.answered, loop.raised),
        show_rate(loop.closed, loop.raised),
        _days(loop.days_to_answer),
        _days(loop.days_to_close),
    )


def _days(value: float | None) -> str:
    return NOT_AVAILABLE if value is None else f"{value:g}"
