"""Action items as what programs for tasks and calendars know: one line of text, dates, an id that stays."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from meetings.exchange.gfm import BREAK
from meetings.exchange.item_words import UNTITLED
from meetings.ids import short_ids
from meetings.kinds import ItemState, Team
from meetings.meeting import Head
from meetings.model import EPOCH, ActionItem

if TYPE_CHECKING:
    from meetings.store.archive import Promise

LEAST_ID = 8
"""Characters of an id that a person can read, so that it hardly ever has to be made longer."""

NAMESPACE = uuid.UUID("0ac0bd5e-6f0c-5c8f-9f4e-2a5b3b1d7c10")
"""Ids that are not a UUID already become one in here."""

NOON = dt.time(12, tzinfo=dt.UTC)
"""The hour of what is known to the day: the same day from UTC-12 to UTC+11."""


@dataclass(frozen=True)
class ListOptions:
    """How a list of items is written: the day on which it is read."""

    today: dt.date


@dataclass(frozen=True)
class Task:
    """An action item for another program. `id` is the beginning of its uid that names it."""

    item: ActionItem
    head: Head
    id: str

    @property
    def number(self) -> int:
        """The meeting in which it stands so."""
        return self.head.number

    @cached_property
    def title(self) -> str:
        """The title on one line; never empty."""
        return one_line(self.item.title) or UNTITLED

    @cached_property
    def note(self) -> str:
        """The note with `\\n` for its line breaks."""
        return "\n".join(BREAK.split(self.item.note.strip()))

    @property
    def owner(self) -> str:
        """Whose it is, or empty."""
        return one_line(self.item.owner)

    @property
    def team(self) -> str:
        """What people call the team; empty for both."""
        return "" if self.item.team is Team.BOTH else one_line(self.head.team_name(self.item.team))

    @property
    def series(self) -> str:
        """What the meetings are called."""
        return one_line(self.head.name) or "Meeting"

    @property
    def done(self) -> bool:
        """Whether it was kept."""
        return self.item.state is ItemState.DONE

    @property
    def dropped(self) -> bool:
        """Whether it was given up."""
        return self.item.state is ItemState.DROPPED

    @cached_property
    def uid(self) -> str:
        """Its uid, as a UUID whatever it was."""
        try:
            return str(uuid.UUID(self.item.uid))
        except ValueError:
            return str(uuid.uuid5(NAMESPACE, self.item.uid))

    @property
    def created(self) -> dt.datetime:
        """When it was promised (UTC): noon of its meeting's day when that was not noted."""
        return (
            self.item.created_at
            if self.item.created_at > EPOCH
            else dt.datetime.combine(self.head.date, NOON)
        )

    @property
    def changed(self) -> dt.datetime:
        """When it was changed last (UTC)."""
        return max(self.item.updated_at, self.created)

    @property
    def ended(self) -> dt.date | None:
        """The day on which it was done or dropped; None while it is open."""
        if self.item.state is ItemState.OPEN:
            return None
        return (self.item.done_on if self.done else None) or self.changed.date()

    @property
    def revision(self) -> int:
        """Goes up with every change: seconds from the first to the last."""
        return int((self.changed - self.created).total_seconds())

    def words(self) -> str:
        """All that a format may have no field for, in a few lines; the id last."""
        facts = (
            self.note,
            f"Dropped: {one_line(self.item.reason)}" if self.dropped and self.item.reason else "",
            f"Owner: {self.owner}" if self.owner else "",
            f"Team: {self.team}" if self.team else "",
            f"From: {self.series}, meeting {self.number}",
            f"Accord id: {self.id}",
        )
        return "\n".join(fact for fact in facts if fact)


def tasks_of(promises: Iterable[Promise], known: Iterable[str]) -> list[Task]:
    """The items as tasks. `known`: the uid of every item that there is, so that an id names one of them only."""
    short = short_ids(known)
    return [
        Task(
            promise.item,
            promise.head,
            promise.item.uid[: max(LEAST_ID, len(short.get(promise.item.uid, "")))],
        )
        for promise in promises
    ]


def one_line(text: str) -> str:
    """The text without line breaks and tabs."""
    return " ".join(filter(None, (part.strip() for part in BREAK.split(text.replace("\t", " ")))))


def as_word(text: str) -> str:
    """The text as one word: `_` for what is blank."""
    return re.sub(r"\s+", "_", text.strip())
