"""Questions over all meetings. Whatever cannot be read is named and left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from meetings.errors import StoreError
from meetings.kinds import MeetingState
from meetings.meeting import TABLE_OF, Head, Meeting
from meetings.model import ActionItem
from meetings.store.base import MeetingStore
from meetings.store.texts import Hit, Texts
from meetings.store.watch import Watch, watched
from meetings.text import clean

T = TypeVar("T")


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
    unread: list[StoreError] = field(default_factory=list)
    """Meetings that could not be read, and why: what stands in them is missing here."""
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
        return Ledger(dict(self.found), dict(self.trails), list(self.unread), self._before)

    def promises(self) -> list[Promise]:
        """All of them by due date (those without one last) and age."""
        return sorted(self.found.values(), key=_when)


@dataclass
class Archive:
    """Questions over all meetings of a store. A program keeps one: what was read once is read again only when its
    meeting has changed, also when a question was cancelled on the way.

    A question may take seconds, so it is asked off the screen's thread. With a `watch` it says after every meeting how
    far it is and can be cancelled (see meetings.store.watch). Several threads may ask at once.

    Kept is what was asked for, never the meetings themselves: thousands of them would fill the memory.
    """

    store: MeetingStore
    unread: list[StoreError] = field(default_factory=list, init=False)
    """Which meetings the last question could not read, and why. With several threads asking, use `each` or `ledger`,
    which say it beside their answers."""
    _answers: dict[object, dict[int, tuple[object, Any]]] = field(default_factory=dict, init=False)
    """By question and number: the glance at the meeting when it was read, and the answer."""
    _folded: _Folded = field(default_factory=lambda: _Folded(), init=False)

    def each(
        self,
        ask: Callable[[Meeting], T],
        watch: Watch | None = None,
        *,
        numbers: Sequence[int] | None = None,
        tables: Sequence[str] = (),
    ) -> Iterator[tuple[int, T | StoreError]]:
        """What `ask` makes of each meeting, with its number, as soon as it is known; or why it cannot be read.

        `ask` is a function of a module (not a lambda made anew each time: answers are kept under it). It depends on
        nothing but the meeting; what it returns is kept, so it should be small. `numbers` says which meetings and
        in what order; without, all of them in theirs. With `tables`, `ask` is given only the head and those, which
        is quicker.
        Raises StoreError when the store itself cannot be read, and Cancelled.

            for number, found in archive.each(summary, watch, numbers=archive.store.numbers()[::-1]):
                if isinstance(found, StoreError): ...
        """

        def answers(fresh: Sequence[int]) -> Iterator[tuple[int, T | StoreError]]:
            for number, found in self.store.read_many(fresh, tables):
                yield number, found if isinstance(found, StoreError) else ask(found)

        return self._each((ask, *tables), answers, numbers, watch)

    def _each(
        self,
        question: object,
        answers: Callable[[Sequence[int]], Iterator[tuple[int, T | StoreError]]],
        numbers: Sequence[int] | None,
        watch: Watch | None,
    ) -> Iterator[tuple[int, T | StoreError]]:
        """What `answers` says to the question about each meeting that has changed since it was asked last."""
        numbers = self.store.numbers() if numbers is None else numbers
        known = self._answers.setdefault(question, {})
        glances = {number: self.store.glance(number) for number in numbers}
        fresh = [number for number in numbers if number not in known or known[number][0] != glances[number]]
        arriving = _Arriving(answers(fresh))
        changed = {*fresh}
        for number in watched(numbers, watch):
            if number not in changed:
                yield number, known[number][1]
                continue
            for answer in arriving.of(number):
                if not isinstance(answer, StoreError):
                    known[number] = (glances[number], answer)
                yield number, answer

    def ledger(self, watch: Watch | None = None, *, before: int | None = None) -> Ledger:
        """Every action item and its story, out of all meetings, or out of those with a number below `before`.

        The ledger is the caller's own: it may `take` the meetings that are in front of the person. Asked again, only
        meetings that came since are read, unless one that was taken has changed.
        Raises StoreError when the store itself cannot be read, and Cancelled.
        """
        numbers = [n for n in self.store.numbers() if before is None or n < before]
        glances = {number: self.store.glance(number) for number in numbers}
        folded = self._folded
        if [*folded.taken.items()] != [*glances.items()][: len(folded.taken)]:
            folded = _Folded()
        ledger, taken = folded.ledger.copy(), dict(folded.taken)
        try:
            arriving = _Arriving(self.store.read_many(numbers[len(taken) :], (TABLE_OF[ActionItem],)))
            for number in watched(numbers, watch, done=len(taken)):
                for meeting in arriving.of(number):
                    if isinstance(meeting, StoreError):
                        ledger.unread.append(meeting)
                    else:
                        ledger.take(meeting)
                taken[number] = glances[number]
        finally:
            self._folded = _Folded(ledger.copy(), taken)
        return ledger

    def meetings(self, tables: Sequence[str] = (), watch: Watch | None = None) -> Iterator[Meeting]:
        """Every meeting that can be read, in order, or only its head and those tables. Nothing is kept.

        Raises StoreError when the store itself cannot be read, and Cancelled.
        """
        self.unread = unread = []
        numbers = self.store.numbers()
        arriving = _Arriving(self.store.read_many(numbers, tables))
        for number in watched(numbers, watch):
            for meeting in arriving.of(number):
                if isinstance(meeting, StoreError):
                    unread.append(meeting)
                else:
                    yield meeting

    def promises(self, watch: Watch | None = None) -> list[Promise]:
        """Every action item once, in its newest state, by due date (those without one last) and age. As `ledger`."""
        ledger = self.ledger(watch)
        self.unread = ledger.unread
        return ledger.promises()

    def search(self, text: str, watch: Watch | None = None) -> Iterator[Hit]:
        """Every text that holds `text`, whatever the case, in the newest meeting first.

        Raises StoreError when the store itself cannot be read, and Cancelled.
        """
        self.unread = unread = []
        folded = clean(text).casefold()
        if not folded:
            return
        for _, texts in self._each(Texts, self.store.texts, self.store.numbers()[::-1], watch):
            if isinstance(texts, StoreError):
                unread.append(texts)
            else:
                yield from texts.find(folded)


class _Arriving(Generic[T]):
    """Answers by number, taken in turn although a store may hand some out earlier."""

    def __init__(self, answers: Iterator[tuple[int, T]]) -> None:
        self._answers = answers
        self._early: dict[int, T] = {}

    def of(self, number: int) -> Iterator[T]:
        """The answer about that meeting, or nothing when it is gone. Raises what the store raises."""
        while number not in self._early:
            arrived = next(self._answers, None)
            if arrived is None:
                return
            self._early[arrived[0]] = arrived[1]
        yield self._early.pop(number)


@dataclass(frozen=True)
class _Folded:
    """The ledger of the first meetings of a store, and the glances at them. It is never changed, only replaced."""

    ledger: Ledger = field(default_factory=Ledger)
    taken: dict[int, object] = field(default_factory=dict)


def _differ(one: ActionItem, other: ActionItem) -> bool:
    """Whether something changed that belongs to the item's story."""
    return (one.title, one.owner, one.team, one.due, one.state) != (
        *(other.title, other.owner, other.team, other.due, other.state),
    )


def _when(promise: Promise) -> tuple[bool, str, str, str]:
    item = promise.item
    return (item.due is None, str(item.due or ""), item.created_at.isoformat(), item.uid)
