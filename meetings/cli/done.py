"""Mark an action item as done, by its id: at least 5 characters from its beginning."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from meetings.cli.parser import shown, text
from meetings.cli.setting import Setting
from meetings.dates import show_day
from meetings.errors import UsageError
from meetings.kinds import ItemState

if TYPE_CHECKING:
    from meetings.meeting import Meeting
    from meetings.model import ActionItem

_WHERE = "`accord actions` shows the ids."


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    parser.add_argument("id", metavar="ID", type=text, help="the item, as `accord actions` shows it")


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Mark it, unless it is done already."""
    from meetings.flow.states import tick
    from meetings.ids import SHORTEST

    if len(args.id) < SHORTEST:
        raise UsageError(
            f"An id has at least {SHORTEST} characters; “{shown(args.id)}” is too short.", _WHERE
        )
    if not setting.store.numbers():
        raise UsageError(
            "There are no meetings yet, so there is nothing to do.", "`accord where` shows the store."
        )
    session = setting.session()
    item = _one(args.id, session.meeting.action_items)
    if item is None:
        return _elsewhere(args.id, session.meeting, setting)
    if item.state is ItemState.DONE:
        return _already(args.id, item, setting)
    session.change(item.uid, "done", **(tick(item) or {}))
    print(f"Done {shown(args.id)}: {item.title}")
    return 0


def _one(beginning: str, items: Mapping[str, ActionItem]) -> ActionItem | None:
    """The one item whose uid begins so, or None. Raises UsageError when several do."""
    key = beginning.lower()
    found = [item for uid, item in items.items() if uid.lower().startswith(key)]
    if len(found) > 1:
        raise UsageError(
            f"“{shown(beginning)}” could be any of {len(found)} items; type more of the id.", _WHERE
        )
    return found[0] if found else None


def _already(typed: str, item: ActionItem, setting: Setting) -> int:
    day = f" on {show_day(item.done_on, setting.today)}" if item.done_on else ""
    print(f"{shown(typed)} was done already{day}: {item.title}")
    return 0


def _elsewhere(typed: str, current: Meeting, setting: Setting) -> int:
    """What to say of an item that is not in the meeting that accepts edits. Raises UsageError, but for a done one."""
    from meetings.store.archive import Archive

    promises = {promise.item.uid: promise for promise in Archive(setting.store).promises()}
    item = _one(typed, {uid: promise.item for uid, promise in promises.items()})
    if item is not None:
        if item.state is ItemState.DONE:
            return _already(typed, item, setting)
        number = promises[item.uid].head.number
        what = "was dropped in" if item.state is ItemState.DROPPED else "is only in"
        raise UsageError(
            f"{shown(typed)} {what} meeting {number}, which does not change any more.",
            "Add it anew: accord add.",
        )
    for _, record in current.content():
        if record.uid.lower().startswith(typed.lower()):
            raise UsageError(f"{shown(typed)} is a {record.noun}, not an action item.", _WHERE)
    raise UsageError(f"There is no action item “{shown(typed)}”.", _WHERE)
