"""planned -> running -> closed and back: pure functions of a meeting, the configuration and the time."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from meetings_for_tests import full
from msgspec.structs import replace

from meetings.config import Cadence, Config, default_config
from meetings.errors import UsageError
from meetings.flow import lifecycle
from meetings.kinds import MeetingState, Status, Team
from meetings.meeting import Meeting
from meetings.model import ActionItem, Person
from tests.conftest import MONDAY

DAY = dt.timedelta(days=1)


def first(config: Config) -> Meeting:
    return lifecycle.plan_first(config, MONDAY.date(), MONDAY, "first")


def closed(config: Config) -> Meeting:
    running = lifecycle.start(first(config), config, MONDAY, MONDAY.date())
    return lifecycle.close(running, MONDAY + dt.timedelta(hours=1), 0.1)


@pytest.mark.parametrize(("day", "days"), [("monday", 0), ("tuesday", 1), ("sunday", 6)])
def test_the_first_meeting_is_on_the_next_meeting_day(config: Config, day: str, days: int) -> None:
    config = replace(config, cadence=Cadence(day=day))  # type: ignore[arg-type]
    assert first(config).head.date == MONDAY.date() + days * DAY


def test_starting_takes_over_what_the_configuration_says_now(config: Config) -> None:
    meeting = first(config)
    config = replace(config, name="Huddle", currency="$")
    config.teams["a"] = replace(config.teams["a"], name="Revenue")
    head = lifecycle.start(meeting, config, MONDAY, MONDAY.date()).head
    assert (head.name, head.currency, head.team_name(Team.A)) == ("Huddle", "$", "Revenue")
    assert (head.started_at, head.state) == (MONDAY, MeetingState.RUNNING)


def test_an_agenda_that_the_configuration_no_longer_has_is_replaced_by_the_default(config: Config) -> None:
    meeting = first(replace(config, agenda="planning"))
    assert meeting.head.agenda == "planning"
    config = replace(config, agendas={"weekly": config.agendas["weekly"]}, agenda="weekly")
    assert lifecycle.start(meeting, config, MONDAY, MONDAY.date()).head.agenda == "weekly"


def test_each_state_leads_to_the_next_alone(config: Config) -> None:
    planned = first(config)
    running = lifecycle.start(planned, config, MONDAY, MONDAY.date())
    done = closed(config)
    for meeting in (running, done):
        with pytest.raises(UsageError, match="Meeting 1 has started already"):
            lifecycle.start(meeting, config, MONDAY, MONDAY.date())
    for meeting in (planned, done):
        with pytest.raises(UsageError, match="Meeting 1 is not running"):
            lifecycle.close(meeting, MONDAY, 0.1)
    for meeting in (planned, running):
        with pytest.raises(UsageError, match="Meeting 1 is not closed"):
            lifecycle.reopen(meeting, None)
        with pytest.raises(ValueError, match="only a closed meeting"):
            lifecycle.plan_next(meeting, config)


def test_the_next_meeting_is_a_function_of_the_closed_one(config: Config) -> None:
    done = closed(config)
    successor = lifecycle.plan_next(done, config)
    assert successor == lifecycle.plan_next(done, config)
    assert successor.head.number == 2
    assert successor.head.uid == lifecycle.derived_uid("first", "next")
    assert lifecycle.in_step(done, successor, config)


def test_closing_freezes_what_each_goal_was_and_the_next_judges_anew(config: Config) -> None:
    meeting = full(state=MeetingState.RUNNING, closed_at=None)
    done = lifecycle.close(meeting, MONDAY, 0.1)
    assert all(goal.status is not Status.UNKNOWN for goal in done.goals.values() if goal.start is not None)
    assert all(goal.status is Status.UNKNOWN for goal in lifecycle.plan_next(done, config).goals.values())


def test_reopening_is_possible_until_the_next_has_started(config: Config) -> None:
    done = closed(config)
    successor = lifecycle.plan_next(done, config)
    again = lifecycle.reopen(done, successor)
    assert (again.head.state, again.head.closed_at, again.head.paused) == (MeetingState.RUNNING, None, True)
    with pytest.raises(UsageError, match="meeting 2 has started"):
        lifecycle.reopen(done, lifecycle.start(successor, config, MONDAY, MONDAY.date()))


def test_a_started_meeting_is_not_brought_up_to_date(config: Config) -> None:
    done = closed(config)
    started = lifecycle.start(lifecycle.plan_next(done, config), config, MONDAY, MONDAY.date())
    later = replace(done, head=replace(done.head, closed_at=MONDAY + DAY))
    assert lifecycle.in_step(later, started, config)


def test_the_next_meeting_does_not_care_where_the_one_after_is_moved(config: Config) -> None:
    done = closed(config)
    successor = lifecycle.plan_next(done, config)
    moved = replace(successor, head=replace(successor.head, date=successor.head.date + 3 * DAY))
    assert lifecycle.in_step(done, moved, config)


def test_who_is_on_the_list_already_is_not_added_twice(config: Config) -> None:
    meeting = first(config)
    sam = next(person for person in meeting.people.values() if person.name == "Sam")
    meeting = meeting.with_tables({"people": {sam.uid: replace(sam, name="SAM", team=Team.B)}})
    joined = lifecycle.with_configured_people(meeting, config, MONDAY)
    assert next((p.name, p.team) for p in joined.people.values()) == ("SAM", Team.B)
    assert len(joined.people) == 4
    assert lifecycle.with_configured_people(joined, config, MONDAY + DAY) == joined


@given(
    st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from(["x", "y"]), st.integers(0, 5)), max_size=5),
    st.integers(1, 3),
)
def test_bringing_up_to_date_once_is_enough(rows: list[tuple[str, str, int]], hours: int) -> None:
    config = default_config()
    done = closed(config)
    successor = lifecycle.plan_next(done, config)
    items = {
        uid: ActionItem(uid=uid, title=title, carried=count, created_at=MONDAY, updated_at=MONDAY)
        for uid, title, count in rows
    }
    again = replace(
        done, action_items=items, head=replace(done.head, closed_at=MONDAY + dt.timedelta(hours=1 + hours))
    )
    assert not lifecycle.in_step(again, successor, config)
    merged = lifecycle.bring_up_to_date(again, successor, config).meeting
    assert lifecycle.in_step(again, merged, config)
    assert merged.action_items == lifecycle.plan_next(again, config).action_items
    assert {uid: item.carried for uid, item in merged.action_items.items()} == {
        uid: item.carried + 1 for uid, item in items.items()
    }


def test_a_guest_stays_behind_and_a_new_person_comes_along(config: Config) -> None:
    running = lifecycle.start(first(config), config, MONDAY, MONDAY.date())
    people = {
        **running.people,
        "k": Person(uid="k", name="Kim", guest=True),
        "z": Person(uid="z", name="Zoe"),
    }
    done = lifecycle.close(running.with_tables({"people": people}), MONDAY, 0.1)
    names = {person.name for person in lifecycle.plan_next(done, config).people.values()}
    assert names == {"Sam", "Ana", "Lena", "Jonas", "Zoe"}
