"""What an import would change, before it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.dialogs.base import Box, Dialog, Keys
from tui.widgets.unbroken import Words
from tui.words.import_summary import lines

if TYPE_CHECKING:
    from meetings.exchange.crm.plan import Plan
    from meetings.exchange.crm.result import LeadImport

WIDTH = 92
FRAME = 6
"""Columns that the box and the scrollbar take."""


class ImportPreview(Dialog[bool]):
    """Shows it. Enter answers True, Escape False; with nothing to change there is only the way back."""

    DEFAULT_CSS = f"ImportPreview Box {{ width: {WIDTH}; }}"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", show=False),
        Binding("escape", "back", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(self, imported: LeadImport, plan: Plan) -> None:
        super().__init__()
        self._imported, self._plan = imported, plan

    def compose(self) -> ComposeResult:
        """The lines, which scroll, and the keys."""
        with Box(title=f"{self._imported.product}: {self._imported.path.name}"):
            with VerticalScroll(classes="scrolled", can_focus=False):
                yield Words(id="lines")
            take = () if self._plan.empty else (("take", "Enter", "Import"),)
            yield Keys(*take, ("back", "Esc", "Back"))

    def on_resize(self, event: events.Resize) -> None:
        """The lines are made for the width."""
        super().on_resize(event)
        width = min(event.size.width, WIDTH) - FRAME
        found = lines(self._imported, self._plan, self.desk.meeting, width)
        self.query_one("#lines", Static).update(Content("\n").join(found))

    def action_scroll(self, by: int) -> None:
        """Go a line up or down."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Go a page up or down."""
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=by * max(scroll.size.height - 1, 1), animate=False)

    def action_take(self) -> None:
        """Take the numbers in."""
        self.dismiss(not self._plan.empty)

    def action_back(self) -> None:
        """Change nothing."""
        self.dismiss(False)
