"""Pictures of the app for the documentation: real screens of the sample workspace, on a day that stands still."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from meetings.exchange.goal_readings import bring_in, read
from meetings.kinds import Horizon
from meetings.model import Goal
from meetings.session import Session
from tests.sample import NOW, sample_app
from tui.app import AccordApp
from tui.machine.picture import drawn

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs/pictures"
METRIC = ROOT / "tests/data/public_metric/notebooks_on_github.csv"
YEAR_LATER = dt.datetime(2020, 3, 2, 10, 0, tzinfo=dt.UTC)
"""The Monday after the last of its 50 counts."""


@dataclass(frozen=True)
class Picture:
    """A screen to draw: the step of the meeting (none: home), the keys pressed there, and the window's size."""

    step: str = ""
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (120, 36)
    now: dt.datetime = NOW
    prepare: Callable[[Session], None] | None = None
    """What else happens before, in the meeting that is drawn."""
    awaited: str = ""
    """Words that come when earlier meetings have been read; the picture is drawn with them."""


def real_goal(session: Session) -> None:
    """A goal on a real public metric (tests/data/public_metric), agreed and read for a year."""
    goal = Goal(
        title="Notebooks on GitHub",
        metric="public Jupyter notebooks that GitHub's search counts",
        owner="Priya",
        start=3_700_000.0,
        target=6_500_000.0,
        start_date=dt.date(2019, 2, 10),
        due=dt.date(2020, 4, 30),
        horizon=Horizon.YEAR,
        agreed=True,
    )
    session.add(goal)
    bring_in(session, read(METRIC, session.meeting))


PICTURES = {
    "home": Picture(),
    "goals": Picture("goals"),
    "chart": Picture("goals", ("G", "Z"), now=YEAR_LATER, prepare=real_goal),
    "leads": Picture("leads", awaited="11 raised"),
    "actions": Picture("actions"),
    "quick-add": Picture("actions", ("t", *"Send the list ", "at", *"Pri")),
    "wrap-up": Picture("wrapup", awaited="In their shoes"),
}
"""Every picture in docs/pictures."""


PATIENCE = 1000
"""How often it is looked whether what is awaited has come."""


@contextlib.contextmanager
def in_utc() -> Iterator[None]:
    """The clock on the wall shows UTC meanwhile: the pictures say when the meeting will end."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


async def draw(picture: Picture) -> tuple[str, str]:
    """The screen as SVG, and its text."""
    with tempfile.TemporaryDirectory() as name:
        app = sample_app(Path(name), picture.step, picture.now, picture.prepare)
        async with app.run_test(size=picture.size, notifications=True) as pilot:
            await pilot.pause()
            for key in picture.keys:
                await pilot.press({" ": "space"}.get(key, key))
            await pilot.pause()
            app.desk.session.saver.flush()
            await pilot.pause()
            for _ in range(PATIENCE):
                if picture.awaited in (text := _text(app)):
                    break
                await pilot.pause(0.01)
            return drawn(app), text


def _text(app: AccordApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(part.text for part in strip).rstrip() for strip in strips)


def text_of(svg: str) -> list[str]:
    """The words in a picture, line by line."""
    return re.findall(r">([^<>]+)</text>", svg)


def renew() -> None:
    """Draw all pictures anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, picture in PICTURES.items():
        with in_utc():
            svg, _ = asyncio.run(draw(picture))
        (FOLDER / f"{name}.svg").write_text(svg, "utf-8")
