"""What a goal's chart shows, and how it is drawn: pieces, gaps, breaks, axes; and that nothing breaks it."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from meetings.config import Definition
from meetings.figures import show_value
from meetings.kinds import Direction, Unit
from meetings.measures.chart import Break, Chart, breaks_of, chart
from meetings.model import Goal, Reading
from tui.widgets.chart import BREAK, LATEST, TARGET, draw, legend

START = dt.date(2026, 9, 7)
DUE = START + dt.timedelta(weeks=13)
NOW = START + dt.timedelta(weeks=11)


def week(number: int) -> dt.date:
    return START + dt.timedelta(weeks=number)


def goal(*values: float | None, **fields: Any) -> Goal:
    """A goal from 20 to 30 in 13 weeks, with a reading a week from the start; None: that week was not read."""
    known: dict[str, Any] = {
        "title": "MQL rate",
        "start": 20.0,
        "target": 30.0,
        "start_date": START,
        "due": DUE,
    }
    readings = tuple(Reading(week(at), value) for at, value in enumerate(values) if value is not None)
    return Goal(**{**known, "readings": readings, **fields})


def pieces(shown: Chart | None) -> list[list[float]]:
    """The values of each piece of the line."""
    return [[reading.value for reading in piece] for piece in shown.readings] if shown else []


def drawn(shown: Chart, width: int = 30, height: int = 11, unit: Unit = Unit.NUMBER) -> list[str]:
    return [
        line.plain for line in draw(shown, width, height, lambda v: show_value(v, unit, compact=True), "")
    ]


def some(of: Goal, *definitions: Definition, today: dt.date = NOW) -> Chart:
    shown = chart(of, today, definitions)
    assert shown is not None
    return shown


# What is shown


def test_the_axes_hold_the_goals_time_and_all_that_is_drawn() -> None:
    shown = some(goal(21, 22, 23))
    assert (shown.first, shown.last, shown.low, shown.high) == (START, DUE, 20.0, 30.0)
    assert pieces(shown) == [[21, 22, 23]]
    assert shown.expected == (Reading(START, 20.0), Reading(DUE, 30.0))
    assert shown.targets == (30.0,)


def test_weeks_that_were_not_read_are_gaps() -> None:
    assert pieces(some(goal(20, 21, None, 23, 24, None, None, 27))) == [[20, 21], [23, 24], [27]]


def test_a_goal_that_is_read_once_a_month_has_no_gaps() -> None:
    assert pieces(some(goal(20, None, None, None, 22, None, None, None, 25))) == [[20, 22, 25]]


def test_meetings_every_two_weeks_leave_no_gaps() -> None:
    shown = chart(goal(20, None, 22, None, 24), NOW, usual=14)
    assert pieces(shown) == [[20, 22, 24]]


def test_a_day_late_is_no_gap() -> None:
    days = (0, 8, 14, 24)
    late = goal(readings=tuple(Reading(START + dt.timedelta(days=day), 20.0 + day) for day in days))
    assert pieces(some(late)) == [[20, 28, 34, 44]]


def test_the_line_breaks_where_a_definition_changed() -> None:
    changed = Definition(term="MQL", meaning="fits the profile", since=week(2))
    shown = some(goal(20, 21, 22, 23), changed)
    assert shown.breaks == (Break(week(2), "MQL"),)
    assert pieces(shown) == [[20, 21], [22, 23]]
    between = some(
        goal(20, 21, 22, 23), Definition(term="MQL", meaning="x", since=week(2) - dt.timedelta(days=3))
    )
    assert pieces(between) == [[20, 21], [22, 23]]


def test_a_definition_from_before_the_chart_breaks_nothing() -> None:
    shown = some(goal(20, 21), Definition(term="MQL", meaning="x", since=START))
    assert (shown.breaks, pieces(shown)) == ((), [[20, 21]])


@pytest.mark.parametrize(
    ("title", "metric", "term", "concerned"),
    [
        ("MQL rate", "", "MQL", True),
        ("Leads", "accepted mqls, CRM", "MQL", True),
        ("SQL to opportunity", "SQL / MQL", "mql", True),
        ("Webinar sign-ups", "registrations", "MQL", False),
        ("Winning", "", "Win", False),
        ("Wins per week", "", "Win", True),
        ("Speed to lead", "first touch", "First  touch", True),
        ("C++ trials", "", "C++", True),
        ("質の高いリード", "", "リード", False),
        ("anything", "at all", "", False),
        ("anything", "at all", "  ", False),
    ],
)
def test_a_definition_concerns_the_goals_that_use_its_word(
    title: str, metric: str, term: str, concerned: bool
) -> None:
    of = Goal(title=title, metric=metric)
    assert bool(
        breaks_of(of, [Definition(term=term or "x", meaning="m", since=week(2))] if term.strip() else [])
    ) is (concerned)


def test_a_range_has_two_target_lines_and_nothing_is_expected() -> None:
    shown = some(goal(36, 41, direction=Direction.IN_RANGE, target=35.0, target_high=50.0))
    assert (shown.targets, shown.expected, shown.low, shown.high) == ((35.0, 50.0), None, 35.0, 50.0)


def test_at_most_expects_a_falling_line() -> None:
    shown = some(goal(190, 180, direction=Direction.AT_MOST, start=190.0, target=60.0))
    assert shown.expected is not None
    assert [end.value for end in shown.expected] == [190.0, 60.0]


def test_a_level_to_be_held_is_its_own_expected_line() -> None:
    shown = some(goal(91, 90, 92, start=90.0, target=90.0))
    assert (shown.expected, shown.targets) == (None, (90.0,))


def test_of_a_goal_of_years_no_more_is_shown_than_lets_its_readings_be_seen() -> None:
    shown = some(goal(20, 21, due=START + dt.timedelta(days=3650)), today=week(1))
    assert shown.last == week(14)
    assert shown.expected is not None
    assert shown.expected[1].date == week(14)
    assert shown.expected[1].value == pytest.approx(20 + 10 * 98 / 3650)


def test_readings_from_long_before_the_goal_began_are_left_out() -> None:
    days = (-400, -60, -7, 0, 7)
    early = goal(readings=tuple(Reading(START + dt.timedelta(days=day), 1.0) for day in days))
    assert sum(map(len, some(early).readings)) == 4


def test_readings_of_later_days_are_not_shown_yet() -> None:
    assert pieces(some(goal(20, 21, 22), today=week(1))) == [[20, 21]]


@pytest.mark.parametrize(
    "of",
    [
        goal(1.0, unit=Unit.YES_NO),
        goal(start=None),
        Goal(),
        goal(start_date=None, due=None),
    ],
)
def test_where_there_is_nothing_to_draw_there_is_no_chart(of: Goal) -> None:
    assert chart(of, NOW) is None


# How it is drawn


def test_the_target_and_the_latest_reading_are_named_on_the_left_and_months_below() -> None:
    lines = drawn(some(goal(20, 21, 22, 23, 25)), unit=Unit.PERCENT)
    assert lines[0].startswith("30 % ┤╌╌╌")
    assert lines[0].count(TARGET) == 24
    assert [line for line in lines if line.startswith("25 % ┤") and LATEST in line]
    assert lines[8].startswith("20 % ┤")
    assert "Oct" in lines[-1]
    assert "Nov" in lines[-1]
    assert len(lines) == 11


def test_the_latest_reading_stands_beside_a_target_that_it_has_not_hit() -> None:
    """Even in a low chart, where a sign is as high as what is missing."""
    for direction, last, where in (
        (Direction.AT_LEAST, 29.5, 1),
        (Direction.AT_LEAST, 30.0, 0),
        (Direction.AT_LEAST, 20.0, 6),
    ):
        lines = drawn(some(goal(20, 25, last, direction=direction)), height=9)
        assert [at for at, line in enumerate(lines) if LATEST in line] == [where]
        assert f"{last:g}".rstrip() in lines[where]
    fewer = some(goal(30, 25, 20.4, start=30.0, target=20.0, direction=Direction.AT_MOST))
    lines = drawn(fewer, height=9)
    assert [at for at, line in enumerate(lines) if TARGET in line] == [6]
    assert [at for at, line in enumerate(lines) if LATEST in line] == [5]


def test_a_short_time_names_days_and_a_long_one_years() -> None:
    assert "7 Sep" in drawn(some(goal(20, 21, due=week(3))))[-1]
    years = goal(readings=tuple(Reading(START + dt.timedelta(days=90 * n), 20.0 + n) for n in range(14)))
    below = drawn(some(years, today=dt.date(2030, 1, 1)))[-1]
    assert below.split() == ["2027", "2028", "2029"]


def test_one_reading_is_a_dot() -> None:
    lines = drawn(some(goal(25, start=None)))
    assert "".join(lines).count(LATEST) == 1
    assert not any("\u2801" <= sign <= "\u28ff" for line in lines for sign in line)


def test_a_reading_between_two_gaps_can_be_seen() -> None:
    lines = drawn(some(goal(20, 20, None, None, 29, None, None, 20, 20, start=None)), 60, 20)
    above = "".join(line for line in lines[:6])
    assert sum("\u2801" <= sign <= "\u28ff" for sign in above) == 1


def test_nothing_is_drawn_over_a_gap() -> None:
    lines = drawn(some(goal(30, 30, None, None, None, None, 30, 30, start=None)), 60, 20)
    top = next(line for line in lines if LATEST in line)
    assert top.count(TARGET) > 20


def test_a_break_goes_from_top_to_bottom() -> None:
    shown = some(goal(20, 21, 22, 23), Definition(term="MQL", meaning="x", since=week(6)))
    lines = drawn(shown)
    columns = {line.index(BREAK) for line in lines[1:9]}
    assert len(columns) == 1
    assert BREAK in lines[0]


def test_the_legend_names_only_what_is_drawn() -> None:
    assert legend(some(goal(20, 21)), "").plain == "● read  ╌ target  · expected"
    ranged = goal(direction=Direction.IN_RANGE, target=35.0, target_high=50.0, start=None)
    assert chart(ranged, NOW) is None
    assert legend(some(goal(36, start=None)), "").plain == "● read  ╌ target"


def test_the_chart_grows_with_its_room_and_goes_where_there_is_none() -> None:
    shown = some(goal(20, 21, 22))
    assert [len(drawn(shown, 100, high)) for high in (5, 11, 30)] == [5, 11, 30]
    assert {cell_len(line) for line in drawn(shown, 100, 30)[:-2]} == {100}
    assert drawn(shown, 8, 11) == []
    assert drawn(shown, 30, 4) == []


NUMBERS = st.floats() | st.sampled_from([0.0, 1e15, -1e15, 1e308, -1e308, 5e-324])
DAYS = st.dates() | st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1))


@settings(max_examples=150)
@given(
    of=st.builds(
        Goal,
        title=st.just("MQL"),
        unit=st.sampled_from(Unit),
        direction=st.sampled_from(Direction),
        start=st.none() | NUMBERS,
        target=st.none() | NUMBERS,
        target_high=st.none() | NUMBERS,
        start_date=st.none() | DAYS,
        due=st.none() | DAYS,
        readings=st.lists(st.builds(Reading, DAYS, NUMBERS), max_size=8).map(tuple),
    ),
    today=DAYS,
    since=DAYS,
    width=st.integers(0, 120),
    height=st.integers(0, 30),
    currency=st.sampled_from(["€", "CHF", "円元貨幣", "👩‍💻", "[b]"]),
)
def test_no_goal_breaks_the_chart(
    of: Goal, today: dt.date, since: dt.date, width: int, height: int, currency: str
) -> None:
    shown = chart(of, today, [Definition(term="MQL", meaning="x", since=since)])
    if shown is None:
        return
    assert shown.first < shown.last
    assert math.isfinite(shown.up(shown.low))
    lines = draw(shown, width, height, lambda value: show_value(value, of.unit, currency, compact=True), "")
    assert len(lines) in (0, height)
    assert all(cell_len(line.plain) <= width for line in lines)
    read = [reading for piece in shown.readings for reading in piece]
    assert all(reading in of.readings and reading.date <= today for reading in read)
    assert read == sorted(read, key=lambda reading: reading.date)
