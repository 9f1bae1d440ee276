"""Work in a thread beside the screen."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def screen_first() -> Iterator[None]:
    """While a thread works, the screen's gets its turn after half a millisecond, and no look for waste holds it up."""
    interval, collects = sys.getswitchinterval(), gc.isenabled()
    sys.setswitchinterval(0.0005)
    gc.disable()
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        if collects:
            gc.freeze()  # as after a launch: looking through all that was loaded and read would hold up a frame
            gc.enable()
