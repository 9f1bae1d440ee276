"""Every action item of every meeting, each once as it stands now; filtered by words, with its story beside it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from meetings.errors import UsageError
from meetings.flow.filter_words import completions
from meetings.flow.item_filter import ItemFilter
from meetings.flow.item_order import Listed
from meetings.kinds import MeetingState
from meetings.model import ActionItem, Record
from meetings.store.archive import Promise
from tui.bindings import bindings_for
from tui.keys import ITEMS
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
from tui.screens.items_in_view import ItemsInView
from tui.screens.minutes import MinutesScreen
from tui.screens.place import PlaceBar, PlaceScreen
from tui.screens.story import about, about_group
from tui.widgets.key_bar import KeyBar
from tui.widgets.panel import Panel
from tui.widgets.row import Row
from tui.widgets.rows import Rows

HINT = "words  @Sam  #sales  is:done  is:all  overdue  kind:training  #12"


class ActionsScreen(PlaceScreen, ItemsInView):
    """All action items in a list, and the story of the selected one."""

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

    # Showing

    def show_list(self) -> None:
        """The list, what it counts, and the story beside it."""
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
        self.show_counts()
        self._show_story()

    def show_counts(self) -> None:
        """In the edge of the list."""
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

    def _title(self) -> str:
        if not self._line.text.strip():
            return "Open"
        return "All" if self._filter == ItemFilter(states=None) else "Filtered"

    def _empty(self) -> str:
        if not self._all.order:
            return f"No action items yet: {self.accord.key_of('add')} adds the first one."
        if self._line.text:
            more = "; is:all looks among what is done, too" if self._filter.states is not None else ""
            return f"Nothing passes this filter. {self.accord.key_of('back')} clears it{more}."
        return f"Nothing is open. {self.accord.key_of('search')} and is:all show what was done."

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

    # The filter

    def do_search(self) -> None:
        """Open the filter."""
        self._line.enter()

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

    # Marks

    def show_marks(self) -> None:
        """Draw the list with them."""
        self.show_list()
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


def _closed(promise: Promise) -> str:
    head = promise.head
    if head.state is MeetingState.CLOSED:
        return f"That item is in closed meeting {head.number}; it does not change."
    return f"That item is in meeting {head.number}, which waits until the reopened one is closed again."
