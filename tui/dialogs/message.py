"""Something that has to be read before going on."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from meetings.errors import AccordError
from tui.dialogs.base import Asked, Box, Dialog, Keys


class Message(Dialog[None]):
    """A sentence, and what to do about it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape", "close", show=False)]

    def __init__(self, title: str, sentence: str, hint: str = "") -> None:
        super().__init__()
        self._title, self._sentence, self._hint = title, sentence, hint

    @classmethod
    def of(cls, error: AccordError) -> Message:
        """What an error says."""
        return cls(error.title, error.message, error.hint)

    def compose(self) -> ComposeResult:
        """The sentence, the hint, and the way out."""
        with Box(title=self._title):
            yield Asked(self._sentence, self._hint, "quiet gap")
            yield Keys(("close", "Enter", "Close"))

    def action_close(self) -> None:
        """Close it."""
        self.dismiss(None)
