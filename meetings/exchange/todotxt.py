"""Action items as todo.txt: one line each (todotxt.org)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from meetings.exchange.file_names import plain_words
from meetings.exchange.tasks import ListOptions, Task, as_word

FIELD = re.compile(r"(?<!\S)([A-Za-z][A-Za-z0-9_-]*):(?=[^\s/])")
"""A word that would be taken for a field with a value, such as `due:soon` or `rec:1d`; but no web address."""


def write(tasks: Sequence[Task], _: ListOptions) -> str:
    """A line for each item: `x DONE CREATED title +meeting @owner due:2026-11-27 uid:...`, but for dropped ones."""
    return "".join(f"{_line(task)}\n" for task in tasks if not task.dropped)


def _line(task: Task) -> str:
    """One item. The date in front keeps a title that begins with `x ` or `(A) ` from meaning something."""
    parts = [
        f"x {task.ended}" if task.done else "",
        str(task.created.date()),
        FIELD.sub(r"\1: ", task.title),
        f"+{plain_words(task.series) or 'meeting'}",
        f"@{_value(task.owner)}" if task.owner else "",
        f"due:{task.item.due}" if task.item.due else "",
        f"uid:{task.uid}",
    ]
    return " ".join(part for part in parts if part)


def _value(text: str) -> str:
    return as_word(text).replace(":", "_")
