"""Goals on 50 weeks of a real public metric: tests/data/public_metric, imported with `accord import goals`."""

from __future__ import annotations

import csv
import datetime as dt
from itertools import pairwise
from pathlib import Path
from statistics import linear_regression

import pytest
from msgspec.structs import replace

from meetings.kinds import Status, Unit
from meetings.measures.chart import chart
from meetings.measures.pace import last_values, measure
from meetings.measures.smart import best_slope, smart
from meetings.model import Goal
from tests.unit.command_line import CommandLine

FILE = Path(__file__).resolve().parents[1] / "data/public_metric/notebooks_on_github.csv"
FIRST, LAST = dt.date(2019, 2, 10), dt.date(2020, 3, 1)
START, TARGET = 3_700_000, 6_500_000


def counts() -> list[tuple[dt.date, int]]:
    """The days and counts, read without Accord."""
    with FILE.open(newline="", encoding="utf-8") as file:
        return [(dt.date.fromisoformat(row["Date"]), int(row["Reading"])) for row in csv.DictReader(file)]


@pytest.fixture
def notebooks(accord: CommandLine) -> Goal:
    """The goal with its readings, as the import left it in the store."""
    accord.workspace().session().add(
        Goal(
            title="Notebooks on GitHub",
            metric="public notebooks that the search of GitHub counts",
            start=float(START),
            target=float(TARGET),
            start_date=FIRST,
            due=LAST,
            agreed=True,
        )
    )
    got = accord("import", "goals", str(FILE))
    assert (got.status, got.err) == (0, "")
    assert "50 rows, 50 used; 50 readings of 1 goal changed" in got.out
    [goal] = accord.store.read(1).goals.values()
    return goal


def test_every_count_is_in_the_store(notebooks: Goal) -> None:
    assert [(reading.date, reading.value) for reading in notebooks.readings] == counts()
    assert len(notebooks.readings) == 50


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (dt.date(2019, 3, 3), Status.AT_RISK),
        (dt.date(2019, 7, 14), Status.AT_RISK),
        (dt.date(2020, 2, 3), Status.ON_TRACK),
        (LAST, Status.ON_TRACK),
    ],
)
def test_pace_and_status_are_what_the_counts_say(notebooks: Goal, day: dt.date, status: Status) -> None:
    known = [(date, count) for date, count in counts() if date <= day]
    expected = START + (TARGET - START) * (day - FIRST).days / (LAST - FIRST).days
    found = measure(notebooks, day)
    assert found.expected == pytest.approx(expected)
    assert found.pace == pytest.approx(known[-1][1] - expected)
    assert found.status is status


@pytest.mark.parametrize("week", [3, 10, 25, 40, 49])
def test_the_projection_is_the_regression_through_the_last_six_counts(notebooks: Goal, week: int) -> None:
    last = counts()[max(0, week - 5) : week + 1]
    slope, base = linear_regression([date.toordinal() for date, _ in last], [count for _, count in last])
    found = measure(notebooks, last[-1][0])
    assert found.projection == pytest.approx(slope * LAST.toordinal() + base, rel=1e-6)
    assert 5_000_000 < found.projection < 7_500_000, "of an order that a growing count can have"


def test_a_higher_target_is_missed_and_said_to_be_out_of_reach(notebooks: Goal) -> None:
    bold = replace(notebooks, target=9_000_000.0)
    found = measure(bold, dt.date(2020, 1, 26))
    assert found.status is Status.OFF_TRACK
    assert found.projection is not None
    assert found.projection < 9_000_000
    assert [letter.letter for letter in smart(bold, dt.date(2020, 1, 26)) if not letter.lit] == ["R"]
    assert best_slope(bold, dt.date(2020, 1, 26)) == pytest.approx(61_000, rel=0.2)


def test_the_chart_has_gaps_where_nothing_was_counted(notebooks: Goal) -> None:
    shown = chart(notebooks, LAST)
    assert shown is not None
    assert (shown.first, shown.last) == (FIRST, LAST)
    ends = [(piece[0].date, piece[-1].date) for piece in shown.readings]
    gaps = [(early[1], late[0]) for early, late in pairwise(ends)]
    assert gaps == [(early, late) for (early, _), (late, _) in pairwise(counts()) if (late - early).days > 10]
    assert gaps[-1] == (dt.date(2020, 2, 3), LAST)


def test_the_sparkline_has_the_last_thirteen(notebooks: Goal) -> None:
    assert last_values(notebooks) == tuple(count for _, count in counts()[-13:])
    assert notebooks.unit is Unit.NUMBER
