"""Lines that a person may put into a file of theirs: they can be marked and copied, and are printed at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.dialogs.base import Box, Dialog, Keys, said
from tui.dialogs.inputs import Area
from tui.machine.clipboard import copy


class KeepLines(Dialog[None]):
    """Shows lines for config.yaml; Accord never writes that file itself. Leaving Accord prints them again."""

    around = 8
    DEFAULT_CSS = """
    KeepLines Box { width: 84; }
    KeepLines Area { height: auto; max-height: 10; margin-top: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "close", show=False, priority=True),
        Binding("c", "copy", show=False, priority=True),
    ]

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self._lines = tuple(lines)
        self._area = Area("\n".join(self._lines))
        self._area.read_only = True

    def compose(self) -> ComposeResult:
        """What they are for, and the lines."""
        with Box(title="Not to be asked again"):
            yield said(
                "These lines in config.yaml say which column is which. They are printed when you leave, too."
            )
            yield self._area
            yield Keys(("copy", "c", "Copy"), ("close", "Esc", "Close"))

    def on_mount(self) -> None:
        """Remember them for the end."""
        self.accord.parting.update(dict.fromkeys(self._lines))
        self._area.focus()

    def action_copy(self) -> None:
        """Copy them."""
        text = "\n".join(self._lines) + "\n"
        copy(self.accord, text, "the lines", "they are printed when you leave")

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)
