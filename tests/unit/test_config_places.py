"""Where config.yaml is found, and where it may lead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from meetings.config import (
    Config,
    default_config,
    find_config,
    load_config,
    minutes_folder,
    open_config,
    store_folder,
    store_location,
    template_file,
)
from meetings.errors import ConfigError, UsageError
from meetings.paths import Paths
from tests.unit.config_files import Write


def test_the_order_of_search(tmp_path: Path) -> None:
    cwd, user = tmp_path / "cwd", tmp_path / "user"
    cwd.mkdir()
    user.mkdir()
    assert find_config(None, {}, cwd, user) is None
    (user / "config.yaml").write_text("accord: 1\n")
    assert find_config(None, {}, cwd, user) == user / "config.yaml"
    (cwd / "config.yaml").write_text("accord: 1\n")
    assert find_config(None, {}, cwd, user) == cwd / "config.yaml"
    named = {"ACCORD_CONFIG": str(tmp_path / "env.yaml")}
    assert find_config(None, named, cwd, user) == tmp_path / "env.yaml"
    assert find_config(None, {"ACCORD_CONFIG": ""}, cwd, user) == cwd / "config.yaml"
    assert find_config(Path("sub/x.yaml"), named, cwd, user) == cwd / "sub" / "x.yaml"


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("accord: 1\n", True),
        ("\n# hello\n---\naccord: 1   # the format\nname: x\n", True),
        ('"accord": 1', True),
        ("accord: 2\n", False),
        ("accord: 10\n", False),
        ("accord:1\n", False),
        ("name: x\naccord: 1\n", False),
        ("services:\n  accord: 1\n", False),
        ("", False),
        ("\x00\x01", False),
    ],
)
def test_a_config_yaml_in_the_current_folder_has_to_begin_like_ours(
    tmp_path: Path, text: str, ours: bool
) -> None:
    (tmp_path / "config.yaml").write_text(text)
    assert (find_config(None, {}, tmp_path, tmp_path / "user") is not None) is ours


def test_a_folder_of_that_name_in_the_current_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").mkdir()
    assert find_config(None, {}, tmp_path, tmp_path / "user") is None


# -- a file that only lies there -------------------------------------------------------------------


@pytest.fixture
def visit(tmp_path: Path) -> Callable[..., Config]:
    """Opens with the configuration `text` in the current folder."""
    here = tmp_path / "here"
    here.mkdir()
    (tmp_path / "outside").mkdir()

    def open_it(text: str, explicit: Path | None = None, user: Path = tmp_path / "user") -> Config:
        (here / "config.yaml").write_text(text)
        return open_config(explicit, {}, here, user)

    return open_it


@pytest.mark.parametrize(
    "setting",
    [
        "store: postgresql://sam@host/db",
        "store: ../outside",
        "store: store/../../outside",
        "store: /somewhere/else",
        "store: ~/store",
        "store: link",
        "store: link/deeper",
        "minutes: ../outside",
        "minutes: link",
        "template: ../outside/t.j2",
        "template: link/t.j2",
    ],
)
def test_a_file_found_in_the_current_folder_may_not_lead_out_of_it(
    visit: Callable[..., Config], tmp_path: Path, setting: str
) -> None:
    (tmp_path / "here" / "link").symlink_to(tmp_path / "outside")
    with pytest.raises(ConfigError, match="only found because it lies in the current folder") as caught:
        visit(f"accord: 1\n{setting}\n")
    assert [problem.line for problem in caught.value.problems] == [2]
    # the same file is trusted when a person names it, or when it is the user's own
    named = visit(f"accord: 1\n{setting}\n", explicit=tmp_path / "here" / "config.yaml")
    assert named == visit(f"accord: 1\n{setting}\n", user=tmp_path / "here")


def test_a_file_found_in_the_current_folder_may_name_what_is_in_it(
    visit: Callable[..., Config], tmp_path: Path, paths: Paths
) -> None:
    config = visit("accord: 1\nstore: store\nminutes: ./a/../b\ntemplate: t.j2\n")
    assert store_location(config, paths) == tmp_path / "here" / "store"
    assert minutes_folder(config, paths).resolve() == tmp_path / "here" / "b"
    assert template_file(config) == tmp_path / "here" / "t.j2"


def test_a_linked_current_folder_is_still_the_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "config.yaml").write_text("accord: 1\nstore: store\n")
    (tmp_path / "way").symlink_to(tmp_path / "real")
    assert open_config(None, {}, tmp_path / "way", tmp_path / "user").store == "store"


def test_no_file_at_all_means_the_defaults_in_the_users_folders(tmp_path: Path, paths: Paths) -> None:
    config = open_config(None, {}, tmp_path, tmp_path / "user")
    assert config == default_config()
    assert store_location(config, paths) == store_folder(config, paths) == paths.data / "store"
    assert minutes_folder(config, paths) == paths.data / "minutes"
    assert template_file(config) is None


def test_a_server_is_an_address_and_no_folder(write: Write, paths: Paths) -> None:
    config = load_config(write("accord: 1\nstore: postgresql://sam@host/db\n"))
    assert store_location(config, paths) == "postgresql://sam@host/db"
    with pytest.raises(UsageError, match="names a server"):
        store_folder(config, paths)


def test_paths_do_not_move_with_the_current_folder(
    write: Write, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("accord: 1\nstore: store\n")
    monkeypatch.chdir(tmp_path)
    config = load_config(Path("config.yaml"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert store_location(config, paths) == tmp_path / "store"
