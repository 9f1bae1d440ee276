"""A quiet line at home: a step that lately takes more than its minutes, and a key that gives it what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import work
from textual.content import Content
from textual.widgets import Static

from meetings.errors import StoreError, UsageError
from meetings.flow.pacing import LOOK_BACK, Proposal, proposals
from meetings.kinds import MeetingState
from meetings.meeting import Meeting
from tui.background import screen_first
from tui.keys import remapped
from tui.memory import dismissed_time, remember_dismissed_time
from tui.waiting import Waiting
from tui.widgets.columns import plain

if TYPE_CHECKING:
    from tui.app import AccordApp
    from tui.desk import Desk

LOOK_AFTER = 0.8
"""Seconds after which it looks: what a launch shows comes first."""


class TimeOffer(Static):
    """Looks back once at the last meetings, off the screen's thread; empty when every step keeps to its time."""

    DEFAULT_CSS = """
    TimeOffer { height: auto; padding: 0 1; color: $quiet; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._earlier: tuple[int, tuple[Meeting, ...]] = (0, ())
        """The number of the meeting before which was looked, and what was found."""
        self._offered: Proposal | None = None

    @property
    def desk(self) -> Desk:
        """The workspace and the meeting that accepts edits."""
        return cast("AccordApp", self.app).desk

    def on_mount(self) -> None:
        """When there is time."""
        self.set_timer(LOOK_AFTER, self._look)

    @work(thread=True, exit_on_error=False)
    def _look(self) -> None:
        waiting, desk = Waiting(self.app), self.desk
        number = desk.meeting.head.number
        with screen_first():
            answers = desk.workspace.store.read_many(range(max(1, number - LOOK_BACK), number), ("clock",))
            held = tuple(found for _, found in answers if not isinstance(found, StoreError))
        waiting.answer(self._take, number, held)

    def _take(self, number: int, held: tuple[Meeting, ...]) -> None:
        self._earlier = (number, held)
        self.show()

    def show(self) -> None:
        """Bring the line up to date with the planned meeting."""
        head, (number, held) = self.desk.meeting.head, self._earlier
        planned = (
            head.state is MeetingState.PLANNED and head.number == number and not self.desk.session.refusal
        )
        found = proposals(head.steps, held) if planned else []
        said_no = dismissed_time(self.desk.workspace.paths, head.uid)
        self._offered = next((one for one in found if one.step.id not in said_no), None)
        self.display = self._offered is not None
        if self._offered is not None:
            self.update(self._words(self._offered))

    def _words(self, one: Proposal) -> Content:
        keys = remapped(self.desk.config.keys)
        give, leave = keys["give_time"][0], keys["back"][0]
        over = round(one.over)
        return Content.assemble(
            f"{plain(one.step.title)} runs {over} minutes over, on average over the last {one.meetings} meetings. ",
            (give, "$brand bold"),
            f" gives it {one.minutes} minutes, ",
            (leave, "$brand bold"),
            f" leaves it at {one.step.minutes}.",
        )

    def accept(self) -> str:
        """Give the step the proposed minutes. What was done, in a sentence. Raises UsageError."""
        one = self._need()
        self.desk.session.retime({one.step.id: one.minutes}, f"{one.minutes} minutes for {one.step.title}")
        return f"{one.step.title} has {one.minutes} minutes in this meeting."

    def dismiss(self) -> bool:
        """Leave the step as it is and propose nothing for it again before this meeting. False: nothing was proposed."""
        if self._offered is None:
            return False
        uid, paths = self.desk.meeting.head.uid, self.desk.workspace.paths
        remember_dismissed_time(paths, uid, self._offered.step.id)
        self.show()
        return True

    def _need(self) -> Proposal:
        if self._offered is None:
            raise UsageError("No other time is proposed for any step.")
        return self._offered
