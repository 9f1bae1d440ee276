"""The first launch: six questions become a config.yaml, and home opens without a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events

from meetings.config import default_config, load_config
from meetings.paths import Paths
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import seen, text, told, type_in, until
from tui.app import AccordApp

SIZES = ((120, 36), (80, 24), (40, 15))


@pytest.fixture
def launch(paths: Paths, clock: Clock) -> Callable[[], AccordApp]:
    """The app as it starts on a machine that has never seen Accord."""

    def start() -> AccordApp:
        workspace = Workspace.open(
            default_config(), paths, background=False, now=clock.now, today=clock.today
        )
        return AccordApp(workspace, set_up=True)

    return start


def place(app: AccordApp) -> str:
    return getattr(app.screen, "place", "")


@pytest.mark.parametrize("size", SIZES)
async def test_every_question_is_on_the_screen(
    launch: Callable[[], AccordApp], size: tuple[int, int]
) -> None:
    app = launch()
    async with app.run_test(size=size, notifications=True) as pilot:
        await seen(pilot, "First team", "Second team", "Its people", "You meet", "weekly", "Mon", "Esc")


async def test_f1_says_what_the_keys_do(launch: Callable[[], AccordApp]) -> None:
    app = launch()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await seen(pilot, "First team")
        await pilot.press("f1")
        await seen(pilot, "Help: what the keys do here", "Take the defaults", "In a line of text", "Ctrl+Q")
        await pilot.press("escape")
        await until(pilot, lambda: place(app) == "setup", "the questions")


async def test_the_answers_become_a_config_and_home_opens_with_them(
    launch: Callable[[], AccordApp], paths: Paths
) -> None:
    app = launch()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await seen(pilot, "First team")
        await type_in(pilot, "Vertrieb")
        await pilot.press("enter")
        await type_in(pilot, "Zoë, Sam [/red],  , sam [/red]")
        await pilot.press("enter")
        await type_in(pilot, "Growth: EU")
        await pilot.press("enter")
        await type_in(pilot, "Jo; No")
        await pilot.press("enter")
        await seen(pilot, "← → Choose   Enter Next")
        await pilot.press("b", "enter", "w", "enter")
        await told(pilot, "Your answers are in")
        await until(pilot, lambda: place(app) == "home", "home")
        people = {(person.name, person.team.value) for person in app.desk.meeting.people.values()}
        assert people == {("Zoë", "a"), ("Sam [/red]", "a"), ("Jo", "b"), ("No", "b")}
        assert app.desk.meeting.head.team_names == {"a": "Vertrieb", "b": "Growth: EU"}
        await seen(pilot, "Wednesday 18 November 2026", "in 2 days", "Start")
    config = load_config(paths.config / "config.yaml")
    assert (config.cadence.every, config.cadence.day) == ("biweekly", "wednesday")
    assert config.teams["b"].people == ("Jo", "No")
    assert (paths.config / "config.yaml").read_text("utf-8").count("#") > 20


async def test_escape_takes_the_defaults_and_says_so(launch: Callable[[], AccordApp], paths: Paths) -> None:
    app = launch()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await seen(pilot, "First team")
        await pilot.press("escape")
        await until(pilot, lambda: place(app) == "home", "home")
        await told(pilot, "The defaults are in")
    assert load_config(paths.config / "config.yaml").teams["a"].name == "Sales"


async def test_escape_asks_before_it_drops_what_was_typed(
    launch: Callable[[], AccordApp], paths: Paths
) -> None:
    app = launch()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await seen(pilot, "First team")
        await pilot.press("enter")
        await type_in(pilot, "Tom, Tim")
        await pilot.press("escape")
        await seen(pilot, "Take the defaults and drop what you typed?")
        await pilot.press("escape")
        await seen(pilot, "Tom, Tim")
        assert not (paths.config / "config.yaml").exists()
        await pilot.press("escape", "enter")
        await until(pilot, lambda: place(app) == "home", "home")
        await told(pilot, "The defaults are in")
    assert load_config(paths.config / "config.yaml").teams["a"].people == ()


async def test_what_cannot_be_is_said_beside_its_question(
    launch: Callable[[], AccordApp], paths: Paths
) -> None:
    app = launch()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await seen(pilot, "First team")
        await pilot.press("backspace", "ctrl+s")
        await seen(pilot, "A team needs a name.")
        await type_in(pilot, "Marketing")
        await pilot.press("ctrl+s")
        await seen(pilot, "the name of both teams")
        assert app.focused is not None
        assert app.focused.id == "team_b"
        assert "A team needs a name." not in text(app)
        await pilot.press("down", "down")
        assert not (paths.config / "config.yaml").exists()
        assert not Path(app.desk.workspace.store.location).exists(), "nothing is made before the end"


async def test_a_long_answer_shows_its_beginning_and_that_it_goes_on(launch: Callable[[], AccordApp]) -> None:
    app = launch()
    async with app.run_test(size=(60, 24), notifications=True) as pilot:
        await seen(pilot, "First team")
        await pilot.press("enter")
        await type_in(pilot, "Sam, Anna-Lena Müller-Lüdenscheidt, Yui 田中, Bob, Li")
        await pilot.press("enter")
        await seen(pilot, "Sam, Anna-Lena Müller-Lüdenscheidt, Y…")
        await pilot.press("up")
        await seen(pilot, "Bob, Li ")


async def test_a_pasted_list_of_people_is_one_person_a_line(launch: Callable[[], AccordApp]) -> None:
    app = launch()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await seen(pilot, "First team")
        await pilot.press("enter")
        assert app.focused is not None
        app.focused.post_message(events.Paste("Sam\n\x1b[31mPriya\nJo,\n"))
        await seen(pilot, "Sam, Priya, Jo")


async def test_a_config_that_is_there_is_never_overwritten(
    launch: Callable[[], AccordApp], paths: Paths
) -> None:
    app = launch()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await seen(pilot, "First team")
        paths.config.mkdir(parents=True)
        (paths.config / "config.yaml").write_text("accord: 1  # mine\n", encoding="utf-8")
        await type_in(pilot, "Field")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: place(app) == "home", "home")
        await told(pilot, "is there already")
        assert app.desk.config.teams["a"].name == "Field"
    assert (paths.config / "config.yaml").read_text("utf-8") == "accord: 1  # mine\n"


async def test_where_no_config_can_be_written_accord_goes_on(
    launch: Callable[[], AccordApp], paths: Paths
) -> None:
    paths.config.parent.mkdir(parents=True, exist_ok=True)
    paths.config.write_text("a file where the folder should be", encoding="utf-8")
    app = launch()
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await seen(pilot, "First team")
        await type_in(pilot, "Field")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: place(app) == "home", "home")
        await told(pilot, "cannot be written", "until Accord ends")
        assert app.desk.meeting.head.team_names["a"] == "Field"


async def test_where_no_meeting_can_be_kept_it_is_said_and_nothing_is_lost(
    launch: Callable[[], AccordApp], paths: Paths
) -> None:
    app = launch()
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await seen(pilot, "First team")
        paths.data.parent.mkdir(parents=True, exist_ok=True)
        paths.data.write_text("a file where the folder should be", encoding="utf-8")
        await type_in(pilot, "Field")
        await pilot.press("ctrl+s")
        await told(pilot, "cannot be read")
        assert place(app) == "setup"
        assert "Field" in text(app)
