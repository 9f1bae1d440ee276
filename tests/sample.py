"""The app on the sample workspace, in a step of its next meeting, on a day that stands still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from meetings.config import load_config
from meetings.demo import write_demo
from meetings.paths import Paths
from meetings.session import Session
from meetings.workspace import Workspace
from tui.app import AccordApp

NOW = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
MEETINGS = 13
"""How many of them are closed."""
STEP_SECONDS = 270
"""How long each step before that one took."""


def sample_app(
    folder: Path, step: str, now: dt.datetime = NOW, prepare: Callable[[Session], None] | None = None
) -> AccordApp:
    """The app in that step of the running meeting, or without one at home; `prepare` is what else happens before."""
    write_demo(folder / "demo", MEETINGS, until=now.date())
    paths = Paths(*(folder / kind for kind in ("config", "data", "state", "cache")))
    config = load_config(folder / "demo/config.yaml")
    moment = [now]
    workspace = Workspace.open(config, paths, now=lambda: moment[0], today=lambda: moment[0].date())
    session = workspace.session()
    if step:
        session = workspace.start(session)
        for each in session.meeting.head.steps:
            session.go_to(each.id)
            if each.id == step:
                break
            for _ in range(STEP_SECONDS // 15):
                moment[0] += dt.timedelta(seconds=15)
                session.beat()
    if prepare is not None:
        prepare(session)
    session.saver.close()
    return AccordApp(workspace)
