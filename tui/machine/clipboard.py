"""Text to the clipboard: through the terminal, and through the system's own program where there is one.

A terminal never says whether it took a text; a program does. No library: pyperclip waits without end for a program
that hangs and starts Qt where it finds it, and what is needed of it is this table.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.files import show_size

if TYPE_CHECKING:
    from tui.app import AccordApp

MOST = 74_000
"""Bytes that terminals take for their clipboard; many cut off what is longer, without a word."""
PATIENCE = 3.0
"""Seconds for which a program is waited for."""


@dataclass(frozen=True)
class Program:
    """A program that takes a text for the system's clipboard on its standard input."""

    words: tuple[str, ...]
    encoding: str = "utf-8"
    also: Mapping[str, str] = field(default_factory=dict)
    """More of the environment."""


def program(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Program | None:
    """The system's clipboard program; None where there is none, or where it would be another machine's clipboard."""
    away = "SSH_CONNECTION" in environment or "SSH_TTY" in environment
    windows = Program(("clip.exe",), "utf-16")
    found: list[Program] = []
    if platform == "darwin" and not away:
        found = [Program(("pbcopy",), also={"LC_CTYPE": "UTF-8"})]
    elif platform == "win32" and not away:
        found = [windows]
    elif platform not in ("darwin", "win32"):
        if environment.get("WAYLAND_DISPLAY"):
            found.append(Program(("wl-copy", "--type", "text/plain")))
        if environment.get("DISPLAY"):
            found.append(Program(("xclip", "-selection", "clipboard", "-in")))
            found.append(Program(("xsel", "--clipboard", "--input")))
        if "WSL_DISTRO_NAME" in environment and not away:
            found.append(windows)
    path = environment.get("PATH")
    for each in found:
        if at := shutil.which(each.words[0], path=path):
            return Program((at, *each.words[1:]), each.encoding, each.also)
    return None


def hand_over(text: str, to: Program) -> bool:
    """Give the text to the program. Whether it took it."""
    try:
        done = subprocess.run(
            to.words,
            input=text.encode(to.encoding, "replace"),
            stdout=subprocess.DEVNULL,  # a program that stays to serve the text would keep a pipe open
            stderr=subprocess.DEVNULL,
            env={**os.environ, **to.also},
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def copy(app: AccordApp, text: str, what: str, instead: str) -> None:
    """Copy the text and say what was copied, and how. `instead` says what can be done when it is too long."""
    app.run_worker(_copy(app, text, what, instead), group="copy")


async def _copy(app: AccordApp, text: str, what: str, instead: str) -> None:
    size = len(text.encode("utf-8", "replace"))
    fits = size <= MOST
    if fits:
        app.copy_to_clipboard(text)
    to = None if app.desk.served else program()
    if to is not None and await asyncio.to_thread(hand_over, text, to):
        app.say(f"Copied {what}, {show_size(size)}.")
    elif fits:
        whose = "browser" if app.desk.served else "terminal"
        app.say(f"Sent {what}, {show_size(size)}, to the {whose}'s clipboard.")
    else:
        taker = "browsers" if app.desk.served else "terminals"
        app.say(f"{show_size(size)} is more than {taker} take for the clipboard: {instead}.", wrong=True)
