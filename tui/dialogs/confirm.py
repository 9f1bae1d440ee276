"""A question that is answered with yes or no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.dialogs.base import Asked, Box, Dialog, Keys


class Confirm(Dialog[bool]):
    """Asks; Enter says yes and Escape no, and no other key anything: a letter may have been meant for a field.

    `yes` and `no` say what each does.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", show=False),
        Binding("escape", "answer(False)", show=False),
    ]

    def __init__(self, question: str, detail: str = "", yes: str = "Yes", no: str = "No") -> None:
        super().__init__()
        self._question, self._detail = question, detail
        self._answers = (yes, no)

    def compose(self) -> ComposeResult:
        """The question, what there is to know, and the two answers."""
        with Box():
            yield Asked(self._question, self._detail)
            yes, no = self._answers
            yield Keys(("answer(True)", "Enter", yes), ("answer(False)", "Esc", no))

    def action_answer(self, answer: bool) -> None:
        """Close with that answer."""
        self.dismiss(answer)
