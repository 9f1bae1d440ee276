"""How many keys a standard meeting takes beyond the letters of what is said: at most 60, and the guide says how many.

Letters, digits and the blanks between words are what is said. Everything else counts: Enter, Escape, the keys that go
on and that add, and every sign (@ ^ # >) in a line.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from meetings.config import TeamConfig, minutes_folder
from meetings.kinds import FeedbackState, MeetingState, Team
from meetings.model import Goal
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import seen, told, until
from tests.tui.stage import store_of
from tui.app import AccordApp
from tui.keys.names import key_name

MOST = 60
GUIDE = Path(__file__).parents[2] / "docs" / "guide.md"
PEOPLE = (("Sam", "Ana", "Ben"), ("Lena", "Jonas", "Mia"))
READINGS = ("27", "412", "84", "91", "18", "33", "7", "1200")
FEEDBACK = (
    (Team.A, "Paid social leads are students", "We narrow the audience to job titles"),
    (Team.A, "The webinar list came too late", "It is sent on the day itself from now on"),
    (Team.B, "Eleven leads had no call within a day", "Sam looks at the queue each morning"),
    (Team.B, "Nobody uses the new battle cards", "They are opened in every first call"),
)
WINS = (
    "First deal from the joint webinar",
    "Response time below two hours",
    "Press article in the trade paper",
)
ITEMS = (
    ("Send the partner list", "Sam", "fri"),
    ("Rewrite the pricing page", "Lena", "wed"),
    ("Call the eleven leads", "Ana", "thu"),
    ("Book the hall for the fair", "Jonas", "fri"),
    ("Listen to two sales calls", "Mia", "thu"),
    ("Update the battle cards", "Ben", "fri"),
)
RATINGS = (8, 7, 9, 6, 8, 10)


class Facilitator:
    """Types, and counts what is not said by anybody."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.pilot, self.count = pilot, 0

    async def press(self, *keys: str) -> None:
        self.count += len(keys)
        await self.pilot.press(*keys)

    async def say(self, words: str, *, then: str = "enter") -> None:
        names = {sign: key_name(sign) or sign for sign in "@^#>"} | {" ": "space"}
        self.count += sum(not (sign.isalnum() or sign == " ") for sign in words)
        await self.pilot.press(*(names.get(sign, sign) for sign in words))
        await self.press(then)


async def standard_meeting(pilot: Pilot[int]) -> int:
    """Hold it, close it, save its minutes. The keys beyond what was said."""
    person = Facilitator(pilot)
    await seen(pilot, "Start")
    await person.press("enter")
    await seen(pilot, "0 of 6 here")
    await person.press("V", "n")
    await seen(pilot, "Goal 8")
    for reading in READINGS:
        await person.say(reading)
    await person.press("n", "f")
    before = Team.A
    for team, text, response in FEEDBACK:
        await person.say(text if team is before else f"{text} #marketing")
        await person.say(f"> {response}")
        before = team
    await person.press("escape", "n", "a")
    for win in WINS:
        await person.say(win)
    await person.press("escape", "n", "t")
    for title, owner, day in ITEMS:
        await person.say(f"{title} @{owner} ^{day}")
    await person.press("escape", "n", "a")
    await person.say(" ".join(str(rating) for rating in RATINGS))
    await person.press("C", "s")
    return person.count


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's way to wait for an idle app looks up more often: hundreds of keys are pressed here."""
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 0.002)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 0.0005)


async def test_a_standard_meeting_takes_no_more_than_sixty_keys(workspace: Workspace, clock: Clock) -> None:
    teams = {
        "a": TeamConfig(name="Sales", people=PEOPLE[0]),
        "b": TeamConfig(name="Marketing", people=PEOPLE[1]),
    }
    workspace = Workspace.open(
        replace(workspace.config, teams=teams),
        workspace.paths,
        background=False,
        now=clock.now,
        today=clock.today,
    )
    session = workspace.start(workspace.session())
    day = session.meeting.head.date
    for n in range(1, 9):
        session.add(
            Goal(title=f"Goal {n}", start=0.0, target=100.0, start_date=day, due=day + dt.timedelta(days=90))
        )
    workspace.close(session).saver.close()
    clock.advance(7 * 24 * 3600)

    app = AccordApp(workspace)
    async with app.run_test(notifications=True, size=(120, 36)) as pilot:
        keys = await standard_meeting(pilot)
        await told(pilot, "Meeting 2 is closed; meeting 3 is planned. Saved as")
        await until(pilot, lambda: len(store_of(workspace).numbers()) == 3, "the next meeting")

    held = store_of(workspace).read(2)
    assert held.head.state is MeetingState.CLOSED
    assert sum(person.present for person in held.people.values()) == 6
    today = clock.today()
    read = [
        reading.value for goal in held.goals.values() for reading in goal.readings if reading.date == today
    ]
    assert read == [float(reading) for reading in READINGS]
    said = [(one.from_team, one.text, one.response) for one in held.feedback.values()]
    assert said == list(FEEDBACK)
    assert {one.state for one in held.feedback.values()} == {FeedbackState.ANSWERED}
    promised = [(item.title, item.owner, item.due) for item in held.action_items.values()]
    weekday = {"wed": 2, "thu": 3, "fri": 4}
    assert promised == [
        (title, owner, today + dt.timedelta(days=weekday[day] - today.weekday()))
        for title, owner, day in ITEMS
    ]
    assert sorted(one.value or 0 for one in held.ratings.values()) == sorted(RATINGS)

    (minutes,) = minutes_folder(workspace.config, workspace.paths).glob("*.md")
    text = minutes.read_text("utf-8")
    names = [name for team in PEOPLE for name in team]
    for words in (*names, *WINS, *(w for _, *pair in FEEDBACK for w in pair), *(w for w, _, _ in ITEMS)):
        assert words in text, words
    assert "draft" not in text.lower()

    assert keys <= MOST
    assert f"takes {keys} keys" in GUIDE.read_text("utf-8"), (
        f"the guide does not say that it takes {keys} keys"
    )
