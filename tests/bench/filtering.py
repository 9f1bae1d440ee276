"""One more letter in the filter over thousands of action items: what is done before the next frame is drawn."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from time import perf_counter

from tests.bench.budgets import Row, Sizes
from tests.bench.reading import FRAME
from tests.bench.stores import Place
from tui.app import AccordApp
from tui.screens.actions import ActionsScreen
from tui.screens.filter_line import FilterLine

LINES = ("is:all", "is:all p", "is:all pa", "is:all @z", "is:all #sales overdue", "x")
"""What is typed, one after the other."""


def filtering(place: Place, sizes: Sizes) -> Iterator[Row]:
    """The whole answer to a letter: choosing, listing, counting and drawing the lines in view."""
    row = Row("filter some 5,000 action items, one more letter", "one frame of the screen (1/60 s)", 1)
    row.ours, count = asyncio.run(_letters(place, sizes.runs))
    row.base = [FRAME] * len(row.ours)
    row.what = f"filter {count:,} action items, one more letter"
    yield row


async def _letters(place: Place, runs: int) -> tuple[list[float], int]:
    app = AccordApp(place.workspace())
    async with app.run_test(size=(120, 40)) as pilot:
        app.go("actions")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ActionsScreen)
        while screen.reading:
            await pilot.pause(0.01)
        taken = []
        for _ in range(runs):
            for text in LINES:
                start = perf_counter()
                screen.on_filter_line_changed(FilterLine.Changed(text))
                screen.query_one("#items").render_lines(screen.size.region)
                taken.append((perf_counter() - start) * 1000)
                await pilot.pause()
        return taken, screen.known
