"""What the unit tests of several rooms share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from meetings.model import Rating, Win
from meetings.session import Session
from meetings.store.files import FileStore
from meetings.workspace import Workspace
from tests.unit.command_line import CONFIG, NOON, CommandLine
from tests.unit.config_files import Write


@pytest.fixture
def accord(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[CommandLine]:
    """`accord` in a folder of its own, on Saturday 21 November 2026 at noon."""
    folder = tmp_path / "team"
    folder.mkdir()
    (folder / "config.yaml").write_text(CONFIG, "utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("ACCORD_CONFIG", raising=False)
    monkeypatch.setenv("ACCORD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TEXTUAL_DRIVER", "none")
    with time_machine.travel(NOON, tick=False):
        yield CommandLine(folder, capsys)


@pytest.fixture
def store(workspace: Workspace) -> FileStore:
    """The folder of the workspace's meetings."""
    assert isinstance(workspace.store, FileStore)
    return workspace.store


@pytest.fixture
def running(workspace: Workspace) -> Session:
    """Meeting 1, running."""
    return workspace.start(workspace.session())


@pytest.fixture
def closed(workspace: Workspace, store: FileStore, running: Session) -> FileStore:
    """Meeting 1 closed, 2 planned."""
    running.add(Win(title="ACME signed"))
    running.add(Rating(person="Sam", value=8))
    running.go_to("goals")
    workspace.close(running)
    return store


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes config.yaml."""

    def write_it(text: str | bytes) -> Path:
        path = tmp_path / "config.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write_it
