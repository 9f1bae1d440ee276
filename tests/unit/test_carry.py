"""What carries over from a closed meeting into the next: one rule for each kind of record."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from meetings_for_tests import full
from msgspec.structs import replace

from meetings.flow.carry import carried, carry_over, due_for_check
from meetings.flow.lifecycle import derived_uid
from meetings.kinds import (
    DecisionState,
    FeedbackState,
    GoalState,
    ItemState,
    ProblemState,
    Status,
    Team,
)
from meetings.measures.accountability import needs_choice
from meetings.model import (
    ActionItem,
    ComingUp,
    Decision,
    Feedback,
    Goal,
    LeadNumbers,
    Note,
    Person,
    Problem,
    Rating,
    Reading,
    Record,
    Win,
)
from tests.conftest import MONDAY

HELD = MONDAY.date()
NEXT = HELD + dt.timedelta(7)


@pytest.mark.parametrize(
    ("record", "carries"),
    [
        *((Goal(title="x", state=state), state is GoalState.OPEN) for state in GoalState),
        *((ActionItem(title="x", state=state), state is ItemState.OPEN) for state in ItemState),
        *((Feedback(text="x", state=state), state is not FeedbackState.CLOSED) for state in FeedbackState),
        *((Problem(title="x", state=state), state is ProblemState.PARKED) for state in ProblemState),
        *((Decision(text="x", state=state), state is DecisionState.STANDING) for state in DecisionState),
        (ComingUp(text="x"), True),
        (ComingUp(text="x", date=NEXT), True),
        (ComingUp(text="x", date=HELD + dt.timedelta(1)), True),
        (ComingUp(text="x", date=HELD), False),
        (Person(name="Sam"), True),
        (Person(name="Kim", guest=True), False),
        (Win(title="x"), False),
        (Rating(person="Sam"), False),
        (Note(text="x"), False),
        (LeadNumbers(source="x"), False),
    ],
)
def test_what_carries(record: Record, carries: bool) -> None:
    assert (carried(record, HELD) is not None) is carries


def carry(record: Any) -> Any:
    return carried(record, HELD)


def test_an_open_goal_carries_with_its_readings_and_is_judged_anew() -> None:
    goal = Goal(
        title="Pipeline",
        readings=(Reading(MONDAY.date(), 27.0),),
        status=Status.OFF_TRACK,
        overruled=Status.AT_RISK,
        note="one big deal",
        agreed=True,
    )
    row = carry(goal)
    assert row.readings == goal.readings
    assert (row.status, row.overruled, row.note, row.agreed) == (Status.UNKNOWN, None, "", True)


def test_an_open_item_was_carried_once_more_and_is_looked_at_anew() -> None:
    row = carry(ActionItem(title="x", carried=2, moved=1, reviewed=True, owner="Sam"))
    assert (row.carried, row.moved, row.reviewed, row.owner) == (3, 1, False, "Sam")


def test_an_item_past_due_and_carried_three_times_asks_for_a_choice() -> None:
    item = ActionItem(title="x", carried=2, due=MONDAY.date())
    assert not needs_choice(item, NEXT, 3)
    assert needs_choice(carry(item), NEXT, 3)
    assert not needs_choice(carry(replace(item, due=NEXT)), NEXT, 3)


def test_people_carry_without_having_been_there() -> None:
    row = carry(Person(name="Sam", team=Team.A, present=True))
    assert (row.name, row.team, row.present) == ("Sam", Team.A, False)


@pytest.mark.parametrize(
    ("decision", "due"),
    [
        (Decision(text="x", check_date=NEXT), True),
        (Decision(text="x", check_date=NEXT - dt.timedelta(30)), True),
        (Decision(text="x", check_date=NEXT + dt.timedelta(1)), False),
        (Decision(text="x"), False),
        (Decision(text="x", check_date=NEXT, state=DecisionState.CONFIRMED), False),
    ],
)
def test_a_standing_decision_is_due_when_the_meetings_date_has_reached_it(
    decision: Decision, due: bool
) -> None:
    assert due_for_check(decision, NEXT) is due


def test_a_whole_meeting() -> None:
    meeting = full()
    tables = carry_over(meeting)
    assert {name: len(rows) for name, rows in tables.items() if name != "received"} == {
        "people": 3,
        "goals": 3,
        "feedback": 2,
        "coming_up": 2,
        "problems": 1,
        "decisions": 1,
        "action_items": 3,
    }
    assert set(tables["received"]) == {
        uid for name, rows in tables.items() if name != "received" for uid in rows
    }
    assert carry_over(meeting) == tables


def test_uids_positions_and_times_stay() -> None:
    item = ActionItem(uid="i", title="x", position=7.5, created_at=MONDAY, updated_at=MONDAY)
    row = carry(item)
    assert (row.uid, row.position, row.created_at, row.updated_at) == ("i", 7.5, MONDAY, MONDAY)


def test_derived_uids_are_the_same_everywhere() -> None:
    assert derived_uid("a", "next") == derived_uid("a", "next") != derived_uid("b", "next")
    assert derived_uid("a", "next") == "ce30ab3a-e130-59f3-ba84-185ed8cdc065"
