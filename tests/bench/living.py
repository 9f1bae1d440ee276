"""What the app takes while it lives: memory, and how long it holds the event loop."""

from __future__ import annotations

import asyncio
import gc
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import perf_counter

from tests.bench.budgets import Row, Sizes
from tests.bench.reading import FRAME
from tests.bench.screens import accord, bare, bare_is_there, meeting_is_there
from tests.bench.stores import Place
from tests.bench.terminal import Terminal
from tui.app import AccordApp
from tui.screens.meeting import MeetingScreen

BEAT = 0.001


def memory(folder: Path, place: Place, sizes: Sizes) -> Iterator[Row]:
    """What no other process shares, once the screen is there and quiet."""
    row = Row("memory with a meeting open", "the bare Textual app", 1.5, unit="MiB")
    if not Path("/proc/self/smaps_rollup").exists():
        row.note = "not measured: this system does not say what a process has for itself"
        yield row
        return
    for _ in range(max(1, sizes.runs // 3)):
        with bare(folder) as plain, accord(place) as app:
            plain.launched(bare_is_there)
            app.launched(meeting_is_there)
            row.ours.append(_own_memory(app))
            row.base.append(_own_memory(plain))
    yield row


def _own_memory(terminal: Terminal) -> float:
    terminal.settle(0.5)
    lines = Path(f"/proc/{terminal.pid}/smaps_rollup").read_text("ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


class Heartbeat:
    """A task of the app's own event loop that wants to be called every millisecond, and notes the longest wait."""

    def __init__(self) -> None:
        self._longest = 0.0
        self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while True:
            start = perf_counter()
            await asyncio.sleep(BEAT)
            self._longest = max(self._longest, perf_counter() - start - BEAT)

    def take(self) -> float:
        """The longest wait since it was taken last, in milliseconds."""
        longest, self._longest = self._longest, 0.0
        return longest * 1000

    async def stop(self) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task


def loop_held(place: Place, sizes: Sizes) -> Iterator[Row]:
    """The longest time that nothing else could run: one figure a run, in an app of its own without a terminal."""
    rows = {
        name: Row(f"event loop held at most, {name}", "one frame of the screen (1/60 s)", 1)
        for name in ("launch", "edit", "step change")
    }
    for _ in range(sizes.runs):
        command = [sys.executable, "-m", "tests.bench.living", str(place.folder)]
        done = subprocess.run(command, env=place.environment, check=True, capture_output=True)
        for name, held in json.loads(done.stdout).items():
            rows[name].ours.append(held)
            rows[name].base.append(FRAME)
    yield from rows.values()


async def _live(place: Place) -> dict[str, float]:
    """One run of the app: launch, four edits, once through the agenda."""
    gc.disable()  # as a launch does
    app = AccordApp(place.workspace(background=True))
    _ = app.desk.session
    app.make_ready()  # both before the loop runs, as a launch does
    heart, found = Heartbeat(), {}
    await asyncio.sleep(0)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, MeetingScreen)
        await pilot.pause()
        found["launch"] = heart.take()
        for _ in range(4):
            await pilot.press("space")
            await pilot.pause()
        found["edit"] = heart.take()
        for key in "nnnnbbbb":
            await pilot.press(key)
            await pilot.pause()
        found["step change"] = heart.take()
    await heart.stop()
    return found


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_live(Place(Path(sys.argv[1]))))))
