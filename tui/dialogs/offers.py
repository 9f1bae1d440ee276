"""What completes the word at the cursor of quick add, as lines over it."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from meetings.completion import Completion
from tui.widgets.columns import cut, fit, plain, width_of

OFFERED = 6
"""Completions in view at once; how many more there are stands under them."""
WORD, WIDEST = 14, 28
"""Cells for what a completion puts in: at least, and at most."""


class Offers(Widget):
    """What the word at the cursor could become; one of them may be chosen."""

    DEFAULT_CSS = """
    Offers { height: auto; width: 1fr; background: $ground; color: $quiet; display: none; }
    """

    class Taken(Message):
        """One was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Completion] = []
        self._chosen: int | None = None
        self._top = 0

    def show(self, found: list[Completion], chosen: int | None) -> None:
        """Show these, one of them chosen or none."""
        self._found, self._chosen = found, chosen
        self._top = 0 if chosen is None else min(max(self._top, chosen - OFFERED + 1), chosen)
        self.display = bool(found)
        self.refresh(layout=True)

    def render(self) -> Content:
        """A line each: what is put in, and what it stands for."""
        lines = []
        wide = min(max([WORD, *(width_of(one.insert) for one in self._found)]), WIDEST)
        for index, one in enumerate(self._found[self._top : self._top + OFFERED], self._top):
            mark, style = ("▌", "$ink bold on $cursor") if index == self._chosen else (" ", "$quiet")
            text = cut(f"{fit(one.insert, wide)} {plain(one.label)}", max(self.size.width - 3, 1))
            lines.append(Content.assemble((mark, "$brand"), (text, style)))
        more = len(self._found) - OFFERED
        if more > 0:
            lines.append(Content.styled(f" and {more} more", "$quiet"))
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        """Take the one under the mouse."""
        if event.y < OFFERED and self._top + event.y < len(self._found):
            self.post_message(self.Taken(self._top + event.y))
