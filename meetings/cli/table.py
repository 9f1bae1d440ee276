"""Lists as text: tables aligned by what characters take up on a terminal, and JSON."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from meetings.text import cells, width

GAP = "  "
LEAST = 16
"""Cells that the column that gives way keeps at least."""


@dataclass(frozen=True)
class Column:
    """A column and when it leaves a terminal that is too narrow: the highest `leaves` first, 0 never.

    The one that gives way (`shrinks`) is cut with an ellipsis before any other column leaves.
    """

    title: str
    leaves: int = 0
    shrinks: bool = False


def cut(text: str, most: int) -> str:
    """The text in at most so many cells, its loss shown by an ellipsis."""
    if width(text) <= most:
        return text
    kept, used = [], 0
    for sign in text:
        used += cells(sign)
        if used > most - 1:
            break
        kept.append(sign)
    return "".join(kept).rstrip() + "…"


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int | None = None) -> str:
    """The rows under their titles, fitted into `room` cells when that is given."""
    cells = [
        [column.title for column in columns],
        *([part.replace("\n", " ") for part in row] for row in rows),
    ]
    shown = list(range(len(columns)))
    widths = [max(width(row[place]) for row in cells) for place in shown]
    if room is not None:
        shrinking = next(place for place in shown if columns[place].shrinks)
        least = min(widths[shrinking], LEAST)

        def left() -> int:
            others = sum(widths[place] for place in shown if place != shrinking)
            return room - others - len(GAP) * (len(shown) - 1)

        while left() < least and (leaving := max(shown, key=lambda place: columns[place].leaves)) is not None:
            if not columns[leaving].leaves:
                break
            shown.remove(leaving)
        widths[shrinking] = min(widths[shrinking], max(left(), 1))
    lines = []
    for row in cells:
        parts = [cut(row[place], widths[place]) for place in shown]
        padded = [
            part + " " * (widths[place] - width(part)) for place, part in zip(shown, parts, strict=True)
        ]
        lines.append(GAP.join(padded).rstrip())
    return "\n".join(lines) + "\n"


def terminal_room() -> int | None:
    """The width of the terminal that standard output is, or None when it is none."""
    try:
        return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    except (AttributeError, ValueError):
        return None


def json_text(value: Any) -> str:
    """The value as indented JSON."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
