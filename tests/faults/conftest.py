"""Stores in which one meeting gets damaged."""

from __future__ import annotations

import os

import pytest

from meetings.model import Win
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.faults.damage import Served, one_of_each

STATES = ("running", "planned", "closed", "earlier")
"""The damaged meeting is the latest one, in one of three states, or an earlier one."""


@pytest.fixture(params=STATES)
def served(
    request: pytest.FixtureRequest, workspace: Workspace, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Served:
    """Two meetings that were held and a third that is running, planned or closed too."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)  # thousands of files that need not survive
    return with_three_meetings(workspace, clock, request.param)


def with_three_meetings(workspace: Workspace, clock: Clock, state: str) -> Served:
    """That store; `state` is one of STATES."""
    session = workspace.start(workspace.session())
    one_of_each(session, "first")
    clock.advance(60)
    session = workspace.start(workspace.close(session))
    one_of_each(session, "second")
    clock.advance(60)
    planned = workspace.close(session)
    planned.add(Win(title="between"))
    if (
        state == "planned"
    ):  # the meeting before it was reopened and closed again, by a program that then crashed
        clock.advance(60)
        again = workspace.reopen(2)
        one_of_each(again, "again")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(workspace, "session", lambda: again)
            workspace.close(again)
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
