"""A goal from 20 to 30 in 100 days."""

from __future__ import annotations

import datetime as dt
from typing import Any

from meetings.model import Goal, Reading

START = dt.date(2026, 9, 1)
DUE = START + dt.timedelta(days=100)


def after(days: int) -> dt.date:
    return START + dt.timedelta(days=days)


def goal(*readings: tuple[int, float], **fields: Any) -> Goal:
    """A goal from 20 to 30 in 100 days, read on those days."""
    known: dict[str, Any] = {"start": 20.0, "target": 30.0, "start_date": START, "due": DUE}
    return Goal(
        **{**known, "readings": tuple(Reading(after(day), value) for day, value in readings), **fields}
    )
