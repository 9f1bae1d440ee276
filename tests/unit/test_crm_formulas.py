"""From the rows of a file to the figures that a meeting sees, by hand, with empty, missing and partial weeks."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from meetings.exchange.crm.result import LeadImport
from meetings.measures import funnel
from meetings.measures.lead_review import compare
from tests.unit.crm_files import read, written

HEADER = "Source,Status,Reason,Created,First touch,Spend"
ROWS = (
    # The week of 2 November: four leads, three handed over, two accepted, one qualified; one sent back.
    "Event,Closed Won,,2026-11-02 09:00,2026-11-02 09:04,100",
    "Event,Contacted,,2026-11-03 09:00,2026-11-03 09:30,50",
    "Event,Rejected,duplicate,2026-11-04 09:00,,25",
    "Event,New,,2026-11-05 09:00,,25",
    # The week of 9 November has none.
    # The week of 16 November: three leads, all handed over, two qualified, one of them lost.
    "Event,SQL,,2026-11-16 09:00,2026-11-17 10:00,",
    "Event,Closed Lost,,2026-11-17 09:00,2026-11-17 09:14,",
    "Event,MQL,,2026-11-18 09:00,,",
)


@pytest.fixture
def found(tmp_path: Path) -> LeadImport:
    return read(written(tmp_path, "\n".join((HEADER, *ROWS)) + "\n"))


def test_every_formula_by_hand(found: LeadImport) -> None:
    first, _, last = found.numbers
    assert funnel.acceptance(first) == (2, 3)
    assert funnel.rejections(first) == {"duplicate": (1, 3)}
    assert funnel.mql_to_sql(first) == (1, 3)
    assert funnel.sql_to_opportunity(first) == (1, 1)
    assert funnel.win_rate(first) == (1, 1)
    assert funnel.lead_to_customer(first) == (1, 4)
    assert funnel.cost_per_lead(first).each == 200 / 4
    assert funnel.sla_hit_rate(first) == (2, 3)
    assert (first.p50, first.p95) == (4, 30)
    assert first.bands == {"0-5": 1, "5-15": 0, "15-60": 1, "60+": 0}
    assert funnel.acceptance(last) == (2, 3)
    assert funnel.mql_to_sql(last) == (2, 3)
    assert funnel.sql_to_opportunity(last) == (1, 2)
    assert funnel.win_rate(last) == (0, 1)
    assert funnel.sla_hit_rate(last) == (1, 3), "25 hours are not within 24"
    assert (last.p50, last.p95) == (14, 1500)


def test_a_week_without_leads_is_nought_and_its_rates_are_not_known(found: LeadImport) -> None:
    first, empty, last = found.numbers
    assert (empty.period_start, empty.new, empty.accepted) == (dt.date(2026, 11, 9), 0, 0)
    rates = (
        funnel.acceptance,
        funnel.mql_to_sql,
        funnel.sql_to_opportunity,
        funnel.win_rate,
        funnel.sla_hit_rate,
    )
    assert [rate(empty).share for rate in rates] == [None] * 5
    assert funnel.cost_per_lead(empty).each is None
    assert (empty.p50, empty.bands) == (None, {})
    assert funnel.velocity(empty, first).share == -1
    assert funnel.velocity(last, empty).share is None, "nothing grows from nought"
    assert compare(found.numbers).before == (empty,)


def test_a_week_that_is_missing_is_not_bridged(found: LeadImport) -> None:
    first, _, last = found.numbers
    assert compare((first, last)).before == (first,), "the last equally long one"
    assert funnel.velocity(last, first).share == 1


def test_a_week_that_is_not_over_is_compared_with_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "\n".join((HEADER, *ROWS)) + "\n")
    saved = dt.datetime(2026, 11, 18, 12).astimezone().timestamp()
    os.utime(path, (saved, saved))
    found = read(path)
    assert (found.last, found.whole) == (dt.date(2026, 11, 18), False)
    assert compare(found.numbers).before == ()
    assert funnel.velocity(found.numbers[-1], found.numbers[-2]).share is None
    assert [row.touches_due for row in found.numbers] == [3, 0, 1], "of the 17th nobody is late on the 18th"
