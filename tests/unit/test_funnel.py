"""Lead numbers: rates with both counts, what is not known, and contradictions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.measures import funnel
from meetings.measures.funnel import Rate
from meetings.model import LeadNumbers

MONDAY = dt.date(2026, 11, 2)


def week(source: str = "webinar", number: int = 0, **counts: Any) -> LeadNumbers:
    """Numbers of one source in one week."""
    first = MONDAY + dt.timedelta(weeks=number)
    return LeadNumbers(source=source, period_start=first, period_end=first + dt.timedelta(days=6), **counts)


FULL = week(
    new=100,
    handed_over=61,
    reviewed=60,
    accepted=43,
    rejected={"no budget": 4, "duplicate": 2},
    disqualified={"timing": 3, "no need": 3},
    recycled=5,
    qualified=20,
    opportunities=10,
    won=3,
    lost=5,
    spend=2500.0,
    touches_due=50,
    touches_in_time=46,
    bands={"0-5": 10, "5-15": 20},
    p50=12.0,
    p95=90.0,
)


def test_every_rate_keeps_its_two_counts() -> None:
    assert funnel.acceptance(FULL) == (43, 61)
    assert funnel.mql_to_sql(FULL) == (20, 61)
    assert funnel.sql_to_opportunity(FULL) == (10, 20)
    assert funnel.win_rate(FULL) == (3, 8)
    assert funnel.lead_to_customer(FULL) == (3, 100)
    assert funnel.sla_hit_rate(FULL) == (46, 50)
    assert funnel.acceptance(FULL).share == pytest.approx(43 / 61)


def test_rejections_are_of_the_leads_reviewed() -> None:
    found = funnel.rejections(FULL)
    assert found == {"no budget": (4, 60), "duplicate": (2, 60)}
    assert list(found) == ["no budget", "duplicate"]


def test_rejections_without_the_number_reviewed_keep_their_count() -> None:
    assert funnel.rejections(week(rejected={"other": 2})) == {"other": (2, None)}


def test_top_reason_takes_the_first_by_name_of_equals() -> None:
    assert funnel.top_reason(FULL) == ("no budget", 4)
    assert funnel.top_reason(FULL, of="disqualified") == ("no need", 3)
    assert funnel.top_reason(week(rejected={"other": 0})) is None
    assert funnel.top_reason() is None


def test_top_reason_adds_up_over_sources() -> None:
    rows = week(rejected={"a": 3, "b": 2}), week("events", rejected={"b": 2})
    assert funnel.top_reason(*rows) == ("b", 4)


@pytest.mark.parametrize(("part", "whole"), [(None, 61), (43, None), (None, None), (0, 0), (3, 0)])
def test_no_share_of_nothing_or_of_what_is_not_known(part: int | None, whole: int | None) -> None:
    assert Rate(part, whole).share is None


def test_none_of_some_is_zero() -> None:
    assert Rate(0, 61).share == 0


def test_not_known_stays_not_known() -> None:
    assert funnel.acceptance(week(handed_over=61)) == (None, 61)
    assert funnel.win_rate(week(won=3)) == (3, None)
    assert funnel.acceptance() == (None, None)


def test_a_rate_over_sources_takes_those_that_know_both_counts() -> None:
    rows = (
        week(accepted=8, handed_over=10),
        week("events", handed_over=30),
        week("ads", accepted=2, handed_over=10),
    )
    assert funnel.acceptance(*rows) == (10, 20)


def test_counts_of_different_sources_are_not_set_against_each_other() -> None:
    assert funnel.acceptance(week(accepted=8), week("events", handed_over=30)) == (None, None)


def test_cost_per_lead() -> None:
    assert funnel.cost_per_lead(FULL).each == 25.0
    assert funnel.cost_per_lead(FULL, week("events", spend=900.0)).each == 25.0
    assert funnel.cost_per_lead(week(spend=900.0, new=0)).each is None
    assert funnel.cost_per_lead(week(new=9)) == funnel.Cost(None, 9)
    assert funnel.cost_per_lead(week(new=9)).each is None


@pytest.mark.parametrize(
    ("now", "before", "share"),
    [(30, 20, 0.5), (10, 20, -0.5), (20, 20, 0.0), (5, 0, None), (None, 5, None), (5, None, None)],
)
def test_lead_velocity(now: int | None, before: int | None, share: float | None) -> None:
    assert funnel.velocity(week(number=1, qualified=now), week(qualified=before)).share == share


def test_velocity_compares_equal_periods_only() -> None:
    october = LeadNumbers(period_start=dt.date(2026, 10, 1), period_end=dt.date(2026, 10, 31), qualified=20)
    november = LeadNumbers(period_start=dt.date(2026, 11, 1), period_end=dt.date(2026, 11, 30), qualified=25)
    assert funnel.velocity(november, october).share == 0.25
    assert funnel.velocity(november, week(qualified=5)) == (funnel.Velocity(None, None))
    assert funnel.velocity(LeadNumbers(qualified=5), LeadNumbers(qualified=4)).share is None


def test_rows_are_grouped_by_period_in_order() -> None:
    late, early, undated = week(number=2), week(), LeadNumbers(source="ads")
    other = week("events", number=2)
    assert list(funnel.by_period([late, early, undated, other]).values()) == [
        (undated,),
        (early,),
        (late, other),
    ]


def test_totals_add_up_the_sources_of_a_period() -> None:
    other = week(
        "events",
        new=20,
        handed_over=9,
        accepted=4,
        spend=100.5,
        rejected={"duplicate": 1, "other": 1},
        p50=1.0,
    )
    total = funnel.totals([FULL, other], "all")
    assert (total.source, total.period_start, total.period_end) == (
        "all",
        MONDAY,
        MONDAY + dt.timedelta(days=6),
    )
    assert (total.new, total.handed_over, total.accepted, total.spend) == (120, 70, 47, 2600.5)
    assert total.rejected == {"no budget": 4, "duplicate": 3, "other": 1}
    assert total.bands == {"0-5": 10, "5-15": 20}


def test_a_total_with_a_source_that_does_not_know_is_not_known() -> None:
    total = funnel.totals([FULL, week("events", new=20)])
    assert (total.new, total.accepted, total.won) == (120, None, None)


def test_medians_and_percentiles_are_not_added_up() -> None:
    assert funnel.totals([FULL, FULL]).p50 is None
    assert funnel.totals([FULL, FULL]).p95 is None
    assert funnel.totals([FULL]).p50 == 12.0


def test_totals_of_several_periods_span_them() -> None:
    total = funnel.totals([week(number=1), week()])
    assert (total.period_start, total.period_end) == (MONDAY, MONDAY + dt.timedelta(days=13))
    assert funnel.totals([week(), LeadNumbers()]).period_end is None


def test_totals_of_no_rows_know_nothing() -> None:
    total = funnel.totals([])
    assert (total.new, total.spend, total.period_start, total.rejected) == (None, None, None, {})


def test_numbers_that_agree_raise_no_check() -> None:
    assert funnel.checks(FULL) == []
    assert funnel.checks(LeadNumbers()) == []


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (week(accepted=70, handed_over=61), "Accepted (SAL) is 70, more than Handed over (MQL) with 61."),
        (week(qualified=12, new=10), "Qualified (SQL) is 12, more than New leads with 10."),
        (
            week(won=6, lost=6, opportunities=8),
            "Won and Lost are together 12, more than Opportunities with 8.",
        ),
        (
            week(accepted=8, rejected={"other": 3}, reviewed=10),
            "Accepted (SAL) and Rejected are together 11, more than Reviewed with 10.",
        ),
        (
            week(touches_in_time=1200, touches_due=1000),
            "First touches in time is 1,200, more than First touches due with 1,000.",
        ),
        (week(p50=90.0, p95=12.5), "Speed to lead P50 is 90.0, more than Speed to lead P95 with 12.5."),
        (week(won=-3), "Won is -3, but cannot be below 0."),
        (week(rejected={"other": -1}), "Rejected: other is -1, but cannot be below 0."),
        (
            LeadNumbers(period_start=MONDAY, period_end=MONDAY - dt.timedelta(1)),
            "The period ends before it begins.",
        ),
    ],
)
def test_counts_that_contradict_each_other_are_named(row: LeadNumbers, sentence: str) -> None:
    assert funnel.checks(row) == [sentence]


def test_a_source_twice_in_a_period_is_named() -> None:
    rows = [week("Google"), week("google "), week("Google", number=1), week("events")]
    assert funnel.repeats(rows) == ["Google has 2 rows for one period; totals count every one of them."]


COUNTS = st.none() | st.integers(0, 10**6)
ROWS = st.builds(
    LeadNumbers,
    **dict.fromkeys(funnel.COUNTS, COUNTS),
    rejected=st.dictionaries(st.text(max_size=5), st.integers(0, 50), max_size=3),
    spend=st.none() | st.floats(),
    p50=st.none() | st.floats(),
    p95=st.none() | st.floats(),
    period_start=st.none() | st.dates(),
    period_end=st.none() | st.dates(),
)


@given(st.lists(ROWS, max_size=4))
def test_no_numbers_make_it_fail(rows: list[LeadNumbers]) -> None:
    rates = [
        funnel.acceptance(*rows),
        funnel.mql_to_sql(*rows),
        funnel.sql_to_opportunity(*rows),
        funnel.win_rate(*rows),
        funnel.lead_to_customer(*rows),
        funnel.sla_hit_rate(*rows),
        *funnel.rejections(*rows).values(),
    ]
    assert all((rate.share is None) == (None in rate or rate.whole == 0) for rate in rates)
    total = funnel.totals(rows)
    assert all(funnel.velocity(total, row) for row in rows)
    for name in funnel.COUNTS:
        values = [getattr(row, name) for row in rows]
        assert getattr(total, name) == (None if None in values or not rows else sum(values))
    for row in [*rows, total]:
        assert all(sentence.endswith(".") for sentence in funnel.checks(row))
        funnel.cost_per_lead(row)
