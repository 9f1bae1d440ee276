"""The files that an import offers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui import files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Exports of three days, and what else lies about."""
    for age, name in enumerate(("new.csv", "Leads.TSV", "old.txt", "photo.jpg", ".hidden.csv")):
        path = tmp_path / name
        path.write_text("a,b\n", encoding="utf-8")
        os.utime(path, (1_700_000_000 - age * 86_400,) * 2)
    (tmp_path / "more [b]").mkdir()
    (tmp_path / "more [b]" / "leads 2.csv").write_text("a\n", encoding="utf-8")
    return tmp_path


def names(found: list[files.Entry]) -> list[str]:
    return [entry.path.name for entry in found]


def test_exports_come_newest_first_and_nothing_else_comes(folder: Path) -> None:
    assert names(files.exports_in([folder])) == ["new.csv", "Leads.TSV", "old.txt"]
    assert files.exports_in([folder / "nowhere", folder / "new.csv"]) == []


def test_a_path_is_completed_by_folders_first(folder: Path) -> None:
    typed = f"{folder}{os.sep}"
    assert names(files.beginning_so(typed)) == ["more [b]", "Leads.TSV", "new.csv", "old.txt"]
    assert names(files.beginning_so(typed + "LE")) == ["Leads.TSV"]
    assert names(files.beginning_so(typed + "more [b]" + os.sep)) == ["leads 2.csv"]
    assert names(files.beginning_so(typed + ".h")) == [".hidden.csv"]
    assert names(files.beginning_so(typed + "photo")) == []
    assert names(files.beginning_so(typed + "photo.jpg")) == ["photo.jpg"], "whoever types it all means it"
    assert files.beginning_so(f"{folder}{os.sep}nowhere{os.sep}") == []
    assert files.beginning_so("\0/") == []


def test_the_usual_folders_are_named_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, nobodys_home: Path
) -> None:
    monkeypatch.chdir(folder)
    assert files.usual_folders(str(folder)) == (Path.cwd(),)
    last = folder / "more [b]"
    assert files.usual_folders(str(last)) == (Path.cwd(), last)
    assert files.usual_folders(str(folder / "gone")) == (Path.cwd(),)


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("'/a b/c.csv'", "/a b/c.csv"),
        ('"x.csv"', "x.csv"),
        ("  x.csv ", "x.csv"),
        ("~nobody-here/x", "~nobody-here/x"),
    ],
)
def test_a_path_that_was_dragged_into_the_terminal_is_understood(typed: str, path: str) -> None:
    assert files.path_of(typed) == Path(path)


@pytest.mark.skipif(os.sep != "/", reason="a backslash divides folders here")
def test_an_escaped_blank_is_a_blank() -> None:
    assert files.path_of(r"/a\ b.csv") == Path("/a b.csv")


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1.0 kB"),
        (12_345, "12 kB"),
        (1_400_000, "1.4 MB"),
        (5_000_000_000_000, "5,000 GB"),
    ],
)
def test_sizes_are_short(size: int, shown: str) -> None:
    assert files.show_size(size) == shown
