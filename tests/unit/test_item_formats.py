"""Action items for other programs: what of an item each format says, and ids that stay."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import uuid

import icalendar
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from meetings.exchange import obsidian, sheets, todotxt
from meetings.exchange.file_names import RESERVED, distinct_names, plain_words
from meetings.exchange.formats import ITEMS
from meetings.exchange.tasks import ListOptions, Task, tasks_of
from meetings.kinds import ItemState, Team
from meetings.model import ActionItem
from meetings.store.archive import Promise
from tests.unit.markdown_readers import hostile
from tests.unit.meetings_for_tests import DAY, head

OPTIONS = ListOptions(DAY)
UID = "3f9a2c1e-5d1b-4c1e-9a1b-2f3c4d5e6f70"
CREATED = dt.datetime(2026, 11, 2, 9, 30, tzinfo=dt.UTC)
ITEM = ActionItem(
    uid=UID,
    created_at=CREATED,
    updated_at=CREATED + dt.timedelta(hours=1),
    title="Send the list",
    owner="Zoë O'Neill",
    team=Team.A,
    due=dt.date(2026, 11, 27),
    note="first\nsecond",
)
DONE = replace(ITEM, state=ItemState.DONE, done_on=dt.date(2026, 11, 20))
DROPPED = replace(ITEM, state=ItemState.DROPPED, reason="no budget")


def tasks(*items: ActionItem) -> list[Task]:
    return tasks_of([Promise(item, head()) for item in items], [item.uid for item in items])


def write(name: str, *items: ActionItem) -> str:
    return ITEMS[name].write(tasks(*items), OPTIONS)


def test_todo_txt_lines() -> None:
    rest = f"+weekly-sales-marketing-alignment @Zoë_O'Neill due:2026-11-27 uid:{UID}\n"
    assert write("todotxt", ITEM) == f"2026-11-02 Send the list {rest}"
    assert write("todotxt", DONE) == f"x 2026-11-20 2026-11-02 Send the list {rest}"
    assert write("todotxt", DROPPED) == ""
    assert write("todotxt", replace(ITEM, title="", owner="", due=None)) == (
        f"2026-11-02 (no title) +weekly-sales-marketing-alignment uid:{UID}\n"
    )


@given(hostile)
@example("due:2020-01-01 rec:1d x:y")
def test_a_title_adds_no_field_to_todo_txt(title: str) -> None:
    line = write("todotxt", replace(ITEM, title=title)).rstrip("\n")
    assert "\n" not in line
    fields = re.findall(r"(?<!\S)(due|uid|rec|t|pri|h):(?=[^\s/])", line)
    assert fields == ["due", "uid"]
    assert todotxt.FIELD.sub("", line).startswith("2026-11-02 ")


def test_obsidian_lines() -> None:
    start = "Send the list (Zoë O'Neill, Sales)"
    assert write("obsidian", ITEM) == f"- [ ] {start} 🆔 3f9a2c1e ➕ 2026-11-02 📅 2026-11-27\n"
    assert write("obsidian", DONE) == f"- [x] {start} 🆔 3f9a2c1e ➕ 2026-11-02 📅 2026-11-27 ✅ 2026-11-20\n"
    assert (
        write("obsidian", DROPPED) == f"- [-] {start} 🆔 3f9a2c1e ➕ 2026-11-02 📅 2026-11-27 ❌ 2026-11-02\n"
    )
    assert write("dataview", DONE) == (
        f"- [x] {start}  [id:: 3f9a2c1e]  [created:: 2026-11-02]  [due:: 2026-11-27]  [completion:: 2026-11-20]\n"
    )


def as_the_plugin_reads(line: str) -> dict[str, str]:
    """The plugin takes fields off the end of the line, in any order, as long as there are any; tags too."""
    found: dict[str, str] = {}
    shapes = {name: re.compile(rf"\s*{sign} *([0-9A-Za-z_-]+)$") for name, sign in obsidian.SIGNS.items()}
    while True:
        for name, shape in shapes.items():
            if match := shape.search(line):
                found[name], line = match[1], line[: match.start()]
                break
        else:
            if tag := re.search(r"(^|\s)#[^ !@#$%^&*(),.?\":{}|<>]+$", line):
                line = line[: tag.start()]
                continue
            return found


@given(
    hostile,
    st.sampled_from(["📅 2020-01-01", "✅ 2020-01-01 #tag", "🆔 abc", "➕ 2020-01-01 📅 2020-01-02", ""]),
)
def test_a_title_adds_no_field_to_obsidian(title: str, sign: str) -> None:
    line = write("obsidian", replace(ITEM, title=f"{title} {sign}")).rstrip("\n")
    assert as_the_plugin_reads(line) == {"id": "3f9a2c1e", "created": "2026-11-02", "due": "2026-11-27"}
    dataview = write("dataview", replace(ITEM, title=f"{title} [due:: 2020-01-01] {sign}"))
    assert re.findall(r"\[(\w+):: ", dataview) == ["id", "created", "due"]


def test_an_event_says_that_it_is_done_and_a_dropped_one_is_cancelled() -> None:
    (event,) = icalendar.Calendar.from_ical(write("ics-events", DONE)).walk("VEVENT")
    assert (event["summary"], event["status"], event["transp"]) == (
        "✓ Send the list",
        "CONFIRMED",
        "TRANSPARENT",
    )
    assert (event["dtstart"].dt, event["dtend"].dt) == (dt.date(2026, 11, 27), dt.date(2026, 11, 28))
    (event,) = icalendar.Calendar.from_ical(write("ics-events", DROPPED)).walk("VEVENT")
    assert event["status"] == "CANCELLED"
    assert "BEGIN:VEVENT" not in write("ics-events", replace(ITEM, due=None))


def test_a_calendar_task_is_completed_at_noon_so_that_the_day_is_right_everywhere() -> None:
    (todo,) = icalendar.Calendar.from_ical(write("ics", DONE)).walk("VTODO")
    assert todo["completed"].dt == dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    assert "DUE;VALUE=DATE:20261127\r\n" in write("ics", DONE)


def test_a_later_export_is_a_later_version_of_the_same() -> None:
    later = replace(ITEM, title="Send all lists", updated_at=ITEM.updated_at + dt.timedelta(minutes=5))
    for name in ("ics", "ics-events"):
        (one,) = icalendar.Calendar.from_ical(write(name, ITEM)).walk(
            name="VTODO" if name == "ics" else "VEVENT"
        )
        (two,) = icalendar.Calendar.from_ical(write(name, later)).walk(
            name="VTODO" if name == "ics" else "VEVENT"
        )
        assert one["uid"] == two["uid"]
        assert one["sequence"] < two["sequence"]
        assert one["last-modified"].dt < two["last-modified"].dt
    assert (
        json.loads(write("taskwarrior", ITEM))[0]["uuid"]
        == UID
        == json.loads(write("taskwarrior", later))[0]["uuid"]
    )


def test_ids_do_not_depend_on_what_else_there_is() -> None:
    others = [replace(ITEM, uid=str(uuid.UUID(int=at, version=4))) for at in range(500)]
    assert tasks(*others, ITEM)[-1].id == tasks(ITEM)[0].id == UID[:8]


@pytest.mark.parametrize("uid", ["", "not a uuid", "a,b;c:d\n", "会"])
def test_whatever_an_id_is_every_program_gets_one_that_it_takes(uid: str) -> None:
    (task,) = tasks(replace(ITEM, uid=uid))
    assert uuid.UUID(task.uid).version == 5
    assert tasks(replace(ITEM, uid=uid))[0].uid == task.uid
    assert json.loads(write("taskwarrior", replace(ITEM, uid=uid)))[0]["uuid"] == task.uid


def test_taskwarrior_fields() -> None:
    assert json.loads(write("taskwarrior", DONE)) == [
        {
            "uuid": UID,
            "description": "Send the list",
            "status": "completed",
            "entry": "20261102T093000Z",
            "modified": "20261102T103000Z",
            "end": "20261120T120000Z",
            "due": "2026-11-27",
            "project": "weekly-sales-marketing-alignment",
            "tags": ["Sales"],
            "owner": "Zoë O'Neill",
            "annotations": [{"entry": "20261102T093000Z", "description": "first second"}],
        }
    ]


class TestSheets:
    def rows(self, name: str, *items: ActionItem) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(write(name, *items), newline="")))

    def test_the_columns_are_those_that_each_importer_asks_for(self) -> None:
        assert write("jira").startswith("Summary,Assignee,Due date,Description\r\n")
        assert write("asana").startswith("Name,Description,Section,Assignee,Due Date\r\n")
        assert write("linear").startswith("Title,Description,Status,Assignee\r\n")

    def test_every_description_ends_with_the_id(self) -> None:
        for name in ("jira", "asana", "linear"):
            (row,) = self.rows(name, ITEM)
            assert row["Description"].endswith("\nAccord id: 3f9a2c1e")

    def test_linear_gets_a_state(self) -> None:
        assert [row["Status"] for row in self.rows("linear", ITEM, DONE, DROPPED)] == [
            "Todo",
            "Done",
            "Canceled",
        ]

    def test_a_summary_that_is_too_long_for_jira_is_cut_and_kept_in_the_description(self) -> None:
        title = "word " * 100 + "end"
        (row,) = self.rows("jira", replace(ITEM, title=title))
        assert len(row["Summary"]) < 255
        assert row["Description"].startswith(title)

    @given(st.text())
    @example("=cmd()")
    @example("\t=1")
    @example("＝1")
    def test_no_cell_is_a_formula_and_none_is_lost(self, text: str) -> None:
        cell = sheets.guarded(text)
        assert not cell.startswith(sheets.FORMULA)
        assert cell.removeprefix(sheets.GUARD) == text or cell == text


class TestMarkdown:
    def test_the_lines_are_those_of_the_minutes(self) -> None:
        assert write("markdown", ITEM, DONE, DROPPED).splitlines() == [
            "# Action items",
            "",
            "- [ ] Send the list (Zoë O'Neill, Sales, due Fri 27 Nov) `3f9a2c1e`\\",
            "  first\\",
            "  second",
            "- [x] Send the list (Zoë O'Neill, Sales, done Fri 20 Nov) `3f9a2c1e`\\",
            "  first\\",
            "  second",
            "- Send the list (Zoë O'Neill, Sales) `3f9a2c1e`\\",
            "  first\\",
            "  second\\",
            "  Dropped: no budget",
        ]
        assert write("markdown") == "# Action items\n\nNo action items.\n"


class TestNames:
    def test_a_plain_name_stays_and_one_that_says_less_gets_digits(self) -> None:
        found = distinct_names(
            ["Sam", "Łukasz", "田中", "Ann-Marie O'Neill", "", "a/b", "a?b", "Con"], "no-owner"
        )
        assert [found[name] for name in ("Sam", "Łukasz", "田中", "Ann-Marie O'Neill", "")] == [
            *("Sam", "Łukasz", "田中", "Ann-Marie-O-Neill", "no-owner"),
        ]
        assert re.fullmatch(r"a-b-[0-9a-f]{6}", found["a/b"])
        assert re.fullmatch(r"Con-[0-9a-f]{6}", found["Con"])

    @settings(max_examples=200)
    @example(["Sam", "sam", "SAM"])
    @example(["ß", "SS", "ss"])
    @example(["", "no-owner", "No-Owner"])
    @example(["a b", "a-b", "a_b"])
    @given(
        st.lists(st.text() | st.sampled_from([*RESERVED, "..", "/", "Sam", "sam"]), unique=True, max_size=8)
    )
    def test_names_are_distinct_on_any_system_and_safe(self, owners: list[str]) -> None:
        names = distinct_names(owners, "no-owner")
        assert len({name.casefold() for name in names.values()}) == len(owners)
        for name in names.values():
            assert re.fullmatch(r"[\w-]+", name)
            assert len(name.encode()) < 140
            assert name.casefold() not in RESERVED

    def test_letters_that_unicode_does_not_take_apart(self) -> None:
        assert plain_words("Łódź Ærø Straße") == "lodz-aero-strasse"
