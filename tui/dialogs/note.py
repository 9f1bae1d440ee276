"""The editor of a note."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from meetings.text import clean
from tui.dialogs.base import Box, Dialog, Keys, said
from tui.dialogs.inputs import Area


class NoteEditor(Dialog[str | None]):
    """Edits a note. Both Escape and Ctrl+S keep what is there: nothing that was typed is lost."""

    DEFAULT_CSS = """
    NoteEditor Box { width: 90; height: 70%; min-height: 8; }
    NoteEditor TextArea { height: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+s", "keep", show=False, priority=True)]

    def __init__(self, title: str, text: str, private: bool = False) -> None:
        super().__init__()
        self._title, self._private = title, private
        self._area = Area(text)
        self._before = self._area.text

    def compose(self) -> ComposeResult:
        """The note, and who can read it."""
        with Box(title=self._title):
            yield said(
                "Private: only this machine has it; it is in no minutes, search or export."
                if self._private
                else "For everyone: it is part of the minutes.",
                "quiet",
            )
            yield self._area
            outside = () if self.desk.served else (("edit_outside", "Ctrl+G", "Editor"),)
            yield Keys(("keep", "Esc", "Keep and close"), *outside)

    def first_field(self) -> Area | None:
        """The field."""
        return self._area

    def ready_to_leave(self) -> bool:
        """Keep what was typed, and go on leaving."""
        if self._area.text == self._before:
            return True
        self.action_keep()
        self.accord.call_later(self.accord.leave)
        return False

    def action_edit_outside(self) -> None:
        """Open the note in the person's own editor."""
        self._area.action_edit_outside()

    def action_keep(self) -> None:
        """Answer with what is there."""
        self.dismiss(clean(self._area.text, lines=True))
