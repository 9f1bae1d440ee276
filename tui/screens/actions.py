"""Every action item of every meeting, each once as it stands now; filtered by words, with its story beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from meetings.errors import StoreError, UsageError
from meetings.flow.filter_words import completions, read_filter
from meetings.flow.item_filter import ItemFilter
from meetings.flow.item_order import Group, Listed, Sort
from meetings.kinds import MeetingState
from meetings.meeting import TABLE_OF, Meeting
from meetings.model import ActionItem, Record
from meetings.store.archive import Ledger, Promise
from meetings.store.watch import Cancelled
from tui.bindings import bindings_for
from tui.keys import ITEMS
from tui.screens.all_items import AllItems
from tui.screens.bulk import BulkScreen
from tui.screens.filter_line import FilterLine
from tui.screens.item_list import (
    WORDS,
    Heading,
    Item,
    columns,
    heading_row,
    item_row,
    key_of,
    lines,
    overdue,
)
from tui.screens.minutes import MinutesScreen
from tui.screens.place import PlaceBar, PlaceScreen
from tui.screens.story import about, about_group
from tui.waiting import Waiting
from tui.widgets.key_bar import KeyBar
from tui.widgets.panel import Panel
from tui.widgets.row import Row
from tui.widgets.rows import Rows

HINT = "words  @Sam  #sales  is:done  is:all  overdue  kind:training  #12"


class ActionsScreen(PlaceScreen, BulkScreen):
    """All action items. Those of the meeting that accepts edits are there at once, the others when they are read."""

    place = ITEMS
    BINDINGS = bindings_for(ITEMS)
    DEFAULT_CSS = """
    ActionsScreen #body { layout: horizontal; height: 1fr; }
    ActionsScreen #list { width: 1fr; height: 1fr; }
    ActionsScreen #story { width: 40; height: 1fr; padding: 0 1; }
    ActionsScreen #story VerticalScroll { scrollbar-size-vertical: 1; }
    ActionsScreen #story Static { height: auto; }
    ActionsScreen.narrow #body { layout: vertical; }
    ActionsScreen.narrow #story { width: 1fr; height: 8; }
    ActionsScreen.tiny #story { display: none; }
    """

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

    def compose(self) -> ComposeResult:
        """The filter, the list, and the story of the selected item."""
        yield PlaceBar()
        with Container(id="body"):
            with Panel(title="Open", id="list"):
                yield FilterLine(HINT, offers=lambda typed: completions(typed, self._all.names))
                yield Rows(typed="", id="items")
            with Panel(title="Its story", id="story"), VerticalScroll(can_focus=False):
                yield Static(id="about")
        yield KeyBar()

    def on_mount(self) -> None:
        """The list has the focus."""
        self._rows.opener = self.opener
        self.set_focus(self._rows)

    def heading(self) -> str:
        """What this is."""
        return "Action items"

    @property
    def _rows(self) -> Rows:
        return self.query_one("#items", Rows)

    @property
    def _line(self) -> FilterLine:
        return self.query_one(FilterLine)

    @property
    def reading(self) -> bool:
        """Whether meetings are still being read."""
        return bool(self._progress)

    @property
    def known(self) -> int:
        """How many items are known so far."""
        return len(self._all.order)

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
        self._list()

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
        self._show_title()

    def _take(self, before: Ledger, after: list[Meeting]) -> None:
        self._all.take(before, after)
        self._progress = ""
        self._gather()
        self._list()

    def _gather(self) -> None:
        self._all.gather(self.meeting)
        self.keep_marks()
        self._put_in_order()

    def _put_in_order(self) -> None:
        self._all.put_in_order(self._sort, self._group, self._kept)

    # Showing

    def _list(self) -> None:
        chosen = self._all.choose(self._filter, self._kept, self.desk.today())
        self._shown = lines(chosen, self._group)
        self._rows.show(
            columns(self._all.order, chosen, self.meeting.head, self._sort, bool(self._marked)),
            self._shown,
            self._empty(),
            header=bool(chosen),
            build=self._row,
            key=key_of,
        )
        self._show_title()
        self._show_story()

    def _show_title(self) -> None:
        shown = self._items()
        late = overdue(shown, self.desk.today())
        unread = self._all.unread
        parts = [
            f"{len(self._marked):,} marked" if self._marked else "",
            f"{hidden:,} of them not shown" if (hidden := self.out_of_sight()) else "",
            f"{len(shown):,} of {len(self._all.order):,}",
            f"{late:,} overdue" if late else "",
            self._progress,
            f"{unread} meeting{'s' * (unread != 1)} cannot be read" if unread else "",
        ]
        panel = self.query_one("#list", Panel)
        panel.show_title(self._title() + WORDS[self._sort], " · ".join(filter(None, parts)))

    def _items(self) -> list[Item]:
        return [line for line in self._shown if not isinstance(line, Heading)]

    def _title(self) -> str:
        if not self._line.text.strip():
            return "Open"
        return "All" if self._filter == ItemFilter(states=None) else "Filtered"

    def _empty(self) -> str:
        if not self._all.order:
            return "No action items yet: a adds the first one."
        if self._line.text:
            more = "; is:all looks among what is done, too" if self._filter.states is not None else ""
            return f"Nothing passes this filter. Escape clears it{more}."
        return "Nothing is open. / and is:all show what was done."

    def _row(self, line: Item | Heading) -> Row:
        today = self.desk.today()
        if isinstance(line, Heading):
            return heading_row(line, today)
        limit = self.desk.config.items.carry_limit
        return item_row(line.item, self.meeting.head, today, limit, self._marked)

    def _show_story(self) -> None:
        line, today, static = self._selected_line(), self.desk.today(), self.query_one("#about", Static)
        if line is None:
            static.update(Content.styled("Nothing selected.", "$quiet"))
            return
        if isinstance(line, Heading):
            found = about_group(line.title, [each.item for each in line.items], today)
        else:
            trail = self._all.trail(line.item.uid)
            found = about(line.promise, trail, self.meeting.head.team_names, today)
            if self.meeting.find(line.item.uid) is None:
                found += [Content(""), Content.styled(_closed(line.promise), "$quiet")]
        static.update(Content("\n").join(found))
        self.query_one("#story VerticalScroll", VerticalScroll).scroll_home(animate=False)

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Another item, another story."""
        self._show_story()

    # The filter and the order

    def do_search(self) -> None:
        """Open the filter."""
        self._line.enter()

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        """Filter as it is typed."""
        event.stop()
        self._filter = read_filter(event.text, self._all.names)
        if self._kept:
            self._kept = frozenset()
            self._put_in_order()
        said = self._filter.wrong or " · ".join(self._filter.describe(self._all.names))
        self._line.say(said if event.text.strip() else "", wrong=bool(self._filter.wrong))
        self._list()

    def on_filter_line_left(self, event: FilterLine.Left) -> None:
        """On into the list."""
        event.stop()
        self.set_focus(self._rows)

    def do_back(self) -> None:
        """Take the marks away, then clear the filter; with none, go back."""
        if self._marked and not self._line.typing:
            self.clear_marks()
        elif self._line.used:
            self._line.clear()
        else:
            super().do_back()

    def on_rows_left(self, event: Rows.Left) -> None:
        """Up from the first item is the filter, if it is open."""
        event.stop()
        if event.direction < 0 and self._line.has_class("open"):
            self._line.enter()

    def do_sort(self) -> None:
        """The next order; that by which the items are in groups already says nothing."""
        self._sort = _next(self._sort)
        if self._sort.value == self._group.value:
            self._sort = _next(self._sort)
        self._put_in_order()
        self._list()

    def do_group(self) -> None:
        """The next way of putting items together."""
        self._group = _next(self._group)
        if self._sort.value == self._group.value:
            self._sort = Sort.DUE
        self._put_in_order()
        self._list()

    # Marks

    def show_marks(self) -> None:
        """Draw the list with them."""
        self._list()
        self.show_around()

    def under_cursor(self) -> Sequence[str]:
        """The selected item, or those of the selected group."""
        line = self._selected_line()
        items = line.items if isinstance(line, Heading) else [line] if line is not None else []
        return [each.item.uid for each in items]

    def all_shown(self) -> Sequence[str]:
        """What the filter lets through."""
        return [each.item.uid for each in self._items()]

    def why_closed(self, uid: str) -> str:
        """In which meeting it stands."""
        return _closed(self._all.promise(uid))

    # Keys

    def hints(self) -> tuple[str, ...]:
        """What can be done with the selected item."""
        if self._line.typing:
            return ("back",)
        if self._marked:
            return ("tick", "hand_over", "drop", "export", "mark", "mark_all", "back")
        if self.selected() is not None:
            return (
                "tick",
                "edit",
                "search",
                "sort",
                "group",
                "mark",
                "hand_over",
                "export",
                "form",
                "minutes",
            )
        return ("search", "sort", "group", "minutes", "add", "home")

    def label_of(self, action_id: str) -> str:
        """In the words of what they do here."""
        names = {"search": "Filter", "add": "Action item", "form": "Everything"}
        if self._promise() is not None:
            names["minutes"] = "Its meeting"
        if self._marked and not self._line.typing:
            names["back"] = "No marks"
        elif self._line.used:
            names["back"] = "Clear the filter"
        return names.get(action_id, super().label_of(action_id))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Other keys in the line than in the list."""
        self.show_around()

    def _selected_line(self) -> Item | Heading | None:
        at = self._rows.cursor_index
        return self._shown[at] if at < len(self._shown) else None

    def _promise(self) -> Promise | None:
        line = self._selected_line()
        return line.promise if isinstance(line, Listed) else None

    def need_selected(self) -> Record:
        """The selected item. Raises UsageError when there is none, or when it stands in a closed meeting."""
        promise = self._promise()
        if self.selected() is None and promise is not None:
            raise UsageError(_closed(promise))
        return super().need_selected()

    def do_add(self) -> None:
        """Action items."""
        self.quick_add(ActionItem)

    def do_export(self) -> None:
        """Export the items that are marked, or else all that the filter lets through."""
        shown = [each for each in self._items() if not self._marked or each.item.uid in self._marked]
        self.accord.export(self.meeting.head.number, [each.promise for each in shown])

    def do_minutes(self) -> None:
        """Those of the meeting in which the selected item was raised; Escape comes back to it."""
        promise = self._promise()
        if promise is None:
            super().do_minutes()
            return
        number = promise.item.raised_in or promise.head.number
        self.app.push_screen(MinutesScreen(number, (promise.item.title,)))


T = TypeVar("T", Sort, Group)


def _next(value: T) -> T:
    values = list(type(value))
    return values[(values.index(value) + 1) % len(values)]


def _closed(promise: Promise) -> str:
    head = promise.head
    if head.state is MeetingState.CLOSED:
        return f"That item is in closed meeting {head.number}; it does not change."
    return f"That item is in meeting {head.number}, which waits until the reopened one is closed again."
