"""What was read from an export that may not be what was meant, in a sentence each. None of them tells of a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from meetings.exchange.crm import counting
from meetings.exchange.crm.columns import Columns
from meetings.exchange.crm.names import OTHERS, may_be_said
from meetings.exchange.crm.periods import Period
from meetings.exchange.tables.reading import short


def doubts(
    found: Columns,
    counted: counting.Counted,
    gathered: int,
    periods: Sequence[tuple[Period | None, Period | None]],
) -> Iterator[str]:
    """A sentence for everything that may not be what was meant."""
    if "created" not in found.places:
        yield "The file does not say when leads were created, so all of it is one period without dates."
    if counted.unknown:
        yield _strange(counted.unknown)
    if gathered:
        yield f"There are many sources: the smallest {gathered:,} are counted together as “{OTHERS}”."
    if counted.odd_times:
        yield f"{_leads(counted.odd_times)} a first touch before they were created; no time is counted for them."
    if counted.timeless:
        yield f"{_leads(counted.timeless)} a first touch without a time of day that can be compared; none is counted."
    if counted.unread_spend:
        rows = "1 row" if counted.unread_spend == 1 else f"{counted.unread_spend:,} rows"
        yield f"What was spent cannot be read in {rows}."
    covered, shown = periods[-1]
    if covered is not None and shown is not None and covered != shown:
        days = (shown[1] - shown[0]).days + 1
        whole = (covered[1] - covered[0]).days + 1
        yield f"The last period is not over: it has {days} of {whole} days, so it is not compared with the one before."


def _strange(unknown: Counter[str], most: int = 8) -> str:
    """Words that are not known as stages. Of very many, those met once may be names or remarks: they are not shown."""
    many = len(unknown) > most
    shown = Counter(
        {word: rows for word, rows in unknown.items() if may_be_said(word) and (rows > 1 or not many)}
    )
    words = ", ".join(f"“{short(word, 30)}” ({rows:,})" for word, rows in _first(shown, most))
    if len(shown) == len(unknown) and not many:
        return f"Not known as a stage, and counted as new leads only: {words}."
    total = unknown.total()
    rows = "1 row" if total == 1 else f"{total:,} rows"
    if len(unknown) == 1:
        return f"A word in {rows} is not known as a stage, and counted as new leads only."
    each = f"{len(unknown):,} words in {rows} are not known as stages, and counted as new leads only"
    return f"{each}: {words} and others." if words else f"{each}."


def _leads(count: int) -> str:
    return "1 lead has" if count == 1 else f"{count:,} leads have"


def _first(counts: Counter[str], most: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
