"""What was read from a CRM's export: the numbers, and all that a person should know before taking them in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from meetings.model import LeadNumbers

_ONE = {
    "have": "has",
    "are": "is",
    "were": "was",
    **{verb: f"{verb}s" for verb in ("belong", "repeat", "end", "hold")},
}
"""What one row does, where so many rows do this. Other words are the same of one row and of many."""


@dataclass(frozen=True)
class Unused:
    """Rows that were not counted, all for the same reason.

    `why` completes "so many rows ...", as in "have no date". `lines`: the first of them, each with its line in the
    file and the value that could not be used, shortened, or "".
    """

    why: str
    count: int
    lines: tuple[tuple[int, str], ...] = ()

    def for_the_room(self, most: int = 5) -> Unused:
        """The same without what stands in the rows, which may be about a person; at most so many lines."""
        return replace(self, lines=tuple((line, "") for line, _ in self.lines[:most]))

    def __str__(self) -> str:
        """`2 rows have a date that cannot be read: line 17 “31/31/26”, line 40 “soon”`."""
        places = [f"line {line:,}" + (f" “{value}”" if value else "") for line, value in self.lines]
        more = self.count - len(places)
        if places and more:
            places.append(f"and {more:,} more")
        if self.count == 1:
            verb, _, rest = self.why.partition(" ")
            shown = f"1 row {_ONE.get(verb, verb)} {rest}"
        else:
            shown = f"{self.count:,} rows {self.why}"
        return f"{shown}: {', '.join(places)}" if places else shown


@dataclass(frozen=True)
class LeadImport:
    """A file, read and counted. `read` == `used` + the counts of `unused`.

    `product`: HubSpot, Salesforce, Pipedrive, Zoho or spreadsheet. `kind`: whether a row is a lead or an opportunity.
    `columns`: what was recognised, its name in config.yaml to the file's header. `unused_columns`: the other headers.
    `first`, `last`: the days that are covered (None: the file has no dates), in periods of `every`. `whole`: whether
    the last period is covered to its end. `known`: the fields of `LeadNumbers` that this file says something of.
    `doubts`: sentences about what was read that may not be what was meant.
    """

    path: Path
    product: str
    kind: Literal["leads", "opportunities"]
    encoding: str
    separator: str
    columns: Mapping[str, str]
    unused_columns: tuple[str, ...]
    read: int
    used: int
    unused: tuple[Unused, ...]
    numbers: tuple[LeadNumbers, ...]
    known: tuple[str, ...]
    first: dt.date | None = None
    last: dt.date | None = None
    every: str = "weekly"
    whole: bool = True
    doubts: tuple[str, ...] = ()
    asked: Mapping[str, str] = field(default_factory=dict)
    """What a person answered about the columns; `columns.config_lines` makes lines for config.yaml of it."""
