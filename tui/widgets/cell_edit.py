"""The one-line field that lies over a cell while it is edited, and the line under it that helps."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from textual import events
from textual.content import Content
from textual.geometry import Offset
from textual.strip import Strip
from textual.suggester import Suggester
from textual.widgets import Static

from meetings.text import clean, split_lines
from tui.key_order import KeysInOrder
from tui.widgets.columns import plain
from tui.widgets.shown_input import ShownInput
from tui.widgets.unseen import unseen

COUNT, NARROW, WIDE = 5, 12, 28
"""Cells that a field for a count, one for a figure with its unit, and one for text has at least."""
COUNTED = "0123456789.,"
"""What a count is typed with."""
SHOWN = 5
"""Suggestions named under the field."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What a cell's field is like.

    `initial` is in it at first, and selected when `select` (so that typing replaces it). `validate` returns a
    sentence when a text cannot be taken. `suggestions` are listed under the field; the right arrow takes the
    first. A `numeric` field may be narrow; one for a count takes digits alone, and any other key that writes
    takes the text as Enter does and is then the key that it is in the list.
    """

    column: str
    initial: str = ""
    select: bool = False
    validate: Callable[[str], str | None] | None = None
    suggestions: Callable[[str], Sequence[str]] | None = None
    placeholder: str = ""
    numeric: bool = False
    count: bool = False

    @property
    def width(self) -> int:
        """Cells that the field has at least."""
        return COUNT if self.count else NARROW if self.numeric else WIDE


class Editor(Protocol):
    """Whoever has put the field over its cell."""

    def finish_edit(self, direction: int = 0) -> bool: ...  # noqa: D102
    def cancel_edit(self) -> None: ...  # noqa: D102
    def leave_edit(self) -> None: ...  # noqa: D102


class EditHelp(Static):
    """The line under the field (over it at the foot of the screen): what is wrong, or what could be meant."""

    DEFAULT_CSS = """
    EditHelp {
        position: absolute;
        overlay: screen;
        constrain: inside inflect;
        margin: 0 0 1 0;
        width: auto;
        max-width: 72;
        height: auto;
        padding: 0 1;
        background: $field;
        color: $quiet;
        display: none;
        &.error { color: $off-track; display: block; }
        &.hint { display: block; }
    }
    """

    error_in: str | None = None
    """The text that the sentence finds fault with."""

    def say(self, text: str = "", *, error_in: str | None = None) -> None:
        """Show `text` (what is wrong with `error_in`, or a hint), or nothing."""
        self.error_in = error_in
        self.set_class(bool(text) and error_in is not None, "error")
        self.set_class(bool(text) and error_in is None, "hint")
        self.update(Content(plain(text)))


class _First(Suggester):
    """The first suggestion that begins with what is typed, in grey behind the cursor."""

    def __init__(self, suggestions: Callable[[str], Sequence[str]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._suggestions = suggestions

    async def get_suggestion(self, value: str) -> str | None:
        typed = value.casefold()
        found = next((s for s in self._suggestions(value) if s.casefold().startswith(typed)), None)
        return None if found is None else value + found[len(value) :]


class CellEdit(ShownInput):
    """The field. Enter, Tab and the up and down arrows take the text, Escape gives it back.

    It handles these keys itself, in the order in which they come, so that figures can be typed down a column
    as fast as a person or a slow line delivers them.
    """

    DEFAULT_CSS = """
    CellEdit {
        position: absolute;
        background: $field;
        color: $ink;
        &:focus { background-tint: $ink 0%; }
        &>.input--placeholder, &>.input--suggestion { color: $quiet; }
    }
    """

    def __init__(self, owner: Editor, key: str, edit: Edit) -> None:
        suggester = _First(edit.suggestions) if edit.suggestions else None
        super().__init__(
            clean(edit.initial),
            plain(edit.placeholder),
            suggester=suggester,
            select_on_focus=False,
            compact=True,
        )
        self.cursor_blink = False
        self.owner, self.key, self.edit = owner, key, edit
        self.closed = False
        self._clicked: tuple[Offset, float] | None = None
        """Where and when the click was that has opened it."""
        self._seen: deque[events.Key] = deque(maxlen=16)
        if edit.select:
            self.select_all()

    def opened_by_click(self) -> None:
        """A double click has opened it just now."""
        self._clicked = self.app.mouse_position, monotonic()

    def is_clicked_again(self) -> bool:
        """Whether the mouse is pressed now for the third of three quick clicks, of which two have opened it."""
        if self._clicked is None:
            return False
        place, moment = self._clicked
        soon = monotonic() - moment <= self.app.CLICK_CHAIN_TIME_THRESHOLD
        return soon and self.app.mouse_position == place

    async def _on_mouse_down(self, event: events.MouseDown) -> None:
        """The third of three quick clicks leaves what is marked as it is."""
        if self.is_clicked_again():
            event.stop()
            event.prevent_default()

    def has_seen(self, event: events.Key) -> bool:
        """Whether the key came through this field, rather than from the list before the field was there."""
        return any(event is seen for seen in self._seen)

    async def _on_key(self, event: events.Key) -> None:
        self._seen.append(event)
        finishes = {"enter": 0, "tab": 0, "shift+tab": 0, "down": 1, "up": -1}
        if self.closed:
            self._leave(event)
        elif event.key in finishes:
            self.owner.finish_edit(finishes[event.key])
        elif event.key == "escape":
            self.owner.cancel_edit()
        elif self.edit.count and event.is_printable and (event.character or "") not in COUNTED:
            if self.owner.finish_edit(0):
                self._leave(event)
        else:
            return
        event.stop()
        event.prevent_default()

    def render_line(self, y: int) -> Strip:
        """A hidden figure is one dot, however many digits it has."""
        return unseen(self, 1) if self.password and self.value and not y else super().render_line(y)

    def _leave(self, event: events.Key) -> None:
        """Leave a key to the list, before the keys that come after it."""
        if isinstance(self.app, KeysInOrder):
            self.app.again(event)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._insert_pasted(event.text)

    def action_paste(self) -> None:
        """Paste what was copied in this app."""
        self._insert_pasted(self.app.clipboard)

    def _insert_pasted(self, text: str) -> None:
        """Several lines become one."""
        if lines := split_lines(text):
            self.replace(" ".join(lines), *self.selection)

    def _on_blur(self, event: events.Blur) -> None:
        if self.app.app_focus and not self.closed and self.screen.focused is not self:
            self.owner.leave_edit()
