"""Figures over several meetings: feedback, credit for wins, where wins come from, how meetings were rated."""

from __future__ import annotations

import datetime as dt

from meetings_for_tests import empty, of
from msgspec.structs import replace

from meetings.kinds import FeedbackState, ItemKind, ItemState, Team
from meetings.measures.past import Past, loops, past, rating_means, uncredited, wins_by_source
from meetings.meeting import Meeting
from meetings.model import ActionItem, Feedback, Person, Rating, Record, Win

RAISED = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
EVERYBODY = tuple(Person(uid=name, name=name, position=at) for at, name in enumerate(("Sam", "Ana", "Lena")))


def meeting(number: int, **tables: tuple[Record, ...]) -> Meeting:
    made = empty().with_tables({name: of(*rows) for name, rows in tables.items()})
    return replace(made, head=replace(made.head, number=number))


def won(*credits: str, source: str = "") -> Win:
    return Win(title="Acme", credits=credits, source=source)


def test_feedback_counts_once_as_it_stands_now() -> None:
    given = Feedback(uid="f", text="Students", created_at=RAISED)
    answered = replace(given, state=FeedbackState.ANSWERED, response="Yes", answered_on=dt.date(2026, 11, 4))
    closed = replace(answered, state=FeedbackState.CLOSED, closed_on=dt.date(2026, 11, 16))
    earlier = [past(meeting(1, feedback=(given,))), past(meeting(2, feedback=(answered,)))]
    found = loops(earlier, meeting(3, feedback=(closed,)))[Team.A]
    assert (found.raised, found.answered, found.closed) == (1, 1, 1)
    assert (found.days_to_answer, found.days_to_close) == (2, 14)
    assert loops(earlier, meeting(3))[Team.A].closed == 0


def test_nothing_that_anybody_wrote_is_kept() -> None:
    record = Feedback(text="Secret", response="Secret", state=FeedbackState.ANSWERED, reason="Secret")
    item = ActionItem(title="Secret", note="Secret", kind=ItemKind.SWAP, state=ItemState.DONE)
    found = past(meeting(1, feedback=(record,), action_items=(item,)))
    assert "Secret" not in repr(found)
    assert len(found.feedback) == len(found.steps) == 1


def test_who_has_had_no_credit_for_a_month() -> None:
    weeks = [past(meeting(n, wins=(won("Ana"),) if n == 1 else (won("sam"),))) for n in range(1, 4)]
    here = meeting(4, people=EVERYBODY)
    assert uncredited(weeks, here) == ["Lena"]
    weeks.append(past(meeting(4)))
    assert uncredited(weeks, meeting(5, people=EVERYBODY)) == ["Ana", "Lena"]
    assert uncredited((), meeting(1, people=EVERYBODY, wins=(won("Lena"),))) == ["Sam", "Ana"]


def test_only_those_present_and_no_guests_wait_for_credit() -> None:
    people = (EVERYBODY[0], replace(EVERYBODY[1], present=True), Person(name="Kim", guest=True, present=True))
    assert uncredited((), meeting(1, people=people)) == ["Ana"]


def test_wins_by_source_in_any_spelling() -> None:
    earlier = [past(meeting(1, wins=(won(source="Webinar"), won(source="Fair"), won())))]
    here = meeting(2, wins=(won(source="webinar"), won(source="Partner")))
    assert wins_by_source(earlier, here) == [("Webinar", 2), ("Fair", 1), ("Partner", 1)]


def test_a_mean_of_two_ratings_is_not_told() -> None:
    def rated(*values: int) -> Past:
        return past(meeting(1, ratings=tuple(Rating(person=str(n), value=n) for n in values)))

    assert rating_means([rated(1, 2), rated(6, 7, 8), rated()]) == [7.0]
