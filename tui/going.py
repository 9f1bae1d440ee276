"""Which screen is shown, and what a meeting's beginning and end do to that."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from textual.screen import Screen

from meetings.errors import AccordError
from meetings.kinds import MeetingState
from meetings.meeting import Meeting
from tui.clashing import Clashing
from tui.saying import Saying

if TYPE_CHECKING:
    from meetings.store.archive import Promise

BASE = 1
"""Screens that stay: the one that a launch shows."""

PLACES = {
    "home": "HomeScreen",
    "meeting": "MeetingScreen",
    "actions": "ActionsScreen",
    "history": "HistoryScreen",
    "trends": "TrendsScreen",
    "setup": "SetupScreen",
}


class Going(Saying):
    """An app that goes from screen to screen."""

    clashing: Clashing
    _set_up: bool

    def first_place(self) -> str:
        """What a launch shows: set-up on the first, the meeting while one runs, else home."""
        if self._set_up:
            return "setup"
        return "meeting" if self.desk.meeting.head.state is MeetingState.RUNNING else "home"

    def first_screen(self) -> Screen[None]:
        """The screen that a launch shows."""
        return self.screen_of(self.first_place())

    def screen_of(self, place: str) -> Screen[None]:
        """A new screen for a place."""
        screen: Screen[None] = getattr(import_module(f"tui.screens.{place}"), PLACES[place])()
        return screen

    def go(self, place: str) -> None:
        """Go to a screen: back to it where it is open already."""
        open_screens = [screen for screen in self.screen_stack if getattr(screen, "place", "") == place]
        if open_screens:
            while self.screen is not open_screens[-1]:
                self.pop_screen()
        else:
            self.push_screen(self.screen_of(place))

    def go_back(self) -> None:
        """Back to the screen before."""
        if len(self.screen_stack) > BASE and getattr(self.screen, "place", "") not in ("home", "meeting"):
            self.pop_screen()

    def start_meeting(self, agenda: str = "") -> None:
        """Start the planned meeting, or go on with the running one."""
        if self.desk.meeting.head.state is MeetingState.PLANNED:
            self.desk.start(agenda)
        self.go("meeting")

    def close_meeting(self, *, save: bool = False) -> None:
        """Close the running meeting, and save its minutes if that is wanted too; home shows the next."""
        closed = self.desk.meeting.head.number
        self.desk.close()
        self.go_home_alone()
        said = f"Meeting {closed} is closed; meeting {self.desk.meeting.head.number} is planned."
        where = self._renewed_minutes(closed)
        if save and not where:
            self.save_minutes(self.desk.workspace.store.read(closed), said)
        else:
            self.say(f"{said} {where}".strip())
        self.clashing.take(self.desk.workspace.clashes)

    def put_meeting_back(self) -> None:
        """Plan a meeting again that was started by mistake; home shows it."""
        self.desk.put_back()
        self.go_home_alone()
        self.say(f"Meeting {self.desk.meeting.head.number} is planned again.")

    def go_home_alone(self) -> None:
        """Home, and no screen of a meeting under it."""
        while len(self.screen_stack) > BASE:
            self.pop_screen()
        self.switch_screen(self.screen_of("home"))

    def sent_home(self, why: str) -> None:
        """Home, because of what others did. The rest of a line that somebody is typing is not to act as keys there."""
        from textual.widgets import Input, TextArea

        typing = isinstance(self.focused, Input | TextArea)
        self.go("home")
        if typing:
            from tui.dialogs.message import Message

            self.push_screen(Message("Closed", why, "A line that was not added is offered again."))
        else:
            self.say(why)

    def _renewed_minutes(self, number: int) -> str:
        """Minutes that were saved while the meeting ran are no draft any more. What was done, or nothing."""
        from tui.saving import renew_draft

        try:
            path = renew_draft(self.desk, self.desk.workspace.store.read(number))
        except AccordError as error:
            return error.message
        return f"Its minutes are in {path}" if path else ""

    def show_minutes(self, meeting: Meeting) -> None:
        """Preview a meeting's minutes."""
        from tui.screens.minutes import MinutesScreen

        self.push_screen(MinutesScreen(meeting.head.number))

    def save_minutes(self, meeting: Meeting, before: str = "") -> None:
        """Save a meeting's minutes as Markdown; asks before something else is overwritten.

        `before` is what is said before where they are.
        """
        from tui.saving import save_minutes

        save_minutes(self, meeting, before)

    def export(self, number: int, shown: Sequence[Promise] | None = None) -> None:
        """Export minutes or action items: those of that meeting, or first of all the items that a list shows."""
        from tui.dialogs.export import Export

        self.push_screen(Export(number, shown))
