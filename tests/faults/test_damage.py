"""A damaged meeting file, whatever is in it: nothing but a sentence comes of it, and all other meetings are served."""

from __future__ import annotations

import os
import random
import traceback
from collections import Counter
from collections.abc import Iterable

import pytest

from meetings.kinds import MeetingState
from meetings.model import Win
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.faults.damage import EXTREMES, Damaged, Served, cuts, odd, one_of_each, replaced, without

SAMPLE = 300
STATES = ("running", "planned", "closed", "earlier")
"""The damaged meeting is the latest one, in one of three states, or an earlier one."""


@pytest.fixture(params=STATES)
def served(
    request: pytest.FixtureRequest, workspace: Workspace, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Served:
    """Two meetings that were held and a third that is running, planned or closed too."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)  # thousands of files that need not survive
    session = workspace.start(workspace.session())
    one_of_each(session, "first")
    clock.advance(60)
    session = workspace.start(workspace.close(session))
    one_of_each(session, "second")
    clock.advance(60)
    planned = workspace.close(session)
    planned.add(Win(title="between"))
    state = request.param
    if (
        state == "planned"
    ):  # the meeting before it was reopened and closed again, by a program that then crashed
        clock.advance(60)
        again = workspace.reopen(2)
        one_of_each(again, "again")
        monkeypatch.setattr(workspace, "session", lambda: again)
        workspace.close(again)
        monkeypatch.undo()
        monkeypatch.setattr(os, "fsync", lambda descriptor: None)
        return slim(workspace, 3)
    session = workspace.start(planned)
    one_of_each(session, "third")
    session.undo()
    if state == "running":
        return slim(workspace, 3)
    clock.advance(60)
    workspace.close(session)
    if state == "closed":  # a crash before the next one was planned
        served = Served(workspace, 3)
        served.path.with_name("0004.json").unlink()
        return slim(workspace, 3)
    return slim(workspace, 2)


def slim(workspace: Workspace, number: int) -> Served:
    served = Served(workspace, number)
    served.slim()
    return served


def endure(served: Served, damaged: Iterable[Damaged], deep: int = 7) -> Counter[bool]:
    """Check the store with each damaged file, each `deep`th thoroughly. How many could be read (True) and could not."""
    outcomes: Counter[bool] = Counter()
    failed: Counter[str] = Counter()
    for turn, (what, raw) in enumerate(damaged):
        served.damage(raw)
        try:
            outcomes[served.check(raw, deep=turn % deep == 0)] += 1
        except Exception as error:  # noqa: BLE001 - each kind of failure is told once, with what led to it first
            at = traceback.extract_tb(error.__traceback__)[-1]
            key = f"{type(error).__name__} in {at.filename}:{at.lineno}"
            if not failed[key]:
                print(f"{key}: {what}: {error}")
            failed[key] += 1
    assert not failed
    return outcomes


def some(damaged: Iterable[Damaged], served: Served) -> Iterable[Damaged]:
    """All of them for the running meeting, which is the one that is edited; a sample for the others."""
    every = list(damaged)
    if served.store.read(served.number).head.state is MeetingState.RUNNING:
        return every
    return random.Random(len(every)).sample(every, min(SAMPLE, len(every)))


def test_whole_it_can_be_read(served: Served) -> None:
    served.reset()
    assert served.check()


def test_cut_at_every_byte(served: Served) -> None:
    outcomes = endure(served, some(cuts(served.raw.rstrip()), served), deep=50)
    assert outcomes[False] >= SAMPLE
    assert not outcomes[True]


def test_every_single_value_of_another_type(served: Served) -> None:
    outcomes = endure(served, some(replaced(served.raw), served))
    assert outcomes[False] > outcomes[True] > 0


def test_every_single_value_beyond_reason(served: Served) -> None:
    endure(served, some(replaced(served.raw, EXTREMES), served))


def test_every_single_value_missing_and_every_row_twice(served: Served) -> None:
    endure(served, some(without(served.raw), served))


def test_files_that_are_not_what_they_seem(served: Served) -> None:
    outcomes = endure(served, odd(served.raw), deep=1)
    assert outcomes[True] > 5
    assert outcomes[False] > 20
