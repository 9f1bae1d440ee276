"""Done rate, balance, alignment, the feedback loop and the rules about promises."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from meetings.kinds import FeedbackState, ItemKind, ItemState, MeetingState, Team
from meetings.measures import accountability
from meetings.measures.accountability import Loop, Rate
from meetings.meeting import Head, Meeting
from meetings.model import ActionItem, Feedback, Rating

TODAY = dt.date(2026, 11, 20)
STARTED = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)


def day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


def meeting(*items: ActionItem, ratings: tuple[tuple[Team, int], ...] = ()) -> Meeting:
    """Meeting 5 on 20 November, running since 9:00 UTC."""
    rated = [Rating(person=f"P{n}", team=team, value=value) for n, (team, value) in enumerate(ratings)]
    return Meeting(
        head=Head(number=5, date=TODAY, state=MeetingState.RUNNING, started_at=STARTED),
        action_items={item.uid: item for item in items},
        ratings={rating.uid: rating for rating in rated},
    )


def item(
    title: str = "Call Initech", *, due: int | None = 0, raised_in: int = 4, **fields: Any
) -> ActionItem:
    return ActionItem(title=title, due=None if due is None else day(due), raised_in=raised_in, **fields)


DONE, OPEN, DROPPED = ItemState.DONE, ItemState.OPEN, ItemState.DROPPED


def test_done_rate_counts_promises_due_by_the_meeting() -> None:
    held = meeting(
        item(state=DONE),
        item(state=DONE, due=-14),
        item(state=OPEN, due=-1),
        item(state=OPEN, due=1),  # not due yet
        item(state=DONE, due=7),  # done ahead of its time
        item(state=OPEN, due=None),
        item(state=DROPPED),
        item(state=OPEN, raised_in=5),  # promised today
    )
    assert accountability.done_rate(held) == Rate(done=2, all=3)
    assert accountability.done_rate(held).share == pytest.approx(2 / 3)


def test_done_rate_counts_what_was_added_between_two_meetings() -> None:
    before, during = STARTED - dt.timedelta(days=2), STARTED + dt.timedelta(minutes=5)
    held = meeting(
        item(state=DONE, raised_in=5, created_at=before), item(state=DONE, raised_in=5, created_at=during)
    )
    assert accountability.done_rate(held) == Rate(1, 1)


def test_a_meeting_without_promises_has_no_done_rate() -> None:
    assert accountability.done_rate(meeting()) == Rate(0, 0)
    assert accountability.done_rate(meeting()).share is None


def test_nothing_done_is_a_rate_of_zero() -> None:
    assert accountability.done_rate(meeting(item())).share == 0


def test_balance_counts_open_items_once() -> None:
    held = meeting(
        item(team=Team.A),
        item(team=Team.A),
        item(team=Team.B),
        item(team=Team.BOTH),
        item(team=Team.B, state=DONE),
    )
    assert accountability.balance(held) == {Team.A: 2, Team.B: 1, Team.BOTH: 1}


@pytest.mark.parametrize(
    ("teams", "only"),
    [
        ([], None),
        ([Team.A, Team.A], Team.A),
        ([Team.B], Team.B),
        ([Team.A, Team.B], None),
        ([Team.BOTH], None),
        ([Team.A, Team.BOTH], None),
    ],
)
def test_one_team_leaving_alone_with_items_is_named(teams: list[Team], only: Team | None) -> None:
    assert accountability.one_sided(meeting(*(item(team=team) for team in teams))) is only


def test_alignment_gives_means_and_the_gap() -> None:
    found = accountability.alignment(
        meeting(ratings=((Team.A, 8), (Team.A, 9), (Team.B, 6), (Team.B, 7), (Team.B, 8), (Team.BOTH, 10)))
    )
    assert found.mean == {Team.A: 8.5, Team.B: 7.0}
    assert (found.overall, found.gap, found.count) == (8.0, 1.5, 6)


def test_there_is_no_gap_when_one_team_did_not_rate() -> None:
    found = accountability.alignment(meeting(ratings=((Team.A, 8),)))
    assert (found.mean[Team.B], found.overall, found.gap, found.count) == (None, 8.0, None, 1)
    assert accountability.alignment(meeting()).overall is None


def feedback(
    from_team: Team, state: FeedbackState, answered: int | None = None, closed: int | None = None
) -> Feedback:
    """Feedback raised on 20 November and answered and closed so many days later."""
    return Feedback(
        from_team=from_team,
        state=state,
        created_at=STARTED,
        answered_on=None if answered is None else day(answered),
        closed_on=None if closed is None else day(closed),
    )


def test_the_loop_is_counted_in_each_direction() -> None:
    found = accountability.loop(
        [
            feedback(Team.A, FeedbackState.NEW),
            feedback(Team.A, FeedbackState.ANSWERED, answered=3),
            feedback(Team.A, FeedbackState.ACTED, answered=7),
            feedback(Team.A, FeedbackState.CLOSED, answered=10, closed=14),
            feedback(Team.A, FeedbackState.CLOSED, closed=7),  # closed without an answer written down
            feedback(Team.B, FeedbackState.NEW),
        ]
    )
    assert found[Team.A] == Loop(raised=5, answered=4, closed=2, days_to_answer=7.0, days_to_close=10.5)
    assert found[Team.B] == Loop(raised=1, answered=0, closed=0, days_to_answer=None, days_to_close=None)


def test_no_feedback_is_no_failure() -> None:
    assert accountability.loop([])[Team.B] == Loop(0, 0, 0, None, None)


def test_the_last_state_of_feedback_seen_in_several_meetings_counts() -> None:
    first = Feedback(uid="one", from_team=Team.B, created_at=STARTED)
    later = Feedback(
        uid="one",
        from_team=Team.B,
        created_at=STARTED,
        state=FeedbackState.CLOSED,
        answered_on=day(2),
        closed_on=day(4),
    )
    assert accountability.loop([first, later])[Team.B] == Loop(1, 1, 1, 2.0, 4.0)


def test_an_answer_on_the_evening_it_was_raised_takes_no_days() -> None:
    evening = Feedback(
        created_at=dt.datetime(2026, 11, 21, 1, 0, tzinfo=dt.UTC),  # still the 20th west of UTC
        state=FeedbackState.ANSWERED,
        answered_on=TODAY,
    )
    assert accountability.loop([evening])[Team.A].days_to_answer == 0.0


def test_feedback_with_no_known_day_is_counted_but_not_timed() -> None:
    undated = Feedback(state=FeedbackState.CLOSED, answered_on=TODAY, closed_on=TODAY)
    assert accountability.loop([undated])[Team.A] == Loop(1, 1, 1, None, None)


def test_days_since_each_team_was_in_the_others_shoes() -> None:
    steps = [
        item(team=Team.A, kind=ItemKind.RIDE_ALONG, state=DONE, done_on=day(-30)),
        item(team=Team.A, kind=ItemKind.TRAINING, state=DONE, done_on=day(-9)),
        item(team=Team.A, kind=ItemKind.TASK, state=DONE, done_on=day(-1)),
        item(team=Team.A, kind=ItemKind.SWAP, state=OPEN),
        item(team=Team.A, kind=ItemKind.SWAP, state=DONE, done_on=day(2)),  # after that day
    ]
    assert accountability.shoes(steps, TODAY) == {Team.A: 9, Team.B: None}
    together = item(team=Team.BOTH, kind=ItemKind.CONTENT, state=DONE, done_on=TODAY)
    assert accountability.shoes([*steps, together], TODAY) == {Team.A: 0, Team.B: 0}


@pytest.mark.parametrize(
    ("due", "state", "days"),
    [(-3, OPEN, 3), (0, OPEN, 0), (4, OPEN, 0), (None, OPEN, 0), (-3, DONE, 0), (-3, DROPPED, 0)],
)
def test_late_days(due: int | None, state: ItemState, days: int) -> None:
    assert accountability.late_days(item(due=due, state=state), TODAY) == days


@pytest.mark.parametrize(
    ("due", "carried", "state", "asks"),
    [
        (-1, 3, OPEN, True),
        (-1, 4, OPEN, True),
        (-1, 2, OPEN, False),
        (0, 3, OPEN, False),
        (None, 9, OPEN, False),
        (-1, 3, DONE, False),
    ],
)
def test_an_item_late_and_carried_often_asks_for_a_choice(
    due: int | None, carried: int, state: ItemState, asks: bool
) -> None:
    assert accountability.needs_choice(item(due=due, carried=carried, state=state), TODAY, 3) is asks


def test_items_are_grouped_for_the_step_and_the_minutes() -> None:
    kept, late, gone = item("kept", state=DONE), item("late"), item("gone", state=DROPPED)
    fresh, quick = item("fresh", raised_in=5), item("quick", raised_in=5, state=DONE)
    held = meeting(kept, late, gone, fresh, quick)
    assert accountability.promised(held) == (kept, late, gone)
    assert accountability.new_items(held) == (fresh, quick)
    assert accountability.done_items(held) == (kept, quick)
    assert accountability.carried_items(held) == (late,)
