"""The app's side of the line to a browser: as the library's, but whatever ends the app saves first."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.drivers.web_driver import WebDriver

from meetings.store.saver import Progress
from tui.leaving import NOT_SAVED
from tui.served import own_folder
from tui.web import visitors

if TYPE_CHECKING:
    from tui.app import AccordApp

SAVING_SECONDS = 5.0
"""How long an app that is told to end waits for what is on its way to the disk."""
SAFE = (Progress.SAVED, Progress.OFFLINE)
"""Everything is on a disk."""
ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
OPENED = ("http://", "https://")
"""What an app may have the browser open."""
PROGRAMS = (
    "subprocess.Popen",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
    "webbrowser.open",
)
"""What Python reports when a program is started (docs.python.org/3/library/audit_events.html)."""


def start_no_programs() -> None:
    """From now on no program can be started: it would be on the machine of whoever serves, in their name.

    What needs one is not offered in a browser (tui.served); this is for what was forgotten there. It lasts.
    """

    def refuse(event: str, _: object) -> None:
        if event in PROGRAMS:
            raise PermissionError("no program is started for a browser")

    sys.addaudithook(refuse)


class BrowserDriver(WebDriver):
    """Ends the app, saved, when it is told to, and when the server is gone: nobody could reach it any more."""

    def start_application_mode(self) -> None:
        """Begin to listen."""
        self._loop = asyncio.get_running_loop()
        self._write = partial(self._send)
        start_no_programs()
        self._own = own_folder(cast("AccordApp", self._app).desk.workspace.paths.state)
        self._used = visitors.use(self._own)  # until this process ends
        super().start_application_mode()
        for name in ENDING:
            number = getattr(signal, name, None)
            if number is not None:
                with suppress(NotImplementedError):
                    self._loop.add_signal_handler(number, self._end)

        self._app.watch(self._app, "theme", self._colour_edges)

    def stop_application_mode(self) -> None:
        """The visitor leaves."""
        visitors.touch(self._own)
        super().stop_application_mode()

    def run_input_thread(self) -> None:
        """Read until the server closes the line, which ends the app."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._call(self._end)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Do what the server asks for."""
        if packet_type == "quit":
            self._call(self._end)
        elif packet_type == "redraw":
            self._call(self._redraw)
        else:
            super().on_meta(packet_type, payload)

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Have the browser open a page; other kinds of addresses are passed over."""
        if url.lower().startswith(OPENED):
            super().open_url(url, new_tab)

    def _send(self, data: bytes) -> int:
        """Write all of it. Where nobody listens any more, the end of what is read says so."""
        left = memoryview(data)
        with suppress(BrokenPipeError):
            while left:
                left = left[os.write(self.fileno, left) :]
        return len(data)

    def _call(self, what: object) -> None:
        with suppress(RuntimeError):  # the loop is over already
            self._loop.call_soon_threadsafe(what)  # type: ignore[arg-type]

    def _colour_edges(self) -> None:
        """Give the page's edge, which is less than a column or line wide, the colour of the theme's ground (OSC 11)."""
        self.write(f"\x1b]11;{self._app.get_css_variables()['ground']}\x1b\\")

    def _redraw(self) -> None:
        """Show everything: the browser has missed some of it."""
        self._app.call_later(lambda: self._app.screen.refresh(layout=True))

    def _end(self) -> None:
        app = cast("AccordApp", self._app)
        app.end(SAVING_SECONDS, 0)
        if app.first_place() != "setup" and app.desk.session.state.progress not in SAFE:
            app.exit(NOT_SAVED)
