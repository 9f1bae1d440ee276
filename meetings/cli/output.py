"""Where a command's result goes: standard output, a file, or a folder; and what to say when it cannot."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from meetings.text import clean

Thing = TypeVar("Thing")

STDOUT = "-"
"""Given for a file: standard output."""

MANY = 10
"""Of so many things it is said how far the work on them is."""

_WORDS = {
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.ENOENT: "there is no such file or folder",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "a part of the path is not a folder",
    errno.EEXIST: "there is something of that name already",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "its links go round in a circle",
}


def reason(error: OSError) -> str:
    """Why the system refused, as a sentence, with the file if there is one."""
    why = _WORDS.get(error.errno or 0) or (error.strerror or type(error).__name__).lower()
    name = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else "The output"
    return f"{name} cannot be read or written: {why}."


def warn(*lines: str) -> None:
    """Lines on standard error: what was worked around, what was written."""
    for line in filter(None, lines if sys.stderr is not None else ()):
        print(clean(line), file=sys.stderr)


def is_folder(destination: str) -> bool:
    """Whether this names a folder: it is one, or it ends in a slash."""
    return destination.endswith(("/", os.sep)) or Path(destination).is_dir()


def deliver(words: str, destination: str | None) -> None:
    """Print the text, or put it into the file of that name, whole or not at all; what was in it is replaced.

    Raises NotWritten or OSError.
    """
    if destination in (None, STDOUT):
        if "\r\n" in words and hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(newline="")  # what has its own line ends keeps them on every system
        print(words, end="" if words.endswith("\n") else "\n")
        return
    file = Path(destination or "")
    if file.exists() and not file.is_file() and not file.is_dir():
        file.write_text(words, "utf-8", "replace")  # a pipe or a device cannot be replaced
    else:
        from meetings.exchange.output import write_text

        write_text(file, words, overwrite=True)
    warn(f"Written: {file}")


def progress(things: Iterable[Thing], count: int, noun: str) -> Iterator[Thing]:
    """The things, one by one; when they are many and standard error is a terminal, a line there says how far it is."""
    shown = sys.stderr is not None and sys.stderr.isatty() and count >= MANY
    try:
        for place, thing in enumerate(things, 1):
            if shown:
                print(f"\r{place:,} of {count:,} {noun}", end="", file=sys.stderr, flush=True)
            yield thing
    finally:
        if shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
