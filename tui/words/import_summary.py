"""What a person should know before taking in lead numbers, as lines: what was read, what was not, what would change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from meetings.dates import show_day
from meetings.measures.funnel import Period
from meetings.meeting import Meeting
from meetings.model import LeadNumbers
from tui.widgets.columns import cut, fit, plain, width_of
from tui.words.lead_text import period_text

if TYPE_CHECKING:
    from meetings.exchange.crm.plan import Plan
    from meetings.exchange.crm.result import LeadImport

SIGNS = {"new": ("+", "$on-track"), "changed": ("±", "$at-risk"), "same": ("·", "$quiet")}
"""How a source's numbers of one period would change."""
EVERY = {"weekly": "week", "biweekly": "two weeks", "monthly": "month"}
"""The length of a period in words."""
SOURCE = 24
"""The longest source that is not cut."""
NARROW = 50
"""Below this width what a column means stands under its name."""
MOST = 4
"""Doubts and reasons that are said; how many more there are is said, too."""


def lines(imported: LeadImport, plan: Plan, meeting: Meeting, width: int) -> list[Content]:
    """All of it, a blank line between the parts."""
    base = meeting.head.date
    parts = (
        list(_read(imported, base)),
        list(_columns(imported, width)),
        [Content.styled(plain(text), "$at-risk") for text in _some((*imported.doubts, *plan.doubts))],
        list(_changes(imported, plan, meeting, width)),
    )
    found: list[Content] = []
    for part in parts:
        found += [Content(""), *part] if found and part else part
    return found


def _read(imported: LeadImport, base: dt.date) -> Iterator[Content]:
    noun = "a lead" if imported.kind == "leads" else "an opportunity"
    each = noun if imported.used == 1 else f"{noun} each"
    days = period_text((imported.first, imported.last), base)
    when = f", created {days}, by {EVERY.get(imported.every, 'period')}" if days else ""
    rows = f"{imported.used:,} of {imported.read:,} rows {'is' if imported.used == 1 else 'are'} used"
    rows = "The only row is used" if imported.read == 1 else rows
    yield Content.assemble((rows, "$ink bold"), f", {each}{when}.")
    for text in _some([str(each.for_the_room()) for each in imported.unused]):
        yield Content.styled(f"Not used: {plain(text)}", "$quiet")


def _columns(imported: LeadImport, width: int) -> Iterator[Content]:
    """Each recognised column and what it is taken for."""
    from meetings.exchange.crm.columns import WORDS

    named = [(header, WORDS.get(name, name)) for name, header in imported.columns.items() if header]
    label = min(max((width_of(header) for header, _ in named), default=0), width // 2)
    for header, words in named:
        if width < NARROW:
            yield Content.styled(cut(plain(header), width), "$ink")
            yield Content.styled(f"  {words}", "$quiet")
            continue
        yield Content.assemble((fit(header, label), "$ink"), (f"  {words}", "$quiet"))


def _changes(imported: LeadImport, plan: Plan, meeting: Meeting, width: int) -> Iterator[Content]:
    if plan.empty:
        yield Content.styled("Nothing would change: the meeting has these numbers already.", "$ink bold")
        return
    counts = ((len(plan.added), "new"), (len(plan.changed), "changed"), (plan.unchanged, "the same"))
    known = ", ".join(f"{count:,} {word}" for count, word in counts if count)
    each = f"each source and {EVERY.get(imported.every, 'period')}" if imported.first else "each source"
    yield Content.assemble((f"What would change, for {each}: ", "$ink bold"), known)
    if plan.removed:
        rows = "1 row has" if len(plan.removed) == 1 else f"{len(plan.removed):,} rows have"
        yield Content(f"{rows} the same days in other periods, and would be replaced.")
    if plan.stay:
        yield Content.styled(_stay(plan.stay), "$at-risk")
    yield from _map(imported.numbers, plan, meeting, width)


def _stay(sources: Sequence[str]) -> str:
    """What becomes of the numbers of sources that an earlier file had and this one does not have."""
    one = len(sources) == 1
    named = plain(", ".join(_some(sources)))
    gone = f"No longer in the file: {named}. {'Its' if one else 'Their'} numbers stay as they are"
    return (
        f"{gone}; if {'it has' if one else 'they have'} another name now, remove them, or leads count twice."
    )


def _map(numbers: Sequence[LeadNumbers], plan: Plan, meeting: Meeting, width: int) -> Iterator[Content]:
    """A line for each source, a sign for each period."""
    periods = sorted({_period(row) for row in numbers}, key=lambda one: one[0] or dt.date.min)
    how = _how(plan, meeting)
    sources = list(dict.fromkeys(row.source for row in numbers))
    label = min(max((width_of(source) for source in sources), default=0), SOURCE)
    periods = periods[-max(width - label - 2, 1) :]
    first = periods[0][0] if periods else None
    if first is not None:
        last = periods[-1][0] or first
        ends = [show_day(day, meeting.head.date).partition(" ")[2] for day in dict.fromkeys((first, last))]
        gap = " " * max(len(periods) - sum(len(end) for end in ends), 2)
        yield Content.styled(" " * (label + 2) + cut(gap.join(ends), width - label - 2), "$quiet")
    there = {(row.source, _period(row)) for row in numbers}
    for source in sources:
        signs = [
            SIGNS[how.get(_key(source, period[0]), "same")] if (source, period) in there else (" ", "")
            for period in periods
        ]
        yield Content.assemble((fit(source, label) + "  ", "$ink"), *signs)
    yield Content.assemble(
        *(part for word, sign in SIGNS.items() for part in (sign, (f" {word}   ", "$quiet")))
    )


def _how(plan: Plan, meeting: Meeting) -> dict[tuple[str, dt.date | None], str]:
    """How the numbers of a source would change in the period that begins on a day."""
    changed = [row for uid in plan.changed if (row := meeting.lead_numbers.get(uid)) is not None]
    return {_key(row.source, row.period_start): "new" for row in plan.added} | {
        _key(row.source, row.period_start): "changed" for row in changed
    }


def _key(source: str, first: dt.date | None) -> tuple[str, dt.date | None]:
    from meetings.exchange.crm.names import source_key

    return source_key(source), first


def _period(row: LeadNumbers) -> Period:
    return row.period_start, row.period_end


def _some(texts: Iterable[str]) -> list[str]:
    found = list(texts)
    more = len(found) - MOST
    return found if more <= 0 else [*found[:MOST], f"And {more:,} more."]
