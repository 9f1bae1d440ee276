"""Who is here, each at their own screen, when the meetings are on a server; with a folder there is nobody."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from meetings.errors import AccordError, UsageError
from meetings.flow import clock
from meetings.flow.heartbeat import left_running
from meetings.kinds import MeetingState
from tui import memory
from tui.screens.base import AccordScreen

if TYPE_CHECKING:
    from meetings.meeting import Meeting
    from meetings.model import Person
    from meetings.store.server.presence import Presence, Someone
    from tui.app import AccordApp

GUEST, LEADER, SELF = "a guest", "facilitator", "you"
"""What somebody is called who has not said their name: a visitor, who leads, and oneself."""


class Together:
    """The people who have these meetings open at this moment, and what one has said of oneself."""

    def __init__(self, app: AccordApp) -> None:
        self._app = app
        self._presence: Presence | None = None
        self._shown: tuple[str, ...] = ()
        self._arriving = False
        self._greeted = self._asked = False
        self.name = ""
        """One's own name, as it was typed once."""

    def begin(self) -> None:
        """Tell the others of oneself, and look who is there."""
        self.end()
        workspace = self._app.desk.workspace
        if not workspace.store.shared:
            return
        from meetings.store.server.presence import presence_on

        remembered = memory.remembered_name(workspace.paths, workspace.store.location)
        self.name, self._asked = remembered or "", remembered is not None
        self._presence = presence_on(workspace.store, workspace.seat, self.name)
        self._arriving = True
        if self._presence is not None:
            self._presence.begin()

    def end(self, seconds: float = 0.0) -> None:
        """Leave; the others are told within so many seconds, or find out by themselves."""
        if self._presence is not None:
            self._presence.end(seconds)

    def look(self) -> None:
        """Who has come and who has gone; call it every second."""
        if self._presence is None:
            return
        if self._arriving and self._presence.settled:
            self._arrive()
        if (names := self.names()) != self._shown:
            self._shown = names
            self._greet()
            for screen in self._app.screen_stack:
                if isinstance(screen, AccordScreen):
                    screen.show_company()

    def _arrive(self) -> None:
        """Who comes alone into a meeting that nobody goes on with leads it."""
        session, now = self._app.desk.session, self._app.desk.now()
        meeting, running = session.meeting, left_running(session.meeting)
        if meeting.head.state is not MeetingState.RUNNING or self._others() or session.refusal:
            self._arriving = False
        elif running is None or not clock.goes_on(running, now) or meeting.head.lead in ("", session.seat):
            self._arriving = False
            if meeting.head.lead != session.seat:
                with contextlib.suppress(AccordError):  # it was closed in this very moment
                    session.lead()

    def _greet(self) -> None:
        """Who leads without a name is told, once, how the others learn it."""
        session = self._app.desk.session
        runs = session.meeting.head.state is MeetingState.RUNNING
        if self.alone or self._greeted or self.name or not (runs and session.leads):
            return
        self._greeted = True
        self._app.say(f"Somebody has joined. {self._app.key_of('who')} tells them who you are.")

    # Who is here

    @property
    def alone(self) -> bool:
        """Whether nobody else is here."""
        return not self._others()

    def _others(self) -> tuple[Someone, ...]:
        return self._presence.others() if self._presence is not None else ()

    def names(self) -> tuple[str, ...]:
        """What everybody is called, who leads first and oneself last of the others; nothing when one is alone."""
        others = self._others()
        if not others:
            return ()
        session = self._app.desk.session
        lead = session.meeting.head.lead if session.meeting.head.state is MeetingState.RUNNING else ""
        called = [(who.seat, who.name or (LEADER if who.seat == lead else GUEST)) for who in others]
        called.append((session.seat, self.name or SELF))
        return tuple(name for _, name in sorted(called, key=lambda one: one[0] != lead))

    def words(self) -> str:
        """`3 here: Sam, Priya, you`; empty when one is alone."""
        names = self.names()
        return f"{len(names)} here: {', '.join(names)}" if names else ""

    @property
    def somebody_leads(self) -> bool:
        """Whether who leads the meeting is here, at their own screen or this one."""
        session = self._app.desk.session
        lead = session.meeting.head.lead
        return lead == session.seat or any(who.seat == lead for who in self._others())

    @property
    def left_alone(self) -> bool:
        """Whether it is certain that whoever led the meeting is not here."""
        settled = self._presence is not None and self._presence.settled and not self._arriving
        return settled and not self.somebody_leads

    @property
    def leader(self) -> str:
        """The name of who leads the meeting; empty when it is not known."""
        lead = self._app.desk.meeting.head.lead
        return self._presence.name_of(lead) if self._presence is not None else ""

    # Oneself

    @property
    def to_be_asked(self) -> bool:
        """Whether one has come into a meeting that somebody else leads, and was never asked for a name."""
        if self._asked or self._app.desk.session.leads or self._presence is None:
            return False
        return self._presence.settled and self.somebody_leads

    def call(self, name: str) -> None:
        """Take a name, as the list of people spells it; an empty one is a guest's. It is remembered."""
        if self._presence is None:
            raise UsageError("Nobody else is in a meeting that is kept in a folder: there is nobody to tell.")
        from meetings.quickadd import name_key

        workspace = self._app.desk.workspace
        known = self._app.desk.context().names()
        self.name = next((each for each in known if name_key(each) == name_key(name)), name)
        self._asked = True
        memory.remember_name(workspace.paths, workspace.store.location, self.name)
        self._presence.call(self.name)

    def person_in(self, meeting: Meeting) -> Person | None:
        """Oneself on the meeting's list of people."""
        from meetings.quickadd import name_key

        own = name_key(self.name)
        return next((one for one in meeting.people.values() if own and name_key(one.name) == own), None)
