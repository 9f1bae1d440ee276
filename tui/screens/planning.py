"""Starting, moving and skipping the planned meeting."""

from __future__ import annotations

import datetime as dt

from meetings.dates import parse_day, show_day
from meetings.errors import UsageError
from meetings.flow import lifecycle
from meetings.kinds import MeetingState
from tui.screens.records import RecordScreen
from tui.widgets.start_line import StartLine


class PlanningScreen(RecordScreen):
    """A screen that shows the planned meeting."""

    def do_start(self) -> None:
        """Start the meeting with the agenda that is chosen, or go on with it."""
        self._start(self.query_one(StartLine).agenda)

    def _start(self, agenda: str) -> None:
        if self.desk.session.refusal:
            raise UsageError(self.desk.session.refusal)
        head, today = self.meeting.head, self.desk.today()
        if head.state is not MeetingState.PLANNED or head.number == 1 or head.date == today:
            self.accord.start_meeting(agenda)
            return
        from tui.dialogs.confirm import Confirm

        question = Confirm(
            f"Start meeting {head.number} today?",
            f"It is planned for {show_day(head.date, today)}, {how_far(head.date, today)}.",
            yes="Start it",
            no="Not yet",
        )
        self.app.push_screen(
            question, lambda yes: self.run_safely(lambda: self.accord.start_meeting(agenda)) if yes else None
        )

    def do_reschedule(self) -> None:
        """Ask for the day to which the planned meeting is moved."""
        from tui.dialogs.prompt import Prompt

        head = self.meeting.head
        self._planned()
        self.app.push_screen(
            Prompt(
                f"Move meeting {head.number} to which day?",
                f"It is planned for {self._day(head.date)}. What is on it stays on it.",
                placeholder="fri, +7d, 4 dec",
                required=True,
                refuse=self._why_not_on,
            ),
            lambda typed: self.run_safely(lambda: self._reschedule(typed)) if typed else None,
        )

    def _why_not_on(self, typed: str) -> str:
        """Why the meeting cannot be moved to the day that was typed; empty when it can."""
        try:
            self.desk.workspace.check_move(self.meeting.head, self._typed_day(typed))
        except UsageError as error:
            return error.message
        return ""

    def _typed_day(self, typed: str) -> dt.date:
        day = parse_day(typed, self.desk.today())
        if day is None:
            raise UsageError(f"“{typed[:40]}” is not a day; type for example fri, +7d or 4 dec.")
        return day

    def _reschedule(self, typed: str) -> None:
        before = self.meeting.head
        self.desk.workspace.reschedule(self.desk.session, self._typed_day(typed))
        self._say_moved(f"Meeting {before.number} is moved from {self._day(before.date)} to {{}}.")

    def do_skip(self) -> None:
        """No meeting this week: the planned one moves to the next date of the cadence."""
        self._planned()
        before = self.meeting.head
        self.desk.workspace.skip(self.desk.session)
        self._say_moved(
            f"No meeting on {self._day(before.date)}: meeting {before.number} is on {{}}, with all that is on it."
        )

    def _planned(self) -> None:
        """Raise UsageError when the meeting cannot be moved to any day."""
        if self.desk.session.refusal:
            raise UsageError(self.desk.session.refusal)
        lifecycle.need_planned(self.meeting.head)

    def _say_moved(self, sentence: str) -> None:
        self.accord.say_undoable(sentence.format(self._day(self.meeting.head.date)))

    def _day(self, day: dt.date) -> str:
        return show_day(day, self.desk.today())


def how_far(day: dt.date, today: dt.date) -> str:
    """`today`, `tomorrow`, `in 5 days`, `3 days ago`."""
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")
