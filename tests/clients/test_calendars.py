"""iCalendar: two libraries, a task list and a calendar show what was promised, wherever they are and however often
they import it.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import icalendar
import pytest
import vobject

from meetings.exchange.formats import ITEMS
from meetings.exchange.ical import EVENT, KEPT
from meetings.exchange.tasks import Task
from meetings.kinds import ItemState
from tests.clients import hostile
from tests.clients.programs import ZONES, find, put, run

TODOS, EVENTS = ITEMS["ics"], ITEMS["ics-events"]
STATUS = {ItemState.OPEN: "NEEDS-ACTION", ItemState.DONE: "COMPLETED", ItemState.DROPPED: "CANCELLED"}

Shown = tuple[str, dt.date | None, str]
"""Title, due date and status of an item."""


def expected_todos(tasks: list[Task]) -> dict[str, Shown]:
    return {task.uid: (task.title, task.item.due, STATUS[task.item.state]) for task in tasks}


def expected_events(tasks: list[Task]) -> dict[str, Shown]:
    return {
        task.uid + EVENT: (
            (KEPT if task.done else "") + task.title,
            task.item.due,
            "CANCELLED" if task.dropped else "CONFIRMED",
        )
        for task in tasks
        if task.item.due
    }


def with_icalendar(text: str, kind: str) -> dict[str, Shown]:
    found = {}
    for part in icalendar.Calendar.from_ical(text).walk(kind):
        day = part.get("due" if kind == "VTODO" else "dtstart")
        found[str(part["uid"])] = (str(part["summary"]), day and day.dt, str(part["status"]))
    return found


def with_vobject(text: str, kind: str) -> dict[str, Shown]:
    found = {}
    for part in vobject.readOne(text).contents[kind.lower()]:
        day = part.contents.get("due" if kind == "VTODO" else "dtstart")
        found[part.uid.value] = (part.summary.value, day and day[0].value, part.status.value)
    return found


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each of the time zones, also for what is asked in this process."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@pytest.mark.parametrize("reader", [with_icalendar, with_vobject])
def test_libraries_read_every_title_date_and_state(
    reader: Callable[[str, str], dict[str, Shown]],
) -> None:
    tasks = hostile.tasks()
    assert len(tasks) > 500
    assert reader(TODOS.write(tasks, hostile.OPTIONS), "VTODO") == expected_todos(tasks)
    assert reader(EVENTS.write(tasks, hostile.OPTIONS), "VEVENT") == expected_events(tasks)


@pytest.mark.parametrize("reader", [with_icalendar, with_vobject])
def test_libraries_read_the_same_in_every_time_zone_and_a_second_import_adds_none(
    reader: Callable[[str, str], dict[str, Shown]], zone: str
) -> None:
    tasks = hostile.few()
    for form, kind, wanted in (
        (TODOS, "VTODO", expected_todos(tasks)),
        (EVENTS, "VEVENT", expected_events(tasks)),
    ):
        calendar: dict[str, Shown] = {}
        for _ in range(2):
            calendar |= reader(form.write(tasks, hostile.OPTIONS), kind)
            assert calendar == wanted


def test_lines_are_folded_at_75_octets_and_end_as_the_standard_says() -> None:
    for form in (TODOS, EVENTS):
        raw = form.write(hostile.tasks(), hostile.OPTIONS).encode("utf-8")
        assert b"\n" not in raw.replace(b"\r\n", b"")
        assert max(map(len, raw.split(b"\r\n"))) <= 75
        for line in raw.split(b"\r\n"):
            line.decode("utf-8")  # no character is cut in two


def test_todoman_lists_them_in_every_time_zone(tmp_path: Path) -> None:
    program = find("todo", recent=True)
    tasks = hostile.few()
    put(
        tmp_path / "config" / "todoman" / "config.py",
        f'path = "{tmp_path}/lists/*"\ndate_format = "%Y-%m-%d"\ntime_format = "%H:%M"\n',
    )
    wanted = sorted((task.title, str(task.item.due or ""), task.done or task.dropped) for task in tasks)
    for zone in (*ZONES, ZONES[0]):  # again at last: nothing is added
        put(tmp_path / "lists" / "team" / "items.ics", TODOS.write(tasks, hostile.OPTIONS))
        found = json.loads(run(tmp_path, program, "--porcelain", "list", "--status", "ANY", zone=zone))
        shown = [(row["summary"], _day(row["due"], zone), row["completed"]) for row in found]
        assert sorted(shown) == wanted


def _day(due: object, zone: str) -> str:
    """todoman writes dates, or seconds at which they begin."""
    from zoneinfo import ZoneInfo

    if isinstance(due, int | float):
        return str(dt.datetime.fromtimestamp(due, ZoneInfo(zone)).date())
    return str(due or "")[:10]


def test_khal_shows_them_on_their_days_and_importing_again_adds_none(tmp_path: Path) -> None:
    program = find("khal", recent=True)
    tasks = hostile.few()
    calendar = tmp_path / "calendar"
    calendar.mkdir()
    formats = "".join(f"{name} = %Y-%m-%d\n" for name in ("dateformat", "longdateformat"))
    moments = "".join(f"{name} = %Y-%m-%d %H:%M\n" for name in ("datetimeformat", "longdatetimeformat"))
    put(
        tmp_path / "config" / "khal" / "config",
        f"[calendars]\n[[team]]\npath = {calendar}\n[locale]\ntimeformat = %H:%M\n{formats}{moments}"
        f"[sqlite]\npath = {tmp_path}/khal.db\n",
    )
    file = put(tmp_path / "items.ics", EVENTS.write(tasks, hostile.OPTIONS))
    wanted = sorted(
        (uid, str(day), status, " ".join(title.split(" ")))
        for uid, (title, day, status) in expected_events(tasks).items()
    )
    for zone in (ZONES[0], ZONES[-1]):
        run(tmp_path, program, "import", "--batch", "-a", "team", str(file), zone=zone)
        assert len(list(calendar.glob("*.ics"))) == len(wanted)
    for zone in ZONES:
        line = "{uid}\x1f{start-date}\x1f{status}\x1f{title}"
        words = run(
            *(tmp_path, program, "list", "2026-01-01", "2027-12-31", "--day-format", "", "--format", line),
            zone=zone,
        )
        found = [row.split("\x1f") for row in words.split("\n") if "\x1f" in row]
        assert sorted((uid, day, state.strip(), title) for uid, day, state, title in found) == wanted
