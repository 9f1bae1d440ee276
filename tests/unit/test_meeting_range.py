"""Meetings from one to another, as people type them."""

from __future__ import annotations

import datetime as dt

import pytest

from meetings.errors import UsageError
from meetings.flow.meeting_range import read_range
from meetings.meeting import Head

WEEKS = [
    Head(uid=f"{n}", number=n, date=dt.date(2026, 10, 1) + dt.timedelta(weeks=n - 1)) for n in range(1, 9)
]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("3..5", [3, 4, 5]),
        (" 3 .. 5 ", [3, 4, 5]),
        ("6..", [6, 7, 8]),
        ("..2", [1, 2]),
        ("4", [4]),
        ("2026-10-08..2026-10-20", [2, 3]),
        ("2026-11-15..", [8]),
        ("2026-10-08", [2]),
    ],
)
def test_it_has_the_meetings_between_its_ends(typed: str, numbers: list[int]) -> None:
    chosen = read_range(typed)
    assert [head.number for head in WEEKS if chosen.has(head)] == numbers


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "has a first or a last"),
        ("..", "has a first or a last"),
        ("5..3", "ends before it begins"),
        ("5..2026-10-08", "both ends are of one sort"),
        ("last week..5", "neither a meeting's number nor a date"),
        ("1..2..3", "neither a meeting's number nor a date"),
        ("9" * 50, "neither a meeting's number nor a date"),
    ],
)
def test_what_is_no_range_is_said_in_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        read_range(typed)
