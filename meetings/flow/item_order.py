"""The order in which action items are listed, and the groups that they are listed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Any, Generic, Protocol, TypeVar

from meetings.flow.item_filter import text_of
from meetings.kinds import ItemState, Team
from meetings.meeting import Head
from meetings.model import ActionItem


class Sort(StrEnum):
    """What comes first. Equals stand by their due dates."""

    DUE = "due"
    OWNER = "owner"
    TEAM = "team"
    AGE = "age"
    CARRIED = "carried"


class Group(StrEnum):
    """What items are put together by; a meeting is the one in which they were raised."""

    NONE = "none"
    OWNER = "owner"
    TEAM = "team"
    MEETING = "meeting"


class Promised(Protocol):
    """An action item and the head of the meeting in which it stands."""

    @property
    def item(self) -> ActionItem:
        """The item as it stands there."""

    @property
    def head(self) -> Head:
        """The meeting's head."""


P = TypeVar("P", bound=Promised)
Key = tuple[Any, ...]
_LAST = dt.date.max
_TEAMS = {team: place for place, team in enumerate(Team)}


@dataclass(frozen=True, slots=True)
class Listed(Generic[P]):
    """A promise in its place: its item, the text in which words are looked for, and the name of its group."""

    promise: P
    item: ActionItem
    text: str
    group: str


def ordered(
    promises: Iterable[P],
    sort: Sort,
    group: Group,
    still: frozenset[str] = frozenset(),
    text: Callable[[ActionItem], str] = text_of,
) -> list[Listed[P]]:
    """The promises in that order, those of a group together. Those in `still` count as open, to stay where they were.

    `text` can be handed in by those who remember it.
    """
    by_sort, by_group, title = _SORTS[sort], _GROUPS[group], _TITLES[group]

    def key(promise: P) -> Key:
        return (by_group(promise), by_sort(promise), _by_due(promise, promise.item.uid in still))

    return [Listed(each, each.item, text(each.item), title(each)) for each in sorted(promises, key=key)]


def grouped(listed: Iterable[Listed[P]]) -> list[tuple[str, list[Listed[P]]]]:
    """Each group's name with what is in it. Without groups all is one, which has no name."""
    return [(title, [*found]) for title, found in groupby(listed, key=attrgetter("group"))]


def _by_due(promise: Promised, still: bool) -> Key:
    """What is open by its due date, without one last; then what is over, the latest first."""
    item = promise.item
    if still or item.state is ItemState.OPEN:
        return (0, (item.due or _LAST).toordinal(), item.created_at, item.uid)
    return (1, -(item.done_on or promise.head.date).toordinal(), item.created_at, item.uid)


def _by_owner(promise: Promised) -> Key:
    name = promise.item.owner
    return (not name, name.casefold(), name)


_SORTS: dict[Sort, Callable[[Promised], Key]] = {
    Sort.DUE: lambda promise: (),
    Sort.OWNER: _by_owner,
    Sort.TEAM: lambda promise: (_TEAMS[promise.item.team],),
    Sort.AGE: lambda promise: (promise.item.created_at,),
    Sort.CARRIED: lambda promise: (-promise.item.carried,),
}
_GROUPS: dict[Group, Callable[[Promised], Key]] = {
    Group.NONE: lambda promise: (),
    Group.OWNER: _by_owner,
    Group.TEAM: lambda promise: (_TEAMS[promise.item.team],),
    Group.MEETING: lambda promise: (-promise.item.raised_in,),
}
_TITLES: dict[Group, Callable[[Promised], str]] = {
    Group.NONE: lambda promise: "",
    Group.OWNER: lambda promise: promise.item.owner or "No owner",
    Group.TEAM: lambda promise: promise.head.team_name(promise.item.team),
    Group.MEETING: lambda promise: f"Raised in meeting {promise.item.raised_in}",
}
