"""A record as the plain row that stands for it in a file."""

from __future__ import annotations

from typing import Any

import msgspec

from meetings.model import Record


def row_of(record: Record) -> dict[str, Any]:
    """The record's fields as JSON has them, so that a row kept in memory equals the same row read from a file."""
    row: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record))
    return row
