"""In the edge below a list: that there are meetings which cannot be read. It comes late, and moves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import work
from textual.content import Content

from meetings.errors import StoreError
from meetings.meeting import TABLE_OF, Meeting
from meetings.model import ActionItem
from meetings.store.watch import Cancelled
from tui.waiting import Waiting
from tui.widgets.panel import EDGES, Panel

if TYPE_CHECKING:
    from tui.app import AccordApp

LOOK_AFTER = 1.0
"""Seconds after which it looks: what a launch shows comes first."""
TABLES = (TABLE_OF[ActionItem],)
"""The table that is read then; the others are not looked at."""


class UnreadPanel(Panel):
    """Looks once, off the screen's thread; nothing is said when all can be read."""

    _unread = 0

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
        self._unread = count
        self._show_unread()

    def watch_virtual_size(self) -> None:
        """Another size: as many words as there is room for."""
        super().watch_virtual_size()
        self._show_unread()

    def _show_unread(self) -> None:
        many = f"{self._unread} meeting{'s' * (self._unread != 1)}"
        files = f"{self._unread} meeting file{'s' * (self._unread != 1)}"
        ways = (
            f"{files} cannot be read: accord check says more",
            f"{many} cannot be read: accord check",
            f"{self._unread} unreadable: accord check",
        )
        room = self.outer_size.width - EDGES
        words = next((way for way in ways if len(way) <= room), ways[-1])
        self.show_foot(Content.styled(words, "$at-risk") if self._unread else "")


def _number_of(meeting: Meeting) -> int:
    return meeting.head.number
