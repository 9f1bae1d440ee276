"""Files to choose from: those that lie where people keep what they download, and those of a folder that is typed.

No screen. Everything here asks the disk, which may take its time: it is done off the screen's thread.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".csv", ".tsv", ".txt")
"""Files that may be an export."""
SIZES = (("kB", 1e3), ("MB", 1e6), ("GB", 1e9))
MOST = 500
"""Files and folders that are offered at most."""
SEPARATORS = tuple(sign for sign in (os.sep, os.altsep) if sign)


@dataclass(frozen=True)
class Entry:
    """A file or a folder that can be chosen. `changed` is in seconds since 1970, `size` in bytes."""

    path: Path
    is_folder: bool
    size: int
    changed: float


def usual_folders(last: str = "") -> tuple[Path, ...]:
    """The current folder, the one that was used last, and the one for downloads: each once, if it is there."""
    from platformdirs import user_downloads_path

    found: dict[Path, Path] = {}
    for folder in (_current(), Path(last) if last else None, user_downloads_path()):
        with suppress(OSError, RuntimeError, ValueError):
            if folder is not None and folder.is_dir():
                found.setdefault(folder.resolve(), folder)
    return tuple(found.values())


def _current() -> Path | None:
    try:
        return Path.cwd()
    except OSError:  # it is gone
        return None


def exports_in(folders: Iterable[Path]) -> list[Entry]:
    """The files in these folders that may be an export, the newest first."""
    files = [
        entry
        for folder in folders
        for entry in _entries(folder)
        if not entry.is_folder and not entry.path.name.startswith(".")
    ]
    return sorted(files, key=lambda entry: (-entry.changed, entry.path.name))[:MOST]


def is_path(typed: str) -> bool:
    """Whether a path is typed, and no part of a name."""
    return typed.startswith("~") or any(sign in typed for sign in SEPARATORS)


def split(typed: str) -> tuple[str, str]:
    """What is typed of the folder, with the sign at its end, and the beginning of a name in it."""
    at = max(typed.rfind(sign) for sign in SEPARATORS) + 1
    return typed[:at], typed[at:]


def path_of(typed: str) -> Path:
    """The path that is meant, also when it was dragged into the terminal and stands in quotes."""
    text = typed.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    elif os.sep == "/":
        text = text.replace("\\ ", " ")
    try:
        return Path(text).expanduser()
    except RuntimeError:  # ~someone who has no home
        return Path(text)


def kind_of(typed: str) -> tuple[Path | None, bool]:
    """The path that is typed, if it is there, and whether it is a folder."""
    if not typed.strip():
        return None, False
    path = path_of(typed)
    try:
        return (path, path.is_dir()) if path.exists() else (None, False)
    except (OSError, ValueError):
        return None, False


def shortened(path: Path) -> str:
    """The path with ~ for the home folder."""
    try:
        return str("~" / path.relative_to(Path.home()))
    except (RuntimeError, ValueError):
        return str(path)


def beginning_so(typed: str) -> list[Entry]:
    """Folders, and files that may be an export, whose path begins as typed; folders first, then by name.

    A file of another kind is among them when its whole name is typed, a hidden one when its dot is.
    """
    folder, name = split(typed)
    begin = name.casefold()
    found = [
        entry
        for entry in _entries(path_of(folder or "."), also=name)
        if entry.path.name.casefold().startswith(begin)
        and (begin.startswith(".") or not entry.path.name.startswith("."))
    ]
    return sorted(found, key=lambda entry: (not entry.is_folder, entry.path.name.casefold()))[:MOST]


def _entries(folder: Path, also: str = "") -> Iterator[Entry]:
    """What is in a folder; nothing where it cannot be looked into."""
    with suppress(OSError, ValueError), os.scandir(folder) as found:
        for item in found:
            with suppress(OSError):
                is_folder = item.is_dir()
                if not is_folder and item.name != also and not item.name.lower().endswith(SUFFIXES):
                    continue
                if not is_folder and not item.is_file():
                    continue
                about = item.stat()
                yield Entry(folder / item.name, is_folder, about.st_size, about.st_mtime)


def show_size(size: int) -> str:
    """`640 B`, `12 kB`, `1.4 MB`."""
    if size < 1000:
        return f"{size} B"
    unit, each = next((pair for pair in SIZES if size < pair[1] * 1000), SIZES[-1])
    amount = size / each
    return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:,.0f} {unit}"
