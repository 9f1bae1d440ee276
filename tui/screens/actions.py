"""Every action item of every meeting, each once as it stands now; filtered by words, with its story beside it."""

from __future__ import annotations

import datetime as dt

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from meetings.errors import StoreError, UsageError
from meetings.flow.item_filter import ItemFilter, completions, read_filter
from meetings.kinds import ItemKind, ItemState, MeetingState
from meetings.measures.accountability import late_days, needs_choice
from meetings.meeting import Meeting
from meetings.model import ActionItem, Record
from meetings.session import Event
from meetings.store.archive import Ledger, Promise
from tui.bindings import bindings_for
from tui.dialogs.inputs import Line
from tui.keys import ITEMS
from tui.screens.home_rows import SIGNS, due_words
from tui.screens.place import PlaceBar, PlaceScreen
from tui.screens.records import RecordScreen
from tui.screens.story import about
from tui.theme import team_style
from tui.widgets.columns import Column, plain
from tui.widgets.key_bar import KeyBar
from tui.widgets.panel import Panel
from tui.widgets.row import Row
from tui.widgets.rows import Rows

COLUMNS = (
    Column("sign", width=1),
    Column("title", "Action item", flex=1, min_width=34),
    Column("owner", "Owner", max_width=14, priority=1),
    Column("team", "Team", max_width=12, priority=3),
    Column("kind", "Kind", max_width=10, priority=5),
    Column("due", "Due", max_width=16, align="right"),
    Column("carried", max_width=4, align="right", priority=4),
)
HINT = "words, owner:Sam team:marketing state:open|done|dropped|all kind:training overdue"


class ActionsScreen(PlaceScreen, RecordScreen):
    """All action items. Those of the meeting that accepts edits are there at once, the others when they are read."""

    place = ITEMS
    BINDINGS = bindings_for(ITEMS)
    DEFAULT_CSS = """
    ActionsScreen #body { layout: horizontal; height: 1fr; }
    ActionsScreen #list { width: 1fr; height: 1fr; }
    ActionsScreen #filter { height: 1; display: none; padding: 0 1; }
    ActionsScreen #filter.open { display: block; }
    ActionsScreen #filter Static { width: 2; color: $brand; text-style: bold; }
    ActionsScreen #filter Input {
        width: 1fr; height: 1; border: none; padding: 0 1; background: $field; color: $ink;
    }
    ActionsScreen #filter Input:focus { background-tint: $ink 0%; }
    ActionsScreen #filter Input>.input--placeholder { color: $quiet; }
    ActionsScreen #filter Input>.input--suggestion { color: $quiet; }
    ActionsScreen #wrong { height: auto; padding: 0 1; color: $off-track; display: none; }
    ActionsScreen #story { width: 40; height: 1fr; padding: 0 1; }
    ActionsScreen #story VerticalScroll { scrollbar-size-vertical: 1; }
    ActionsScreen #story Static { height: auto; }
    ActionsScreen.narrow #body { layout: vertical; }
    ActionsScreen.narrow #story { width: 1fr; height: 8; }
    ActionsScreen.tiny #story { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._before = Ledger()
        """What the meetings before the present one hold."""
        self._after: list[Meeting] = []
        """What is planned after it, while it is reopened."""
        self._read_for: object = None
        self._reading = False
        self._unread = 0
        self._ledger = Ledger()
        self._kept: frozenset[str] = frozenset()
        """Items that stay in the list although they no longer pass the filter: they were changed there."""
        self._filter = ItemFilter()

    def compose(self) -> ComposeResult:
        """The filter, the list, and the story of the selected item."""
        yield PlaceBar()
        with Container(id="body"):
            with Panel(title="Open", id="list"):
                with Horizontal(id="filter"):
                    yield Static(Content("/"))
                    yield Line(placeholder=HINT, offers=self._offers)
                yield Static(id="wrong")
                yield Rows(typed="", id="items")
            with Panel(title="Its story", id="story"), VerticalScroll(can_focus=False):
                yield Static(id="about")
        yield KeyBar()

    def on_mount(self) -> None:
        """The list has the focus."""
        rows = self.query_one("#items", Rows)
        rows.opener = self.opener
        self.set_focus(rows)

    def heading(self) -> str:
        """What this is."""
        return "Action items"

    # Reading

    def show(self) -> None:
        """What is known so far, with the present meeting as it is now."""
        head = self.meeting.head
        if self._read_for != head.uid:
            self._read_for, self._reading = head.uid, True
            self._read(head.number)
        self._gather()
        self._list()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _read(self, present: int) -> None:
        """Read all other meetings, off the screen's thread."""
        worker, store = get_current_worker(), self.desk.workspace.store
        before, after, unread = Ledger(), [], 0
        for number in store.numbers():
            if worker.is_cancelled:
                return
            if number == present:
                continue
            try:
                meeting = store.read(number)
            except StoreError:
                unread += 1
                continue
            if number < present:
                before.take(meeting)
            else:
                after.append(meeting)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, before, after, unread)

    def _take(self, before: Ledger, after: list[Meeting], unread: int) -> None:
        self._before, self._after, self._unread, self._reading = before, after, unread, False
        self._gather()
        self._list()

    def _gather(self) -> None:
        ledger = self._before.copy()
        for meeting in (self.meeting, *self._after):
            ledger.take(meeting)
        self._ledger = ledger

    # Showing

    def _list(self) -> None:
        today = self.desk.today()
        chosen = [
            promise
            for uid, promise in self._ledger.found.items()
            if uid in self._kept or self._filter.passes(promise.item, today)
        ]
        chosen.sort(key=self._order)
        total = len(self._ledger.found)
        late = sum(late_days(promise.item, today) > 0 for promise in chosen)
        parts = [
            f"{len(chosen):,} of {total:,}",
            f"{late} overdue" if late else "",
            "reading…" if self._reading else "",
            f"{self._unread} meeting{'s' * (self._unread != 1)} cannot be read" if self._unread else "",
        ]
        self.query_one("#list", Panel).show_title(self._title(), " · ".join(filter(None, parts)))
        self.query_one("#items", Rows).show(
            COLUMNS,
            chosen,
            self._empty(total),
            header=bool(chosen),
            build=self._row,
            key=lambda promise: promise.item.uid,
        )
        self._show_story()

    def _order(self, promise: Promise) -> tuple[int, int, str]:
        """Open items by their due dates, those without one last; then what is over, the latest first.

        What was changed here stays where it was.
        """
        item = promise.item
        if item.state is ItemState.OPEN or item.uid in self._kept:
            return (0, (item.due or dt.date.max).toordinal(), item.uid)
        return (1, -(item.done_on or promise.head.date).toordinal(), item.uid)

    def _title(self) -> str:
        if not self._typed.strip():
            return "Open"
        return "All" if self._filter == ItemFilter(states=None) else "Filtered"

    def _empty(self, total: int) -> str:
        if not total:
            return "No action items yet: a adds the first one."
        if self._typed:
            return "Nothing passes this filter. Escape clears it; state:all looks among what is done, too."
        return "Nothing is open. / and state:all show what was done."

    def _row(self, promise: Promise) -> Row:
        item, today = promise.item, self.desk.today()
        asks = needs_choice(item, today, self.desk.config.items.carry_limit)
        names = self.meeting.head
        return Row(
            item.uid,
            {
                "sign": Content.styled(
                    SIGNS[item.state], "$done" if item.state is ItemState.DONE else "$ink"
                ),
                "title": item.title,
                "owner": item.owner or Content.styled("no owner", "$at-risk"),
                "team": Content.styled(plain(names.team_name(item.team)), team_style(item.team)),
                "kind": Content.styled(
                    "" if item.kind is ItemKind.TASK else item.kind.value.replace("_", "-"), "$quiet"
                ),
                "due": due_words(item, today),
                "carried": Content.styled(
                    f"↻ {item.carried}" if item.carried else "", "$at-risk" if asks else "$quiet"
                ),
            },
            dim=item.state is not ItemState.OPEN,
        )

    def _show_story(self) -> None:
        promise = self._promise()
        if promise is None:
            self.query_one("#about", Static).update(Content.styled("Nothing selected.", "$quiet"))
            return
        lines = about(
            promise,
            self._ledger.trails.get(promise.item.uid, ()),
            self.meeting.head.team_names,
            self.desk.today(),
        )
        if self.meeting.find(promise.item.uid) is None:
            lines += [Content(""), Content.styled(_closed(promise), "$quiet")]
        self.query_one("#about", Static).update(Content("\n").join(lines))
        self.query_one("#story VerticalScroll", VerticalScroll).scroll_home(animate=False)

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Another item, another story."""
        self._show_story()

    def heard(self, event: Event) -> None:
        """What was changed here stays in view although the filter may not want it any more."""
        if event.kind in ("edit", "others"):
            rows = self.query_one("#items", Rows)
            self._kept = (
                frozenset(rows.row_key(at) for at in range(rows.count)) & self.meeting.action_items.keys()
            )
        super().heard(event)

    # The filter

    @property
    def _line(self) -> Line:
        return self.query_one("#filter Input", Line)

    @property
    def _typed(self) -> str:
        return self._line.value

    def _owners(self) -> list[str]:
        people = [person.name for person in self.meeting.people.values()]
        return list(dict.fromkeys([*people, *(p.item.owner for p in self._ledger.found.values())]))

    def _offers(self, typed: str) -> list[str]:
        return completions(typed, self.meeting.head.team_names, [name for name in self._owners() if name])

    def do_search(self) -> None:
        """Open the filter."""
        self.query_one("#filter").add_class("open")
        self.set_focus(self._line)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as it is typed."""
        event.stop()
        if event.input is not self._line:
            return
        self._filter = read_filter(event.value, self.meeting.head.team_names, self._owners())
        self._kept = frozenset()
        wrong = self.query_one("#wrong", Static)
        wrong.update(Content(plain(self._filter.wrong)))
        wrong.display = bool(self._filter.wrong)
        self._list()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on into the list."""
        event.stop()
        self._leave_line()

    def on_key(self, event: events.Key) -> None:
        """Down goes from the filter into the list."""
        if event.key == "down" and self.focused is self._line:
            event.stop()
            event.prevent_default()
            self._leave_line()

    def _leave_line(self) -> None:
        self.query_one("#filter").set_class(bool(self._typed.strip()), "open")
        self.set_focus(self.query_one("#items", Rows))

    def do_back(self) -> None:
        """Clear the filter; with none, go back."""
        if self._typed or self.focused is self._line:
            self._line.value = ""
            self._leave_line()
        else:
            super().do_back()

    def on_rows_left(self, event: Rows.Left) -> None:
        """Up from the first item is the filter, if it is open."""
        event.stop()
        if event.direction < 0 and self.query_one("#filter").has_class("open"):
            self.set_focus(self._line)

    # Keys

    def hints(self) -> tuple[str, ...]:
        """What can be done with the selected item."""
        if self.focused is not None and self.focused is self._line:
            return ("back",)
        if self.selected() is not None:
            return ("tick", "edit", "form", "search", "drop", "add", "home")
        return ("search", "add", "history", "home")

    def label_of(self, action_id: str) -> str:
        """In the words of what they do here."""
        names = {"search": "Filter", "add": "Action item", "form": "Everything"}
        if self._typed or (self.focused is not None and self.focused is self._line):
            names["back"] = "Clear the filter"
        return names.get(action_id, super().label_of(action_id))

    def _promise(self) -> Promise | None:
        return self._ledger.found.get(self.query_one("#items", Rows).cursor_key)

    def need_selected(self) -> Record:
        """The selected item. Raises UsageError when there is none, or when it stands in a closed meeting."""
        promise = self._promise()
        if self.selected() is None and promise is not None:
            raise UsageError(_closed(promise))
        return super().need_selected()

    def do_add(self) -> None:
        """Action items."""
        self.quick_add(ActionItem)


def _closed(promise: Promise) -> str:
    head = promise.head
    if head.state is MeetingState.CLOSED:
        return f"That item is in closed meeting {head.number}; it does not change."
    return f"That item is in meeting {head.number}, which waits until the reopened one is closed again."
