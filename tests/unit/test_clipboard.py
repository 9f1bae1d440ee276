"""Which program has the clipboard, and what it is given; which one shows a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.machine import clipboard, desktop
from tui.machine.clipboard import Program


def programs(folder: Path, *names: str, script: str = "#!/bin/sh\n") -> str:
    """A folder that has these programs, as the value of PATH."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)
    return str(folder)


@pytest.mark.parametrize(
    ("environment", "platform", "name"),
    [
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux", "wl-copy"),
        ({"DISPLAY": ":0"}, "linux", "xclip"),
        ({"DISPLAY": "localhost:10", "SSH_CONNECTION": "x"}, "linux", "xclip"),
        ({"WSL_DISTRO_NAME": "Ubuntu"}, "linux", "clip.exe"),
        ({}, "linux", ""),
        ({}, "darwin", "pbcopy"),
        ({"SSH_TTY": "/dev/pts/1"}, "darwin", ""),
        ({}, "win32", "clip.exe"),
    ],
)
def test_the_clipboard_is_that_of_the_desktop_at_hand(
    tmp_path: Path, environment: dict[str, str], platform: str, name: str
) -> None:
    path = programs(tmp_path / "bin", "wl-copy", "xclip", "xsel", "pbcopy", "clip.exe")
    found = clipboard.program({**environment, "PATH": path}, platform)
    assert (Path(found.words[0]).name if found else "") == name


def test_the_next_program_is_taken_where_the_first_is_missing(tmp_path: Path) -> None:
    path = programs(tmp_path / "bin", "xsel")
    found = clipboard.program({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0", "PATH": path}, "linux")
    assert found is not None
    assert found.words == (f"{path}/xsel", "--clipboard", "--input")


def test_the_text_arrives_word_for_word_and_a_program_that_stays_is_not_waited_for(tmp_path: Path) -> None:
    script = f"#!/bin/sh\ncat > {tmp_path}/got\nsleep 5 &\n"
    path = programs(tmp_path / "bin", "good", script=script)
    programs(tmp_path / "bin", "bad", script="#!/bin/sh\nexit 1\n")
    assert clipboard.hand_over("Größe\n$(x) `y`", Program((f"{path}/good",)))
    assert (tmp_path / "got").read_text("utf-8") == "Größe\n$(x) `y`"
    assert clipboard.hand_over("ü", Program((f"{path}/good",), "utf-16"))
    assert (tmp_path / "got").read_bytes().decode("utf-16") == "ü"
    assert not clipboard.hand_over("x", Program((f"{path}/bad",)))
    assert not clipboard.hand_over("x", Program((f"{path}/none",)))


@pytest.mark.parametrize(
    ("environment", "platform", "name"),
    [
        ({"DISPLAY": ":0"}, "linux", "xdg-open"),
        ({"WSL_DISTRO_NAME": "Ubuntu"}, "linux", "explorer.exe"),
        ({}, "linux", None),
        ({}, "darwin", "open"),
        ({"SSH_TTY": "/dev/pts/1"}, "darwin", None),
    ],
)
def test_a_folder_is_shown_where_there_is_a_desktop(
    tmp_path: Path, environment: dict[str, str], platform: str, name: str | None
) -> None:
    path = programs(tmp_path / "bin", "xdg-open", "open", "explorer.exe")
    found = desktop.opener({**environment, "PATH": path}, platform)
    assert (Path(found).name if found else None) == name


def test_whether_a_folder_was_shown(tmp_path: Path) -> None:
    path = programs(tmp_path / "bin", "good", script=f"#!/bin/sh\npwd > {tmp_path}/where\n")
    programs(tmp_path / "bin", "bad", script="#!/bin/sh\nexit 4\n")
    folder = tmp_path / "a [b] $x"
    folder.mkdir()
    assert desktop.show(folder, f"{path}/good")
    assert (tmp_path / "where").read_text().strip() == str(folder)
    assert not desktop.show(folder, f"{path}/bad")
    assert not desktop.show(tmp_path / "gone", f"{path}/good")
