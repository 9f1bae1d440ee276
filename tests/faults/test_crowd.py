"""Several processes on one running meeting: every acknowledged edit is there once, and all end with the same."""

from __future__ import annotations

from pathlib import Path

from tests.faults import crowd


def test_four_processes_of_which_three_are_killed_lose_and_repeat_nothing(tmp_path: Path) -> None:
    tally = crowd.run(tmp_path / "store", edits=60, kills=3, seed="tests")
    assert tally.edits == 4 * 60
    assert tally.kills > 0
