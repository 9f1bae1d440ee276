"""Where a meeting of the sample history stands in its quarter, and with which words that quarter is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from meetings.demo.numbers import WEEKS
from meetings.demo.story import WORDS

LATEST = 10
"""The week of the latest closed meeting: its quarter is nearly over, and still open."""
LATEST_OF_YEAR = 2
"""The place of the latest quarter in its year, from 0."""


@dataclass(frozen=True)
class Quarter:
    """A quarter of 13 weeks. `back`: quarters before the latest; `week`: of this meeting, from 0."""

    back: int
    week: int
    start: dt.date

    @property
    def of_year(self) -> int:
        """The quarter's place in its year, from 0."""
        return (LATEST_OF_YEAR - self.back) % 4

    @property
    def end(self) -> dt.date:
        """Its last day."""
        return self.start + dt.timedelta(weeks=WEEKS, days=-1)

    @property
    def year(self) -> tuple[dt.date, dt.date]:
        """The first and the last day of its year, which has 52 weeks."""
        first = self.start - dt.timedelta(weeks=WEEKS * self.of_year)
        return first, first + dt.timedelta(weeks=4 * WEEKS, days=-1)

    def say(self, text: str) -> str:
        """The text with the words of this quarter in place of those in braces."""
        if "{" not in text:
            return text
        return text.format_map({name: words[self.back % len(words)] for name, words in WORDS.items()})


def at(place: int, day: dt.date) -> Quarter:
    """The quarter of the meeting that is held on `day`, `place` meetings after the latest closed one (0)."""
    back, week = divmod(place + LATEST, WEEKS)
    return Quarter(-back, week, day - dt.timedelta(weeks=week))
