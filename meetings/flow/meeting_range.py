"""Meetings from one to another, by their numbers or by their days: `12..20`, `2026-10-01..2026-12-31`, `12..`."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass

from meetings.errors import UsageError
from meetings.meeting import Head

TO = ".."
LONGEST = 40
"""Characters of what was typed that a sentence repeats."""


@dataclass(frozen=True)
class Range:
    """The first and the last meeting, both by number or both by day; None: no such end."""

    first: int | dt.date | None = None
    last: int | dt.date | None = None

    def has(self, head: Head) -> bool:
        """Whether that meeting is in it."""
        ends = [end for end in (self.first, self.last) if end is not None]
        place = head.number if ends and isinstance(ends[0], int) else head.date
        after = self.first is None or self.first <= place  # type: ignore[operator]
        return after and (self.last is None or place <= self.last)  # type: ignore[operator]


def read_range(typed: str) -> Range:
    """The range that was typed: TO between two ends, of which one can be missing, or one meeting. Raises UsageError."""
    ends: list[int | dt.date | None] = []
    for part in (part.strip() for part in typed.split(TO, 1)):
        number = read_number(part)
        ends.append(read_date(part) if part and number is None else number)
        if part and ends[-1] is None:
            raise UsageError(
                f"“{_short(part)}” is neither a meeting's number nor a date; ranges are like 12..20 or "
                "2026-10-01..2026-12-31."
            )
    first, last = ends[0], ends[-1]
    if first is None and last is None:
        raise UsageError("A range has a first or a last meeting: 12..20, 12.. or ..20.")
    if first is not None and last is not None:
        if type(first) is not type(last):
            raise UsageError(
                f"The range {_short(typed)} goes from a number to a date; both ends are of one sort."
            )
        if first > last:  # type: ignore[operator]
            raise UsageError(f"The range {_short(typed)} ends before it begins.")
    return Range(first, last)


def read_number(word: str) -> int | None:
    """The meeting's number that the word is, or None."""
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else None


def read_date(word: str) -> dt.date | None:
    """The day that the word is, written like 2026-11-21, or None."""
    with suppress(ValueError):
        return dt.date.fromisoformat(word)
    return None


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
