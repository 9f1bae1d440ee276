"""Which action items are in view: read from every meeting, filtered, sorted and in groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from textual import work

from meetings.errors import StoreError
from meetings.flow.filter_words import read_filter
from meetings.flow.item_filter import ItemFilter
from meetings.flow.item_order import Group, Sort
from meetings.meeting import TABLE_OF, Meeting
from meetings.model import ActionItem
from meetings.store.archive import Ledger
from meetings.store.watch import Cancelled
from tui.screens.all_items import AllItems
from tui.screens.bulk import BulkScreen
from tui.screens.filter_line import FilterLine
from tui.screens.item_list import Heading, Item
from tui.waiting import Waiting


class ItemsInView(BulkScreen):
    """Shows all items: those of the meeting that accepts edits at once, the others when they are read."""

    def __init__(self) -> None:
        super().__init__()
        self._all = AllItems()
        self._read_for: object = None
        self._progress = ""
        self._sort, self._group = Sort.DUE, Group.NONE
        self._kept: frozenset[str] = frozenset()
        """Items that stay in the list although they no longer pass the filter: they were changed there."""
        self._filter = ItemFilter()
        self._shown: Sequence[Item | Heading] = ()

    @property
    def reading(self) -> bool:
        """Whether meetings are still being read."""
        return bool(self._progress)

    @property
    def known(self) -> int:
        """How many items are known so far."""
        return len(self._all.order)

    # What a screen does with them

    def show_list(self) -> None:
        """Show the items that pass the filter, in their order."""
        raise NotImplementedError

    def show_counts(self) -> None:
        """Show how many they are, and how far reading has come."""
        raise NotImplementedError

    @property
    def _line(self) -> FilterLine:
        return self.query_one(FilterLine)

    def _items(self) -> list[Item]:
        return [line for line in self._shown if not isinstance(line, Heading)]

    # Reading

    def show(self) -> None:
        """What is known so far, with the present meeting as it is now.

        What was changed here stays in view although the filter may not want it any more.
        """
        head = self.meeting.head
        shown = frozenset(each.item.uid for each in self._items())
        self._kept = shown & self.meeting.action_items.keys()
        if self._read_for != head.uid:
            self._read_for, self._progress = head.uid, "reading…"
            self._read(head.number)
        self._gather()
        self.show_list()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _read(self, present: int) -> None:
        """Read all other meetings, off the screen's thread; leaving the screen ends it."""
        waiting, archive = Waiting(self.app, self._tell_progress), self.desk.archive
        try:
            before = archive.ledger(waiting, before=present)
        except Cancelled:
            return
        after: list[Meeting] = []
        for number in archive.store.numbers():
            if number > present:
                try:
                    after.append(archive.store.read(number, (TABLE_OF[ActionItem],)))
                except StoreError as error:
                    before.unread.append(error)
        waiting.answer(self._take, before, after)

    def _tell_progress(self, done: int, all: int) -> None:
        self._progress = f"{done:,} of {all:,} meetings read"
        self.show_counts()

    def _take(self, before: Ledger, after: list[Meeting]) -> None:
        self._all.take(before, after)
        self._progress = ""
        self._gather()
        self.show_list()

    def _gather(self) -> None:
        self._all.gather(self.meeting)
        self.keep_marks()
        self._put_in_order()

    def _put_in_order(self) -> None:
        self._all.put_in_order(self._sort, self._group, self._kept)

    # The filter and the order

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        """Filter as it is typed."""
        event.stop()
        self._filter = read_filter(event.text, self._all.names)
        if self._kept:
            self._kept = frozenset()
            self._put_in_order()
        said = self._filter.wrong or " · ".join(self._filter.describe(self._all.names))
        self._line.say(said if event.text.strip() else "", wrong=bool(self._filter.wrong))
        self.show_list()

    def do_sort(self) -> None:
        """The next order; that by which the items are in groups already says nothing."""
        self._sort = _next(self._sort)
        if self._sort.value == self._group.value:
            self._sort = _next(self._sort)
        self._put_in_order()
        self.show_list()

    def do_group(self) -> None:
        """The next way of putting items together."""
        self._group = _next(self._group)
        if self._sort.value == self._group.value:
            self._sort = Sort.DUE
        self._put_in_order()
        self.show_list()


T = TypeVar("T", Sort, Group)


def _next(value: T) -> T:
    values = list(type(value))
    return values[(values.index(value) + 1) % len(values)]
