"""What the list of all action items shows: its columns, a row for each item, a heading for each group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from textual.content import Content

from meetings.flow.item_order import Group, Listed, Sort, grouped
from meetings.kinds import ItemKind, ItemState, Team
from meetings.measures.accountability import late_days, needs_choice
from meetings.meeting import Head
from meetings.model import ActionItem
from meetings.store.archive import Promise
from tui.screens.home_rows import NO_OWNER, SIGNS, due_words
from tui.theme import team_style
from tui.widgets.columns import Column, plain, width_of
from tui.widgets.row import Row

LONGEST_OWNER, LONGEST_TEAM = 14, 12
"""Cells of a name at most."""
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


Item = Listed[Promise]


@dataclass(frozen=True)
class Heading:
    """A group in the list: its name, and its items."""

    title: str
    items: tuple[Item, ...]


def columns(
    every: Sequence[Item], chosen: Sequence[Item], head: Head, sort: Sort, marking: bool
) -> tuple[Column, ...]:
    """The columns, that of the order with an arrow; with one for marks once there are any.

    They are as wide as `every` item needs, so that nothing moves while the list is filtered, and no row has to be
    looked at for it. Only kinds take no room where all that are shown are plain tasks.
    """
    owners = max(map(width_of, {each.item.owner or NO_OWNER for each in every}), default=0)
    teams = max(width_of(head.team_name(team)) for team in Team)
    meetings = max((each.item.raised_in for each in every), default=0)
    kinds = {_kind(kind) for kind in {each.item.kind for each in chosen}}
    often = max((each.item.carried for each in every), default=0)
    shown = (
        Column("mark", width=1 if marking else 0),
        Column("sign", width=1),
        Column("title", "Action item", flex=1, min_width=26),
        Column("owner", "Owner", width=min(max(owners, 6), LONGEST_OWNER), priority=1),
        Column("team", "Team", width=min(max(teams, 5), LONGEST_TEAM), priority=3),
        Column("kind", "Kind", width=max(map(len, kinds), default=0), priority=5),
        Column("raised_in", "From", width=max(len(str(meetings)) + 1, 5), align="right", priority=6),
        Column("due", "Due", width=15, align="right"),
        Column("carried", "↻", width=2 + len(str(often)), align="right", priority=4),
    )
    return tuple(
        replace(column, title=f"{column.title}↓", priority=min(column.priority, 1))
        if column.key == SORTED_BY[sort]
        else column
        for column in shown
        if column.width != 0
    )


def lines(chosen: Sequence[Item], group: Group) -> Sequence[Item | Heading]:
    """The items, which are in their order, with a heading before each group."""
    if group is Group.NONE:
        return chosen
    found: list[Item | Heading] = []
    for title, part in grouped(chosen):
        found.append(Heading(title, tuple(part)))
        found += part
    return found


def key_of(line: Item | Heading) -> str:
    """By what the list knows a line."""
    return HEADING + line.title if isinstance(line, Heading) else line.item.uid


def heading_row(heading: Heading, today: dt.date) -> Row:
    """The name of a group, and how many there are."""
    late = overdue(heading.items, today)
    count = f"  {len(heading.items):,}" + (f" · {late:,} overdue" if late else "")
    title = Content.assemble((plain(heading.title), "$ink bold"), (count, "$quiet"))
    return Row(key_of(heading), {"title": title})


def overdue(items: Sequence[Item], today: dt.date) -> int:
    """How many are late."""
    return sum(1 for each in items if each.item.due is not None and late_days(each.item, today))


def item_row(item: ActionItem, head: Head, today: dt.date, carry_limit: int, marked: Collection[str]) -> Row:
    """An action item: what, who, which team, when, how often it was carried. Teams are called as in `head`."""
    asks = needs_choice(item, today, carry_limit)
    return Row(
        item.uid,
        {
            "mark": Content.styled("◆" if item.uid in marked else "", "$brand"),
            "sign": Content.styled(SIGNS[item.state], "$done" if item.state is ItemState.DONE else "$ink"),
            "title": item.title,
            "owner": item.owner or Content.styled(NO_OWNER, "$at-risk"),
            "team": Content.styled(plain(head.team_name(item.team)), team_style(item.team)),
            "kind": Content.styled(_kind(item.kind), "$quiet"),
            "raised_in": Content.styled(f"#{item.raised_in}" if item.raised_in else "", "$quiet"),
            "due": due_words(item, today),
            "carried": Content.styled(
                f"↻ {item.carried}" if item.carried else "", "$at-risk" if asks else "$quiet"
            ),
        },
        dim=item.state is not ItemState.OPEN,
    )


def _kind(kind: ItemKind) -> str:
    return "" if kind is ItemKind.TASK else kind.value.replace("_", "-")
