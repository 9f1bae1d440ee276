"""In the edge below the next meeting: a step that lately takes more than its minutes, and a key that gives it those.

The edge is there from the beginning: what is found a moment after launch moves nothing on the screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import work
from textual.content import Content

from meetings.errors import StoreError, UsageError
from meetings.flow.pacing import LOOK_BACK, Proposal, proposals
from meetings.kinds import MeetingState
from meetings.meeting import Meeting
from tui.background import screen_first
from tui.memory import dismissed_time, remember_dismissed_time
from tui.waiting import Waiting
from tui.widgets.columns import plain
from tui.widgets.panel import EDGES, Panel

if TYPE_CHECKING:
    from tui.app import AccordApp
    from tui.desk import Desk

LOOK_AFTER = 0.8
"""Seconds after which it looks: what a launch shows comes first."""


class OfferPanel(Panel):
    """Looks back once at the last meetings, off the screen's thread. A step that keeps to its time is offered none."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._earlier: tuple[int, tuple[Meeting, ...]] = (0, ())
        """The number of the meeting before which was looked, and what was found."""
        self._offered: Proposal | None = None

    @property
    def offers(self) -> bool:
        """Whether other minutes are proposed for a step."""
        return self._offered is not None

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
        self._show_offer()

    def watch_virtual_size(self) -> None:
        """Another size: as many words as there is room for."""
        super().watch_virtual_size()
        self._show_offer()

    def _show_offer(self) -> None:
        one, room = self._offered, self.outer_size.width - EDGES
        if one is None:
            self.show_foot("")
            return
        key_of = cast("AccordApp", self.app).key_of
        ways = ways_to_say(one, key_of("give_time"), key_of("back"))
        self.show_foot(next((way for way in ways if way.cell_length <= room), ways[-1]))

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


def ways_to_say(one: Proposal, give: str, leave: str) -> list[Content]:
    """The offer with its two keys, the longest way first; the last one has room nearly everywhere."""
    title, over, n, was = plain(one.step.title), round(one.over), one.minutes, one.step.minutes
    yes, no = (give, "$brand bold"), (leave, "$brand bold")
    runs, meetings = f"{title} runs {over} minutes over", f"on average over the last {one.meetings} meetings"
    ways: list[tuple[str | tuple[str, str], ...]] = [
        (f"{runs}, {meetings}: ", yes, f" gives it {n} minutes, ", no, f" leaves it at {was}"),
        (f"{runs}: ", yes, f" gives it {n} minutes, ", no, f" leaves it at {was}"),
        (f"{title} runs {over} min over: ", yes, f" gives it {n}, ", no, f" leaves {was}"),
        (f"{title}: ", yes, f" gives it {n} min, ", no, f" {was}"),
        (f"{title}: ", yes, f" {n} min, ", no, f" {was}"),
        (yes, f" {n} min, ", no, f" {was}: {title}"),
    ]
    return [Content.assemble(*way).stylize_before("$quiet") for way in ways]
