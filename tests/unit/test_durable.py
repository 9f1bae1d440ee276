"""A file is the old one or the new one, whole and on disk."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from tinydb import TinyDB

from meetings.store.durable import DurableStorage, OneWrite, write_durably

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and folders differ there")


def test_a_new_file_and_a_replaced_one(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_durably(path, b"one")
    write_durably(path, b"two")
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


@posix
def test_modes(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_durably(path, b"one")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o664)
    write_durably(path, b"two")
    assert stat.S_IMODE(path.stat().st_mode) == 0o664


@posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    real = tmp_path / "elsewhere" / "real"
    real.write_bytes(b"one")
    link = tmp_path / "link"
    link.symlink_to(real)
    write_durably(link, b"two")
    assert link.is_symlink()
    assert real.read_bytes() == b"two"


@posix
def test_the_content_is_on_disk_before_the_name_and_the_name_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    real_fsync, real_replace = os.fsync, Path.replace

    def fsync(descriptor: int) -> None:
        seen.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        real_fsync(descriptor)

    def replace(self: Path, target: Path) -> Path:
        seen.append("rename")
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    write_durably(tmp_path / "file", b"one")
    assert seen == ["file", "rename", "folder"]


@posix
def test_when_the_group_may_not_be_given_the_file_stays_its_owners(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"one")
    path.chmod(0o660)
    real_fstat = os.fstat

    class _Other:
        st_gid = -7

        def __init__(self, found: os.stat_result) -> None:
            self.st_mode, self.st_size = found.st_mode, found.st_size

    def refuse(*args: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "fstat", lambda descriptor: _Other(real_fstat(descriptor)))
    monkeypatch.setattr(os, "fchown", refuse)
    write_durably(path, b"two")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_interruption_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(descriptor: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "file").write_bytes(b"one")
    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_durably(tmp_path / "file", b"two")
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_bytes() == b"one"


def test_tinydb_writes_once_for_many_operations(tmp_path: Path) -> None:
    path = tmp_path / "db.json"
    db = TinyDB(path, storage=OneWrite(DurableStorage))
    for number in range(5):
        db.table("one").insert({"n": number})
        db.table("two").insert({"n": number})
    assert not path.exists()
    db.storage.flush()  # type: ignore[attr-defined]
    with TinyDB(path, access_mode="r") as plain:
        assert (
            [row["n"] for row in plain.table("one")]
            == [row["n"] for row in plain.table("two")]
            == [0, 1, 2, 3, 4]
        )
