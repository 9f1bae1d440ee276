"""Two people on one server: what one of them does is on the other's screen a moment later."""

from __future__ import annotations

import pytest

from meetings.config import Config
from meetings.model import Win
from meetings.paths import Paths
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import text, until
from tui import app as app_module
from tui.app import AccordApp


@pytest.fixture
def kind_of_place() -> str:
    return "postgresql"


async def test_an_edit_of_another_arrives_without_being_looked_for(
    workspace: Workspace, config: Config, paths: Paths, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = workspace.start(workspace.session())
    other.go_to("wins")
    monkeypatch.setattr(app_module, "LOOK_SECONDS", 3600.0)
    here = Workspace.open(workspace.config, paths, now=clock.now, today=clock.today)
    app = AccordApp(here)
    async with app.run_test(notifications=True, size=(120, 36)) as pilot:
        await until(pilot, lambda: "Wins" in text(app))
        other.add(Win(title="Signed by somebody else"))
        await until(pilot, lambda: "Signed by somebody else" in text(app))
        app.desk.session.saver.close()
