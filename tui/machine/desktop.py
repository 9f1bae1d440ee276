"""Showing a folder in a window of the desktop, where there is one."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app import AccordApp

PATIENCE = 3.0
"""Seconds after which a program that still runs is taken to show the folder."""


def opener(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str | None:
    """The program that opens the folder that it is started in, given as `.`; None where there is no desktop."""
    away = "SSH_CONNECTION" in environment or "SSH_TTY" in environment
    names: tuple[str, ...] = ()
    if platform == "darwin":
        names = () if away else ("open",)
    elif platform == "win32":
        names = () if away else ("explorer.exe",)
    elif environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        names = ("xdg-open",)
    elif "WSL_DISTRO_NAME" in environment and not away:
        names = ("explorer.exe",)
    path = environment.get("PATH")
    return next((found for name in names if (found := shutil.which(name, path=path))), None)


def show(folder: Path, program: str) -> bool:
    """Show the folder. Whether that went well, as far as the program says."""
    nowhere = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            [program, "."], cwd=folder, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
        )
        status = process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False
    return status == 0 or program.endswith("explorer.exe")  # which says 1 whatever it has done


def show_folder(app: AccordApp, file: Path) -> None:
    """Open the folder of that file, or say where it is."""
    app.run_worker(_show_folder(app, file), group="desktop")


async def _show_folder(app: AccordApp, file: Path) -> None:
    folder = file if file.is_dir() else file.parent
    program = opener()
    if program is None:
        app.say(f"There is no desktop here to show it on; the folder is {folder}")
    elif await asyncio.to_thread(show, folder, program):
        app.say(f"Opened {folder}")
    else:
        app.say(f"The folder could not be opened: {folder}", wrong=True)
