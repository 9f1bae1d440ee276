"""A long text in the person's own editor, which has the terminal for as long as it runs."""

from __future__ import annotations

import os
import secrets
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

FOLDER = "editing"
FILE = "text.md"
KEPT = "kept-"
"""How the name of a folder begins whose text was not taken back, and of which the person has been told."""
VARIABLES = ("VISUAL", "EDITOR")
MOST = 1_000_000
"""Bytes that are read back at most; no field holds as much."""


class NotTaken(AccordError):
    """The editor's text was not taken; what the field holds is as it was."""

    title = "The text was not taken from the editor"


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


def begin(state: Path, text: str) -> Path:
    """A file (0600) with that text, in a folder (0700) of its own below the user's state folder. Raises NotTaken."""
    folder = state / FOLDER / f"{os.getpid()}-{secrets.token_hex(4)}"
    try:
        folder.mkdir(mode=0o700, parents=True)
        file = folder / FILE
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(file, flags, 0o600), "wb") as stream:
            stream.write(f"{text}\n".encode() if text else b"")
    except OSError as error:
        raise NotTaken(
            f"No file can be made for the editor in {folder.parent}: {(error.strerror or '').lower()}."
        ) from None
    return file


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


def keep(file: Path) -> Path:
    """Put a text aside for the person to look at; where it is then."""
    aside = file.parent.with_name(f"{KEPT}{file.parent.name}")
    with suppress(OSError):
        file.parent.rename(aside)
        return aside / file.name
    return file


def end(file: Path) -> None:
    """The text is safe elsewhere: take the file away, with what the editor has put beside it."""
    shutil.rmtree(file.parent, ignore_errors=True)


def left_over(state: Path) -> list[Path]:
    """Texts that were in an editor, or in a field after it, when an earlier run came to a sudden end. They are kept."""
    found = []
    with suppress(OSError):
        for folder in sorted((state / FOLDER).iterdir()):
            file = folder / FILE
            if (
                not folder.name.startswith(KEPT)
                and not _runs(folder.name.partition("-")[0])
                and file.exists()
            ):
                found.append(keep(file))
    return found


def _runs(number: str) -> bool:
    """Whether that process is there still; where it cannot be asked, only this one is."""
    if not number.isdecimal():
        return False
    if sys.platform == "win32":
        return int(number) == os.getpid()
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
