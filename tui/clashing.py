"""What was edited in two places: collected, and shown when nobody is typing.

Two windows, or a meeting that was reopened beside its successor, may change one field; the later version is kept.
What the other one was is not lost: it stays in a list until the person has seen it, and can be taken instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from meetings.errors import UsageError
from meetings.flow.merge import Clash

if TYPE_CHECKING:
    from tui.app import AccordApp
    from tui.dialogs.versions import Disagreement, Told

QUIET = 0.5
"""Seconds without a key before the list comes up by itself."""


class Clashing:
    """The disagreements about the meeting that accepts edits. `unseen` are those that the list has not shown yet."""

    def __init__(self, app: AccordApp) -> None:
        self._app = app
        self._known: dict[str, Disagreement] = {}
        self._last_key = -1
        self._waiting = False
        self.unseen = 0

    def take(self, clashes: Sequence[Clash]) -> None:
        """Add those; the list comes up as soon as nobody is typing."""
        if not clashes:
            return
        from tui.dialogs.versions import Disagreement, tell

        meeting = self._app.desk.meeting
        fresh = [Disagreement(meeting.head.uid, clash, clash.other) for clash in clashes]
        fresh = [one for one in fresh if tell(one, meeting) is not None]
        if not fresh:
            return
        self._known |= {one.key: one for one in fresh}
        self.unseen += len(fresh)
        self._app.show_urgent()
        if not self._waiting:
            self._wait()

    def all(self) -> list[tuple[Disagreement, Told]]:
        """Those that are about the present meeting, each in words."""
        from tui.dialogs.versions import tell

        meeting = self._app.desk.meeting
        told = [(one, tell(one, meeting)) for one in self._known.values() if one.meeting == meeting.head.uid]
        return [(one, words) for one, words in told if words is not None]

    def show(self) -> None:
        """Open the list. Raises UsageError when there is nothing to list."""
        from tui.dialogs.clashes import ClashList

        if not self.all():
            self.seen()
            raise UsageError("Nothing has been edited in two places.")
        self._app.push_screen(ClashList(self))

    def seen(self) -> None:
        """The list was in front of the person."""
        self.unseen = 0
        self._app.show_urgent()

    def _wait(self) -> None:
        self._waiting = True
        self._last_key = self._app.keys_so_far
        self._app.set_timer(QUIET, self._offer)

    def _offer(self) -> None:
        """Show the list, unless a dialog is open or something is being typed: then a little later."""
        from textual.widgets import Input, TextArea

        self._waiting = False
        if not self.unseen:
            return
        app = self._app
        typing = isinstance(app.focused, Input | TextArea) or app.keys_so_far != self._last_key
        if typing or not getattr(app.screen, "place", ""):
            self._wait()
        elif self.all():
            self.show()
        else:
            self.seen()
