"""What the rows of an export come to: stages, sources, reasons, odd rows."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.exchange.crm.names import MOST, OTHERS
from meetings.exchange.crm.refusals import Cancelled, ImportRefused
from meetings.exchange.crm.result import LeadImport
from meetings.measures import funnel
from tests.unit.crm_files import bare, by_source, counts, lines, read, reasons, sheet, total, written

REACHED = {
    "New": (1, 0, 0, 0, 0, 0),
    "Marketing Qualified Lead": (1, 1, 0, 0, 0, 0),
    "sales_accepted": (1, 1, 1, 0, 0, 0),
    "SQL": (1, 1, 1, 1, 0, 0),
    "Negotiation/Review": (1, 1, 1, 1, 1, 0),
    "Closed Won": (1, 1, 1, 1, 1, 1),
}


@pytest.mark.parametrize("word", REACHED)
def test_a_lead_counts_in_every_stage_that_it_has_reached(word: str, tmp_path: Path) -> None:
    every = [f"Event,{each}" for each in REACHED]  # so that every field is known
    both = sheet(tmp_path, "Source,Status", *every, f"Event,{word}")
    before = sheet(tmp_path, "Source,Status", *every)
    fields = ("new", "handed_over", "accepted", "qualified", "opportunities", "won")
    assert (
        tuple(now - then for now, then in zip(counts(both, *fields), counts(before, *fields), strict=True))
        == (REACHED[word])
    )


def test_the_furthest_of_stage_status_and_flags_counts(tmp_path: Path) -> None:
    found = sheet(
        tmp_path,
        "Lead Source,Lifecycle Stage,Lead Status,Is Converted,Create Date",
        *("Event,Lead,Connected,false,2026-11-17", "Event,Lead,New,TRUE,2026-11-17"),
    )
    assert counts(found, "new", "handed_over", "accepted", "qualified") == (2, 2, 2, 1)


def test_rejected_is_before_any_contact_and_disqualified_after_it(tmp_path: Path) -> None:
    found = sheet(
        tmp_path,
        "Source,Status,Reason,First touch",
        "Event,Unqualified,No budget,2026-11-17 10:00",
        "Event,Unqualified,Bad contact data,2026-11-17 10:00",
        "Event,Unqualified,,",
        "Event,Unqualified,,2026-11-17 10:00",
        "Event,Junk Lead,,",
        "Event,SQL,,2026-11-17 10:00",
        "Event,MQL,,",
        "Event,Contacted,,2026-11-17 10:00",
    )
    assert reasons(found.numbers, "rejected") == {"wrong data": 1, "not given": 2}
    assert reasons(found.numbers, "disqualified") == {"no budget": 1, "not given": 1}
    assert counts(found, "handed_over", "reviewed", "accepted") == (8, 7, 4)


def test_reasons_that_look_like_remarks_are_not_kept(tmp_path: Path) -> None:
    rows = [f"Event,Disqualified,Called {name} and she was rude" for name in ("Ann", "Eve")]
    rows += ["Event,Disqualified,Wrong country"] * 2 + ["Event,Disqualified,no_budget"]
    found = sheet(tmp_path, "Source,Status,Reason", *rows)
    assert reasons(found.numbers, "disqualified") == {"Wrong country": 2, "no budget": 1, "other": 2}


def test_words_that_are_not_known_are_named(tmp_path: Path) -> None:
    found = sheet(tmp_path, "Source,Status", "Event,Zug um Zug", "Event,Zug um Zug", "Event,New")
    assert found.used == 3
    assert "Not known as a stage, and counted as new leads only: “Zug um Zug” (2)." in found.doubts


def test_words_for_stages_that_may_be_about_a_person_are_counted_but_not_shown(tmp_path: Path) -> None:
    persons = (
        "ann@example.com",
        "Call Ann on 0170 123456",
        "Ann said that she would rather hear from us in May",
    )
    few = sheet(tmp_path, "Source,Status", "Event,Zug um Zug", *(f"Event,{words}" for words in persons))
    assert any(
        "4 words in 4 rows" in doubt and "only: “Zug um Zug” (1) and others." in doubt for doubt in few.doubts
    )
    names = [f"Event,Ann{letter}" for letter in "abcdefghij"]
    many = sheet(tmp_path, "Source,Status", "Event,Parked", "Event,Parked", *names)
    assert any("only: “Parked” (2) and others." in doubt for doubt in many.doubts)
    one = sheet(tmp_path, "Source,Status", "Event,ann@example.com")
    assert "A word in 1 row is not known as a stage, and counted as new leads only." in one.doubts


def test_a_lost_lead_is_a_lost_deal_only_where_deals_are_won(tmp_path: Path) -> None:
    without = sheet(tmp_path, "Source,Status", "Event,Contacted", "Event,Lost")
    assert ("lost" in without.known, counts(without, "accepted")) == (False, (2,))
    assert reasons(without.numbers, "disqualified") == {"not given": 1}
    deals = sheet(tmp_path, "Source,Status", "Event,Won", "Event,Lost")
    assert counts(deals, "won", "lost", "opportunities") == (1, 1, 2)


def test_a_subscriber_is_no_lead_yet(tmp_path: Path) -> None:
    found = sheet(tmp_path, "Original Source,Lifecycle Stage", "Direct,Subscriber", "Direct,Lead")
    assert (found.read, found.used) == (2, 1)
    assert [str(unused) for unused in found.unused] == ["1 row holds a subscriber, not a lead yet"]


def test_what_a_file_cannot_tell_is_not_known_instead_of_none(tmp_path: Path) -> None:
    found = sheet(tmp_path, "Source,Converted", "Event,1", "Event,0")
    assert found.known == ("new", "qualified")
    [row] = found.numbers
    assert (row.new, row.qualified, row.handed_over, row.won) == (2, 1, None, None)


# Sources


def test_spellings_of_one_source_are_one_and_nothing_is_unknown(tmp_path: Path) -> None:
    names = ("Google", "google", "GOOGLE", "Google", "paid_search", "Select", "", " - ", "N/A", "(none)")
    found = sheet(tmp_path, "Status,Source", *(f"New,{name}" for name in names))
    assert by_source(found.numbers, "new") == {"Google": 4, "Paid search": 1, "unknown": 5}


def test_many_sources_are_counted_together_beyond_the_largest(tmp_path: Path) -> None:
    rows = [f"New,Campaign {number}" for number in range(60) for _ in range(60 - number)]
    found = sheet(tmp_path, "Status,Source", *rows)
    assert len(found.numbers) == MOST + 1
    assert by_source(found.numbers, "new")[OTHERS] == sum(range(1, 61 - MOST))
    assert f"the smallest {60 - MOST} are counted together" in found.doubts[-1]


# Odd rows


def test_every_row_that_is_not_used_is_counted_and_named_with_its_line(tmp_path: Path) -> None:
    found = sheet(
        tmp_path,
        "Leads of the quarter,,,",
        ",,,",
        "Lead Source,Status,Create Date,Name",
        "Event,New,2026-11-17,Ann",
        "Event,New,,Ann",
        "Event,New,soon,Ann",
        "Event,New,2026-11-17,Ann,extra",
        "Event",
        "",
        ",,,",
        "Event,New,2026-11-18",
        "Lead Source,Status,Create Date,Name",
        "Event,New,2027-03-01,Ann",
        "Event,New,2020-03-01,Ann",
        '"Grand Totals (9 records)",,,',
        "Copyright (c) 2000-2026 salesforce.com",
    )
    assert (found.read, found.used) == (12, 2)
    assert {str(unused) for unused in found.unused} == {
        "1 row has no date of creation: line 5",
        "1 row has a date of creation that cannot be read: line 6 “soon”",
        "1 row has more cells than the header: line 7",
        "1 row ends before a column that is needed: line 8",
        "1 row is empty: line 10",
        "1 row repeats the header: line 12",
        "2 rows belong to the report's title or footer: line 15, line 16",
        "1 row has a date of creation that has not come yet",
        "1 row was created before the last 13 periods, which are those that are renewed",
    }


def test_nothing_of_a_row_is_said_but_the_date_that_cannot_be_read(tmp_path: Path) -> None:
    secret = "ann@example.com"
    path = written(
        tmp_path,
        lines(
            ("Email", "Source", "Status", "Created"),
            *((secret, "Event", "New", "2026-11-17"), (secret, "Event", "New", "x" * 80), (secret, "Event")),
            ("Ann", "Event", "New", secret),
        ),
    )
    found = read(path)
    said = " ".join([*map(str, found.unused), *found.doubts])
    assert secret not in said
    assert "x" * 23 + "…" in said


def test_ids_that_repeat_count_once_unless_they_tell_nothing(tmp_path: Path) -> None:
    rows = ["1,Event,New", "2,Event,New", "1,Event,Won", ",Event,New", ",Event,New"]
    found = sheet(tmp_path, "Lead ID,Source,Status", *rows)
    assert (found.read, found.used) == (5, 4)
    assert [str(unused) for unused in found.unused] == ["1 row repeats the id of an earlier row: line 4"]
    cut = sheet(tmp_path, "Lead ID,Source,Status", *["1.23E+11,Event,New"] * 9)
    assert (cut.used, cut.unused) == (9, ())
    assert "does not tell leads apart" in cut.doubts[0]


ROWS_WITH_IDS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d", "A", "", " "]) | st.integers(0, 600).map(str),
        st.sampled_from(["Event", "Google"]),
        st.sampled_from(["New", "MQL", "Contacted", "Won", "Unqualified", "?!"]),
        st.dates(dt.date(2026, 11, 9), dt.date(2026, 11, 20)).map(str) | st.just("soon"),
        st.sampled_from(["", "2026-11-21 10:00", "2026-11-21 23:30"]),
        st.sampled_from(["", "12,50"]),
    ),
    min_size=1,
    max_size=40,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(ROWS_WITH_IDS, st.integers(1, 30))
def test_a_file_with_repeated_ids_counts_like_the_file_without_the_rows_that_repeat_them(
    tmp_path: Path, given_rows: list[tuple[str, ...]], times: int
) -> None:
    """The first row with an id that can be used counts; also where the file is read in several parts."""
    cells = [
        (each[0] if not each[0].isdigit() else f"{each[0]}-{turn}", *each[1:])
        for turn in range(times)
        for each in given_rows
    ]
    seen: set[str] = set()
    first = []
    for each in cells:
        if each[3] == "soon" or each[0] not in seen or not each[0].strip():
            first.append(each)
            if each[3] != "soon":
                seen.add(each[0])
    header = ("Lead ID", "Source", "Status", "Created", "First touch", "Spend")
    path = tmp_path / "ids.csv"

    def found(some: list[tuple[str, ...]]) -> LeadImport:
        text = io.StringIO()
        csv.writer(text).writerows([header, *some])
        return read(written(tmp_path, text.getvalue(), path.name))

    if all(each[3] == "soon" for each in cells):
        return
    every, alone = found(cells), found(first)
    repeated = sum(unused.count for unused in every.unused if "repeat the id" in unused.why)
    assert (every.read, alone.read) == (len(cells), len(first))
    if "does not tell leads apart" in " ".join(every.doubts):
        assert (repeated, 2 * (len(cells) - len(first)) > len(cells)) == (0, True)
        alone = found([("", *each[1:]) for each in cells])
    else:
        assert repeated == len(cells) - len(first)
    assert [*map(bare, every.numbers)] == [*map(bare, alone.numbers)]
    assert every.used == alone.used


def test_a_file_none_of_whose_rows_can_be_used_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(
        ImportRefused, match="none of its 2 rows can be used: 2 rows have no date of creation"
    ):
        sheet(tmp_path, "Source,Status,Created", "Event,New,", "Event,New,")
    for rows, words in (
        (
            ["Ann Berg"],
            "its only row cannot be used: 1 row has a date of creation that cannot be read: line 2.",
        ),
        (["Ann Berg"] * 9, "none of its 9 rows can be used: 9 rows have .*: line 2, .* line 6, and 4 more."),
    ):
        with pytest.raises(ImportRefused, match=words) as refused:
            sheet(tmp_path, "Source,Status,Created", *(f"Event,New,{row}" for row in rows))
        assert "Ann" not in refused.value.message


# In general

CELLS = st.tuples(
    st.sampled_from(["Google", "google", "Event", "", "Select"]),
    st.sampled_from(
        ["New", "MQL", "Contacted", "SQL", "Won", "Closed Lost", "Junk", "Unqualified", "Nurture", "?!"]
    ),
    st.sampled_from(["", "yes"]),
    st.sampled_from(["", "No budget", "Duplicate"]),
    st.dates(dt.date(2026, 9, 1), dt.date(2026, 11, 22)).map(str) | st.sampled_from(["", "soon"]),
    st.sampled_from(["", "2026-11-22 10:00"]),
)


@given(st.lists(CELLS, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_no_count_exceeds_its_parent_rates_are_shares_and_order_does_not_matter(
    cells: list[tuple[str, ...]], chance: random.Random
) -> None:
    import tempfile

    header = ("Source", "Status", "Is converted", "Reason", "Created", "First touch")
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), lines(header, *cells))
        try:
            found = read(path)
        except ImportRefused:
            assert all(cell[4] in ("", "soon") for cell in cells)
            return
        assert found.read == len(cells) == found.used + sum(unused.count for unused in found.unused)
        assert total(found.numbers, "new") == found.used
        for row in found.numbers:
            assert funnel.checks(row) == []
            for rate in (
                funnel.acceptance(row),
                funnel.mql_to_sql(row),
                funnel.win_rate(row),
                funnel.sla_hit_rate(row),
            ):
                assert rate.share is None or 0 <= rate.share <= 1
        shuffled = list(cells)
        chance.shuffle(shuffled)
        again = read(written(Path(folder), lines(header, *shuffled), "again.csv"))
        assert [bare(row) for row in again.numbers] == [bare(row) for row in found.numbers]


def test_an_import_can_be_stopped(tmp_path: Path) -> None:
    path = written(tmp_path, "Source,Status\n" + "Event,New\n" * 3000)
    seen: list[int] = []

    def watch(done: int, size: int) -> bool:
        seen.append(done)
        return len(seen) < 2

    with pytest.raises(Cancelled, match="nothing was changed"):
        read(path, watch=watch)
    assert len(seen) == 2
