"""Short sentences at the edge of the screen."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.app import ScreenStackError
from textual.notifications import Notifications
from textual.screen import Screen
from textual.widgets._toast import ToastRack

from meetings.errors import AccordError
from tui.desk import Desk
from tui.key_order import KeysInOrder
from tui.widgets.columns import plain


class Saying(KeysInOrder[int]):
    """An app that says what has happened, in a sentence that is gone by itself."""

    desk: Desk
    written: Path | None = None
    """What was written last: a file, or the folder of several."""
    _clicks = 0
    _said: tuple[Screen[object] | None, int] = (None, 0)
    """What was in front when the last sentence was said, and after how many keys and clicks."""

    async def on_event(self, event: events.Event) -> None:
        """Count the clicks, as the keys are: what a person does next is another moment."""
        if isinstance(event, events.MouseDown):
            self._clicks += 1
        await super().on_event(event)

    def say(self, text: str, *, wrong: bool = False) -> None:
        """A sentence at the edge of the screen, gone by itself; it takes the place of the one before."""
        self.clear_notifications()
        self._said = (self._in_front(), self.keys_so_far + self._clicks)
        self.notify(plain(text), severity="warning" if wrong else "information", markup=False, timeout=4)

    def _in_front(self) -> Screen[object] | None:
        try:
            return self.screen
        except ScreenStackError:
            return None

    def _refresh_notifications(self) -> None:
        """A sentence stands on the screen in front, and there alone; it goes when the person goes elsewhere.

        The library leaves a copy on the screen behind a dialog, and takes every sentence along to all others.
        """
        front, (screen, moment) = self._in_front(), self._said
        if front is not screen and moment != self.keys_so_far + self._clicks:
            self._notifications.clear()
        elif front is not None:
            self._said = (front, moment)
        self.call_later(self._show_sentences)

    def _show_sentences(self) -> None:
        front, nothing = self._in_front(), Notifications()
        for screen in self.screen_stack if front is not None else ():
            for rack in screen.children:
                if isinstance(rack, ToastRack) and (screen is front or rack.display):
                    rack.show(self._notifications if screen is front else nothing)

    def say_written(self, said: str, path: Path) -> None:
        """Where something was written; from now on its path can be copied and its folder shown."""
        self.written = path
        self.say(f"{said} {path} · {self.key_of('copy_path')} copies the path.")

    def say_error(self, error: AccordError) -> None:
        """What went wrong, in one sentence, and what to do about it."""
        self.say(f"{error.message} {error.hint}".strip(), wrong=True)

    def fault(self, what: str, error: BaseException) -> AccordError:
        """A fault of Accord's own, for the person: what came of it, and where the report without anyone's text is."""
        from meetings.crash import write_report

        report = write_report(error, self.desk.workspace.paths.state)
        where = f"A report without anyone's text is in {report}." if report else ""
        return AccordError(f"{what}: that is a fault of Accord's.", where)

    def say_undoable(self, text: str) -> None:
        """What was dropped or removed, and how to have it back."""
        self.say(f"{text} {self.key_of('undo')} brings it back.")

    def say_imported(self, rows: int, product: str) -> None:
        """How much was read, and how to be without it again."""
        self.say(
            f"Imported {rows:,} row{'' if rows == 1 else 's'} from {product}; {self.key_of('undo')} undoes it."
        )

    def key_of(self, action_id: str) -> str:
        """The key of an action, as people write it."""
        from tui.keys import remapped

        return remapped(self.desk.config.keys)[action_id][0]
