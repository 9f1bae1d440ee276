"""What is worth a look before the meeting is closed, in a few quiet lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from meetings.errors import StoreError
from meetings.flow import ratings
from meetings.kinds import FeedbackState, GoalState, ItemState, Team
from meetings.measures import accountability, pace
from meetings.meeting import Meeting
from meetings.model import ActionItem
from tui.theme import team_style
from tui.widgets.columns import plain

if TYPE_CHECKING:
    from tui.desk import Desk

LOOK_BACK = 26
"""Meetings that are searched for the last step into the other team's shoes: half a year of them."""
ROOM_FROM = 17
"""Lines that the step has at least for these lines to be shown."""


class BeforeClosing(Static):
    """What is missing, whether one team leaves with everything, and how long ago each walked in the other's shoes."""

    DEFAULT_CSS = """
    BeforeClosing { height: auto; max-height: 5; padding: 0 2; color: $quiet; }
    """

    class ReadBack(Message):
        """The action items of earlier meetings."""

        def __init__(self, items: list[ActionItem], desk: Desk) -> None:
            super().__init__()
            self.items, self.desk = items, desk

    def __init__(self) -> None:
        super().__init__()
        self._earlier: list[ActionItem] | None = None

    def show(self, meeting: Meeting, desk: Desk, room: int) -> None:
        """Bring the lines up to date; `room` is how many lines the whole step has."""
        self.display = room >= ROOM_FROM
        if not self.display:
            return
        if self._earlier is None:
            self._earlier = []
            self.run_worker(lambda: self._read_back(meeting, desk), thread=True, exit_on_error=False)
        self.update(Content("\n").join(self._lines(meeting, desk)))

    def _lines(self, meeting: Meeting, desk: Desk) -> list[Content]:
        lines = []
        parts = missing(meeting, desk)
        if parts:
            lines.append(Content.assemble(("Before closing: ", "$ink"), " · ".join(parts)))
        only = accountability.one_sided(meeting)
        if only is not None:
            name = plain(meeting.head.team_name(only))
            lines.append(
                Content.assemble(
                    ("! ", "$at-risk bold"),
                    (name, team_style(only)),
                    " is the only team that leaves with action items.",
                )
            )
        shoes = self._shoes(meeting)
        if shoes is not None:
            lines.append(shoes)
        return lines

    def _shoes(self, meeting: Meeting) -> Content | None:
        """Days since each team last did a ride-along, training, joint content or swap; None when neither did."""
        items = [*(self._earlier or ()), *meeting.action_items.values()]
        days = accountability.shoes(items, meeting.head.date)
        if all(count is None for count in days.values()):
            return None
        parts = [
            Content.assemble((plain(meeting.head.team_name(team)), team_style(team)), f" {_ago(days[team])}")
            for team in (Team.A, Team.B)
        ]
        return Content("In their shoes: ") + Content(" · ").join(parts)

    def _read_back(self, meeting: Meeting, desk: Desk) -> None:
        """Find the latest steps of both teams in earlier meetings. Runs beside the screen."""
        store = desk.workspace.store
        items: list[ActionItem] = []
        numbers = [number for number in store.numbers() if number < meeting.head.number]
        for number in numbers[: -LOOK_BACK - 1 : -1]:
            try:
                items[:0] = store.read(number).action_items.values()
            except StoreError:
                continue
            if None not in accountability.shoes(items, meeting.head.date).values():
                break
        self.post_message(self.ReadBack(items, desk))

    def on_before_closing_read_back(self, event: ReadBack) -> None:
        """Earlier meetings are known now."""
        event.stop()
        self._earlier = event.items
        self.update(Content("\n").join(self._lines(event.desk.meeting, event.desk)))


def missing(meeting: Meeting, desk: Desk) -> list[str]:
    """What is not complete yet, in short phrases."""
    before = desk.previous
    previous = before.head.date if before is not None else None
    ownerless = sum(item.state is ItemState.OPEN and not item.owner for item in meeting.action_items.values())
    unanswered = sum(record.state is FeedbackState.NEW for record in meeting.feedback.values())
    unread = sum(
        goal.state is GoalState.OPEN and not pace.has_reading_for(goal, meeting.head.date, previous)
        for goal in meeting.goals.values()
    )
    unrated = sum(ratings.rating_of(meeting, person) is None for person in ratings.raters(meeting))
    counted = (
        (ownerless, "action item without an owner", "action items without an owner"),
        (unanswered, "piece of feedback without an answer", "pieces of feedback without an answer"),
        (unread, "goal without a reading", "goals without a reading"),
        (unrated if meeting.ratings else 0, "person has not rated", "people have not rated"),
    )
    return [f"{count} {one if count == 1 else many}" for count, one, many in counted if count]


def _ago(days: int | None) -> str:
    if days is None:
        return "not lately"
    return "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"
