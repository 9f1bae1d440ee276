"""Questions over all meetings. Whatever cannot be read is named and left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from meetings.errors import StoreError
from meetings.kinds import MeetingState
from meetings.meeting import CONTENT, TABLE_OF, Head, Meeting
from meetings.model import ActionItem
from meetings.store.base import MeetingStore
from meetings.store.texts import Hit, Texts
from meetings.text import clean


@dataclass(frozen=True)
class Promise:
    """An action item as it stands now, and the head of the meeting in which it stands so."""

    item: ActionItem
    head: Head


@dataclass(frozen=True)
class Stand:
    """How an action item stood in a meeting."""

    item: ActionItem
    number: int
    date: dt.date


@dataclass
class Ledger:
    """Every action item once, in its newest state, gathered from meetings that are taken in order.

    An item keeps its uid from meeting to meeting, so its newest state is that in the last meeting that has it.
    While a meeting is reopened, it and its planned successor both have it: then the later edit counts.
    """

    found: dict[str, Promise] = field(default_factory=dict)
    trails: dict[str, tuple[Stand, ...]] = field(default_factory=dict)
    """By uid: how the item stood in the first meeting that has it, and wherever that had changed since."""
    _before: Head | None = None

    def take(self, meeting: Meeting) -> None:
        """Take the next meeting."""
        reopened = (
            self._before is not None
            and self._before.state is MeetingState.RUNNING
            and meeting.head.state is MeetingState.PLANNED
        )
        for uid, item in meeting.action_items.items():
            known = self.found.get(uid)
            if known is None or not reopened or item.updated_at > known.item.updated_at:
                self.found[uid] = Promise(item, meeting.head)
                trail = self.trails.get(uid, ())
                if not trail or _differ(trail[-1].item, item):
                    self.trails[uid] = (*trail, Stand(item, meeting.head.number, meeting.head.date))
        self._before = meeting.head

    def copy(self) -> Ledger:
        """One that can take further meetings while this one stays as it is."""
        return Ledger(dict(self.found), dict(self.trails), self._before)

    def promises(self) -> list[Promise]:
        """All of them by due date (those without one last) and age."""
        return sorted(self.found.values(), key=_when)


@dataclass
class Archive:
    """Reads all meetings of a store; `unread` says, after a question, which could not be read and why."""

    store: MeetingStore
    unread: list[StoreError] = field(default_factory=list)
    _texts: dict[int, tuple[object, Texts]] = field(default_factory=dict)
    """What was searched before, with the glance at its meeting then."""

    def meetings(self, tables: Sequence[str] = ()) -> Iterator[Meeting]:
        """Every meeting that can be read, in order, or only its head and those tables.

        Raises StoreError when the store itself cannot be read.
        """
        self.unread.clear()
        for number in self.store.numbers():
            try:
                meeting = self.store.read(number, tables)
            except StoreError as error:
                self.unread.append(error)
            else:
                yield meeting

    def promises(self) -> list[Promise]:
        """Every action item once, in its newest state, by due date (those without one last) and age."""
        ledger = Ledger()
        for meeting in self.meetings((TABLE_OF[ActionItem],)):
            ledger.take(meeting)
        return ledger.promises()

    def search(self, text: str) -> Iterator[Hit]:
        """Every text that holds `text`, whatever the case, in the newest meeting first.

        What was searched once is read again only when its meeting has changed. Raises StoreError when the store
        itself cannot be read.
        """
        self.unread.clear()
        folded = clean(text).casefold()
        if not folded:
            return
        for number in reversed(self.store.numbers()):
            try:
                texts = self._texts_of(number)
            except StoreError as error:
                self.unread.append(error)
            else:
                yield from texts.find(folded)

    def _texts_of(self, number: int) -> Texts:
        seen = self.store.glance(number)
        known = self._texts.get(number)
        if known is None or known[0] != seen:
            known = self._texts[number] = (seen, Texts(self.store.read(number, CONTENT)))
        return known[1]


def _differ(one: ActionItem, other: ActionItem) -> bool:
    """Whether something changed that belongs to the item's story."""
    return (one.title, one.owner, one.team, one.due, one.state) != (
        *(other.title, other.owner, other.team, other.due, other.state),
    )


def _when(promise: Promise) -> tuple[bool, str, str, str]:
    item = promise.item
    return (item.due is None, str(item.due or ""), item.created_at.isoformat(), item.uid)
