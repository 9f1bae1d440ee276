"""What a search comes to: each text once, however many meetings carried it along, and the words around the hit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from meetings.meeting import TABLES
from meetings.model import info
from meetings.store.texts import Hit
from meetings.text import cells, clean, width

MOST = 500
"""Findings that are kept at most: nobody reads more, and a letter stands in every text."""
COPIES = frozenset(("origin_text",))
"""Fields that repeat what another record says, which is found itself."""


NAMES = frozenset(("lead_numbers",))
"""Tables with a new record each week of the same name: what is found there is the name."""


@dataclass(frozen=True)
class Finding:
    """A text that holds what was looked for. `hit` is where it stands in the newest meeting that has it.

    `numbers` are all meetings in which the same record says the same, the newest first.
    """

    hit: Hit
    numbers: tuple[int, ...]

    @property
    def kind(self) -> str:
        """What sort of text it is: `Action item`, or of a further field `Feedback, response`."""
        record = TABLES[self.hit.table]
        about = info(record, self.hit.field)
        noun = record.noun[:1].upper() + record.noun[1:]
        if about.get("main"):
            return noun
        title = str(about.get("title", self.hit.field)).lower()
        return f"{noun}, {_TITLES.get(title, title)}"


_TITLES = {"what {a} says": "one side", "what {b} says": "other side"}
"""Titles that have a team's name in them."""


@dataclass(frozen=True)
class Found:
    """The findings, the newest first; `more` could not be kept. `meetings` is how many have a hit."""

    findings: tuple[Finding, ...]
    more: int
    meetings: int


def findings(hits: Iterable[Hit], most: int = MOST) -> Found:
    """The hits, which come from the newest meeting on, with those of one text put together."""
    first: dict[tuple[str, str, str], Hit] = {}
    numbers: dict[tuple[str, str, str], list[int]] = {}
    everywhere: set[int] = set()
    left: set[tuple[str, str, str]] = set()
    for hit in hits:
        if hit.field in COPIES:
            continue
        everywhere.add(hit.number)
        key = ("" if hit.table in NAMES else hit.uid, hit.field, hit.text)
        if key in first:
            numbers[key].append(hit.number)
        elif len(first) < most:
            first[key], numbers[key] = hit, [hit.number]
        else:
            left.add(key)
    kept = tuple(Finding(hit, tuple(numbers[key])) for key, hit in first.items())
    return Found(kept, len(left), len(everywhere))


def excerpt(text: str, words: str, room: int) -> tuple[str, str, str]:
    """What stands before the first hit, the hit as it is written, and what comes after, on one line of `room` cells.

    What is left out is shown by an ellipsis. Without a hit everything is before it.
    """
    line = " ".join(clean(text, lines=True).split())
    start, end = _place(line, " ".join(clean(words).casefold().split()))
    if width(line) <= room:
        return line[:start], line[start:end], line[end:]
    hit = _cut(line[start:end], room)
    left = max(0, (room - width(hit)) // 3)
    before = line[:start] if width(line[:start]) <= left else "…" + _cut(line[:start][::-1], left - 1)[::-1]
    rest, after = room - width(before) - width(hit), line[end:]
    if width(after) > rest:
        after = _cut(after, rest - 1) + "…" if rest > 0 else ""
    elif width(after) < rest and before.startswith("…"):  # what is not needed behind it is shown before it
        before = "…" + _cut(line[:start][::-1], room - width(hit) - width(after) - 1)[::-1]
    return before, hit, after


def _place(line: str, folded: str) -> tuple[int, int]:
    """Where in the line the case-folded words are; at its end when they are not. Folding can change lengths."""
    if not folded:
        return len(line), len(line)
    row, places = [], []
    for at, sign in enumerate(line):
        small = sign.casefold()
        row.append(small)
        places += [at] * len(small)
    at = "".join(row).find(folded)
    if at < 0:
        return len(line), len(line)
    return places[at], places[at + len(folded) - 1] + 1


def _cut(text: str, room: int) -> str:
    """The beginning of the text that fits."""
    used = 0
    for at, sign in enumerate(text):
        used += cells(sign)
        if used > room:
            return text[:at]
    return text
