"""What is promised, and how a measured row is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Sizes:
    """How much is measured: meetings in the large and the small store, in ten years and in those with 5,000 action
    items, rows of a CRM's export, and how often."""

    many: int = 5200
    few: int = 5
    years: int = 520
    promises: int = 740
    rows: int = 100_000
    runs: int = 9

    def times(self, factor: int) -> int:
        """How often something quick is measured."""
        return max(1, self.runs * factor)


@dataclass
class Row:
    """One budget. `ours` and `base` are the single measurements in `unit`, taken in turns.

    `ratio` is median to median. A row without measurements says in `note` why.
    """

    what: str
    against: str
    budget: float | None
    ours: list[float] = field(default_factory=list)
    base: list[float] = field(default_factory=list)
    unit: str = "ms"
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the baseline."""
        return median(self.ours) / median(self.base) if self.ours and self.base else None

    @property
    def best(self) -> float | None:
        """The same of the best measurements on either side: on a busy machine it varies least."""
        return min(self.ours) / min(self.base) if self.ours and self.base else None

    @property
    def met(self) -> bool | None:
        """Whether the budget holds; None where there is nothing to tell."""
        ratio = self.ratio
        return None if ratio is None or self.budget is None else ratio <= self.budget


Measure = Callable[[], float]


def in_turns(row: Row, ours: Measure, base: Measure, runs: int, *, warm: int = 1) -> Row:
    """Take both measurements so many times, one after the other; the first `warm` pairs do not count."""
    for run in range(runs + warm):
        pair = (ours(), base()) if run % 2 else tuple(reversed((base(), ours())))
        if run >= warm:
            row.ours.append(pair[0])
            row.base.append(pair[1])
    return row


def failed(rows: Sequence[Row]) -> list[Row]:
    """The budgets that do not hold."""
    return [row for row in rows if row.met is False]
