"""This period against the one before, reasons, stages and promises, with values worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.config.schema import Sla
from meetings.exchange.lead_table import lead_table
from meetings.kinds import Status, Team
from meetings.measures import lead_review
from meetings.measures.funnel import Rate
from meetings.measures.lead_review import Slice, Stage
from meetings.model import LeadNumbers

MONDAY = dt.date(2026, 11, 2)


def week(source: str = "Webinar", number: int = 0, days: int = 7, **counts: Any) -> LeadNumbers:
    first = MONDAY + dt.timedelta(weeks=number)
    last = first + dt.timedelta(days=days - 1)
    return LeadNumbers(source=source, period_start=first, period_end=last, **counts)


# This period against the one before


def test_the_newest_period_is_compared_with_the_week_before_it() -> None:
    rows = [week(number=0, new=1), week(number=2, new=3), week("Event", 2, new=4), week(number=1, new=2)]
    found = lead_review.compare(rows)
    assert [(row.source, row.new) for row in found.rows] == [("Webinar", 3), ("Event", 4)]
    assert [row.new for row in found.before] == [2]
    assert [row.new for row in found.before_of(week("  WEBINAR"))] == [2]
    assert found.before_of(week("Event")) == ()


def test_the_meeting_before_stands_in_for_what_this_one_does_not_have() -> None:
    now = [week(number=1, new=10), week(number=0, new=7)]
    earlier = [week("webinar", 0, new=5), week("Event", 0, new=6), week(number=1, new=99)]
    found = lead_review.compare(now, earlier)
    assert [row.new for row in found.rows] == [10]
    assert sorted(row.new or 0 for row in found.before) == [6, 7], "a newer file corrected the week"


def test_periods_that_are_not_equally_long_or_overlap_are_not_compared() -> None:
    assert lead_review.compare([week(number=1), week(number=0, days=5)]).before == ()
    overlapping = week(number=0, days=7)
    late = LeadNumbers(
        source="Webinar", period_start=MONDAY + dt.timedelta(days=3), period_end=MONDAY + dt.timedelta(days=9)
    )
    assert lead_review.compare([late, overlapping]).before == ()


def test_without_dates_or_numbers_there_is_nothing_to_compare_with() -> None:
    assert lead_review.compare([]) == lead_review.Comparison()
    assert lead_review.compare([LeadNumbers(source="Webinar", new=3)]).before == ()


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (Rate(9, 22), Rate(11, 22), -9),  # 40.9 -> 41, 50
        (Rate(1, 8), Rate(0, 8), 13),  # 12.5 is shown as 13
        (Rate(3, 0), Rate(1, 2), None),
        (Rate(None, 4), Rate(1, 2), None),
    ],
)
def test_points_are_those_between_the_per_cents_that_are_shown(
    now: Rate, before: Rate, expected: int | None
) -> None:
    assert lead_review.points(now, before) == expected


# Reasons and stages


def test_reasons_come_most_frequent_first_with_their_running_share() -> None:
    rows = [
        week(rejected={"other": 1, "not a fit": 5}),
        week("Event", rejected={"duplicate": 1, "not a fit": 3, "never": 0}),
    ]
    assert lead_review.pareto(rows, "rejected") == (
        Slice("not a fit", 8, Rate(8, 10)),
        Slice("duplicate", 1, Rate(9, 10)),
        Slice("other", 1, Rate(10, 10)),
    )
    assert lead_review.pareto(rows, "disqualified") == ()


@given(st.dictionaries(st.text(max_size=5), st.integers(0, 50), max_size=8))
def test_running_shares_never_fall_and_end_with_all(counts: dict[str, int]) -> None:
    found = lead_review.pareto([week(rejected=counts)], "rejected")
    shares = [each.so_far.share or 0.0 for each in found]
    assert shares == sorted(shares)
    assert not found or shares[-1] == 1.0
    assert sum(each.count for each in found) == sum(counts.values())


def test_each_stage_is_a_share_of_the_known_one_before() -> None:
    row = week(new=40, handed_over=22, accepted=9, opportunities=2, won=0)
    assert lead_review.stages([row]) == (
        Stage("new", 40, Rate(None, None)),
        Stage("handed_over", 22, Rate(22, 40)),
        Stage("accepted", 9, Rate(9, 22)),
        Stage("opportunities", 2, Rate(2, 9)),
        Stage("won", 0, Rate(0, 2)),
    )
    assert lead_review.stages([week()]) == ()


def test_a_stage_that_one_source_does_not_know_is_not_known_for_all() -> None:
    rows = [week(new=10, handed_over=5), week("Event", new=4)]
    assert lead_review.stages(rows) == (Stage("new", 14, Rate(None, None)),)


def test_bands_stand_in_the_order_of_their_minutes() -> None:
    rows = [week(bands={"60+": 3, "0-5": 1}), week("Event", bands={"60+": 1, "5-15": 2})]
    assert lead_review.response_bands(rows) == (("0-5", 1), ("5-15", 2), ("60+", 4))


# Promises


def test_both_teams_promises_are_measured() -> None:
    rows = [
        week(handed_over=22, accepted=9, touches_due=20, touches_in_time=18),
        week("Event", handed_over=8, accepted=8, touches_due=8, touches_in_time=8),
    ]
    sla = Sla(acceptance_rate=0.9, follow_up_rate=0.9, handed_over=31)
    accepted, in_time, handed = lead_review.promises(rows, sla, 0.1)
    assert (accepted.team, accepted.rate, accepted.status) == (Team.A, (17, 30), Status.OFF_TRACK)
    assert (in_time.team, in_time.rate, in_time.status) == (Team.A, (26, 28), Status.ON_TRACK)
    assert (handed.team, handed.rate, handed.status) == (Team.B, (30, 31), Status.AT_RISK)
    assert lead_review.worst([accepted, in_time, handed]) is accepted
    assert lead_review.worst([in_time]) is None


def test_leads_to_hand_over_are_promised_per_week_and_for_all_sources() -> None:
    two_weeks = [week(days=14, handed_over=50)]
    assert lead_review.handed_over(two_weeks, 40) == (50, 80)
    assert lead_review.handed_over([week(days=10, handed_over=50)], 40) == (50, 57)
    assert lead_review.handed_over([LeadNumbers(source="Webinar", handed_over=5)], 40) == (5, None)
    kinds = [
        each.kind for each in lead_review.promises(two_weeks, Sla(handed_over=40), 0.1, all_sources=False)
    ]
    assert kinds == ["accepted", "in_time"]
    assert [each.kind for each in lead_review.promises(two_weeks, Sla(), 0.1)] == ["accepted", "in_time"]


@pytest.mark.parametrize(
    ("rate", "status"),
    [
        (Rate(9, 10), Status.ON_TRACK),
        (Rate(81, 100), Status.AT_RISK),
        (Rate(80, 100), Status.OFF_TRACK),
        (Rate(0, 0), Status.UNKNOWN),
        (Rate(None, 3), Status.UNKNOWN),
    ],
)
def test_a_promise_is_kept_just_missed_or_missed(rate: Rate, status: Status) -> None:
    assert lead_review.kept(rate, 0.9, 0.1) is status


def test_minutes_show_the_newest_period_by_source_and_three_before_it_in_total() -> None:
    quarter = [week(source, number, new=number) for number in range(13) for source in ("Webinar", "Event")]
    table = lead_table(quarter, MONDAY, "€")
    assert [(row[0].split(" to ")[0], row[1], row[2]) for row in table.rows] == [
        ("Mon 25 Jan 2027", "Webinar", "12"),
        ("Mon 25 Jan 2027", "Event", "12"),
        ("Mon 25 Jan 2027", "All sources", "24"),
        ("Mon 18 Jan 2027", "All sources", "22"),
        ("Mon 11 Jan 2027", "All sources", "20"),
        ("Mon 4 Jan 2027", "All sources", "18"),
    ]
