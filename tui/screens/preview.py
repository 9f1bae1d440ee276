"""Minutes in Markdown as a terminal can show them. Pure: text in, text out.

Task lists get signs instead of brackets, and a table that is too wide for the screen becomes a list, a row an
entry, so that every figure can be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.widgets.columns import plain, width_of

_TASK = re.compile(r"^( *[-*+] )\[([ xX])\] ", re.MULTILINE)
_CELL = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\|(?: *:?-+:? *\|)+ *")
WIDEST = 16
"""Cells that a column asks for at most: beyond that its text can be wrapped."""
BORDER = 3
"""Cells that a column takes for its line and the blanks beside it."""


def previewed(text: str, width: int) -> str:
    """The Markdown to show in `width` cells."""
    return "\n".join(map(plain, _narrowed(_TASK.sub(_mark, text), width).split("\n")))


def _mark(task: re.Match[str]) -> str:
    return f"{task[1]}{'☐' if task[2] == ' ' else '✓'} "


def _narrowed(text: str, width: int) -> str:
    lines, made = text.split("\n"), list[str]()
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].startswith("|"):
            end += 1
        if end - at >= 2 and _RULE.fullmatch(lines[at + 1]):
            rows = [_cells(line) for line in (lines[at], *lines[at + 2 : end])]
            made += _as_list(rows) if _wanted(rows) > width else lines[at:end]
            at = end
        else:
            made.append(lines[at])
            at += 1
    return "\n".join(made)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _CELL.split(line.strip())[1:-1]]


def _wanted(rows: Sequence[Sequence[str]]) -> int:
    """The cells that the table needs without breaking words."""
    columns = max(map(len, rows))
    widest = (max((width_of(row[n]) for row in rows if n < len(row)), default=0) for n in range(columns))
    return sum(min(found, WIDEST) + BORDER for found in widest) + 1


def _as_list(rows: Sequence[Sequence[str]]) -> list[str]:
    """A row an entry: its first cell, then the others, each after the title of its column."""
    titles, *others = rows
    entries = []
    for row in others:
        named = [f"{title}: {cell}" for title, cell in zip(titles[1:], row[1:], strict=False) if cell]
        entries.append(f"- **{row[0]}** · " + " · ".join(named))
    return entries
