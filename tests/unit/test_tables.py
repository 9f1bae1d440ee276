"""Files as programs write them become rows with their lines, and dates with one meaning."""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from meetings.exchange.tables import decoding
from meetings.exchange.tables.day_column import DayColumn
from meetings.exchange.tables.days import date_part, evidence, read_day, seconds
from meetings.exchange.tables.reading import Table, open_table
from meetings.exchange.tables.refusals import Cancelled, ImportRefused
from tests.unit.crm_files import written

TEXT = "Source,Status\r\nGröße,New\r\nCafé,Won\r\n"


def opened(path: Path) -> Table:
    known = {"source", "status", "created"}
    return open_table(path, lambda row: sum(cell.strip().lower() in known for cell in row))


def rows(path: Path) -> list[tuple[int, list[str]]]:
    table = opened(path)
    return [pair for chunk in table.chunks() for pair in zip(chunk.lines(), chunk.rows, strict=True)]


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_text_is_read_in_every_encoding(codec: str, tmp_path: Path) -> None:
    path = written(tmp_path, TEXT.encode(codec))
    assert opened(path).header == ("Source", "Status")
    assert rows(path) == [(2, ["Größe", "New"]), (3, ["Café", "Won"])]


def test_an_8_bit_encoding_is_told_by_its_letters(tmp_path: Path) -> None:
    russian = "Source,Status\n" + "Рекомендация клиента,Новая заявка от покупателя\n" * 20
    table = opened(written(tmp_path, russian.encode("cp1251")))
    assert next(iter(table.chunks())).rows[0][0] == "Рекомендация клиента"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_recognised(separator: str, end: str, tmp_path: Path) -> None:
    text = end.join(separator.join(row) for row in (("Source", "Status"), ("a", "New"), ("b", "Won")))
    path = written(tmp_path, text + end)
    assert opened(path).separator == separator
    assert [row for _, row in rows(path)] == [["a", "New"], ["b", "Won"]]


def test_the_first_line_may_say_the_separator_and_titles_may_come_before_the_header(tmp_path: Path) -> None:
    path = written(tmp_path, "sep=;\nLeads; this quarter\n\n;;\nSource;Status\na, b;New\n")
    table = opened(path)
    assert (table.separator, table.header, table.header_line) == (";", ("Source", "Status"), 5)
    assert rows(path) == [(6, ["a, b", "New"])]


def test_rows_know_their_lines_over_quoted_line_breaks_and_blank_lines(tmp_path: Path) -> None:
    path = written(tmp_path, 'Source,Status\n"two\nlines",New\n\n"three\r\nlines\rhere",Won\nlast,New\n')
    assert [line for line, row in rows(path)] == [2, 4, 5, 8]


def test_a_cell_may_be_larger_than_the_csv_module_allows_by_itself(tmp_path: Path) -> None:
    path = written(tmp_path, f"Source,Status\n{'x' * 200_000},New\n")
    assert len(rows(path)[0][1][0]) == 200_000


def test_a_quote_that_is_never_closed_costs_its_own_line_only(tmp_path: Path) -> None:
    path = written(tmp_path, 'Source,Status\na,New\n"b,New\nc,New\nd,Won\n')
    chunks = list(opened(path).chunks())
    assert [(chunk.first, chunk.broken) for chunk in chunks if chunk.rows or chunk.broken] == [
        (2, False),
        (3, True),
        (4, False),
    ]
    assert [row for chunk in chunks for row in chunk.rows] == [["a", "New"], ["c", "New"], ["d", "Won"]]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\r\n\r\n ,,\n", "is empty"),
        (b"\xff\xfe", "is empty"),
        (b"<!DOCTYPE html>\n<html><body>Log in</body></html>", "is a web page"),
        (b"  <table><tr><td>Source</td></tr></table>", "is a web page"),
        (b'{"leads": []}', "is JSON"),
        (b"PK\x03\x04rest", "is an Excel or zip file"),
        (b"%PDF-1.7", "is a PDF"),
        (bytes(range(256)) * 20 + b"\0" * 3000, "is not a text file"),
        (b"\xff\xfeS\x00o\x00\x00\xd8", "is damaged"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(data: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        opened(written(tmp_path, data))
    assert refused.value.message.startswith("leads.csv ")
    assert words in refused.value.message


def test_a_folder_is_refused_and_a_missing_file_is_the_system_s_error(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="is a folder"):
        opened(tmp_path)
    with pytest.raises(FileNotFoundError):
        opened(tmp_path / "none.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name here")
def test_what_may_never_end_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "pipe.csv", Path("/dev/zero")):
        with pytest.raises(ImportRefused, match=f"^{path.name} is a pipe or a device"):
            opened(path)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "Source,Status\n" + "a,New\n" * 20)
    monkeypatch.setattr(decoding, "LARGEST", path.stat().st_size)
    assert len(rows(path)) == 20
    monkeypatch.setattr(decoding, "LARGEST", path.stat().st_size - 1)
    with pytest.raises(ImportRefused, match="is larger than"):
        opened(path)


def test_no_name_of_a_file_gives_orders_to_the_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "\x1b[2Jfolder"
    folder.mkdir()
    with pytest.raises(ImportRefused) as refused:
        opened(folder)
    assert "\x1b" not in refused.value.message


def test_reading_is_watched_and_can_be_stopped(tmp_path: Path) -> None:
    path = written(tmp_path, "Source,Status\n" + "a,New\n" * 2000)
    seen: list[tuple[int, int]] = []
    list(opened(path).chunks(lambda done, size: seen.append((done, size)) is None))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (path.stat().st_size,) * 2
    with pytest.raises(Cancelled):
        list(opened(path).chunks(lambda done, size: False))


@given(st.lists(st.lists(st.text("ab,;\"'\n\r\t é日\0", max_size=6), min_size=2, max_size=2), max_size=8))
def test_what_a_spreadsheet_writes_is_read_back(cells: list[list[str]]) -> None:
    import csv
    import tempfile

    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["Source", "Status"], *cells])
    assume(text.getvalue().count("\0") * 10 <= len(text.getvalue()))  # else it is no text file
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), text.getvalue())
        assert [row for _, row in rows(path)] == cells


# Dates


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "2026-11-17",
            "2026-11-17 18:24",
            "2026-11-17T18:24:03.000Z",
            "2026/11/17",
            "20261117",
            "17.11.2026",
        ),
        *(
            "17.11.26 14:30",
            "17 Nov 2026",
            "Nov 17, 2026, 2:03 PM",
            "17-Nov-26",
            "Tue, 17 Nov 2026 10:00 +0100",
        ),
        *(
            "Tuesday, November 17, 2026 2:03 am",
            "46343",
            "46343.5",
            "1794873600",
            "1794873600000",
            "17 nov. 2026",
        ),
        *(
            "17 novembre 2026",
            "17th November 2026",
            "17 Nov, 2026 00:03:00",
            "2026-11-17 15:15:00.000000 UTC",
        ),
    ],
)
def test_dates_of_one_meaning_are_read_as_they_are_written(cell: str) -> None:
    reading = read_day(date_part(cell))
    assert (reading.day, reading.month) == (dt.date(2026, 11, 17),) * 2


@pytest.mark.parametrize(
    "cell", ["", "soon", "12:30", "2026-13-45", "0001-01-01", "32/13/2026", "Nov 2026", "9" * 80]
)
def test_what_is_no_date_is_none(cell: str) -> None:
    assert read_day(date_part(cell)) == (None, None)


def test_a_date_of_two_meanings_has_both_and_the_whole_column_settles_it() -> None:
    assert read_day("03/04/2026") == (dt.date(2026, 4, 3), dt.date(2026, 3, 4))
    assert evidence(["03/04/2026", "17/04/2026"]).order == "day"
    assert evidence(["03/04/2026", "04/17/2026"]).order == "month"
    assert evidence(["03/04/2026", "2026-04-03"]).order is None
    assert evidence(["17/04/2026", "04/17/2026"]).order is None
    assert evidence(["03/03/2026", "2026-04-03"]).order == "day", "it makes no difference"


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("2026-11-17 18:24", (66240, False)),
        ("2026-11-17T18:24+01:00", (62640, True)),
        ("17/11/2026 6:24 PM", (66240, False)),
        ("17/11/2026 12:05 AM", (300, False)),
        ("2026-11-17T00:00:30Z", (30, True)),
        ("46343.5", (43200, False)),
        ("2026-11-17", None),
        ("2026-11-17 99:99", None),
    ],
)
def test_times_of_day_are_read_with_their_zone(cell: str, told: tuple[float, bool] | None) -> None:
    assert seconds(cell) == told


def test_a_column_whose_dates_are_not_ten_characters_wide_is_read_in_full() -> None:
    column = DayColumn(None)
    assert column.dates(["15 Apr, 2021 00:03:00", "5 Apr, 2021 10:00:00"]) == ["15 Apr, 2021", "5 Apr, 2021"]
    assert column.dates(["2021-04-15 00:03", "soon"]) is None
    assert column.dates(["1/7/2026 6:24 PM"]) == ["1/7/2026"]


def test_a_column_that_begins_ten_wide_may_go_on_otherwise() -> None:
    column = DayColumn(None)
    assert column.dates(["2021-04-15 00:03"]) == ["2021-04-15"]
    assert column.dates(["15 April 2021", "2021-04-16"]) == ["15 April 2021", "2021-04-16"]
