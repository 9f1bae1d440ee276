"""The line that says where one is when that is not where the meeting is, or that nobody leads it."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from tui.widgets.calm import Still
from tui.widgets.columns import cut, plain


class OwnWay(Still, Widget):
    """A sentence over the step, and what its key does; nothing at all as long as there is nothing to say."""

    DEFAULT_CSS = """
    OwnWay { height: 1; padding: 0 1; background: $field; color: $ink; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._words, self._key, self._does = "", "", ""

    def show(self, words: str = "", key: str = "", does: str = "") -> None:
        """Show that sentence, the key, and what the key does; without any, nothing."""
        if (words, key, does) != (self._words, self._key, self._does):
            self._words, self._key, self._does = words, key, does
            self.display = bool(words)
            self.refresh()

    def render(self) -> Content:
        """The sentence gives way before the key."""
        after = Content.assemble(" · ", (plain(self._key), "$brand bold"), " ", plain(self._does))
        room = self.size.width - 2 - after.cell_length
        if room < 8:
            return Content(cut(plain(self._words), max(self.size.width - 2, 0)))
        return Content.assemble(cut(plain(self._words), room), after)
