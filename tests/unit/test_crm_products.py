"""Exports as five products write them, each in another encoding, with another separator and other dates: what Accord
counts is what the csv module and a counter find in the same file.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from meetings.exchange.crm.result import LeadImport
from tests.unit.crm_files import read

FIRST = dt.date(2026, 8, 24)
"""A Monday, 13 weeks before the meeting: what was created before it is not used."""
START = dt.datetime(2026, 8, 10, tzinfo=dt.UTC)
DAYS = 104
ACCEPTED = {"new", "handed_over", "reviewed", "accepted"}
QUALIFIED = ACCEPTED | {"qualified"}
Fields = set[str]


@dataclass(frozen=True)
class Product:
    """How a product writes a file. `words`: its words for a stage, each with the fields in which such a lead counts."""

    name: str
    kind: str
    encoding: str
    separator: str
    rows: int
    columns: tuple[str, ...]
    """The names of the columns of id, source, stage and creation."""
    others: tuple[str, ...]
    """Columns about people and firms."""
    form: str
    """How it writes a moment, for strptime."""
    words: dict[str, Fields]
    known: Fields
    """The fields that the file tells."""
    own: Callable[[dt.datetime], str] | None = None
    """The same for strftime, where its hours and months have no nought in front."""

    def written(self, moment: dt.datetime) -> str:
        return self.own(moment) if self.own else moment.strftime(self.form)


PRODUCTS = (
    Product(
        *("HubSpot", "leads", "utf-8-sig", ",", 6000),
        ("Record ID", "Original Source", "Lifecycle Stage", "Create Date"),
        ("First Name", "Email", "Contact owner"),
        "%Y-%m-%d %H:%M",
        {
            "Lead": {"new"},
            "Marketing Qualified Lead": {"new", "handed_over"},
            "Sales Qualified Lead": QUALIFIED,
            "Opportunity": QUALIFIED | {"opportunities"},
            "Customer": QUALIFIED | {"opportunities", "won"},
        },
        {"new", "handed_over", "qualified", "opportunities", "won"},
    ),
    Product(
        *("Salesforce", "leads", "cp1252", ";", 700),
        ("Lead ID", "Lead Source", "Lead Status", "Created Date"),
        ("Company / Account", "Rating"),
        "%m/%d/%Y, %I:%M %p",
        {
            "Open - Not Contacted": {"new"},
            "Working - Contacted": ACCEPTED,
            "Closed - Converted": QUALIFIED,
            "Closed - Not Converted": ACCEPTED | {"disqualified"},
        },
        {"new", "accepted", "qualified", "disqualified"},
        lambda at: f"{at.month}/{at.day}/{at.year}, {at.hour % 12 or 12}:{at:%M %p}",
    ),
    Product(
        *("Pipedrive", "opportunities", "utf-8", "\t", 700),
        ("Deal - ID", "Deal - Source channel", "Deal - Status", "Deal - Deal created"),
        ("Deal - Title", "Deal - Value", "Person - Name"),
        "%Y-%m-%d %H:%M:%S",
        {
            "Open": {"opportunities"},
            "Won": {"opportunities", "won"},
            "Lost": {"opportunities", "lost"},
        },
        {"opportunities", "won", "lost"},
    ),
    Product(
        *("Zoho", "leads", "utf-16", "\t", 700),
        ("Record Id", "Lead Source", "Lead Status", "Created Time"),
        ("Full Name", "Email Opt Out", "Annual Revenue"),
        "%b %d, %Y %I:%M %p",
        {
            "Not Contacted": {"new"},
            "Pre-Qualified": {"new", "handed_over"},
            "Attempted to Contact": ACCEPTED,
            "Contacted": ACCEPTED,
            "Junk Lead": {"new", "handed_over", "reviewed", "rejected"},
            "Lost Lead": ACCEPTED | {"disqualified"},
            "Contact in Future": ACCEPTED | {"recycled"},
        },
        {"new", "handed_over", "reviewed", "accepted", "rejected", "disqualified", "recycled"},
    ),
    Product(
        *("spreadsheet", "leads", "utf-16-le", ";", 700),
        ("(Do Not Modify) Lead", "Lead Source", "Status", "Created On"),
        ("Topic", "Name", "Owner"),
        "%m/%d/%Y %I:%M:%S %p",
        {"Open": {"new"}, "Qualified": QUALIFIED, "Disqualified": ACCEPTED | {"disqualified"}},
        {"new", "qualified", "disqualified"},
        lambda at: f"{at.month}/{at.day}/{at.year} {at.hour % 12 or 12}:{at:%M:%S %p}",
    ),
)
"""The last one writes what Dynamics does, which is read like any sheet."""
SOURCES = ("Messe Köln", "MESSE KÖLN", "Café “Früh”", "Web", "Empfehlung; Kunde", "Partner, Süd", "")
NAMES = {"messe köln": "Messe Köln", "": "unknown"}


def write(folder: Path, product: Product) -> Path:
    """A file of that product, with line breaks in cells; some of its rows are older than what is used."""
    chance = random.Random(product.name)
    path = folder / "export.csv"
    with path.open("w", encoding=product.encoding, newline="") as file:
        writer = csv.writer(file, delimiter=product.separator)
        writer.writerow((*product.columns, *product.others))
        for number in range(product.rows):
            created = START + dt.timedelta(seconds=chance.randrange(DAYS * 86400))
            words = chance.choice([*product.words])
            others = [chance.choice(("Jo", "Ærø & Søn", "two\nlines", 'a "b"', "")) for _ in product.others]
            source = chance.choices(SOURCES, (9, 2, 3, 3, 3, 3, 3))[0]
            writer.writerow((f"00Q{number}", source, words, product.written(created), *others))
    return path


def counted(path: Path, product: Product) -> tuple[Counter[tuple[str, dt.date, str]], int]:
    """By source, Monday and field how many leads the file has; and how many of its rows are not too old."""
    counts: Counter[tuple[str, dt.date, str]] = Counter()
    used = 0
    _, source, stage, created = product.columns
    with path.open(encoding=product.encoding, newline="") as file:
        for row in csv.DictReader(file, delimiter=product.separator):
            day = dt.datetime.strptime(row[created], product.form).date()  # noqa: DTZ007  files name no zone
            if day < FIRST:
                continue
            used += 1
            name = NAMES.get(row[source].casefold(), row[source])
            week = day - dt.timedelta(days=day.weekday())
            counts.update((name, week, field) for field in product.words[row[stage]] & product.known)
    return counts, used


def told(found: LeadImport, known: Fields) -> Iterator[tuple[tuple[str, dt.date, str], int]]:
    """The same of what was read."""
    for row in found.numbers:
        assert row.period_start is not None
        for field in known:
            value = getattr(row, field)
            yield (
                (row.source, row.period_start, field),
                sum(value.values()) if isinstance(value, dict) else value,
            )


@pytest.mark.parametrize("product", PRODUCTS, ids=lambda product: product.name)
def test_what_is_counted_is_what_is_in_the_file(product: Product, tmp_path: Path) -> None:
    path = write(tmp_path, product)
    found = read(path)
    counts, used = counted(path, product)
    assert (found.product, found.kind) == (product.name, product.kind)
    assert (found.encoding, found.separator) == (product.encoding, product.separator)
    assert (found.read, found.used) == (product.rows, used)
    assert sum(unused.count for unused in found.unused) == product.rows - used > 0
    assert Counter(dict(told(found, product.known))) == counts
