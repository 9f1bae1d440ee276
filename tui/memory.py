"""What the screen remembers for itself from one launch to the next, in the user's state folder."""

from __future__ import annotations

import contextlib

import msgspec

from meetings.meeting import TABLES
from meetings.paths import Paths
from tui.served import own_folder

FILE = "screen.json"
LINES = TABLES.keys() - {"ratings"}
"""The tables whose half-typed lines are kept. Ratings are typed unseen, and no file is to hold what was typed."""


def _remembered(paths: Paths) -> dict[str, str]:
    try:
        return msgspec.json.decode((own_folder(paths.state) / FILE).read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError):
        return {}


def _remember(paths: Paths, name: str, value: str) -> None:
    """Keep a word under its name, in a file for its owner alone; where it cannot be kept, it lasts until the end."""
    from meetings.store.durable import write_durably

    with contextlib.suppress(OSError, UnicodeEncodeError):
        file = own_folder(paths.state) / FILE
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if file.exists():
            file.chmod(0o600)
        write_durably(file, msgspec.json.encode({**_remembered(paths), name: value}))


def remember_theme(paths: Paths, choice: str) -> None:
    """Keep the theme that was picked on the fly."""
    _remember(paths, "theme", choice)


def remembered_theme(paths: Paths) -> str:
    """The theme that was picked last, in the words of config.yaml; empty when none was."""
    return _remembered(paths).get("theme", "")


def remember_name(paths: Paths, place: str, name: str) -> None:
    """Keep what one is called by the others who use the meetings in that place; empty: one stays a guest."""
    _remember(paths, f"name {place}", name)


def remembered_name(paths: Paths, place: str) -> str | None:
    """What one is called there; empty for a guest, None when one was never asked."""
    return _remembered(paths).get(f"name {place}")


def remember_folder(paths: Paths, folder: str) -> None:
    """Keep the folder that a file was imported from."""
    _remember(paths, "folder", folder)


def remembered_folder(paths: Paths) -> str:
    """The folder that a file was imported from last; empty when none was."""
    return _remembered(paths).get("folder", "")


def remember_export(paths: Paths, place: str, what: str, form: str, folder: str) -> None:
    """Keep the format and the folder in which `what` of the meetings in that place was exported."""
    _remember(paths, f"export {what} {place}", f"{form}\n{folder}")


def remembered_export(paths: Paths, place: str, what: str) -> tuple[str, str]:
    """The format and the folder of the last export of that; empty when there was none."""
    form, _, folder = _remembered(paths).get(f"export {what} {place}", "").partition("\n")
    return form, folder


def remember_dismissed_time(paths: Paths, meeting: str, step: str) -> None:
    """Keep that no other minutes are wanted for a step of that meeting; of one meeting at a time."""
    steps = dismissed_time(paths, meeting) | {step}
    _remember(paths, "time", "\n".join([meeting, *sorted(steps)]))


def dismissed_time(paths: Paths, meeting: str) -> set[str]:
    """The steps of that meeting for which no other minutes are wanted."""
    of, *steps = _remembered(paths).get("time", "").split("\n")
    return set(steps) if of == meeting else set()


def remember_lines(paths: Paths, place: str, lines: dict[str, str]) -> None:
    """Keep the lines that were half typed when the app ended, by the table that each is for."""
    wanted = {key: line for key, line in lines.items() if line.strip() and _is_kept(key)}
    if wanted:
        _remember(paths, f"lines {place}", msgspec.json.encode(wanted).decode())


def take_lines(paths: Paths, place: str) -> dict[str, str]:
    """What was half typed for the meetings in that place when the app ended last. It is given once."""
    kept = _remembered(paths).get(f"lines {place}", "")
    if not kept:
        return {}
    _remember(paths, f"lines {place}", "")
    try:
        lines = msgspec.json.decode(kept, type=dict[str, str])
    except msgspec.DecodeError:
        return {}
    return {key: line for key, line in lines.items() if _is_kept(key)}


def _is_kept(key: str) -> bool:
    """Whether the line with that key is for a table whose lines are kept."""
    return key.partition("\n")[0] in LINES
