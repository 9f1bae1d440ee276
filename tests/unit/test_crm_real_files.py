"""Files that other programs wrote: each is imported with the right counts, or refused in one clear sentence."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from meetings.exchange.crm.refusals import ColumnsMissing, ImportRefused
from tests.unit.crm_files import DATA, by_source, read, reasons, total

HUBSPOT = DATA / "crm/hubspot_contacts_made_up.csv"
SALESFORCE = DATA / "crm/salesforce_opportunities.csv"
TORTURE = sorted((DATA / "csv_torture").glob("*.[ct]sv"))


def contacts() -> list[dict[str, str]]:
    with HUBSPOT.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def week(cell: str) -> dt.date:
    day = dt.date.fromisoformat(cell[:10])
    return day - dt.timedelta(days=day.weekday())


def source(cell: str) -> str:
    labels = {
        "ORGANIC_SEARCH": "Organic search",
        "PAID_SEARCH": "Paid search",
        "PAID_SOCIAL": "Paid social",
        "EMAIL_MARKETING": "Email marketing",
        "REFERRALS": "Referrals",
        "OFFLINE": "Offline sources",
        "DIRECT_TRAFFIC": "Direct traffic",
        "SELECT": "unknown",
        "": "unknown",
    }
    return labels[cell.upper()]


def test_every_contact_of_hubspot_is_counted_in_every_stage_that_it_reached() -> None:
    found = read(HUBSPOT)
    assert (found.product, found.kind, found.encoding, found.separator) == (
        "HubSpot",
        "leads",
        "utf-8-sig",
        ",",
    )
    assert (found.read, found.used, found.unused) == (640, 640, ())
    assert (found.first, found.last, found.whole) == (dt.date(2026, 8, 24), dt.date(2026, 11, 22), True)

    rows = contacts()
    stages = Counter(row["Lifecycle Stage"] for row in rows)
    later = stages["Sales Qualified Lead"] + stages["Opportunity"] + stages["Customer"]
    waiting = sum(
        row["Lifecycle Stage"] == "Marketing Qualified Lead" and row["Lead Status"] == "New" for row in rows
    )
    sent_back = sum(row["Unqualified Reason"] in ("Bad contact data", "Duplicate") for row in rows)
    assert total(found.numbers, "new") == 640
    assert total(found.numbers, "handed_over") == 640 - stages["Lead"] == 385
    assert total(found.numbers, "qualified") == later == 199
    assert total(found.numbers, "opportunities") == stages["Opportunity"] + stages["Customer"] == 99
    assert total(found.numbers, "won") == stages["Customer"] == 28
    assert total(found.numbers, "reviewed") == 385 - waiting == 359
    assert total(found.numbers, "accepted") == 385 - waiting - sent_back == 332
    assert total(found.numbers, "recycled") == sum(row["Lead Status"] == "Bad Timing" for row in rows) == 22
    assert {row.lost for row in found.numbers} == {None}, "a contact does not say whether a deal was lost"
    given = Counter(row["Unqualified Reason"] for row in rows)
    assert reasons(found.numbers, "rejected") == {
        "wrong data": given["Bad contact data"],
        "duplicate": given["Duplicate"],
    }
    assert reasons(found.numbers, "disqualified") == {
        name.lower(): given[name] for name in ("Not a fit", "Timing", "No need", "No budget")
    }


def test_contacts_of_hubspot_are_counted_by_source_and_week_of_creation() -> None:
    found = read(HUBSPOT)
    counted = {(row.source, row.period_start): row.new for row in found.numbers if row.new}
    assert counted == Counter(
        (source(row["Original Source"]), week(row["Create Date"])) for row in contacts()
    )
    assert len(found.numbers) == 8 * 13, "a row for each source in each week, also where there was nothing"


def test_first_touches_of_hubspot_are_timed_from_the_creation() -> None:
    found = read(HUBSPOT)
    touched = [
        (
            source(row["Original Source"]),
            week(row["Create Date"]),
            (
                dt.datetime.fromisoformat(row["First Contact Date"])
                - dt.datetime.fromisoformat(row["Create Date"])
            ).total_seconds()
            / 60,
        )
        for row in contacts()
        if row["First Contact Date"]
    ]
    bands = Counter()
    for _, _, minutes in touched:
        bands["0-5" if minutes < 5 else "5-15" if minutes < 15 else "15-60" if minutes < 60 else "60+"] += 1
    assert reasons(found.numbers, "bands") == bands
    for row in found.numbers:
        times = sorted(each[2] for each in touched if each[:2] == (row.source, row.period_start))
        assert row.p50 == (times[(len(times) + 1) // 2 - 1] if times else None)
    # The file ends on 22 November, so what was created up to the 20th had its 24 hours.
    due = [
        row
        for row in contacts()
        if row["Lifecycle Stage"] != "Lead" and row["Create Date"][:10] <= "2026-11-20"
    ]
    hit = [
        row
        for row in due
        if row["First Contact Date"]
        and dt.datetime.fromisoformat(row["First Contact Date"])
        - dt.datetime.fromisoformat(row["Create Date"])
        <= dt.timedelta(hours=24)
    ]
    assert total(found.numbers, "touches_due") == len(due)
    assert total(found.numbers, "touches_in_time") == len(hit)


def test_opportunities_of_salesforce_are_counted_by_lead_source() -> None:
    found = read(SALESFORCE)
    with SALESFORCE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (found.product, found.kind, found.read, found.used) == ("Salesforce", "opportunities", 38, 38)
    assert (found.first, found.last) == (dt.date(2006, 6, 12), dt.date(2006, 6, 18)), (
        "the week of 15 and 16 June"
    )
    assert by_source(found.numbers, "opportunities") == Counter(
        row["LEADSOURCE"] or "unknown" for row in rows
    )
    won = Counter(row["LEADSOURCE"] for row in rows if row["ISWON"] == "true")
    assert by_source(found.numbers, "won") == won == {"Advertisement": 8}
    assert {row.lost for row in found.numbers} == {0}
    assert {row.new for row in found.numbers} == {None}, (
        "an opportunity does not say how many leads there were"
    )


@pytest.mark.parametrize("path", TORTURE, ids=lambda path: path.name)
def test_a_table_of_something_else_is_refused_in_one_sentence_that_names_it(path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        read(path)
    sentence = refused.value.message
    assert sentence.startswith(path.name)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    if isinstance(refused.value, ColumnsMissing):
        assert refused.value.missing[:2] == ("source", "status")


ANSWERED = {
    "dummy3.csv": ({"source": "a", "status": "b"}, {"1": 2}),
    "dummy_col_shuffled_ragged.csv": ({"source": "a", "status": "b"}, {"1": 1}),
    "foo1.csv": ({"source": "name", "status": ""}, {"Jake": 1, "Howard": 1}),
    "iris.csv": (
        {"source": "species", "status": ""},
        {"Iris-setosa": 50, "Iris-versicolor": 50, "Iris-virginica": 50},
    ),
    "mac_newlines.csv": ({"source": "a", "status": "c"}, {"1": 1, "Once upon a time": 1}),
    "null_byte.csv": ({"source": "b", "status": "c"}, {"2": 1}),
    "sniff_limit.csv": ({"source": "b", "status": "c"}, {"2": 1}),
    "sort_ints_nulls.csv": ({"source": "b", "status": "c"}, {"2": 1, "unknown": 1, "1": 1}),
    "test_header_newline.csv": ({"source": "start end", "status": "c"}, {"d": 1}),
    "test_latin1.csv": ({"source": "c", "status": "a"}, {"3": 1, "©": 1}),
    "test_locale.csv": ({"source": "a", "status": "b"}, {"1,7": 1}),
    "test_skip_lines.csv": ({"source": "a", "status": "b"}, {"1": 1}),
    "test_utf16_big.csv": ({"source": "c", "status": "a"}, {"3": 1, "ʤ": 1}),
    "test_utf16_little.csv": ({"source": "c", "status": "a"}, {"3": 1, "ʤ": 1}),
    "test_utf8_bom.csv": ({"source": "baz", "status": "foo"}, {"3": 1, "ʤ": 1}),
    "dummy.tsv": ({"source": "a", "status": "b"}, {"1": 1}),
}


@pytest.mark.parametrize("name", ANSWERED)
def test_the_same_tables_are_counted_once_a_person_says_what_their_columns_are(name: str) -> None:
    columns, counts = ANSWERED[name]
    found = read(DATA / "csv_torture" / name, columns=columns)
    assert by_source(found.numbers, "new") == counts
    assert found.used == sum(counts.values())


def test_ragged_rows_of_the_wild_are_named_with_their_lines() -> None:
    found = read(
        DATA / "csv_torture/bad_skip_lines.csv", columns={"source": "column_b", "status": "column_c"}
    )
    assert (found.read, found.used) == (3, 1)
    assert [str(unused) for unused in found.unused] == [
        "1 row has more cells than the header: line 5",
        "1 row ends before a column that is needed: line 6",
    ]


def test_a_column_of_dates_is_settled_by_the_one_date_that_can_only_be_read_one_way() -> None:
    path = DATA / "csv_torture/test_date_format.csv"
    found = read(path, columns={"created": "a", "source": "", "status": ""})
    assert (found.first, found.used) == (dt.date(2013, 12, 30), 1), "2 January 2014 is newer; 2012 is too old"
    assert [unused.count for unused in found.unused] == [1]
