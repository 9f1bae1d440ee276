"""The app on a configuration or a store that has something wrong with it: one clear sentence, and nothing changes."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from meetings.flow import lifecycle
from meetings.model import ActionItem
from meetings.workspace import utc_now
from tests.terminal.driver import Terminal
from tests.terminal.prepared import (
    config_file,
    in_meeting,
    paths_of,
    rows,
    running,
    store_of,
    workspace,
)

SCREEN = "\x1b[?1049h"
"""What takes the whole screen."""

WIDE = (200, 36)
"""So that a sentence with a path in it is there as a whole."""

_PR_CAPBSET_DROP = 24
_CAPABILITIES = (1, 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, by which root is not bound by permissions."""


def bound() -> None:
    """From the next program on, this process is bound by permissions, also when it is root's."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in _CAPABILITIES:
            libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)


@pytest.fixture(scope="module")
def permissions(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where a process cannot be kept from writing to a folder."""
    folder = tmp_path_factory.mktemp("locked")
    folder.chmod(0o500)
    tried = subprocess.run(
        [sys.executable, "-c", f"open({str(folder / 'file')!r}, 'w')"],
        preexec_fn=bound,
        check=False,
        capture_output=True,
    )
    folder.chmod(0o700)
    if tried.returncode == 0:
        pytest.skip("no way here to keep a process from writing to a folder")


def refused(shown: str) -> bool:
    """Whether the sentence of a store that may not be written to is there, wherever its line breaks."""
    return "read but not" in shown or "not changed" in shown


def content(home: Path) -> dict[str, bytes]:
    """Every file of the store, by name."""
    folder = store_of(home).folder
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}


def ends_with(home: Path, status: int, *wanted: str, prepare: Callable[[], None] | None = None) -> str:
    """The app says that and ends, without having taken the screen. What it said."""
    with Terminal(home, prepare=prepare) as app:
        said: bytes = app.process.read()
        assert app.leave() == status
    text = said.decode("utf-8")
    assert SCREEN not in text
    assert "Traceback" not in text
    joined = text.replace("\r\n", "\n")
    assert all(words in joined for words in wanted), joined
    return joined


# The configuration


def test_a_broken_configuration(tmp_path: Path) -> None:
    """Everything that is wrong with it, each with its line; the meetings are not touched."""
    running(tmp_path)
    path, before = config_file(tmp_path), content(tmp_path)
    broken = path.read_text("utf-8").replace("name: Weekly", "nam: Weekly") + "\ncolour: red\ntheme: pink\n"
    path.write_text(broken, "utf-8")
    said = ends_with(tmp_path, 2, "nam", "colour", "theme")
    assert len([line for line in said.splitlines() if f"{path}:" in line]) >= 3
    assert path.read_text("utf-8") == broken
    assert content(tmp_path) == before


def test_keys_that_cannot_be(tmp_path: Path) -> None:
    path = config_file(tmp_path)
    path.write_text(path.read_text("utf-8").replace("\nkeys: {}", "\nkeys: {undoo: Ctrl+Z}"), "utf-8")
    ends_with(tmp_path, 2, "undoo", "“undo”")
    assert not content(tmp_path)


# The store


def test_the_store_is_a_file(tmp_path: Path) -> None:
    config_file(tmp_path)
    folder = store_of(tmp_path).folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("not a folder", "utf-8")
    said = ends_with(tmp_path, 3, str(folder))
    assert len(said.splitlines()) == 1
    assert folder.read_text("utf-8") == "not a folder"


def newer(text: str) -> str:
    """A file as a later Accord may write it."""
    assert '"schema": 1' in text
    return text.replace('"schema": 1', '"schema": 99', 1)


DAMAGED: dict[str, tuple[Callable[[str], str], str]] = {
    "newer": (newer, "was written by a newer Accord"),
    "cut in half": (lambda text: text[: len(text) // 2], "is not whole JSON"),
    "empty": (lambda text: "", "is not whole JSON"),
    "a list": (lambda text: "[]", "wrong kind"),
    "conflict marks": (lambda text: "<<<<<<< HEAD\n" + text, "is not whole JSON"),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_the_latest_meeting_cannot_be_read(tmp_path: Path, kind: str) -> None:
    """The app opens on what can be read, says why, refuses every edit, and leaves every file as it is."""
    damage, reason = DAMAGED[kind]
    running(tmp_path, ActionItem(title="Send the list", owner="Sam"))
    store = store_of(tmp_path)
    before = store.read(1)
    store.save(lifecycle.close(before, utc_now(), 0.1), before)
    workspace(tmp_path).session()
    store.path(2).write_text(damage(store.path(2).read_text("utf-8")), "utf-8")
    files = content(tmp_path)

    with Terminal(tmp_path) as app:
        app.wait_for("? Help")
        app.wait_for("0002.json")
        app.wait_for(reason)
        for key in ("t", "S", "u"):
            app.press(key)
            app.wait_for(refused)
        app.press("y")
        app.wait_for("Every meeting")
        app.press("h", "q")
        assert app.leave() == 0
    assert content(tmp_path) == files


def test_the_latest_meeting_cannot_be_read_while_it_runs(tmp_path: Path) -> None:
    """The first one, running, is damaged: there is nothing to show, and that is said."""
    running(tmp_path)
    path = store_of(tmp_path).path(1)
    path.write_bytes(path.read_bytes()[:200])
    files = content(tmp_path)
    said = ends_with(tmp_path, 3, "0001.json", "is not whole JSON")
    assert len(said.splitlines()) <= 2
    assert content(tmp_path) == files


# Writing


def fails_and_recovers(app: Terminal, home: Path, reason: str, mend: Callable[[], None]) -> None:
    """An edit that cannot be written stays on the screen, is said not to be saved, and is saved when it can be."""
    app.press("t")
    app.wait_for("Esc ends")
    app.type("Rewrite the pricing page @Jo")
    app.press("Enter")
    app.wait_for("Not saved: ")
    app.wait_for(reason)
    app.press("Esc")
    app.wait_for("? Help", gone="Esc ends")
    app.wait_for("Rewrite the pricing page")
    app.wait_for("Not saved: ")

    app.press("q")  # it does not end without having said so
    if "Leave while" in app.wait_for(lambda shown: "Leave while" in shown or "The last edits" in shown):
        app.press("Enter")
    app.wait_for("The last edits are not")
    app.press("Esc")

    mend()
    app.saved()
    assert "Rewrite the pricing page" in {row["title"] for row in rows(home, "action_items")}
    app.kill()
    with Terminal(home) as again:
        in_meeting(again)
        again.wait_for("Rewrite the pricing page")
        again.press("u")
        again.wait_for(lambda _: len(rows(home, "action_items")) == 1)


def at_items(home: Path) -> None:
    running(home, ActionItem(title="Send the list", owner="Sam")).go_to("actions")


@pytest.mark.usefixtures("permissions")
def test_the_folder_becomes_read_only(tmp_path: Path) -> None:
    at_items(tmp_path)
    folder = store_of(tmp_path).folder
    with Terminal(tmp_path, size=WIDE, prepare=bound) as app:
        in_meeting(app)
        folder.chmod(0o500)
        try:
            fails_and_recovers(app, tmp_path, "permission is denied", lambda: folder.chmod(0o700))
        finally:
            folder.chmod(0o700)


def test_the_disk_is_full(tmp_path: Path) -> None:
    """No file of the app may have even one byte, as on a full disk, until there is room again."""
    at_items(tmp_path)
    if not hasattr(resource, "prlimit"):
        pytest.skip("no way here to limit what a running process writes")
    with Terminal(tmp_path, size=WIDE) as app:
        in_meeting(app)
        limits = resource.prlimit(app.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        fails_and_recovers(
            app,
            tmp_path,
            "file too large",
            lambda: resource.prlimit(app.process.pid, resource.RLIMIT_FSIZE, limits) and None,
        )


def test_the_file_is_taken_away(tmp_path: Path) -> None:
    """Somebody moves the running meeting's file while the app is open, and puts it back."""
    at_items(tmp_path)
    path = store_of(tmp_path).path(1)
    with Terminal(tmp_path, size=WIDE) as app:
        in_meeting(app)
        path.rename(tmp_path / "away.json")
        fails_and_recovers(app, tmp_path, "is gone", lambda: (tmp_path / "away.json").rename(path) and None)


@pytest.mark.usefixtures("permissions")
def test_launched_on_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    """The running meeting is shown with its sentence; edits are refused with it; nothing is written."""
    at_items(tmp_path)
    folder, files = store_of(tmp_path).folder, content(tmp_path)
    folder.chmod(0o500)
    try:
        with Terminal(tmp_path, prepare=bound) as app:
            in_meeting(app)
            app.wait_for("Send the list")
            for key in ("Space", "t", "n", "u"):
                app.press(key)
                app.wait_for(refused)
            app.press("C")
            app.wait_for("Close this meeting?")
            app.press("Enter")
            app.wait_for(refused)
            app.kill()
    finally:
        folder.chmod(0o700)
    assert content(tmp_path) == files


@pytest.mark.usefixtures("permissions")
def test_the_first_launch_where_nothing_may_be_written(tmp_path: Path) -> None:
    """A configuration, but no place for a store: one sentence, before the screen is taken."""
    config_file(tmp_path)
    paths_of(tmp_path).config.parent.chmod(0o500)
    try:
        said = ends_with(tmp_path, 3, str(paths_of(tmp_path).data), prepare=bound)
        assert len(said.splitlines()) == 1
    finally:
        paths_of(tmp_path).config.parent.chmod(0o700)
