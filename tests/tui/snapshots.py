"""Every screen as it was last looked at and found good: its text, and the styles by their names.

The names of colours are those of the theme, so that one file holds for the dark and the light look: what is `quiet` in
one has to be so in the other. `python -m tests.renew` writes them anew; a test compares them. Look at what has changed.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.color import Color
from rich.segment import Segment
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input

from tests.pictures import in_utc
from tests.sample import sample_app
from tui.app import AccordApp
from tui.dialogs.base import Box
from tui.theme import DARK, LIGHT, NAMES

FOLDER = Path(__file__).resolve().parents[1] / "snapshots"
LARGE, SMALL = (120, 36), (80, 24)
LOOKS = {"dark": DARK, "light": LIGHT}
FRAMES = range(0x2500, 0x2580)
"""Lines around things, whose colours are left out."""
OTHER = "other"
"""A colour that is not the theme's."""
SETTLED = 4
"""How often in a row the screen has to be the same before it counts as complete."""
PATIENCE = 600


@dataclass(frozen=True)
class Snapshot:
    """A screen: the step of the meeting that it is reached from (none: home), keys, and words that come last."""

    step: str = ""
    keys: tuple[str, ...] = ()
    awaited: str = ""


SNAPSHOTS = {
    "home": Snapshot(awaited="Esc leaves 15"),
    "check-in": Snapshot("checkin", awaited="closed ·"),
    "goals": Snapshot("goals", awaited="Last time"),
    "leads": Snapshot("leads", awaited="11 raised"),
    "wins": Snapshot("wins", awaited="Wins by source"),
    "actions": Snapshot("actions"),
    "wrap-up": Snapshot("wrapup", awaited="In their shoes"),
    "presenter": Snapshot("goals", ("z",)),
    "quick-add": Snapshot("actions", ("t", *"Send the list ", "at", *"Pri")),
    "form": Snapshot("actions", ("e",)),
    "question": Snapshot("goals", ("r",)),
    "help": Snapshot("wins", ("question_mark",)),
    "everything": Snapshot("actions", ("i",), awaited="7 of 93"),
    "history": Snapshot("goals", ("y",), awaited="62:35"),
    "trends": Snapshot("goals", ("Y",), awaited="12 readings"),
    "minutes": Snapshot("goals", ("m",), awaited="Draft"),
}
"""Every snapshot in tests/snapshots."""


def drawn(app: AccordApp) -> str:
    """The text, then where which styles are on each line; plain text and frames have none. Of a dialog it alone."""
    strips, screen = app.screen._compositor.render_strips(), app.screen
    colours = LOOKS[next(look for look in LOOKS if NAMES[look] == app.theme)]
    names = {Color.parse(value).triplet: name for name, value in reversed(list(colours.items()))}
    front = screen.query_one(Box).region if screen.is_modal else screen.region
    text = [
        "".join(part.text for part in strips[y].crop(front.x, front.right)).rstrip() for y in front.line_range
    ]
    styles = [
        f"{y:2} {runs}"
        for y in front.line_range
        if (runs := _runs(strips[y].crop(front.x, front.right), names, front.x))
    ]
    return "\n".join([*text, "", "Styles:", *styles, ""])


def _runs(strip: Strip, names: dict[object, str], at: int) -> str:
    runs: list[tuple[int, int, str]] = []
    for part in strip:
        end, style = at + part.cell_length, _style(part, names)
        if runs and runs[-1][1:] == (at, style):
            runs[-1] = (runs[-1][0], end, style)
        elif style:
            runs.append((at, end, style))
        at = end
    return ", ".join(f"{start}-{end} {style}" for start, end, style in runs)


def _style(part: Segment, names: dict[object, str]) -> str:
    style = part.style
    if style is None or style.color is None or style.bgcolor is None:
        return ""
    seen = any(not (letter.isspace() or ord(letter) in FRAMES) for letter in part.text)
    ink = names.get(style.color.triplet, OTHER) if seen else "ink"
    ground = names.get(style.bgcolor.triplet, OTHER)
    words = [ink] * (ink != "ink")
    words += [word for word in ("bold", "underline", "reverse") if seen and getattr(style, word)]
    return " ".join(words + [f"on {ground}"] * (ground != "ground"))


@asynccontextmanager
async def opened(snapshot: Snapshot) -> AsyncIterator[tuple[AccordApp, Pilot[object]]]:
    """The app on that screen of the sample workspace, on a day that stands still."""
    with tempfile.TemporaryDirectory() as name, in_utc():
        app = sample_app(Path(name), snapshot.step)
        async with app.run_test(size=LARGE, notifications=True) as pilot:
            await settled(app, pilot)
            await pilot.press(*({" ": "space"}.get(key, key) for key in snapshot.keys))
            app.desk.session.saver.flush()
            app.clear_notifications()
            for field in app.screen.query(Input):
                field.cursor_blink = False
            await settled(app, pilot, snapshot.awaited)
            yield app, pilot


async def settled(app: AccordApp, pilot: Pilot[object], awaited: str = "") -> str:
    """Wait until these words are there and nothing changes any more."""
    before, same = "", 0
    for _ in range(PATIENCE):
        await pilot.pause(0.01)
        now = drawn(app)
        same = same + 1 if now == before else 0
        if same >= SETTLED and awaited in now:
            return now
        before = now
    raise AssertionError(f"“{awaited}” did not come:\n{before}")


async def looks(snapshot: Snapshot) -> list[tuple[tuple[int, int], str, str]]:
    """The screen in both sizes and looks, with the size and the look."""
    found: list[tuple[tuple[int, int], str, str]] = []
    async with opened(snapshot) as (app, pilot):
        for size in (LARGE, SMALL):
            if app.size != size:
                await pilot.resize_terminal(*size)
            for look in LOOKS:
                app.theme = NAMES[look]
                found.append((size, look, await settled(app, pilot)))
    return found


def file_of(name: str, size: tuple[int, int]) -> Path:
    """Where a snapshot is kept."""
    return FOLDER / f"{name}-{size[0]}x{size[1]}.txt"


def renew(say: Callable[[str], None] = print) -> None:
    """Write all snapshots anew."""
    FOLDER.mkdir(exist_ok=True)

    for name, snapshot in SNAPSHOTS.items():
        for size, look, text in asyncio.run(looks(snapshot)):
            if look == "dark":
                file_of(name, size).write_text(text, "utf-8")
        say(f"wrote tests/snapshots/{name}")
