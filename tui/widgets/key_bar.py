"""The line of keys at the bottom: what matters now, as many as fit, and always where help is."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

Hint = tuple[str, str, str]
"""An action's id, its key as people write it, and what it is called here."""


class KeyBar(Widget):
    """Keys and their labels; a click does what the key does."""

    DEFAULT_CSS = """
    KeyBar { height: 1; dock: bottom; background: $ground; color: $quiet; padding: 0 1; }
    """

    class Chosen(Message):
        """A label was clicked."""

        def __init__(self, action_id: str) -> None:
            super().__init__()
            self.action_id = action_id

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[Hint, ...] = ()
        self._spans: list[tuple[int, int, str]] = []

    def show(self, hints: Sequence[Hint]) -> None:
        """Show these, the most important first; the last one (help) always has its place."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.refresh()

    def render(self) -> Content:
        """As many as fit."""
        if not self._hints:
            return Content("")
        *others, last = self._hints
        room = self.size.width - 2 - _width(last)
        chosen: list[Hint] = []
        for hint in others:
            room -= _width(hint) + 3
            if room < 0:
                break
            chosen.append(hint)
        chosen.append(last)
        parts: list[str | Content | tuple[str, str]] = []
        self._spans, at = [], 0
        for hint in chosen:
            if parts:
                parts.append("   ")
                at += 3
            action_id, key, label = hint
            parts += [(key, "$brand bold"), " ", (label, "$quiet")]
            self._spans.append((at, at + _width(hint), action_id))
            at += _width(hint)
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Do what the label under the mouse says."""
        at = event.x - 1
        for start, end, action_id in self._spans:
            if start <= at < end:
                self.post_message(self.Chosen(action_id))


def _width(hint: Hint) -> int:
    return cell_len(hint[1]) + 1 + cell_len(hint[2])
