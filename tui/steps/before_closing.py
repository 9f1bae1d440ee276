"""What is worth a look before the meeting is closed, in a few quiet lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from meetings.flow import ratings
from meetings.kinds import FeedbackState, GoalState, ItemState, Team
from meetings.measures import accountability, pace
from meetings.measures.past import Past
from meetings.meeting import Meeting
from tui.theme import team_style
from tui.widgets.columns import plain

if TYPE_CHECKING:
    from tui.desk import Desk

ROOM_FROM = 17
"""Lines that the step has at least for these lines to be shown."""


class BeforeClosing(Static):
    """What is missing, whether one team leaves with everything, and how long ago each walked in the other's shoes."""

    DEFAULT_CSS = """
    BeforeClosing { height: auto; max-height: 5; padding: 0 2; color: $quiet; }
    """

    def show(self, meeting: Meeting, desk: Desk, earlier: Sequence[Past], room: int) -> None:
        """Bring the lines up to date; `room` is how many lines the whole step has."""
        self.display = room >= ROOM_FROM
        if self.display:
            self.update(Content("\n").join(self._lines(meeting, desk, earlier)))

    def _lines(self, meeting: Meeting, desk: Desk, earlier: Sequence[Past]) -> list[Content]:
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
        shoes = self._shoes(meeting, earlier)
        if shoes is not None:
            lines.append(shoes)
        return lines

    def _shoes(self, meeting: Meeting, earlier: Sequence[Past]) -> Content | None:
        """Days since each team last did a ride-along, training, joint content or swap; None when neither did."""
        items = [*(item for one in earlier for item in one.steps), *meeting.action_items.values()]
        days = accountability.shoes(items, meeting.head.date)
        if all(count is None for count in days.values()):
            return None
        parts = [
            Content.assemble((plain(meeting.head.team_name(team)), team_style(team)), f" {_ago(days[team])}")
            for team in (Team.A, Team.B)
        ]
        return Content("In their shoes: ") + Content(" · ").join(parts)


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
    unrated = len(ratings.waited_for(meeting))
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
