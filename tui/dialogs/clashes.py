"""The list of what was edited in two places, with both versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from meetings.errors import AccordError
from tui.dialogs.base import Box, Dialog, Keys, said
from tui.dialogs.versions import Told, take_other
from tui.widgets.columns import Column, plain
from tui.widgets.row import Row
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from tui.clashing import Clashing

COLUMNS = (
    Column("what", "What", flex=2, min_width=16, wrap=True),
    Column("now", "In the meeting", flex=2, min_width=10, wrap=True),
    Column("other", "The other version", flex=2, min_width=10, wrap=True),
)


class ClashList(Dialog[None]):
    """Both versions of each field. `t` takes the other one, and again the first; nothing else changes anything."""

    around = 8
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "take", show=False),
        Binding("escape,q", "close", show=False),
    ]
    DEFAULT_CSS = """
    ClashList Box { width: 104; }
    ClashList Rows { height: auto; margin-top: 1; }
    """

    def __init__(self, clashing: Clashing) -> None:
        super().__init__()
        self._clashing = clashing

    def compose(self) -> ComposeResult:
        """What this is about, the list, and what is wrong with taking one."""
        with Box(title="Edited in two places"):
            yield said(
                "Each was changed in two places at once. One version is in the meeting; t takes the other."
            )
            yield Rows(typed="", classes="scrolled")
            yield Static(id="wrong", classes="wrong")
            yield Keys(("take", "t", "Take the other"), ("close", "Esc", "Leave it so"))

    def on_mount(self) -> None:
        """The list has the focus."""
        self.query_one("#wrong").display = False
        self.set_focus(self.query_one(Rows))
        self.show()
        self.accord.changed.subscribe(self, lambda _: self.show(), immediate=True)
        self._clashing.seen()

    def show(self) -> None:
        """Both versions as they are now."""
        self.query_one(Rows).show(
            COLUMNS,
            [self._row(one.key, told) for one, told in self._clashing.all()],
            "Nothing is left of them.",
            header=True,
        )

    def _row(self, key: str, told: Told) -> Row:
        return Row(
            key,
            {
                "what": Content.assemble(
                    (f"{plain(told.field)} · " if told.field else "", "$ink bold"), (plain(told.what), "$ink")
                ),
                "now": plain(told.now),
                "other": Content.styled(plain(told.other), "$quiet"),
            },
        )

    def action_take(self) -> None:
        """Put the other version of the selected one into the meeting."""
        key = self.query_one(Rows).cursor_key
        one = next((one for one, _ in self._clashing.all() if one.key == key), None)
        wrong = self.query_one("#wrong", Static)
        wrong.display = False
        if one is None:
            return
        try:
            take_other(one, self.desk.session)
        except AccordError as error:
            wrong.update(Content(plain(error.message)))
            wrong.display = True
        self.show()

    def action_close(self) -> None:
        """The versions stay as they are; the list can be opened again."""
        self._clashing.seen()
        self.dismiss(None)
