"""Faults of Accord's own in a thread: the screen goes on, and a report without anyone's text says where it was."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app import AccordApp


@contextmanager
def threads_reported(app: AccordApp, hung_up: Callable[[AccordApp], None]) -> Iterator[None]:
    """Meanwhile a thread that fails writes a report, which is named when Accord is left; nothing is printed.

    When the terminal is gone, which the library's threads find out, `hung_up` is called instead.
    """

    def failed(about: threading.ExceptHookArgs) -> None:
        if isinstance(about.exc_value, OSError) and about.exc_value.errno == errno.EIO:
            hung_up(app)
        elif about.exc_value is not None and about.exc_type is not SystemExit:
            from meetings.crash import write_report

            report = write_report(about.exc_value, app.desk.workspace.paths.state)
            where = (
                f"what went wrong is in {report}; it holds nobody's text"
                if report
                else "no report could be written"
            )
            app.parting[f"A part of Accord met a fault of its own and stopped; {where}."] = None

    before, threading.excepthook = threading.excepthook, failed
    try:
        yield
    finally:
        threading.excepthook = before
