"""Waiting for a long question: how far it is, and how it is cancelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol


class Cancelled(Exception):
    """Nobody wants the answer any more. Raised by a watch, and then by the question that it was handed to."""


class Watch(Protocol):
    """Whoever waits for a long question.

    A screen that asks in a worker raises Cancelled once the worker is cancelled, and shows progress when the question
    has taken longer than a moment: `step` is called thousands of times, so it must not draw each time.
    """

    def step(self, done: int, all: int) -> None:
        """So many of all meetings are done. Called before each one and when all are done, on the thread that asks.

        May raise Cancelled; what was read until then is kept.
        """


def watched(numbers: Sequence[int], watch: Watch | None, *, done: int = 0) -> Iterator[int]:
    """These numbers but the first `done`, each told to the watch. Raises what the watch raises."""
    for at in range(done, len(numbers)):
        if watch is not None:
            watch.step(at, len(numbers))
        yield numbers[at]
    if watch is not None:
        watch.step(len(numbers), len(numbers))
