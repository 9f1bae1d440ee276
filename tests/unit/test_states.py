"""What follows from a change to a record: the team with the owner, and new names on the list."""

from __future__ import annotations

import pytest

from meetings.errors import UsageError
from meetings.flow.states import can_dispute, dispute, newcomers
from meetings.kinds import ProblemState, Team, Verdict
from meetings.model import ActionItem, Feedback, Problem, Win
from meetings.session import Session
from meetings.workspace import Workspace


@pytest.fixture
def session(workspace: Workspace) -> Session:
    """A running meeting with Sam and Ana of team a, Lena and Jonas of team b."""
    return workspace.start(workspace.session())


def team_after(session: Session, **fields: object) -> Team:
    item = session.add(ActionItem(title="Send the list", owner="Sam"))
    changed = session.change(item.uid, **fields)
    assert isinstance(changed, ActionItem)
    return changed.team


def test_the_team_follows_the_owner(session: Session) -> None:
    assert team_after(session, owner="Lena") is Team.B


def test_a_team_that_was_named_stays(session: Session) -> None:
    assert team_after(session, owner="Lena", team=Team.A) is Team.A
    assert team_after(session, owner="Lena", team=Team.BOTH) is Team.BOTH


def test_a_promise_of_both_teams_may_have_an_owner(session: Session) -> None:
    item = ActionItem(title="Write a post together", owner="Sam", team=Team.BOTH)
    (added,) = session.apply("new", add=[item], given={item.uid: ("title", "owner", "team")})
    assert isinstance(added, ActionItem)
    assert added.team is Team.BOTH


def test_an_owner_whom_nobody_knows_leaves_the_team(session: Session) -> None:
    assert team_after(session, owner="Nia") is Team.A


def test_a_new_name_becomes_a_person_of_the_team(session: Session) -> None:
    item = ActionItem(title="Send the list", team=Team.B)
    (person,) = newcomers(item, {"owner": "Nia"}, session.meeting)
    assert (person.name, person.team, person.guest) == ("Nia", Team.B, False)
    (person,) = newcomers(item, {"owner": "Nia", "team": Team.A}, session.meeting)
    assert person.team is Team.A


def test_feedback_is_raised_by_someone_of_the_team_that_gives_it(session: Session) -> None:
    (person,) = newcomers(
        Feedback(text="Cold leads", from_team=Team.B), {"raised_by": "Nia"}, session.meeting
    )
    assert person.team is Team.B


def test_a_lead_that_was_turned_down_becomes_a_problem_with_the_words_of_both(session: Session) -> None:
    given = Feedback(
        text="A student",
        lead="Acme",
        verdict=Verdict.REJECTED,
        reason="not a fit",
        response="She runs the firm",
    )
    assert can_dispute(given)
    made = session.add(dispute(given, session.meeting))
    assert isinstance(made, Problem)
    assert (made.title, made.says_a, made.says_b) == (
        "Acme was rejected: not a fit",
        "A student",
        "She runs the firm",
    )
    assert (made.origin, made.origin_text) == (given.uid, "A student")
    with pytest.raises(UsageError, match="already"):
        dispute(given, session.meeting)
    session.change(made.uid, state=ProblemState.SOLVED)
    assert dispute(given, session.meeting).title == made.title


def test_what_the_other_team_says_comes_first_from_its_own_feedback(session: Session) -> None:
    given = Feedback(text="No call yet", from_team=Team.B, verdict=Verdict.DISQUALIFIED)
    made = dispute(given, session.meeting)
    assert (made.title, made.says_a, made.says_b) == ("A lead was disqualified", "", "No call yet")


@pytest.mark.parametrize("verdict", [None, Verdict.ACCEPTED, Verdict.STRONG_FIT, Verdict.WEAK_FIT])
def test_nothing_else_is_disputed(verdict: Verdict | None) -> None:
    assert not can_dispute(Feedback(text="A student", verdict=verdict))
    assert not can_dispute(ActionItem(title="x"))


def test_only_new_names_and_each_once(session: Session) -> None:
    found = newcomers(Win(title="Acme"), {"credits": ("Sam", "Nia", "lena", "NIA", "Bo")}, session.meeting)
    assert [person.name for person in found] == ["Nia", "Bo"]
    assert newcomers(ActionItem(title="Nia"), {"title": "Nia", "owner": ""}, session.meeting) == []
