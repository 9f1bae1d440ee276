"""A running second meeting on real files, shown at one of its steps."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot
from textual.screen import ModalScreen

from meetings.config import store_folder
from meetings.meeting import Meeting
from meetings.session import Session
from meetings.store.files import FileStore
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import until
from tui.app import AccordApp
from tui.widgets.rows import Rows

SIZES = [(120, 36), (80, 24), (40, 15)]
WEEK = 7 * 24 * 3600


def second_meeting(
    workspace: Workspace,
    clock: Clock,
    first: Callable[[Session], object],
    second: Callable[[Session], object],
) -> None:
    """Hold a meeting in which `first` happens, and a week later start the next, in which `second` does."""
    session = workspace.start(workspace.session())
    first(session)
    planned = workspace.close(session)
    clock.advance(WEEK)
    second(workspace.start(planned))


def on_disk(workspace: Workspace) -> Meeting:
    """The latest running meeting as a new start of the program would read it."""
    store = FileStore(store_folder(workspace.config, workspace.paths))
    return store.read(store.numbers()[-1])


@asynccontextmanager
async def at_step(
    workspace: Workspace, step: str, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[AccordApp, Pilot[Any]]]:
    """The app, with that step of the running meeting in front."""
    app = AccordApp(workspace)
    app.desk.session.go_to(step)
    app.make_ready()
    async with app.run_test(notifications=True, size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen.focused, Rows), "a list with the focus")
        yield app, pilot


async def to_list(pilot: Pilot[Any], name: str) -> Rows:
    """Go to the list of that name with Tab, as a person does."""
    for _ in range(6):
        focused = pilot.app.screen.focused
        if isinstance(focused, Rows) and focused.id == name:
            return focused
        await pilot.press("tab")
    raise AssertionError(f"Tab does not lead to the list {name}")


async def dialog(pilot: Pilot[Any]) -> None:
    """Wait until a dialog is open and takes keys."""
    app = pilot.app
    await until(pilot, lambda: isinstance(app.screen, ModalScreen) and app.screen.focused, "a dialog")
