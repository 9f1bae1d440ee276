"""Pace, status and projection; every expected figure is worked out by hand."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.kinds import Direction, GoalState, Status, Unit
from meetings.measures.pace import Pace, has_reading_for, last_values, measure, projection
from meetings.measures.smart import smart
from meetings.model import Goal, Reading
from tests.unit.goal_for_tests import START, after, goal


def test_half_way_through_its_time_half_the_way_is_expected() -> None:
    found = measure(goal((49, 26.0)), after(50))
    assert found == Pace(
        reading=Reading(after(49), 26.0),
        expected=25.0,
        pace=1.0,
        status=Status.ON_TRACK,
        computed=Status.ON_TRACK,
        projection=None,
    )


@pytest.mark.parametrize(
    ("day", "expected"), [(-30, 20.0), (0, 20.0), (1, 20.1), (99, 29.9), (100, 30.0), (400, 30.0)]
)
def test_expected_stays_between_start_and_target(day: int, expected: float) -> None:
    assert measure(goal(), after(day)).expected == pytest.approx(expected)


@pytest.mark.parametrize(
    ("value", "pace", "status"),
    [
        (25.0, 0.0, Status.ON_TRACK),
        (24.9, -0.1, Status.AT_RISK),
        (24.0, -1.0, Status.AT_RISK),  # behind by exactly 10 % of the way from 20 to 30
        (23.9, -1.1, Status.OFF_TRACK),
    ],
)
def test_status_goes_by_the_risk_margin(value: float, pace: float, status: Status) -> None:
    found = measure(goal((50, value)), after(50))
    assert found.pace == pytest.approx(pace)
    assert found.status is status


def test_the_margin_can_be_widened() -> None:
    assert measure(goal((50, 23.0)), after(50), margin=0.2).status is Status.AT_RISK
    assert measure(goal((50, 24.9)), after(50), margin=0).status is Status.OFF_TRACK


@pytest.mark.parametrize(
    ("value", "pace", "status"),
    [(38.0, 2.0, Status.ON_TRACK), (42.0, -2.0, Status.AT_RISK), (45.0, -5.0, Status.OFF_TRACK)],
)
def test_at_most_turns_the_sign(value: float, pace: float, status: Status) -> None:
    hours = goal((50, value), direction=Direction.AT_MOST, start=60.0, target=20.0)  # 40 expected, margin 4
    found = measure(hours, after(50))
    assert (found.pace, found.status) == (pace, status)


@pytest.mark.parametrize(
    ("value", "status"), [(90.0, Status.ON_TRACK), (81.0, Status.AT_RISK), (80.9, Status.OFF_TRACK)]
)
def test_a_level_to_be_held_has_a_tenth_of_itself_as_margin(value: float, status: Status) -> None:
    assert measure(goal((50, value), start=90.0, target=90.0), after(50)).status is status


@pytest.mark.parametrize(
    ("value", "pace", "status"),
    [
        (0.05, 0.0, Status.ON_TRACK),
        (0.055, -0.005, Status.AT_RISK),  # over by exactly a tenth of the level
        (0.056, -0.006, Status.OFF_TRACK),
        (0.0, 0.05, Status.ON_TRACK),
    ],
)
def test_a_level_not_to_be_exceeded_turns_the_sign_too(value: float, pace: float, status: Status) -> None:
    complaints = goal((50, value), start=0.05, target=0.05, direction=Direction.AT_MOST)
    found = measure(complaints, after(50))
    assert found.pace == pytest.approx(pace)
    assert found.status is status


@pytest.mark.parametrize(
    ("value", "pace", "status"),
    [
        (-55.0, 20.0, Status.ON_TRACK),  # -75 expected on the way from -100 to -50
        (-79.0, -4.0, Status.AT_RISK),
        (-80.1, -5.1, Status.OFF_TRACK),
    ],
)
def test_values_below_zero_are_values_like_others(value: float, pace: float, status: Status) -> None:
    score = goal((50, value), start=-100.0, target=-50.0)
    found = measure(score, after(50))
    assert found.pace == pytest.approx(pace)
    assert found.status is status


def test_at_least_a_target_below_the_start_expects_the_way_down() -> None:
    found = measure(goal((50, 24.0), start=30.0, target=20.0), after(50))  # 25 expected, margin 1
    assert (found.expected, found.pace, found.status) == (25.0, -1.0, Status.AT_RISK)


def test_a_range_of_no_width_has_a_tenth_of_itself_as_margin() -> None:
    ranged = {"direction": Direction.IN_RANGE, "target": 50.0, "target_high": 50.0}
    assert measure(goal((1, 50.0), **ranged), after(50)).status is Status.ON_TRACK
    assert measure(goal((1, 45.0), **ranged), after(50)).status is Status.AT_RISK
    assert measure(goal((1, 44.0), **ranged), after(50)).status is Status.OFF_TRACK


def test_a_range_needs_no_dates() -> None:
    ranged = goal(
        (1, 61.0), direction=Direction.IN_RANGE, target=40.0, target_high=60.0, start_date=None, due=None
    )
    found = measure(ranged, after(50))
    assert (found.pace, found.status, found.projection) == (-1.0, Status.AT_RISK, None)


@pytest.mark.parametrize("day", [75, 99, 100])
def test_a_yes_or_no_goal_of_no_length_is_judged_by_its_day(day: int) -> None:
    one_day = goal((0, 0.0), unit=Unit.YES_NO, start=None, target=None, start_date=after(80), due=after(80))
    expected = {75: Status.ON_TRACK, 99: Status.OFF_TRACK, 100: Status.OFF_TRACK}[day]
    assert measure(one_day, after(day)).status is expected


def test_holding_zero_has_no_margin() -> None:
    none_lost = {"start": 0.0, "target": 0.0, "direction": Direction.AT_MOST}
    assert measure(goal((50, 0.0), **none_lost), after(50)).status is Status.ON_TRACK
    assert measure(goal((50, 1.0), **none_lost), after(50)).status is Status.OFF_TRACK


def test_rounding_does_not_put_a_goal_behind() -> None:
    on_pace = measure(goal((7, 0.007), start=0.0, target=0.1), after(7))
    assert (on_pace.pace, on_pace.status) == (0.0, Status.ON_TRACK)
    at_the_margin = measure(goal((50, 0.86), start=0.1, target=2.0), after(50))  # 1.05 expected, 0.19 behind
    assert at_the_margin.status is Status.AT_RISK


@pytest.mark.parametrize(
    ("value", "pace", "status"),
    [
        (40.0, 0.0, Status.ON_TRACK),
        (45.0, 5.0, Status.ON_TRACK),
        (58.0, 2.0, Status.ON_TRACK),
        (61.0, -1.0, Status.AT_RISK),
        (38.0, -2.0, Status.AT_RISK),
        (37.9, -2.1, Status.OFF_TRACK),
        (62.5, -2.5, Status.OFF_TRACK),
    ],
)
@pytest.mark.parametrize("ends", [(40.0, 60.0), (60.0, 40.0)])
def test_a_range_counts_from_its_nearer_end(
    value: float, pace: float, status: Status, ends: tuple[float, float]
) -> None:
    ranged = goal((1, value), direction=Direction.IN_RANGE, target=ends[0], target_high=ends[1])
    found = measure(ranged, after(50))
    assert found.expected is None
    assert found.pace == pytest.approx(pace)
    assert found.status is status


@pytest.mark.parametrize(
    ("day", "value", "status"),
    [
        (74, 0.0, Status.ON_TRACK),
        (75, 0.0, Status.AT_RISK),
        (100, 0.0, Status.AT_RISK),
        (101, 0.0, Status.OFF_TRACK),
        (10, 1.0, Status.DONE),
        (101, 1.0, Status.DONE),
    ],
)
def test_yes_or_no_is_at_risk_in_its_last_quarter(day: int, value: float, status: Status) -> None:
    found = measure(goal((0, value), unit=Unit.YES_NO, start=None, target=None), after(day))
    assert (found.expected, found.pace, found.status) == (None, None, status)


@pytest.mark.parametrize("lacking", ["start", "target", "start_date", "due"])
def test_without_what_the_formula_needs_the_status_is_unknown(lacking: str) -> None:
    found = measure(goal((50, 25.0), **{lacking: None}), after(50))
    assert (found.pace, found.status) == (None, Status.UNKNOWN)
    assert found.reading == Reading(after(50), 25.0)


def test_a_range_without_its_upper_end_is_unknown() -> None:
    assert measure(goal((50, 25.0), direction=Direction.IN_RANGE), after(50)).status is Status.UNKNOWN


def test_without_a_reading_the_status_is_unknown() -> None:
    found = measure(goal(), after(50))
    assert (found.reading, found.expected, found.status) == (None, 25.0, Status.UNKNOWN)


def test_a_done_goal_is_done_whatever_its_readings_say() -> None:
    done = goal((50, 1.0), state=GoalState.DONE, overruled=Status.OFF_TRACK, note="we stopped")
    assert measure(done, after(50)).status is Status.DONE


def test_a_person_overrules_only_with_a_note() -> None:
    bare = goal((50, 20.0), overruled=Status.ON_TRACK, note="  ")
    assert measure(bare, after(50)).status is Status.OFF_TRACK
    noted = goal((50, 20.0), overruled=Status.ON_TRACK, note="two deals sign on Friday")
    found = measure(noted, after(50))
    assert (found.status, found.computed) == (Status.ON_TRACK, Status.OFF_TRACK)


def test_readings_of_later_days_do_not_count_yet() -> None:
    assert measure(goal((60, 29.0), (40, 24.0), (20, 22.0)), after(50)).reading == Reading(after(40), 24.0)


def test_the_later_added_of_two_readings_of_a_day_counts() -> None:
    assert measure(goal((40, 24.0), (40, 25.0)), after(50)).reading == Reading(after(40), 25.0)


@pytest.mark.parametrize("day", [0, 10])
def test_a_goal_due_on_the_day_it_starts_expects_its_target_then(day: int) -> None:
    assert measure(goal((0, 30.0), due=START), after(day)).expected == 30.0


@pytest.mark.parametrize(
    ("read_on", "previous", "has"),
    [
        (14, 7, True),
        (8, 7, True),
        (7, 7, False),  # that was read for the meeting before
        (15, 7, False),
        (0, None, True),
        (14, 14, True),
    ],
)
def test_a_reading_belongs_to_the_meeting_that_follows_it(
    read_on: int, previous: int | None, has: bool
) -> None:
    before = None if previous is None else after(previous)
    assert has_reading_for(goal((read_on, 21.0)), after(14), before) is has


def test_a_goal_never_read_has_no_reading() -> None:
    assert not has_reading_for(goal(), after(14), None)


def test_the_last_values_skip_weeks_that_were_not_read() -> None:
    read = goal(*((7 * week, float(week)) for week in range(20) if week not in (17, 18)))
    assert last_values(read, 4) == (14.0, 15.0, 16.0, 19.0)
    assert last_values(read, 2, today=after(7 * 16)) == (15.0, 16.0)
    assert len(last_values(read)) == 13
    assert last_values(goal()) == ()
    assert last_values(read, 0) == ()


def test_a_straight_line_leads_on_to_the_due_date() -> None:
    weekly = goal((7, 21.0), (14, 22.0), (21, 23.0))
    assert projection(weekly, after(21)) == pytest.approx(20 + 100 / 7)


def test_projection_is_least_squares() -> None:
    # days 0, 1, 2 and values 0, 3, 3: mean day 1, mean 2, slope (1*2 + 1*1) / 2 = 1.5; at day 4: 2 + 1.5 * 3
    assert projection(goal((0, 0.0), (1, 3.0), (2, 3.0), due=after(4)), after(2)) == pytest.approx(6.5)


def test_projection_leads_on_through_missing_weeks() -> None:
    # weeks 0, 1 and 4: days 0, 7, 28 and values 20, 22, 26: mean day 35/3, mean 68/3,
    # slope ((-35)(-8) + (-14)(-2) + 49 * 10) / (35**2 + 14**2 + 49**2) = 798 / 3822
    weeks = goal((0, 20.0), (7, 22.0), (28, 26.0))
    assert projection(weeks, after(28)) == pytest.approx(68 / 3 + 798 / 3822 * (100 - 35 / 3))


def test_projection_looks_at_the_last_six_readings_only() -> None:
    read = goal((0, 900.0), *((10 * step, 20.0 + step) for step in range(1, 7)))
    assert projection(read, after(60)) == pytest.approx(30.0)


def test_projection_does_not_look_at_later_readings() -> None:
    assert projection(goal((0, 20.0), (10, 21.0), (20, 22.0), (30, 99.0)), after(20)) == pytest.approx(30.0)


def test_projection_still_holds_on_the_due_date() -> None:
    assert projection(goal((0, 20.0), (10, 21.0), (20, 22.0), due=after(20)), after(20)) == pytest.approx(
        22.0
    )


@pytest.mark.parametrize(
    "read",
    [
        goal((0, 20.0), (10, 21.0)),
        goal((0, 20.0), (10, 21.0), (10, 22.0)),  # two distinct days
        goal((0, 20.0), (10, 21.0), (20, 22.0), due=None),
        goal((0, 20.0), (10, 21.0), (20, 22.0), due=after(19)),
        goal((0, 0.0), (10, 0.0), (20, 0.0), unit=Unit.YES_NO),
        goal((0, 1e308), (10, -1e308), (20, 1e308)),
    ],
)
def test_no_projection_without_grounds(read: Goal) -> None:
    assert projection(read, after(20)) is None


NUMBERS = st.none() | st.floats()
DAYS = st.dates()
GOALS = st.builds(
    Goal,
    unit=st.sampled_from(Unit),
    direction=st.sampled_from(Direction),
    start=NUMBERS,
    target=NUMBERS,
    target_high=NUMBERS,
    start_date=st.none() | DAYS,
    due=st.none() | DAYS,
    overruled=st.none() | st.sampled_from(Status),
    note=st.sampled_from(["", "why"]),
    readings=st.lists(st.builds(Reading, DAYS, st.floats()), max_size=10).map(tuple),
)


@given(of=GOALS, today=DAYS, margin=st.floats(0, 1))
def test_no_number_makes_it_fail(of: Goal, today: dt.date, margin: float) -> None:
    found = measure(of, today, margin)
    for value in (found.expected, found.pace, found.projection):
        assert value is None or math.isfinite(value)
    assert found.reading is None or found.reading.date <= today
    assert all(letter.lit is (letter.reason == "") for letter in smart(of, today, margin))
    assert "".join(letter.letter for letter in smart(of, today, margin)) == "SMART"


@given(
    start=st.floats(-1e6, 1e6),
    target=st.floats(-1e6, 1e6),
    day=st.integers(-50, 200),
    value=st.floats(-1e6, 1e6),
    better=st.floats(0, 1e6),
    direction=st.sampled_from([Direction.AT_LEAST, Direction.AT_MOST]),
)
def test_a_better_reading_never_has_a_worse_status(
    start: float, target: float, day: int, value: float, better: float, direction: Direction
) -> None:
    order = [Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK]
    fields = {"start": start, "target": target, "direction": direction}
    then = value - better if direction is Direction.AT_MOST else value + better
    first = measure(goal((-60, value), **fields), after(day)).status
    second = measure(goal((-60, then), **fields), after(day)).status
    assert order.index(first) <= order.index(second)


@given(
    start=st.floats(-1e6, 1e6),
    slope=st.floats(-1e3, 1e3),
    days=st.lists(st.integers(0, 90), min_size=3, max_size=12, unique=True),
)
def test_the_projection_of_a_straight_line_is_that_line(start: float, slope: float, days: list[int]) -> None:
    line = goal(*((day, start + slope * day) for day in days))
    assert projection(line, after(95)) == pytest.approx(start + slope * 100, abs=1e-3)


@given(
    start=st.floats(-1e6, 1e6),
    target=st.floats(-1e6, 1e6),
    day=st.integers(-50, 200),
    value=st.floats(-1e6, 1e6),
)
def test_what_is_good_for_at_least_is_bad_for_at_most(
    start: float, target: float, day: int, value: float
) -> None:
    up = measure(goal((-60, value), start=start, target=target), after(day))
    down = measure(goal((-60, value), start=start, target=target, direction=Direction.AT_MOST), after(day))
    assert up.expected == down.expected
    assert up.pace is not None
    assert down.pace == -up.pace
    assert (up.pace > 0) is (value > (up.expected or 0) and up.pace != 0)
    assert (up.status is Status.ON_TRACK) is (up.pace >= 0)


@given(low=st.floats(-1e6, 1e6), width=st.floats(0, 1e6), value=st.floats(-3e6, 3e6))
def test_a_range_is_kept_by_what_is_inside_and_by_nothing_else(
    low: float, width: float, value: float
) -> None:
    high = low + width
    found = measure(goal((0, value), direction=Direction.IN_RANGE, target=low, target_high=high), after(50))
    assert found.pace is not None
    if low <= value <= high:
        assert (found.pace >= 0, found.status) == (True, Status.ON_TRACK)
    elif found.pace < 0:
        assert found.pace == pytest.approx(-max(low - value, value - high))
        assert found.status is not Status.ON_TRACK


@given(reading=st.floats(-1e6, 1e6), days=st.lists(st.integers(-50, 200), min_size=2, max_size=2).map(sorted))
def test_the_same_reading_never_looks_better_as_its_time_goes_by(reading: float, days: list[int]) -> None:
    early, late = (measure(goal((-60, reading)), after(day)).pace for day in days)
    assert early is not None
    assert late is not None
    assert late <= early
