"""Rows of an export that are no leads, or not to be used as they are: what to call them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from meetings.exchange.tables.reading import NEVER_CLOSED

__all__ = ["NEVER_CLOSED"]

NO_DATE = "have no date of creation"
BAD_DATE = "have a date of creation that cannot be read"
EMPTY = "are empty"
FOOTER = "belong to the report's title or footer"
HEADER = "repeat the header"
REPEATED = "repeat the id of an earlier row"
TOO_LONG = "have more cells than the header"
TOO_SHORT = "end before a column that is needed"
NO_LEAD = "hold a subscriber, not a lead yet"
TOO_OLD = "were created before the last 13 periods, which are those that are renewed"
NOT_YET = "were created on the day of the meeting or later, and are for the next one"
FUTURE = "have a date of creation that has not come yet"

_FOOTER = re.compile(
    r"(grand |sub)?totals?\b|copyright\b|(©|\(c\)) ?[0-9]|confidential|generated (by|on)"
    r"|report (name|generated|run)|exported|as of\b|filtered by|gesamt|summe\b|(record|row) count"
    r"|[0-9,.]+ (records?|rows?|leads?)$",
    re.IGNORECASE,
)
_FEW = 4
"""So many filled cells a footer has at most."""


def without_content(row: Sequence[str], header: Sequence[str]) -> str:
    """Why a row that lacks what every lead has is no lead: EMPTY, FOOTER, HEADER, or "" when it may be one."""
    filled = [cell.strip() for cell in row if cell.strip(" \t\r\n\0\xa0")]
    if not filled:
        return EMPTY
    if len(filled) <= _FEW and any(map(_FOOTER.match, filled)):
        return FOOTER
    return HEADER if filled == [name for name in header if name] else ""


def may_be_odd(sources: Iterable[str]) -> bool:
    """Whether one of these sources may be that of a footer, or of a row without content."""
    return any(not source or _FOOTER.match(source) for source in set(sources))
