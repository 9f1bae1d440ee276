"""How a step keeps to its time: when to say so, minutes from a later step, and what it usually takes. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from msgspec.structs import replace

from meetings.errors import UsageError
from meetings.flow import clock
from meetings.kinds import MeetingState
from meetings.meeting import AgendaStep, Meeting

SOON = 0.8
"""Share of a step's time after which its end is near."""
LOAN = 5
"""Minutes that are taken from a later step at once, where it has so many to spare."""
LOOK_BACK, AT_LEAST = 5, 3
"""Meetings that are looked back at for the time that a step takes; and how many must have had it."""
NOTICEABLE = 2.0
"""Mean minutes over from which other minutes are proposed."""
ROUND = 5
"""Minutes are proposed in multiples of this."""
LONGEST = 600
"""Most minutes of a step: ten hours."""


class Stage(IntEnum):
    """How far a step has come in its time."""

    AMPLE = 0
    SOON = 1
    OVER = 2


@dataclass(frozen=True)
class Proposal:
    """Other minutes for a step: it took `over` minutes more than now, in the mean of so many `meetings`."""

    step: AgendaStep
    over: float
    meetings: int
    minutes: int


def stage(meeting: Meeting, step_id: str, now: dt.datetime | None = None, live: str = "") -> Stage:
    """How far the step has come; one without any time planned is never near its end."""
    step = meeting.head.step_of(step_id)
    planned = step.minutes * 60 if step else 0
    spent = clock.spent(meeting, step_id, now, live)
    if planned <= 0 or spent < SOON * planned:
        return Stage.AMPLE
    return Stage.OVER if spent >= planned else Stage.SOON


class Nudges:
    """Says each stage of each step once: not what was reached before it was first looked at, and nothing twice."""

    def __init__(self) -> None:
        self._reached: dict[tuple[str, str], Stage] = {}

    def look(self, meeting: Meeting, now: dt.datetime, live: str) -> Stage | None:
        """The stage that the current step has just come to, or None."""
        head = meeting.head
        found = stage(meeting, head.step, now, live)
        before = self._reached.setdefault((head.uid, head.step), found)
        if found <= before or not clock.ticking(meeting):
            return None
        self._reached[head.uid, head.step] = found
        return found


def timed(steps: Iterable[AgendaStep], minutes: Mapping[str, int]) -> tuple[AgendaStep, ...]:
    """The steps, those of `minutes` (by id) with other timeboxes."""
    return tuple(replace(step, minutes=minutes.get(step.id, step.minutes)) for step in steps)


def lenders(meeting: Meeting, now: dt.datetime | None = None, live: str = "") -> list[tuple[AgendaStep, int]]:
    """The steps after the current one with the minutes that each can give: LOAN, or what it has beyond a minute."""
    steps = meeting.head.steps
    at = next((n for n, step in enumerate(steps) if step.id == meeting.head.step), len(steps))
    found = []
    for step in steps[at + 1 :]:
        spare = clock.remaining(meeting, step.id, now, live) // 60 - 1
        if spare > 0:
            found.append((step, min(LOAN, spare)))
    return found


def lend(meeting: Meeting, lender: AgendaStep, minutes: int) -> dict[str, int]:
    """The timeboxes of the current step and of `lender` once so many minutes have gone from there to here.

    Raises UsageError when it has not so many to give.
    """
    here, there = meeting.head.step_of(meeting.head.step), meeting.head.step_of(lender.id)
    if here is None or there is None or here is there or not 0 < minutes < there.minutes:
        raise UsageError(f"“{lender.title}” has not so many minutes to give.")
    return {here.id: here.minutes + minutes, there.id: there.minutes - minutes}


def proposals(steps: Sequence[AgendaStep], earlier: Iterable[Meeting]) -> list[Proposal]:
    """Steps that have lately taken noticeably more than their minutes of now, the worst first (docs/formulas.md).

    `earlier` are the meetings before, oldest first; only closed ones count.
    """
    held = [meeting for meeting in earlier if meeting.head.state is MeetingState.CLOSED][-LOOK_BACK:]
    found = []
    for step in steps:
        taken = [spent for meeting in held if (spent := clock.spent(meeting, step.id)) > 0]
        if len(taken) < AT_LEAST:
            continue
        over = sum(taken) / len(taken) / 60 - step.minutes
        if over >= NOTICEABLE:
            near = round((step.minutes + over) / ROUND) * ROUND
            minutes = near if near > step.minutes else round(step.minutes + over)
            found.append(Proposal(step, over, len(taken), min(minutes, LONGEST)))
    return sorted(found, key=lambda one: -one.over)
