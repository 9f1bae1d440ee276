"""What is heard of the meeting: edits made here, by somebody else or in another window, and how saving goes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from textual.message import Message

from meetings.kinds import MeetingState
from meetings.store.saver import Progress

if TYPE_CHECKING:
    from meetings.session import Event
    from tui.app import AccordApp


class Heard(Message):
    """Something happened to the meeting, told on the screen's own thread."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.event = event


class Hearing:
    """Tells the app's screens what happens to the meeting, on whatever thread it happened."""

    def __init__(self, app: AccordApp) -> None:
        self._app = app

    def told(self, event: Event) -> None:
        """Something happened, on any thread."""
        if event.kind == "saving" and self._app._thread_id == threading.get_ident():
            self._app.changed.publish(event)  # at once: no frame shows an edit and says Saved before it is
        else:
            self._app.post_message(Heard(event))

    def heard(self, event: Event) -> None:
        """Tell the screens; go to where the meeting is when another window has started or closed it."""
        app = self._app
        if event.kind in ("others", "saving") and self._closed_elsewhere():
            app.desk.reload()
            shared = app.desk.workspace.store.shared
            app.sent_home(f"The meeting was closed {'by somebody else' if shared else 'in another window'}.")
            app.clashing.take(app.desk.workspace.clashes)
        app.clashing.take(event.clashes)
        app.changed.publish(event)

    def _closed_elsewhere(self) -> bool:
        """Whether the meeting was closed by someone else, and nothing of ours still waits to be saved in it."""
        session = self._app.desk.session
        closed = session.meeting.head.state is MeetingState.CLOSED
        return closed and session.state.progress not in (Progress.FAILED, Progress.OFFLINE)
