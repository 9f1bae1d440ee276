"""The app: theme, keys, the desk, and which screen is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.command import Provider
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.screen import Screen
from textual.signal import Signal
from textual.widget import MountError
from textual.worker import WorkerFailed

from meetings.config import Config
from meetings.flow import clock
from meetings.paths import Paths
from meetings.session import Event
from meetings.workspace import Workspace, seat_of
from tui import memory
from tui.beginning import Beginning
from tui.bindings import keymap
from tui.clashing import Clashing
from tui.desk import Desk
from tui.going import BASE
from tui.joined.hearing import Heard, Hearing
from tui.joined.together import Together
from tui.machine.faults import threads_reported
from tui.screens.base import AccordScreen
from tui.served import own_folder
from tui.signals import hung_up, take_signals
from tui.theme import APP_CSS, next_theme, use_themes
from tui.waste import Waste

if TYPE_CHECKING:
    from tui.guide.guide import Guide

LOOK_SECONDS = 1.0
"""How often the store is looked at for edits made elsewhere, and who is here."""
PARTING_SECONDS = 0.6
"""How long telling the others that one leaves may take."""


def _commands() -> type[Provider]:
    from tui.dialogs.palette import ActionCommands

    commands: type[Provider] = ActionCommands
    return commands


class AccordApp(Beginning):
    """Accord on the screen."""

    TITLE = "Accord"
    COMMANDS = {_commands}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    CSS = APP_CSS

    def __init__(self, workspace: Workspace, *, set_up: bool = False, demo: bool = False) -> None:
        super().__init__()
        self.hearing = Hearing(self)
        """What the app hears of the meeting."""
        self.desk = Desk(workspace, self.hearing.told)
        self.demo = demo
        self.guide: Guide | None = None
        """The guide through the example; None in everyone's own meetings."""
        self.half_typed = memory.take_lines(workspace.paths, workspace.store.location)
        """Lines that were left, by what they were to become: offered again, also by the next launch."""
        self.parting: dict[str, None] = {}
        """Lines that are printed when the screen is gone, each once."""
        self.changed: Signal[Event] = Signal(self, "changed")
        """Published with everything that happens to the meeting."""
        self.clashing = Clashing(self)
        """What was edited in two places."""
        self.together = Together(self)
        """Who else is here."""
        self._set_up, self._leaving = set_up, False
        self._waste = Waste()
        self._use_config()

    # Beginning

    def on_mount(self) -> None:
        """The two things that happen by themselves: the heartbeat and a look at the store."""
        self.set_interval(clock.BEAT, self._beat)
        self.set_interval(LOOK_SECONDS, self._look)
        take_signals(self)
        self.call_after_refresh(self._launched)

    def _launched(self) -> None:
        """The first frame is there: what could wait for it."""
        self._waste.launched()
        self._beat()
        if not self._set_up:
            self.clashing.take(self.desk.workspace.clashes)
            self.desk.listen()
            self.together.begin()
        self._tell_of_left_texts()
        if self.demo:
            from tui.guide.guide import Guide

            self.guide = Guide(self)
            self.guide.begin()

    def _tell_of_left_texts(self) -> None:
        """What somebody was writing in their editor when Accord came to a sudden end is not forgotten."""
        from tui.machine import texts

        for file in () if self.desk.served else texts.left_over(self.desk.workspace.paths.state):
            self.say(told := f"A text from your editor was left when Accord last ended: {file}")
            self.parting[told] = None

    def _use_config(self) -> None:
        use_themes(self, memory.remembered_theme(self.desk.workspace.paths) or self.desk.config.theme)
        self.animation_level = self.desk.config.animations
        self.set_keymap(keymap(self.desk.config.keys))

    def action_command_palette(self) -> None:
        """Every command by its name."""
        from tui.dialogs.palette import Palette

        if not any(isinstance(screen, Palette) for screen in self.screen_stack):
            self.push_screen(Palette())  # with an id, one that has just been closed would be in its way

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None of the library's own: the palette reads the table of actions."""
        return ()

    def configured(self, config: Config) -> None:
        """Set-up is over: open the store of that configuration and go home. Raises StoreError; then nothing changed."""
        old = self.desk.workspace
        workspace = Workspace.open(
            config, old.paths, background=old.background, now=old.now, today=old.today, seat=old.seat
        )
        desk = Desk(workspace, self.hearing.told)
        _ = desk.session
        self.desk, self._set_up = desk, False
        desk.listen()
        self.together.begin()
        self._use_config()
        self._beat()
        self.switch_screen(self.screen_of("home"))

    # What happens by itself

    def on_heard(self, message: Heard) -> None:
        """Something happened to the meeting."""
        self.hearing.heard(message.event)

    def show_urgent(self) -> None:
        """Something has become urgent, or is so no longer."""
        for screen in self.screen_stack:
            if isinstance(screen, AccordScreen):
                screen.show_urgent()

    def _beat(self) -> None:
        if not self._set_up:
            self.desk.session.beat()
        self._waste.sweep(settled=len(self.screen_stack) == BASE)

    def _look(self) -> None:
        if not self._set_up:
            self.desk.session.saver.look()
            self.together.look()

    # Looks

    def next_theme(self) -> None:
        """The next of the three themes; it is remembered."""
        choice = next_theme(self)
        memory.remember_theme(self.desk.workspace.paths, choice)
        self.say(f"Theme: {choice}")

    # Leaving

    def on_unmount(self) -> None:
        """The others learn that one is gone."""
        self.together.end()

    def leave(self) -> None:
        """Leave; asks while a meeting runs. What is not saved yet is waited for, or asked about."""
        if self._set_up:
            self.exit(0)
        elif not self._leaving and self._nothing_half_done():
            self._leaving = True
            self.run_worker(self._leave(), group="leaving")

    def _nothing_half_done(self) -> bool:
        """Whether the dialog in front, if there is one, has nothing that would be lost."""
        ready: Callable[[], bool] | None = getattr(self.screen, "ready_to_leave", None)
        return ready is None or ready()

    async def _leave(self) -> None:
        from tui.leaving import leave

        try:
            await leave(self)
        finally:
            self._leaving = False

    def end(self, seconds: float, status: int) -> None:
        """End with that status, whatever happens: what is not on disk yet has so many seconds left."""
        if not self._set_up:
            self.desk.session.saver.flush(seconds)
        self.exit(status)

    def _handle_exception(self, error: Exception) -> None:
        """As in the library; but a screen that was still coming while one leaves finds parts of itself gone."""
        if not (self._exit and isinstance(error, NoMatches | NoScreen | MountError)):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End without the library's dump of local variables: they hold people's words. `run` reports the fault."""
        self._close_messages_no_wait()

    def action_help_quit(self) -> None:
        """Ctrl+C leaves like every other way out."""
        self.leave()

    async def action_quit(self) -> None:
        """The library's own way out is Accord's."""
        self.leave()


def run(config: Config, paths: Paths, *, demo: bool = False) -> int:
    """Run the app on that configuration. Returns the exit code; raises StoreError when nothing can be shown."""
    workspace = Workspace.open(config, paths, seat=seat_of(own_folder(paths.state)))
    set_up = config.source is None and not demo and not workspace.store.numbers()
    app = AccordApp(workspace, set_up=set_up, demo=demo)
    if not set_up:
        # What is wrong with the store is said in plain words, before the screen is taken.
        _ = app.desk.session
    app.make_ready()
    with threads_reported(app, hung_up):
        result = app.run()
    app.together.end(PARTING_SECONDS)
    if not demo:
        memory.remember_lines(paths, app.desk.workspace.store.location, app.half_typed)
    if isinstance(app._exception, WorkerFailed):
        raise app._exception.error
    if app._exception is not None:
        raise app._exception  # one sentence and a report without anyone's text come of it
    sys.stdout.write("".join(f"{line}\n" for line in app.parting))
    return result if isinstance(result, int) else app.return_code or 0
