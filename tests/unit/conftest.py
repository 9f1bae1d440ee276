"""What the unit tests of several rooms share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from tests.unit.command_line import CONFIG, NOON, CommandLine


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
