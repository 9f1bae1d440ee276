"""Everything about a goal in lines, for the pane on the right: its letters, its chart, its figures."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from textual.content import Content

from meetings import fields
from meetings.dates import show_day
from meetings.figures import show_value
from meetings.kinds import Unit
from meetings.measures import pace
from meetings.measures.chart import Chart, chart
from meetings.measures.smart import smart
from meetings.model import Goal
from tui.theme import status_style, status_symbol, team_style
from tui.widgets.chart import BREAK, draw, legend
from tui.widgets.columns import plain
from tui.words.goal_text import STATUS_WORDS, pace_words, target_text

if TYPE_CHECKING:
    from tui.desk import Desk

TOLD = {
    *("team", "owner", "unit", "direction", "start", "target", "target_high", "start_date", "due"),
    *("overruled", "realistic", "horizon"),
}
"""Fields of a goal that these lines tell already."""

DAYS = {"weekly": 7, "biweekly": 14, "monthly": 31}
"""Days between two meetings."""

LEAST_HEIGHT, AROUND = 10, 13
"""Lines that the chart has at least, and those that the pane needs beside it."""


def goal_lines(goal: Goal, desk: Desk, width: int, height: int) -> list[Content]:
    """The lines under the goal's title, for a pane that is so wide and so high."""
    head, config = desk.meeting.head, desk.config
    found = pace.measure(goal, head.date, config.goals.risk_margin)
    return [
        *_letters(goal, head.date, config.goals.risk_margin),
        Content.assemble(
            (plain(head.team_name(goal.team)), team_style(goal.team)),
            (
                f" · {plain(goal.owner)}" if goal.owner else " · no owner yet",
                "$ink" if goal.owner else "$at-risk",
            ),
            (f" · {fields.label(goal.horizon, desk.meeting)}", "$quiet"),
        ),
        Content(""),
        *_status_lines(goal, found, head.currency),
        *_chart_lines(goal, found, desk, width, height),
        *_figures(goal, found, head.currency, head.date),
    ]


def _letters(goal: Goal, day: dt.date, margin: float) -> list[Content]:
    """The five letters, with the reason for each that is not lit."""
    letters = smart(goal, day, margin)
    row = [(f"{letter.letter} ", "$on-track bold" if letter.lit else "$quiet") for letter in letters]
    reasons = [
        Content.assemble((letter.letter, "$ink bold"), (f"  {letter.reason}", "$quiet"))
        for letter in letters
        if not letter.lit
    ]
    return [Content.assemble(*row), *reasons]


def _chart_lines(goal: Goal, found: pace.Pace, desk: Desk, width: int, height: int) -> list[Content]:
    head, config = desk.meeting.head, desk.config
    shown = chart(goal, head.date, config.charter.definitions, DAYS[config.cadence.every])
    if shown is None:
        return []
    style = status_style(found.status)
    lines = draw(
        shown,
        width,
        min(max(LEAST_HEIGHT, width // 3 + 1), max(LEAST_HEIGHT, height - AROUND)),
        lambda value: show_value(value, goal.unit, head.currency, compact=True),
        style,
    )
    if not lines:
        return []
    return [*lines, legend(shown, style), *_broken(shown, head.date), Content("")]


def _broken(shown: Chart, base: dt.date) -> list[Content]:
    """What the breaks in the chart are."""
    return [
        Content.assemble((f"{BREAK} ", "$ink"), (f"{plain(b.term)} redefined {_day(b.day, base)}", "$quiet"))
        for b in shown.breaks
    ]


def _status_lines(goal: Goal, found: pace.Pace, currency: str) -> list[Content]:
    """How it stands, and who says so."""
    words = [
        STATUS_WORDS[found.status],
        "set by hand" if found.by_hand else pace_words(found, goal, currency),
    ]
    sign = (f"{status_symbol(found.status)} ", status_style(found.status))
    lines = [Content.assemble(sign, (", ".join(filter(None, words)), "$ink bold"))]
    if found.by_hand:
        computed = [f"by its readings: {STATUS_WORDS[found.computed]}", pace_words(found, goal, currency)]
        lines.append(Content.styled(", ".join(filter(None, computed)), "$quiet"))
    return lines


def _figures(goal: Goal, found: pace.Pace, currency: str, base: dt.date) -> list[Content]:
    """What the readings are held against, and where they lead."""

    def value(number: float | None) -> str:
        return show_value(number, goal.unit, currency, compact=True)

    lines = []
    if found.reading is not None and found.reading.date != base:
        lines.append(_pair("Read", f"{value(found.reading.value)} on {_day(found.reading.date, base)}"))
    if found.expected is not None:
        lines.append(_pair("Expected today", value(found.expected)))
    if found.projection is not None and goal.due is not None:
        lines.append(_pair("On this line", f"{value(found.projection)} by {_day(goal.due, base)}"))
    start = "" if goal.start is None or goal.unit is Unit.YES_NO else value(goal.start)
    since = _day(goal.start_date, base) if goal.start_date else ""
    if start or since:
        lines.append(_pair("From", " on ".join(filter(None, (start, since)))))
    by = f" by {_day(goal.due, base)}" if goal.due else ", no due date yet"
    lines.append(_pair("To", f"{target_text(goal, currency)}{by}"))
    return lines


def _pair(quiet: str, text: str) -> Content:
    return Content.assemble((f"{quiet} ", "$quiet"), (text, "$ink"))


def _day(day: dt.date, base: dt.date) -> str:
    """The day without its weekday: `6 Dec`."""
    return show_day(day, base).partition(" ")[2]
