"""The whole app on a rich running meeting, with a row of every kind, and three ways to ask it for an action."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from textual.command import CommandList, CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input

from meetings.config import minutes_folder, store_folder
from meetings.kinds import FeedbackState, Team
from meetings.meeting import Meeting
from meetings.model import (
    ActionItem,
    ComingUp,
    Decision,
    Feedback,
    Goal,
    LeadNumbers,
    Person,
    Problem,
    Record,
    Win,
    words,
)
from meetings.session import Session
from meetings.store.files import FileStore
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import until
from tests.tui.step_app import second_meeting
from tui.app import AccordApp
from tui.keys import ACTIONS
from tui.keys.names import key_name
from tui.screens.base import AccordScreen
from tui.screens.meeting import MeetingScreen
from tui.widgets.key_bar import KeyBar
from tui.widgets.rows import Rows

STEPS = ("checkin", "goals", "leads", "wins", "actions", "wrapup")
SCREENS = ("home", "everything", "history", "trends", "minutes")
"""The other screens by their names here; the step and the screen of action items are two things."""
PLACE = {
    "home": "home",
    "everything": "actions",
    "history": "history",
    "trends": "trends",
    "minutes": "minutes",
}
PLACES = (*STEPS, *SCREENS)

LISTS: dict[str, dict[str, str]] = {
    "checkin": {
        "people": "Sam",
        "decisions": "Events count as marketing leads",
        "answered": "The webinar leads are cold",
        "coming": "Autumn launch",
    },
    "goals": {"goals": "MQL to SQL rate"},
    "leads": {
        "numbers": "Webinar",
        "from-a": "Leads from the fair are warm",
        "from-b": "Please call on Mondays",
    },
    "wins": {"wins": "First joint webinar"},
    "actions": {
        "promised": "Send the webinar list",
        "problems": "Who owns leads from events?",
        "new": "Book the hall",
        "decided": "Two rooms from now on",
    },
    "wrapup": {"ratings": "Lena", "decided": "Two rooms from now on", "owed": "Book the hall"},
    "home": {"items": "Book the hall", "goals": "MQL to SQL rate"},
    "everything": {"items": "Book the hall"},
    "history": {"meetings": "1"},
    "trends": {},
    "minutes": {},
}
"""The lists of each place, and the row of each that the tests act on."""


def rich_meeting(workspace: Workspace, clock: Clock) -> None:
    """One meeting that was held and a second that runs, with at least two rows in every list of every step."""

    def first(session: Session) -> None:
        day = session.meeting.head.date
        later = day + dt.timedelta(days=60)
        session.add(Goal(title="MQL to SQL rate", start=20.0, target=30.0, start_date=day, due=later))
        session.add(Goal(title="Joint deals", target=12.0, start_date=day, due=later))
        for text in ("The webinar leads are cold", "Nobody reads the battle cards"):
            session.add(Feedback(text=text, response="We look into it", state=FeedbackState.ANSWERED))
        session.add(ActionItem(title="Send the webinar list", owner="Sam", due=later))
        session.add(ActionItem(title="Rewrite the pricing page", owner="Lena", due=later))
        for text in ("Events count as marketing leads", "Ask for the budget first"):
            session.add(Decision(text=text, check_date=session.meeting.head.next_date))

    def second(session: Session) -> None:
        day = session.meeting.head.date
        for name in ("Lena", "Jonas"):
            person = next(person for person in session.meeting.people.values() if person.name == name)
            session.change(person.uid, present=True)
        session.add(ComingUp(text="Autumn launch", date=day + dt.timedelta(days=3)))
        session.add(ComingUp(text="Trade fair", date=day + dt.timedelta(days=9)))
        for source in ("Webinar", "Fair"):
            session.add(
                LeadNumbers(
                    source=source,
                    period_start=day - dt.timedelta(days=7),
                    period_end=day - dt.timedelta(days=1),
                    new=40,
                    handed_over=20,
                    reviewed=20,
                    accepted=15,
                )
            )
        session.add(Feedback(text="Leads from the fair are warm"))
        session.add(Feedback(text="The white paper is asked for"))
        session.add(Feedback(text="Please call on Mondays", from_team=Team.B))
        session.add(Feedback(text="The slides are out of date", from_team=Team.B))
        session.add(Win(title="First joint webinar", credits=("Sam",)))
        session.add(Win(title="84 sign-ups", team=Team.B))
        session.add(Problem(title="Who owns leads from events?"))
        session.add(Problem(title="Two price lists"))
        session.add(ActionItem(title="Book the hall", owner="Ana"))
        session.add(ActionItem(title="Call the printer", owner="Jonas"))
        session.add(ActionItem(title="Count the chairs"))
        session.add(Decision(text="Two rooms from now on"))
        session.add(Decision(text="Coffee first"))

    second_meeting(workspace, clock, first, second)


def kind_of(spot: str) -> type[Record] | None:
    """What the rows of a list are."""
    name = spot.partition(".")[2]
    kinds: dict[str, type[Record]] = {
        "people": Person,
        "ratings": Person,
        "decisions": Decision,
        "decided": Decision,
        "answered": Feedback,
        "from-a": Feedback,
        "from-b": Feedback,
        "coming": ComingUp,
        "goals": Goal,
        "numbers": LeadNumbers,
        "wins": Win,
        "problems": Problem,
        "promised": ActionItem,
        "new": ActionItem,
        "owed": ActionItem,
        "items": ActionItem,
    }
    return kinds.get(name)


def contents(meeting: Meeting) -> dict[str, Any]:
    """Everything that people see of a meeting, without the times of edits."""
    found: dict[str, Any] = {}
    for table, record in meeting.content():
        row = msgspec.to_builtins(record)
        del row["updated_at"]
        found[f"{table}/{record.uid}"] = row
    head = meeting.head
    found["head"] = (head.step, head.paused, head.revealed, dict(head.corrections), head.state)
    return found


Way = Callable[["Stage", str], Awaitable[None]]
"""How a person asks for an action."""


class Stage:
    """The app in front of a person at one place; `do` asks for the action that is being tried."""

    def __init__(self, app: AccordApp, pilot: Pilot[Any], where: str) -> None:
        self.app, self.pilot, self.where = app, pilot, where
        self.list_id = ""
        self.uid = ""
        self.action = ""
        self.way: Way = by_key(0)
        self.start = contents(app.desk.meeting)

    # What there is

    @property
    def meeting(self) -> Meeting:
        return self.app.desk.meeting

    @property
    def stored(self) -> Meeting:
        """The meeting as a new start of the program would read it."""
        return store_of(self.app.desk.workspace).read(self.meeting.head.number)

    @property
    def record(self) -> Any:
        """The row that is acted on, as it is stored."""
        found = self.stored.find(self.uid)
        return found[1] if found else None

    @property
    def rows(self) -> Rows:
        return self.app.screen.query_one(f"#{self.list_id}", Rows)

    @property
    def place(self) -> str:
        return getattr(self.app.screen, "place", "")

    @property
    def changed(self) -> bool:
        return contents(self.meeting) != self.start

    def added(self) -> list[Any]:
        """The records that were not there at the beginning, as they are stored."""
        return [
            record for table, record in self.stored.content() if f"{table}/{record.uid}" not in self.start
        ]

    # What is done

    async def do(self) -> None:
        """Ask for the action."""
        await self.way(self, self.action)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type_over(self, text: str) -> None:
        """Put a text into the field that has the focus, in place of what is there."""
        field = self.app.screen.focused
        assert isinstance(field, Input), f"{field} is no field"
        field.value = text
        field.cursor_position = len(text)
        await self.pilot.pause()

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        await until(self.pilot, condition, what)

    async def select(self, list_id: str) -> None:
        """Put the cursor on the row of that list that is acted on."""
        self.list_id = list_id
        self.uid = self._uid(LISTS[self.where][list_id]) if list_id else ""
        if not list_id:
            return
        if self.where == "everything":
            await self.until(lambda: self.rows.count >= 5, "all items read")
        if self.where == "history":
            await self.until(lambda: self.rows.count == 2, "all meetings read")
        self.app.screen.set_focus(self.rows)
        await self.pilot.pause()
        assert self.rows.move_to(self.uid) or self.rows.cursor_key == self.uid, f"no row {self.uid}"
        await self.until(lambda: self.app.focused is self.rows and self.rows.cursor_key == self.uid)

    def _uid(self, text: str) -> str:
        if self.where == "history":
            return text
        return next(record.uid for _, record in self.meeting.content() if words(record) == text)

    async def reset(self) -> None:
        """Everything as it was at the beginning: dialogs away with Escape, edits undone."""
        app, session = self.app, self.app.desk.session
        for _ in range(6):
            if self.place == PLACE.get(self.where, "meeting") and app.focused is not None:
                break
            await self.press("escape")
        app.clear_notifications()
        app.half_typed.clear()
        for _ in range(12):
            if not _edited(self.meeting, self.start):
                break
            session.undo()
        head = self.meeting.head
        step, paused, revealed, corrections, _ = self.start["head"]
        if head.corrections != corrections:
            session._set_head("clock", corrections=corrections)
        session.reveal(revealed)
        if head.paused and not paused:
            session.resume()
        for path in minutes_folder(app.desk.config, app.desk.workspace.paths).glob("*"):
            path.unlink()
        if self.where in STEPS:
            app.go("meeting")
            screen = app.screen
            assert isinstance(screen, MeetingScreen)
            screen.remove_class("presenter")
            await screen.go_to(step)
        else:
            await self.open_place()
        await self.pilot.pause()
        assert not self.changed, "the edits could not be undone"

    async def open_place(self) -> None:
        """Come to the screen from the meeting, as a person does."""
        app, wanted = self.app, PLACE[self.where]
        if self.place == wanted:
            return
        app.go("meeting")
        await self.pilot.pause()
        key = {"home": "h", "actions": "i", "history": "y", "trends": "Y", "minutes": "m"}[wanted]
        await self.press(key)
        await self.until(lambda: self.place == wanted and app.focused is not None, wanted)


def _edited(meeting: Meeting, start: dict[str, Any]) -> bool:
    now = contents(meeting)
    return {name: row for name, row in now.items() if name != "head"} != {
        name: row for name, row in start.items() if name != "head"
    }


def store_of(workspace: Workspace) -> FileStore:
    """The store as another start of the program opens it."""
    return FileStore(store_folder(workspace.config, workspace.paths))


@asynccontextmanager
async def staged(workspace: Workspace, where: str, size: tuple[int, int]) -> AsyncIterator[Stage]:
    """The app at that place of the running meeting."""
    app = AccordApp(workspace)
    step = where if where in STEPS else "checkin"
    app.desk.session.go_to(step)
    async with app.run_test(notifications=True, size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen.focused, Rows), "a list with the focus")
        stage = Stage(app, pilot, where)
        if where not in STEPS:
            await stage.open_place()
        yield stage


# Ways


def by_key(number: int) -> Way:
    """Press one of the action's keys."""

    async def press(stage: Stage, action_id: str) -> None:
        name = key_name(ACTIONS[action_id].keys[number])
        assert name is not None
        await stage.press(name)

    return press


async def by_palette(stage: Stage, action_id: str) -> None:
    """Find the action by its words in the palette, and take what is found first."""
    await stage.press("colon")
    await stage.until(lambda: isinstance(stage.app.screen, CommandPalette), "the palette")
    found = stage.app.screen.query_one(CommandList)
    await stage.until(lambda: found.option_count, "commands")
    await stage.type_over(ACTIONS[action_id].words)
    wanted = ACTIONS[action_id].words.casefold()
    await stage.until(
        lambda: found.option_count and wanted in first_line(found).casefold(),
        f"“{wanted}” first in the palette",
    )
    await stage.press("enter")
    await stage.until(lambda: not isinstance(stage.app.screen, CommandPalette), "the palette gone")


def first_line(found: CommandList) -> str:
    """The words of the first command in the palette's list."""
    return str(found.get_option_at_index(0).prompt)


async def by_click(stage: Stage, action_id: str) -> None:
    """Click on the action's label in the line of keys, when that has what belongs to the selected row."""
    screen = stage.app.screen
    assert isinstance(screen, AccordScreen)
    bar = screen.query_one(KeyBar)

    def up_to_date() -> bool:
        wanted = {name for name in (*screen.hints(), "help") if not screen.why_not(name)}
        return wanted <= {name for name, _, _ in bar.hints} <= wanted | {*screen.hints(), *screen.urgent()}

    await stage.until(up_to_date, "the keys of the selected row")
    bar.render()  # it may have changed since the last frame
    start = next(start for start, _, name in bar._spans if name == action_id)
    await stage.pilot.click(bar, offset=(start + 1, 0))


def in_bar(stage: Stage) -> Iterator[str]:
    """The actions that the line of keys shows."""
    yield from (name for _, _, name in stage.app.screen.query_one(KeyBar)._spans)
