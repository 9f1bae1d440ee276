"""Action items, decisions and problems as rows, and the line that edits an item."""

from __future__ import annotations

import datetime as dt
from enum import IntEnum
from typing import TYPE_CHECKING

from textual.content import Content

from meetings import completion, fields, quickadd
from meetings.dates import show_day
from meetings.errors import UsageError
from meetings.kinds import DecisionState, ItemKind, ItemState, ProblemState
from meetings.measures.accountability import late_days, needs_choice
from meetings.meeting import Meeting
from meetings.model import ActionItem, Decision, Person, Problem
from tui.theme import team_style
from tui.widgets.cell_edit import Edit
from tui.widgets.columns import Column, plain
from tui.widgets.row import Row

if TYPE_CHECKING:
    from tui.desk import Desk

CARRIED = "↻"
LINE = "line"
"""An item as one line: no column, so that the field over it is as wide as the row."""
ITEM_SIGNS = {
    ItemState.OPEN: Content("☐"),
    ItemState.DONE: Content.styled("✓", "$done"),
    ItemState.DROPPED: Content.styled("✗", "$quiet"),
}
DECISION_SIGNS = {
    DecisionState.STANDING: Content.styled("▪", "$brand"),
    DecisionState.CONFIRMED: Content.styled("✓", "$done"),
    DecisionState.REVERSED: Content.styled("✗", "$quiet"),
}

PROBLEM_COLUMNS = (
    Column("votes", min_width=2, max_width=4, align="right"),
    Column("state", width=1),
    Column("title", flex=1, min_width=16, wrap=True, max_lines=6),
)
PROBLEM_SIGNS = {
    ProblemState.PARKED: Content.styled("▪", "$brand"),
    ProblemState.SOLVED: Content.styled("✓", "$done"),
    ProblemState.DROPPED: Content.styled("✗", "$quiet"),
}


class Room(IntEnum):
    """How much of an item its row can say."""

    LITTLE = 0
    SOME = 1
    ALL = 2


def room_in(width: int) -> Room:
    """The room in a list that is so many cells wide."""
    return Room.ALL if width >= 76 else Room.SOME if width >= 46 else Room.LITTLE


# Action items


def item_columns(room: Room) -> tuple[Column, ...]:
    """The columns of a list of action items. With little room the team is told by the owner's colour alone."""
    least = {Room.ALL: 24, Room.SOME: 26, Room.LITTLE: 14}[room]
    return (
        Column("state", width=1),
        Column("title", flex=1, min_width=least, wrap=True, max_lines=4),
        Column("owner", max_width=14 if room else 8),
        Column("team", max_width=12, priority=3),
        Column("due", max_width=24, priority=1),
        Column("carried", max_width=4, priority=2),
    )


def item_row(item: ActionItem, meeting: Meeting, carry_limit: int, room: Room) -> Row:
    """An action item as a row."""
    today = meeting.head.date
    return Row(
        item.uid,
        {
            "state": ITEM_SIGNS[item.state],
            "title": _item_title(item, meeting),
            "owner": owner_of(item),
            "team": Content.styled(meeting.head.team_name(item.team), team_style(item.team)),
            "due": due_of(item, today, room),
            "carried": _carried(item, needs_choice(item, today, carry_limit)),
        },
        dim=item.state is not ItemState.OPEN,
    )


def owner_of(item: ActionItem) -> Content:
    """Who has promised it, in the team's colour."""
    if item.owner:
        return Content.styled(item.owner, team_style(item.team))
    return Content.styled("no owner", "$at-risk" if item.state is ItemState.OPEN else "$quiet")


def due_of(item: ActionItem, today: dt.date, room: Room = Room.ALL) -> Content:
    """When it is due, or how late it is; when it was done."""
    if item.state is ItemState.DROPPED:
        return Content.styled("dropped", "$quiet")
    if item.state is ItemState.DONE:
        day = f" {show_day(item.done_on, today)}" if item.done_on and room else ""
        return Content.styled(f"done{day}", "$quiet")
    if item.due is None:
        return Content.styled("no date", "$at-risk")
    late = late_days(item, today)
    if late:
        day = f"{_short_day(item.due, today)} · " if room is Room.ALL else ""
        if room is Room.LITTLE:
            return Content.styled(f"{late} d late", "$off-track")
        return Content.styled(f"{day}{late} {'day' if late == 1 else 'days'} late", "$off-track")
    if item.due == today:
        return Content.styled("due today" if room is Room.ALL else "today", "$ink bold")
    if room is Room.LITTLE:
        return Content(_short_day(item.due, today))
    return Content(f"{'due ' if room is Room.ALL else ''}{show_day(item.due, today)}")


def _short_day(day: dt.date, today: dt.date) -> str:
    """`13 Nov`: without the day of the week."""
    return show_day(day, today).partition(" ")[2]


def _item_title(item: ActionItem, meeting: Meeting) -> Content:
    quiet = []
    if item.kind is not ItemKind.TASK:
        quiet.append(fields.label(item.kind, meeting))
    if item.state is ItemState.DROPPED and item.reason:
        quiet.append(item.reason)
    if item.state is ItemState.OPEN and item.reviewed:
        quiet.append("not done")
    return Content.assemble(item.title, ("".join(f" · {words}" for words in quiet), "$quiet"))


def _carried(item: ActionItem, to_settle: bool) -> Content:
    if not item.carried:
        return Content("")
    return Content.styled(f"{CARRIED} {item.carried}", "$off-track" if to_settle else "$quiet")


def line_edit(item: ActionItem, desk: Desk, initial: str | None = None) -> Edit:
    """Editing an item on one line: what quick add understands (`@who ^day #team`) is taken, too.

    With nothing but such words the title stays as it is.
    """
    context = desk.context()

    def understood(typed: str) -> list[str]:
        draft = quickadd.parse(typed, ActionItem, context)
        if any(piece.start < piece.end == len(typed) for piece in draft.understood):
            return quickadd.describe(draft)
        offered = [one.label for one in completion.complete(typed, len(typed), ActionItem, context)]
        return offered or quickadd.describe(draft)

    def refuse(typed: str) -> str | None:
        draft = quickadd.parse(typed, ActionItem, context)
        return None if len(draft.fields) > 1 or not draft.missing else "Action item may not be empty."

    as_typed = quickadd.parse(item.title, ActionItem, context).fields == {"title": item.title}
    text = item.title if as_typed else quickadd.escape(item.title)
    return Edit(LINE, text if initial is None else initial, validate=refuse, suggestions=understood)


def take_line(item: ActionItem, typed: str, desk: Desk) -> None:
    """Put the edited line into the item, with who is new, as one edit. Raises UsageError."""
    draft = quickadd.parse(typed, ActionItem, desk.context())
    changed = {name: value for name, value in draft.fields.items() if name != "title" or value}
    if not changed:
        raise UsageError("Action item may not be empty.")
    people = [Person(name=name, team=team) for name, team in draft.new_people]
    desk.session.apply("edit of an action item", add=people, change={item.uid: changed})


# Decisions


def decision_columns(room: Room) -> tuple[Column, ...]:
    """The columns of a list of decisions."""
    return (
        Column("state", width=1),
        Column("text", flex=1, min_width=16, wrap=True, max_lines=4),
        Column("owner", max_width=14 if room else 8, priority=1),
        Column("check_date", max_width=20, priority=2),
    )


def decision_row(decision: Decision, meeting: Meeting, room: Room) -> Row:
    """A decision as a row: what, who, when it is looked at again."""
    day = show_day(decision.check_date, meeting.head.date) if decision.check_date else ""
    quiet = decision.note if decision.state is DecisionState.REVERSED else decision.success
    return Row(
        decision.uid,
        {
            "state": DECISION_SIGNS[decision.state],
            "text": Content.assemble(decision.text, (f" · {quiet}" if quiet else "", "$quiet")),
            "owner": Content.styled(decision.owner, team_style(decision.team)),
            "check_date": f"check {day}" if day and room is Room.ALL else day,
        },
        dim=decision.state is DecisionState.REVERSED,
    )


# Problems

ORIGIN = 40
"""Characters of what a problem came from that its row tells."""


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= ORIGIN else line[: ORIGIN - 1].rstrip() + "…"


def problem_row(problem: Problem, meeting: Meeting) -> Row:
    """A problem as a row: votes, what it is, what came of it, and what each team says."""
    head, parked = meeting.head, problem.state is ProblemState.PARKED
    items = sum(item.origin == problem.uid for item in meeting.action_items.values())
    decisions = sum(decision.origin == problem.uid for decision in meeting.decisions.values())
    came = [
        *([f"{items} action item{'s' * (items > 1)}"] if items else []),
        *([f"{decisions} decision{'s' * (decisions > 1)}"] if decisions else []),
    ]
    quiet = []
    if parked and problem.origin_text and problem.origin_text not in (problem.says_a, problem.says_b):
        quiet.append(f"from “{_beginning(problem.origin_text)}”")
    if problem.state is ProblemState.DROPPED and problem.reason:
        quiet.append(problem.reason)
    parts: list[tuple[str, str]] = [(plain(problem.title), "")]
    parts.append((f" → {', '.join(came)}" if came else "", "$quiet"))
    parts.append(("".join(f" · {plain(words)}" for words in quiet), "$quiet"))
    for team, text in (("a", problem.says_a), ("b", problem.says_b)):
        if text and parked:
            parts += [
                (f"\n{plain(head.team_names.get(team, team))}: ", f"$team-{team}"),
                (plain(text), "$quiet"),
            ]
    return Row(
        problem.uid,
        {
            "votes": Content.styled(str(problem.votes) if problem.votes else "", "bold"),
            "state": PROBLEM_SIGNS[problem.state],
            "title": Content.assemble(*parts),
        },
        dim=not parked,
    )
