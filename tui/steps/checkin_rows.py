"""People, decisions to check, what came of feedback, and what is coming up, as rows of the check-in."""

from __future__ import annotations

from textual.content import Content

from meetings.dates import show_day
from meetings.kinds import DecisionState, ItemState
from meetings.meeting import Head, Meeting
from meetings.model import ActionItem, ComingUp, Decision, Feedback, Person
from tui.steps.feedback_rows import Line
from tui.theme import team_style
from tui.widgets.columns import Column, plain
from tui.widgets.row import Cell, Row

PEOPLE = (
    Column("present", width=1),
    Column("name", flex=1, min_width=12),
    Column("guest", max_width=5, priority=2),
    Column("team", max_width=16, priority=1),
)
DECISIONS = (
    Column("state", width=1),
    Column("text", flex=1, min_width=16, wrap=True, max_lines=6),
    Column("owner", max_width=14, priority=2),
    Column("check_date", max_width=11, align="right", priority=1),
)
COMING = (
    Column("date", min_width=10, max_width=16),
    Column("text", flex=1, min_width=14, wrap=True, max_lines=3),
    Column("team", max_width=14, priority=1),
)
SIGNS = {DecisionState.STANDING: "?", DecisionState.CONFIRMED: "✓", DecisionState.REVERSED: "✗"}
DECISION_STYLES = {
    DecisionState.STANDING: "$at-risk",
    DecisionState.CONFIRMED: "$on-track",
    DecisionState.REVERSED: "$off-track",
}
ITEM_SIGNS = {ItemState.OPEN: "☐", ItemState.DONE: "✓", ItemState.DROPPED: "✗"}
ITEM_STYLES = {ItemState.OPEN: "$ink", ItemState.DONE: "$done", ItemState.DROPPED: "$quiet"}


def person_row(person: Person, head: Head) -> Row:
    """Someone who takes part, and whether they are here."""
    team = Content.styled(head.team_name(person.team), team_style(person.team))
    return Row(
        person.uid,
        {
            "present": Content.styled("✓", "$on-track") if person.present else Content.styled("☐", "$quiet"),
            "name": person.name,
            "guest": Content.styled("guest" if person.guest else "", "$quiet"),
            "team": team,
        },
    )


def decision_row(decision: Decision, head: Head) -> Row:
    """A decision with how we will know, and what was found."""
    standing = decision.state is DecisionState.STANDING
    lines = [Content(decision.text)]
    if decision.success:
        lines.append(Content.styled(f"We know it worked when: {decision.success}", "$quiet"))
    if decision.note:
        reversed_ = decision.state is DecisionState.REVERSED
        lines.append(Content.styled(f"{'Reversed: ' if reversed_ else ''}{decision.note}", "$quiet"))
    day = show_day(decision.check_date, head.date) if decision.check_date else ""
    cells: dict[str, Cell] = {
        "state": Content.styled(SIGNS[decision.state], DECISION_STYLES[decision.state]),
        "text": Content("\n").join(lines),
        "owner": decision.owner,
        "check_date": Content.styled(day, "$quiet"),
    }
    return Row(decision.uid, cells, dim=not standing)


def came_of(feedback: Feedback, before: Meeting | None, now: Meeting) -> list[Line]:
    """The action items that came of it: those of this meeting, and of the last one what was done there."""
    items: dict[str, ActionItem] = {}
    for meeting in (before, now):
        if meeting is not None:
            items |= {uid: item for uid, item in meeting.action_items.items() if item.origin == feedback.uid}
    return [
        (
            plain(f"{ITEM_SIGNS[item.state]} {item.title}{f' · {item.owner}' if item.owner else ''}"),
            ITEM_STYLES[item.state],
        )
        for item in items.values()
    ]


def coming_row(one: ComingUp, head: Head) -> Row:
    """Something coming up with its day and its team."""
    past = one.date is not None and one.date < head.date
    day = show_day(one.date, head.date) if one.date else "no date"
    cells: dict[str, Cell] = {
        "date": Content.styled("today", "$ink bold")
        if one.date == head.date
        else Content.styled(day, "$quiet"),
        "text": one.text,
        "team": Content.styled(head.team_name(one.team), team_style(one.team)),
    }
    return Row(one.uid, cells, dim=past)
