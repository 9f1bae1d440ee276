"""The import of lead numbers: a large export of contacts, read and counted."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from meetings.config import Config
from meetings.exchange.crm.leads import read_leads
from tests.bench.budgets import Row, Sizes, in_turns

TODAY = dt.date(2026, 11, 22)
HEADER = (
    *("Record ID", "First Name", "Last Name", "Email", "Company Name", "Create Date", "Lifecycle Stage"),
    *("Lead Status", "Unqualified Reason", "Original Source", "First Contact Date", "Contact owner"),
)
STAGES = (
    *(("Lead", "New", ""), ("Lead", "New", ""), ("Marketing Qualified Lead", "Attempted to Contact", "")),
    *(("Marketing Qualified Lead", "Unqualified", "No budget"), ("Sales Qualified Lead", "Connected", "")),
    *(("Opportunity", "Open Deal", ""), ("Customer", "Open Deal", "")),
)
SOURCES = (
    "ORGANIC_SEARCH",
    "PAID_SEARCH",
    "PAID_SOCIAL",
    "EMAIL_MARKETING",
    "REFERRALS",
    "OFFLINE",
    "Select",
)


def imports(folder: Path, sizes: Sizes) -> Iterator[Row]:
    """Everything between the file and the numbers, against what it takes only to split its lines."""
    path = _export(folder / "contacts.csv", sizes.rows)
    row = Row(f"import of a {sizes.rows:,}-row CSV", "csv.reader over it", 3)
    yield in_turns(row, lambda: _import(path, sizes.rows), lambda: _split(path), sizes.runs)


def _export(path: Path, rows: int) -> Path:
    """Made-up contacts in the columns of a HubSpot export, created over 13 weeks; five of seven were called."""
    chance = random.Random(11)
    start = dt.datetime(2026, 8, 24, tzinfo=dt.UTC)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            stage, status, reason = STAGES[number % len(STAGES)]
            created = start + dt.timedelta(minutes=chance.randrange(13 * 7 * 24 * 60))
            touched = created + dt.timedelta(minutes=chance.randrange(3000))
            name = f"Søren{number}"
            writer.writerow(
                (
                    *(str(100000 + number), name, "Lindqvist", f"{name}@example.com", "Blue “Bay”, Ltd"),
                    *(f"{created:%Y-%m-%d %H:%M}", stage, status, reason, chance.choice(SOURCES)),
                    *("" if stage == "Lead" else f"{touched:%Y-%m-%d %H:%M}", "Jo Lindgren"),
                )
            )
    return path


def _import(path: Path, rows: int) -> float:
    start = perf_counter()
    found = read_leads(path, Config(), today=TODAY, watch=lambda done, size: True)
    taken = (perf_counter() - start) * 1000
    assert found.used == rows, "an import that counts nothing is quick"
    return taken


def _split(path: Path) -> float:
    start = perf_counter()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for _ in csv.reader(file):
            pass
    return (perf_counter() - start) * 1000
