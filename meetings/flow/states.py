"""What follows from a change to one record, and what the one-key changes are.

`settle` is applied to every record on its way into a meeting, whether it was typed in a form, ticked
with a key or added on the command line, so that its fields always agree with each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, TypeGuard

from msgspec.structs import replace

from meetings.dates import show_day
from meetings.errors import UsageError
from meetings.kinds import (
    KINDS_FROM,
    REFUSALS,
    DecisionState,
    FeedbackState,
    GoalState,
    ItemState,
    ProblemState,
    Team,
)
from meetings.meeting import Meeting
from meetings.model import (
    ActionItem,
    Amendment,
    Decision,
    Feedback,
    Goal,
    Person,
    Problem,
    Reading,
    Record,
    Win,
    info,
    main_field,
)

LONGEST = 20_000
"""Characters that one field may hold."""


def settle(
    before: Record | None,
    after: Record,
    meeting: Meeting,
    today: dt.date,
    given: Collection[str] = (),
) -> Record:
    """The record with everything that follows from its change. Raises UsageError when it may not be so.

    `given` are the fields that a change names: what a person has said does not follow from anything else.
    """
    refuse_unfit(after)
    if isinstance(after, Amendment):
        raise UsageError("Only a closed meeting is amended, and its amendments stay as they are.")
    if before is None and hasattr(after, "raised_in") and not after.raised_in:
        after = replace(after, raised_in=meeting.head.number)
    if isinstance(after, ActionItem):
        return _settle_item(before if isinstance(before, ActionItem) else None, after, meeting, today, given)
    if isinstance(after, Feedback):
        return _settle_feedback(before if isinstance(before, Feedback) else None, after, today)
    if isinstance(after, Person) and (before is None or before.name != after.name):  # type: ignore[attr-defined]
        taken = any(
            p.name.casefold() == after.name.casefold() and p.uid != after.uid for p in meeting.people.values()
        )
        if taken:
            raise UsageError(f"{after.name} is on the list already.")
    if isinstance(after, Goal):
        _refuse_backwards(before if isinstance(before, Goal) else None, after, meeting)
        _refuse_unexplained(before if isinstance(before, Goal) else None, after)
    if isinstance(after, Decision) and before is None and not after.check_date and meeting.head.next_date:
        return replace(after, check_date=meeting.head.next_date)
    return after


def refuse_unfit(record: Record) -> None:
    """Raise UsageError when a text that is needed is missing, or one is too long."""
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if not isinstance(value, str):
            continue
        about = info(type(record), name)
        if about.get("required") and not value.strip():
            raise UsageError(f"{about['title']} may not be empty.")
        if len(value) > LONGEST:
            raise UsageError(f"{about.get('title', name)} is too long: at most {LONGEST:,} characters fit.")


def _refuse_backwards(before: Goal | None, after: Goal, meeting: Meeting) -> None:
    """Refuse a goal that is due before it begins; one that came so (from another version) can still be edited."""
    start, due = after.start_date, after.due
    if start is None or due is None or start < due:
        return
    if before is None or (before.start_date, before.due) != (start, due):
        field = "start_date" if before is None or before.start_date != start else "due"
        first, last = show_day(start, meeting.head.date), show_day(due, meeting.head.date)
        raise UsageError(f"A goal begins before it is due: {first} is not before {last}.", field=field)


def _refuse_unexplained(before: Goal | None, after: Goal) -> None:
    """Refuse a status set by hand without a note; one that came so from another version can still be edited."""
    if after.overruled is None or after.note.strip():
        return
    if before is None or before.overruled is not after.overruled or before.note.strip():
        raise UsageError("A status set by hand needs a note that says why.", field="note")


def _settle_item(
    before: ActionItem | None,
    after: ActionItem,
    meeting: Meeting,
    today: dt.date,
    given: Collection[str],
) -> ActionItem:
    if before is None:
        if after.due is None:
            after = replace(after, due=meeting.head.next_date)
        if after.owner and after.team is Team.BOTH and "team" not in given:
            after = replace(after, team=team_of(meeting, after.owner) or Team.BOTH)
    else:
        first_seen_here = after.raised_in == meeting.head.number
        if before.due is not None and after.due != before.due and not first_seen_here:
            after = replace(after, moved=before.moved + 1)
        if after.owner != before.owner and "team" not in given and after.owner:
            of = team_of(meeting, after.owner)
            after = replace(after, team=after.team if of in (None, Team.BOTH) else of)
    if after.state is ItemState.DONE and after.done_on is None:
        after = replace(after, done_on=today)
    if after.state is not ItemState.DONE and after.done_on is not None:
        after = replace(after, done_on=None)
    if after.state is ItemState.OPEN and after.reason:
        after = replace(after, reason="")
    return after


def _settle_feedback(before: Feedback | None, after: Feedback, today: dt.date) -> Feedback:
    if after.from_team is Team.BOTH:
        raise UsageError("Feedback comes from one team: name which one.")
    if before is None or before.from_team is not after.from_team:
        kinds = KINDS_FROM[after.from_team]
        if after.kind not in kinds:
            after = replace(after, kind=kinds[0])
    if after.response and after.state is FeedbackState.NEW:
        after = replace(after, state=FeedbackState.ANSWERED)
    if not after.response and after.state is FeedbackState.ANSWERED:
        after = replace(after, state=FeedbackState.NEW)
    answered = bool(after.response) or after.state is FeedbackState.ACTED
    if answered != (after.answered_on is not None):
        after = replace(after, answered_on=today if answered else None)
    closed = after.state is FeedbackState.CLOSED
    if closed != (after.closed_on is not None):
        after = replace(after, closed_on=today if closed else None)
    return after


def team_of(meeting: Meeting, name: str) -> Team | None:
    """The team of the person with that name; None when nobody has it."""
    return next((p.team for p in meeting.people.values() if p.name == name), None)


def newcomers(record: Record, fields: Mapping[str, Any], meeting: Meeting) -> list[Person]:
    """Those whom these fields of the record name and who are not on the list yet: from now on they are people.

    They belong to the team of the record that they are first named in.
    """
    named: list[str] = []
    for name, value in fields.items():
        if info(type(record), name).get("offer") == "people":
            named += [value] if isinstance(value, str) else value
    known = {person.name.casefold() for person in meeting.people.values()}
    new = {name.casefold(): name for name in reversed(named) if name and name.casefold() not in known}
    of = "from_team" if isinstance(record, Feedback) else "team"
    team = fields.get(of, getattr(record, of, Team.BOTH))
    return [Person(name=name, team=team) for name in reversed(new.values())]


def tick(record: Record) -> dict[str, Any] | None:
    """The fields that Space changes: done, present, agreed, confirmed, closed, solved, big. None: nothing to tick."""
    match record:
        case ActionItem():
            done = record.state is not ItemState.DONE
            return {"state": ItemState.DONE if done else ItemState.OPEN, "reviewed": True}
        case Person():
            return {"present": not record.present}
        case Goal():
            return {"agreed": not record.agreed}
        case Decision():
            standing = record.state is DecisionState.STANDING
            return {"state": DecisionState.CONFIRMED if standing else DecisionState.STANDING}
        case Feedback():
            if record.state is not FeedbackState.CLOSED:
                return {"state": FeedbackState.CLOSED}
            return {"state": FeedbackState.ANSWERED if record.response else FeedbackState.NEW}
        case Problem():
            parked = record.state is ProblemState.PARKED
            return {"state": ProblemState.SOLVED if parked else ProblemState.PARKED}
        case Win():
            return {"big": not record.big}
    return None


def not_done(record: Record) -> dict[str, Any] | None:
    """The fields that say that a promise was looked at and is not done."""
    if isinstance(record, ActionItem):
        return {"state": ItemState.OPEN, "reviewed": True}
    return None


def drop(record: Record, reason: str) -> dict[str, Any] | None:
    """The fields that drop a record for a reason. None: this kind of record is removed instead."""
    match record:
        case ActionItem():
            return {"state": ItemState.DROPPED, "reason": reason, "reviewed": True}
        case Problem():
            return {"state": ProblemState.DROPPED, "reason": reason}
        case Goal():
            return {"state": GoalState.DROPPED, "reason": reason}
        case Decision():
            return {"state": DecisionState.REVERSED, "note": reason}
    return None


def with_reading(goal: Goal, day: dt.date, value: float) -> dict[str, Any]:
    """The fields that give a goal its reading for that day, in place of an earlier one for the same day."""
    others = [reading for reading in goal.readings if reading.date != day]
    return {"readings": tuple(sorted([*others, Reading(day, value)], key=lambda reading: reading.date))}


def without_reading(goal: Goal, day: dt.date) -> dict[str, Any]:
    """The fields that take a goal's reading for that day away."""
    return {"readings": tuple(reading for reading in goal.readings if reading.date != day)}


def acted_on(record: Record) -> dict[str, Any] | None:
    """The fields of the record that an action item or a decision came from."""
    if isinstance(record, Feedback) and record.state in (FeedbackState.NEW, FeedbackState.ANSWERED):
        return {"state": FeedbackState.ACTED}
    return None


def sides_of(record: Record | None) -> dict[str, Any]:
    """The fields of a problem that say what each team says, where the problem comes from feedback."""
    if not isinstance(record, Feedback):
        return {}
    said, answered = ("says_a", "says_b") if record.from_team is Team.A else ("says_b", "says_a")
    return {said: record.text, answered: record.response}


def can_dispute(record: Record | None) -> TypeGuard[Feedback]:
    """Whether this is feedback on a lead that was turned down."""
    return isinstance(record, Feedback) and record.verdict in REFUSALS


def dispute(feedback: Feedback, meeting: Meeting) -> Problem:
    """The problem that a team makes of a lead that was turned down, with the words of both sides.

    Raises UsageError when that is a problem already.
    """
    parked = (p for p in meeting.problems.values() if p.state is ProblemState.PARKED)
    if any(problem.origin == feedback.uid for problem in parked):
        raise UsageError("This is among the parked problems already.")
    lead, why = feedback.lead or "A lead", f": {feedback.reason}" if feedback.reason else ""
    return Problem(title=f"{lead} was {feedback.verdict}{why}", **sides_of(feedback), **origin_of(feedback))


def origin_of(record: Record | None) -> dict[str, Any]:
    """The fields by which a new record says where it came from."""
    if record is None or isinstance(record, Person):
        return {}
    return {"origin": record.uid, "origin_text": str(getattr(record, main_field(type(record))))}
