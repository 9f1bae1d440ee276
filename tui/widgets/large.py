"""Figures that a whole room can read: a step's name, its figure and its clock in three lines."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Digits, Static

from tui.widgets.calm import Still
from tui.widgets.columns import cut, plain

LONGEST = 12
"""Signs of a value that are drawn large; longer ones would leave no room for anything else."""
WORDS_WIDTH = 26
"""Cells of the words beside a figure."""


@dataclass(frozen=True)
class Figure:
    """A value as it is read (`29.1 %`, `€444 k`) and up to three short lines that say what it is."""

    value: str
    words: tuple[str | Content, ...] = ()
    style: str = ""
    """`$at-risk` or `$off-track` for a value that calls for attention."""


NOTHING = Figure("")


class Large(Digits):
    """A value in figures three lines high; signs that have no large form stand small on the lowest line."""

    DEFAULT_CSS = """
    Large { width: auto; height: 3; color: $ink; text-style: bold; background: $ground; }
    Large.at-risk { color: $at-risk; }
    Large.off-track { color: $off-track; }
    """


class LargeHead(Still, Horizontal):
    """What stands above the list for the room: where we are, the figure that matters, the time that is left."""

    DEFAULT_CSS = """
    LargeHead {
        height: 3; padding: 0 1; background: $ground; color: $ink;
        #where { width: 1fr; height: 3; text-wrap: nowrap; text-overflow: ellipsis; }
        .words { width: auto; height: 3; margin: 0 0 0 2; color: $quiet; }
        #value { margin: 0 0 0 2; }
        #left { margin: 0 0 0 3; }
    }
    LargeHead.roomy { height: 5; padding: 1 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, Figure] = {}
        self._where: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Words on the left, the step's figure, and the clock at the right edge."""
        yield Static(id="where")
        yield Large("", id="value")
        yield Static(id="value-words", classes="words")
        yield Large("", id="left")
        yield Static(id="left-words", classes="words")

    def show(self, where: tuple[str, ...], figure: Figure | None, left: Figure) -> None:
        """Show the step's name and the lines under it, its figure, and the time that is left."""
        if where != self._where:
            self._where = where
            name, *under = (plain(line) for line in where)
            lines = [Content.styled(name, "$brand bold"), *(Content.styled(line, "$quiet") for line in under)]
            self.query_one("#where", Static).update(Content("\n").join(lines))
        self._show("value", figure or NOTHING)
        self._show("left", left)

    def _show(self, place: str, figure: Figure) -> None:
        if self._shown.get(place) == figure:
            return
        before, self._shown[place] = self._shown.get(place), figure
        digits, words = self.query_one(f"#{place}", Large), self.query_one(f"#{place}-words", Static)
        digits.display, words.display = bool(figure.value), bool(figure.words)
        digits.update(cut(plain(figure.value), LONGEST).replace(" ", "\N{NO-BREAK SPACE}"))
        for style in ("at-risk", "off-track"):
            digits.set_class(style in figure.style, style)
        if before is None or before.words != figure.words:
            words.update(Content("\n").join(_line(line) for line in figure.words))


def _line(words: str | Content) -> Content:
    if isinstance(words, Content):
        return words.truncate(WORDS_WIDTH, ellipsis=True)
    return Content(cut(plain(words), WORDS_WIDTH))
