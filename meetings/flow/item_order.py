"""The order in which action items are listed, and the groups that they are listed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from enum import StrEnum
from itertools import groupby
from typing import Any, Protocol, TypeVar

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


def ordered(promises: Iterable[P], sort: Sort, group: Group, still: frozenset[str] = frozenset()) -> list[P]:
    """The items in that order, those of a group together. Those in `still` count as open, to stay where they were."""
    by_sort, by_group = _SORTS[sort], _GROUPS[group]

    def key(promise: P) -> Key:
        due = _by_due(promise, promise.item.uid in still)
        return (by_group(promise), by_sort(promise), due)

    return sorted(promises, key=key)


def grouped(promises: Iterable[P], group: Group) -> list[tuple[str, list[P]]]:
    """What is `ordered`, with the name of each group before it. Without groups all is one, which has no name."""
    parts = ([*found] for _, found in groupby(promises, key=_GROUPS[group]))
    return [(_title(part, group), part) for part in parts]


def _title(promises: list[P], group: Group) -> str:
    item, head = promises[0].item, promises[0].head
    match group:
        case Group.OWNER:
            return item.owner or "No owner"
        case Group.TEAM:
            return head.team_name(item.team)
        case Group.MEETING:
            return f"Raised in meeting {item.raised_in}"
    return ""


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
