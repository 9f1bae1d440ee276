"""A quiet line that says when there are meetings that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import work
from textual.content import Content
from textual.widgets import Static

from meetings.errors import StoreError
from meetings.meeting import TABLE_OF, Meeting
from meetings.model import ActionItem
from meetings.store.watch import Cancelled
from tui.waiting import Waiting

if TYPE_CHECKING:
    from tui.app import AccordApp

LOOK_AFTER = 1.0
"""Seconds after which it looks: what a launch shows comes first."""
TABLES = (TABLE_OF[ActionItem],)
"""The table that is read then; the others are not looked at."""


class UnreadLine(Static):
    """Looks once, off the screen's thread; nothing is shown when all can be read."""

    DEFAULT_CSS = """
    UnreadLine { height: auto; padding: 0 1; color: $at-risk; display: none; }
    """

    def on_mount(self) -> None:
        """When there is time."""
        self.set_timer(LOOK_AFTER, self._look)

    @work(thread=True, exit_on_error=False)
    def _look(self) -> None:
        waiting, archive = Waiting(self.app), cast("AccordApp", self.app).desk.archive
        try:
            answers = list(archive.each(_number_of, waiting, tables=TABLES))
        except (Cancelled, StoreError):  # that the store itself cannot be read is said elsewhere
            return
        waiting.answer(self._show, sum(isinstance(answer, StoreError) for _, answer in answers))

    def _show(self, count: int) -> None:
        files = f"{count} meeting file{'s' * (count != 1)}"
        self.update(Content(f"{files} cannot be read: accord check says more."))
        self.display = bool(count)


def _number_of(meeting: Meeting) -> int:
    return meeting.head.number
