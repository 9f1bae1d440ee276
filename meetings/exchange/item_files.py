"""Which action items go into which file: those that have a place in the format, in one file or one for each owner."""

from __future__ import annotations

from collections.abc import Sequence

from meetings.exchange.file_names import distinct_names
from meetings.exchange.formats import ItemsFormat
from meetings.exchange.tasks import Task

NAME = "action-items"
"""Of a file for which only the folder was named."""

NOBODY = "no-owner"
"""Of the file with the items that have no owner."""


def fitting(form: ItemsFormat, tasks: Sequence[Task]) -> tuple[list[Task], list[str]]:
    """The items that have a place in the format, and a sentence for those that have not."""
    dated = [task for task in tasks if not form.needs_due or task.item.due is not None]
    kept = [task for task in dated if form.dropped or not task.dropped]
    said = []
    for count, which in (
        (len(tasks) - len(dated), "{} without a due date"),
        (len(dated) - len(kept), "dropped {}"),
    ):
        if count:
            words = f"{count:,} {which.format('item' if count == 1 else 'items')}"
            are, them = ("is", "it") if count == 1 else ("are", "them")
            said.append(f"{words} {are} left out: there is no place for {them} in {form.title}.")
    return kept, said


def by_owner(tasks: Sequence[Task]) -> dict[str, list[Task]]:
    """The items of each owner by a name for their file, without extension."""
    parts: dict[str, list[Task]] = {}
    for task in tasks:
        parts.setdefault(task.owner, []).append(task)
    names = distinct_names(sorted(parts), NOBODY)
    return {names[owner]: part for owner, part in parts.items()}
