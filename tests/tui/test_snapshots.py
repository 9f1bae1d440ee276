"""Every screen looks as it did when it was last looked at: in both sizes, and in the light look as in the dark one."""

from __future__ import annotations

import difflib

import pytest

from tests.tui.snapshots import FOLDER, LARGE, SMALL, SNAPSHOTS, file_of, looks

RENEW = "Look at what has changed; if it is good, `python -m tests.renew` writes it down."


def difference(before: str, now: str) -> str:
    """What is there now and was not before, line by line."""
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), "before", "now", lineterm="", n=1)
    return "\n".join(lines)


@pytest.mark.parametrize("name", SNAPSHOTS)
async def test_the_screen_looks_as_it_did(name: str) -> None:
    for size, look, text in await looks(SNAPSHOTS[name]):
        before = file_of(name, size).read_text("utf-8")
        assert text == before, f"{name} at {size}, {look}. {RENEW}\n{difference(before, text)}"


def test_there_are_no_others() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {
        file_of(name, size).name for name in SNAPSHOTS for size in (LARGE, SMALL)
    }
