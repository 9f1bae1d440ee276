"""What every command has around it: the configuration, the folders, today, and the way to the app."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from meetings.errors import UsageError
from meetings.paths import Paths, user_paths

if TYPE_CHECKING:
    from meetings.config import Config
    from meetings.session import Session
    from meetings.store.base import MeetingStore
    from meetings.workspace import Workspace


class Launch(Protocol):
    """Shows the app and returns its exit status."""

    def __call__(self, config: Config, paths: Paths, *, demo: bool = False) -> int:
        """Show the app on that configuration."""


class Serve(Protocol):
    """Serves the app to browsers until it is ended, and returns the exit status."""

    def __call__(
        self, config: Config, paths: Paths, host: str, port: int, public: str, say: Callable[[str], None]
    ) -> int:
        """Serve the app on that configuration; `say` prints a line."""


@dataclass(frozen=True)
class Screen:
    """What the commands know of the app: how to start it and to serve it, and what keys it would refuse.

    `check_keys` gets the remapped keys by action; it returns those that will not do, each with a sentence.
    """

    launch: Launch
    check_keys: Callable[[dict[str, str]], list[tuple[str, str]]]
    serve: Serve


@dataclass
class Setting:
    """One run of a command. `explicit` is what --config names, or empty."""

    screen: Screen
    explicit: str = ""
    paths: Paths = field(default_factory=user_paths)

    @cached_property
    def config(self) -> Config:
        """The configuration in use. Raises ConfigError with everything that is wrong with it."""
        from meetings.config import open_config

        return open_config(
            Path(self.explicit) if self.explicit else None,
            os.environ,
            _here(),
            self.paths.config,
            check_keys=self.screen.check_keys,
        )

    @cached_property
    def today(self) -> dt.date:
        """Today where the user is."""
        return dt.datetime.now().astimezone().date()

    @cached_property
    def workspace(self) -> Workspace:
        """Configuration and store together; every edit is on disk when its method returns."""
        from meetings.workspace import Workspace

        return Workspace.open(self.config, self.paths, background=False)

    @cached_property
    def store(self) -> MeetingStore:
        """The store, to read from. Nothing is written by opening it."""
        from meetings.store.opening import open_store

        return open_store(self.config, self.paths)

    def session(self) -> Session:
        """A session on the meeting that accepts edits. Raises StoreError, also when nothing may be written."""
        from meetings.errors import StoreError

        session = self.workspace.session()
        if session.refusal:
            raise StoreError(session.refusal, "`accord check` says more.")
        return session

    def launch(self, config: Config | None = None, paths: Paths | None = None, *, demo: bool = False) -> int:
        """Show the app, on this setting's configuration unless another is handed in."""
        chosen = config or self.config
        refuse_without_terminal()
        return self.screen.launch(chosen, paths or self.paths, demo=demo)


def _here() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise UsageError("The current folder is gone.", "Change to a folder that exists.") from None


def refuse_without_terminal() -> None:
    """Raise UsageError unless the app has a terminal: in a pipe it would fill a file with codes or wait for ever.

    A driver of another kind (the browser's) says so in TEXTUAL_DRIVER.
    """
    if os.environ.get("TEXTUAL_DRIVER"):
        return
    if not (_is_terminal(sys.__stdin__) and _is_terminal(sys.__stderr__)):
        raise UsageError("The app needs a terminal.", "`accord --help` lists the commands that do not.")


def _is_terminal(stream: object) -> bool:
    try:
        return bool(stream.isatty())  # type: ignore[attr-defined]
    except (AttributeError, ValueError):
        return False
