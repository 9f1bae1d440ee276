"""Readings from a table: `accord import goals` on real files, and what it says of rows that it cannot use."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from meetings.exchange import goal_readings
from meetings.exchange.tables.refusals import ImportRefused
from meetings.flow import states
from meetings.kinds import GoalState, Unit
from meetings.meeting import Head, Meeting
from meetings.model import Goal, Reading
from tests.unit.command_line import CommandLine

DAY = dt.date(2026, 11, 23)
RATE = Goal(uid="aaaaaaaa-1", title="MQL to SQL rate", unit=Unit.PERCENT, start=20.0, target=30.0)
PIPELINE = Goal(uid="bbbbbbbb-2", title="Qualified pipeline", unit=Unit.CURRENCY)
RESPONSE = Goal(uid="cccccccc-3", title="First response", unit=Unit.DURATION)
HANDBOOK = Goal(uid="dddddddd-4", title="Handbook agreed", unit=Unit.YES_NO)
GONE = Goal(uid="eeeeeeee-5", title="Gone", state=GoalState.DROPPED)


def meeting(*goals: Goal) -> Meeting:
    every = goals or (RATE, PIPELINE, RESPONSE, HANDBOOK, GONE)
    return Meeting(head=Head(date=DAY), goals={goal.uid: goal for goal in every})


def found(
    tmp_path: Path, text: str | bytes, of: Meeting | None = None, **more: Any
) -> goal_readings.Readings:
    file = tmp_path / "readings.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return goal_readings.read(file, of or meeting(), **more)


def taken(readings: goal_readings.Readings) -> list[tuple[str, str, float]]:
    """What would be put down: goal, day, value."""
    return [
        (change.goal.title, change.reading.date.isoformat(), change.reading.value)
        for change in readings.changes
    ]


def test_each_unit_is_read_as_people_write_it(tmp_path: Path) -> None:
    got = found(
        tmp_path,
        "goal,date,reading\n"
        'MQL to SQL rate,2026-11-16,"29,1 %"\n'
        'Qualified pipeline,2026-11-16,"$412,000"\n'
        "Qualified pipeline,2026-11-09,30k\n"
        "First response,2026-11-16,1:15\n"
        "Handbook agreed,2026-11-16,yes\n",
    )
    assert taken(got) == [
        ("MQL to SQL rate", "2026-11-16", 29.1),
        ("Qualified pipeline", "2026-11-16", 412_000.0),
        ("Qualified pipeline", "2026-11-09", 30_000.0),
        ("First response", "2026-11-16", 75.0),
        ("Handbook agreed", "2026-11-16", 1.0),
    ]
    assert (got.rows, got.used, got.unused, got.remarks) == (5, 5, (), ())


def test_header_names_are_matched_without_case_and_other_columns_are_passed_over(tmp_path: Path) -> None:
    got = found(tmp_path, "Week;DATE;Reading;GOAL\n47;16.11.2026;29,1;mql TO sql rate\n")
    assert taken(got) == [("MQL to SQL rate", "2026-11-16", 29.1)]


def test_what_a_spreadsheet_puts_around_a_table_does_not_matter(tmp_path: Path) -> None:
    text = 'sep=;\r\nGoal;Date;Reading\r\n"MQL to SQL\r\nrate";2026-11-16;29\r\n;;\r\n'
    got = found(tmp_path, text.encode("utf-16"))
    assert taken(got) == [("MQL to SQL rate", "2026-11-16", 29.0)]
    assert (got.rows, got.used) == (1, 1)


@pytest.mark.parametrize("name", ["mql", "MQL to", "aaaaa", "AAAAAAAA-1", "mql  to sql RATE"])
def test_a_goal_is_named_by_a_beginning_of_its_title_or_id(tmp_path: Path, name: str) -> None:
    assert taken(found(tmp_path, f"goal,date,reading\n{name},2026-11-16,29\n"))[0][0] == "MQL to SQL rate"


def test_the_whole_title_goes_before_a_longer_one_that_begins_so(tmp_path: Path) -> None:
    both = meeting(RATE, Goal(uid="ffffffff-6", title="MQL to SQL rate of partners"))
    got = found(tmp_path, "goal,date,reading\nMQL to SQL rate,2026-11-16,29\nMQL to,2026-11-16,3\n", both)
    assert taken(got) == [("MQL to SQL rate", "2026-11-16", 29.0)]
    assert [str(unused) for unused in got.unused] == [
        "1 row with a name that more than one goal has: line 3 “MQL to”"
    ]


def test_a_row_that_cannot_be_used_is_named_with_its_line_and_the_rest_is_used(tmp_path: Path) -> None:
    got = found(
        tmp_path,
        "goal,date,reading\n"
        "Churn,2026-11-16,29\n"
        "MQL to SQL rate,soon,29\n"
        "MQL to SQL rate,,29\n"
        "MQL to SQL rate,2026-11-16,high\n"
        "MQL to SQL rate,2026-11-16,\n"
        ",2026-11-16,29\n"
        "Gone,2026-11-16,29\n"
        "MQL to SQL rate,2026-11-16,29\n"
        "MQL to SQL rate\n",
    )
    assert taken(got) == [("MQL to SQL rate", "2026-11-16", 29.0)]
    assert [(unused.why, unused.lines) for unused in got.unused] == [
        ("of a goal that is not in this meeting", ((2, "Churn"),)),
        ("with a date that cannot be read", ((3, "soon"),)),
        ("without a date", ((4, ""), (10, ""))),
        ("with a reading that is no percentage", ((5, "high"),)),
        ("without a reading", ((6, ""),)),
        ("without a goal", ((7, ""),)),
        ("of a goal that was dropped", ((8, "Gone"),)),
    ]
    assert got.rows == got.used + sum(unused.count for unused in got.unused)


def test_a_decimal_comma_without_quotes_is_not_taken_for_the_whole_number(tmp_path: Path) -> None:
    got = found(tmp_path, "goal,date,reading\nmql,2026-11-16,29,5\nmql,2026-11-09,28,\n")
    assert taken(got) == [("MQL to SQL rate", "2026-11-09", 28.0)]
    assert [str(unused) for unused in got.unused] == [
        "1 row with more cells than columns: line 2 “mql,2026-11-16,29,5”"
    ]


def test_only_some_of_many_lines_are_named(tmp_path: Path) -> None:
    [unused] = found(tmp_path, "goal,date,reading\n" + "Churn,2026-11-16,1\n" * 9).unused
    assert (unused.count, len(unused.lines)) == (9, 5)
    assert str(unused).endswith("and 4 more")


def test_one_date_settles_the_whole_column(tmp_path: Path) -> None:
    got = found(tmp_path, "goal,date,reading\nmql,03/11/2026,27\nmql,16/11/2026,29\n")
    assert [date for _, date, _ in taken(got)] == ["2026-11-03", "2026-11-16"]


def test_dates_that_could_be_read_two_ways_are_asked_about(tmp_path: Path) -> None:
    text = "goal,date,reading\nmql,03/11/2026,27\nmql,04/11/2026,29\n"
    with pytest.raises(ImportRefused) as refusal:
        found(tmp_path, text)
    assert refusal.value.message == (
        "The dates in readings.csv can be read two ways: “03/11/2026” is Tue 3 Nov 2026 or Wed 11 Mar 2026."
    )
    assert "--dates day" in refusal.value.hint
    assert taken(found(tmp_path, text, order="month"))[0][1] == "2026-03-11"
    assert taken(found(tmp_path, text, order="day"))[0][1] == "2026-11-03"


def test_dates_of_two_kinds_are_asked_about(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="are of two kinds: “16/11/2026” has the day first, “11/17/2026”"):
        found(tmp_path, "goal,date,reading\nmql,16/11/2026,27\nmql,11/17/2026,29\nmql,03/04/2026,2\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "goal,week,value\nmql,2026-11-16,29\n",
            "has no column “date”; line 1 names “goal”, “week”, “value”",
        ),
        ("a,b\n1,2\n", "has no column “goal”, “date” and “reading”"),
        ("", "is empty"),
        ("<html><body>log in</body></html>", "is a web page"),
        (b"PK\x03\x04abc", "is an Excel or zip file"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_in_a_sentence(
    tmp_path: Path, text: str | bytes, words: str
) -> None:
    with pytest.raises(ImportRefused, match=words):
        found(tmp_path, text)


def test_a_reading_that_is_there_already_is_no_change_and_another_value_replaces_it(tmp_path: Path) -> None:
    known = (Reading(dt.date(2026, 11, 9), 28.0), Reading(dt.date(2026, 11, 16), 29.0))
    with_readings = meeting(
        Goal(uid="aaaaaaaa-1", title="MQL to SQL rate", unit=Unit.PERCENT, readings=known)
    )
    got = found(tmp_path, "goal,date,reading\nmql,2026-11-09,28 %\nmql,2026-11-16,31\n", with_readings)
    assert got.same == 1
    [change] = got.changes
    assert (change.before, change.reading) == (known[1], Reading(dt.date(2026, 11, 16), 31.0))


def test_of_two_rows_for_a_day_the_later_is_used_and_that_is_said(tmp_path: Path) -> None:
    got = found(
        tmp_path,
        "goal,date,reading\nmql,2026-11-16,28\nmql,2026-11-16,29\nmql,2026-11-09,5\nmql,2026-11-09,5\n",
    )
    assert taken(got) == [("MQL to SQL rate", "2026-11-16", 29.0), ("MQL to SQL rate", "2026-11-09", 5.0)]
    assert got.remarks == ("Line 3 was used in place of line 2, which is for the same goal and day.",)


def test_readings_of_days_to_come_are_pointed_out(tmp_path: Path) -> None:
    [remark] = found(tmp_path, "goal,date,reading\nmql,2026-12-07,28\n").remarks
    assert remark == "1 reading is of days after this meeting (Mon 23 Nov), and will count from then on."


CELLS = st.sampled_from(["mql", "Qualified", "first response", "nobody", ""])
DATES = st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1)).map(str) | st.sampled_from(
    ["16.11.2026", "soon", ""]
)
VALUES = st.integers(0, 10**6).map(str) | st.sampled_from(["12 %", "$30,000", "1,5", "45 min", "high", ""])


@given(rows=st.lists(st.tuples(CELLS, DATES, VALUES), max_size=12))
def test_every_row_is_used_or_named_and_twice_is_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([("goal", "date", "reading"), *rows])
    before = meeting()
    got = goal_readings.read(file, before)
    filled = [row for row in rows if any(row)]
    assert got.rows == len(filled) == got.used + sum(unused.count for unused in got.unused)
    goals = dict(before.goals)
    for change in got.changes:
        old = goals[change.goal.uid]
        goals[old.uid] = replace(old, **states.with_reading(old, change.reading.date, change.reading.value))
    again = goal_readings.read(file, replace(before, goals=goals))
    assert again.changes == ()
    assert (again.used, again.unused) == (got.used, got.unused)


# The command


@pytest.fixture
def with_goals(accord: CommandLine) -> CommandLine:
    """A workspace with a planned meeting that has two goals."""
    session = accord.workspace().session()
    session.add(Goal(title="MQL to SQL rate", unit=Unit.PERCENT))
    session.add(Goal(title="Qualified pipeline", unit=Unit.CURRENCY))
    (accord.folder / "readings.csv").write_text(
        "goal,date,reading\n"
        "mql,2026-11-09,27 %\nmql,2026-11-16,29 %\nChurn,2026-11-16,3\nqualified,2026-11-16,€444k\n",
        "utf-8",
    )
    return accord


def readings_of(accord: CommandLine) -> dict[str, list[float]]:
    goals = accord.store.read(1).goals.values()
    return {goal.title: [reading.value for reading in goal.readings] for goal in goals}


def test_a_dry_run_says_what_would_change_and_changes_nothing(with_goals: CommandLine) -> None:
    before = with_goals.files()
    got = with_goals("import", "goals", str(with_goals.folder / "readings.csv"), "--dry-run")
    assert got.status == 0
    assert got.out == (
        "readings.csv: 4 rows, 3 used; 3 readings of 2 goals would change in meeting 1.\n"
        "  MQL to SQL rate: 2 new: 29 % on Mon 16 Nov, 27 % on Mon 9 Nov\n"
        "  Qualified pipeline: 1 new: €444,000 on Mon 16 Nov\n"
    )
    assert got.err == "Not used: 1 row of a goal that is not in this meeting: line 4 “Churn”.\n"
    assert with_goals.files() == before


def test_an_import_is_one_edit_that_can_be_undone_and_the_same_again_changes_nothing(
    with_goals: CommandLine,
) -> None:
    file = str(with_goals.folder / "readings.csv")
    got = with_goals("import", "goals", file)
    assert "3 readings of 2 goals changed in meeting 1" in got.out
    assert readings_of(with_goals) == {"MQL to SQL rate": [27.0, 29.0], "Qualified pipeline": [444_000.0]}
    before = with_goals.files()
    again = with_goals("import", "goals", file)
    assert again.out == "readings.csv: 4 rows, 3 used; nothing changes, 3 there already.\n"
    assert with_goals.files() == before
    assert with_goals.workspace().session().undo() == "readings from readings.csv"
    assert readings_of(with_goals) == {"MQL to SQL rate": [], "Qualified pipeline": []}


def test_a_newer_file_corrects_what_an_older_one_said(with_goals: CommandLine) -> None:
    file = with_goals.folder / "readings.csv"
    with_goals("import", "goals", str(file))
    file.write_text("goal,date,reading\nmql,2026-11-16,28.5\n", "utf-8")
    got = with_goals("import", "goals", str(file))
    assert "MQL to SQL rate: 1 replaced: 28.5 % on Mon 16 Nov (was 29 %)" in got.out
    assert readings_of(with_goals)["MQL to SQL rate"] == [27.0, 28.5]


def test_without_meetings_or_without_the_file_one_sentence_says_so(accord: CommandLine) -> None:
    got = accord("import", "goals", str(accord.folder / "config.yaml"))
    assert (got.status, got.err.splitlines()[0]) == (2, "There are no meetings yet, so there are no goals.")
    accord.workspace().session()
    got = accord("import", "goals", str(accord.folder / "none.csv"))
    assert got.status == 3
    assert got.err.endswith("none.csv cannot be read or written: there is no such file or folder.\n")
