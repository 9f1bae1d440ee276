"""Action items for `task import` (Taskwarrior 2.6 and newer)."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from typing import Any

from meetings.exchange.file_names import plain_words
from meetings.exchange.tasks import NOON, ListOptions, Task, one_line


def write(tasks: Sequence[Task], _: ListOptions) -> str:
    """A list of tasks; importing it again updates them by uuid. Real UTF-8: it cannot read surrogates as escapes."""
    return json.dumps([_task(task) for task in tasks], ensure_ascii=False, indent=1) + "\n"


def _task(task: Task) -> dict[str, Any]:
    fields = {
        "uuid": task.uid,
        "description": task.title,
        "status": "completed" if task.done else "deleted" if task.dropped else "pending",
        "entry": _stamp(task.created),
        "modified": _stamp(task.changed),
        "end": _stamp(dt.datetime.combine(task.ended, NOON)) if task.ended else None,
        "due": str(task.item.due)
        if task.item.due
        else None,  # a moment would show the day before west of UTC
        "project": plain_words(task.series) or "meeting",
        "tags": [_tag(task.team)] if _tag(task.team) else None,
        "owner": task.owner,
        "annotations": [{"entry": _stamp(task.created), "description": one_line(task.note)}]
        if task.note
        else None,
    }
    return {name: value for name, value in fields.items() if value}


def _stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _tag(text: str) -> str:
    """A tag is letters, digits and `_`."""
    return re.sub(r"\W+", "_", text).strip("_")
