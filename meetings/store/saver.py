"""Saving off the caller's thread, in order, and saying truthfully how far it has come.

Only the newest version waits to be written: every version holds all edits before it, so several quick edits may
share one write. A failed write is tried again until it succeeds; the meeting stays in memory meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from meetings.errors import StoreError
from meetings.meeting import Meeting
from meetings.store.base import MeetingStore, Saved

RETRY_SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0)


class Progress(Enum):
    """How far saving has come."""

    SAVED = "Saved"
    SAVING = "Saving"
    FAILED = "Not saved"


@dataclass(frozen=True)
class SaveState:
    """What is true of the last edit: on disk, on its way, or refused (`why`: one sentence)."""

    progress: Progress
    why: str = ""


class Saver:
    """Writes the versions of one meeting that it is handed.

    `on_saved(sent, saved)` and `on_state(state)` are called on the saver's thread; with `background=False` everything
    happens in the caller's, and `put` raises what the store raises.
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
        self._busy = False
        self._stamp: object = None
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def put(self, meeting: Meeting) -> None:
        """Have this version written as soon as possible."""
        if not self.background:
            self._write(meeting)
            return
        with self._changed:
            self._waiting = meeting
            if self.state.progress is Progress.SAVED:
                self._say(SaveState(Progress.SAVING))
            self._wake()

    def look(self) -> None:
        """Have the store looked at for edits made elsewhere; they arrive through `on_saved`."""
        with self._changed:
            self._look = True
            self._wake()

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until nothing is left to write. False when that took longer than `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._waiting is None and not self._busy, timeout)

    def close(self, timeout: float | None = 5.0) -> bool:
        """Write what waits, then stop. False when something could not be written in time."""
        done = self.flush(timeout)
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread is not None and done:
            self._thread.join(timeout)
        return done

    def _wake(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="saver", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def _run(self) -> None:
        failures = 0
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or self._look or self._waiting is not None)
                if self._waiting is None and not self._look:
                    return
                sent, self._waiting, self._busy, self._look = self._waiting, None, True, False
            error = self._attempt(sent)
            with self._changed:
                self._busy = False
                if error is None:
                    failures = 0
                    if sent is not None and self._waiting is None:
                        self._say(SaveState(Progress.SAVED))
                else:
                    self._waiting = self._waiting or sent
                    if self._waiting is not None:
                        self._say(SaveState(Progress.FAILED, error))
                self._changed.notify_all()
                if error is not None and self._waiting is not None:
                    if self._closing:
                        return
                    pause = RETRY_SECONDS[min(failures, len(RETRY_SECONDS) - 1)]
                    failures += 1
                    self._changed.wait_for(lambda: self._closing, pause)

    def _attempt(self, sent: Meeting | None) -> str | None:
        """Write or look once. What went wrong, or None."""
        try:
            if sent is not None:
                self._write(sent)
            else:
                self._read()
        except StoreError as error:
            return error.message
        return None

    def _write(self, sent: Meeting) -> None:
        saved = self.store.save(sent, self._on_disk)
        self._on_disk = saved.meeting
        self._stamp = None
        self._on_saved(sent, saved)

    def _read(self) -> None:
        stamp = self.store.stamp(self._on_disk.head.number)
        if stamp is None or stamp == self._stamp:
            return
        found = self.store.read(self._on_disk.head.number)
        self._stamp = stamp
        if found != self._on_disk:
            before, self._on_disk = self._on_disk, found
            self._on_saved(before, Saved(found))

    def _say(self, state: SaveState) -> None:
        if state != self.state:
            self.state = state
            self._on_state(state)
