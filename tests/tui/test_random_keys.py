"""A person who presses anything, anywhere, in any order, on terminals of any size: no crash, no dead end, no loss."""

from __future__ import annotations

from pathlib import Path

import pytest

from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.random_walk import Walk, impatience

LENGTH = 1_000
"""Keys of a walk; `python -m tests.tui.random_walk` goes further."""


@pytest.mark.parametrize(("seed", "hostile"), [(1, False), (2, True)])
async def test_any_keys_in_any_order(
    workspace: Workspace, clock: Clock, tmp_path: Path, seed: int, hostile: bool
) -> None:
    walk = Walk(workspace, clock, seed, LENGTH, hostile)
    with impatience(tmp_path):
        await walk.run()
    assert len(walk.keys) >= LENGTH
    assert len(walk.ledger.known) > 5, "hardly any word arrived in the meeting"
