"""The clock as the room sees it: what is left of the step, a quiet word in time, minutes from a later step."""

from __future__ import annotations

import pytest
from textual.geometry import Size

from meetings.store.saver import Progress, SaveState
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import line_with, lines, said, seen, told, until
from tests.tui.step_app import at_step
from tui.app import AccordApp
from tui.screens import time_offer
from tui.screens.meeting import MeetingScreen
from tui.screens.time_offer import OfferPanel
from tui.widgets.top_bar import TopBar


@pytest.fixture
def running(workspace: Workspace) -> Workspace:
    workspace.start(workspace.session())
    return workspace


def let_pass(app: AccordApp, clock: Clock, minutes: float) -> None:
    """So much time goes by with the app open; then the screen's second comes round."""
    for _ in range(round(minutes * 12)):
        clock.advance(5)
        app.desk.session.beat()
    assert isinstance(app.screen, MeetingScreen)
    app.screen._tick()


async def test_a_quiet_word_when_four_fifths_and_all_of_the_time_are_over(
    running: Workspace, clock: Clock
) -> None:
    async with at_step(running, "goals") as (app, pilot):
        let_pass(app, clock, 7.5)
        await seen(pilot, "2:30 left")
        assert said(app) == []
        let_pass(app, clock, 0.5)
        await seen(pilot, "▲ 2:00 left")
        await told(pilot, "“Goal review” has 2 of its 10 minutes left.")
        let_pass(app, clock, 2.5)
        await seen(pilot, "■ 0:30 over")
        await told(pilot, "“Goal review” has had its 10 minutes. < takes some from a later step.")
        app.clear_notifications()
        await pilot.press("n", "b")
        let_pass(app, clock, 1)
        await seen(pilot, "■ 1:30 over")
        assert said(app) == []


async def test_minutes_come_from_a_later_step_and_the_end_stays(running: Workspace, clock: Clock) -> None:
    async with at_step(running, "goals") as (app, pilot):
        let_pass(app, clock, 10.5)
        await pilot.press("<")
        await seen(pilot, "More time for “Goal review”?", "1  5 min from Lead feedback, which has 15")
        await pilot.press("enter")
        await told(pilot, "“Goal review” has 5 min from Lead feedback. u brings it back.")
        app.screen._tick()  # type: ignore[attr-defined]
        await seen(pilot, "4:30 left", "of 60:00")


@pytest.mark.parametrize(("width", "words"), [(120, "of 60:00 · ends"), (80, "2:00 left · ends")])
async def test_with_less_room_the_clock_says_what_matters_most(
    running: Workspace, clock: Clock, width: int, words: str
) -> None:
    async with at_step(running, "goals", (width, 24)) as (app, pilot):
        let_pass(app, clock, 8)
        await seen(pilot, words)
        top = lines(app)[0]
        assert all(words in top for words in ("Weekly sales", "#1", "Saved"))


async def test_a_paused_clock_says_so(running: Workspace) -> None:
    async with at_step(running, "goals") as (app, pilot):
        await pilot.press(".")
        await seen(pilot, "paused")
        assert "left" in line_with(app, "paused")


@pytest.fixture
def long_feedback(workspace: Workspace, clock: Clock) -> Workspace:
    """Three meetings in which lead feedback took 21 of its 15 minutes."""
    session = workspace.session()
    for _ in range(3):
        session = workspace.start(session)
        session.go_to("leads")
        for _ in range(21 * 12):
            clock.advance(5)
            session.beat()
        session = workspace.close(session)
        clock.advance(7 * 24 * 3600)
    session.saver.close()
    return workspace


async def test_home_offers_a_step_the_time_that_it_takes(long_feedback: Workspace, clock: Clock) -> None:
    app = AccordApp(long_feedback)
    async with app.run_test(notifications=True, size=(120, 36)) as pilot:
        await seen(
            pilot,
            "Lead feedback runs 6 min over: + gives it 20, Esc leaves 15 ─╯",
            "60 min",
        )
        await pilot.press("+")
        await told(pilot, "Lead feedback has 20 minutes in this meeting. u brings it back.")
        await seen(pilot, "65 min")
        assert not line_with(app, "runs 6 min over")
        await pilot.press("u")
        await seen(pilot, "60 min", "runs 6 min over")
        await pilot.press("+", "enter")
        await seen(pilot, "of 65:00")
    assert long_feedback.session().meeting.head.minutes == {"leads": 20}


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 15)])
async def test_an_offer_moves_nothing_when_it_comes(
    long_feedback: Workspace, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time_offer, "LOOK_AFTER", 3600)
    app = AccordApp(long_feedback)
    async with app.run_test(notifications=True, size=size) as pilot:
        await seen(pilot, "Action items", "? Help")
        before = lines(app)
        app.screen.query_one(OfferPanel)._look()
        await seen(pilot, "Esc leaves 15" if size[0] == 120 else "Esc 15")
        changed = [now for now, then in zip(lines(app), before, strict=True) if now != then]
        assert len(changed) == 1, "only the edge is another one"
        assert changed[0].startswith("╰")


async def test_an_offer_that_was_dismissed_is_not_made_again(long_feedback: Workspace) -> None:
    app = AccordApp(long_feedback)
    async with app.run_test(notifications=True, size=(80, 24)) as pilot:
        await seen(pilot, "Lead feedback: + gives it 20 min, Esc 15")
        await pilot.press("escape", "+")
        await told(pilot, "No other time is proposed for any step.")
    again = AccordApp(long_feedback)
    async with again.run_test(notifications=True, size=(80, 24)) as pilot:
        offer = again.screen.query_one(OfferPanel)
        await until(pilot, lambda: offer._earlier[0], "a look back")
        assert not offer.offers


@pytest.mark.parametrize("width", [120, 100, 80])
def test_the_name_stands_still_while_the_clock_goes_on(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    top = TopBar("Weekly sales and marketing alignment of both the teams")
    monkeypatch.setattr(TopBar, "size", Size(width, 1))
    top._which = "   #14 · Mon 23 Nov"
    names = []
    for here, time, state in (
        ("5:00 left", "0:00 of 60:00 · ends 11:00", Progress.SAVED),
        ("5:00 left", "0:00 of 60:00 · ends 11:00", Progress.SAVING),
        ("15:00 left", "9:59 of 60:00 · ends 10:45 (−15 min)", Progress.SAVING),
        ("0:30 over", "59:59 of 60:00 · ends 11:05 (+5 min)", Progress.SAVED),
        ("12:30 left", "8:00 of 60:00 · ends 11:00", Progress.SAVED),
    ):
        top._here, top._clock, top._state = (here, ""), time, SaveState(state)
        names.append(top.render().plain.partition("#14")[0])
    assert names[0] == names[1], "not moved by a save"
    lengths = [len(name) for name in names]
    assert lengths == sorted(lengths, reverse=True), "what is gone does not come back, to go again"
    assert width == 80 or lengths[0] > lengths[2] == lengths[4], "as much of it as there is room for"
