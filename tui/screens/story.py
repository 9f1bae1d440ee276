"""The story of one action item: raised in, carried, moved, handed over, done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise

from textual.content import Content

from meetings.dates import show_day
from meetings.kinds import ItemKind, ItemState, Team
from meetings.measures.accountability import late_days
from meetings.model import ActionItem
from meetings.store.archive import Promise, Stand
from tui.theme import team_style
from tui.widgets.columns import plain


def about(
    promise: Promise, trail: Sequence[Stand], team_names: Mapping[str, str], today: dt.date
) -> list[Content]:
    """The item in lines: its words, who and by when, and what happened to it meeting by meeting."""
    item = promise.item
    team = "Both" if item.team is Team.BOTH else team_names.get(item.team.value, item.team.value)
    who = Content.assemble(
        plain(item.owner) if item.owner else ("no owner", "$at-risk"),
        " · ",
        (plain(team), team_style(item.team)),
    )
    if item.kind is not ItemKind.TASK:
        who = who.append(f" · {item.kind.value.replace('_', '-')}")
    lines = [Content.styled(plain(item.title), "$ink bold"), who]
    if item.note:
        lines.append(Content.styled(item.note, "$quiet"))
    lines.append(Content(""))
    lines += [
        Content.assemble((f"#{number} ", "$quiet"), plain(what)) for number, what in story(item, trail, today)
    ]
    if item.carried or item.moved:
        lines.append(Content(""))
    for word, times in (("Carried", item.carried), ("Due date moved", item.moved)):
        if times:
            often = {1: "once", 2: "twice"}.get(times, f"{times} times")
            lines.append(Content.styled(f"{word} {often}", "$quiet"))
    return lines


def about_group(title: str, items: Sequence[ActionItem], today: dt.date) -> list[Content]:
    """A group of items in lines: how many there are, and how they stand."""
    late = [item for item in items if late_days(item, today)]
    counts = {state.value: sum(item.state is state for item in items) for state in ItemState}
    lines = [f"{count:,} {word}" for word, count in counts.items() if count]
    if late:
        longest = max(late_days(item, today) for item in late)
        lines.insert(1, f"{len(late):,} overdue, {longest} day{'s' * (longest != 1)} at most")
    carried = sum(item.carried > 0 for item in items if item.state is ItemState.OPEN)
    if carried:
        lines.append(f"{carried:,} of those that are open have been carried")
    return [Content.styled(plain(title), "$ink bold"), *(Content(line) for line in lines)]


def story(item: ActionItem, trail: Sequence[Stand], today: dt.date) -> list[tuple[int, str]]:
    """What happened to the item: numbers of meetings, and what happened in each."""
    origin = f", from “{item.origin_text}”" if item.origin_text else ""
    first = trail[0].number if trail else item.raised_in
    raised = item.raised_in or first
    when = f" on {show_day(trail[0].date, today)}" if trail and trail[0].number == raised else ""
    told = [(raised, f"raised{when}{origin}")]
    for before, after in pairwise(trail):
        told += [(after.number, what) for what in _changes(before.item, after.item, today)]
    last = trail[-1] if trail else None
    if last is not None and len(trail) == 1 and item.state is not ItemState.OPEN:
        told.append((last.number, _state(item, today)))
    return told


def _changes(before: ActionItem, after: ActionItem, today: dt.date) -> list[str]:
    found = []
    if after.title != before.title:
        found.append(f"reworded; it was “{before.title}”")
    if after.owner != before.owner:
        found.append(f"handed over to {after.owner}" if after.owner else "left without an owner")
    if after.due != before.due:
        found.append(
            f"due date moved to {show_day(after.due, today)}" if after.due else "no due date any more"
        )
    if after.state is not before.state:
        found.append(_state(after, today))
    return found or ["given to another team"]


def _state(item: ActionItem, today: dt.date) -> str:
    if item.state is ItemState.DONE:
        return f"done on {show_day(item.done_on, today)}" if item.done_on else "done"
    if item.state is ItemState.DROPPED:
        return f"dropped: {item.reason}" if item.reason else "dropped"
    return "open again"
