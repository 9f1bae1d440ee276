"""Accord with one list of action items on the screen, for the tests of dialogs."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen

from meetings.config import Config, default_config
from meetings.config.schema import TeamConfig
from meetings.kinds import Team
from meetings.model import ActionItem, Feedback, Problem
from meetings.paths import Paths
from meetings.workspace import Workspace
from tui.app import AccordApp
from tui.bindings import bindings_for
from tui.keys import MEETING
from tui.screens.records import RecordScreen
from tui.widgets.columns import Column
from tui.widgets.panel import Panel
from tui.widgets.row import Row
from tui.widgets.rows import Rows

SATURDAY = dt.date(2026, 11, 21)
MOMENT = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
TEAMS = {
    "a": TeamConfig(name="Sales", people=("Sam", "Priya", "Kim")),
    "b": TeamConfig(name="Marketing", people=("Jo", "Ana Maria")),
}
HOSTILE = "win [/red] [x] [bold"


class Backdrop(RecordScreen):
    """A screen with a list: problems, feedback and action items."""

    place = MEETING
    BINDINGS = bindings_for(MEETING)

    def compose(self) -> ComposeResult:
        with Panel(title="Everything"):
            yield Rows(id="list")

    def show(self) -> None:
        shown = [*self.meeting.problems.values(), *self.meeting.feedback.values()]
        shown += [*self.meeting.action_items.values()]
        rows = [Row(r.uid, {"title": str(getattr(r, "title", getattr(r, "text", "")))}) for r in shown]
        self.query_one(Rows).show((Column("title", flex=1),), rows, "Nothing yet: t adds an action item.")

    def hints(self) -> tuple[str, ...]:
        return ("add", "action_item", "edit")

    def why_not(self, action_id: str) -> str:
        return "There is no step before this one." if action_id == "previous_step" else ""


class DialogApp(AccordApp):
    """The app on a new store in a folder, with every edit on disk at once."""

    def __init__(self, folder: Path, config: Config | None = None, theme: str = "dark") -> None:
        paths = Paths(folder / "config", folder / "data", folder / "state", folder / "cache")
        shown = replace(config or default_config(), theme=theme)
        shown = replace(shown, teams=TEAMS) if config is None else shown
        workspace = Workspace.open(shown, paths, background=False, now=lambda: MOMENT, today=lambda: SATURDAY)
        super().__init__(workspace)
        self.desk.start()
        self.answers: list[Any] = []

    def first_screen(self) -> Screen[None]:
        return Backdrop()

    def ask(self, dialog: Screen[Any]) -> None:
        """Open a dialog and keep its answer."""
        self.push_screen(dialog, self.answers.append)

    def lines(self) -> list[str]:
        """What the terminal shows, line by line, without the blanks at the end."""
        return [
            "".join(segment.text for segment in line).rstrip()
            for line in self.screen._compositor.render_strips()
        ]

    def text(self) -> str:
        """What the terminal shows."""
        return "\n".join(self.lines())

    def problem(self, title: str = "Who owns leads from events?") -> Problem:
        added = self.desk.session.add(Problem(title=title))
        assert isinstance(added, Problem)
        return added

    def feedback(self, text: str = "Leads are students", team: Team = Team.A) -> Feedback:
        added = self.desk.session.add(Feedback(text=text, from_team=team))
        assert isinstance(added, Feedback)
        return added


@asynccontextmanager
async def opened(
    folder: Path,
    dialog: Callable[[], Screen[Any]] | None = None,
    size: tuple[int, int] = (100, 36),
    **how: Any,
) -> AsyncIterator[tuple[DialogApp, Pilot[int]]]:
    app = DialogApp(folder, **how)
    async with app.run_test(size=size, notifications=True) as pilot:
        if dialog is not None:
            app.ask(dialog())
        await pilot.pause()
        yield app, pilot


async def write(pilot: Pilot[int], text: str) -> None:
    await pilot.press(*({" ": "space"}.get(sign, sign) for sign in text))


async def click_on(app: DialogApp, pilot: Pilot[int], words: str) -> None:
    """Click on the words where the terminal shows them."""
    row, text = next((row, text) for row, text in enumerate(app.lines()) if words in text)
    await pilot.click(offset=(text.index(words), row))


def item(**how: Any) -> ActionItem:
    return ActionItem(**{"title": "Rewrite the page", "owner": "Jo", "team": Team.B, **how})
