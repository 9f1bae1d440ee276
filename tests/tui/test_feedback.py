"""Feedback on one lead: examples to look for and not to, and leads that were turned down and disputed."""

from __future__ import annotations

import pytest

from meetings.kinds import FeedbackState, Team, Verdict
from meetings.measures.accountability import Loop
from meetings.model import ActionItem, Feedback
from meetings.session import Session
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import line_with, seen, told, type_in
from tests.tui.step_app import at_step, dialog, on_disk, second_meeting, to_list
from tui.steps.feedback_rows import loop_words

DAY = 24 * 3600


@pytest.fixture
def held(workspace: Workspace, clock: Clock) -> Workspace:
    """Feedback of the first meeting was answered after two days and closed after a week."""

    def first(session: Session) -> None:
        said = session.add(Feedback(text="The leads are cold"))
        clock.advance(2 * DAY)
        session.change(said.uid, response="We know")
        clock.advance(5 * DAY)
        session.change(said.uid, state=FeedbackState.CLOSED)

    def second(session: Session) -> None:
        session.add(Feedback(text="A student", lead="Acme", verdict=Verdict.REJECTED, reason="not a fit"))

    second_meeting(workspace, clock, first, second)
    return workspace


async def test_example_leads_are_typed_in_one_line(held: Workspace) -> None:
    async with at_step(held, "leads") as (app, pilot):
        await to_list(pilot, "from-a")
        await pilot.press("f")
        await dialog(pilot)
        await type_in(pilot, "Asked for a demo lead:Hoshino_Transport fit:strong")
        await seen(pilot, "lead Hoshino Transport", "strong fit")
        await pilot.press("enter")
        await type_in(pilot, "Wants to sell lead:4711 fit:weak")
        await pilot.press("enter", "escape")
        await seen(pilot, "+ Hoshino Transport · strong fit", "− 4711 · weak fit")
        assert "Asked for a demo" not in line_with(app, "Hoshino")
    verdicts = [given.verdict for given in on_disk(held).feedback.values()]
    assert verdicts == [Verdict.REJECTED, Verdict.STRONG_FIT, Verdict.WEAK_FIT]


async def test_a_rejection_is_answered_disputed_and_solved_in_one_key_each(held: Workspace) -> None:
    async with at_step(held, "leads") as (_, pilot):
        await to_list(pilot, "from-a")
        await seen(pilot, "✗ Acme · rejected · not a fit")
        await pilot.press("r")
        await type_in(pilot, "She runs the firm")
        await pilot.press("enter")
        await seen(pilot, "“She runs the firm”")
        await pilot.press("p")
        await told(pilot, "Parked: “Acme was rejected: not a fit”.")
        await pilot.press("p")
        await told(pilot, "among the parked problems already")
        (problem,) = on_disk(held).problems.values()
        assert (problem.says_a, problem.says_b) == ("A student", "She runs the firm")
        await pilot.press("t")
        await dialog(pilot)
        await type_in(pilot, "Call Acme for:Sam")
        await pilot.press("enter", "escape")
        await seen(pilot, "↳ acted")
    (item,) = on_disk(held).action_items.values()
    assert isinstance(item, ActionItem)
    assert item.origin_text == "A student"


async def test_the_loop_of_each_direction_stands_under_its_list(held: Workspace) -> None:
    async with at_step(held, "leads") as (_, pilot):
        await seen(pilot, "2 raised · 1 answered in 2 days · 1 closed in 7 days")


def test_the_loop_in_words() -> None:
    assert loop_words(Loop(0, 0, 0, None, None)) == ()
    assert loop_words(Loop(3, 2, 1, 1, 0))[0] == "3 raised · 2 answered in 1 day · 1 closed that day"
    assert loop_words(Loop(3, 2, 0, 1.5, None))[0] == "3 raised · 2 answered in 1.5 days · 0 closed"
    assert loop_words(Loop(3, 2, 0, 1.5, None))[-1] == "0 of 3 closed"


def test_the_teams_have_verdicts_of_their_own_sign() -> None:
    from tui.steps.feedback_rows import VERDICTS, lead_line

    assert set(VERDICTS) == set(Verdict)
    assert lead_line(Feedback(text="x", from_team=Team.B)) is None
    assert lead_line(Feedback(text="x", lead="4711")) == ("4711", "$quiet")
