"""The columns of an export: by product, by config.yaml, by asking; and files that have none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from meetings.config.schema import COLUMNS, STAGES, Config, Leads
from meetings.exchange.crm.columns import NAMES, WORDS, config_lines
from meetings.exchange.crm.refusals import ColumnsMissing, ImportRefused
from meetings.exchange.crm.stage_words import STAGE_WORDS
from tests.unit.crm_files import by_source, counts, read, sheet, written


def test_every_meaning_of_a_column_and_a_stage_can_be_configured_and_is_explained() -> None:
    assert set(COLUMNS) == set(WORDS) == set(NAMES)
    assert set(STAGES) == set(STAGE_WORDS)


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
