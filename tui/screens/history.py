"""Every meeting, newest first, with its figures. Enter opens its minutes."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from meetings.dates import show_day, show_minutes
from meetings.errors import StoreError, UsageError
from meetings.figures import show_rate
from meetings.flow.overview import Summary, summary
from meetings.kinds import MeetingState
from tui.bindings import bindings_for
from tui.dialogs.inputs import Line
from tui.keys import HISTORY
from tui.screens.minutes import MinutesScreen
from tui.screens.place import PlaceBar, PlaceScreen
from tui.widgets.columns import Column, plain
from tui.widgets.key_bar import KeyBar
from tui.widgets.panel import Panel
from tui.widgets.row import Row
from tui.widgets.rows import Rows

COLUMNS = (
    Column("number", "#", max_width=6, align="right"),
    Column("date", "Date", max_width=15),
    Column("here", "Here", max_width=4, align="right", priority=4),
    Column("present", "Present", flex=1, min_width=20, priority=6),
    Column("done", "Done", max_width=16, align="right"),
    Column("rating", "Rating", max_width=6, align="right", priority=1),
    Column("time", "Time", max_width=16, align="right", priority=2),
    Column("decisions", "Decided", max_width=7, align="right", priority=5),
    Column("wins", "Wins", max_width=4, align="right", priority=5),
    Column("items", "Items", max_width=5, align="right", priority=3),
)
AMENDED = Column("amended", "Amended", max_width=9, priority=1)
"""Shown once a meeting has been."""
FIRST, BATCH = 40, 400
"""Meetings that are shown as soon as they are read, and after how many more the list is filled up again."""


@dataclass(frozen=True)
class Entry:
    """A meeting in the list: what it came to, or why it cannot be read."""

    number: int
    found: Summary | None
    why: str = ""

    def has(self, words: list[str]) -> bool:
        """Whether all these words (in lower case) are in what the list says of it."""
        if not words:
            return True
        text = f"#{self.number} {self.why}"
        if self.found is not None:
            day = self.found.date
            text += (
                f" {show_day(day, day)} {day.isoformat()} {self.found.name} {' '.join(self.found.present)}"
            )
            text += f" {self.found.state.value}"
        text = text.casefold()
        return all(word in text for word in words)


NOT_FOUND = "No meeting has these words in its name, date or figures. Esc clears the filter."


class HistoryScreen(PlaceScreen):
    """All meetings. The newest are there at once, the others as they are read."""

    place = HISTORY
    BINDINGS = bindings_for(HISTORY)
    DEFAULT_CSS = """
    HistoryScreen #filter { height: 1; display: none; padding: 0 1; }
    HistoryScreen #filter.open { display: block; }
    HistoryScreen #filter Static { width: 2; color: $brand; text-style: bold; }
    HistoryScreen #filter Input {
        width: 1fr; height: 1; border: none; padding: 0 1; background: $field; color: $ink;
    }
    HistoryScreen #filter Input:focus { background-tint: $ink 0%; }
    HistoryScreen #filter Input>.input--placeholder { color: $quiet; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self._present: Entry | None = None
        self._read_for: object = None
        self._reading = False

    def compose(self) -> ComposeResult:
        """The filter and the list."""
        yield PlaceBar()
        with Panel(title="Every meeting"):
            with Horizontal(id="filter"):
                yield Static(Content("/"))
                yield Line(placeholder="a number, a day, a name")
            yield Rows(typed="", id="meetings")
        yield KeyBar()

    def on_mount(self) -> None:
        """The list has the focus."""
        self.set_focus(self.query_one(Rows))

    def heading(self) -> str:
        """What this is."""
        return "History"

    # Reading

    def show(self) -> None:
        """What is known so far, with the present meeting as it is now."""
        head = self.meeting.head
        self._present = Entry(head.number, summary(self.meeting))
        state = (head.uid, head.state)
        if self._read_for != state:
            self._read_for, self._reading = state, True
            self._read(head.number)
        self._list()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _read(self, present: int) -> None:
        """Read the other meetings, newest first, off the screen's thread."""
        worker, store = get_current_worker(), self.desk.workspace.store
        found: list[Entry] = []
        wanted = FIRST
        for number in reversed(store.numbers()):
            if worker.is_cancelled:
                return
            if number == present:
                continue
            try:
                found.append(Entry(number, summary(store.read(number))))
            except StoreError as error:
                found.append(Entry(number, None, error.message))
            if len(found) == wanted:
                wanted += BATCH
                self.app.call_from_thread(self._take, list(found), True)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, found, False)

    def _take(self, found: list[Entry], more: bool) -> None:
        self._entries, self._reading = found, more
        self._list()

    # Showing

    def _list(self) -> None:
        words = self._line.value.casefold().split()
        entries = [*([self._present] if self._present else []), *self._entries]
        entries.sort(key=lambda entry: -entry.number)
        chosen = [entry for entry in entries if entry.has(words)]
        count = f"{len(chosen):,} of {len(entries):,}" if words else f"{len(entries):,} meetings"
        if len(entries) == 1 and not words:
            count = "1 meeting"
        figure = f"{count} · reading…" if self._reading else count
        self.query_one(Panel).show_title(figure=figure)
        amended = any(entry.found is not None and entry.found.amendments for entry in chosen)
        self.query_one(Rows).show(
            (*COLUMNS[:2], AMENDED, *COLUMNS[2:]) if amended else COLUMNS,
            chosen,
            "No meeting has these words in its name, date or figures. Esc clears the filter."
            if words
            else "No meetings yet.",
            header=bool(chosen),
            build=self._row,
            key=lambda entry: str(entry.number),
        )
        self.show_around()

    def _row(self, entry: Entry) -> Row:
        found = entry.found
        if found is None:
            return Row(
                str(entry.number),
                {
                    "number": str(entry.number),
                    "date": Content.styled("cannot be read", "$off-track"),
                    "present": Content.styled(entry.why, "$quiet"),
                },
            )
        cells: dict[str, str | Content] = {
            "number": str(found.number),
            "date": show_day(found.date, self.desk.today()),
        }
        if found.state is MeetingState.PLANNED:
            cells["done"] = Content.styled("planned", "$quiet")
            return Row(str(entry.number), cells, dim=True)
        running = ("runs now  ", "$brand bold") if found.state is MeetingState.RUNNING else ""
        cells["here"] = _count(len(found.present))
        cells["present"] = Content.assemble(running, plain(", ".join(found.present)))
        share = found.done.share
        good = share is not None and share >= self.desk.config.items.done_rate
        cells |= {
            "done": Content.assemble(
                ("● " if good else "", "$on-track"),
                (show_rate(found.done.done, found.done.all), "$quiet" if share is None else "$ink"),
            ),
            "rating": Content.styled("n/a", "$quiet") if found.rating is None else f"{found.rating:.1f}",
            "time": f"{show_minutes(found.spent)} of {show_minutes(found.planned)}",
            "decisions": _count(found.decisions),
            "wins": _count(found.wins),
            "items": _count(found.items),
            "amended": {0: "", 1: "once", 2: "twice"}.get(found.amendments, f"{found.amendments} times"),
        }
        return Row(str(entry.number), cells)

    # The filter

    @property
    def _line(self) -> Line:
        return self.query_one("#filter Input", Line)

    def do_search(self) -> None:
        """Open the filter."""
        self.query_one("#filter").add_class("open")
        self.set_focus(self._line)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as it is typed."""
        event.stop()
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
        self.query_one("#filter").set_class(bool(self._line.value.strip()), "open")
        self.set_focus(self.query_one(Rows))

    def do_back(self) -> None:
        """Clear the filter; with none, go back."""
        if self._line.value or self.focused is self._line:
            self._line.value = ""
            self._leave_line()
        else:
            super().do_back()

    def on_rows_left(self, event: Rows.Left) -> None:
        """Up from the first meeting is the filter, if it is open."""
        event.stop()
        if event.direction < 0 and self.query_one("#filter").has_class("open"):
            self.set_focus(self._line)

    # Keys

    def hints(self) -> tuple[str, ...]:
        """Opening first."""
        if self.focused is not None and self.focused is self._line:
            return ("back",)
        return ("edit", "search", "save_minutes", "amend", "reopen", "all_actions", "home")

    def label_of(self, action_id: str) -> str:
        """In the words of what they do here."""
        names = {"edit": "Minutes", "search": "Filter"}
        if self._line.value or (self.focused is not None and self.focused is self._line):
            names["back"] = "Clear the filter"
        return names.get(action_id, super().label_of(action_id))

    async def on_rows_activated(self, event: Rows.Activated) -> None:
        """Enter or a double click."""
        event.stop()
        await self.action_act("edit")

    def do_edit(self) -> None:
        """Open the minutes of the selected meeting."""
        self.app.push_screen(MinutesScreen(self._number()))

    def do_minutes(self) -> None:
        """The same."""
        self.do_edit()

    def do_save_minutes(self) -> None:
        """Save the minutes of the selected meeting."""
        number = self._number()
        if number == self.meeting.head.number:
            self.accord.save_minutes(self.meeting)
        else:
            self.accord.save_minutes(self.desk.workspace.store.read(number))

    def amended(self, number: int) -> None:
        """It is listed with what was added."""
        self._read_for = None
        self.show()

    def do_amend(self) -> None:
        """Add to the selected meeting, which is closed."""
        self.ask_amendment(self._number())

    def _number(self) -> int:
        key = self.query_one(Rows).cursor_key
        if not key:
            raise UsageError("Select a meeting first.")
        return int(key)


def _count(number: int) -> str | Content:
    return str(number) if number else Content.styled("–", "$quiet")
