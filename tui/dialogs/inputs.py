"""The fields of dialogs, of one line and of several: what is pasted into them is clean, and nothing is lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from rich.highlighter import Highlighter
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.suggester import Suggester
from textual.widgets import TextArea

from meetings.text import clean, split_lines
from tui.widgets.columns import fit, plain, width_of
from tui.widgets.shown_input import ShownInput

if TYPE_CHECKING:
    from tui.app import AccordApp

KEYS = 64
"""Keys that a field remembers."""


class _First(Suggester):
    """The first of what is offered that begins as typed, in grey behind the cursor."""

    def __init__(self, offers: Callable[[str], Sequence[str]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._offers = offers

    async def get_suggestion(self, value: str) -> str | None:
        """What goes on from `value`, in its own spelling so far."""
        typed = value.casefold()
        found = next((text for text in self._offers(value) if text.casefold().startswith(typed)), None)
        return None if found is None else value + found[len(value) :]


class Field:
    """A field that knows which keys have come to it, so that none is given to it twice."""

    _seen: deque[events.Key]

    def has_seen(self, event: events.Key) -> bool:
        """Whether the key came to this field."""
        return any(event is seen for seen in self._seen)

    async def _on_key(self, event: events.Key) -> None:
        self._seen.append(event)


class Line(Field, ShownInput):
    """A field of one line. `offers` gives what completes it: the right arrow takes it.

    With `whole` its text is selected when the field is entered, so that typing replaces it.
    """

    def __init__(
        self,
        text: str = "",
        placeholder: str = "",
        *,
        offers: Callable[[str], Sequence[str]] | None = None,
        password: bool = False,
        highlighter: Highlighter | None = None,
        whole: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(
            clean(text),
            plain(placeholder),
            suggester=_First(offers) if offers else None,
            password=password,
            highlighter=highlighter,
            select_on_focus=whole,
            compact=True,
            id=id,
        )
        self._seen = deque(maxlen=KEYS)
        self.cursor_blink = False

    def go_on_from(self, text: str) -> None:
        """Put a text before what may have been typed already, and the cursor at the end."""
        self.value = text + self.value
        self.cursor_position = len(self.value)

    def render_line(self, y: int) -> Strip:
        """While it is not typed in it shows the beginning, and a sign where it goes on."""
        room = self.scrollable_content_region.width
        if y or self.has_focus or self.password or width_of(self.value) <= room:
            return super().render_line(y)
        return Strip([Segment(fit(self.value, room), self.rich_style)])

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._take(event.text)

    def action_paste(self) -> None:
        """Paste what was copied in this app."""
        self._take(self.app.clipboard)

    def _take(self, text: str) -> None:
        lines = split_lines(text)
        if lines:
            self.take_lines(lines)

    def take_lines(self, lines: Sequence[str]) -> None:
        """Put what was pasted in place of what is marked: several lines become one."""
        self.replace(" ".join(lines), *self.selection)


class Area(Field, TextArea):
    """A field of several lines, with the cursor at its end. Tab leaves it, Ctrl+G opens it in the person's editor."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+g", "edit_outside", show=False)]

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        super().__init__(
            clean(text, lines=True),
            compact=True,
            soft_wrap=True,
            tab_behavior="focus",
            highlight_cursor_line=False,
            id=id,
        )
        self._seen = deque(maxlen=KEYS)
        self._outside: list[Path] = []
        """Files of the person's editor that hold what is here, until it is saved."""
        self.cursor_blink = False
        self.move_cursor(self.document.end)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._take(event.text)

    def action_paste(self) -> None:
        """Paste what was copied in this app."""
        self._take(self.app.clipboard)

    def _take(self, text: str) -> None:
        self.replace(clean(text, lines=True), *self.selection, maintain_selection_offset=False)

    def action_edit_outside(self) -> None:
        """Edit the text in the person's own editor; Ctrl+Z here takes that back."""
        if self.read_only:
            return
        from tui.machine.editing import edit_outside

        edited = edit_outside(cast("AccordApp", self.app), self.text)
        if edited is not None:
            text, file = edited
            self._outside.append(file)
            self.replace(text, self.document.start, self.document.end, maintain_selection_offset=False)
            self.move_cursor(self.document.end)

    def on_unmount(self) -> None:
        """What was edited outside is taken over now, unless the app is ending with it."""
        if self._outside and not self.app._exit and self.app._exception is None:
            from tui.machine import texts

            for file in self._outside:
                texts.end(file)
