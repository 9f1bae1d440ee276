"""The import of lead numbers: large exports of contacts, read and counted.

Nothing is waited for, so the processor's time is measured, which other work on the machine changes little.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import process_time

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


FORMS: dict[str, Callable[[dt.datetime], str]] = {
    "2026-03-07 16:05": lambda at: f"{at:%Y-%m-%d %H:%M}",
    "3/7/2026 4:05 PM": lambda at: f"{at.month}/{at.day}/{at.year} {at.hour % 12 or 12}:{at:%M %p}",
}
"""How a file writes dates, by an example."""
ISO, AMERICAN = FORMS


def imports(folder: Path, sizes: Sizes) -> Iterator[Row]:
    """Everything between the file and the numbers, against what it takes only to split its lines: of a plain file, of
    one in which ids are there more than once, and of one with dates without noughts before their numbers.
    """
    few = max(sizes.rows // 100, 1)
    for what, form, again in (
        ("", ISO, 0),
        (f", {few:,} ids repeated", ISO, few),
        (f", {AMERICAN}", AMERICAN, 0),
    ):
        path = _export(folder / "contacts.csv", sizes.rows, FORMS[form], again)
        row = Row(f"import of a {sizes.rows:,}-row CSV{what}", "csv.reader over it", 3)
        yield in_turns(row, partial(_import, path, sizes.rows - again), partial(_split, path), sizes.runs)


def _export(path: Path, rows: int, form: Callable[[dt.datetime], str], again: int) -> Path:
    """Made-up contacts in the columns of a HubSpot export, created over 13 weeks; five of seven were called. So many of
    them have the id of another one.
    """
    chance = random.Random(11)
    start = dt.datetime(2026, 8, 24, tzinfo=dt.UTC)
    repeating = {*chance.sample(range(1, rows), again)}
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
                    *(str(100000 if number in repeating else 100000 + number), name, "Lindqvist"),
                    *(f"{name}@example.com", "Blue “Bay”, Ltd"),
                    *(form(created), stage, status, reason, chance.choice(SOURCES)),
                    *("" if stage == "Lead" else form(touched), "Jo Lindgren"),
                )
            )
    return path


def _import(path: Path, used: int) -> float:
    start = process_time()
    found = read_leads(path, Config(), today=TODAY, watch=lambda done, size: True)
    taken = (process_time() - start) * 1000
    assert found.used == used, "an import that counts nothing is quick"
    return taken


def _split(path: Path) -> float:
    start = process_time()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for _ in csv.reader(file):
            pass
    return (process_time() - start) * 1000
