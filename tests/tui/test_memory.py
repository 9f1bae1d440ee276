"""What the screen keeps for itself from one launch to the next."""

from __future__ import annotations

import stat
import sys

import msgspec
import pytest

from meetings.paths import Paths
from tui import memory


def kept(paths: Paths) -> str:
    return (paths.state / memory.FILE).read_text("utf-8")


def test_half_typed_lines_are_given_back_once(paths: Paths) -> None:
    memory.remember_lines(paths, "store", {"wins": "Acme si", "goals\nadd": "Pipe", "Why?\n": "because"})
    assert memory.take_lines(paths, "elsewhere") == {}
    assert memory.take_lines(paths, "store") == {"wins": "Acme si", "goals\nadd": "Pipe"}
    assert memory.take_lines(paths, "store") == {}


def test_ratings_that_were_typed_unseen_are_in_no_file(paths: Paths) -> None:
    memory.remember_lines(paths, "store", {"ratings": "8 7 - 9", "wins": "Acme si"})
    assert "8 7" not in kept(paths)
    memory.remember_lines(paths, "other", {"ratings": "8 7 - 9"})
    assert "8 7" not in kept(paths)


def test_ratings_that_an_earlier_version_kept_are_gone_with_the_first_launch(paths: Paths) -> None:
    paths.state.mkdir(parents=True, exist_ok=True)
    lines = msgspec.json.encode({"ratings": "8 7 - 9", "wins": "Acme si"}).decode()
    (paths.state / memory.FILE).write_bytes(msgspec.json.encode({"lines store": lines}))
    assert memory.take_lines(paths, "store") == {"wins": "Acme si"}
    assert "8 7" not in kept(paths)


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such modes there")
@pytest.mark.parametrize("before", [None, 0o644])
def test_the_file_is_for_its_owner_alone(paths: Paths, before: int | None) -> None:
    file = paths.state / memory.FILE
    if before is not None:
        paths.state.mkdir(parents=True, exist_ok=True)
        file.write_text('{"theme": "dark"}')
        file.chmod(before)
    memory.remember_folder(paths, "/home/sam")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert memory.remembered_theme(paths) == ("dark" if before else "")
