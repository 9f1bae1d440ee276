"""A copy of a meeting outside of its store: whole, for its owner alone, in place of nothing."""

from __future__ import annotations

import datetime as dt
import errno
import os
from pathlib import Path

import pytest

from meetings.store.base import NotSaved
from meetings.store.codec import decode
from meetings.store.conflicts import recognised
from meetings.store.elsewhere import save_copy
from tests.unit.meetings_for_tests import full

MOMENT = dt.datetime(2026, 11, 21, 10, 5, tzinfo=dt.UTC)


def test_it_is_the_whole_meeting_under_a_name_that_is_known_as_a_copy(tmp_path: Path) -> None:
    path = save_copy(full(), tmp_path, MOMENT)
    assert path == tmp_path / "0042 (copy 2026-11-21 1005).json"
    assert decode(path.read_bytes(), path.name) == full()
    stray = recognised(path)
    assert stray is not None
    assert stray.number == 42
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_ever_replaced(tmp_path: Path) -> None:
    first = save_copy(full(), tmp_path, MOMENT)
    first.write_text("mine")
    second, third = (save_copy(full(), tmp_path, MOMENT) for _ in range(2))
    assert first.read_text() == "mine"
    assert [path.name for path in (second, third)] == [
        "0042 (copy 2026-11-21 1005 2).json",
        "0042 (copy 2026-11-21 1005 3).json",
    ]
    for path in (second, third):
        stray = recognised(path)
        assert stray is not None
        assert stray.number == 42


def test_where_there_is_no_folder_none_is_made(tmp_path: Path) -> None:
    for folder in (tmp_path / "typo", save_copy(full(), tmp_path, MOMENT)):
        with pytest.raises(NotSaved, match="There is no folder"):
            save_copy(full(), folder, MOMENT)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_copy_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(NotSaved, match=r"No copy could be saved in .*: no space left on device"):
        save_copy(full(), tmp_path, MOMENT)
    assert list(tmp_path.iterdir()) == []
