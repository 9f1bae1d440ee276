"""Several people in one meeting on a server: who is here is shown, and the screens follow whoever leads."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from meetings.config import Config
from meetings.flow import clock as time
from meetings.kinds import MeetingState
from meetings.model import Win
from meetings.paths import Paths
from meetings.session import Session
from meetings.store.server import presence
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.places import Place
from tests.tui.seeing import seen, told, type_in
from tests.tui.seeing import text as screen_text
from tests.tui.seeing import until as wait_until
from tui import app as app_module
from tui import memory
from tui.app import AccordApp
from tui.dialogs.base import Dialog
from tui.dialogs.prompt import Prompt
from tui.dialogs.quick_add import QuickAdd
from tui.screens import meeting as meeting_module

LARGE, SMALL = (120, 36), (80, 24)
Open = Callable[..., Any]


@pytest.fixture
def kind_of_place() -> str:
    return "postgresql"


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes seconds in a meeting takes a moment here."""
    monkeypatch.setattr(presence, "BEAT_SECONDS", 0.2)
    monkeypatch.setattr(presence, "TURN_SECONDS", 0.05)
    monkeypatch.setattr(presence, "SETTLE_SECONDS", 0.3)
    monkeypatch.setattr(presence, "GONE_SECONDS", 1.5)
    monkeypatch.setattr(app_module, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(meeting_module, "SECOND", 0.1)
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 0.01)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 1.0)  # two apps are never idle at once


async def until(pilot: Pilot[Any], condition: Callable[[], object], what: str = "") -> None:
    """As long as several may need to hear of one another."""
    for attempt in range(5):
        try:
            await wait_until(pilot, condition, what)
        except AssertionError:
            if attempt == 4:
                raise
        else:
            return


@pytest.fixture
def open_at(place: Place, config: Config, tmp_path: Path, clock: Clock) -> Open:
    """An app of somebody with folders of their own, on the series of this test."""

    @asynccontextmanager
    async def opened(
        who: str, size: tuple[int, int] = LARGE, *, named: bool = True
    ) -> AsyncIterator[tuple[AccordApp, Pilot[Any]]]:
        home = tmp_path / who
        paths = Paths(home / "config", home / "data", home / "state", home / "cache")
        workspace = Workspace.open(place.configured(config), paths, now=clock.now, today=clock.today)
        if named:
            memory.remember_name(paths, workspace.store.location, who)
        app = AccordApp(workspace)
        async with app.run_test(notifications=True, size=size) as pilot:
            await until(pilot, lambda: app.screen.focused is not None, "the first screen")
            yield app, pilot
            app.desk.session.saver.close()

    return opened


def step(app: AccordApp) -> str:
    """The step on somebody's screen."""
    screen = app.screen_stack[-1] if getattr(app.screen, "place", "") == "meeting" else app.screen_stack[0]
    assert isinstance(screen, meeting_module.MeetingScreen)
    view = screen.step
    return view.step.id if view is not None and view.display and view.ready else ""


def running(workspace: Workspace) -> Session:
    return workspace.start(workspace.session())


async def begun(pilot: Pilot[Any], app: AccordApp) -> None:
    """Somebody starts the meeting at home, and leads it."""
    await pilot.press("S")
    await until(pilot, lambda: step(app) == "checkin", "the meeting")


async def test_joining_following_letting_go_and_going_on(open_at: Open) -> None:
    async with open_at("Sam") as (sam, his):
        assert "1 here" not in screen_text(sam), "nobody is counted while one is alone"
        await begun(his, sam)
        async with open_at("Lena", SMALL, named=False) as (lena, hers):
            # She is asked who she is, once; the list of people completes it.
            await until(hers, lambda: isinstance(lena.screen, Prompt), "the question")
            await seen(hers, "Who are you?")
            await type_in(hers, "le")
            await until(hers, lambda: lena.screen.query_one(Input)._suggestion == "lena", "the completion")
            await hers.press("right", "enter")
            await until(hers, lambda: "2 here: Sam, Lena" in screen_text(lena), "who is here, on one line")
            await until(
                his, lambda: "2 here" in screen_text(sam) and "Lena" in screen_text(sam), "in the agenda"
            )
            # His steps are hers.
            await his.press("n")
            await until(hers, lambda: step(lena) == "goals", "she follows")
            # She looks at another one on her own; the meeting stays where it is.
            await hers.press("n", "n")
            await until(hers, lambda: "Looking at Wins on your own" in screen_text(lena), "her own way")
            await until(hers, lambda: step(lena) == "wins", "the step")
            assert sam.desk.meeting.head.step == "goals"
            await his.press("n")
            await until(hers, lambda: lena.desk.meeting.head.step == "leads", "she has heard")
            assert step(lena) == "wins", "and stays where she looks"
            await seen(hers, "Esc goes back to Lead feedback")
            # What she adds is on his screen; then she goes back and follows again.
            await hers.press("w")
            await until(hers, lambda: isinstance(lena.screen, QuickAdd), "the line that adds")
            await type_in(hers, "Signed")
            await hers.press("enter", "escape")
            await until(
                his, lambda: any(w.title == "Signed" for w in sam.desk.meeting.wins.values()), "her win"
            )
            await hers.press("escape")
            await until(
                hers, lambda: step(lena) == "leads" and "on your own" not in screen_text(lena), "back"
            )
            await his.press("n")
            await until(hers, lambda: step(lena) == "wins", "she follows again")
            # What belongs to leading is refused in a sentence.
            await hers.press("full_stop")
            await told(
                hers, "Sam leads the meeting: only they can pause the clock, unless you take the lead (F)."
            )
            await hers.press("C")
            await told(hers, "only they can close the meeting")
            assert not sam.desk.meeting.head.paused
        await until(his, lambda: "2 here" not in screen_text(sam), "she is gone")
    paths = lena.desk.workspace.paths
    assert memory.remembered_name(paths, lena.desk.workspace.store.location) == "Lena"


async def test_what_is_being_typed_keeps_its_place_until_it_is_done(open_at: Open) -> None:
    async with open_at("Sam") as (sam, his):
        await begun(his, sam)
        async with open_at("Lena") as (lena, hers):
            await until(hers, lambda: lena.together.names() == ("Sam", "Lena"), "both")
            await hers.press("t")
            await until(hers, lambda: isinstance(lena.screen, QuickAdd), "the line that adds")
            await type_in(hers, "Send the li")
            await his.press("n")
            await until(hers, lambda: lena.desk.meeting.head.step == "goals", "she has heard")
            await hers.pause(0.5)
            assert step(lena) == "checkin", "nothing changes under the line"
            await type_in(hers, "st")
            await hers.press("enter", "escape")
            await until(hers, lambda: step(lena) == "goals", "then she follows")
            assert [item.title for item in lena.desk.meeting.action_items.values()] == ["Send the list"]
            # The same while a cell is edited.
            await his.press("b")
            await until(hers, lambda: step(lena) == "checkin", "back")
            await hers.press("enter")
            await until(hers, lambda: isinstance(lena.screen.focused, Input), "a field over a name")
            lena.post_message(events.AppBlur())  # she looks at another window
            await his.press("n")
            await until(hers, lambda: lena.desk.meeting.head.step == "goals", "she has heard")
            await hers.pause(0.5)
            assert step(lena) == "checkin"
            lena.post_message(events.AppFocus())
            await until(hers, lambda: isinstance(lena.screen.focused, Input), "the field again")
            await hers.press("end", *"my", "enter")
            await until(hers, lambda: step(lena) == "goals", "then she follows")
            await until(
                his, lambda: any(p.name == "Sammy" for p in sam.desk.meeting.people.values()), "the name"
            )


async def test_the_lead_changes_hands_and_the_clock_counts_once(open_at: Open, clock: Clock) -> None:
    async with open_at("Sam") as (sam, his):
        await begun(his, sam)
        async with open_at("Lena") as (lena, hers):
            await until(hers, lambda: lena.together.names() == ("Sam", "Lena"), "both")

            def beats(seconds: int) -> None:
                for _ in range(seconds // time.BEAT):
                    clock.advance(time.BEAT)
                    sam.desk.session.beat()
                    lena.desk.session.beat()

            beats(30)
            await until(hers, lambda: time.elapsed(lena.desk.meeting) == 30, "his clock")
            assert len(lena.desk.meeting.clock) == 1, "he keeps it alone"
            await hers.press("n")
            await until(hers, lambda: step(lena) == "goals", "her own way")
            await hers.press("F")
            await seen(hers, "Lead the meeting?", "Sam leads it now")
            await hers.press("enter")
            await told(hers, "You lead the meeting")
            await until(hers, lambda: step(lena) == "checkin", "her screen is where the meeting is")
            await told(his, "Lena leads the meeting now; your screen follows.")
            await until(his, lambda: not sam.desk.session.leads, "he has heard")
            beats(30)
            await hers.press("n")
            await until(his, lambda: step(sam) == "goals", "he follows")
            beats(10)
            await until(his, lambda: time.elapsed(sam.desk.meeting) == 70, "her clock")
            assert time.spent(sam.desk.meeting, "checkin") == 60
            assert len(sam.desk.meeting.clock) == 2, "one interval for each step"
            await his.press("full_stop")
            await told(his, "Lena leads the meeting")
        # She has left: nobody leads, and he can.
        await until(
            his, lambda: "Lena, who leads the meeting, is not here" in screen_text(sam), "said in a line"
        )
        await his.press("C")
        await told(his, "Nobody leads the meeting now: take the lead (F) to close the meeting.")
        await his.press("F")
        await until(his, lambda: sam.desk.session.leads and "not here" not in screen_text(sam), "he leads")


async def test_who_comes_alone_goes_on_with_the_meeting(open_at: Open, clock: Clock) -> None:
    async with open_at("Sam") as (sam, his):
        await begun(his, sam)
        assert sam.desk.session.leads
    clock.advance(3600)
    async with open_at("Lena", named=False) as (lena, hers):
        await until(hers, lambda: lena.desk.session.leads, "she leads")
        assert not isinstance(lena.screen, Prompt), "nobody is there to be told a name"
        async with open_at("Sam") as (sam, his):
            await until(his, lambda: sam.together.names() == ("facilitator", "Sam"), "both")
            await told(hers, "Somebody has joined. @ tells them who you are.")
            assert not sam.desk.session.leads


async def test_a_guest_says_no_name_and_is_not_asked_again(open_at: Open) -> None:
    async with open_at("Sam") as (sam, his):
        await begun(his, sam)
        async with open_at("Jo", named=False) as (jo, theirs):
            jo.post_message(events.AppBlur())
            await until(theirs, lambda: jo.together.to_be_asked, "both")
            await theirs.pause(0.3)
            assert not isinstance(jo.screen, Prompt), "nothing is asked behind another window"
            jo.post_message(events.AppFocus())
            await until(theirs, lambda: isinstance(jo.screen, Prompt), "the question")
            await theirs.press("escape")
            await until(his, lambda: "a guest" in screen_text(sam), "a guest")
        async with open_at("Jo", named=False) as (jo, theirs):
            await until(theirs, lambda: jo.together.names() == ("Sam", "you"), "both")
            await theirs.pause(0.5)
            assert not isinstance(jo.screen, Prompt)


async def test_whoever_has_joined_rates_for_themselves(open_at: Open) -> None:
    async with open_at("Sam") as (sam, his):
        await begun(his, sam)
        sam.desk.session.go_to("wrapup")
        async with open_at("Lena") as (lena, hers):
            await until(hers, lambda: step(lena) == "wrapup", "the wrap-up")
            await until(hers, lambda: lena.screen.selected().name == "Lena", "the cursor on her own name")  # type: ignore[attr-defined]
            await hers.press("a")
            await seen(hers, "A figure from 1 to 10")
            assert "Sam" not in screen_text(lena).partition("A figure from")[2].partition("Save it")[0]
            await hers.press("9", "enter")
            await until(
                his, lambda: [r.person for r in sam.desk.meeting.ratings.values()] == ["Lena"], "hers"
            )
            await seen(his, "1 of 4 rated")
            await hers.press("r")
            await told(hers, "only they can reveal the ratings")
            await his.press("r")
            await until(hers, lambda: lena.desk.meeting.head.revealed, "revealed to all")


async def test_the_meeting_is_closed_for_all_by_who_leads(open_at: Open) -> None:
    async with open_at("Sam") as (sam, his):
        await begun(his, sam)
        sam.desk.session.add(Win(title="Signed"))
        async with open_at("Lena") as (lena, hers):
            await until(hers, lambda: lena.together.names() == ("Sam", "Lena"), "both")
            await his.press("C")
            await until(his, lambda: isinstance(sam.screen, Dialog), "the question")
            await his.press("enter")
            await until(hers, lambda: getattr(lena.screen, "place", "") == "home", "home")
            await until(hers, lambda: "2 here: Sam, Lena" in screen_text(lena), "who is here, at home")
            assert lena.desk.meeting.head.state is MeetingState.PLANNED
            assert not lena.desk.meeting.head.lead
