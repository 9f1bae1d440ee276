"""Asks which column of a file is which. Only the columns' names are shown: the screen is shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.dialogs.base import Box, Dialog, Keys, said
from tui.dialogs.picker import Picker
from tui.widgets.columns import cut, plain

if TYPE_CHECKING:
    from meetings.exchange.crm.refusals import ColumnsMissing

NONE = "none of them"
NAME, MOST = 60, 100
"""Characters of a column's name, and columns named, at most."""


class ImportColumns(Dialog[dict[str, str] | None]):
    """Answers, for each meaning that is missing, the header of its column ("" for none); None with Escape."""

    around = 7
    DEFAULT_CSS = """
    ImportColumns Box { width: 92; }
    ImportColumns .pair { height: auto; margin-top: 1; }
    ImportColumns .meaning { width: 38; height: auto; padding-right: 2; }
    ImportColumns .pair:focus-within .meaning { color: $brand; text-style: bold; }
    ImportColumns.narrow .pair { layout: vertical; }
    ImportColumns.narrow .meaning { width: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", show=False),
        Binding("escape", "back", show=False),
        Binding("down", "go(1)", show=False, priority=True),
        Binding("up", "go(-1)", show=False, priority=True),
    ]

    def __init__(self, file: str, asked: ColumnsMissing) -> None:
        super().__init__()
        self._file, self._asked = file, asked
        headers = [(header, cut(plain(header), NAME)) for header in dict.fromkeys(asked.headers) if header]
        taken = {
            header for name, header in asked.found.items() if name != "first_touch"
        }  # it may be the creation
        free = [pair for pair in headers if pair[0] not in taken]
        self._pickers = {name: Picker([("", NONE), *free], "") for name in asked.missing}

    def compose(self) -> ComposeResult:
        """What is missing, each with the columns that it could be; under them those that the file has."""
        from meetings.exchange.crm.columns import WORDS

        with Box(title=f"Which column is it? {self._file}"):
            with VerticalScroll(classes="scrolled", can_focus=False):
                yield said(self._asked.message)
                for name, picker in self._pickers.items():
                    with Horizontal(classes="pair"):
                        meaning = WORDS.get(name, name)
                        yield Static(Content(meaning[:1].upper() + meaning[1:]), classes="meaning")
                        yield picker
                yield said(f"Its columns: {self._names()}", "quiet gap")
            yield Static(id="wrong", classes="wrong")
            yield Keys(
                ("take", "Enter", "Go on"),
                ("pick", "← →", "Column"),
                ("go(1)", "↑ ↓", "Next"),
                ("back", "Esc", "Back"),
            )

    def _names(self) -> str:
        """The columns in a row; a table of very many is named in part."""
        headers = self._asked.headers
        names = [cut(plain(header), NAME) or "(no name)" for header in headers[:MOST]]
        more = [f"and {len(headers) - MOST:,} more"] if len(headers) > MOST else []
        return " · ".join([*names, *more])

    def on_mount(self) -> None:
        """The first question is in front."""
        self.query_one("#wrong").display = False
        next(iter(self._pickers.values())).focus()

    def action_pick(self) -> None:
        """The next column, for those who click."""
        if isinstance(self.focused, Picker):
            self.focused.action_step(1)

    def on_resize(self, event: events.Resize) -> None:
        """One below the other where there is little room."""
        super().on_resize(event)
        self.set_class(event.size.width < 70, "narrow")

    def action_go(self, by: int) -> None:
        """To the next question, or the one before."""
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_take(self) -> None:
        """Answer, unless one column is taken for two things."""
        answers = {name: picker.value for name, picker in self._pickers.items()}
        headers = [header for header in answers.values() if header]
        twice = next((header for header in headers if headers.count(header) > 1), "")
        if twice:
            wrong = self.query_one("#wrong", Static)
            wrong.update(Content(f"“{cut(plain(twice), NAME)}” cannot be both: one column tells one thing."))
            wrong.display = True
        else:
            self.dismiss(answers)

    def action_back(self) -> None:
        """Back to the choice of a file."""
        self.dismiss(None)
