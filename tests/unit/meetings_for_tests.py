"""A meeting with something of everything in it."""

from __future__ import annotations

import datetime as dt

from meetings.kinds import (
    DecisionState,
    Direction,
    FeedbackKind,
    FeedbackState,
    ItemKind,
    ItemState,
    MeetingState,
    ProblemState,
    Status,
    Team,
    Unit,
)
from meetings.meeting import AgendaStep, Head, Meeting
from meetings.model import (
    ActionItem,
    ComingUp,
    Decision,
    Feedback,
    Goal,
    Interval,
    LeadNumbers,
    Note,
    Person,
    Problem,
    Rating,
    Reading,
    Record,
    Win,
)

DAY = dt.date(2026, 11, 21)
START = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
NUMBER = 42
STEPS = (
    AgendaStep(id="checkin", kind="checkin", title="Check-in", minutes=5),
    AgendaStep(id="goals", kind="goals", title="Goal review", minutes=10),
)


def uid(number: int) -> str:
    """An identifier that is the same in every run; the numbers 1 to 9 differ in their first character."""
    return f"{number:x}0000000-0000-4000-8000-000000000000"


def of(*records: Record) -> dict[str, Record]:
    """Records as a table, in that order."""
    return {record.uid: record for record in records}


def head(**fields: object) -> Head:
    """A closed meeting's head."""
    values: dict[str, object] = {
        "uid": uid(15),
        "number": NUMBER,
        "name": "Weekly sales & marketing alignment",
        "date": DAY,
        "state": MeetingState.CLOSED,
        "steps": STEPS,
        "started_at": START,
        "closed_at": START + dt.timedelta(minutes=16),
        "next_date": DAY + dt.timedelta(days=7),
        "team_names": {"a": "Sales", "b": "Marketing"},
        "currency": "€",
    }
    return Head(**(values | fields))  # type: ignore[arg-type]


def empty(**fields: object) -> Meeting:
    """A meeting with nothing in it. `fields` are the head's."""
    return Meeting(head=head(**fields))


def rated(*ratings: tuple[Team, int], **fields: object) -> Meeting:
    """A meeting with these ratings."""
    rows = of(
        *(
            Rating(uid=f"r{place}", person=f"Rater{place}", team=team, value=value)
            for place, (team, value) in enumerate(ratings)
        )
    )
    return empty(**fields).with_tables({"ratings": rows})


def full(**fields: object) -> Meeting:
    """A meeting with something in every section. `fields` are the head's."""
    items = of(
        ActionItem(
            uid="aaaaa1-new",
            title="Send the list",
            owner="Sam",
            team=Team.A,
            due=DAY + dt.timedelta(6),
            raised_in=42,
        ),
        ActionItem(
            uid="aaaaa2-new", title="Nobody's", due=None, raised_in=42, note="first line\nsecond line"
        ),
        ActionItem(
            uid="bbbbbbbb-carried",
            title="Join a call",
            owner="Lena",
            team=Team.B,
            due=DAY - dt.timedelta(8),
            kind=ItemKind.RIDE_ALONG,
            carried=2,
            moved=1,
            raised_in=40,
        ),
        ActionItem(
            uid="cccccccc-done",
            title="Fix the form",
            owner="Jonas",
            team=Team.B,
            due=DAY,
            state=ItemState.DONE,
            done_on=DAY - dt.timedelta(1),
            raised_in=41,
        ),
        ActionItem(
            uid="dddddddd-dropped",
            title="Buy a booth",
            owner="Sam",
            team=Team.A,
            state=ItemState.DROPPED,
            reason="No budget",
            raised_in=41,
        ),
    )
    return Meeting(head=head(**fields)).with_tables(
        {
            "people": of(
                Person(uid=uid(1), name="Sam", team=Team.A, present=True),
                Person(uid=uid(2), name="Lena", team=Team.B, present=True, position=1),
                Person(uid=uid(3), name="Jonas", team=Team.B, position=2),
                Person(uid=uid(4), name="Kim", guest=True, present=True, position=3),
                Person(uid=uid(5), name="Not here", guest=True, position=4),
            ),
            "goals": of(
                Goal(
                    uid=uid(6),
                    title="Pipeline",
                    owner="Sam",
                    unit=Unit.CURRENCY,
                    start=0,
                    target=100_000,
                    start_date=DAY - dt.timedelta(50),
                    due=DAY + dt.timedelta(50),
                    readings=(Reading(DAY, 60_000),),
                    note="two big deals",
                    status=Status.ON_TRACK,
                ),
                Goal(
                    uid=uid(7),
                    title="Response time",
                    unit=Unit.DURATION,
                    direction=Direction.AT_MOST,
                    target=60,
                    readings=(Reading(DAY - dt.timedelta(7), 90),),
                    position=1,
                ),
                Goal(
                    uid=uid(8),
                    title="Share",
                    unit=Unit.PERCENT,
                    direction=Direction.IN_RANGE,
                    target=20,
                    target_high=30,
                    position=2,
                ),
            ),
            "lead_numbers": of(
                LeadNumbers(
                    uid="l1",
                    source="Webinar",
                    period_start=DAY - dt.timedelta(6),
                    period_end=DAY,
                    new=80,
                    handed_over=61,
                    accepted=43,
                    rejected={"no budget": 4, "other": 2},
                    spend=400.0,
                ),
                LeadNumbers(
                    uid="l2",
                    source="Google",
                    period_start=DAY - dt.timedelta(6),
                    period_end=DAY,
                    new=20,
                    handed_over=0,
                    accepted=0,
                    position=1,
                ),
                LeadNumbers(
                    uid="l3",
                    source="Webinar",
                    period_start=DAY - dt.timedelta(13),
                    period_end=DAY - dt.timedelta(7),
                    handed_over=10,
                    accepted=9,
                    position=2,
                ),
            ),
            "feedback": of(
                Feedback(
                    uid="f1",
                    text="Leads are thin",
                    from_team=Team.A,
                    source="Webinar",
                    rating=2,
                    raised_by="Sam",
                    response="We ask for the budget now",
                    state=FeedbackState.ANSWERED,
                ),
                Feedback(
                    uid="f2",
                    text="Call them sooner",
                    from_team=Team.B,
                    kind=FeedbackKind.FOLLOW_UP,
                    position=1,
                ),
            ),
            "wins": of(
                Win(
                    uid="w1",
                    title="ACME signed",
                    credits=("Sam", "Lena", "Zoe"),
                    big=True,
                    what_worked="The case study",
                    amount=12_000,
                )
            ),
            "coming_up": of(
                ComingUp(uid="u1", text="Fair", team=Team.B, date=DAY + dt.timedelta(30)),
                ComingUp(uid="u2", text="Launch", team=Team.A, date=DAY + dt.timedelta(3), position=1),
            ),
            "problems": of(
                Problem(
                    uid="p1",
                    title="Slow form",
                    team=Team.B,
                    raised_by="Lena",
                    votes=2,
                    says_a="It loses leads",
                ),
                Problem(uid="p2", title="Two lists", state=ProblemState.SOLVED, position=1),
            ),
            "decisions": of(
                Decision(
                    uid="d1",
                    text="One list only",
                    owner="Lena",
                    success="no duplicates",
                    check_date=DAY + dt.timedelta(14),
                    origin="p2",
                    raised_in=42,
                ),
                Decision(
                    uid="d2",
                    text="Weekly webinar",
                    state=DecisionState.REVERSED,
                    note="too much",
                    raised_in=39,
                ),
            ),
            "action_items": items,
            "notes": of(
                Note(uid="n1", step="goals", text="Look at it\nagain", position=0),
                Note(uid="n2", step="checkin", text="Short today", position=1),
                Note(uid="n3", step="goals", text=" ", position=2),
            ),
            "ratings": of(
                *(
                    Rating(uid=f"r{place}", person=f"Rater{place}", team=team, value=value, word="wordy")
                    for place, (team, value) in enumerate(
                        zip([Team.A] * 3 + [Team.B] * 3, [8, 9, 8, 6, 7, 7], strict=True)
                    )
                )
            ),
            "clock": of(
                Interval(uid="c1", step="checkin", start=START, end=START + dt.timedelta(seconds=378)),
                Interval(
                    uid="c2",
                    step="goals",
                    start=START + dt.timedelta(seconds=378),
                    end=START + dt.timedelta(seconds=978),
                ),
            ),
        }
    )
