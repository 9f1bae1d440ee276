"""The closed sets of values that records use, in the words of the field."""

from __future__ import annotations

from enum import StrEnum


class Team(StrEnum):
    """The two teams by their place in the configuration, and both together."""

    A = "a"
    B = "b"
    BOTH = "both"


class MeetingState(StrEnum):
    """planned -> running -> closed; reopening goes back to running."""

    PLANNED = "planned"
    RUNNING = "running"
    CLOSED = "closed"


class Unit(StrEnum):
    """What a goal's readings count. Percent is stored as typed (27 for 27 %), a duration in minutes."""

    NUMBER = "number"
    PERCENT = "percent"
    CURRENCY = "currency"
    YES_NO = "yes_no"
    DURATION = "duration"


class Direction(StrEnum):
    """Which side of the target is good."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    IN_RANGE = "in_range"


class Horizon(StrEnum):
    """How far off the goal is: sales thinks in quarters, marketing in years."""

    QUARTER = "quarter"
    YEAR = "year"
    LONG_TERM = "long_term"


class GoalState(StrEnum):
    """Whether the goal is still pursued."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Status(StrEnum):
    """How a goal stands against its pace."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    DONE = "done"
    UNKNOWN = "unknown"


STATUS_SIGNS = {
    Status.ON_TRACK: "●",
    Status.AT_RISK: "▲",
    Status.OFF_TRACK: "■",
    Status.DONE: "✓",
    Status.UNKNOWN: "?",
}
"""The sign of each status, one cell wide: it tells the status without colour, on the screen and in the minutes."""


class FeedbackKind(StrEnum):
    """What feedback is about: the first three come from team a, the others from team b."""

    LEAD_QUALITY = "lead_quality"
    CAMPAIGN = "campaign"
    CUSTOMER_INSIGHT = "customer_insight"
    FOLLOW_UP = "follow_up"
    MESSAGING = "messaging"
    CONTENT = "content"
    AUDIENCE = "audience"
    MARKET = "market"


KINDS_FROM: dict[Team, tuple[FeedbackKind, ...]] = {
    Team.A: (FeedbackKind.LEAD_QUALITY, FeedbackKind.CAMPAIGN, FeedbackKind.CUSTOMER_INSIGHT),
    Team.B: (
        FeedbackKind.FOLLOW_UP,
        FeedbackKind.MESSAGING,
        FeedbackKind.CONTENT,
        FeedbackKind.AUDIENCE,
        FeedbackKind.MARKET,
    ),
}
"""The kinds of feedback each team gives; the first is the default."""


class Verdict(StrEnum):
    """What sales says of one lead: what became of it, or that it is an example of those to look for, or not to."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DISQUALIFIED = "disqualified"
    RECYCLED = "recycled"
    STRONG_FIT = "strong_fit"
    WEAK_FIT = "weak_fit"


REFUSALS = (Verdict.REJECTED, Verdict.DISQUALIFIED)
"""Verdicts that the other team may dispute."""


class FeedbackState(StrEnum):
    """How far feedback has come."""

    NEW = "new"
    ANSWERED = "answered"
    ACTED = "acted"
    CLOSED = "closed"


class ProblemState(StrEnum):
    """Where a parked problem stands."""

    PARKED = "parked"
    SOLVED = "solved"
    DROPPED = "dropped"


class DecisionState(StrEnum):
    """What came of a decision when it was checked."""

    STANDING = "standing"
    CONFIRMED = "confirmed"
    REVERSED = "reversed"


class ItemKind(StrEnum):
    """What sort of promise an action item is; all but TASK bring the teams closer."""

    TASK = "task"
    RIDE_ALONG = "ride_along"
    TRAINING = "training"
    CONTENT = "content"
    SWAP = "swap"


class ItemState(StrEnum):
    """Whether a promise is still open."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
