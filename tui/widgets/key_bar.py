"""The line of keys at the bottom: what matters now, as many as fit, and always where help is."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.widgets.calm import Still

Hint = tuple[str, str, str]
"""An action's id, its key as people write it, and what it is called here."""


ALWAYS = ("next_step", "help")
"""Actions that never leave the line, and stand at its end."""
GAP = 3
"""Cells between two hints."""


class KeyBar(Still, Widget):
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
        self._urgent: tuple[Hint, ...] = ()
        self._spans: list[tuple[int, int, str]] = []

    @property
    def hints(self) -> tuple[Hint, ...]:
        """All of them, also those for which there is no room."""
        return (*self._urgent, *self._hints)

    def show(self, hints: Sequence[Hint]) -> None:
        """Show these, the most important first; the way on and the way to help always have their place."""
        ordered = tuple(sorted(hints, key=lambda hint: ALWAYS.index(hint[0]) if hint[0] in ALWAYS else -1))
        if ordered != self._hints:
            self._hints = ordered
            self.refresh()

    def show_urgent(self, hints: Sequence[Hint]) -> None:
        """Show these before all others for as long as they matter, whatever else is shown."""
        if tuple(hints) != self._urgent:
            self._urgent = tuple(hints)
            self.refresh()

    def render(self) -> Content:
        """As many as fit."""
        kept = [hint for hint in self._hints if hint[0] in ALWAYS]
        room = self.size.width - 2 - sum(_width(hint) + GAP for hint in kept) + GAP
        chosen: list[Hint] = []
        for hint in (*self._urgent, *self._hints[: len(self._hints) - len(kept)]):
            room -= _width(hint) + GAP
            if room < 0:
                break
            chosen.append(hint)
        chosen += kept
        parts: list[str | Content | tuple[str, str]] = []
        self._spans, at = [], 0
        for hint in chosen:
            if parts:
                parts.append(" " * GAP)
                at += GAP
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
