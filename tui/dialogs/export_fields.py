"""What can be chosen of an export: a few lines, each with its title, of which only those are shown that matter."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from meetings.exchange.formats import MINUTES
from tui.dialogs.export_files import ALL, FORMATS, ITEMS_OF, MINUTES_OF, ONE, OPEN, RANGE, SHOWN, Wish
from tui.dialogs.inputs import Line
from tui.dialogs.picker import Option, Picker
from tui.widgets.columns import wrap

TO_CHOOSE: Sequence[Option] = ((MINUTES_OF, "Minutes"), (ITEMS_OF, "Action items"))


RANGE_BEGINS = tuple("0123456789.")
FORMAT_LINES = 3
"""Lines that the formats may take: so all of them are seen on a screen of 80 columns."""
SHORT = 20
"""Lines of a screen below which a sentence has two of them at most, and the formats one."""


class Pair(Horizontal):
    """A title and what it is the title of."""

    DEFAULT_CSS = """
    Pair { height: auto; }
    Pair > .title { width: 10; height: auto; color: $quiet; }
    Pair > Line, Pair > Picker { width: 1fr; }
    Pair.here > .title { color: $brand; text-style: bold; }
    """

    def __init__(self, title: str, control: Widget, *, id: str | None = None) -> None:
        super().__init__(Static(title, classes="title", markup=False), control, id=id)

    def on_descendant_focus(self) -> None:
        """Its title says where one is."""
        self.add_class("here")

    def on_descendant_blur(self) -> None:
        """Not here any more."""
        self.remove_class("here")


class ExportFields(Vertical):
    """The lines. `formats` are those that were chosen last, for minutes and for action items."""

    DEFAULT_CSS = """
    ExportFields { height: auto; }
    ExportFields #cannot { color: $quiet; padding: 0 1; }
    """

    class Changed(Message):
        """Something else is wished for."""

    def __init__(self, what: str, number: int, shown: int | None, formats: dict[str, str]) -> None:
        super().__init__()
        self._number, self._shown, self._formats = number, shown, dict(formats)
        self._what = Picker(TO_CHOOSE, what, id="what")
        self._which = Picker(self._choices(), None, id="which")
        self._span = Line(placeholder="12..20, 12.., 2026-10-01..2026-12-31", id="span")
        self._format = Picker(self._written_as(), self._formats.get(what), id="format")
        self._split = Picker(self._ways(), False, id="split")

    def compose(self) -> ComposeResult:
        """Every line."""
        yield Pair("What", self._what)
        yield Pair("Which", self._which)
        yield Pair("Range", self._span)
        yield Pair("Format", self._format)
        yield Pair("Not kept", Static(id="cannot"))
        yield Pair("Files", self._split)

    def on_mount(self) -> None:
        """Those that matter."""
        self._give_room()
        self._bring_up_to_date()

    @property
    def wish(self) -> Wish:
        """What is chosen."""
        return Wish(
            self._what.value,
            self._which.value,
            self._span.value.strip() if self._which.value == RANGE else "",
            self._format.value,
            self._split.value,
        )

    # What there is to choose

    def _choices(self) -> list[Option]:
        of_one = (ONE, f"Meeting {self._number}")
        if self._what.value == MINUTES_OF:
            return [of_one, (RANGE, "A range"), (ALL, "All held")]
        shown = [(SHOWN, f"Those shown: {self._shown:,}")] if self._shown is not None else []
        return [*shown, (OPEN, "All open"), of_one] if shown else [of_one, (OPEN, "All open")]

    def _written_as(self) -> list[Option]:
        forms = FORMATS[self._what.value].values()
        return [(form.name, form.title) for form in forms]

    def _ways(self) -> list[Option]:
        if self._what.value == ITEMS_OF:
            return [(False, "One file"), (True, "One for each owner")]
        if self._which.value == ONE:
            return [(False, "One file")]
        one = [(False, "One file")] if MINUTES[self._format.value].several else []
        return [*one, (True, "One for each meeting")]

    def on_picker_changed(self, event: Picker.Changed) -> None:
        """One choice decides what the others are."""
        event.stop()
        if event.picker is self._format:
            self._formats[self._what.value] = self._format.value
        self._bring_up_to_date()
        self.post_message(self.Changed())

    def on_key(self, event: events.Key) -> None:
        """What is typed where a range is chosen is the range."""
        if self._which.has_focus and self._which.value == RANGE and event.character in RANGE_BEGINS:
            event.stop()
            self._span.focus()
            self._span.insert_text_at_cursor(event.character or "")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another range."""
        event.stop()
        self.post_message(self.Changed())

    def _bring_up_to_date(self) -> None:
        what = self._what.value
        self._which.offer(self._choices())
        self._format.offer(self._written_as())
        if self._format.value != self._formats.get(what, self._format.value):
            with self.prevent(Picker.Changed):
                self._format.value = self._formats[what]
        ways = self._ways()
        self._split.offer(ways)
        self._show(self._span, self._which.value == RANGE)
        self._show(self._split, len(ways) > 1 or ways[0][0])
        self._say_what_is_lost()

    def _say_what_is_lost(self) -> None:
        """In few lines, so that the text keeps its room."""
        line = self.query_one("#cannot", Static)
        most = 3 if self.app.size.height >= SHORT else 2
        room = line.content_region.width or self.app.size.width
        line.update(Content("\n".join(wrap(self.wish.format.cannot, room, most))))

    def on_resize(self, event: events.Resize) -> None:
        """Other words fit."""
        self._give_room()
        self.call_after_refresh(self._say_what_is_lost)

    def _give_room(self) -> None:
        self._format.allow(FORMAT_LINES if self.app.size.height >= SHORT else 1)

    def _show(self, control: Widget, shown: bool) -> None:
        assert control.parent is not None
        control.parent.display = shown
