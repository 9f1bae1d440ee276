"""A text in the person's own editor: which one it is, what it is given, and what is taken back."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from meetings.errors import AccordError, UsageError
from tui.machine import editor, texts

WORDS = ["/usr/bin/nano"]


def test_visual_comes_before_editor_and_arguments_are_split_without_a_shell(tmp_path: Path) -> None:
    program = tmp_path / "my nano"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    found = {"EDITOR": "/nowhere/vi", "VISUAL": f"'{program}' --wait \"a b\" $(touch x) ;", "PATH": ""}
    assert editor.command(found) == [str(program), "--wait", "a b", "$(touch", "x)", ";"]
    assert editor.command({"EDITOR": f"'{program}'", "VISUAL": " "}) == [str(program)]
    assert editor.command({}, windows=True) == ["notepad"]


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "No editor is set"),
        ({"EDITOR": "no-such-editor -w"}, "The editor “no-such-editor” (EDITOR) was not found."),
        ({"VISUAL": 'vi "'}, "VISUAL cannot be read as a command: a quotation mark is open."),
    ],
)
def test_why_no_editor_opens(environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        editor.command(environment)
    assert sentence in refused.value.message


def test_the_file_is_for_its_owner_alone_and_leaves_nothing(tmp_path: Path) -> None:
    file = texts.begin(tmp_path / "state", "Zürich\nline")
    assert file.read_bytes() == "Zürich\nline\n".encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    (file.parent / "text.md~").write_text("a copy by the editor")
    texts.end(file)
    assert list((tmp_path / "state" / texts.FOLDER).iterdir()) == []


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(AccordError, match="No file can be made for the editor"):
        texts.begin(tmp_path / "state", "text")


def test_the_clock_goes_on_while_the_editor_runs(tmp_path: Path) -> None:
    file = texts.begin(tmp_path, "text")
    beaten = tmp_path / "beaten"
    waits = f"import pathlib, sys\nwhile not pathlib.Path({str(beaten)!r}).exists(): pass\nsys.exit(3)"
    assert editor.run([sys.executable, "-c", waits], file, lambda: beaten.touch(), 0.01) == 3


def test_an_editor_that_cannot_be_started_is_a_sentence(tmp_path: Path) -> None:
    file = texts.begin(tmp_path, "text")
    with pytest.raises(AccordError, match="cannot be started"):
        editor.run([str(tmp_path)], file, lambda: None, 1)


@pytest.mark.parametrize(
    ("left", "status", "sentence", "kept"),
    [
        (b"other", 1, "nano has ended with 1, so the text here is as it was. What it had is in", True),
        (b"text\n", 1, "nano has ended with 1, so the text here is as it was.", False),
        (None, 0, "The editor has left no file", False),
        (b"caf\xe9", 0, "What the editor has left is not UTF-8", True),
        (b"x" * (editor.MOST + 1), 0, "The text is too long for a field", True),
    ],
)
def test_what_cannot_be_taken_back_is_kept_where_the_sentence_says(
    tmp_path: Path, left: bytes | None, status: int, sentence: str, kept: bool
) -> None:
    file = texts.begin(tmp_path, "text")
    if left is None:
        file.unlink()
    else:
        file.write_bytes(left)
    with pytest.raises(AccordError) as refused:
        editor.take_back(file, "text", status, WORDS)
    assert refused.value.message.startswith(sentence)
    if kept:
        said = Path(refused.value.message.rpartition(" ")[2])
        assert said.read_bytes() == left
        texts.end(file)
        assert said.exists(), "what is kept stays"


def test_what_is_taken_back_is_the_text_as_it_was_left(tmp_path: Path) -> None:
    file = texts.begin(tmp_path, "text")
    file.write_bytes("\ufeffgrüß\r\ndich\n".encode())
    assert editor.take_back(file, "text", 0, WORDS) == "grüß\r\ndich\n"


def test_a_text_that_a_sudden_end_left_is_told_once(tmp_path: Path) -> None:
    assert texts.left_over(tmp_path) == []
    ours = texts.begin(tmp_path, "still open")
    theirs = texts.begin(tmp_path, "left by a crash")
    gone = theirs.parent.with_name("999999999-abcd")
    theirs.parent.rename(gone)
    (found,) = texts.left_over(tmp_path)
    assert found.read_text("utf-8") == "left by a crash\n"
    assert texts.left_over(tmp_path) == []
    assert ours.exists()
    assert os.getpid() != 999999999
