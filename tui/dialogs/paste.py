"""What pasted lines would become, before they are added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from meetings.model import main_field
from meetings.quickadd import Draft
from tui.dialogs.adding import NO_WORDS, Adding, many
from tui.dialogs.base import Box, Dialog, Keys, said
from tui.widgets.columns import Column, plain
from tui.widgets.row import Row
from tui.widgets.rows import Rows

LINES = 16
"""Lines of the list at most."""
AROUND = 7
"""Lines of the dialog besides the list."""

_COLUMNS = (
    Column("words", flex=3, min_width=16),
    Column("means", flex=2, min_width=20, priority=1),
)


class PastedLines(Dialog[bool]):
    """Shows each line with what is understood of it. Enter answers True; Escape keeps the first line in the field."""

    DEFAULT_CSS = """
    PastedLines Box { width: 92; }
    PastedLines Rows { margin-top: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", show=False, priority=True),
        Binding("escape", "back", show=False),
    ]

    def __init__(self, adding: Adding, lines: Sequence[str], drafts: Sequence[Draft]) -> None:
        """The drafts are what these lines mean, one for each."""
        super().__init__()
        self._adding, self._lines, self._drafts = adding, tuple(lines), tuple(drafts)
        self._good = sum(not draft.error for draft in drafts)

    def compose(self) -> ComposeResult:
        """The question, the lines, and the keys."""
        count, kind = len(self._lines), self._adding.kind
        lines = f"{count} lines" if self._good == count else f"{self._good} of {count} lines"
        question = (
            f"Add {lines} as {many(kind, self._good)}?" if self._good else "None of these can be added."
        )
        with Box():
            yield said(question, "asked")
            yield Rows(id="pasted")
            take = (("take", "Enter", "Add them"),) if self._good else ()
            yield Keys(*take, ("back", "Esc", "Keep the first"))

    def on_mount(self) -> None:
        """Show them, and be ready to go through them."""
        rows = self.query_one(Rows)
        rows.show(_COLUMNS, range(len(self._lines)), build=self._row, key=str)
        rows.focus()

    def on_resize(self, event: events.Resize) -> None:
        """As high as there is room."""
        super().on_resize(event)
        most = min(len(self._lines), LINES, event.size.height - AROUND)
        self.query_one(Rows).styles.height = max(most, 1)

    def _row(self, at: int) -> Row:
        """A line as what it becomes."""
        draft = self._drafts[at]
        if draft.error:
            return Row(
                str(at), {"words": self._lines[at], "means": Content.styled(f"stays: {NO_WORDS}", "$at-risk")}
            )
        phrases = self._adding.describe(draft, self.desk.meeting, self.desk.context())
        own = [
            phrase for phrase in phrases if phrase[1] != "$quiet"
        ]  # what all of them get goes without saying
        own.sort(key=lambda phrase: phrase[0] not in draft.doubts)
        means = Content.styled(" · ", "$quiet").join(
            Content.styled(plain(words), style) for words, style in own
        )
        words = str(draft.fields[main_field(self._adding.kind)])
        return Row(str(at), {"words": words, "means": means})

    def on_rows_activated(self, event: Rows.Activated) -> None:
        """A double click adds nothing: Enter does."""
        event.stop()

    def action_take(self) -> None:
        """Add them."""
        if self._good:
            self.dismiss(True)

    def action_back(self) -> None:
        """Keep the first line, which is in the field."""
        self.dismiss(False)
