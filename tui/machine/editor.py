"""A long text in the person's own editor, which has the terminal for as long as it runs."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from meetings.errors import AccordError, UsageError
from tui.machine.texts import NotTaken, keep

VARIABLES = ("VISUAL", "EDITOR")
MOST = 1_000_000
"""Bytes that are read back at most; no field holds as much."""


def command(environment: Mapping[str, str] = os.environ, windows: bool = os.name == "nt") -> list[str]:
    """The editor with its arguments: VISUAL, else EDITOR, in words as a shell splits them. Raises UsageError."""
    name = next((name for name in VARIABLES if environment.get(name, "").strip()), "")
    if not name and windows:
        return ["notepad"]
    if not name:
        raise UsageError(
            "No editor is set: set EDITOR to yours before Accord starts, for example EDITOR=nano."
        )
    written = environment[name].strip()
    try:
        words = [word.strip('"') if windows else word for word in shlex.split(written, posix=not windows)]
    except ValueError:
        raise UsageError(f"{name} cannot be read as a command: a quotation mark is open.") from None
    found = shutil.which(os.path.expanduser(words[0]), path=environment.get("PATH"))  # noqa: PTH111
    if found is None:
        raise UsageError(f"The editor “{words[0]}” ({name}) was not found.")
    return [found, *words[1:]]


def run(words: list[str], file: Path, beat: Callable[[], None], every: float) -> int:
    """Run the editor until it ends; meanwhile `beat` is called every so many seconds, on another thread.

    The editor's exit status; a signal counts as 128 and its number. Raises NotTaken when it cannot be started.
    """
    over = threading.Event()

    def go_on() -> None:
        while not over.wait(every):
            with suppress(AccordError):
                beat()

    thread = threading.Thread(target=go_on, name="beat-beside-editor", daemon=True)
    thread.start()
    try:
        with _keys_are_the_editors():
            status = subprocess.run([*words, str(file)], check=False).returncode
    except OSError as error:
        raise NotTaken(f"{_name(words)} cannot be started: {(error.strerror or '').lower()}.") from None
    finally:
        over.set()
        thread.join()
    return 128 - status if status < 0 else status


@contextmanager
def _keys_are_the_editors() -> Iterator[None]:
    """Ctrl+C and Ctrl+\\ are for the editor alone; Ctrl+Z stops both, so that the shell has the terminal again."""
    if sys.platform == "win32":
        before = {signal.SIGINT: signal.signal(signal.SIGINT, _nothing)}
    else:
        meant = {signal.SIGINT: _nothing, signal.SIGQUIT: _nothing}
        stopping = dict.fromkeys((signal.SIGTSTP, signal.SIGCONT), signal.SIG_DFL)
        before = {number: signal.signal(number, how) for number, how in (meant | stopping).items()}
    try:
        yield
    finally:
        for number, how in before.items():
            signal.signal(number, how)


def _nothing(*_: object) -> None:
    """A handler rather than SIG_IGN, which the editor would inherit."""


def take_back(file: Path, before: str, status: int, words: list[str]) -> str:
    """What the editor has left in the file. Raises NotTaken; what is in the file is kept then."""
    stays = "so the text here is as it was"
    try:
        with file.open("rb") as stream:
            raw = stream.read(MOST + 1)
    except FileNotFoundError:
        raise NotTaken(f"The editor has left no file, {stays}.") from None
    except OSError as error:
        raise NotTaken(
            f"The file cannot be read ({(error.strerror or '').lower()}), {stays}: {file}"
        ) from None
    if status:
        left = "" if raw.strip() == before.strip().encode() else f" What it had is in {keep(file)}"
        raise NotTaken(f"{_name(words)} has ended with {status}, {stays}.{left}")
    if len(raw) > MOST:
        raise NotTaken(f"The text is too long for a field, {stays}. It is in {keep(file)}")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotTaken(f"What the editor has left is not UTF-8, {stays}. It is in {keep(file)}") from None


def _name(words: list[str]) -> str:
    return Path(words[0]).name
