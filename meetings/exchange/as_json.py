"""Minutes and action items as JSON: the values behind the words, in a shape that stays (docs/json.md).

Every field that leaves is named here, so that a new field of a record stays inside until somebody lets it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from meetings.exchange.minutes import Options
from meetings.exchange.tasks import ListOptions, Task
from meetings.exchange.viewing import view
from meetings.meeting import Meeting
from meetings.model import Record

FORMAT = "accord-minutes"
VERSION = 1
"""Goes up when a field goes away or means something else; new fields may come without that."""

WHEN = ("created_at", "updated_at")
PERSON = ("name", "team", "guest", "present")
GOAL = (
    *(
        "uid",
        "title",
        "team",
        "owner",
        "metric",
        "unit",
        "direction",
        "start",
        "target",
        "target_high",
        "start_date",
    ),
    *("due", "horizon", "supports", "agreed", "state", "reason", "note", "readings", "raised_in"),
)
LEAD_NUMBERS = (
    *("uid", "source", "period_start", "period_end", "product", "new", "handed_over", "reviewed", "accepted"),
    *(
        "rejected",
        "disqualified",
        "recycled",
        "qualified",
        "opportunities",
        "won",
        "lost",
        "spend",
        "touches_due",
    ),
    *("touches_in_time", "bands", "p50", "p95"),
)
FEEDBACK = (
    *(
        "uid",
        "text",
        "from_team",
        "kind",
        "source",
        "audience",
        "rating",
        "verdict",
        "reason",
        "lead",
        "raised_by",
    ),
    *("response", "state"),
)
WIN = ("uid", "title", "team", "credits", "big", "what_worked", "source", "audience", "amount")
COMING_UP = ("uid", "text", "team", "date")
PROBLEM = (
    "uid",
    "title",
    "team",
    "raised_by",
    "says_a",
    "says_b",
    "votes",
    "state",
    "reason",
    "origin",
    "raised_in",
)
DECISION = (
    *("uid", "text", "team", "owner", "success", "check_date", "state", "note", "origin", "raised_in"),
)
ITEM = (
    *(
        "uid",
        "title",
        "owner",
        "team",
        "due",
        "kind",
        "state",
        "reason",
        "note",
        "done_on",
        "carried",
        "moved",
    ),
    *("origin", "raised_in", *WHEN),
)


def minutes(meetings: Iterable[Meeting], options: Options) -> str:
    """The meetings as one object, indented."""
    return _text({"format": FORMAT, "version": VERSION, "meetings": [_meeting(m, options) for m in meetings]})


def items(tasks: Sequence[Task], _: ListOptions) -> str:
    """The items as a list of objects, indented."""
    return _text([{**msgspec.to_builtins(task.item), "meeting": task.number} for task in tasks])


def _text(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


def _meeting(meeting: Meeting, options: Options) -> dict[str, Any]:
    shown, head = view(meeting, options.margin), meeting.head
    return {
        "number": head.number,
        "name": head.name,
        "date": head.date,
        "state": head.state,
        "draft": bool(shown.draft),
        "next_date": head.next_date,
        "team_names": {letter: head.team_names.get(letter, letter.upper()) for letter in ("a", "b")},
        "currency": head.currency,
        "planned_seconds": shown.total.planned_seconds,
        "spent_seconds": shown.total.spent_seconds,
        "steps": [
            {"title": row.title, "planned_seconds": row.planned_seconds, "spent_seconds": row.spent_seconds}
            for row in shown.steps
        ],
        "people": _rows(meeting.people, PERSON),
        "action_items": _rows(meeting.action_items, ITEM),
        "decisions": _rows(meeting.decisions, DECISION),
        "goals": [_row(row.record, GOAL) | {"status": row.standing} for row in shown.goals],
        "lead_numbers": _rows(meeting.lead_numbers, LEAD_NUMBERS),
        "feedback": _rows(meeting.feedback, FEEDBACK),
        "wins": _rows(meeting.wins, WIN),
        "coming_up": _rows(meeting.coming_up, COMING_UP),
        "problems": _rows(meeting.problems, PROBLEM),
        "notes": [{"step": title, "text": text} for title, text in shown.notes],
        "amendments": _rows(meeting.amendments, ("text", "on")),
        "ratings": shown.ratings
        and {
            "count": shown.ratings.count,
            "mean": _number(shown.ratings.overall),
            "teams": {name: _number(mean) for name, mean in shown.ratings.teams},
            "gap": _number(shown.ratings.gap),
        },
    }


def _rows(table: dict[str, Any], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [_row(record, names) for record in table.values()]


def _row(record: Record, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _number(words: str) -> float | None:
    return float(words) if words else None
