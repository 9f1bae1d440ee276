"""`accord import leads`: what it says, changes and refuses. It is Saturday 21 November 2026."""

from __future__ import annotations

import shutil

import pytest

from meetings.model import LeadNumbers
from tests.unit.command_line import CommandLine
from tests.unit.crm_files import DATA, total

HUBSPOT = DATA / "crm/hubspot_contacts_made_up.csv"


def numbers(accord: CommandLine) -> list[LeadNumbers]:
    return list(accord.store.read(1).lead_numbers.values())


def sheet(accord: CommandLine, text: str) -> str:
    (accord.folder / "list.csv").write_text(text, "utf-8")
    return "list.csv"


def test_a_dry_run_says_what_would_change_and_writes_nothing(accord: CommandLine) -> None:
    shutil.copy(HUBSPOT, accord.folder / "contacts.csv")
    before = accord.files()
    got = accord("import", "leads", "contacts.csv", "--dry-run")
    assert got.status == 0, got.err
    assert accord.files() == before
    first, second, *rest = got.out.splitlines()
    assert (
        first == "contacts.csv: HubSpot leads, 640 rows, 640 used; 13 periods, Mon 24 Aug to Sun 22 Nov 2026."
    )
    assert second == "Rows of lead numbers in meeting 1 would be: 104 new."
    assert "  Referrals: 13 rows: new leads 65, handed over (MQL) 38, accepted (SAL) 31" in got.out
    assert any(line.startswith("Columns: id “Record ID”, created “Create Date”") for line in rest)
    assert "Not read: First Name, Last Name, Email, Company Name, Contact owner" in rest


def test_an_import_puts_the_numbers_into_the_meeting_and_the_same_again_changes_nothing(
    accord: CommandLine,
) -> None:
    got = accord("import", "leads", str(HUBSPOT))
    assert "Rows of lead numbers in meeting 1: 104 new." in got.out
    assert total(numbers(accord), "new") == 640
    before = accord.files()
    got = accord("import", "leads", str(HUBSPOT))
    assert "Nothing changes: meeting 1 has these numbers." in got.out
    assert accord.files() == before


def test_what_changes_is_said_field_by_field(accord: CommandLine) -> None:
    header = "Source,Status,Created\n"
    accord("import", "leads", sheet(accord, header + "Event,Won,2026-11-17\nEvent,New,2026-11-18\n"))
    got = accord(
        "import", "leads", sheet(accord, header + "Event,Won,2026-11-17\n" * 3 + "Event,New,2026-11-18\n")
    )
    assert "Rows of lead numbers in meeting 1: 1 changed." in got.out
    assert "  Event, Mon 16 Nov to " in got.out
    assert "new leads 2 → 4" in got.out
    assert "won 1 → 3" in got.out


def test_rows_that_are_not_used_are_named_with_their_lines(accord: CommandLine) -> None:
    got = accord(
        "import",
        "leads",
        sheet(accord, "Source,Status,Created\nEvent,New,2026-11-17\nEvent,New,soon\nEvent,Odd,2026-11-18\n"),
    )
    assert "list.csv: spreadsheet leads, 3 rows, 2 used" in got.out
    assert "Not used: 1 row has a date of creation that cannot be read: line 3 “soon”" in got.out
    assert "Not known as a stage, and counted as new leads only: “Odd” (1)." in got.err


def test_columns_that_are_missing_are_asked_for_and_can_be_said(accord: CommandLine) -> None:
    name = sheet(accord, "Wann,Woher,Zustand\n2026-11-17,Messe,Neu\n")
    before = accord.files()
    got = accord("import", "leads", name)
    assert got.status == 2
    assert got.err.splitlines() == [
        "list.csv has no column that is known to tell where a lead came from or how far it got."
        " Its columns are Wann, Woher, Zustand.",
        'Say which it is: --column source="..." --column status="..." --column created="..."',
    ]
    assert accord.files() == before
    said = ("--column", "source=Woher", "--column", "status=Zustand", "--column", "created=Wann")
    got = accord("import", "leads", name, *said)
    assert got.status == 0, got.err
    assert [(row.source, row.new) for row in numbers(accord)] == [("Messe", 1)]
    assert got.out.endswith(
        'leads:\n  columns:\n    source: ["Woher"]\n    status: ["Zustand"]\n    created: ["Wann"]\n'
    )


@pytest.mark.parametrize(
    ("said", "status", "sentence"),
    [
        ("source=Nope", 3, "list.csv has no column “Nope”."),
        ("colour=Source", 2, "“colour” is nothing that a column can mean."),
    ],
)
def test_a_column_that_there_is_not_is_refused_although_another_would_do(
    accord: CommandLine, said: str, status: int, sentence: str
) -> None:
    name = sheet(accord, "Created,Source,Status\n2026-11-17,Event,New\n")
    before = accord.files()
    got = accord("import", "leads", name, "--column", said)
    assert (got.status, got.out, got.err.splitlines()[0]) == (status, "", sentence)
    assert accord.files() == before
    assert accord("import", "leads", name, "--column", "source=source").status == 0


def test_dates_of_two_meanings_are_asked_about(accord: CommandLine) -> None:
    name = sheet(accord, "Source,Status,Created\nEvent,New,03/11/2026\n")
    got = accord("import", "leads", name)
    assert (got.status, got.out) == (2, "")
    assert "“03/11/2026” in “Created” can be 3 November or 11 March" in got.err
    assert "--dates day or --dates month" in got.err
    assert accord("import", "leads", name, "--dates", "day").status == 0


def test_a_file_that_is_no_export_or_not_there_is_one_sentence(accord: CommandLine) -> None:
    got = accord("import", "leads", sheet(accord, "<html><body>Log in</body></html>"))
    assert (got.status, got.out) == (3, "")
    assert got.err.startswith("list.csv is a web page, not CSV.")
    got = accord("import", "leads", "none.csv")
    assert (got.status, got.err) == (
        3,
        "none.csv cannot be read or written: there is no such file or folder.\n",
    )
    got = accord("import", "leads", "list.csv", "--column", "source")
    assert (got.status, got.err.splitlines()[0]) == (2, "“source” names no column.")
    got = accord("import", "lead", "list.csv")
    assert (got.status, got.err.splitlines()[0]) == (
        2,
        "KIND: “lead” is not known here; did you mean “leads”?",
    )
