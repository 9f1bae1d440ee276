"""kill -9 at random instants: every acknowledged edit is there, the file is whole, no acknowledged undo is undone."""

from __future__ import annotations

from pathlib import Path

from tests.faults import kill


def test_a_hundred_kills_lose_no_acknowledged_edit(tmp_path: Path) -> None:
    tally = kill.run(tmp_path / "store", runs=100, seed="tests")
    assert tally.kills == 100
    assert tally.acknowledged > 100
