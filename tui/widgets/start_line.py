"""The way into a meeting: a button, and the agenda that the meeting will have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.widgets.columns import cut, plain, width_of

Agenda = tuple[str, int]
"""Its name in config.yaml and its length in minutes."""


class StartLine(Widget, can_focus=True):
    """Enter or a click starts; left and right choose another agenda, where there are several."""

    DEFAULT_CSS = """
    StartLine { height: 1; width: 1fr; background: $ground; color: $quiet; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "press", show=False),
        Binding("left", "choose(-1)", show=False),
        Binding("right", "choose(1)", show=False),
    ]

    class Pressed(Message):
        """Start, with that agenda (empty: the meeting has its own already)."""

        def __init__(self, agenda: str) -> None:
            super().__init__()
            self.agenda = agenda

    def __init__(self) -> None:
        super().__init__()
        self._label = ""
        self._agendas: tuple[Agenda, ...] = ()
        self._at = 0

    def show(self, label: str, agendas: Sequence[Agenda] = (), usual: str = "") -> None:
        """What the button says, and the agendas to choose from; `usual` is chosen until another is."""
        chosen = self.agenda if tuple(agendas) == self._agendas else usual
        self._label, self._agendas = label, tuple(agendas)
        self._at = next((at for at, (name, _) in enumerate(agendas) if name == chosen), 0)
        self.refresh()

    @property
    def agenda(self) -> str:
        """The agenda that is chosen; empty when there is nothing to choose."""
        return self._agendas[self._at][0] if self._agendas else ""

    def render(self) -> Content:
        """The button, then the agenda between arrows."""
        style = "$ground on $brand bold" if self.has_focus else "$brand on $field bold"
        button = Content.styled(f"  {self._label}  ", style)
        if not self._agendas:
            return button
        name, minutes = self._agendas[self._at]
        several = len(self._agendas) > 1
        length = f", {minutes} min"
        room = self.size.width - width_of(button.plain) - len(length) - (8 if several else 3)
        words = cut(plain(f"{name} agenda"), max(room, 6)) + length
        if not several:
            return Content.assemble(button, "   ", (words, "$quiet"))
        return Content.assemble(button, "   ", ("‹ ", "$brand"), (words, "$ink"), (" ›", "$brand"))

    def action_press(self) -> None:
        """Start."""
        self.post_message(self.Pressed(self.agenda))

    def action_choose(self, by: int) -> None:
        """Another agenda, round and round."""
        if self._agendas:
            self._at = (self._at + by) % len(self._agendas)
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """The button starts; what is right of it chooses."""
        place = event.get_content_offset(self)
        if place is None:
            return
        if place.x < width_of(self._label) + 4:
            self.action_press()
        else:
            self.action_choose(1)

    def on_focus(self) -> None:
        """It stands out more."""
        self.refresh()

    on_blur = on_focus
