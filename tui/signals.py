"""What the system asks of the app: to stop for a while, to go on, to end."""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app import AccordApp

FLUSH_SECONDS = 1.0


def take_signals(app: AccordApp) -> None:
    """Have the signals of a real terminal handled by the event loop, between two things that the app does.

    The library handles SIGTSTP and SIGCONT wherever they arrive. When that is in the middle of writing to the terminal,
    its handler waits for a lock that is never released, and the app hangs.
    SIGTERM would leave the terminal as it is: without its usual screen, and with a mouse that types.
    """
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTSTP, signal.SIGCONT):
        handler = signal.getsignal(number)
        if not callable(handler):
            return  # no terminal: nothing has taken them
        loop.add_signal_handler(number, handler, number, None)
    loop.add_signal_handler(signal.SIGTERM, app.end, FLUSH_SECONDS, 128 + signal.SIGTERM)
