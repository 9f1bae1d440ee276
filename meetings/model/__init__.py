"""The records of a meeting.

A record's fields are declared once, here and in meetings.model.leads. The store, the forms, quick add and the
minutes read these declarations (see meetings.model.record): the title of a field, whether it is the record's main
field, and what may be offered for it. Records are frozen: a change makes a new one (see meetings.session).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, ClassVar

import msgspec
from msgspec import Meta

from meetings.kinds import (
    DecisionState,
    Direction,
    FeedbackKind,
    FeedbackState,
    GoalState,
    Horizon,
    ItemKind,
    ItemState,
    ProblemState,
    Status,
    Team,
    Unit,
    Verdict,
)
from meetings.model.leads import LeadNumbers
from meetings.model.record import EPOCH, ZONED, Record, about, hints_of, info, main_field, new_uid, words

__all__ = [
    "EPOCH",
    "ZONED",
    "ActionItem",
    "Amendment",
    "Change",
    "ComingUp",
    "Decision",
    "Edit",
    "Feedback",
    "Goal",
    "Interval",
    "LeadNumbers",
    "Note",
    "Person",
    "Problem",
    "Rating",
    "Reading",
    "Received",
    "Record",
    "Stars",
    "Win",
    "about",
    "hints_of",
    "info",
    "main_field",
    "new_uid",
    "words",
]

Stars = Annotated[int, Meta(ge=1, le=5)]
"""A rating of feedback."""


class Person(Record, frozen=True, kw_only=True):
    """Someone who takes part. A guest is here this once and does not carry."""

    noun: ClassVar[str] = "person"

    name: Annotated[str, about("Name", main=True, required=True)] = ""
    team: Annotated[Team, about("Team")] = Team.BOTH
    guest: Annotated[bool, about("Guest")] = False
    present: Annotated[bool, about("Present")] = False
    abstains: Annotated[bool, about("Does not rate", form=False)] = False
    """Whether they leave the rating of this meeting to the others."""


class Reading(msgspec.Struct, frozen=True):
    """A goal's value on a day."""

    date: dt.date
    value: float


class Goal(Record, frozen=True, kw_only=True):
    """A shared SMART goal; its readings travel with it from meeting to meeting."""

    noun: ClassVar[str] = "goal"

    title: Annotated[str, about("Goal", main=True, required=True)] = ""
    team: Annotated[Team, about("Team")] = Team.BOTH
    owner: Annotated[str, about("Owner", offer="people")] = ""
    metric: Annotated[str, about("Metric", help="what is counted, and where it is read")] = ""
    unit: Annotated[Unit, about("Unit")] = Unit.NUMBER
    direction: Annotated[Direction, about("Direction")] = Direction.AT_LEAST
    start: Annotated[float | None, about("Start value", help="the figure on the first day")] = None
    target: Annotated[float | None, about("Target", help="a value, or +10 % of the start")] = None
    target_high: Annotated[float | None, about("Target, upper end", help="for a range")] = None
    start_date: Annotated[dt.date | None, about("From", help="the day from which progress counts")] = None
    due: Annotated[dt.date | None, about("Due", help="the day on which the target is to be reached")] = None
    horizon: Annotated[Horizon, about("Horizon", help="how long the goal runs")] = Horizon.QUARTER
    supports: Annotated[str, about("Supports", offer="objectives", help="a shared objective")] = ""
    agreed: Annotated[bool, about("Agreed by both teams")] = False
    realistic: Annotated[bool | None, about("Realistic", help="until readings can tell")] = None
    state: Annotated[GoalState, about("State")] = GoalState.OPEN
    reason: Annotated[str, about("Reason")] = ""
    note: Annotated[str, about("Note")] = ""
    overruled: Annotated[Status | None, about("Status set by hand", help="needs a note")] = None
    status: Annotated[Status, about("Status when closed", form=False)] = Status.UNKNOWN
    readings: Annotated[tuple[Reading, ...], about("Readings", form=False)] = ()
    raised_in: Annotated[int, about("Raised in", form=False)] = 0


class Feedback(Record, frozen=True, kw_only=True):
    """What one team tells the other, and the answer."""

    noun: ClassVar[str] = "feedback"

    text: Annotated[str, about("Feedback", main=True, required=True, long=True)] = ""
    from_team: Annotated[Team, about("From")] = Team.A
    kind: Annotated[FeedbackKind, about("About")] = FeedbackKind.LEAD_QUALITY
    raised_by: Annotated[str, about("Raised by", offer="people")] = ""
    source: Annotated[str, about("Source or campaign", offer="sources")] = ""
    audience: Annotated[str, about("Audience")] = ""
    rating: Annotated[Stars | None, about("Rating 1 to 5")] = None
    lead: Annotated[str, about("Lead", help="CRM id or company, no more")] = ""
    verdict: Annotated[Verdict | None, about("Verdict on the lead", help="what became of the lead")] = None
    reason: Annotated[str, about("Reason", offer="reasons")] = ""
    response: Annotated[str, about("Response", long=True)] = ""
    state: Annotated[FeedbackState, about("State")] = FeedbackState.NEW
    answered_on: Annotated[dt.date | None, about("Answered on", form=False)] = None
    closed_on: Annotated[dt.date | None, about("Closed on", form=False)] = None
    raised_in: Annotated[int, about("Raised in", form=False)] = 0


class Win(Record, frozen=True, kw_only=True):
    """Something that went well, with credit for both teams."""

    noun: ClassVar[str] = "win"

    title: Annotated[str, about("Win", main=True, required=True)] = ""
    team: Annotated[Team, about("Team")] = Team.BOTH
    credits: Annotated[tuple[str, ...], about("Credit to", offer="people")] = ()
    big: Annotated[bool, about("Big")] = False
    what_worked: Annotated[str, about("What worked", long=True)] = ""
    source: Annotated[str, about("Source or campaign", offer="sources")] = ""
    audience: Annotated[str, about("Audience")] = ""
    amount: Annotated[float | None, about("Amount")] = None


class ComingUp(Record, frozen=True, kw_only=True):
    """A launch, campaign or deal that both teams should know of."""

    noun: ClassVar[str] = "coming up"

    text: Annotated[str, about("Coming up", main=True, required=True)] = ""
    team: Annotated[Team, about("Team")] = Team.BOTH
    date: Annotated[dt.date | None, about("Date")] = None


class Problem(Record, frozen=True, kw_only=True):
    """A parked problem; decisions and items whose origin it is solve it."""

    noun: ClassVar[str] = "problem"

    title: Annotated[str, about("Problem", main=True, required=True)] = ""
    team: Annotated[Team, about("Team")] = Team.BOTH
    raised_by: Annotated[str, about("Raised by", offer="people")] = ""
    says_a: Annotated[str, about("What {a} says", long=True)] = ""
    says_b: Annotated[str, about("What {b} says", long=True)] = ""
    votes: Annotated[int, about("Votes"), Meta(ge=0)] = 0
    state: Annotated[ProblemState, about("State")] = ProblemState.PARKED
    reason: Annotated[str, about("Reason")] = ""
    origin: Annotated[str, about("Came from", form=False)] = ""
    origin_text: Annotated[str, about("Came from", form=False)] = ""
    raised_in: Annotated[int, about("Raised in", form=False)] = 0


class Decision(Record, frozen=True, kw_only=True):
    """What was decided, how we will know, and when to look again."""

    noun: ClassVar[str] = "decision"

    text: Annotated[str, about("Decision", main=True, required=True, long=True)] = ""
    team: Annotated[Team, about("Team")] = Team.BOTH
    owner: Annotated[str, about("Owner", offer="people")] = ""
    success: Annotated[str, about("How we will know", help="the success metric")] = ""
    check_date: Annotated[dt.date | None, about("Check on")] = None
    state: Annotated[DecisionState, about("State")] = DecisionState.STANDING
    note: Annotated[str, about("Note")] = ""
    origin: Annotated[str, about("Came from", form=False)] = ""
    origin_text: Annotated[str, about("Came from", form=False)] = ""
    raised_in: Annotated[int, about("Raised in", form=False)] = 0


class ActionItem(Record, frozen=True, kw_only=True):
    """A promise with one owner and a date."""

    noun: ClassVar[str] = "action item"

    title: Annotated[str, about("Action item", main=True, required=True)] = ""
    owner: Annotated[str, about("Owner", offer="people")] = ""
    team: Annotated[Team, about("Team")] = Team.BOTH
    due: Annotated[dt.date | None, about("Due")] = None
    kind: Annotated[ItemKind, about("Kind")] = ItemKind.TASK
    state: Annotated[ItemState, about("State")] = ItemState.OPEN
    reason: Annotated[str, about("Reason dropped")] = ""
    note: Annotated[str, about("Note", long=True)] = ""
    done_on: Annotated[dt.date | None, about("Done on", form=False)] = None
    carried: Annotated[int, about("Carried", form=False), Meta(ge=0)] = 0
    moved: Annotated[int, about("Due date moved", form=False), Meta(ge=0)] = 0
    reviewed: Annotated[bool, about("Reviewed in this meeting", form=False)] = False
    origin: Annotated[str, about("Came from", form=False)] = ""
    origin_text: Annotated[str, about("Came from", form=False)] = ""
    raised_in: Annotated[int, about("Raised in", form=False)] = 0


class Rating(Record, frozen=True, kw_only=True):
    """One person's rating of the meeting. The name never leaves the meeting file."""

    noun: ClassVar[str] = "rating"

    person: Annotated[str, about("Person", required=True, offer="people")] = ""
    team: Annotated[Team, about("Team")] = Team.BOTH
    value: Annotated[int, about("Rating 1 to 10", main=True), Meta(ge=1, le=10)] = 10
    word: Annotated[str, about("In a word")] = ""


class Note(Record, frozen=True, kw_only=True):
    """The note of one step, for everyone."""

    noun: ClassVar[str] = "note"

    step: Annotated[str, about("Step", form=False)] = ""
    text: Annotated[str, about("Note", main=True, long=True)] = ""


class Amendment(Record, frozen=True, kw_only=True):
    """What was added to a closed meeting later, and on which day; nothing else in a closed meeting changes."""

    noun: ClassVar[str] = "amendment"

    text: Annotated[str, about("Amendment", main=True, required=True, long=True)] = ""
    on: Annotated[dt.date | None, about("On")] = None


class Interval(Record, frozen=True, kw_only=True):
    """A stretch of time spent in a step; the running one is lengthened by a heartbeat."""

    noun: ClassVar[str] = "interval"

    step: str = ""
    start: Annotated[dt.datetime, ZONED] = EPOCH
    end: Annotated[dt.datetime, ZONED] = EPOCH


class Change(msgspec.Struct, frozen=True):
    """One record's part of an edit: its fields before and after (None: the record was not there)."""

    table: str
    uid: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Edit(Record, frozen=True, kw_only=True):
    """One thing a person did, so that it can be undone. `seat` is who did it (no name)."""

    noun: ClassVar[str] = "edit"

    seat: str = ""
    label: str = ""
    changes: tuple[Change, ...] = ()
    undone: bool = False


class Received(Record, frozen=True, kw_only=True):
    """A row as it was carried over into this meeting: the common ancestor when a reopened predecessor closes again."""

    noun: ClassVar[str] = "received"

    table: str = ""
    row: dict[str, Any] = {}
