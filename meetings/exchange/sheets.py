"""Action items as CSV (RFC 4180): with everything, and as the importers of Jira, Asana and Linear expect it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

from meetings.exchange.tasks import ListOptions, Task

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Beginnings that a spreadsheet takes for a formula, wide ones included."""

GUARD = "'"
"""Stands before such a cell: spreadsheets take it for text then."""

LONGEST_SUMMARY = 254
"""Characters of a summary that Jira takes; the description has all of a longer one."""

LINEAR = {False: "Todo", True: "Done"}

Column = Callable[[Task], object]

GENERIC: dict[str, Column] = {
    "Id": lambda task: task.item.uid,
    "Title": lambda task: task.title,
    "Owner": lambda task: task.owner,
    "Team": lambda task: task.team or "Both",
    "Due": lambda task: task.item.due,
    "State": lambda task: task.item.state,
    "Done on": lambda task: task.item.done_on,
    "Kind": lambda task: task.item.kind,
    "Note": lambda task: task.note,
    "Reason dropped": lambda task: task.item.reason,
    "Carried": lambda task: task.item.carried,
    "Moved": lambda task: task.item.moved,
    "Created": lambda task: task.created.date(),
    "Meeting": lambda task: task.number,
}

JIRA: dict[str, Column] = {
    "Summary": lambda task: _summary(task.title),
    "Assignee": lambda task: task.owner,
    "Due date": lambda task: task.item.due,
    "Description": lambda task: (
        task.words() if len(task.title) <= LONGEST_SUMMARY else f"{task.title}\n{task.words()}"
    ),
}

ASANA: dict[str, Column] = {
    "Name": lambda task: task.title,
    "Description": Task.words,
    "Section": lambda task: task.team or "Both teams",
    "Assignee": lambda task: task.owner,
    "Due Date": lambda task: task.item.due,
}

LINEAR_COLUMNS: dict[str, Column] = {
    "Title": lambda task: task.title,
    "Description": lambda task: f"Due: {task.item.due}\n{task.words()}" if task.item.due else task.words(),
    "Status": lambda task: "Canceled" if task.dropped else LINEAR[task.done],
    "Assignee": lambda task: task.owner,
}


def generic(tasks: Sequence[Task], _: ListOptions) -> str:
    """Every field, one row an item."""
    return _sheet(GENERIC, tasks)


def jira(tasks: Sequence[Task], _: ListOptions) -> str:
    """For Jira's CSV import."""
    return _sheet(JIRA, tasks)


def asana(tasks: Sequence[Task], _: ListOptions) -> str:
    """For Asana's CSV import."""
    return _sheet(ASANA, tasks)


def linear(tasks: Sequence[Task], _: ListOptions) -> str:
    """For Linear's CSV import."""
    return _sheet(LINEAR_COLUMNS, tasks)


def guarded(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return GUARD + text if text.startswith(FORMULA) else text


def _sheet(columns: dict[str, Column], tasks: Sequence[Task]) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([guarded(column(task)) for column in columns.values()] for task in tasks)
    return file.getvalue()


def _summary(title: str) -> str:
    return title if len(title) <= LONGEST_SUMMARY else title[: LONGEST_SUMMARY - 1] + "…"
