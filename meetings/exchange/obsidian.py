"""Action items as the Tasks plugin of Obsidian reads them: with signs, or with fields for Dataview.

The plugin reads its fields from the end of the line up to the first word that is none, so the owner in brackets keeps a
title from meaning something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from meetings.exchange import gfm
from meetings.exchange.item_words import NO_OWNER, listed
from meetings.exchange.tasks import ListOptions, Task

MARKS = re.compile(r"(?P<link><https?://[^>\s]*>)|(?<!\S)#(?=[^\s#])|%(?=%)|=(?==)|:(?=:)")
"""What means something in Obsidian beyond GFM: tags, comments, highlights, Dataview's fields; not so in a link."""

Field = Callable[[str, str], str]
SIGNS = {"id": "🆔", "created": "➕", "due": "📅", "cancelled": "❌", "completion": "✅"}


def emoji(tasks: Sequence[Task], _: ListOptions) -> str:
    """`- [x] text (Sam) 🆔 id ➕ created 📅 due ✅ done`: a line for each item."""
    return _lines(tasks, lambda name, value: f" {SIGNS[name]} {value}")


def dataview(tasks: Sequence[Task], _: ListOptions) -> str:
    """`- [x] text (Sam)  [id:: id]  [created:: 2026-11-20]  [due:: ...]  [completion:: ...]`."""
    return _lines(tasks, lambda name, value: f"  [{name}:: {value}]")


def _lines(tasks: Sequence[Task], field: Field) -> str:
    return "".join(f"{_line(task, field)}\n" for task in tasks)


def _line(task: Task, field: Field) -> str:
    whose = listed((task.owner or NO_OWNER, task.team))
    values = {
        "id": re.sub(r"[^A-Za-z0-9_-]", "-", task.id),
        "created": task.created.date(),
        "due": task.item.due,
        "cancelled": task.ended if task.dropped else None,
        "completion": task.ended if task.done else None,
    }
    box = "x" if task.done else "-" if task.dropped else " "
    fields = "".join(field(name, str(value)) for name, value in values.items() if value)
    return f"- [{box}] {_escaped(task.title)} ({_escaped(whose)}){fields}"


def _escaped(text: str) -> str:
    return MARKS.sub(lambda found: found["link"] or f"\\{found.group()}", gfm.inline(text))
