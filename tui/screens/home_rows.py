"""Rows of the lists at home: action items and goals."""

from __future__ import annotations

import datetime as dt

from textual.content import Content

from meetings.dates import show_day
from meetings.figures import show_value
from meetings.kinds import Direction, GoalState, ItemState, Unit
from meetings.measures import pace
from meetings.measures.accountability import late_days, needs_choice
from meetings.meeting import Head
from meetings.model import ActionItem, Goal
from tui.theme import status_style, status_symbol, team_style
from tui.widgets.columns import Column, plain
from tui.widgets.row import Row
from tui.words.goal_text import target_text

ITEM_COLUMNS = (
    Column("sign", width=1),
    Column("title", flex=1, min_width=16, wrap=True, max_lines=2),
    Column("owner", max_width=12, priority=1),
    Column("team", max_width=12, priority=3),
    Column("due", max_width=15, align="right"),
    Column("carried", max_width=4, align="right", priority=2),
)
GOAL_COLUMNS = (
    Column("status", width=1),
    Column("title", flex=1, min_width=14, wrap=True, max_lines=2),
    Column("team", max_width=12, priority=2),
    Column("reading", max_width=12, align="right"),
    Column("target", max_width=14, priority=1),
)
NO_OWNER = "no owner"
SIGNS = {ItemState.OPEN: "☐", ItemState.DONE: "✓", ItemState.DROPPED: "✗"}
"""How an action item stands, one cell wide."""


def item_row(item: ActionItem, head: Head, today: dt.date, carry_limit: int) -> Row:
    """An action item: what, who, which team, when, how often it was carried."""
    asks = needs_choice(item, today, carry_limit)
    return Row(
        item.uid,
        {
            "sign": Content.styled(SIGNS[item.state], "$done" if item.state is ItemState.DONE else "$ink"),
            "title": item.title,
            "owner": item.owner or Content.styled(NO_OWNER, "$at-risk"),
            "team": Content.styled(plain(head.team_name(item.team)), team_style(item.team)),
            "due": due_words(item, today),
            "carried": Content.styled(
                f"↻ {item.carried}" if item.carried else "", "$at-risk" if asks else "$quiet"
            ),
        },
        dim=item.state is not ItemState.OPEN,
    )


def due_words(item: ActionItem, today: dt.date) -> Content:
    """When an item is due, or how late it is, or what came of it."""
    if item.state is ItemState.DONE:
        return Content.styled(f"done {show_day(item.done_on, today)}" if item.done_on else "done", "$done")
    if item.state is ItemState.DROPPED:
        return Content.styled("dropped", "$quiet")
    late = late_days(item, today)
    if late:
        return Content.styled(f"{late} {'day' if late == 1 else 'days'} late", "$off-track")
    if item.due == today:
        return Content.styled("today", "$at-risk")
    return Content.styled(show_day(item.due, today) if item.due else "no date", "$quiet")


def goal_row(goal: Goal, head: Head, day: dt.date, risk_margin: float) -> Row:
    """A goal at a glance, judged on that day."""
    found = pace.measure(goal, day, risk_margin)
    reading = ""
    if found.reading is not None:
        reading = show_value(found.reading.value, goal.unit, head.currency, compact=True)
    return Row(
        goal.uid,
        {
            "status": Content.styled(status_symbol(found.status), status_style(found.status)),
            "title": goal.title,
            "team": Content.styled(plain(head.team_name(goal.team)), team_style(goal.team)),
            "reading": reading or Content.styled("—", "$quiet"),
            "target": Content.styled(_aim(goal, head.currency), "$quiet"),
        },
        dim=goal.state is GoalState.DONE,
    )


def _aim(goal: Goal, currency: str) -> str:
    """What a reading is held against: `of 30 %`, `≤ 60 min`, `35 to 50`."""
    counted = goal.target is not None and goal.unit is not Unit.YES_NO
    plain_aim = counted and goal.direction is Direction.AT_LEAST
    return f"of {target_text(goal, currency)}" if plain_aim else target_text(goal, currency)
