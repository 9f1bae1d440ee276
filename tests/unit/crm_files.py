"""Files as CRMs export them, written by tests, and what is read from them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from meetings.config import Config
from meetings.exchange.crm.leads import read_leads
from meetings.exchange.crm.result import LeadImport
from meetings.model import LeadNumbers

TODAY = dt.date(2026, 11, 22)
"""A Sunday."""
MEETING = dt.date(2026, 11, 23)
DATA = Path(__file__).resolve().parents[1] / "data"
CONFIG = Config()


def read(path: Path, **more: Any) -> LeadImport:
    """The file, read for the meeting on Monday."""
    given: dict[str, Any] = {"today": TODAY, "meeting_day": MEETING, **more}
    return read_leads(path, given.pop("config", CONFIG), **given)


def written(folder: Path, text: str | bytes, name: str = "leads.csv") -> Path:
    """A file of that text, in UTF-8 unless it is bytes."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def lines(*rows: Sequence[str], separator: str = ",") -> str:
    """The rows as CSV; cells need no quotes."""
    return "".join(separator.join(row) + "\r\n" for row in rows)


def total(rows: Iterable[LeadNumbers], field: str) -> int:
    """The sum of a field over all rows that know it."""
    return sum(getattr(row, field) or 0 for row in rows)


def by_source(rows: Iterable[LeadNumbers], field: str) -> dict[str, int]:
    """The sums of a field by source, without those that are 0."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row.source] += getattr(row, field) or 0
    return {source: count for source, count in counts.items() if count}


def reasons(rows: Iterable[LeadNumbers], field: str) -> dict[str, int]:
    """The counts by reason over all rows."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(getattr(row, field))
    return dict(counts)


def sheet(folder: Path, header: str, *rows: str, **more: Any) -> LeadImport:
    """A file of these lines, read."""
    return read(written(folder, "\n".join((header, *rows)) + "\n"), **more)


def counts(found: LeadImport, *fields: str) -> tuple[int | None, ...]:
    """The totals of these fields; None for one that the file does not tell."""
    return tuple(total(found.numbers, name) if name in found.known else None for name in fields)


def bare(row: LeadNumbers) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__struct_fields__ if name != "uid"}
