"""What the rows of an export come to: products, columns, stages, sources, reasons, odd rows, periods."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.config.schema import COLUMNS, STAGES, Cadence, Config, Leads, Sla
from meetings.exchange.crm.columns import NAMES, WORDS, config_lines
from meetings.exchange.crm.names import MOST, OTHERS
from meetings.exchange.crm.refusals import Cancelled, ColumnsMissing, DatesUnclear, ImportRefused
from meetings.exchange.crm.result import LeadImport
from meetings.exchange.crm.speed import Clock, bands, percentile
from meetings.exchange.crm.stage_words import STAGE_WORDS
from meetings.measures import funnel
from meetings.model import LeadNumbers
from tests.unit.crm_files import by_source, lines, read, reasons, total, written


def sheet(folder: Path, header: str, *rows: str, **more: Any) -> LeadImport:
    """A file of these lines, read."""
    return read(written(folder, "\n".join((header, *rows)) + "\n"), **more)


def counts(found: LeadImport, *fields: str) -> tuple[int | None, ...]:
    """The totals of these fields; None for one that the file does not tell."""
    return tuple(total(found.numbers, name) if name in found.known else None for name in fields)


def test_every_meaning_of_a_column_and_a_stage_can_be_configured_and_is_explained() -> None:
    assert set(COLUMNS) == set(WORDS) == set(NAMES)
    assert set(STAGES) == set(STAGE_WORDS)


# Products and their columns

PRODUCTS = {
    "HubSpot labels": (
        "Record ID,Create Date,Lifecycle Stage,Lead Status,Original Source,Contact owner",
        "1,2026-11-17 10:00,Marketing Qualified Lead,New,Organic search,Sam",
        ("HubSpot", "leads"),
    ),
    "HubSpot names": (
        "hs_object_id,createdate,lifecyclestage,hs_lead_status,hs_analytics_source,hubspot_owner_id",
        "1,1794909600000,marketingqualifiedlead,NEW,ORGANIC_SEARCH,7",
        ("HubSpot", "leads"),
    ),
    "HubSpot deals": (
        "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date,Original Source",
        "1,Big,Contract sent,2026-12-31,Sam,100,2026-11-17 10:00,Organic search",
        ("HubSpot", "opportunities"),
    ),
    "Salesforce leads": (
        "Id,LeadSource,Status,CreatedDate,IsConverted,ConvertedDate,OwnerId,Rating",
        "1,Organic search,Open - Not Contacted,2026-11-17T10:00:00.000Z,false,,7,Hot",
        ("Salesforce", "leads"),
    ),
    "Salesforce report": (
        "Lead Owner,First Name,Company / Account,Email,Lead Source,Lead Status,Create Date,Converted",
        "Sam,Ann,Acme,a@example.com,Organic search,Working - Contacted,17/11/2026,0",
        ("Salesforce", "leads"),
    ),
    "Salesforce opportunities": (
        "OpportunityName,StageName,Amount,CloseDate,IsClosed,IsWon,LeadSource,CreatedDate",
        "Big,Prospecting,100,2026-12-31,false,false,Organic search,2026-11-17",
        ("Salesforce", "opportunities"),
    ),
    "Pipedrive deals": (
        "Deal - ID,Deal - Title,Deal - Status,Deal - Stage,Deal - Source channel,Deal - Deal created",
        "1,Big,Open,Proposal Made,Organic search,2026-11-17 10:00:00",
        ("Pipedrive", "opportunities"),
    ),
    "Zoho": (
        "Record Id,Lead Owner,Lead Source,Lead Status,Created Time,Converted,Email Opt Out",
        'zcrm_1,Sam,Organic search,Contacted,"17 Nov, 2026 10:00:00",No,false',
        ("Zoho", "leads"),
    ),
    "a plain sheet": (
        "Date;Channel;Stage",
        "17.11.2026;Organic search;MQL",
        ("spreadsheet", "leads"),
    ),
}


@pytest.mark.parametrize("name", PRODUCTS)
def test_the_columns_of_every_product_are_recognised(name: str, tmp_path: Path) -> None:
    header, row, (product, kind) = PRODUCTS[name]
    found = sheet(tmp_path, header, row)
    assert (found.product, found.kind, found.used) == (product, kind, 1)
    assert {"created", "source"} <= set(found.columns)
    assert {"status", "stage"} & set(found.columns)
    field = "new" if kind == "leads" else "opportunities"
    assert by_source(found.numbers, field) == {"Organic search": 1}
    assert found.first == dt.date(2026, 11, 16)


def test_headers_are_compared_without_case_spaces_underscores_and_dashes(tmp_path: Path) -> None:
    found = sheet(tmp_path, "LEAD-SOURCE,lead_status,Create  DATE", "Event,New,2026-11-17")
    assert dict(found.columns) == {
        "source": "LEAD-SOURCE",
        "status": "lead_status",
        "created": "Create  DATE",
    }


def test_config_yaml_names_more_columns_and_more_words(tmp_path: Path) -> None:
    config = Config(
        leads=Leads(
            columns={"source": ("Herkunft",), "status": ("Zustand",), "created": ("Angelegt am",)},
            stages={"accepted": ("Angerufen",), "recycled": ("Vielleicht nächstes Jahr",)},
        )
    )
    found = sheet(
        tmp_path,
        "Angelegt am;Herkunft;Zustand",
        *("17.11.2026;Messe;angerufen", "17.11.2026;Messe;Vielleicht nächstes Jahr", "17.11.2026;Messe;Neu"),
        config=config,
    )
    assert counts(found, "new", "accepted", "recycled") == (3, 2, 1)
    assert not found.doubts


def test_columns_that_are_not_found_are_asked_about_and_the_answer_can_be_kept(tmp_path: Path) -> None:
    path = written(tmp_path, "Wann,Woher,Was,,Was\n2026-11-17,Messe,New,x,y\n")
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert asked.value.missing == ("source", "status", "created")
    assert asked.value.message.endswith("tell where a lead came from or how far it got.")
    assert asked.value.headers == ("Wann", "Woher", "Was", "", "Was")
    answer = {"created": "Wann", "source": "woher", "status": "Was"}
    found = read(path, columns=answer)
    assert by_source(found.numbers, "new") == {"Messe": 1}
    assert found.doubts == ("“Was” is there more than once; the first is used.",)
    text = "\n".join(config_lines(answer))
    assert text == 'leads:\n  columns:\n    created: ["Wann"]\n    source: ["woher"]\n    status: ["Was"]'
    assert config_lines({"status": ""}) == ()


def test_an_answer_that_names_no_column_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "Woher,Status\nMesse,New\n")
    with pytest.raises(ImportRefused, match="has no column “Wohin”"):
        read(path, columns={"source": "Wohin"})
    with pytest.raises(ImportRefused, match="no column by which leads could be counted"):
        read(path, columns={"source": "", "status": ""})
    with pytest.raises(ImportRefused, match="“colour” is nothing that a column can mean"):
        read(path, columns={"colour": "Woher"})


def test_what_stands_in_a_file_without_names_of_columns_is_not_listed_as_columns(tmp_path: Path) -> None:
    for cell in ("ann@example.com", "+49 170 1234567", "2026-11-17"):
        with pytest.raises(ImportRefused, match="no row with names of columns: line 1") as refused:
            sheet(tmp_path, f"Ann Berg,{cell},Web,New", f"Bo Ray,{cell},Web,New")
        assert not isinstance(refused.value, ColumnsMissing)
        assert "Ann" not in refused.value.message + refused.value.hint


def test_a_pivot_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="is a pivot table"):
        sheet(tmp_path, "Lead Source,Status,Count of Leads,Grand Total", "Event,New,3,3")


def test_a_file_with_a_header_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="no rows below line 1"):
        sheet(tmp_path, "Lead Source,Status,Create Date")


# Stages

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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
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


# Dates and periods


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


def bare(row: LeadNumbers) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__struct_fields__ if name != "uid"}


def test_an_import_can_be_stopped(tmp_path: Path) -> None:
    path = written(tmp_path, "Source,Status\n" + "Event,New\n" * 3000)
    seen: list[int] = []

    def watch(done: int, size: int) -> bool:
        seen.append(done)
        return len(seen) < 2

    with pytest.raises(Cancelled, match="nothing was changed"):
        read(path, watch=watch)
    assert len(seen) == 2
