"""Private notes are a file of their own, for the facilitator alone."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import stat
from pathlib import Path

import pytest

from meetings.errors import StoreError
from meetings.flow.merge import Clash
from meetings.kinds import ItemState
from meetings.private import PrivateNotes, UnseenClashes
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


CLASHES = [
    Clash("action_items", "i", "title", "Mine", "Theirs"),
    Clash("action_items", "i", "due", dt.date(2026, 12, 4), None),
    Clash("action_items", "i", "state", ItemState.DONE, ItemState.OPEN),
    Clash("goals", "g", "readings", 12.0, None, dt.date(2026, 11, 20)),
    Clash("goals", "g", "readings", 12.0, 13.5, dt.date(2026, 11, 21)),
    Clash("wins", "w", "", "A win", None),
]


def places(clashes: list[Clash]) -> list[tuple[object, ...]]:
    """Everything of them, the day included, which does not count when clashes are compared."""
    return [dataclasses.astuple(clash) for clash in clashes]


def test_what_was_edited_twice_is_kept_until_it_is_seen(tmp_path: Path) -> None:
    UnseenClashes(tmp_path).add(UID, CLASHES[:4])
    UnseenClashes(tmp_path).add(UID, CLASHES[4:])
    kept = UnseenClashes(tmp_path)
    assert places(kept.read(UID)) == places(CLASHES)
    assert isinstance(kept.read(UID)[2].other, ItemState)
    assert kept.read("another") == []
    again = dataclasses.replace(CLASHES[0], other="Theirs again")
    kept.add(UID, [again])
    kept.remove(UID, CLASHES[1:])
    assert kept.read(UID) == [again]
    kept.remove(UID, [again])
    assert not list(kept.folder.iterdir())


def test_a_list_that_cannot_be_kept_or_read_troubles_nobody(tmp_path: Path) -> None:
    kept = UnseenClashes(tmp_path)
    kept.add(UID, CLASHES[:1])
    (file,) = kept.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text(file.read_text().replace("title", "no such field").replace("Theirs", "\\u001b[31mx"))
    assert kept.read(UID) == []
    for damaged in ("", "[", "{}", '[{"table": 5}]'):
        file.write_text(damaged)
        assert kept.read(UID) == []
    kept.add(UID, CLASHES[:1])
    assert kept.read(UID) == CLASHES[:1]
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    UnseenClashes(blocked).add(UID, CLASHES)
    assert UnseenClashes(blocked).read(UID) == []
