"""Numbers by reason as people type and read them: `no budget 4, other 2`."""

from __future__ import annotations

import re

from meetings.errors import UsageError
from meetings.figures import quoted
from meetings.text import clean


def parse_counts(text: str) -> dict[str, int]:
    """Numbers by reason: `no budget 4, other 2`. A reason named twice is added up; nothing typed is `{}`.

    A reason may hold a comma. Raises UsageError for a part without a reason or a number.
    """
    counts: dict[str, int] = {}
    for part in re.split(r"(?<=[0-9)])[ ]*[,;\n]", clean(text, lines=True)):
        words = " ".join(part.split()).rstrip(",; )")
        if not words:
            continue
        reason = words.rstrip("0123456789")
        digits = words[len(reason) :]
        reason = reason.rstrip(" :=×(")
        if not reason or not digits or len(digits) > 9:
            raise UsageError(
                f"“{quoted(words)}” is not a reason and a number; type for example no budget 4, other 2."
            )
        known = next((name for name in counts if name.lower() == reason.lower()), reason)
        counts[known] = counts.get(known, 0) + int(digits)
    return counts


def show_counts(counts: dict[str, int]) -> str:
    """`no budget 4, other 2`: what `parse_counts` reads back."""
    return ", ".join(f"{reason} {count}" for reason, count in counts.items())
