"""Figures over several meetings, against values that were worked out by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.flow.overview import summary
from meetings.kinds import DecisionState, FeedbackState, GoalState, ItemState, MeetingState, Team
from meetings.measures.accountability import told
from meetings.measures.quarter import Items, all_rows, quarter, usual
from meetings.measures.trends import Measure, Series, series, trends
from meetings.meeting import TABLE_OF, Head, Meeting
from meetings.model import (
    ActionItem,
    Decision,
    Feedback,
    Goal,
    LeadNumbers,
    Rating,
    Reading,
    Record,
    Win,
)

MONDAY = dt.date(2026, 8, 31)
TEAMS = {"a": "Sales", "b": "Marketing"}


def day(week: int) -> dt.date:
    """The day of the meeting of that number."""
    return MONDAY + dt.timedelta(weeks=week - 1)


def at(week: int) -> dt.datetime:
    return dt.datetime.combine(day(week), dt.time(9), dt.UTC)


def meeting(
    number: int, *records: Record, state: MeetingState = MeetingState.CLOSED, revealed: bool = False
) -> Meeting:
    tables: dict[str, dict[str, Record]] = {}
    for record in records:
        tables.setdefault(TABLE_OF[type(record)], {})[record.uid] = record
    head = Head(
        uid=f"m{number}",
        number=number,
        name="Weekly",
        date=day(number),
        state=state,
        started_at=at(number),
        revealed=revealed,
        team_names=TEAMS,
        currency="€",
    )
    return Meeting(head=head).with_tables(tables) if tables else Meeting(head=head)


def ratings(a: str = "", b: str = "", both: str = "") -> list[Rating]:
    """A rating for each digit."""
    teams = ((Team.A, a), (Team.B, b), (Team.BOTH, both))
    return [Rating(team=team, value=int(digit)) for team, digits in teams for digit in digits]


def item(uid: str, raised: int, due: int, state: ItemState = ItemState.OPEN) -> ActionItem:
    done_on = day(due) if state is ItemState.DONE else None
    return ActionItem(
        uid=uid,
        title=uid,
        raised_in=raised,
        due=day(due),
        state=state,
        done_on=done_on,
        created_at=at(raised),
    )


def leads(source: str, week: int, accepted: int, handed_over: int, product: str = "typed") -> LeadNumbers:
    first = day(week) - dt.timedelta(days=7)
    return LeadNumbers(
        source=source,
        product=product,
        period_start=first,
        period_end=first + dt.timedelta(days=6),
        accepted=accepted,
        handed_over=handed_over,
    )


# What may be told of ratings


@pytest.mark.parametrize(
    ("given", "overall", "sales", "marketing", "gap"),
    [
        (ratings(a="89"), None, None, None, None),
        (ratings(a="897"), 8.0, 8.0, None, None),
        (ratings(a="897", b="67"), 7.4, None, None, None),
        (ratings(a="897", b="675"), 7.0, 8.0, 6.0, 2.0),
        (ratings(a="897", b="675", both="9"), 51 / 7, None, None, None),
        (ratings(), None, None, None, None),
    ],
)
def test_means_are_told_only_when_no_ones_rating_can_be_worked_out(
    given: list[Rating],
    overall: float | None,
    sales: float | None,
    marketing: float | None,
    gap: float | None,
) -> None:
    found = told(meeting(1, *given))
    assert (found.overall, found.mean[Team.A], found.mean[Team.B], found.gap) == (
        overall,
        sales,
        marketing,
        gap,
    )


def test_ratings_of_a_running_meeting_are_told_once_the_room_has_seen_them() -> None:
    given = ratings(a="777")
    assert told(meeting(1, *given, state=MeetingState.RUNNING)).overall is None
    assert told(meeting(1, *given, state=MeetingState.RUNNING, revealed=True)).overall == 7.0
    assert summary(meeting(1, *given, state=MeetingState.RUNNING)).rating is None
    assert summary(meeting(1, *given, state=MeetingState.RUNNING, revealed=True)).rating == 7.0


@given(
    st.lists(st.integers(1, 9), max_size=8),
    st.lists(st.integers(1, 9), max_size=8),
    st.lists(st.integers(1, 9), max_size=3),
)
def test_whatever_is_told_is_a_mean_of_three_or_more(a: list[int], b: list[int], both: list[int]) -> None:
    text = ("".join(map(str, values)) for values in (a, b, both))
    found = told(meeting(1, *ratings(*text)))
    sizes = {Team.A: len(a), Team.B: len(b)}
    if found.overall is not None:
        assert len(a) + len(b) + len(both) >= 3
    for team, mean in found.mean.items():
        if mean is not None:
            assert sizes[team] >= 3
            rest = len(a) + len(b) + len(both) - sizes[team]
            assert rest == 0 or rest >= 3, "nor can the others be worked out from the overall mean"


# Trends


def found_of(*meetings: Meeting) -> dict[tuple[Measure, Team], Series]:
    return {(each.measure, each.team): each for each in series(trends(meetings))}


def test_the_done_rate_goes_through_closed_meetings_that_had_something_due() -> None:
    one = meeting(1, item("x", 1, 2))
    two = meeting(2, item("x", 1, 2, ItemState.DONE), item("y", 1, 2), item("z", 2, 3))
    three = meeting(3, item("y", 1, 2, ItemState.DONE), item("z", 2, 3, ItemState.DONE))
    running = meeting(4, item("y", 1, 2), state=MeetingState.RUNNING)
    done = found_of(one, two, three, running)[Measure.DONE, Team.BOTH]
    assert done.goal.readings == (Reading(day(2), 50.0), Reading(day(3), 100.0))
    assert done.last == (2, 2)
    assert done.goal.target == 90


def test_the_acceptance_rate_is_by_period_and_newer_numbers_take_the_place_of_older() -> None:
    one = meeting(2, leads("Fair", 2, 3, 10), leads("Web", 2, 5, 10))
    two = meeting(
        3, leads("fair ", 2, 6, 10), leads("Web", 3, 9, 12), leads("Web", 2, 1, 2, product="HubSpot")
    )
    found = found_of(one, two)[Measure.ACCEPTANCE, Team.BOTH]
    # first period: Fair 6 of 10 (corrected), Web 5 of 10 and 1 of 2; second period: 9 of 12
    assert [reading.value for reading in found.goal.readings] == pytest.approx([1200 / 22, 75.0])
    assert [reading.date for reading in found.goal.readings] == [
        day(1) + dt.timedelta(days=6),
        day(2) + dt.timedelta(days=6),
    ]
    assert found.last == (9, 12)


def test_ratings_and_goals_are_followed_and_dropped_goals_are_not() -> None:
    readings = (Reading(day(1), 20.0), Reading(day(2), 25.0))
    goal = Goal(uid="g", title="MQL rate", readings=readings[:1])
    gone = Goal(uid="d", title="Gone", readings=readings)
    found = series(
        trends(
            [
                meeting(1, goal, gone, *ratings(a="888", b="666")),
                meeting(2, Goal(uid="g", title="MQL rate", readings=readings), *ratings(a="99")),
                meeting(3, Goal(uid="d", title="Gone", readings=readings, state=GoalState.DROPPED)),
            ]
        )
    )
    told = [(each.measure, each.team, [reading.value for reading in each.goal.readings]) for each in found]
    assert told == [
        (Measure.RATING, Team.BOTH, [7.0]),
        (Measure.RATING, Team.A, [8.0]),
        (Measure.RATING, Team.B, [6.0]),
        (Measure.GAP, Team.BOTH, [2.0]),
        (Measure.GOAL, Team.BOTH, [20.0, 25.0]),
    ]


def test_no_meetings_have_no_trends() -> None:
    assert series(trends([])) == []


# A quarter


def test_a_quarter_is_thirteen_weeks_up_to_today() -> None:
    first, last = usual(dt.date(2026, 11, 22))
    assert (first, last) == (dt.date(2026, 8, 24), dt.date(2026, 11, 22))
    assert (last - first).days + 1 == 91


def test_what_a_quarter_came_to() -> None:
    before = meeting(1, item("old", 1, 2), Win(title="Before"), *ratings(a="111"))
    two = meeting(
        2,
        item("old", 1, 2),
        item("x", 2, 3),
        item("y", 2, 3),
        Win(uid="w", title="Small"),
        Win(uid="v", title="Large", big=True),
        Feedback(uid="f", text="Cold leads", created_at=at(2), raised_in=2),
        Decision(uid="d", text="Two rooms", raised_in=2),
        leads("Fair", 2, 6, 10),
        *ratings(a="888", b="666"),
    )
    three = meeting(
        3,
        item("x", 2, 3, ItemState.DONE),
        item("y", 2, 3),
        item("old", 1, 2, ItemState.DROPPED),
        Feedback(
            uid="f",
            text="Cold leads",
            created_at=at(2),
            raised_in=2,
            state=FeedbackState.CLOSED,
            response="We call",
            answered_on=day(3),
            closed_on=day(3),
        ),
        Feedback(uid="g", text="No calls", from_team=Team.B, created_at=at(3), raised_in=3),
        Decision(uid="d", text="Two rooms", raised_in=2, state=DecisionState.CONFIRMED),
        leads("fair", 3, 9, 10),
        *ratings(a="999", b="999"),
    )
    planned = meeting(4, item("y", 2, 3, ItemState.DONE), item("later", 4, 5), state=MeetingState.PLANNED)

    found = quarter([before, two, three, planned], day(2) - dt.timedelta(days=1), day(3), today=day(3))
    assert found.meetings == ((2, day(2)), (3, day(3)))
    # due in 2: old (open); due in 3: x (done), y (open); the dropped one is left out
    assert (found.done.done, found.done.all) == (1, 3)
    assert found.items == Items(agreed=2, done=2, dropped=0, open=0, overdue=0), (
        "y was done since: in the planned one"
    )
    assert [win.title for win in found.wins] == ["Large", "Small"]
    assert (found.means.overall, found.means.mean[Team.A], found.means.mean[Team.B], found.means.gap) == (
        8.0,
        8.5,
        7.5,
        1.0,
    )
    sales, marketing = found.loops[Team.A], found.loops[Team.B]
    assert (sales.raised, sales.answered, sales.closed, sales.days_to_answer, sales.days_to_close) == (
        1,
        1,
        1,
        7,
        7,
    )
    assert (marketing.raised, marketing.answered) == (1, 0)
    assert found.decisions == {
        DecisionState.STANDING: 0,
        DecisionState.CONFIRMED: 1,
        DecisionState.REVERSED: 0,
    }
    assert {source: len(rows) for source, rows in found.leads.items()} == {"Fair": 2}
    assert sum(row.accepted or 0 for row in all_rows(found.leads)) == 15


def test_a_report_on_the_past_says_what_was_known_then() -> None:
    two = meeting(2, item("x", 2, 3), Goal(uid="g", title="Rate", readings=(Reading(day(2), 1.0),)))
    three = meeting(
        3, item("x", 2, 3, ItemState.DONE), Goal(uid="g", title="Rate", readings=(Reading(day(3), 2.0),))
    )
    then = quarter([two, three], day(1), day(2), today=day(9))
    assert then.items == Items(agreed=1, done=0, dropped=0, open=1, overdue=0)
    assert [goal.readings[-1].value for goal in then.goals] == [1.0]
    assert then.newest is not None
    assert then.newest.head.number == 2


def test_a_time_without_meetings_has_no_figures() -> None:
    found = quarter([], day(1), day(2), today=day(2))
    assert (found.meetings, found.done.all, found.means.overall, found.wins, found.newest) == (
        (),
        0,
        None,
        (),
        None,
    )
