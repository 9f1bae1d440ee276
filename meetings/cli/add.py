"""Add an action item to the meeting that accepts edits, in one line, as in the app:

  accord add "Send the list @Sam ^fri #sales"

@ (or for:) names the owner, ^ (or due:) the due date counted from the meeting's date, # (or team:) the team.
What is not understood stays text, and is named on standard error. An empty store gets its first meeting.
"""

from __future__ import annotations

import argparse
from typing import cast

from meetings.cli.parser import text
from meetings.cli.setting import Setting
from meetings.errors import UsageError
from meetings.kinds import ItemKind


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    parser.add_argument("text", metavar="TEXT", nargs="+", type=text, help="the item; put it in quotes")


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Add the item and say what was understood."""
    from meetings import quickadd
    from meetings.cli.output import warn
    from meetings.ids import short_ids
    from meetings.model import ActionItem, Person

    line = " ".join(args.text)
    if not line.strip():
        raise UsageError("There is nothing to add.", 'For example: accord add "Send the list @Sam ^fri"')
    session = setting.session()
    meeting = session.meeting
    context = quickadd.Context(
        people=tuple((person.name, person.team) for person in meeting.people.values()),
        team_names=dict(meeting.head.team_names),
        base=meeting.head.date,
    )
    draft = quickadd.parse(line, ActionItem, context)
    if draft.error:
        raise UsageError(draft.error, "Nothing was added.")
    item = ActionItem(**draft.fields)
    people = [Person(name=name, team=team) for name, team in draft.new_people]
    added = cast(
        "ActionItem",
        session.apply("new action item", add=[*people, item], given={item.uid: draft.fields})[-1],
    )
    ids = short_ids(session.meeting.action_items)
    print(f"Added {ids[added.uid]}: {_described(added, setting, session.meeting.head.team_name(added.team))}")
    for person in people:
        print(f"{person.name} is new and was added to the people.")
    warn(*(f"Not understood, and left in the text: {doubt}." for doubt in draft.doubts))
    return 0


def _described(item: object, setting: Setting, team: str) -> str:
    """The item and all that it got."""
    from meetings.dates import show_day
    from meetings.model import ActionItem

    assert isinstance(item, ActionItem)
    parts = [
        item.title,
        f"owner {item.owner}" if item.owner else "no owner yet",
        f"due {show_day(item.due, setting.today)}" if item.due else "no due date",
        team,
        "" if item.kind is ItemKind.TASK else item.kind.value.replace("_", "-"),
    ]
    return " · ".join(part for part in parts if part)
