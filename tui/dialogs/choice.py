"""A choice between a few ways to go on, each with its letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from tui.dialogs.base import Asked, Box, Dialog, Keys

Option = tuple[str, str, str]
"""What is answered, the letter that chooses it (empty: none does), and its words."""


class _Line(Static):
    """One of the ways to go on."""

    def __init__(self, option: Option) -> None:
        self.option = option
        letter = f"{option[1]}  " if option[1] else ""
        super().__init__(Content.assemble((letter, "$brand bold"), option[2]), classes="option")

    class Clicked(Message):
        """It was clicked."""

        def __init__(self, answer: str) -> None:
            super().__init__()
            self.answer = answer

    def on_click(self) -> None:
        """Choose it."""
        self.post_message(self.Clicked(self.option[0]))


class Choice(Dialog[str | None]):
    """Asks for one of the options; a letter, or the arrows and Enter. Escape answers None.

    Where the options have no letters, no letter does anything: it may have been meant for a field. `back` says
    what Escape does.
    """

    DEFAULT_CSS = """
    Choice .option { height: auto; width: 1fr; padding: 0 1; color: $ink; }
    Choice .option.chosen { background: $cursor; text-style: bold; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k,shift+tab", "move(-1)", show=False),
        Binding("down,j,tab", "move(1)", show=False),
        Binding("enter", "choose", show=False),
        Binding("escape", "back", show=False),
    ]

    def __init__(self, title: str, detail: str, options: Sequence[Option], back: str = "Not now") -> None:
        super().__init__()
        self._back = back
        self._title, self._detail, self._options = title, detail, tuple(options)
        self.around += len(self._options) + 1
        self._at = 0

    def compose(self) -> ComposeResult:
        """What it is about, then the options."""
        with Box():
            yield Asked(self._title, self._detail)
            for at, option in enumerate(self._options):
                line: Widget = _Line(option)
                line.set_class(at == 0, "chosen")
                line.set_class(at == 0, "gap")
                yield line
            yield Keys(("choose", "Enter", "Choose"), ("back", "Esc", self._back))

    def on_key(self, event: events.Key) -> None:
        """A letter chooses at once."""
        letters = {key: answer for answer, key, _ in self._options if key}
        if event.character in letters or (not letters and event.is_printable):
            event.stop()
            event.prevent_default()
            if letters:
                self.dismiss(letters[event.character or ""])

    def on__line_clicked(self, event: _Line.Clicked) -> None:
        """A click chooses at once."""
        event.stop()
        self.dismiss(event.answer)

    def action_move(self, by: int) -> None:
        """Go up or down."""
        self._at = (self._at + by) % len(self._options)
        for at, line in enumerate(self.query(_Line)):
            line.set_class(at == self._at, "chosen")

    def action_choose(self) -> None:
        """Answer with the option under the cursor."""
        self.dismiss(self._options[self._at][0])

    def action_back(self) -> None:
        """Choose none."""
        self.dismiss(None)
