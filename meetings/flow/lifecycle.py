"""planned -> running -> closed, and back by reopening. Pure: each function returns a new meeting.

Closing meeting N plans meeting N+1. The two are two files, so a crash can fall in between; N+1 is
therefore a function of N and the configuration alone, and `in_step` tells whether it still has to be made
or brought up to date.
"""

from __future__ import annotations

import datetime as dt
import uuid

from msgspec import ValidationError, convert
from msgspec.structs import replace

from meetings.config import Config
from meetings.dates import next_date
from meetings.errors import UsageError
from meetings.flow.carry import carry_over
from meetings.flow.intake import taken_in
from meetings.flow.merge import Merged, merge
from meetings.flow.pacing import timed
from meetings.flow.states import refuse_unfit
from meetings.kinds import MeetingState, Team
from meetings.measures import pace
from meetings.meeting import CONTENT, HEAD, TABLES, AgendaStep, Head, Meeting
from meetings.model import Amendment, Person, Record

NAMESPACE = uuid.UUID("6f1f4a0e-6a0c-4c0b-9d0e-7f2f5f0a5c11")
"""Names derived from other names live in this space (uuid5)."""


def derived_uid(*parts: str) -> str:
    """The same identifier for the same parts, on every machine."""
    return str(uuid.uuid5(NAMESPACE, "\n".join(parts)))


def plan_first(config: Config, today: dt.date, now: dt.datetime, uid: str) -> Meeting:
    """The first meeting of a store, for the cadence's next day (today, if it is the day)."""
    date = next_date(today - dt.timedelta(days=1), "weekly", config.cadence.day)
    head = _head(config, number=1, date=date, uid=uid, now=now, agenda=config.agenda)
    return with_configured_people(Meeting(head=head), config, now)


def plan_next(closed: Meeting, config: Config) -> Meeting:
    """The meeting after `closed`, with what carries over. The same for the same arguments."""
    made_at = _closed_at(closed.head)
    date = _date_after(closed, config)
    head = _head(
        config,
        number=closed.head.number + 1,
        date=date,
        uid=derived_uid(closed.head.uid, "next"),
        now=made_at,
        agenda=config.agenda,
    )
    planned = Meeting(head=head).with_tables(carry_over(closed))
    return with_configured_people(planned, config, made_at)


def start(meeting: Meeting, config: Config, now: dt.datetime, today: dt.date, agenda: str = "") -> Meeting:
    """The planned meeting, running, today, with the agenda of that name as config.yaml has it now."""
    if meeting.head.state is not MeetingState.PLANNED:
        raise UsageError(f"Meeting {meeting.head.number} has started already.")
    if agenda and agenda not in config.agendas:
        raise UsageError(f"There is no agenda “{agenda}”; there are {', '.join(config.agendas)}.")
    name = agenda or (meeting.head.agenda if meeting.head.agenda in config.agendas else config.agenda)
    steps = timed(config.agendas[name], meeting.head.minutes)
    head = replace(
        meeting.head,
        state=MeetingState.RUNNING,
        updated_at=now,
        started_at=now,
        date=today,
        planned_for=meeting.head.date,
        agenda=name,
        steps=steps,
        step=steps[0].id,
        paused=False,
        next_date=date_after(meeting.head, max(today, meeting.head.date), config),
        name=config.name,
        currency=config.currency,
        team_names=team_names(config),
    )
    edits = {
        uid: edit
        for uid, edit in meeting.edits.items()
        if not any(change.table == HEAD for change in edit.changes)  # the date of a started meeting stays
    }
    return replace(meeting, head=head, received={}, edits=edits, clock={})


def close(meeting: Meeting, now: dt.datetime, risk_margin: float) -> Meeting:
    """The running meeting as the record it stays: goal statuses frozen, nothing left to undo."""
    if meeting.head.state is not MeetingState.RUNNING:
        raise UsageError(f"Meeting {meeting.head.number} is not running.")
    goals: dict[str, Record] = {
        uid: replace(goal, status=pace.measure(goal, meeting.head.date, risk_margin).status)
        for uid, goal in meeting.goals.items()
    }
    head = replace(
        meeting.head, state=MeetingState.CLOSED, closed_at=now, paused=False, lead="", updated_at=now
    )
    return replace(meeting.with_tables({"goals": goals}), head=head, edits={}, received={})


def reopen(closed: Meeting, successor: Meeting | None) -> Meeting:
    """The closed meeting, running again. Raises UsageError once its successor has started."""
    if closed.head.state is not MeetingState.CLOSED:
        raise UsageError(f"Meeting {closed.head.number} is not closed.")
    if successor is not None and successor.head.state is not MeetingState.PLANNED:
        raise UsageError(
            f"Meeting {closed.head.number} can no longer be reopened: meeting {successor.head.number} has started."
        )
    head = replace(closed.head, state=MeetingState.RUNNING, closed_at=None, paused=True)
    return replace(closed, head=head)


def amend(closed: Meeting, text: str, day: dt.date, now: dt.datetime) -> Meeting:
    """The closed meeting with an amendment of that day at the end of those it has; nothing else changes.

    Raises UsageError when the meeting is not closed, or the text is empty or too long.
    """
    need_closed(closed.head)
    place = max((row.position for row in closed.amendments.values()), default=0.0) + 1
    made = taken_in(Amendment(created_at=now, updated_at=now, position=place, on=day), {"text": text})
    refuse_unfit(made)
    rows: dict[str, Record] = {**closed.amendments, made.uid: made}
    return closed.with_tables({"amendments": rows})


def need_closed(head: Head) -> None:
    """Raise UsageError unless the meeting is closed, so that it is amended instead of changed."""
    if head.state is not MeetingState.CLOSED:
        raise UsageError(f"Meeting {head.number} is not closed: what is in it can still be changed.")


def need_planned(head: Head) -> None:
    """Raise UsageError unless the meeting is only planned, so that its date may still change."""
    if head.state is not MeetingState.PLANNED:
        raise UsageError(f"Meeting {head.number} has started: its date stays.")


def date_after(head: Head, day: dt.date, config: Config) -> dt.date:
    """The date of the meeting after this one, when this one is held on `day`; always later than `day`.

    The date that was planned for it stays while it fits the cadence: it is the cadence's next date or, where this
    meeting was moved ahead, the one after. Raises OverflowError at the end of the calendar.
    """
    every, weekday = config.cadence.every, config.cadence.day
    computed = next_date(day, every, weekday)
    planned = head.next_date
    if planned is not None and planned in (computed, next_date(computed, every, weekday)):
        return planned
    return computed


def _closed_at(head: Head) -> dt.datetime:
    """When the meeting was closed; its last change, where an edited file does not say."""
    if head.state is not MeetingState.CLOSED:
        raise ValueError("only a closed meeting has a successor")
    return head.closed_at or head.updated_at


def _date_after(closed: Meeting, config: Config) -> dt.date:
    return closed.head.next_date or next_date(closed.head.date, config.cadence.every, config.cadence.day)


def in_step(closed: Meeting, successor: Meeting, config: Config) -> bool:
    """Whether the successor has received what this closing of the meeting before it hands on.

    It has not when the meeting was reopened and closed again, or when another window's last edit came in after
    the closing.
    """
    if closed.head.state is not MeetingState.CLOSED or successor.head.state is not MeetingState.PLANNED:
        return True
    if successor.head.created_at != _closed_at(closed.head):
        return False
    return carry_over(closed)["received"] == successor.received


def bring_up_to_date(closed: Meeting, successor: Meeting, config: Config) -> Merged:
    """The planned successor of a meeting that was reopened and closed again.

    What was edited in the successor wins; what it had only received is replaced by what it would receive now.
    """
    fresh = plan_next(closed, config)
    base = _as_received(successor)
    mine = replace(successor, received={}, edits={})
    theirs = replace(fresh, received={}, head=base.head)
    merged = merge(base, mine, theirs, mine_wins=True)
    untouched = successor.head.updated_at == successor.head.created_at
    head = replace(
        fresh.head if untouched else successor.head,
        created_at=fresh.head.created_at,
        version=successor.head.version,
    )
    result = replace(merged.meeting, head=head, received=fresh.received, edits=successor.edits)
    return Merged(result, merged.clashes)


def _as_received(successor: Meeting) -> Meeting:
    """The successor as it was when it was planned: only what was carried over.

    A row that a damaged file has made unreadable is left out: what came of it then stays in the successor.
    """
    tables: dict[str, dict[str, Record]] = {}
    for row in successor.received.values():
        if row.table not in CONTENT:
            continue
        try:
            record = convert(row.row, TABLES[row.table])
        except (ValidationError, RecursionError):
            continue
        tables.setdefault(row.table, {})[record.uid] = record
    return Meeting(head=successor.head).with_tables(tables)


def team_names(config: Config) -> dict[str, str]:
    """What the two teams are called, by their letter."""
    return {letter: team.name for letter, team in config.teams.items()}


def _head(config: Config, *, number: int, date: dt.date, uid: str, now: dt.datetime, agenda: str) -> Head:
    steps: tuple[AgendaStep, ...] = config.agendas[agenda]
    return Head(
        uid=uid,
        created_at=now,
        updated_at=now,
        number=number,
        name=config.name,
        date=date,
        agenda=agenda,
        steps=steps,
        step=steps[0].id,
        next_date=next_date(date, config.cadence.every, config.cadence.day),
        team_names=team_names(config),
        currency=config.currency,
    )


def with_configured_people(meeting: Meeting, config: Config, now: dt.datetime) -> Meeting:
    """The meeting with everyone that config.yaml names; who is on the list already stays as they are."""
    known = {person.name.casefold() for person in meeting.people.values()}
    people: dict[str, Record] = dict(meeting.people)
    place = max((person.position for person in people.values()), default=0.0)
    for letter, team in config.teams.items():
        for name in team.people:
            if name.casefold() in known:
                continue
            place += 1
            uid = derived_uid(meeting.head.uid, "person", name)
            people[uid] = Person(
                uid=uid, created_at=now, updated_at=now, position=place, name=name, team=Team(letter)
            )
    return meeting.with_tables({"people": people})
