"""An action item in the words of minutes and lists."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from meetings import fields
from meetings.exchange.again import show_day
from meetings.exchange.view import ItemView
from meetings.kinds import ItemKind, ItemState
from meetings.measures.accountability import late_days
from meetings.model import ActionItem

NO_OWNER = "no owner"

UNTITLED = "(no title)"
"""Stands for a title that is empty: without one some programs fail, and people wonder."""


def item_view(item: ActionItem, id: str, team: str, base: dt.date) -> ItemView:
    """The item as it is read on that day. `id` names it, `team` is what people call its team."""
    due = f"due {show_day(item.due, base)}" if item.due else "no due date"
    kind = "" if item.kind is ItemKind.TASK else in_words(item.kind)
    late = late_days(item, base)
    when: tuple[str, ...] = ()
    if item.state is ItemState.OPEN:
        when = (
            due,
            f"{times(late, 'day')} late" if late else "",
            f"carried {_often(item.carried)}" if item.carried else "",
            f"moved {_often(item.moved)}" if item.moved else "",
        )
    elif item.state is ItemState.DONE:
        when = (f"done {show_day(item.done_on, base)}" if item.done_on else "done",)
    return ItemView(
        title=item.title.strip() or UNTITLED,
        id=id,
        about=listed((item.owner or NO_OWNER, team, kind, *when)),
        owner=item.owner or NO_OWNER,
        team=team,
        due=show_day(item.due, base) if item.due else "",
        kind=kind,
        note=item.note,
        reason=item.reason,
        done=item.state is ItemState.DONE,
        record=item,
    )


DUE_AT_END = re.compile(
    r"[(,]\s?due\s(?P<due>[^,()]+)(?:,\s(?:\d+\sdays?\slate|(?:carried|moved)\s(?:once|twice|\d+\stimes)))*\)\s*$"
)
"""The due date in the `about` of an open item, as `item_view` words it, with nothing after it but what stands there.

By it a date that was changed in minutes is found again (meetings.exchange.ticks).
"""


def in_words(value: StrEnum) -> str:
    """A value of a closed set as people say it."""
    return _words(value)


_words = lru_cache(lambda value: fields.in_words(value.value))


def listed(words: Iterable[str | None]) -> str:
    """Those of the words that there are, with commas between."""
    return ", ".join(filter(None, words))


def times(count: int, noun: str) -> str:
    """`1 vote`, `2 votes`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _often(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
