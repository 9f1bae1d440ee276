"""Taskwarrior, todo.txt-cli and csvkit show what was promised, wherever they are and however often they import it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from meetings.exchange.formats import ITEMS
from meetings.exchange.sheets import ASANA, GENERIC, JIRA, LINEAR_COLUMNS, guarded
from meetings.exchange.todotxt import FIELD
from meetings.kinds import ItemState
from tests.clients import hostile
from tests.clients.programs import ZONES, find, put, run

WARRIOR = {ItemState.OPEN: "pending", ItemState.DONE: "completed", ItemState.DROPPED: "deleted"}


@pytest.mark.parametrize("zone", ZONES)
def test_taskwarrior_shows_them_and_importing_again_adds_none(tmp_path: Path, zone: str) -> None:
    program = find("task")
    tasks = hostile.tasks()
    put(tmp_path / "taskrc", "confirmation=off\nverbose=nothing\ngc=off\nhooks=off\n")
    own = {"TASKRC": str(tmp_path / "taskrc"), "TASKDATA": str(tmp_path / "task")}
    (tmp_path / "task").mkdir()
    file = put(tmp_path / "items.json", ITEMS["taskwarrior"].write(tasks, hostile.OPTIONS))
    for _ in range(2):
        run(tmp_path, program, "import", str(file), zone=zone, more=own)
        found = {
            row["uuid"]: row for row in json.loads(run(tmp_path, program, "export", zone=zone, more=own))
        }
        assert len(found) == len(tasks)
        for task in tasks:
            row = found[task.uid]
            # Taskwarrior's own files write brackets so, and it reads a title that says that as brackets
            assert row["description"] == task.title.replace("&open;", "[").replace("&close;", "]")
            assert row["status"] == WARRIOR[task.item.state]
            assert _day(row.get("due"), zone) == task.item.due
            assert row.get("owner", "") == task.owner


def _day(stamp: str | None, zone: str) -> dt.date | None:
    if stamp is None:
        return None
    moment = dt.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
    return moment.astimezone(ZoneInfo(zone)).date()


@pytest.mark.parametrize("zone", ZONES)
def test_todo_txt_cli_lists_them(tmp_path: Path, zone: str) -> None:
    program = find("todo-txt", "todo.sh")
    kept = [task for task in hostile.tasks() if not task.dropped]
    settings = put(
        tmp_path / "todo.cfg",
        f"export TODO_DIR={tmp_path}\nexport TODO_FILE=$TODO_DIR/todo.txt\n"
        "export DONE_FILE=$TODO_DIR/done.txt\nexport REPORT_FILE=$TODO_DIR/report.txt\n",
    )
    for _ in range(2):
        put(tmp_path / "todo.txt", ITEMS["todotxt"].write(hostile.tasks(), hostile.OPTIONS))
        words = run(tmp_path, program, "-p", "-d", str(settings), "list", zone=zone)
        lines = words.split("\n--\n")[0].split("\n")
        found = {int(number): line for number, _, line in (line.partition(" ") for line in lines)}
        assert len(found) == len(kept)
        for place, task in enumerate(kept, 1):
            line = found[place]
            assert FIELD.sub(r"\1: ", task.title) in line
            assert line.startswith("x 2026-11-20 2026-11-") == task.done
            fields = dict(word.split(":", 1) for word in line.split(" ") if word.startswith(("due:", "uid:")))
            assert fields.get("due") == (str(task.item.due) if task.item.due else None)
            assert fields["uid"] == task.uid
            assert sum(word.startswith("due:") for word in line.split(" ")) == bool(task.item.due)


DUE = {"csv": "Due", "jira": "Due date", "asana": "Due Date"}
"""The column with the due date."""


@pytest.mark.parametrize(
    ("form", "columns", "title"),
    [
        ("csv", GENERIC, "Title"),
        ("jira", JIRA, "Summary"),
        ("asana", ASANA, "Name"),
        ("linear", LINEAR_COLUMNS, "Title"),
    ],
)
def test_csvkit_reads_every_cell(tmp_path: Path, form: str, columns: dict[str, object], title: str) -> None:
    zones = ZONES if form == "csv" else ZONES[:1]
    program = find("csvjson")
    tasks = hostile.tasks()
    file = put(tmp_path / "items.csv", ITEMS[form].write(tasks, hostile.OPTIONS))
    shown = [run(tmp_path, program, "--no-inference", "--blanks", str(file), zone=zone) for zone in zones]
    assert len({*shown}) == 1
    rows = json.loads(shown[0])
    assert len(rows) == len(tasks)
    assert list(rows[0]) == list(columns)
    for task, row in zip(tasks, rows, strict=True):
        if form != "jira" or len(task.title) < 255:
            assert row[title] == guarded(task.title)
        assert not any(str(cell).startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
        if form == "linear":  # it has no such column
            assert row["Status"] == {"done": "Done", "dropped": "Canceled"}.get(task.item.state, "Todo")
            assert (f"Due: {task.item.due}" in row["Description"].splitlines()) == (task.item.due is not None)
        else:
            assert row[DUE[form]] == str(task.item.due or "")
        if form == "csv":
            assert (row["Id"], row["State"]) == (task.item.uid, task.item.state.value)
