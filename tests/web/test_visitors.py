"""Each page of `accord serve` has a visitor of its own, whose name and undo are nobody else's."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from tui import served
from tui.web import seats as seats_module
from tui.web.seat import Line
from tui.web.seats import Seats


class App:
    """An app that runs until it is told to end."""

    def __init__(self, visitor: str) -> None:
        self.visitor = visitor
        self.line: Line | None = None
        self.left_by: Line | None = None
        self.ending, self.said = False, ""
        self._over = asyncio.Event()

    @classmethod
    async def start(cls, arguments: Sequence[str], width: int, height: int, visitor: str) -> App:
        await asyncio.sleep(0)
        return cls(visitor)

    async def ended(self) -> int:
        await self._over.wait()
        return 0

    async def end(self) -> int:
        self.ending = True
        self._over.set()
        return 0


async def test_pages_beside_one_another_are_several_people_and_one_loaded_again_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(seats_module, "Seat", App)
    seats = Seats(["accord"], print)
    line = cast("Line", None)

    async def page(cookie: str, name: str) -> App:
        return cast("Any", await seats.take((cookie, name), line, 80, 24, again=False))

    first, second = await asyncio.gather(page("one", "1"), page("one", "2"))
    other = await page("other", "1")
    assert len({first.visitor, second.visitor, other.visitor}) == 3
    await first.end()
    again = await page("one", "3")
    assert again.visitor == first.visitor
    assert again.visitor != second.visitor
    await seats.close()


def test_a_visitor_has_a_folder_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served._visitor.cache_clear()
    assert served.own_folder(tmp_path) == tmp_path
    monkeypatch.setenv(served.SERVED, "1")
    monkeypatch.setenv(served.VISITOR, "0123456789abcdef")
    assert served.own_folder(tmp_path) == tmp_path / "visitors" / "0123456789abcdef"
    for wrong in ("", "../..", "x" * 32):
        served._visitor.cache_clear()
        monkeypatch.setenv(served.VISITOR, wrong)
        own = served.own_folder(tmp_path)
        assert own.parent == tmp_path / "visitors"
        assert own == served.own_folder(tmp_path)
    served._visitor.cache_clear()
