"""Screens beside the running meeting: where one is on top, the keys that matter at the bottom."""

from __future__ import annotations

import datetime as dt

from textual import events
from textual.worker import Worker, WorkerState

from meetings.errors import AccordError, UsageError
from meetings.flow import lifecycle
from meetings.kinds import MeetingState
from meetings.session import Event
from meetings.store.saver import SaveState
from tui.keys import remapped
from tui.screens.base import AccordScreen
from tui.widgets.columns import plain
from tui.widgets.key_bar import KeyBar
from tui.widgets.rows import Rows
from tui.widgets.top_bar import TopBar, clock_text

NARROW, SHORT = 96, 30
"""Columns and lines from which a screen has room for everything side by side and with space around it."""
EXAMPLE = "Example"
"""The first word on every screen on which nothing is real."""
TINY_WIDTH, TINY_HEIGHT = 60, 20
"""Below these there is one pane."""


class PlaceBar(TopBar):
    """The line on top with the name of a place instead of a meeting's."""

    def show_place(self, title: str, state: SaveState, time: str = "") -> None:
        """Show where this is, the clock of a running meeting, and how far saving has come."""
        shown = (plain(title), time, state)
        if shown != (self._title, self._clock, self._state):
            self._title, self._clock, self._state = shown
            self.refresh()


class PlaceScreen(AccordScreen):
    """What these screens share. While a meeting runs, its clock stays on top."""

    _shown_on: dt.date | None = None

    def heading(self) -> str:
        """What this place is called."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """The clock goes on while a meeting runs, and tomorrow is another day."""
        self.set_interval(1, self._second)

    def on_screen_resume(self) -> None:
        """Back here: the meeting may have gone on meanwhile."""
        if self._shown_on is not None:
            self.show()
            self.show_around()

    def heard(self, event: Event) -> None:
        """What was edited is shown; anything else only changes the line on top."""
        if event.kind in ("edit", "others"):
            self.show()
        self.show_around()

    def _second(self) -> None:
        if not self.is_current or self._shown_on is None:
            return
        if self._shown_on != self.desk.today():
            self.show()
        if self.meeting.head.state is MeetingState.RUNNING:
            self._show_top()

    def show_around(self) -> None:
        """The line on top and the line of keys."""
        self._shown_on = self.desk.today()
        self._show_top()
        keys = remapped(self.desk.config.keys)
        hints = [(name, keys[name][0], self.label_of(name)) for name in (*self.hints(), "help")]
        self.query_one(KeyBar).show(hints)

    def show_company(self) -> None:
        """Who is here stands in the line on top."""
        if self._shown_on is not None and self.query(PlaceBar):  # it may be on its way out
            self._show_top()

    def _show_top(self) -> None:
        session = self.desk.session
        meeting, heading, time = session.meeting, self.heading(), ""
        if self.accord.demo and not heading.startswith(EXAMPLE):
            heading = f"{EXAMPLE} · {heading}"
        if session.refusal:
            heading += " · read only"
        elif meeting.head.state is MeetingState.RUNNING:
            time = clock_text(meeting, self.desk.now(), session.live)
        if company := self.accord.together.words():
            heading += f" · {company}"
        self.query_one(PlaceBar).show_place(heading, session.state, time)

    def ask_amendment(self, number: int) -> None:
        """Have an amendment to a closed meeting typed. Raises AccordError when it cannot be amended."""
        from tui.dialogs.prompt import Prompt

        store = self.desk.workspace.store
        lifecycle.need_closed(store.read(number).head)
        if refusal := store.read_only():
            raise UsageError(refusal)
        prompt = Prompt(
            f"Amend meeting {number}",
            "It is added to the meeting's minutes with today's date, and stays there.",
            placeholder="what has to be known about it",
            required=True,
        )

        def typed(text: str | None) -> None:
            if not text:
                return
            try:
                self.desk.amend(number, text)
            except AccordError as error:
                self.accord.half_typed[prompt.key] = text
                self.accord.say_error(error)
            else:
                self.accord.say(f"The amendment is in the minutes of meeting {number}.")
                self.amended(number)

        self.app.push_screen(prompt, typed)

    def amended(self, number: int) -> None:
        """An amendment was added to that meeting."""

    def to_reopen(self) -> int:
        """The number of the meeting that was closed last. Raises UsageError when it cannot be reopened."""
        head, last = self.meeting.head, self.desk.previous
        if self.desk.session.refusal:
            raise UsageError(self.desk.session.refusal)
        if last is None or last.head.state is not MeetingState.CLOSED:
            raise UsageError("No meeting has been closed yet.")
        if head.state is not MeetingState.PLANNED:
            raise UsageError(
                f"Meeting {last.head.number} can no longer be reopened: meeting {head.number} has started."
            )
        return last.head.number

    def do_reopen(self) -> None:
        """Make the meeting that was closed last run again, after asking; or say why that cannot be."""
        from tui.dialogs.confirm import Confirm

        head, number = self.meeting.head, self.to_reopen()
        question = Confirm(
            f"Reopen meeting {number}?",
            f"It runs again with its clock paused. What is on meeting {head.number} already stays there.",
            yes="Reopen it",
            no="Leave it closed",
        )
        self.app.push_screen(question, lambda yes: self._reopen(number) if yes else None)

    def _reopen(self, number: int) -> None:
        try:
            self.desk.reopen(number)
        except AccordError as error:
            self.accord.say_error(error)
        else:
            self.accord.go("meeting")

    def on_resize(self, event: events.Resize) -> None:
        """What has room where."""
        width, height = event.size
        self.set_class(width < NARROW, "narrow")
        self.set_class(height < SHORT, "short")
        self.set_class(width < TINY_WIDTH or height < TINY_HEIGHT, "tiny")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Reading in the background went wrong in a way that nobody has thought of: the screen stays as it is."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.accord.say_error(self.accord.fault("This could not be read to its end", event.worker.error))

    def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        """A click on a key."""
        self.act(event.action_id)

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Another row: other keys may matter."""
        event.stop()
        self.show_around()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Another list: other keys."""
        self.show_around()
