from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from meetings.paths import user_paths


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("ACCORD_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


def test_accord_home_puts_everything_below_one_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ACCORD_HOME", str(tmp_path / "kept here"))
    paths = user_paths()
    assert paths.config == tmp_path / "kept here" / "config"
    assert paths.data == tmp_path / "kept here" / "data"
    assert paths.state == tmp_path / "kept here" / "state"
    assert paths.cache == tmp_path / "kept here" / "cache"


def test_accord_home_may_be_relative_or_begin_with_a_tilde(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ACCORD_HOME", "here")
    assert user_paths().data == tmp_path / "here" / "data"
    monkeypatch.setenv("ACCORD_HOME", "~/there")
    assert user_paths().data == tmp_path / "there" / "data"


@pytest.mark.skipif(sys.platform != "linux", reason="XDG is how Linux does it")
def test_linux_follows_the_xdg_variables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    monkeypatch.setenv("ACCORD_HOME", "")
    paths = user_paths()
    assert paths.config == tmp_path / "CONFIG" / "accord"
    assert paths.data == tmp_path / "DATA" / "accord"
    assert paths.state == tmp_path / "STATE" / "accord"
    assert paths.cache == tmp_path / "CACHE" / "accord"


def test_asking_creates_nothing(tmp_path: Path) -> None:
    code = "import meetings.paths as p, meetings.config; p.user_paths(); meetings.config.default_config()"
    subprocess.run(
        [sys.executable, "-B", "-c", code],
        check=True,
        env={"HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])},
        cwd=tmp_path,
    )
    assert list(tmp_path.iterdir()) == []
