"""Every meeting, newest first, with its figures; and a search in everything that was said. Enter opens the minutes."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult

from meetings.errors import AccordError, StoreError, UsageError
from meetings.flow.overview import summary
from meetings.kinds import MeetingState
from meetings.meeting import Meeting
from meetings.store.findings import Found, findings
from meetings.store.watch import Cancelled
from tui.bindings import bindings_for
from tui.keys import HISTORY
from tui.screens.filter_line import FilterLine
from tui.screens.hits import Hits
from tui.screens.meeting_rows import Entry, columns, entry_row
from tui.screens.minutes import MinutesScreen
from tui.screens.place import PlaceBar, PlaceScreen
from tui.waiting import Waiting
from tui.widgets.key_bar import KeyBar
from tui.widgets.panel import Panel
from tui.widgets.rows import Rows

FIRST, BATCH = 40, 400
"""Meetings that are shown as soon as they are read, and after how many more the list is filled up again."""


class HistoryScreen(PlaceScreen):
    """All meetings. The newest are there at once, the others as they are read."""

    place = HISTORY
    BINDINGS = bindings_for(HISTORY)
    DEFAULT_CSS = """
    HistoryScreen #said-panel { display: none; }
    HistoryScreen.searching #said-panel { display: block; }
    HistoryScreen.searching #meetings-panel { height: auto; }
    HistoryScreen.searching #meetings { height: auto; max-height: 5; }
    HistoryScreen.searching.short #meetings { max-height: 3; }
    HistoryScreen.searching.tiny #meetings { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self._present: Entry | None = None
        self._read_for: object = None
        self._progress = ""
        self._chosen: list[Entry] = []

    def compose(self) -> ComposeResult:
        """The line, the meetings, and what was found in them."""
        yield PlaceBar()
        with Panel(title="Every meeting", id="meetings-panel"):
            yield FilterLine("words that somebody said, or a number, a day, a name of a meeting")
            yield Rows(typed="", id="meetings")
        with Panel(title="Said", id="said-panel"):
            yield Hits(id="hits")
        yield KeyBar()

    def on_mount(self) -> None:
        """The list has the focus."""
        self.set_focus(self._meetings)

    def heading(self) -> str:
        """What this is."""
        return "History"

    @property
    def _meetings(self) -> Rows:
        return self.query_one("#meetings", Rows)

    @property
    def _hits(self) -> Hits:
        return self.query_one(Hits)

    @property
    def _line(self) -> FilterLine:
        return self.query_one(FilterLine)

    # Reading

    def show(self) -> None:
        """What is known so far, with the present meeting as it is now."""
        head = self.meeting.head
        self._present = Entry(head.number, summary(self.meeting))
        state = (head.uid, head.state)
        if self._read_for != state:
            self._read_for, self._progress = state, "reading…"
            self._read(head.number)
        self._list()

    @work(thread=True, exclusive=True, group="reading", exit_on_error=False)
    def _read(self, present: int) -> None:
        """Read the other meetings, newest first, off the screen's thread."""
        waiting, archive = Waiting(self.app, self._tell_progress), self.desk.archive
        found: list[Entry] = []
        wanted = FIRST
        numbers = [number for number in reversed(archive.store.numbers()) if number != present]
        try:
            for number, answer in archive.each(summary, waiting, numbers=numbers):
                if isinstance(answer, StoreError):
                    found.append(Entry(number, None, answer.message))
                else:
                    found.append(Entry(number, answer))
                if len(found) == wanted:
                    wanted += BATCH
                    waiting.answer(self._take, list(found), True)
        except Cancelled:
            return
        waiting.answer(self._take, found, False)

    def _tell_progress(self, done: int, all: int) -> None:
        self._progress = f"{done:,} of {all:,} read"
        self._show_title()

    def _take(self, found: list[Entry], more: bool) -> None:
        self._entries, self._progress = found, self._progress if more else ""
        self._list()

    @work(thread=True, exclusive=True, group="search", exit_on_error=False)
    def _search(self, words: str) -> None:
        """Look for the words in everything that was said, off the screen's thread; typing on begins anew."""
        waiting = Waiting(
            self.app, lambda done, all: self._hits.wait(words, f"{done:,} of {all:,} meetings searched")
        )
        try:
            found = findings(self.desk.archive.search(words, waiting))
        except Cancelled:
            return
        waiting.answer(self._take_hits, words, found)

    def _take_hits(self, words: str, found: Found) -> None:
        if words != self._line.text.strip():
            return
        self._hits.show_found(words, found, self.desk.today())
        hits, meetings = len(found.findings) + found.more, found.meetings
        counted = f"{hits:,} hit{'s' * (hits != 1)} in {meetings:,} meeting{'s' * (meetings != 1)}"
        if found.more:
            counted = f"the newest {len(found.findings):,} of {counted}"
        self.query_one("#said-panel", Panel).show_title(figure=counted if hits else "")
        self.show_around()

    # Showing

    def _list(self) -> None:
        words = self._line.text.casefold().split()
        entries = [*([self._present] if self._present else []), *self._entries]
        entries.sort(key=lambda entry: -entry.number)
        self._chosen = [entry for entry in entries if entry.has(words)]
        amended = any(entry.found is not None and entry.found.amendments for entry in self._chosen)
        self._meetings.show(
            columns(amended),
            self._chosen,
            "No meeting has these words in its number, day or names." if words else "No meetings yet.",
            header=bool(self._chosen),
            build=lambda entry: entry_row(entry, self.desk.today()),
            key=lambda entry: str(entry.number),
        )
        self._show_title()
        self.show_around()

    def _show_title(self) -> None:
        every = len(self._entries) + (self._present is not None)
        unread = sum(entry.found is None for entry in self._entries)
        count = f"{every:,} meeting{'s' * (every != 1)}"
        if self._line.text.strip():
            count = f"{len(self._chosen):,} of {every:,}"
        parts = (count, self._progress, f"{unread} cannot be read" if unread else "")
        self.query_one("#meetings-panel", Panel).show_title(figure=" · ".join(filter(None, parts)))

    # The line

    def do_search(self) -> None:
        """Open the line."""
        self._line.enter()

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        """Look as it is typed: in the list of meetings, and in all that was said in them."""
        event.stop()
        words = event.text.strip()
        self.set_class(bool(words), "searching")
        if words:
            self._hits.wait(words)
            self._search(words)
        else:
            self.workers.cancel_group(self, "search")
        self._list()

    def on_filter_line_left(self, event: FilterLine.Left) -> None:
        """On into what was found."""
        event.stop()
        searching = self.has_class("searching") and self._hits.count
        self.set_focus(self._hits if searching else self._meetings)

    def do_back(self) -> None:
        """Clear the line; with none, go back."""
        if self._line.used:
            self._line.clear()
            self.set_focus(self._meetings)
        else:
            super().do_back()

    def on_rows_left(self, event: Rows.Left) -> None:
        """From the line to the meetings, to what was said, and back."""
        event.stop()
        lists = [rows for rows in (self._meetings, self._hits) if rows.count and rows.region]
        at = lists.index(event.rows) + event.direction if event.rows in lists else -1
        if at < 0 and self._line.has_class("open"):
            self._line.enter()
        elif 0 <= at < len(lists):
            self.set_focus(lists[at])
            lists[at].move_to(0 if event.direction > 0 else -1)

    # Keys

    def hints(self) -> tuple[str, ...]:
        """Opening first."""
        if self._line.typing:
            return ("back",)
        can = {"amend": self._can_amend(), "reopen": self._can_reopen()}
        names = ("edit", "search", "trends", "save_minutes", "amend", "reopen", "all_actions", "home")
        return tuple(name for name in names if can.get(name, True))

    def _can_amend(self) -> bool:
        """Whether the selected meeting is closed, as far as that is known."""
        number = self._selected_number()
        entries = (*self._entries, self._present)
        found = next((one.found for one in entries if one is not None and one.number == number), None)
        return found is not None and found.state is MeetingState.CLOSED

    def _can_reopen(self) -> bool:
        """Whether the meeting that was closed last can run again."""
        try:
            self.to_reopen()
        except AccordError:
            return False
        return True

    def label_of(self, action_id: str) -> str:
        """In the words of what they do here."""
        names = {"edit": "Minutes"}
        if self._line.used:
            names["back"] = "Clear the search"
        return names.get(action_id, super().label_of(action_id))

    async def on_rows_activated(self, event: Rows.Activated) -> None:
        """Enter or a double click."""
        event.stop()
        await self.action_act("edit")

    def do_edit(self) -> None:
        """Open the minutes of the selected meeting."""
        number = self._number()
        find = self._hits.words_to_find() if self.rows() is self._hits else ()
        self.app.push_screen(MinutesScreen(number, find))

    def do_minutes(self) -> None:
        """The same."""
        self.do_edit()

    def in_minutes(self) -> Meeting:
        """The selected meeting."""
        number = self._number()
        return self.meeting if number == self.meeting.head.number else self.desk.workspace.store.read(number)

    def do_export(self) -> None:
        """Export, beginning with the selected meeting's."""
        self.accord.export(self._number())

    def amended(self, number: int) -> None:
        """It is listed with what was added."""
        self._read_for = None
        self.show()

    def do_amend(self) -> None:
        """Add to the selected meeting, which is closed."""
        self.ask_amendment(self._number())

    def _number(self) -> int:
        """The selected meeting, or the one in which the selected text stands."""
        number = self._selected_number()
        if not number:
            raise UsageError("Select a meeting first.")
        return number

    def _selected_number(self) -> int:
        """The same; 0 when there is none."""
        if self.rows() is self._hits and self._hits.number:
            return self._hits.number
        return int(self._meetings.cursor_key or 0)
