"""A file is the old one or the new one, whole and on disk."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB

from meetings.store.durable import (
    PIECE,
    DurableStorage,
    OneWrite,
    encode,
    holds,
    open_database,
    tables_in,
    write_durably,
    written,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and folders differ there")


def test_a_new_file_and_a_replaced_one(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_durably(path, b"one")
    write_durably(path, b"two")
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])
def test_a_file_holds_its_content_and_no_other(tmp_path: Path, size: int) -> None:
    path, content = tmp_path / "file", bytes(at % 251 for at in range(size))
    path.write_bytes(content)
    assert holds(path, content)
    others = [content + b"x", b"x" + content[1:] if size else b"x", content[:-1] + b"\xff", content[:-1]]
    assert not any(holds(path, other) for other in others if other != content)
    with pytest.raises(FileNotFoundError):
        holds(tmp_path / "none", content)
    with pytest.raises(IsADirectoryError):
        holds(tmp_path, content)


ROWS = st.dictionaries(st.sampled_from("abc"), st.text(max_size=3), max_size=3)


@given(st.lists(st.tuples(st.sampled_from(("one", "two", "three")), st.integers(0, 3), ROWS), max_size=12))
def test_the_file_holds_what_the_tables_do_whatever_was_changed_in_them(
    changes: list[tuple[str, int, dict[str, str]]],
) -> None:
    """The texts of tables that no edit has touched are kept from one write to the next."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.json"
        path.write_bytes(encode({"one": {}, "two": {"1": {"a": "before"}}}))
        db = open_database(path, path.read_bytes(), path.read_bytes())
        for name, place, row in changes:
            table = db.table(name)
            known = table.get(doc_id=place)
            if known is None:
                table.insert(row)
            elif row:
                table.update(row, doc_ids=[place])
            else:
                table.remove(doc_ids=[place])
            db.storage.flush()  # type: ignore[attr-defined]
            raw = path.read_bytes()
            assert raw == encode(tables_in(raw)) == written(db)
            assert tables_in(raw) == {
                each: {str(found.doc_id): dict(found) for found in db.table(each)}
                for each in ("one", "two", *sorted(db.tables() - {"one", "two"}))
            }


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
