"""What was edited in two places: collected, and shown when nobody is typing.

Two windows, or a meeting that was reopened beside its successor, may change one field; the later version is kept.
What the other one was is not lost: it stays in a list until the person has seen it, and can be taken instead. What
the list has not shown yet outlives the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from meetings.errors import UsageError
from meetings.flow.merge import Clash
from meetings.private import UnseenClashes
from tui.served import own_folder

if TYPE_CHECKING:
    from tui.app import AccordApp
    from tui.dialogs.versions import Disagreement, Told

QUIET = 0.5
"""Seconds without a key before the list comes up by itself."""


class Clashing:
    """The disagreements about the meeting that accepts edits."""

    def __init__(self, app: AccordApp) -> None:
        self._app = app
        self._known: dict[str, Disagreement] = {}
        self._last_key = -1
        self._waiting = False
        self._unseen: dict[str, Disagreement] = {}
        self._kept = UnseenClashes(own_folder(app.desk.workspace.paths.state))
        self._asked: set[str] = set()
        """Meetings of which those that are kept have been taken."""

    @property
    def unseen(self) -> int:
        """How many the list has not shown yet."""
        return len(self._unseen)

    def take(self, clashes: Sequence[Clash]) -> None:
        """Add those, and what was not seen when the program ended; the list comes up as soon as nobody is typing."""
        meeting = self._app.desk.meeting
        uid = meeting.head.uid
        kept = self._kept.read(uid) if uid not in self._asked else []
        self._asked.add(uid)
        if not kept and not clashes:
            return
        from tui.dialogs.versions import Disagreement, tell

        fresh = [Disagreement(uid, clash, clash.other) for clash in (*kept, *clashes)]
        fresh = [one for one in fresh if tell(one, meeting) is not None]
        if not fresh:
            return
        new = {one.key: one for one in fresh}
        self._known |= new
        self._unseen |= new
        self._kept.add(uid, [one.clash for one in fresh])
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
        for uid in {one.meeting for one in self._unseen.values()}:
            self._kept.remove(uid, [one.clash for one in self._unseen.values() if one.meeting == uid])
        self._unseen = {}
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
