"""What is known of the action items of all meetings: those of the present one as they are now, the others as read."""

from __future__ import annotations

import datetime as dt

from meetings.flow.item_filter import ItemFilter, Names, text_of
from meetings.flow.item_order import Group, Sort, ordered
from meetings.meeting import Meeting
from meetings.model import ActionItem
from meetings.store.archive import Ledger, Promise, Stand
from tui.screens.item_list import Item


class AllItems:
    """Every item once, in its newest state, in order."""

    def __init__(self) -> None:
        self.order: list[Item] = []
        """All of them, in the order that was asked for."""
        self.names = Names()
        """Who owns them or could, and what the teams are called."""
        self._before = Ledger()
        self._after: list[Meeting] = []
        self._ledger = Ledger()
        self._texts: dict[str, tuple[ActionItem, str]] = {}

    def take(self, before: Ledger, after: list[Meeting]) -> None:
        """What was read: the meetings before the present one, and what is planned after it while it is reopened."""
        self._before, self._after = before, after

    def gather(self, present: Meeting) -> None:
        """Put what was read together with the present meeting."""
        self._ledger = self._before.copy()
        for meeting in (present, *self._after):
            self._ledger.take(meeting)
        people = (person.name for person in present.people.values())
        owners = (promise.item.owner for promise in self._ledger.found.values())
        self.names = Names(tuple(dict.fromkeys([*people, *owners])), present.head.team_names)

    def put_in_order(self, sort: Sort, group: Group, kept: frozenset[str]) -> None:
        """Those in `kept` stay where they were, whatever became of them."""
        self.order = ordered(self._ledger.found.values(), sort, group, kept, self._text_of)

    def choose(self, wanted: ItemFilter, kept: frozenset[str], today: dt.date) -> list[Item]:
        """Those that are wanted or kept, in order."""
        chosen = wanted.choose(self.order, today)
        if not kept:
            return chosen
        either = kept.union(each.item.uid for each in chosen)
        return [each for each in self.order if each.item.uid in either]

    def promise(self, uid: str) -> Promise:
        """The item with that uid, and the meeting in which it stands."""
        return self._ledger.found[uid]

    def trail(self, uid: str) -> tuple[Stand, ...]:
        """How it stood from meeting to meeting."""
        return self._ledger.trails.get(uid, ())

    @property
    def unread(self) -> int:
        """How many meetings could not be read."""
        return len(self._before.unread)

    def _text_of(self, item: ActionItem) -> str:
        """Its text in which words are looked for, worked out once."""
        known = self._texts.get(item.uid)
        if known is None or known[0] is not item:
            known = self._texts[item.uid] = (item, text_of(item))
        return known[1]
