"""A field of one line that shows what is typed as the rest of the screen does."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text
from textual.expand_tabs import expand_tabs_inline
from textual.widgets import Input

from tui.widgets.columns import plain


class ShownInput(Input):
    """An input whose text takes as many cells in every terminal (see `plain`); its value is what was typed."""

    @property
    def _value(self) -> Text:
        text: Text = super()._value
        if not self.password:
            text.plain = plain(text.plain)  # character for character, so that highlights stay in place
        return text

    def _position_to_cell(self, position: int) -> int:
        return cell_len(expand_tabs_inline(plain(self.value[:position]), 4))
