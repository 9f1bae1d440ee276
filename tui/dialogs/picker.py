"""A field whose values are a closed set: all of them where they fit, else the present one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from tui.widgets.columns import cut, plain

Option = tuple[Any, str]
"""A value and its words."""


class Picker(Widget, can_focus=True):
    """Left and right (or Space) change the value, a letter goes to the next one that begins so, a click picks."""

    DEFAULT_CSS = """
    Picker { height: 1; width: 1fr; background: $field; color: $quiet; padding: 0 1; }
    Picker.tall { height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right,space", "step(1)", show=False),
        Binding("home", "go(0)", show=False),
        Binding("end", "go(-1)", show=False),
    ]

    class Changed(Message):
        """Another value is picked."""

        def __init__(self, picker: Picker) -> None:
            super().__init__()
            self.picker = picker

        @property
        def control(self) -> Picker:
            """The field."""
            return self.picker

    def __init__(self, options: Sequence[Option], value: Any, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines = 1
        self._options = tuple(options)
        self._at = self._place(value)

    def _place(self, value: Any) -> int:
        return next((at for at, (one, _) in enumerate(self._options) if one == value), 0)

    @property
    def value(self) -> Any:
        """The value that is picked."""
        return self._options[self._at][0] if self._options else None

    @value.setter
    def value(self, value: Any) -> None:
        self.action_go(self._place(value))

    def offer(self, options: Sequence[Option]) -> None:
        """Offer these instead; the value stays if it is among them, else it is the first."""
        if tuple(options) != self._options:
            value = self.value
            self._options = tuple(options)
            self._at = self._place(value)
            self.refresh(layout=self._lines > 1)

    def allow(self, lines: int) -> None:
        """Let the options take so many lines; it is as high as they need."""
        if lines != self._lines:
            self._lines = lines
            self.set_class(lines > 1, "tall")
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines that the options take."""
        return max(len(self._rows(width)), 1)

    def render(self) -> Content:
        """The options, the picked one between marks."""
        rows = self._rows(self.size.width)
        if not rows:
            return self._alone()
        parts: list[tuple[str, str]] = []
        for row in rows:
            for at, _, _ in row:
                picked = at == self._at
                style = f"$ink bold{' on $cursor' if self.has_focus else ''}" if picked else "$quiet"
                left, right = ("‹", "›") if picked else (" ", " ")
                parts.append((f"{left}{plain(self._options[at][1])}{right}", style))
            parts.append(("\n", ""))
        return Content.assemble(*parts[:-1])

    def _alone(self) -> Content:
        """The picked option, and which of how many it is."""
        if not self._options:
            return Content("")
        count = f"{self._at + 1} of {len(self._options)}"
        room = max(self.size.width - 4, 1)
        words = cut(plain(self._options[self._at][1]), room)
        after = f"  {count}" if cell_len(words) + 2 + len(count) <= room else ""
        return Content.assemble(("‹ ", "$brand"), (words, "$ink bold"), (" ›", "$brand"), (after, "$quiet"))

    def _rows(self, width: int) -> list[list[tuple[int, int, int]]]:
        """The options line by line, each with where it begins and ends; none when they do not fit."""
        rows: list[list[tuple[int, int, int]]] = [[]]
        start = 0
        for at, (_, words) in enumerate(self._options):
            size = cell_len(plain(words)) + 2
            if rows[-1] and start + size > width:
                rows.append([])
                start = 0
            rows[-1].append((at, start, start + size))
            start += size
        fits = len(rows) <= self._lines and all(row[-1][2] <= width for row in rows if row)
        return rows if fits and rows[0] else []

    def action_step(self, by: int) -> None:
        """Go to the next or the previous option, round and round."""
        if self._options:
            self.action_go((self._at + by) % len(self._options))

    def action_go(self, at: int) -> None:
        """Go to an option by its place."""
        at = at % max(len(self._options), 1)
        if at != self._at:
            self._at = at
            self.refresh()
            self.post_message(self.Changed(self))

    def on_focus(self) -> None:
        """The picked one stands out more."""
        self.refresh()

    on_blur = on_focus

    def on_key(self, event: events.Key) -> None:
        """A letter goes to the next option that begins with it."""
        if not event.character or not event.character.isalnum():
            return
        count = len(self._options)
        for at in ((self._at + by) % count for by in range(1, count + 1)):
            if self._options[at][1].casefold().startswith(event.character.casefold()):
                event.stop()
                event.prevent_default()
                self.action_go(at)
                return

    def on_click(self, event: events.Click) -> None:
        """Pick what is under the mouse; where only one is shown, the next."""
        place = event.get_content_offset(self)
        if place is None:
            return
        rows = self._rows(self.size.width)
        if not rows:
            self.action_step(-1 if place.x < 2 else 1)
            return
        for at, start, end in rows[min(place.y, len(rows) - 1)]:
            if start <= place.x < end:
                self.action_go(at)
