"""The five letters of SMART, and why one is not lit."""

from __future__ import annotations

import datetime as dt

import pytest

from meetings.kinds import Direction, Unit
from meetings.measures.smart import best_slope, smart
from meetings.model import Goal
from tests.unit.goal_for_tests import DUE, START, after, goal


def letters(of: Goal, today: dt.date) -> dict[str, str]:
    """What keeps each letter from being lit."""
    return {letter.letter: letter.reason for letter in smart(of, today)}


def test_all_letters_are_lit() -> None:
    full = goal((0, 20.0), (28, 24.0), title="Accepted leads", metric="SAL in the CRM", agreed=True)
    assert letters(full, after(28)) == {"S": "", "M": "", "A": "", "R": "", "T": ""}
    assert all(letter.lit for letter in smart(full, after(28)))


def test_each_letter_that_is_not_lit_says_why() -> None:
    assert letters(Goal(), START) == {
        "S": "no title, no metric yet",
        "M": "no start value, no target yet",
        "A": "not yet agreed by both teams",
        "R": "the readings cannot tell yet, and nobody has said so",
        "T": "no start date, no due date yet",
    }
    assert not any(letter.lit for letter in smart(Goal(), START))


def test_a_missing_due_date_is_named() -> None:
    assert letters(goal(due=None), START)["T"] == "no due date yet"


def test_dates_the_wrong_way_round_are_not_timely() -> None:
    assert letters(goal(due=START), START)["T"] == "the due date is not after the start date"


def test_what_is_measurable_depends_on_the_unit() -> None:
    assert letters(goal(unit=Unit.YES_NO, start=None, target=None), START)["M"] == ""
    assert letters(goal(direction=Direction.IN_RANGE), START)["M"] == "no upper end of the range yet"


@pytest.mark.parametrize("said", [True, False, None])
def test_before_four_weeks_of_readings_a_person_says_what_is_realistic(said: bool | None) -> None:
    young = goal((0, 20.0), (21, 21.0), realistic=said)
    assert smart(young, after(21))[3].lit is bool(said)


def test_realistic_is_half_again_the_best_four_weeks() -> None:
    # best: +4 in 4 weeks is 1 a week, so 1.5 a week is in reach; 9 are missing
    readings = (0, 20.0), (28, 24.0), (35, 21.0)
    six_weeks = goal(*readings, due=after(35 + 42), realistic=False)  # needs 1.5 a week
    assert best_slope(six_weeks, after(35)) == pytest.approx(1.0)
    assert smart(six_weeks, after(35))[3].lit
    five_weeks = goal(*readings, due=after(35 + 35), realistic=True)  # needs 1.8 a week
    assert letters(five_weeks, after(35))["R"] == "needs more than 1.5 times the best four weeks so far"


def test_the_best_slope_compares_across_missing_weeks() -> None:
    # day 28 with day 0: +2 in 4 weeks; day 49 with day 14: +5 in 5 weeks; day 70 with day 28: +9 in 6 weeks
    read = goal((0, 20.0), (14, 20.0), (28, 22.0), (49, 25.0), (70, 31.0))
    assert best_slope(read, after(27)) is None
    assert best_slope(read, after(28)) == pytest.approx(0.5)
    assert best_slope(read, after(49)) == pytest.approx(1.0)
    assert best_slope(read, after(70)) == pytest.approx(1.5)


def test_realistic_for_at_most_looks_downwards() -> None:
    falling = goal((0, 60.0), (28, 40.0), direction=Direction.AT_MOST, start=60.0, target=20.0, due=after(56))
    assert best_slope(falling, after(28)) == pytest.approx(5.0)
    assert smart(falling, after(28))[3].lit  # 20 in 4 weeks: 5 a week
    rising = goal((0, 40.0), (28, 60.0), direction=Direction.AT_MOST, start=40.0, target=20.0)
    assert letters(rising, after(28))["R"] == "the readings have not moved towards the target over four weeks"


def test_realistic_for_a_range_looks_towards_it() -> None:
    above = goal((0, 100.0), (28, 80.0), direction=Direction.IN_RANGE, target=40.0, target_high=60.0)
    assert smart(above, after(28))[3].lit
    inside = goal((0, 50.0), direction=Direction.IN_RANGE, target=40.0, target_high=60.0)
    assert smart(inside, after(28))[3].lit


def test_a_reached_target_is_realistic_and_a_missed_one_is_not() -> None:
    assert smart(goal((0, 31.0), due=None), after(1))[3].lit
    assert smart(goal((0, 20.0), (28, 30.0)), after(300))[3].lit
    missed = letters(goal((0, 20.0), (28, 29.0), realistic=True), DUE)
    assert missed["R"] == "the due date has come and the target is not reached"
