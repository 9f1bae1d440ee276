"""What the list of all action items shows: its columns, a row for each item, a heading for each group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from textual.content import Content

from meetings.flow.item_order import Group, Sort, grouped
from meetings.kinds import ItemKind, ItemState
from meetings.measures.accountability import late_days, needs_choice
from meetings.meeting import Head
from meetings.store.archive import Promise
from tui.screens.home_rows import SIGNS, due_words
from tui.theme import team_style
from tui.widgets.columns import Column, plain
from tui.widgets.row import Row

MARK = Column("mark", width=1)
COLUMNS = (
    Column("sign", width=1),
    Column("title", "Action item", flex=1, min_width=30),
    Column("owner", "Owner", max_width=14, priority=1),
    Column("team", "Team", max_width=12, priority=3),
    Column("kind", "Kind", max_width=10, priority=5),
    Column("raised_in", "From", max_width=6, align="right", priority=6),
    Column("due", "Due", max_width=16, align="right"),
    Column("carried", "↻", max_width=4, align="right", priority=4),
)
SORTED_BY = {
    Sort.DUE: "due",
    Sort.OWNER: "owner",
    Sort.TEAM: "team",
    Sort.AGE: "raised_in",
    Sort.CARRIED: "carried",
}
"""The column whose heading says that the list is sorted by it."""
WORDS = {
    Sort.DUE: "",
    Sort.OWNER: ", by owner",
    Sort.TEAM: ", by team",
    Sort.AGE: ", oldest first",
    Sort.CARRIED: ", most carried first",
}
"""How an order is called, unless it is the usual one."""
HEADING = "group:"
"""What the key of a heading begins with."""


@dataclass(frozen=True)
class Heading:
    """A group in the list: its name, and its items."""

    title: str
    promises: tuple[Promise, ...]


def columns(sort: Sort, marking: bool) -> tuple[Column, ...]:
    """The columns, that of the order with an arrow; with one for marks once there are any."""
    shown = [
        replace(column, title=f"{column.title}↓", priority=0 if column.key != "raised_in" else 1)
        if column.key == SORTED_BY[sort]
        else column
        for column in COLUMNS
    ]
    return (*([MARK] if marking else []), *shown)


def lines(promises: Sequence[Promise], group: Group) -> Sequence[Promise | Heading]:
    """The items, which are in their order, with a heading before each group."""
    if group is Group.NONE:
        return promises
    found: list[Promise | Heading] = []
    for title, part in grouped(promises, group):
        found += [Heading(title, tuple(part)), *part]
    return found


def key_of(line: Promise | Heading) -> str:
    """By what the list knows a line."""
    return HEADING + line.title if isinstance(line, Heading) else line.item.uid


def heading_row(heading: Heading, today: dt.date) -> Row:
    """The name of a group, and how many there are."""
    late = sum(late_days(promise.item, today) > 0 for promise in heading.promises)
    count = f"  {len(heading.promises):,}" + (f" · {late:,} overdue" if late else "")
    title = Content.assemble((plain(heading.title), "$ink bold"), (count, "$quiet"))
    return Row(key_of(heading), {"title": title})


def item_row(promise: Promise, head: Head, today: dt.date, carry_limit: int, marked: Collection[str]) -> Row:
    """An action item: what, who, which team, when, how often it was carried. Teams are called as in `head`."""
    item = promise.item
    asks = needs_choice(item, today, carry_limit)
    return Row(
        item.uid,
        {
            "mark": Content.styled("◆" if item.uid in marked else "", "$brand"),
            "sign": Content.styled(SIGNS[item.state], "$done" if item.state is ItemState.DONE else "$ink"),
            "title": item.title,
            "owner": item.owner or Content.styled("no owner", "$at-risk"),
            "team": Content.styled(plain(head.team_name(item.team)), team_style(item.team)),
            "kind": Content.styled(
                "" if item.kind is ItemKind.TASK else item.kind.value.replace("_", "-"), "$quiet"
            ),
            "raised_in": Content.styled(f"#{item.raised_in}" if item.raised_in else "", "$quiet"),
            "due": due_words(item, today),
            "carried": Content.styled(
                f"↻ {item.carried}" if item.carried else "", "$at-risk" if asks else "$quiet"
            ),
        },
        dim=item.state is not ItemState.OPEN,
    )
