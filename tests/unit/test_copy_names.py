"""The names by which copies of other programs are known, and those that are left alone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from meetings.session import Session
from meetings.store.conflicts import recognised
from meetings.store.files import FileStore
from tests.unit.command_line import CommandLine
from tests.unit.mending import mended


@pytest.mark.parametrize(
    ("name", "number", "maker"),
    [
        ("0042 (Sam's conflicted copy 2026-11-21).json", 42, "Dropbox"),
        ("0042 (Sam (Sales)'s conflicted copy 2026-11-21 (1)).json", 42, "Dropbox"),
        ("0042 (conflicted copy 2026-11-21 101500).json", 42, "Nextcloud"),
        ("0042_conflict-20261121-101500.json", 42, "ownCloud"),
        ("0042.sync-conflict-20261121-101500-ABCDEFG.json", 42, "Syncthing"),
        ("0042-LAPTOP.json", 42, "OneDrive"),
        ("0042-Sams-MacBook-Pro-2.json", 42, "OneDrive"),
        ("0042 (1).json", 42, "Google Drive or a browser"),
        ("0042(1).json", 42, "Google Drive or a browser"),
        ("0042 2.json", 42, "iCloud"),
        ("0042 (SFConflict sam@example.org 2026-11-21-10-15-00).json", 42, "Seafile"),
        ("0042.Conflict.json", 42, "Resilio Sync"),
        (
            "0042 (In Konflikt stehende Kopie von Sam 2026-11-21).json",
            42,
            "a program that keeps folders in step",
        ),
        ("0042 (copy 2026-11-21 1000).json", 42, "Accord itself"),
        ("0042 (copy 2026-11-21 1000 2).json", 42, "Accord itself"),
        ("0042 - Copy.json", 42, "a file manager"),
        ("0042 copy 2.json", 42, "a file manager"),
        ("00001.json", 1, "another name"),
        ("42.json", 42, "another name"),
        ("12345 (1).json", 12345, "Google Drive or a browser"),
    ],
)
def test_copies_are_known_by_the_names_that_programs_give_them(name: str, number: int, maker: str) -> None:
    stray = recognised(Path(name))
    assert stray is not None
    assert (stray.number, stray.maker) == (number, maker)


@pytest.mark.parametrize(
    "name",
    [
        "0042.json",
        "12345.json",
        ".lock",
        ".DS_Store",
        "0042.json.bak",
        "notes.txt",
        "package.json",
        ".stfolder",
    ],
)
def test_other_names_are_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{}")
    assert recognised(tmp_path / name) is None


def test_a_meeting_under_any_other_name_is_named_and_no_other_json(
    store: FileStore, running: Session
) -> None:
    shutil.copy(store.path(1), store.folder / "Backup of monday.json")
    (store.folder / "settings.json").write_text('{"meeting": 5}')
    [trouble] = store.troubles()
    assert trouble.where == "Backup of monday.json"
    assert trouble.what.startswith("This holds meeting 1, but only 0001.json is read.")


HOSTILE = [
    "0001 (\x1b[31m\x1b]0;x\x07's conflicted copy 2026-11-21).json",
    "0001 (a\nb's conflicted copy 2026-11-21).json",
    "0001 (\u202egpj.exe's conflicted copy 2026-11-21).json",
    "0001 ([red][b]'s conflicted copy 2026-11-21).json",
    "0001 (" + "x" * 200 + " conflicted copy 2026-11-21).json",
    os.fsdecode(b"0001 (\xff\xfe's conflicted copy 2026-11-21).json"),
    "0001 (-rf's conflicted copy 2026-11-21).json",
]


@pytest.mark.skipif(os.name != "posix", reason="such names cannot be given there")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_one_clean_line_and_are_set_aside_under_a_plain_one(
    accord: CommandLine, name: str
) -> None:
    accord("add", "Something")
    shutil.copy(accord.store.path(1), accord.store.folder / name)
    got = accord("check")
    assert got.status == 1
    assert len(got.out.splitlines()) == 3
    assert not set(got.out) & set("\x1b\x07\u202e\udcff")
    assert accord("check", "--json").json[0]["what"].startswith("This is a copy of meeting 1 that Dropbox")
    assert accord("check", "--mend").status == 0
    [path] = (accord.store.folder / "set-aside").iterdir()
    assert path.name.startswith("0001.copy-2")
    assert path.name.isascii()


@pytest.mark.skipif(os.name != "posix", reason="pipes and links")
def test_a_pipe_a_folder_and_a_link_by_such_a_name_are_named_and_left(
    store: FileStore, running: Session, tmp_path: Path
) -> None:
    os.mkfifo(store.folder / "0001 (1).json")
    (store.folder / "0001 (2).json").mkdir()
    (tmp_path / "elsewhere.json").write_bytes(store.path(1).read_bytes())
    (store.folder / "0001 (3).json").symlink_to(tmp_path / "elsewhere.json")
    (store.folder / "0001 (4).json").symlink_to("0001 (4).json")
    before = sorted(os.listdir(store.folder))  # noqa: PTH208
    assert [trouble.where for trouble in store.troubles()] == [f"0001 ({n}).json" for n in (1, 2, 3, 4)]
    assert mended(store) == []
    assert sorted(os.listdir(store.folder)) == before  # noqa: PTH208
