"""One hidden line for the whole room: a rating for each person, in the order in which they are named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from meetings.errors import AccordError
from meetings.flow import ratings
from meetings.model import Person
from tui.dialogs.base import Box, Dialog, Keys, said
from tui.dialogs.inputs import Line
from tui.theme import team_style
from tui.widgets.columns import plain, together
from tui.widgets.unbroken import Words
from tui.widgets.unseen import DOT, unseen

RANGE = f"{ratings.LOWEST} to {ratings.HIGHEST}"
ALONE = f"A figure from {RANGE}, hidden until all are revealed."


class Figures(Line):
    """The hidden line: a dot for each figure."""

    def render_line(self, y: int) -> Strip:
        """As many dots as there are figures."""
        return (
            unseen(self, len(ratings.words_of(self.value)))
            if self.value and not y
            else super().render_line(y)
        )


class Ratings(Dialog[bool]):
    """Takes `8 7 9 6`, shown as dots, and saves all of them as one edit. Closes with whether it did.

    A line that is left is forgotten: nobody could see what they would go on from, and no file is to hold it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False)]

    def __init__(self, people: Sequence[Person]) -> None:
        super().__init__()
        self._people = tuple(people)
        self._line = Figures(
            "", f"{RANGE} for each, with blanks between" if len(people) > 1 else RANGE, password=True
        )

    def compose(self) -> ComposeResult:
        """Who is asked, the line, how far it has come, and what is wrong with it."""
        with Box(title="How was this meeting?"):
            each = "One figure for each, in this order; hidden until they are revealed."
            yield said(each if len(self._people) > 1 else ALONE, "quiet")
            yield Words(id="names", classes="said gap")
            yield self._line
            yield Static(id="how-many", classes="quiet")
            yield Static(id="wrong", classes="wrong")
            save = "Save all" if len(self._people) > 1 else "Save it"
            yield Keys(("save", "Enter", save), ("back", "Esc", "Not now"))

    def on_mount(self) -> None:
        """Say who is first."""
        self._say("")
        self._show()

    def first_field(self) -> Widget | None:
        """The line."""
        return self._line

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how far it has come, and at once what cannot be a rating: nobody sees it."""
        event.stop()
        try:
            ratings.read_begun(self._line.value, self._names())
        except AccordError as error:
            self._say(error.message)
        else:
            self._say("")
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self.action_save()

    def _names(self) -> list[str]:
        return [person.name for person in self._people]

    def _typed(self) -> int:
        return len(ratings.words_of(self._line.value))

    def _show(self) -> None:
        typed, all_of_them = self._typed(), len(self._people)
        begun = self._line.value[-1:].strip() != ""
        at = typed - 1 if begun else typed
        parts: list[Content] = []
        for place, person in enumerate(self._people):
            style = team_style(person.team)
            words = together(plain(person.name))
            name = Content.styled(words, f"{style} bold underline" if place == at else style)
            parts.append(name + Content.styled(together(f" {DOT if place < typed else ' '}"), "$ink bold"))
        self.query_one("#names", Static).update(Content("   ").join(parts))
        self.query_one("#how-many", Static).update(
            Content(f"{typed} of {all_of_them} typed. - stands for someone who does not rate.")
        )

    def _say(self, sentence: str) -> None:
        wrong = self.query_one("#wrong", Static)
        wrong.display = bool(sentence)
        wrong.update(Content(plain(sentence)))

    def action_save(self) -> None:
        """Save all of them, or say what is missing."""
        session = self.desk.session
        try:
            values = ratings.read_line(self._line.value, self._names())
            given = dict(zip((person.uid for person in self._people), values, strict=True))
            session.apply("ratings", **ratings.changes(session.meeting, given))
        except AccordError as error:
            self._say(error.message)
            return
        self.dismiss(True)

    def action_back(self) -> None:
        """Close; what was typed is forgotten."""
        self.dismiss(False)
