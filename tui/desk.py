"""What every screen has in front of it: the workspace, the meeting that accepts edits, and what came before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from meetings.config import Config
from meetings.meeting import Meeting
from meetings.private import PrivateNotes
from meetings.session import Event, Session
from meetings.workspace import Workspace
from tui.served import is_served, own_folder

if TYPE_CHECKING:
    from meetings.quickadd import Context
    from meetings.store.archive import Archive


class Desk:
    """The workspace as the screens use it. `tell` is called with every event, on whatever thread it happens."""

    def __init__(self, workspace: Workspace, tell: Callable[[Event], None]) -> None:
        self.workspace = workspace
        self.private = PrivateNotes(own_folder(workspace.paths.state))
        self._tell = tell
        self._session: Session | None = None
        self._previous: tuple[int, Meeting | None] | None = None
        self._archive: Archive | None = None
        self.served = is_served()
        """Whether the app runs in a browser, on a machine that is not the person's."""

    @property
    def config(self) -> Config:
        """The configuration in use."""
        return self.workspace.config

    @property
    def session(self) -> Session:
        """The session on the meeting that accepts edits; opened when first asked for. Raises StoreError."""
        if self._session is None:
            self._take(self.workspace.session())
        assert self._session is not None
        return self._session

    @property
    def meeting(self) -> Meeting:
        """The meeting that accepts edits, as it is now."""
        return self.session.meeting

    @property
    def previous(self) -> Meeting | None:
        """The meeting before it, read once."""
        number = self.meeting.head.number
        if self._previous is None or self._previous[0] != number:
            self._previous = (number, self.workspace.previous(self.meeting))
        return self._previous[1]

    def listen(self) -> None:
        """Have edits of others brought in as soon as the store tells of them; a folder does not, it is looked at."""
        self.workspace.store.listen(lambda _: self.session.saver.look())

    @property
    def archive(self) -> Archive:
        """Questions over all meetings, which remembers what was read. It is asked off the screen's thread."""
        if self._archive is None:
            from meetings.store.archive import Archive

            self._archive = Archive(self.workspace.store)
        return self._archive

    def today(self) -> dt.date:
        """Today where the user is."""
        return self.workspace.today()

    def now(self) -> dt.datetime:
        """The present moment, UTC."""
        return self.workspace.now()

    def context(self) -> Context:
        """What quick add knows: the people, the teams' names and the meeting's date."""
        from meetings.quickadd import Context

        meeting = self.meeting
        return Context(
            people=tuple((person.name, person.team) for person in meeting.people.values()),
            team_names=dict(meeting.head.team_names),
            base=meeting.head.date,
        )

    def start(self, agenda: str = "") -> None:
        """Start the planned meeting."""
        self._take(self.workspace.start(self.session, agenda))

    def close(self) -> None:
        """Close the running meeting; the next one is planned and takes its place."""
        self._take(self.workspace.close(self.session))

    def put_back(self) -> None:
        """Plan a meeting again that was started by mistake."""
        self._take(self.workspace.put_back(self.session))

    def reopen(self, number: int) -> None:
        """Make the meeting that was closed last run again."""
        self.session.saver.flush(5.0)
        self._take(self.workspace.reopen(number))

    def amend(self, number: int, text: str) -> Meeting:
        """Append an amendment of today to a closed meeting."""
        amended = self.workspace.amend(number, text)
        self._previous = None  # it may be the one that was read
        return amended

    def reload(self) -> None:
        """Open the meeting that accepts edits anew, because another window has closed or started one."""
        self.session.saver.close()
        self._take(self.workspace.session())

    def _take(self, session: Session) -> None:
        self._session = session
        session.listen(self._heard)

    def _heard(self, event: Event) -> None:
        self._tell(event)
