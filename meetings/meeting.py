"""A meeting: its head, its agenda and its tables of records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from operator import attrgetter
from typing import Annotated, Any, ClassVar, get_args, get_type_hints

import msgspec

from meetings.kinds import MeetingState, Team
from meetings.model import (
    ZONED,
    ActionItem,
    Amendment,
    ComingUp,
    Decision,
    Edit,
    Feedback,
    Goal,
    Interval,
    LeadNumbers,
    Note,
    Person,
    Problem,
    Rating,
    Received,
    Record,
    Win,
)

SCHEMA = 1
"""Version of the file format that this program writes."""


class AgendaStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the agenda. `kind` says which of the six steps it is; `minutes` is its timebox."""

    id: str
    kind: str
    title: str
    minutes: int
    prompt: str = ""


class Head(Record, frozen=True, kw_only=True):
    """The meeting itself: its one row in the table `meeting`."""

    noun: ClassVar[str] = "meeting"

    schema: int = SCHEMA
    version: int = 0
    number: int = 1
    name: str = ""
    date: dt.date = dt.date(1970, 1, 1)
    state: MeetingState = MeetingState.PLANNED
    agenda: str = "weekly"
    steps: tuple[AgendaStep, ...] = ()
    step: str = ""
    paused: bool = False
    started_at: Annotated[dt.datetime, ZONED] | None = None
    closed_at: Annotated[dt.datetime, ZONED] | None = None
    next_date: dt.date | None = None
    planned_for: dt.date | None = None
    """The day for which a meeting that has started was planned."""
    team_names: dict[str, str] = {}
    currency: str = ""
    corrections: dict[str, int] = {}
    """Seconds added to (or taken from) a step's clock by hand."""
    minutes: dict[str, int] = {}
    """Timeboxes that were set for this meeting alone, by the step's id; the others are those of config.yaml."""
    revealed: bool = False
    """Whether this meeting's ratings have been shown to the room."""
    lead: str = ""
    """The seat that leads the meeting in a store that several people use; empty where nobody does."""

    def step_of(self, step_id: str) -> AgendaStep | None:
        """The step with that id, or None."""
        return next((step for step in self.steps if step.id == step_id), None)

    def team_name(self, team: Team) -> str:
        """What people call the team."""
        return "Both" if team is Team.BOTH else self.team_names.get(team.value, team.value.upper())


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """All that one meeting holds: its head and its tables of records by uid, in the order they are shown."""

    head: Head
    people: dict[str, Person] = {}
    goals: dict[str, Goal] = {}
    lead_numbers: dict[str, LeadNumbers] = {}
    feedback: dict[str, Feedback] = {}
    wins: dict[str, Win] = {}
    coming_up: dict[str, ComingUp] = {}
    problems: dict[str, Problem] = {}
    decisions: dict[str, Decision] = {}
    action_items: dict[str, ActionItem] = {}
    ratings: dict[str, Rating] = {}
    notes: dict[str, Note] = {}
    amendments: dict[str, Amendment] = {}
    clock: dict[str, Interval] = {}
    edits: dict[str, Edit] = {}
    received: dict[str, Received] = {}

    def table(self, name: str) -> dict[str, Record]:
        """The records of one table by uid. The head is the only row of the table `meeting`."""
        if name == HEAD:
            return {self.head.uid: self.head}
        rows: dict[str, Record] = getattr(self, name)
        return rows

    def find(self, uid: str) -> tuple[str, Record] | None:
        """The table and the record with that uid among those that people see, or None."""
        for name in CONTENT:
            record = self.table(name).get(uid)
            if record is not None:
                return name, record
        return None

    def content(self) -> Iterator[tuple[str, Record]]:
        """Every record that people see, with its table."""
        for name in CONTENT:
            for record in self.table(name).values():
                yield name, record

    def with_tables(self, tables: dict[str, dict[str, Record]]) -> Meeting:
        """This meeting with those tables in place of its own, each put in order."""
        fields: dict[str, Any] = {}
        for name, rows in tables.items():
            if name == HEAD:
                fields["head"] = next(iter(rows.values()))
            else:
                fields[name] = {record.uid: record for record in in_order(rows)}
        return msgspec.structs.replace(self, **fields)


def in_order(rows: dict[str, Record]) -> list[Record]:
    """Records in the order in which they are shown."""
    return sorted(rows.values(), key=attrgetter("position", "created_at", "uid"))


HEAD = "meeting"
"""Name of the table that holds the head."""

TABLES: dict[str, type[Record]] = {HEAD: Head} | {
    name: get_args(hint)[1] for name, hint in get_type_hints(Meeting).items() if name != "head"
}
"""Every table of a meeting file and the type of its records."""

BOOKKEEPING = ("clock", "edits", "received")
"""Tables that people do not see as records."""

CONTENT = tuple(name for name in TABLES if name != HEAD and name not in BOOKKEEPING)
"""Tables of the records that people see and change."""

TABLE_OF: dict[type[Record], str] = {kind: name for name, kind in TABLES.items()}
"""The table of each type of record."""
