"""Saving off the caller's thread, in order, and saying truthfully how far it has come.

Only the newest version waits to be written: every version holds all edits before it, so several quick edits may
share one write. A failed write is tried again until it succeeds; the meeting stays in memory meanwhile.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from meetings.errors import StoreError
from meetings.meeting import Meeting
from meetings.store.base import MeetingStore, NotSaved, Offline, Saved

RETRY_SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0)
FIRST_THE_SCREEN = 0.01
"""Seconds that a write waits in the background: two threads at once would make the edit's own frame come later."""


class Progress(Enum):
    """How far saving has come."""

    SAVED = "Saved"
    SAVING = "Saving"
    OFFLINE = "Offline"
    FAILED = "Not saved"


@dataclass(frozen=True)
class SaveState:
    """What is true of the last edit: on disk, on its way, waiting for the server, or refused (`why`: one sentence)."""

    progress: Progress
    why: str = ""


class Saver:
    """Writes the versions of one meeting that it is handed.

    `on_saved(sent, saved)` has to call `adopt` with what the caller makes of it, before another `put`. It and
    `on_state(state)` are called on the saver's thread; with `background=False` everything happens in the caller's,
    and `put` raises what the store raises.
    """

    def __init__(
        self,
        store: MeetingStore,
        on_disk: Meeting,
        on_saved: Callable[[Meeting, Saved], None],
        on_state: Callable[[SaveState], None],
        *,
        background: bool = True,
    ) -> None:
        self.store = store
        self.background = background
        self.state = SaveState(Progress.SAVED)
        self._on_disk = on_disk
        self._on_saved = on_saved
        self._on_state = on_state
        self._waiting: Meeting | None = None
        self._look = False
        self._closing = False
        self._hurry = False
        self._failures = 0
        self._busy = False
        self._stamp: object = None
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def put(self, meeting: Meeting, *, quietly: bool = False) -> None:
        """Have this version written as soon as possible. `quietly`: nothing but time has passed, so that the
        last edit stays saved, and the state says so unless the write fails.
        """
        with self._changed:
            self._waiting = meeting
            saved = self.state.progress is Progress.SAVED
            news = saved and not quietly and self._becomes(SaveState(Progress.SAVING))
        if news:
            self._on_state(self.state)
        if self.background:
            self._wake()
        else:
            self._write_here()

    def adopt(self, meeting: Meeting, on_disk: Meeting) -> None:
        """Take it that the caller goes on from `meeting`, which holds everything that `on_disk` does.

        What waits was made without others' edits; written as it is, it would take them back.
        """
        with self._changed:
            self._on_disk = on_disk
            if self._waiting is not None:
                self._waiting = meeting

    def look(self) -> None:
        """Have the store looked at for edits made elsewhere; they arrive through `on_saved`."""
        if not self.background:
            self._deliver(self._read())
            return
        with self._changed:
            self._look = True
        self._wake()

    def flush(self, timeout: float | None = None) -> bool:
        """Do at once what is to be done. False when that was not possible within `timeout` seconds."""
        if not self.background:
            with contextlib.suppress(StoreError):
                self._write_here()
            return self._waiting is None
        with self._changed:
            if self._waiting is not None or self._busy:
                self._hurry = True
                self._wake()
            return self._changed.wait_for(self._idle, timeout)

    def close(self, timeout: float | None = 5.0) -> bool:
        """Write what waits, then stop; a later `put` or `look` starts again. False as `flush`."""
        done = self.flush(timeout)
        with self._changed:
            self._closing = True
            self._changed.notify_all()
            if done:
                self._changed.wait_for(lambda: self._thread is None or not self._closing, timeout)
        return done

    def _idle(self) -> bool:
        return self._waiting is None and not self._look and not self._busy

    def _write_here(self) -> None:
        """Write what waits on the caller's thread. Raises what the store raises."""
        sent = self._waiting
        if sent is None:
            return
        try:
            saved = self.store.save(sent, self._on_disk)
        except StoreError as error:
            self._go_on_from(sent, error)
            self._say(_trouble(error))
            raise
        self._waiting = None
        self._deliver((sent, saved))
        self._say(SaveState(Progress.SAVED))

    def _wake(self) -> None:
        with self._changed:
            self._closing = False
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="saver", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def _run(self) -> None:
        try:
            while self._once():
                pass
        finally:
            with self._changed:
                if self._thread is threading.current_thread():
                    self._thread, self._busy = None, False
                    self._changed.notify_all()

    def _once(self) -> bool:
        """Wait for something to do and do it. False when the saver is closing."""
        with self._changed:
            self._changed.wait_for(lambda: self._closing or self._look or self._waiting is not None)
            if self._waiting is not None:
                self._changed.wait_for(lambda: self._closing or self._hurry, FIRST_THE_SCREEN)
            if self._waiting is None and not self._look:
                self._thread = None
                self._changed.notify_all()
                return False
            sent, self._waiting, self._look, self._busy = self._waiting, None, False, True
        trouble = self._attempt(sent)
        failed = trouble is not None and sent is not None
        with self._changed:
            self._busy = False
            if failed and self._waiting is None:
                self._waiting = sent
            news = False
            if trouble is not None and sent is not None:
                news = self._becomes(trouble)
            elif self._waiting is None and trouble is None:
                news = self._becomes(SaveState(Progress.SAVED))
            self._changed.notify_all()
        if news:
            self._on_state(self.state)
        if failed:
            return self._pause()
        self._failures, self._hurry = 0, False
        return True

    def _pause(self) -> bool:
        """Wait before the next attempt. False when the saver is closing: then there is none."""
        with self._changed:
            seconds = RETRY_SECONDS[min(self._failures, len(RETRY_SECONDS) - 1)]
            self._failures += 1
            self._changed.wait_for(lambda: self._closing or self._hurry, seconds)
            self._hurry = False
            if self._closing:
                self._thread = None
            return not self._closing

    def _attempt(self, sent: Meeting | None) -> SaveState | None:
        """Write or look once. What went wrong, or nothing."""
        try:
            if sent is not None:
                found: tuple[Meeting, Saved] | None = (sent, self.store.save(sent, self._on_disk))
            else:
                found = self._read()
            self._deliver(found)
        except StoreError as error:
            self._go_on_from(sent, error)
            return _trouble(error)
        except Exception as error:  # noqa: BLE001 - whatever it was, the edit is not on disk: that has to be said
            why = f"Saving ended with an error that was not expected ({type(error).__name__})."
            return SaveState(Progress.FAILED, why)
        return None

    def _go_on_from(self, sent: Meeting | None, error: StoreError) -> None:
        """Where a failed write has got into the file all the same, go on from there. It is still to be written."""
        if sent is None or not isinstance(error, NotSaved) or error.there is None:
            return
        with self._changed:
            if self._waiting is None:
                self._waiting = sent
        self._deliver((sent, error.there))

    def _read(self) -> tuple[Meeting, Saved] | None:
        """What has come into the store since the last look, and what was there before; None when nothing has."""
        number = self._on_disk.head.number
        stamp = self.store.stamp(number)
        if stamp is None or stamp == self._stamp:
            return None
        found = self.store.read(number)
        self._stamp = stamp
        return (self._on_disk, Saved(found)) if found != self._on_disk else None

    def _deliver(self, found: tuple[Meeting, Saved] | None) -> None:
        if found is not None:
            self._on_saved(*found)

    def _say(self, state: SaveState) -> None:
        with self._changed:
            news = self._becomes(state)
        if news:
            self._on_state(state)

    def _becomes(self, state: SaveState) -> bool:
        """Take on that state, holding the lock. Whether it is another one: then `on_state` is due without the lock."""
        changed, self.state = state != self.state, state
        return changed


def _trouble(error: StoreError) -> SaveState:
    return SaveState(Progress.OFFLINE if isinstance(error, Offline) else Progress.FAILED, error.message)
