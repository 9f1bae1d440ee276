"""The periods in which leads are counted: those between two meetings. Pure."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

from meetings.config.schema import Cadence
from meetings.dates import next_date
from meetings.exchange.crm import odd
from meetings.kinds import MeetingState
from meetings.meeting import Head

LAST = 13
"""How many periods an import refreshes: a quarter of weeks."""

Period = tuple[dt.date, dt.date]
"""First and last day."""


@dataclass(frozen=True)
class Periods:
    """The periods of a cadence. A week begins on the day of the meeting, so that it ends the day before the next one;
    of two weeks the one boundary is `anchor`; monthly meetings look at calendar months, which can be compared.
    """

    cadence: Cadence
    anchor: dt.date

    def of(self, day: dt.date) -> Period:
        """The period of a day."""
        if self.cadence.every == "monthly":
            return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
        length = 14 if self.cadence.every == "biweekly" else 7
        first = day - dt.timedelta(days=(day - self._boundary()).days % length)
        return first, first + dt.timedelta(days=length - 1)

    def until(self, last: Period, count: int = LAST) -> list[Period]:
        """So many periods, the last of which is this one, the earliest first."""
        found = [last]
        while len(found) < count:
            found.append(self.of(found[-1][0] - dt.timedelta(days=1)))
        return found[::-1]

    def _boundary(self) -> dt.date:
        """The cadence's day that is nearest to the anchor."""
        return next_date(self.anchor - dt.timedelta(days=4), "weekly", self.cadence.day)


class Span:
    """The periods that a file renews: the last ones up to its newest lead. `written_on`: when the file was saved.

    They depend on the file and on the meeting, hardly on today, so that the same file gives the same numbers again.
    """

    def __init__(
        self,
        days: Iterable[dt.date],
        cadence: Cadence,
        today: dt.date,
        meeting: dt.date | None,
        written_on: dt.date,
    ) -> None:
        self._periods = Periods(cadence, meeting or today)
        self._meeting = meeting or dt.date.max
        self._tomorrow = today + dt.timedelta(days=1)  # a CRM may live further east
        known = [day for day in days if day <= self._tomorrow]
        newest = max((day for day in known if day < self._meeting), default=None)
        self.until = max([min(today, written_on), *known])
        """The last day of which the file can tell everything."""
        self._all = self._periods.until(self._periods.of(newest)) if newest else []

    def place(self, day: dt.date) -> Period | str:
        """The period of a day; or why leads of that day are not counted."""
        if day > self._tomorrow:
            return odd.FUTURE
        if day >= self._meeting:
            return odd.NOT_YET
        if day < self._all[0][0]:
            return odd.TOO_OLD
        return self._periods.of(day)

    def shown(self, used: Iterable[Period]) -> list[tuple[Period, Period]]:
        """Every period from the first that is used to the last, and as it is shown: the last ends where the file does,
        and before the meeting.
        """
        first = min(used)
        end = min(self.until, self._meeting - dt.timedelta(days=1))
        return [(each, (each[0], min(each[1], end))) for each in self._all if each >= first]

    def due_until(self, hours: float) -> dt.date:
        """The last day of creation after which so many hours have surely passed when the file was saved."""
        return self.until - dt.timedelta(days=1 + math.ceil(hours / 24))


def meeting_day(head: Head, today: dt.date) -> dt.date:
    """The day of the meeting that numbers are read for: what was created on it or later is for the next meeting.

    A meeting that is only planned will not be held before today.
    """
    return max(head.date, today) if head.state is MeetingState.PLANNED else head.date
