"""The line in which a list is filtered or searched as one types; under it what was understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.dialogs.inputs import Line
from tui.widgets.columns import plain


class FilterLine(Vertical):
    """A field that is there while it is used. `offers` gives what completes it: the right arrow takes it.

    Enter and the down arrow leave it for the list; it stays visible while something is typed in it.
    """

    DEFAULT_CSS = """
    FilterLine { height: auto; display: none; padding: 0 1; }
    FilterLine.open { display: block; }
    FilterLine Horizontal { height: 1; }
    FilterLine #sign { width: 2; color: $brand; text-style: bold; }
    FilterLine Input { width: 1fr; height: 1; border: none; padding: 0 1; background: $field; color: $ink; }
    FilterLine Input:focus { background-tint: $ink 0%; }
    FilterLine Input>.input--placeholder, FilterLine Input>.input--suggestion { color: $quiet; }
    FilterLine #said { height: auto; padding: 0 0 0 3; color: $quiet; display: none; }
    FilterLine #said.wrong { color: $off-track; }
    """

    class Changed(Message):
        """Something else is typed now."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """Enter, or down: on into the list."""

    def __init__(
        self, placeholder: str, *, offers: Callable[[str], Sequence[str]] | None = None, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._line = Line(placeholder=placeholder, offers=offers)

    def compose(self) -> ComposeResult:
        """The sign of its key, the field, and what is said of it."""
        with Horizontal():
            yield Static(Content("/"), id="sign")
            yield self._line
        yield Static(id="said")

    @property
    def text(self) -> str:
        """What is typed."""
        return self._line.value

    @property
    def typing(self) -> bool:
        """Whether the field has the focus."""
        return self._line.has_focus

    @property
    def used(self) -> bool:
        """Whether there is something to clear or to leave."""
        return bool(self.text) or self.typing

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Say under the field what was understood, or what means nothing; nothing when empty."""
        said = self.query_one("#said", Static)
        said.update(Content(plain(text)))
        said.set_class(wrong, "wrong")
        said.display = bool(text)

    def enter(self) -> None:
        """Open it, with the focus."""
        self.add_class("open")
        self.screen.set_focus(self._line)

    def clear(self) -> None:
        """Empty it and leave it."""
        self._line.value = ""
        self._leave()

    def _leave(self) -> None:
        self.set_class(bool(self.text.strip()), "open")
        self.post_message(self.Left())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Told as it is typed."""
        event.stop()
        self.post_message(self.Changed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on into the list."""
        event.stop()
        self._leave()

    def on_key(self, event: events.Key) -> None:
        """Down does, too."""
        if event.key == "down" and self.typing:
            event.stop()
            event.prevent_default()
            self._leave()
