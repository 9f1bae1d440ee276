"""What date words mean, when the next meeting is, and how dates are shown."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.dates import EVERY, WEEKDAYS, next_date, parse_day, show_day, show_minutes

SATURDAY = dt.date(2026, 11, 21)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(9000, 1, 1))


def day(text: str, base: dt.date = SATURDAY) -> str | None:
    found = parse_day(text, base)
    return found.isoformat() if found else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 oct", "2026-10-01"),
        ("21 nov", "2026-11-21"),
        ("22 nov", "2025-11-22"),
        ("29 feb", "2024-02-29"),
        ("31 feb", None),
        ("1 oct 2027", "2027-10-01"),
        ("Fri 4 Dec", "2026-12-04"),
        ("fri", "2026-11-27"),
    ],
)
def test_of_days_that_have_been_one_without_a_year_is_the_last(typed: str, meant: str | None) -> None:
    found = parse_day(typed, SATURDAY, past=True)
    assert (found.isoformat() if found else None) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", "2026-11-21"),
        ("Tomorrow", "2026-11-22"),
        ("tom", "2026-11-22"),
        ("fri", "2026-11-27"),
        ("FRIDAY", "2026-11-27"),
        ("w", "2026-11-25"),
        ("tu", "2026-11-24"),
        ("th", "2026-11-26"),
        ("sun", "2026-11-22"),
        ("sat", "2026-11-28"),
        ("+0d", "2026-11-21"),
        ("+7d", "2026-11-28"),
        ("+ 2 weeks", "2026-12-05"),
        ("+2w", "2026-12-05"),
        ("+1m", "2026-12-21"),
        ("+1y", "2027-11-21"),
        ("next week", "2026-11-28"),
        ("next_month", "2026-12-21"),
        ("eow", "2026-11-27"),
        ("eom", "2026-11-30"),
        ("eoq", "2026-12-31"),
        ("eoy", "2026-12-31"),
        ("2026-12-04", "2026-12-04"),
        ("2026-12-4", "2026-12-04"),
        ("2026/12/04", "2026-12-04"),
        ("2020-01-01", "2020-01-01"),
        ("4 dec", "2026-12-04"),
        ("4th December", "2026-12-04"),
        ("4. Dez", None),
        ("dec 4", "2026-12-04"),
        ("Dec 4, 2027", "2027-12-04"),
        ("4_dec", "2026-12-04"),
        ("4dec", "2026-12-04"),
        ("4 Dec 2027", "2027-12-04"),
        ("21 nov", "2026-11-21"),
        ("20 nov", "2027-11-20"),
        ("29 feb", "2028-02-29"),
        ("Fri 20 Nov", "2026-11-20"),
        ("Mon, 4 Jan", "2027-01-04"),
    ],
)
def test_a_date_word_means_that_day(typed, meant):
    assert day(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            " ",
            "t",
            "s",
            "to",
            "4/12",
            "04.12.",
            "31 nov",
            "0 dec",
            "32 dec",
            "29 feb 2027",
            "2026-02-30",
            "2026-13-01",
        ),
        *(
            "0000-01-01",
            "nonsense",
            "friends",
            "4",
            "dec",
            "ju 4",
            "7d",
            "-7d",
            "+d",
            "+7x",
            "Fri 4 Dec 2027",
            "Tue 20 Nov",
        ),
        *(
            "+99999y",
            "+999999999999999999d",
            "9" * 5000,
            "٤ dec",
            "next fri",
            "4 dec 99999",
            "2026-12-04T10:00",
        ),
    ],
)
def test_what_is_no_certain_day_is_none(typed):
    assert day(typed) is None


def test_a_month_later_ends_with_the_month():
    assert day("+1m", dt.date(2027, 1, 31)) == "2027-02-28"
    assert day("+1m", dt.date(2028, 1, 31)) == "2028-02-29"
    assert day("+12m", dt.date(2028, 2, 29)) == "2029-02-28"
    assert day("+1m", dt.date(2026, 12, 31)) == "2027-01-31"


def test_the_end_of_the_week_is_friday_even_on_friday():
    assert day("eow", dt.date(2026, 11, 20)) == "2026-11-20"
    assert day("eow", dt.date(2026, 11, 16)) == "2026-11-20"


def test_the_end_of_the_quarter_and_month_at_their_edges():
    assert day("eoq", dt.date(2027, 1, 1)) == "2027-03-31"
    assert day("eoq", dt.date(2027, 3, 31)) == "2027-03-31"
    assert day("eom", dt.date(2028, 2, 1)) == "2028-02-29"


@settings(deadline=None)
@given(st.text() | st.from_regex(r"[+]?[0-9]{1,6} ?[a-z]{1,9}[ /-]?[0-9]{0,5}"), st.dates())
def test_any_text_is_a_day_or_none(text, base):
    found = parse_day(text, base)
    assert found is None or isinstance(found, dt.date)


@given(st.dates(), st.sampled_from(WEEKDAYS))
def test_a_weekday_is_within_the_week_that_follows(base, name):
    found = parse_day(name, base)
    if found is None:  # the calendar ends on 31 December 9999
        assert base > dt.date(9999, 12, 24)
        return
    assert 1 <= (found - base).days <= 7
    assert WEEKDAYS[found.weekday()] == name


@given(DAYS, st.integers(-3000, 3000))
def test_a_day_that_is_shown_is_read_back(base, distance):
    there = base + dt.timedelta(days=distance)
    assert parse_day(show_day(there, base), base) == there


def test_days_are_shown_in_english_with_the_year_only_when_it_differs():
    assert show_day(dt.date(2026, 11, 20), SATURDAY) == "Fri 20 Nov"
    assert show_day(dt.date(2027, 1, 4), SATURDAY) == "Mon 4 Jan 2027"


def test_the_next_meeting_by_cadence():
    assert next_date(SATURDAY, "weekly", "saturday") == dt.date(2026, 11, 28)
    assert next_date(SATURDAY, "weekly", "monday") == dt.date(2026, 11, 23)
    assert next_date(SATURDAY, "biweekly", "saturday") == dt.date(2026, 12, 5)
    assert next_date(SATURDAY, "monthly", "saturday") == dt.date(2026, 12, 19)  # third Saturday


def test_a_meeting_moved_by_a_day_or_two_does_not_shift_the_fortnight():
    for moved in (-3, -1, 1, 2, 3):
        assert next_date(SATURDAY + dt.timedelta(days=moved), "biweekly", "saturday") == dt.date(2026, 12, 5)


def test_a_meeting_moved_across_the_month_keeps_its_place():
    third_friday = dt.date(2026, 11, 20)
    assert next_date(third_friday + dt.timedelta(days=3), "monthly", "friday") == dt.date(2026, 12, 18)


def test_a_fifth_weekday_is_followed_by_the_last():
    assert next_date(dt.date(2026, 10, 31), "monthly", "saturday") == dt.date(2026, 11, 28)
    assert next_date(dt.date(2026, 12, 31), "monthly", "thursday") == dt.date(2027, 1, 28)


def test_an_unknown_cadence_is_an_error():
    with pytest.raises(ValueError, match="yearly"):
        next_date(SATURDAY, "yearly", "monday")


@given(DAYS, st.sampled_from(EVERY), st.sampled_from(WEEKDAYS))
def test_the_next_meeting_is_later_and_on_the_right_day(after, every, name):
    found = next_date(after, every, name)
    assert WEEKDAYS[found.weekday()] == name
    least, most = {"weekly": (1, 7), "biweekly": (11, 17), "monthly": (25, 38)}[every]
    assert least <= (found - after).days <= most


def test_stretches_of_time():
    assert show_minutes(378) == "6:18"
    assert show_minutes(0) == "0:00"
    assert show_minutes(59.9) == "0:59"
    assert show_minutes(4500) == "75:00"
    assert show_minutes(-120) == "−2:00"
    assert show_minutes(-0.5) == "0:00"
