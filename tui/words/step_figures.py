"""What each step of the agenda is about, in one figure with a few words: shown large to the room."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from meetings.config import Config
from meetings.figures import show_mean, show_rate, show_value
from meetings.flow import ratings
from meetings.kinds import GoalState, Team, Unit
from meetings.measures import accountability, funnel, lead_review, pace
from meetings.meeting import Meeting
from meetings.model import Goal, Record
from tui.theme import status_style, status_symbol, team_style
from tui.widgets.columns import plain
from tui.widgets.large import Figure
from tui.words.goal_text import STATUS_WORDS, pace_words, target_text
from tui.words.lead_text import percent

Told = Callable[[Meeting, Config, Record | None], Figure | None]
"""From the meeting and the selected row to the figure; None when there is none yet."""


def figure_of(kind: str, meeting: Meeting, config: Config, selected: Record | None) -> Figure | None:
    """The figure of a step of that kind (AgendaStep.kind)."""
    told = FIGURES.get(kind)
    return told(meeting, config, selected) if told else None


def _present(meeting: Meeting, config: Config, selected: Record | None) -> Figure | None:
    people = meeting.people.values()
    here = sum(person.present for person in people)
    return Figure(str(here), ("", "", f"of {len(people)} here")) if people else None


def _goal(meeting: Meeting, config: Config, selected: Record | None) -> Figure | None:
    """The selected goal's reading, with its pace and target."""
    pursued = [goal for goal in meeting.goals.values() if goal.state is not GoalState.DROPPED]
    goal = selected if isinstance(selected, Goal) else next(iter(pursued), None)
    if goal is None:
        return None
    found = pace.measure(goal, meeting.head.date, config.goals.risk_margin)
    currency = meeting.head.currency
    reading = show_value(found.reading.value, goal.unit, currency, compact=True) if found.reading else "–"
    how = pace_words(found, goal, currency) or STATUS_WORDS[found.status]
    target = target_text(goal, currency)
    return Figure(
        reading,
        (
            Content.styled(plain(goal.title), "$ink"),
            Content.assemble((status_symbol(found.status), status_style(found.status)), f" {how}"),
            f"target {target}",
        ),
    )


def _accepted(meeting: Meeting, config: Config, selected: Record | None) -> Figure | None:
    """How many of the leads that were handed over were accepted, over all sources."""
    rate = funnel.acceptance(*lead_review.compare(meeting.lead_numbers.values()).rows)
    if rate.share is None:
        return None
    counts, share = show_rate(*rate).split(", ")
    agreed = config.leads.sla.acceptance_rate
    status = lead_review.kept(rate, agreed, config.goals.risk_margin)
    return Figure(
        share,
        (
            "accepted",
            f"{counts} leads",
            Content.assemble((status_symbol(status), status_style(status)), f" agreed {percent(agreed)}"),
        ),
    )


def _won(meeting: Meeting, config: Config, selected: Record | None) -> Figure | None:
    wins = meeting.wins.values()
    if not wins:
        return None
    big = sum(win.big for win in wins)
    amounts = [win.amount for win in wins if win.amount is not None]
    money = show_value(sum(amounts), Unit.CURRENCY, meeting.head.currency, compact=True) if amounts else ""
    return Figure(
        str(len(wins)),
        (
            "win" if len(wins) == 1 else "wins",
            Content.assemble(("★", "$brand"), f" {big} big") if big else "",
            f"{money} together" if len(amounts) > 1 else money,
        ),
    )


def _kept(meeting: Meeting, config: Config, selected: Record | None) -> Figure | None:
    """How many of the promises that were due are done."""
    rate = accountability.done_rate(meeting)
    if rate.share is None:
        return None
    counts, share = show_rate(rate.done, rate.all).split(", ")
    return Figure(share, ("done", f"{counts} that were due", f"goal {percent(config.items.done_rate)}"))


def _rated(meeting: Meeting, config: Config, selected: Record | None) -> Figure | None:
    """How the room rated the meeting, once it is shown; until then how many have."""
    people, found = ratings.raters(meeting), accountability.alignment(meeting)
    if not meeting.head.revealed or found.overall is None:
        asked = max(len(people) - sum(person.abstains for person in people), found.count)
        return Figure(str(found.count), ("", "", f"of {asked} rated")) if people else None
    means = [
        Content.assemble(
            (f"{plain(meeting.head.team_name(team))} ", team_style(team)), (show_mean(mean), "$ink bold")
        )
        for team in (Team.A, Team.B)
        if (mean := found.mean[team]) is not None
    ]
    gap = f"gap {show_mean(found.gap)}" if found.gap is not None else ""
    return Figure(show_mean(found.overall), (f"of {ratings.HIGHEST}", Content(" · ").join(means), gap))


FIGURES: dict[str, Told] = {
    "checkin": _present,
    "goals": _goal,
    "leads": _accepted,
    "wins": _won,
    "actions": _kept,
    "wrapup": _rated,
}
"""By the kind of step."""
