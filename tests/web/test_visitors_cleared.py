"""What visitors leave on the server's machine goes after a month, unless anything waits in it."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from meetings.flow.merge import Clash
from meetings.paths import Paths
from meetings.private import PrivateNotes, UnseenClashes
from meetings.workspace import seat_of
from tests.terminal import prepared
from tests.web.serving import connected, served
from tui import memory
from tui import served as visiting
from tui.web import visitors

NOW = 1_800_000_000.0
DAY = 24 * 60 * 60


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a visitor who has been there, as their app leaves it."""
    visiting._visitor.cache_clear()
    monkeypatch.setenv(visiting.SERVED, "1")
    monkeypatch.setenv(visiting.VISITOR, "0123456789abcdef")
    paths = paths_below(tmp_path)
    own = visiting.own_folder(paths.state)
    seat_of(own)
    memory.remember_name(paths, "store", "Sam")
    memory.remember_theme(paths, "light")
    memory.remember_export(paths, "store", "minutes", "md", "/minutes")
    visitors.use(own)
    yield own
    visiting._visitor.cache_clear()


def paths_below(folder: Path) -> Paths:
    return Paths(folder, folder, folder, folder)


def aged(folder: Path, days: float) -> None:
    """Nothing in that folder has been touched for so long."""
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (NOW - days * DAY,) * 2)


def test_a_folder_goes_after_thirty_days_and_not_before(own: Path, tmp_path: Path) -> None:
    aged(own, 29.9)
    assert visitors.clear(tmp_path, NOW) == 0
    assert (own / "seat").exists()
    aged(own, 30.1)
    assert visitors.clear(tmp_path, NOW) == 1
    assert not own.exists()
    assert visitors.clear(tmp_path, NOW) == 0


def test_what_was_seen_leaves_empty_folders_that_go_with_it(own: Path, tmp_path: Path) -> None:
    clash = Clash("wins", "u1", "title", "ours", "theirs")
    UnseenClashes(own).add("m1", [clash])
    UnseenClashes(own).remove("m1", [clash])
    assert (own / "clashes").is_dir()
    aged(own, 31)
    assert visitors.clear(tmp_path, NOW) == 1


def half_typed(own: Path) -> None:
    memory.remember_lines(paths_below(own.parents[1]), "store", {"wins\nadd": "Acme si"})


def private_note(own: Path) -> None:
    PrivateNotes(own).write("m1", "goals", "ask about the budget")


def clash(own: Path) -> None:
    UnseenClashes(own).add("m1", [Clash("wins", "u1", "title", "ours", "theirs")])


def waiting_edit(own: Path) -> None:
    (own / "waiting").mkdir()
    (own / "waiting" / "1.abcd.waiting").write_bytes(b"{}")


def unknown_file(own: Path) -> None:
    (own / "later.json").write_text("{}", "utf-8")


def not_whole(own: Path) -> None:
    (own / "screen.json").write_bytes(b'{"lines store": "half')


@pytest.mark.parametrize(
    "leave",
    [half_typed, private_note, clash, waiting_edit, unknown_file, not_whole],
    ids=lambda each: each.__name__,
)
def test_nothing_goes_of_a_folder_in_which_anything_waits(
    own: Path, tmp_path: Path, leave: Callable[[Path], None]
) -> None:
    leave(own)
    before = {path: path.is_file() and path.read_bytes() for path in own.rglob("*")}
    aged(own, 400)
    assert visitors.clear(tmp_path, NOW) == 0
    assert {path: path.is_file() and path.read_bytes() for path in own.rglob("*")} == before


def test_half_typed_lines_that_were_given_back_keep_nothing(own: Path, tmp_path: Path) -> None:
    half_typed(own)
    assert memory.take_lines(paths_below(tmp_path), "store")
    aged(own, 31)
    assert visitors.clear(tmp_path, NOW) == 1


def test_only_folders_of_visitors_are_looked_at(own: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    seat_of(elsewhere)
    (own.parent / ("ab" * 8)).symlink_to(elsewhere, target_is_directory=True)
    (own.parent / "backup").mkdir()
    (own.parent / "notes.txt").write_text("keep", "utf-8")
    for folder in (elsewhere, own.parent):
        aged(folder, 400)
    assert visitors.clear(tmp_path, NOW) == 1
    assert (elsewhere / "seat").exists()
    assert {path.name for path in own.parent.iterdir()} == {"ab" * 8, "backup", "notes.txt"}


def test_no_folder_at_all_is_nothing_to_clear(tmp_path: Path) -> None:
    assert visitors.clear(tmp_path, NOW) == 0


async def test_a_start_of_the_server_clears_what_is_old_and_never_what_a_running_app_uses(
    tmp_path: Path,
) -> None:
    prepared.running(tmp_path)
    state = prepared.paths_of(tmp_path).state
    old = state / "visitors" / ("cd" * 16)
    seat_of(old)
    long_ago = time.time() - 31 * DAY
    for path in (*old.iterdir(), old):
        os.utime(path, (long_ago, long_ago))
    with served(tmp_path, "--config", str(prepared.config_file(tmp_path))) as server:
        assert not old.exists()
        cookie = server.come_in(server.links[-1]).partition(";")[0]
        async with connected(server, cookie):
            [own] = (state / "visitors").iterdir()
            in_a_year = time.time() + 365 * DAY
            assert visitors.clear(state, in_a_year) == 0
            assert (own / "seat").exists()
        async with asyncio.timeout(20):
            while server.apps():
                await asyncio.sleep(0.05)
        assert visitors.clear(state, in_a_year) == 1
        assert not own.exists()
