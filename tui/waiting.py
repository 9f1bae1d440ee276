"""A screen that waits for a long question over all meetings."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

from textual.app import App
from textual.worker import get_current_worker

from meetings.store.watch import Cancelled

QUIET = 0.3
"""Seconds that a question may take before anything is said of it."""
AGAIN = 0.15
"""Seconds between two sayings."""


class Waiting:
    """The watch of a question that a thread worker asks: it ends with the worker, which leaving the screen ends.

    `tell` is called on the screen's thread with how many of all meetings are done, once that takes a while. Made and
    used inside the worker.
    """

    def __init__(self, app: App[Any], tell: Callable[[int, int], None] | None = None) -> None:
        self._app, self._tell = app, tell
        self._worker = get_current_worker()
        self._next = monotonic() + QUIET

    @property
    def over(self) -> bool:
        """Whether nobody wants the answer any more."""
        return self._worker.is_cancelled

    def step(self, done: int, all: int) -> None:
        """See meetings.store.watch. Raises Cancelled."""
        if self.over:
            raise Cancelled
        if self._tell is not None and done < all and monotonic() >= self._next:
            self._next = monotonic() + AGAIN
            self._app.call_from_thread(self._tell, done, all)

    def answer(self, take: Callable[..., object], *found: object) -> None:
        """Hand the answer to the screen, on its thread, if it is still wanted."""
        if not self.over:
            self._app.call_from_thread(take, *found)
