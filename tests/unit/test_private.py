"""Private notes are a file of their own, for the facilitator alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from meetings.errors import StoreError
from meetings.private import PrivateNotes
from meetings.workspace import Workspace

UID = "0b5e1f0e-0000-4000-8000-000000000000"


@pytest.fixture
def notes(tmp_path: Path) -> PrivateNotes:
    return PrivateNotes(tmp_path / "state")


def test_written_read_changed_and_taken_away(notes: PrivateNotes) -> None:
    assert notes.read(UID) == {}
    notes.write(UID, "goals", "be kind\nto Sam")
    notes.write(UID, "wins", "praise Lena")
    assert notes.read(UID) == {"goals": "be kind\nto Sam", "wins": "praise Lena"}
    notes.write(UID, "wins", "  ")
    assert notes.read(UID) == {"goals": "be kind\nto Sam"}
    assert PrivateNotes(notes.folder.parent).read("another") == {}


def test_for_its_owner_alone(notes: PrivateNotes) -> None:
    notes.write(UID, "goals", "x")
    assert stat.S_IMODE(notes.folder.stat().st_mode) == 0o700
    (file,) = notes.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_never_in_the_store(workspace: Workspace) -> None:
    session = workspace.start(workspace.session())
    PrivateNotes(workspace.paths.state).write(session.meeting.head.uid, "goals", "very private words")
    workspace.close(session)
    for path in Path(workspace.store.location).iterdir():
        assert b"very private words" not in path.read_bytes()


def test_clean_on_the_way_in_and_out(notes: PrivateNotes) -> None:
    notes.write(UID, "goals", "a\x1b[31mb\x00")
    assert notes.read(UID) == {"goals": "ab"}
    (file,) = notes.folder.iterdir()
    file.write_text('{"goals": "c\\u001b]0;x\\u0007d"}')
    assert notes.read(UID) == {"goals": "cd"}


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b'{"goals": 1}', b'{"goals": "\xff"}'])
def test_a_damaged_file_is_kept(notes: PrivateNotes, damaged: bytes) -> None:
    notes.write(UID, "goals", "x")
    (file,) = notes.folder.iterdir()
    file.write_bytes(damaged)
    with pytest.raises(StoreError, match="is not whole; it is kept as it is"):
        notes.write(UID, "wins", "y")
    assert file.read_bytes() == damaged


@pytest.mark.parametrize("uid", ["../../evil", "/etc/evil", "a/b", "..", "", "x" * 300, "a\x00b"])
def test_no_uid_leads_out_of_the_folder(notes: PrivateNotes, uid: str) -> None:
    notes.write(uid, "goals", "x")
    assert notes.read(uid) == {"goals": "x"}
    assert len(list(notes.folder.iterdir())) == 1


def test_a_failed_write_is_said_and_keeps_what_was_there(
    notes: PrivateNotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.write(UID, "goals", "x")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="The private note could not be saved: No space left on device"):
        notes.write(UID, "goals", "y")
    assert notes.read(UID) == {"goals": "x"}
