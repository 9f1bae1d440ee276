"""Readings of goals from a table: which column is which, which goal a row means, what would change.

`read` reads a file and changes nothing; `bring_in` puts what it found into the meeting, as one edit. Every row is
used, or named with its line and the reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from meetings.dates import show_day
from meetings.errors import UsageError
from meetings.exchange.crm.result import Unused
from meetings.exchange.tables.days import Evidence, Order, date_part, evidence, read_day
from meetings.exchange.tables.reading import Row, Table, open_table, short
from meetings.exchange.tables.refusals import ImportRefused
from meetings.figures import parse_value
from meetings.ids import SHORTEST
from meetings.kinds import GoalState, Unit
from meetings.meeting import Meeting
from meetings.model import Goal, Reading
from meetings.session import Session
from meetings.text import clean

Column = Literal["goal", "date", "reading"]

NAMES: Mapping[str, Column] = {
    **dict.fromkeys(("goal", "goaltitle", "goalid", "title", "id"), "goal"),
    **dict.fromkeys(("date", "day", "readon"), "date"),
    **dict.fromkeys(("reading", "value"), "reading"),
}
"""What the headers of the columns may be, without case, spaces, `_` and `-`. A column's own name counts first."""

UNIT_WORDS = {
    Unit.NUMBER: "number",
    Unit.PERCENT: "percentage",
    Unit.CURRENCY: "amount",
    Unit.YES_NO: "yes or no",
    Unit.DURATION: "duration",
}
"""What a reading is, by the goal's unit."""

NAMED = 5
"""Rows that are named of those that cannot be used for one reason."""


class Change(NamedTuple):
    """A reading that a goal would get, and what it has on that day (None: nothing)."""

    goal: Goal
    reading: Reading
    before: Reading | None


@dataclass(frozen=True)
class Readings:
    """A file's readings, held against a meeting. `rows` == `used` + the counts of `unused`.

    `changes`: what is new or other than the meeting has it; `same`: how many readings the meeting has already.
    `remarks`: sentences about what was used and may not be what was meant.
    """

    name: str
    rows: int
    used: int
    unused: tuple[Unused, ...]
    changes: tuple[Change, ...]
    same: int
    remarks: tuple[str, ...] = ()


class _Found(NamedTuple):
    """A row whose cells could all be read."""

    line: int
    goal: Goal
    reading: Reading


class _Cells(NamedTuple):
    """A row's text, and its line."""

    line: int
    goal: str
    date: str
    reading: str


class _Refused:
    """Rows that cannot be used, by the reason."""

    def __init__(self) -> None:
        self._by_reason: dict[str, list[tuple[int, str]]] = {}

    def add(self, why: str, line: int, value: str = "") -> None:
        """One more, with the value that is to blame."""
        self._by_reason.setdefault(why, []).append((line, short(value, 40)))

    def all(self) -> tuple[Unused, ...]:
        """The reasons, in the order in which they first occurred."""
        return tuple(Unused(why, len(rows), tuple(rows[:NAMED])) for why, rows in self._by_reason.items())


def read(path: Path, meeting: Meeting, order: Order | None = None) -> Readings:
    """What the file says about the meeting's goals. `order`: a person's answer to dates that could be read two ways.

    Raises ImportRefused when the file is no such table or its dates are unclear, OSError when it cannot be read.
    """
    table = open_table(path, lambda row: len(_columns(row)))
    columns = _needed(table)
    rows = list(_rows(table))
    refused, cells = _Refused(), []
    for line, row in rows:
        if row is None:
            refused.add("with a quote that is never closed", line)
        elif any(map(str.strip, row[len(table.header) :])):
            refused.add("with more cells than columns", line, table.separator.join(row))
        else:
            cells.append(_cells(line, row, columns))
    how = order or _order(table.name, evidence(date_part(row.date) for row in cells))
    found = [found for row in cells if (found := _row(meeting, row, how, refused)) is not None]
    kept, remarks = _one_a_day(found)
    changes = [Change(row.goal, row.reading, _on(row.goal, row.reading.date)) for row in kept]
    new = tuple(change for change in changes if change.before != change.reading)
    return Readings(
        table.name,
        len(rows),
        len(found),
        refused.all(),
        new,
        len(changes) - len(new),
        (*remarks, *_later(new, meeting.head.date)),
    )


def bring_in(session: Session, readings: Readings) -> None:
    """Put the readings into the session's meeting as one edit that can be undone; nothing when none is new.

    Raises UsageError when the meeting may not be edited.
    """
    by_goal: dict[str, dict[dt.date, Reading]] = {}
    for change in readings.changes:
        now = session.meeting.goals.get(change.goal.uid, change.goal)
        days = by_goal.setdefault(now.uid, {reading.date: reading for reading in now.readings})
        days[change.reading.date] = change.reading
    changed = {
        uid: {"readings": tuple(sorted(days.values(), key=lambda reading: reading.date))}
        for uid, days in by_goal.items()
    }
    if changed:
        session.apply(f"readings from {readings.name}", change=changed)


# The table


def _plain(header: str) -> str:
    return clean(header).casefold().translate(dict.fromkeys(map(ord, " _-"), None))


def _columns(header: Sequence[str]) -> dict[Column, int]:
    """Where each of the three columns is; the first of its own name, else the first of another that is known."""
    found: dict[Column, int] = {}
    for exactly in (True, False):
        for at, name in enumerate(map(_plain, header)):
            column = NAMES.get(name)
            if column and column not in found and (name == column or not exactly):
                found[column] = at
    return found


def _needed(table: Table) -> tuple[int, int, int]:
    """The places of goal, date and reading. Raises ImportRefused when one is missing."""
    found = _columns(table.header)
    wanted: tuple[Column, ...] = ("goal", "date", "reading")
    missing = [name for name in wanted if name not in found]
    if missing:
        there = ", ".join(f"“{short(name)}”" for name in table.header[:8] if name) or "no names at all"
        *first, last = (f"“{name}”" for name in missing)
        columns = f"{', '.join(first)} and {last}" if first else last
        raise ImportRefused(
            f"{table.name} has no column {columns}; line {table.header_line} names {there}.",
            "It needs the columns goal, date and reading.",
        )
    return found["goal"], found["date"], found["reading"]


def _rows(table: Table) -> Iterator[tuple[int, Row | None]]:
    """The rows that hold something, with their lines; None for one that cannot be told apart."""
    for chunk in table.chunks():
        if chunk.broken:
            yield chunk.first, None
        for line, row in zip(chunk.lines(), chunk.rows, strict=True) if chunk.rows else ():
            if any(cell.strip("\0 \t") for cell in row):
                yield line, row


def _cells(line: int, row: Row, columns: tuple[int, int, int]) -> _Cells:
    return _Cells(line, *(clean(row[at]).strip() if at < len(row) else "" for at in columns))


def _order(name: str, said: Evidence) -> Order:
    """Which number of the dates is the day. Raises ImportRefused when the column does not settle it."""
    if said.order is not None:
        return said.order
    if said.day and said.month:
        raise ImportRefused(
            f"The dates in {name} are of two kinds: “{said.day}” has the day first, “{said.month}” the month.",
            "Say which way round the doubtful ones are: --dates day or --dates month.",
        )
    ways = read_day(said.either)
    meanings = " or ".join(show_day(day, dt.date.min) for day in ways if day is not None)
    raise ImportRefused(
        f"The dates in {name} can be read two ways: “{said.either}” is {meanings}.",
        "Say which: --dates day (day first) or --dates month.",
    )


# A row


def _row(meeting: Meeting, row: _Cells, order: Order, refused: _Refused) -> _Found | None:
    """What a row says; None when it cannot be used, which is put down in `refused`."""
    line, title, date, value = row
    goals = _meant(title, meeting.goals.values())
    if len(goals) != 1:
        why = "with a name that more than one goal has" if goals else "of a goal that is not in this meeting"
        refused.add(why if title else "without a goal", line, title)
        return None
    goal = goals[0]
    if goal.state is GoalState.DROPPED:
        refused.add("of a goal that was dropped", line, title)
        return None
    day = read_day(date_part(date)).by(order)
    if day is None:
        refused.add("with a date that cannot be read" if date else "without a date", line, date)
        return None
    try:
        number = parse_value(value, goal.unit)
    except UsageError:
        unit = UNIT_WORDS[goal.unit]
        refused.add(f"with a reading that is no {unit}" if value else "without a reading", line, value)
        return None
    return _Found(line, goal, Reading(day, number))


def _meant(title: str, goals: Iterable[Goal]) -> list[Goal]:
    """The goals that a cell can mean: by the whole title, then by a beginning of it, then by a beginning of the id."""
    key = " ".join(title.casefold().split())
    if not key:
        return []
    titles = [(goal, " ".join(goal.title.casefold().split())) for goal in goals]
    exact = [goal for goal, name in titles if name == key]
    pursued = [goal for goal in exact if goal.state is not GoalState.DROPPED]
    if exact:
        return pursued or exact[:1]
    begun = [goal for goal, name in titles if name.startswith(key) and goal.state is not GoalState.DROPPED]
    if begun or len(key) < SHORTEST:
        return begun
    return [goal for goal, _ in titles if goal.uid.casefold().startswith(key)]


def _on(goal: Goal, day: dt.date) -> Reading | None:
    return next((reading for reading in reversed(goal.readings) if reading.date == day), None)


def _one_a_day(found: Iterable[_Found]) -> tuple[list[_Found], list[str]]:
    """One reading for each goal and day, the last in the file, and a sentence for each that another one replaces."""
    kept: dict[tuple[str, dt.date], _Found] = {}
    remarks = []
    for row in found:
        key = (row.goal.uid, row.reading.date)
        before = kept.pop(key, None)
        if before is not None and before.reading != row.reading:
            remarks.append(
                f"Line {row.line:,} was used in place of line {before.line:,}, which is for the same goal and day."
            )
        kept[key] = row
    return list(kept.values()), remarks


def _later(changes: Sequence[Change], day: dt.date) -> list[str]:
    later = [change for change in changes if change.reading.date > day]
    if not later:
        return []
    what = f"{len(later):,} reading{'s are' if len(later) > 1 else ' is'}"
    return [f"{what} of days after this meeting ({show_day(day, day)}), and will count from then on."]
