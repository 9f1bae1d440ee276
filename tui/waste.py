"""When Python looks for waste, which are objects that only hold each other: between keys, not under them.

Looking through everything takes 10 to 40 ms, and left to itself Python does so at any moment. Here it is done at
each heartbeat, and only for what is new since the one before.
"""

from __future__ import annotations

import gc

OFTEN, NEVER = (700, 10), 1_000_000
"""After how many new objects the new ones are looked at, and how many such looks before all are: never by itself."""


class Waste:
    """Takes over where a launch has switched the looking off; elsewhere, as in tests, it leaves Python alone."""

    def __init__(self) -> None:
        self._ours = not gc.isenabled()

    def launched(self) -> None:
        """What a launch has put into memory stays there: it is not looked at again."""
        if self._ours:
            gc.freeze()
            gc.set_threshold(*OFTEN, NEVER)
            gc.enable()

    def sweep(self, *, settled: bool) -> None:
        """Look through what is new. When all that there is will stay (`settled`), it is not looked at again."""
        if self._ours:
            gc.collect()
            if settled:
                gc.freeze()
