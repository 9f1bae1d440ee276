"""The line of quick add: its keys and what is pasted go to the panel first, and what is understood has its colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events

from tui.dialogs.adding import items_of
from tui.dialogs.inputs import Line

if TYPE_CHECKING:
    from tui.dialogs.quick_add import QuickAdd


class AddLine(Line):
    """The line itself. It gives its keys to the panel in the order in which they are typed."""

    def __init__(self, panel: QuickAdd, placeholder: str, highlighter: Highlighter) -> None:
        super().__init__("", placeholder, highlighter=highlighter, id="line")
        self._panel = panel

    async def _on_key(self, event: events.Key) -> None:
        if self._panel.take_key(event.key):
            event.stop()
            event.prevent_default()

    def take_lines(self, lines: Sequence[str]) -> None:
        """Of what was pasted the first line goes in here; the panel asks about the others."""
        found = items_of(lines)
        if found:
            self.replace(found[0], *self.selection)
        if found[1:]:
            self._panel.ask_about([items_of([self.value])[0], *found[1:]])


class Understood(Highlighter):
    """Colours what is understood in the line."""

    def __init__(self, panel: QuickAdd) -> None:
        self._panel = panel

    def highlight(self, text: Text) -> None:
        """Style the stretches."""
        for start, end, style in self._panel.stretches(text.plain):
            text.stylize(style, start, end)
