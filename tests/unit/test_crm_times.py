"""When the rows of an export are from: the order of dates, periods, speed to lead; and what leads cost."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.config.schema import Cadence, Config, Leads, Sla
from meetings.exchange.crm.refusals import DatesUnclear
from meetings.exchange.crm.speed import Clock, bands, percentile
from meetings.measures import funnel
from tests.unit.crm_files import bare, read, sheet, written


def test_the_order_of_dates_is_settled_by_the_whole_column_or_asked_about(tmp_path: Path) -> None:
    settled = sheet(tmp_path, "Source,Status,Created", "Event,New,03/11/2026", "Event,New,17/11/2026")
    assert {row.period_start for row in settled.numbers if row.new} == {
        dt.date(2026, 11, 2),
        dt.date(2026, 11, 16),
    }
    path = written(tmp_path, "Source,Status,Created\nEvent,New,03/11/2026\nEvent,New,04/11/2026\n")
    with pytest.raises(DatesUnclear) as asked:
        read(path)
    assert (asked.value.header, asked.value.example) == ("Created", "03/11/2026")
    assert (asked.value.day, asked.value.month) == (dt.date(2026, 11, 3), dt.date(2026, 3, 11))
    assert "can be 3 November or 11 March" in asked.value.message
    assert read(path, day_order="day").first == dt.date(2026, 11, 2)
    assert read(path, day_order="month").first == dt.date(2026, 3, 9)


def test_dates_that_fit_no_single_order_are_asked_about_and_the_rest_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "Source,Status,Created\nEvent,New,17/11/2026\nEvent,New,11/18/2026\n")
    with pytest.raises(DatesUnclear, match=r"some dates can only be day first .* and some only month first"):
        read(path)
    found = read(path, day_order="day")
    assert [str(unused) for unused in found.unused] == [
        "1 row has a date of creation that cannot be read: line 3 “11/18/2026”"
    ]


def test_without_dates_all_of_it_is_one_period_and_that_is_said(tmp_path: Path) -> None:
    found = sheet(tmp_path, "Source,Status", "Event,New")
    assert (found.first, found.last) == (None, None)
    assert "all of it is one period" in found.doubts[0]


def test_a_week_begins_on_the_day_of_the_meeting(tmp_path: Path) -> None:
    config = Config(cadence=Cadence(every="weekly", day="wednesday"))
    found = sheet(
        tmp_path,
        "Source,Status,Created",
        *("Event,New,2026-11-17", "Event,New,2026-11-18", "Event,New,2026-11-12"),
        config=config,
        meeting_day=dt.date(2026, 11, 25),
    )
    assert [(row.period_start, row.period_end, row.new) for row in found.numbers] == [
        (dt.date(2026, 11, 11), dt.date(2026, 11, 17), 2),
        (dt.date(2026, 11, 18), dt.date(2026, 11, 22), 1),
    ]


@pytest.mark.parametrize(
    ("every", "first", "last"),
    [
        ("weekly", dt.date(2026, 8, 24), dt.date(2026, 11, 22)),
        ("biweekly", dt.date(2026, 5, 25), dt.date(2026, 11, 22)),
        ("monthly", dt.date(2025, 11, 1), dt.date(2026, 11, 22)),
    ],
)
def test_the_last_13_periods_are_renewed_and_older_rows_are_said(
    every: Any, first: dt.date, last: dt.date, tmp_path: Path
) -> None:
    days = [dt.date(2026, 11, 20) - dt.timedelta(days=number) for number in range(900)]
    found = sheet(
        tmp_path,
        "Source,Status,Created",
        *(f"Event,New,{day}" for day in days),
        config=Config(cadence=Cadence(every=every, day="monday")),
    )
    assert (found.first, found.last, len(found.numbers)) == (first, last, 13)
    assert found.used == (dt.date(2026, 11, 20) - first).days + 1
    assert sum(unused.count for unused in found.unused) == 900 - found.used


def test_a_period_that_is_not_over_ends_where_the_file_does(tmp_path: Path) -> None:
    path = written(tmp_path, "Source,Status,Created\nEvent,New,2026-11-10\nEvent,New,2026-11-17\n")
    saved = dt.datetime(2026, 11, 19, 12).astimezone().timestamp()
    os.utime(path, (saved, saved))
    found = read(path)
    assert [(row.period_start, row.period_end) for row in found.numbers] == [
        (dt.date(2026, 11, 9), dt.date(2026, 11, 15)),
        (dt.date(2026, 11, 16), dt.date(2026, 11, 19)),
    ]
    assert not found.whole
    assert "it has 4 of 7 days, so it is not compared with the one before" in found.doubts[-1]
    assert funnel.velocity(found.numbers[1], found.numbers[0]).share is None
    again = read(path, today=dt.date(2026, 11, 21))
    assert [*map(bare, again.numbers)] == [*map(bare, found.numbers)], "the same on another day"


def test_what_was_created_on_the_day_of_the_meeting_is_for_the_next_one(tmp_path: Path) -> None:
    found = sheet(
        tmp_path,
        "Source,Status,Created",
        "Event,New,2026-11-17",
        "Event,New,2026-11-23",
        today=dt.date(2026, 11, 23),
    )
    assert (found.used, found.whole, found.last) == (1, True, dt.date(2026, 11, 22))
    assert "for the next one" in str(found.unused[0])


# Speed to lead


def test_times_to_the_first_touch_and_what_is_due(tmp_path: Path) -> None:
    config = Config(leads=Leads(sla=Sla(follow_up_hours=2)))
    found = sheet(
        tmp_path,
        "Source,Status,Created,First touch",
        "Event,Contacted,2026-11-17 10:00,2026-11-17 10:04",
        "Event,Contacted,2026-11-17 10:00,2026-11-17 10:15",
        "Event,Contacted,2026-11-17 10:00,2026-11-17 12:00",
        "Event,Contacted,2026-11-17 10:00,2026-11-18 10:00",
        "Event,New,2026-11-17 10:00,",
        "Event,Contacted,2026-11-22 10:00,2026-11-22 10:01",
        config=config,
    )
    [row] = found.numbers
    assert row.bands == {"0-5": 2, "5-15": 0, "15-60": 1, "60+": 2}
    assert (row.p50, row.p95) == (15, 1440)
    assert (row.touches_due, row.touches_in_time) == (5, 3), "what was created today is not due yet"


@pytest.mark.parametrize(
    ("created", "touched", "minutes"),
    [
        ("2026-11-17T10:00:00Z", "2026-11-17T12:30:00+01:00", 90),
        ("17/11/2026 9:50 AM", "17/11/2026 1:05 PM", 195),
        ("46343.5", "46343.75", 360),
        ("17 Nov 2026 23:50", "18 Nov 2026 0:10", 20),
    ],
)
def test_times_are_read_in_every_form(created: str, touched: str, minutes: int, tmp_path: Path) -> None:
    found = sheet(tmp_path, "Source,Status,Created,First touch", f"Event,Contacted,{created},{touched}")
    assert found.numbers[0].p50 == minutes


MOMENTS = st.integers(0, 364 * 24 * 60).map(
    lambda minutes: dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
)
"""To the minute, for not every form tells the seconds."""
FORMS = (
    lambda at: f"{at:%Y-%m-%d %H:%M}",
    lambda at: f"{at:%Y-%m-%dT%H:%M}:00",
    lambda at: f"{at:%d.%m.%Y %H:%M}",
    lambda at: f"{at:%d/%m/%Y %I:%M %p}",
    lambda at: f"{at.day}/{at.month}/{at.year}, {at:%H:%M}",
    lambda at: f"{at.day} {at:%b} {at.year} {at:%H:%M}",
    lambda at: f"{at:%b} {at.day}, {at.year} at {at:%I:%M %p}",
    lambda at: f"{at.day}/{at.month}/{at.year} {at.hour % 12 or 12}:{at:%M:%S %p}",
    lambda at: f"{at:%Y-%m-%dT%H:%M:%S}.0000000",
    lambda at: f"{at:%Y-%m-%d}",
)


@given(
    st.lists(
        st.tuples(st.lists(st.tuples(MOMENTS, MOMENTS), min_size=1, max_size=4), st.sampled_from(FORMS)),
        max_size=6,
    ),
    st.sampled_from(FORMS),
)
def test_however_a_file_writes_times_the_minutes_between_them_are_the_same(lots: Any, other: Any) -> None:
    """Whatever form came before, and also when one cell is of another form than those beside it."""
    clock = Clock("day")
    for pairs, form in lots:
        begun = [form(start) for start, _ in pairs]
        ended = [*(form(end) for _, end in pairs[1:]), other(pairs[0][1])]
        ends = [*(end for _, end in pairs[1:]), pairs[0][1]]
        for got, first, last, start, end in zip(
            clock.minutes(begun, ended), begun, ended, (start for start, _ in pairs), ends, strict=True
        ):
            if ":" in first and ":" in last:
                assert got == (end - start).total_seconds() / 60
            else:
                assert got != got, "without a time of day there are no minutes"


def test_times_that_cannot_be_compared_are_said_and_not_counted(tmp_path: Path) -> None:
    found = sheet(
        tmp_path,
        "Source,Status,Created,First touch",
        "Event,Contacted,2026-11-17 10:00,2026-11-17 09:00",
        "Event,Contacted,2026-11-17 10:00,2026-11-17",
        "Event,Contacted,2026-11-17 10:00,2026-11-17 10:30",
    )
    assert (found.numbers[0].bands["15-60"], found.numbers[0].p50) == (1, 30)
    assert found.doubts == (
        "1 lead has a first touch before they were created; no time is counted for them.",
        "1 lead has a first touch without a time of day that can be compared; none is counted.",
    )
    dated = sheet(
        tmp_path, "Source,Status,Created,First touch", "Event,Contacted,2026-11-17 00:00,2026-11-18 00:00"
    )
    assert "bands" not in dated.known
    assert dated.numbers[0].touches_due is None


def test_percentiles_and_bands_by_hand() -> None:
    assert percentile([], 0.5) is None
    assert percentile([3, 7], 0.5) == 3
    assert percentile([1, 2, 3, 4, 5], 0.5) == 3
    assert percentile(range(1, 101), 0.95) == 95
    assert bands([0, 4.9, 5, 15, 59, 60, 10_000]) == {"0-5": 2, "5-15": 1, "15-60": 2, "60+": 2}


def test_what_leads_cost_is_added_up_as_people_write_it(tmp_path: Path) -> None:
    found = sheet(
        tmp_path,
        "Source;Status;Spend",
        "Event;New;1.054,00",
        "Event;New;€ 12,50",
        "Event;New;",
        "Event;New;?",
    )
    [row] = found.numbers
    assert (row.spend, row.new) == (1066.5, 4)
    assert "What was spent cannot be read in 1 row." in found.doubts
