"""A question that is answered with a line of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from meetings.text import clean
from tui.dialogs.base import Asked, Box, Dialog, Keys
from tui.dialogs.inputs import Line
from tui.widgets.columns import plain


class Prompt(Dialog[str | None]):
    """Asks for one line. Enter gives it, Escape gives None; a `required` one may not be empty.

    `refuse` says in a sentence why a line cannot be taken (empty: it can); then the question stays. `offers` gives
    what completes it.
    A line that was left with Escape is offered again when the same is asked about the same.
    """

    around = 6
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False)]

    def __init__(
        self,
        title: str,
        detail: str = "",
        placeholder: str = "",
        initial: str = "",
        required: bool = False,
        password: bool = False,
        refuse: Callable[[str], str] | None = None,
        offers: Callable[[str], Sequence[str]] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._detail, self._required = title, detail, required
        self._initial, self._password = initial, password
        self._refuse = refuse
        self._line = Line(initial, placeholder, offers=offers, password=password)

    def compose(self) -> ComposeResult:
        """What is asked, the field, and what is wrong with it."""
        with Box():
            yield Asked(self._title, self._detail, "quiet")
            yield self._line
            yield Static(id="wrong", classes="wrong")
            yield Keys(("give", "Enter", "Take it"), ("back", "Esc", "Leave it"))

    def on_mount(self) -> None:
        """Offer again what was half typed."""
        self.query_one("#wrong").display = False
        kept = self._kept().get(self.key, "")
        if kept and not self._initial and not self._password:
            self._line.go_on_from(kept)

    @property
    def key(self) -> str:
        """By what a line that was left is kept in `half_typed`."""
        return f"{self._title}\n{self._detail}"

    def _kept(self) -> dict[str, str]:
        kept: dict[str, str] = getattr(self.app, "half_typed", {})
        return kept

    def first_field(self) -> Line | None:
        """The field."""
        return self._line

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self.action_give()

    def action_give(self) -> None:
        """Answer with the line."""
        text = self._line.value if self._password else clean(self._line.value)
        why_not = "A few words are needed here." if self._required and not text else ""
        if not why_not and self._refuse is not None:
            why_not = self._refuse(text)
        if why_not:
            wrong = self.query_one("#wrong", Static)
            wrong.update(Content(plain(why_not)))
            wrong.display = True
            return
        self._kept().pop(self.key, None)
        self.dismiss(text)

    def action_back(self) -> None:
        """Answer with nothing; what was typed is offered again."""
        if not self._password:
            self._kept()[self.key] = self._line.value
        self.dismiss(None)
