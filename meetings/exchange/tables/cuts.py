"""Quick ways to cut cells into a date and a time of day, very many at a time.

Each is right for some of the forms in which dates are written; whether it is, whoever uses it has to find out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import repeat

Cut = Callable[[Sequence[str]], Iterable[Sequence[str]]]
"""The date, what stands between, and the time of day of each cell. Raises ValueError where a cell has no such parts."""


def by_space(cells: Sequence[str]) -> Iterable[Sequence[str]]:
    """The first word is the date: `3/7/2026 4:05 PM`, `24.08.2026 16:05`."""
    return map(str.partition, cells, repeat(" "))


def by_letter(cells: Sequence[str]) -> Iterable[Sequence[str]]:
    """The date ends at a T: `2026-08-24T16:05:00.1Z`."""
    return map(str.partition, cells, repeat("T"))


def by_last_word(cells: Sequence[str]) -> Iterable[Sequence[str]]:
    """The last word is the time: `24 Aug 2026 16:05`."""
    return map(str.rpartition, cells, repeat(" "))


def by_last_two(cells: Sequence[str]) -> Iterable[Sequence[str]]:
    """The last two words are the time: `Aug 24, 2026 4:05 PM`."""
    parts = map(str.rsplit, cells, repeat(" "), repeat(2))
    return [(day, "", f"{time} {half}") for day, time, half in parts]


CUTS: tuple[Cut, ...] = (by_space, by_letter, by_last_word, by_last_two)
