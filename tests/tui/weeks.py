"""A workspace with two meetings that were held and a third that is planned, for the tests of screens."""

from __future__ import annotations

import datetime as dt

from meetings.kinds import FeedbackState, ItemKind, ItemState, Team
from meetings.model import ActionItem, Decision, Feedback, Goal, Problem, Rating, Reading, Win
from meetings.session import Session
from meetings.workspace import Workspace
from tests.conftest import Clock

WEEK = 7 * 24 * 3600
HOSTILE = "win [/red] [@click=app.quit]x[/] 漢字 👩‍💻 <b>&amp; [link](http://evil)"


def held(workspace: Workspace, clock: Clock) -> Session:
    """Meetings 1 (Monday 16 November) and 2 (23 November) are closed, 3 is planned for 30 November.

    In the first, four items are agreed. Before the second one is done and one moved; in it the third is dropped.
    The last one stays open, overdue. Today is Wednesday 25 November.
    """
    session = workspace.start(workspace.session())
    for person in list(session.meeting.people.values()):
        session.change(person.uid, present=True)
    goal = Goal(
        title="MQL to SQL rate",
        start=20.0,
        target=30.0,
        start_date=dt.date(2026, 10, 1),
        due=dt.date(2026, 12, 31),
        readings=(Reading(dt.date(2026, 11, 16), 27.0),),
        owner="Lena",
    )
    session.add(goal)
    lost = session.add(Feedback(text="Nobody called the webinar leads", from_team=Team.B))
    items = {
        "list": ActionItem(title="Send the webinar list", owner="Sam"),
        "page": ActionItem(
            title="Rewrite the pricing page", owner="Lena", origin=lost.uid, origin_text=lost.text
        ),  # type: ignore[attr-defined]
        "calls": ActionItem(title="Listen to two calls", owner="Jonas", kind=ItemKind.RIDE_ALONG),
        "late": ActionItem(title=HOSTILE, owner="Ana", due=dt.date(2026, 11, 17)),
    }
    for item in items.values():
        session.add(item)
    session.add(Win(title="First joint webinar"))
    session.add(Decision(text="Events count as marketing leads", check_date=dt.date(2026, 11, 30)))
    for value, person in ((8, "Sam"), (9, "Lena"), (7, "Ana")):
        session.add(Rating(person=person, value=value, team=Team.A))
    session = workspace.close(session)
    clock.advance(WEEK)
    session.change(items["list"].uid, state=ItemState.DONE)
    session.change(items["page"].uid, due=dt.date(2026, 12, 4))
    session = workspace.start(session)
    for _ in range(12):
        clock.advance(5)
        session.beat()
    session.change(items["calls"].uid, state=ItemState.DROPPED, reason="the hall was full")
    session.change(items["page"].uid, owner="Jonas")
    session.add(Rating(person="Sam", value=2, team=Team.A, word="loud"))
    session = workspace.close(session)
    session.add(Problem(title="Who owns leads from events?"))
    clock.advance(2 * 24 * 3600)
    assert session.meeting.feedback[lost.uid].state is FeedbackState.NEW  # type: ignore[attr-defined]
    session.saver.close()
    return session
