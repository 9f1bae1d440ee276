"""A workspace on a folder in which something is wrong with the files."""

from __future__ import annotations

import os

import pytest

from meetings.errors import StoreError, UsageError
from meetings.model import Win
from meetings.session import Session
from meetings.workspace import Workspace
from tests.places import Place, opened


def test_an_unreadable_latest_file_makes_the_store_read_only_and_stays_byte_for_byte(
    workspace: Workspace, running: Session, place: Place
) -> None:
    workspace.close(running)
    raw = place.raw(2)[:-40]
    place.put(2, raw)
    session = opened(workspace).session()
    assert session.refusal.startswith("0002.json, line ")
    with pytest.raises(UsageError, match="meetings can be read but not changed"):
        session.add(Win(title="No"))
    assert place.raw(2) == raw


def test_an_unreadable_earlier_file_is_worked_around_and_named(
    workspace: Workspace, running: Session, place: Place
) -> None:
    session = workspace.close(workspace.start(workspace.close(running)))
    place.put(2, b"{")
    session = opened(workspace).session()
    session.add(Win(title="Goes on"))
    assert session.meeting.head.number == 3
    before = workspace.previous(session.meeting)
    assert before is not None
    assert before.head.number == 1
    assert [trouble.where for trouble in workspace.store.troubles()] == ["0002.json"]
    assert place.raw(2) == b"{"


def test_nothing_readable_at_all_is_one_sentence(workspace: Workspace, place: Place) -> None:
    workspace.session()
    place.put(1, b"")
    with pytest.raises(StoreError, match=r"0001\.json, line 1, is not whole JSON: it ends too early"):
        opened(workspace).session()


def test_a_folder_that_may_not_be_written_to_is_said_at_once(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.session()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    session = opened(workspace).session()
    with pytest.raises(UsageError, match="can be read but not changed"):
        session.add(Win(title="No"))
    with pytest.raises(UsageError, match="can be read but not changed"):
        workspace.start(session)
