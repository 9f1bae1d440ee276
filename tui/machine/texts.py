"""The files in which a text is while the person's editor has it, and until the meeting has it."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from meetings.errors import AccordError

FOLDER = "editing"
FILE = "text.md"
KEPT = "kept-"
"""How the name of a folder begins whose text was not taken back, and of which the person has been told."""


class NotTaken(AccordError):
    """The editor's text was not taken; what the field holds is as it was."""

    title = "The text was not taken from the editor"


def begin(state: Path, text: str) -> Path:
    """A file (0600) with that text, in a folder (0700) of its own below the user's state folder. Raises NotTaken."""
    folder = state / FOLDER / f"{os.getpid()}-{os.urandom(4).hex()}"
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
