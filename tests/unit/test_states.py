"""What follows from a change to a record: the team with the owner, and new names on the list."""

from __future__ import annotations

import pytest

from meetings.flow.states import newcomers
from meetings.kinds import Team
from meetings.model import ActionItem, Feedback, Win
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


def test_only_new_names_and_each_once(session: Session) -> None:
    found = newcomers(Win(title="Acme"), {"credits": ("Sam", "Nia", "lena", "NIA", "Bo")}, session.meeting)
    assert [person.name for person in found] == ["Nia", "Bo"]
    assert newcomers(ActionItem(title="Nia"), {"title": "Nia", "owner": ""}, session.meeting) == []
