"""What the system asks of the app: to stop for a while, to go on, to end."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from meetings.errors import UsageError

if TYPE_CHECKING:
    from tui.app import AccordApp

FLUSH_SECONDS = 1.0
HUNG_UP = 128 + 1
"""The status of a program whose terminal was closed: 128 and the number of SIGHUP."""


def take_signals(app: AccordApp) -> None:
    """Have the signals of a real terminal handled by the event loop, between two things that the app does.

    The library handles SIGTSTP and SIGCONT wherever they arrive. When that is in the middle of writing to the terminal,
    its handler waits for a lock that is never released, and the app hangs.
    SIGTERM would leave the terminal as it is: without its usual screen, and with a mouse that types. SIGHUP, for a
    window that was closed, would not wait for what is being saved.
    What another program has left on the terminal is drawn over, all of it.
    """
    app.app_resume_signal.subscribe(app, lambda _: app.screen.refresh())
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    stop, go_on = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
    if not callable(stop) or not callable(go_on):
        return  # no terminal: nothing has taken them
    loop.add_signal_handler(signal.SIGTSTP, _stop, app, stop)
    loop.add_signal_handler(signal.SIGCONT, go_on, signal.SIGCONT, None)
    loop.add_signal_handler(signal.SIGTERM, app.end, FLUSH_SECONDS, 128 + signal.SIGTERM)
    loop.add_signal_handler(signal.SIGHUP, app.end, FLUSH_SECONDS, HUNG_UP)


def stop_for_a_while(app: AccordApp) -> None:
    """Give the terminal back to the shell, until its `fg`. Raises UsageError where no shell is there to say so.

    A shell that does gives each command a process group of its own; without one nobody could have the app go on.
    """
    if sys.platform == "win32" or not sys.stdin.isatty() or os.getpgrp() == os.getsid(0):
        raise UsageError("There is no shell here that could have Accord go on.")
    app.action_suspend_process()


def _stop(app: AccordApp, stop: Callable[[int, None], object]) -> None:
    """Stop for a while, with everything on disk: nobody knows for how long."""
    if app.first_place() != "setup":
        app.desk.session.saver.flush(FLUSH_SECONDS)
    stop(signal.SIGTSTP, None)


def hung_up(app: AccordApp) -> None:
    """End the app, for its terminal is gone. May be called on any thread."""
    if app._loop is not None and not app._exit:
        app._loop.call_soon_threadsafe(app.end, FLUSH_SECONDS, HUNG_UP)
