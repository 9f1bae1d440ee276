"""List the goals as they stand now: the latest reading, the pace and the status.

Goals of past meetings are listed as they stood in the last one that had them. A meeting that cannot be read is named
and left out.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from meetings.cli.naming import names_of, no_team
from meetings.cli.output import deliver, warn
from meetings.cli.parser import one_of, path, text
from meetings.cli.setting import Setting
from meetings.cli.table import Column, json_text, table, terminal_room
from meetings.kinds import GoalState, Team

if TYPE_CHECKING:
    from meetings.meeting import Head
    from meetings.model import Goal

ALL = "all"
STATES = (*(state.value for state in GoalState), ALL)
COLUMNS = (
    Column("Status"),
    Column("Goal", shrinks=True),
    Column("Team", leaves=3),
    Column("Owner", leaves=4),
    Column("Reading"),
    Column("Target", leaves=1),
    Column("Pace", leaves=2),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    add = parser.add_argument
    add(
        "--team",
        metavar="TEAM",
        type=text,
        action="append",
        help="goals of this team: its name, a, b, or both; can be given several times",
    )
    add("--state", metavar="|".join(STATES), type=one_of(*STATES), default="open", help="default: open")
    add("--json", action="store_true", help="print a list of objects, with all readings")
    add("-o", "--output", metavar="FILE", type=path, help="write into this file instead of printing")


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Print the goals that were asked for."""
    from meetings.store.archive import Archive

    archive = Archive(setting.store)
    goals: dict[str, tuple[Goal, Head]] = {}
    for meeting in archive.meetings(("goals",)):
        goals |= {uid: (goal, meeting.head) for uid, goal in meeting.goals.items()}
    if archive.unread and not goals:
        raise archive.unread[0]
    teams = _teams(args.team, setting)
    chosen = [
        (goal, head)
        for goal, head in goals.values()
        if args.state in (goal.state.value, ALL) and (teams is None or goal.team in teams)
    ]
    if args.json:
        words = json_text([_fields(goal, head, setting) for goal, head in chosen])
    else:
        words = _table(chosen, setting, None if args.output else terminal_room())
    deliver(words, args.output)
    warn(*(f"{error.message} Shown without it." for error in archive.unread))
    return 0


def _teams(words: list[str] | None, setting: Setting) -> set[Team] | None:
    if words is None:
        return None
    names, found = names_of(setting), set[Team]()
    for word in words:
        meant = names.of_team(word)
        if not meant:
            raise no_team(word, names)
        found |= meant
    return found


def _fields(goal: Goal, head: Head, setting: Setting) -> dict[str, Any]:
    """What JSON says of a goal: its fields as the store has them, and what is worked out from them."""
    import msgspec

    from meetings.measures.pace import measure

    found = measure(goal, setting.today, setting.config.goals.risk_margin)
    worked_out = {
        "reading": found.reading,
        "expected": found.expected,
        "pace": found.pace,
        "projection": found.projection,
        "status": found.status,
        "meeting": head.number,
    }
    return {**msgspec.to_builtins(goal), **msgspec.to_builtins(worked_out)}


def _table(goals: list[tuple[Goal, Head]], setting: Setting, room: int | None) -> str:
    """In the words of the minutes; the pace in those of the screen."""
    if not goals:
        return "No goals.\n"
    from msgspec.structs import replace

    from meetings.exchange.viewing import view
    from meetings.figures import NOT_KNOWN
    from meetings.measures.goal_words import pace_words
    from meetings.measures.pace import measure
    from meetings.meeting import Meeting

    rows = []
    margin = setting.config.goals.risk_margin
    for goal, head in goals:
        today = replace(head, date=setting.today)
        [shown_goal] = view(Meeting(head=today, goals={goal.uid: goal}), margin).goals
        pace = measure(goal, setting.today, margin, ahead=False)
        rows.append(
            (
                shown_goal.status,
                shown_goal.title,
                shown_goal.team,
                shown_goal.owner,
                shown_goal.reading,
                shown_goal.target,
                pace_words(pace, goal, head.currency) or NOT_KNOWN,
            )
        )
    return table(COLUMNS, rows, room)
