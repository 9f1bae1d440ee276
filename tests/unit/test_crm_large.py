"""A large export in another form, counted on its own; and public exports, when there is a folder of them.

The files of ACCORD_PUBLIC_EXPORTS are not part of the project: their licences do not say that they may be. Each has
to be refused in one sentence, or counted row by row.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from meetings.exchange.crm.refusals import ImportRefused
from tests.unit.crm_files import by_source, read, total, written

FOLDER = os.environ.get("ACCORD_PUBLIC_EXPORTS", "")
PUBLIC = sorted(Path(FOLDER).glob("*.csv")) if FOLDER else []
ANSWERS: dict[str, dict[str, str]] = {
    "mql_id,first_contact_date,": {"created": "first_contact_date", "first_touch": "", "status": ""},
    "OpportunityId,OpportunityName,": {"source": ""},
}
"""What a person would say about the columns of some public files, by how these begin."""


def test_thousands_of_rows_in_windows_1252_with_semicolons_and_american_dates(tmp_path: Path) -> None:
    chance = random.Random(5)
    start = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    rows = []
    for number in range(6000):
        created = start + dt.timedelta(minutes=chance.randrange(174 * 24 * 60))
        touched = created + dt.timedelta(minutes=chance.choice((3, 10, 45, 600)))
        shown = [f"{day:%m/%d/%Y}, {day:%I:%M %p}" for day in (created, touched)]
        status = chance.choice(("Open - Not Contacted", "Working - Contacted", "Closed - Converted"))
        called = "" if status.startswith("Open") else shown[1]
        rows.append(
            (
                f"00Q{number}",
                chance.choice(("Messe Köln", "Café “Früh”", "Web")),
                status,
                shown[0],
                called,
                created,
            )
        )
    text = "Lead ID;Lead Source;Lead Status;Created Date;First Call\r\n"
    text += "".join(";".join(row[:5]) + "\r\n" for row in rows)
    found = read(written(tmp_path, text.encode("cp1252")))
    used = [row for row in rows if row[5].date() >= dt.date(2026, 8, 24)]
    assert (found.product, found.encoding, found.separator) == ("Salesforce", "cp1252", ";")
    assert (found.read, found.used) == (6000, len(used))
    assert by_source(found.numbers, "new") == Counter(row[1] for row in used)
    assert total(found.numbers, "accepted") == sum(not row[2].startswith("Open") for row in used)
    assert total(found.numbers, "qualified") == sum(row[2] == "Closed - Converted" for row in used)
    weeks = Counter(row[5].date() - dt.timedelta(days=row[5].weekday()) for row in used)
    assert Counter({row.period_start: 0 for row in found.numbers}) + weeks == weeks
    for first, count in weeks.items():
        assert sum(row.new or 0 for row in found.numbers if row.period_start == first) == count
    assert {row.p95 for row in found.numbers} <= {3, 10, 45, 600}


@pytest.mark.skipif(not PUBLIC, reason="ACCORD_PUBLIC_EXPORTS names no folder of public exports")
@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.name)
def test_a_public_export_is_counted_or_refused(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.readline()
        file.seek(0)
        rows = list(csv.DictReader(file))
    columns = next((said for beginning, said in ANSWERS.items() if head.startswith(beginning)), {})
    if not columns and not {"Lead Source", "LeadSource", "LEADSOURCE", "Original Source"} & set(rows[0]):
        with pytest.raises(ImportRefused, match=re.escape(path.name)):
            read(path)
        return
    found = read(path, columns=columns)
    assert found.read == len(rows) == found.used + sum(unused.count for unused in found.unused)
    assert total(found.numbers, "opportunities" if found.kind == "opportunities" else "new") == found.used
    if "created" not in found.columns:
        names = Counter(row[found.columns["source"]].casefold() for row in rows)
        largest = max(by_source(found.numbers, "new").values())
        assert largest == max(names.values())
    if "is_converted" in found.columns and found.used == len(rows):
        said = Counter(row[found.columns["is_converted"]] for row in rows)
        assert total(found.numbers, "qualified") == said["1"] + said["Yes"] + said["TRUE"]
