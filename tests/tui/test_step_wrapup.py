"""The wrap-up: ratings typed unseen, what was decided, who owes what, and what is missing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from meetings.kinds import ItemKind, ItemState, Team
from meetings.meeting import Meeting
from meetings.model import ActionItem, Decision, Feedback, Goal, Person, Rating
from meetings.session import Session
from meetings.workspace import Workspace
from tests.conftest import MONDAY, Clock
from tests.tui.seeing import line_with, seen, text, told, type_in, until
from tests.tui.step_app import SIZES, at_step, dialog, on_disk, second_meeting, to_list
from tui.widgets.rows import Rows

TODAY = MONDAY.date() + dt.timedelta(7)


def first(session: Session) -> None:
    for person, team, value in (
        *(("Sam", Team.A, 9), ("Ines", Team.A, 8), ("Omar", Team.A, 10)),
        *(("Lena", Team.B, 8), ("Jonas", Team.B, 8), ("Ana", Team.B, 8)),
    ):
        session.add(Rating(person=person, team=team, value=value))
    session.add(
        ActionItem(title="A day on the phone", team=Team.B, kind=ItemKind.RIDE_ALONG, state=ItemState.DONE)
    )


def second(session: Session) -> None:
    for person in session.meeting.people.values():
        session.change(person.uid, present=person.name != "Ana")
    session.add(Decision(text="One list of customers", owner="Lena", team=Team.B))
    session.add(ActionItem(title="Merge the lists", owner="Sam", team=Team.A, due=TODAY + dt.timedelta(4)))
    session.add(ActionItem(title="Nobody's promise"))


@pytest.fixture
def meeting(workspace: Workspace, clock: Clock) -> Workspace:
    """A second meeting, in which Sam, Lena and Jonas are present."""
    second_meeting(workspace, clock, first, second)
    return workspace


def rated(meeting: Meeting) -> dict[str, int]:
    return {rating.person: rating.value for rating in meeting.ratings.values()}


def row_of(app: App[Any], name: str) -> str:
    """The row of that person, without what stands beside the list."""
    line = line_with(app, name)
    return line[line.index(name) :].partition("│")[0].rstrip()


async def line_of_ratings(pilot: Pilot[Any], typed: str) -> None:
    """Open the hidden line and type into it."""
    await pilot.press("a")
    await dialog(pilot)
    await type_in(pilot, typed)


async def test_ratings_typed_on_the_rows_are_dots_until_revealed(meeting: Workspace) -> None:
    async with at_step(meeting, "wrapup") as (app, pilot):
        await seen(pilot, "How was this meeting?", "0 of 3 rated")
        assert "Ana" not in text(app)
        await pilot.press("7")
        await until(pilot, lambda: isinstance(app.focused, Input), "a field over the row")
        assert "7" not in row_of(app, "Sam")
        assert "•" in line_with(app, "Sam")
        await pilot.press("enter", "1", "0", "enter")
        await seen(pilot, "2 of 3 rated")
        assert "•" in line_with(app, "Lena")
        assert "10" not in row_of(app, "Lena")
        await pilot.press("r")
        await seen(pilot, "8.5 of 10, last time 8.5", "Sales 7.0 · Marketing 10.0 · gap 3.0, last time 1.0")
        assert row_of(app, "Lena").endswith("10")
        await pilot.press("r")
        await seen(pilot, "2 of 3 rated")
        assert "gap 3.0" not in text(app)
    saved = on_disk(meeting)
    assert rated(saved) == {"Sam": 7, "Lena": 10}
    assert [rating.team for rating in saved.ratings.values()] == [Team.A, Team.B]


async def test_the_reveal_is_kept(meeting: Workspace) -> None:
    async with at_step(meeting, "wrapup") as (_, pilot):
        await pilot.press("7", "enter")
        await seen(pilot, "1 of 3 rated")
        await pilot.press("r")
        await seen(pilot, "7.0 of 10")
    assert on_disk(meeting).head.revealed


async def test_what_few_gave_last_time_stays_with_them(workspace: Workspace, clock: Clock) -> None:
    def two(session: Session) -> None:
        session.add(Rating(person="Sam", team=Team.A, value=9))
        session.add(Rating(person="Lena", team=Team.B, value=3))

    second_meeting(workspace, clock, two, second)
    async with at_step(workspace, "wrapup") as (app, pilot):
        await line_of_ratings(pilot, "7 7 7")
        await pilot.press("enter")
        await pilot.press("r")
        await seen(pilot, "7.0 of 10")
        assert "last time" not in text(app)
        assert "6.0" not in text(app)


async def test_ratings_that_are_undone_after_the_reveal_are_typed_unseen_again(meeting: Workspace) -> None:
    async with at_step(meeting, "wrapup") as (app, pilot):
        await line_of_ratings(pilot, "4 4 4")
        await pilot.press("enter", "r")
        await seen(pilot, "4.0 of 10")
        await pilot.press("u")
        await seen(pilot, "0 of 3 rated", "Reveal")
        await pilot.press("g", "7")
        await until(pilot, lambda: app.screen.query_one(Input).value == "7")
        assert app.screen.query_one(Input).password
        await pilot.press("enter")
        await seen(pilot, "1 of 3 rated")


async def test_a_ten_looks_like_any_other_rating_while_it_is_typed(meeting: Workspace) -> None:
    async with at_step(meeting, "wrapup") as (app, pilot):
        for keys in (("a",), ("escape", "g")):  # in the line for the whole room, and on a row
            await pilot.press(*keys)
            await pilot.press("1")
            await until(pilot, lambda: "•" in text(app), "a dot")
            before = text(app)
            await pilot.press("0")
            await until(pilot, lambda: app.screen.query_one(Input).value == "10")
            await pilot.pause()
            assert text(app) == before
            await pilot.press("backspace", "backspace")


async def test_nothing_is_revealed_while_nobody_has_rated(meeting: Workspace) -> None:
    async with at_step(meeting, "wrapup") as (_, pilot):
        await pilot.press("r")
        await told(pilot, "Nobody has rated yet")
    assert not on_disk(meeting).head.revealed


async def test_a_wrong_rating_is_refused_without_showing_it(meeting: Workspace) -> None:
    async with at_step(meeting, "wrapup", (80, 24)) as (app, pilot):
        await pilot.press("7", "3", "enter")
        await seen(pilot, "A rating is a whole number from 1 to 10.")
        assert "73" not in text(app)
        await pilot.press("escape")
    assert rated(on_disk(meeting)) == {}


async def test_one_line_rates_for_the_whole_room_as_one_edit(meeting: Workspace) -> None:
    async with at_step(meeting, "wrapup") as (app, pilot):
        await line_of_ratings(pilot, "8 7")
        await seen(pilot, "2 of 3 typed")
        assert "8 7" not in text(app)
        await type_in(pilot, " 9")
        await pilot.press("enter")
        await seen(pilot, "3 of 3 rated")
        assert rated(on_disk(meeting)) == {"Sam": 8, "Lena": 7, "Jonas": 9}
        await pilot.press("u")
        await seen(pilot, "0 of 3 rated")
    assert rated(on_disk(meeting)) == {}


async def test_someone_may_not_rate(meeting: Workspace) -> None:
    async with at_step(meeting, "wrapup") as (app, pilot):
        await line_of_ratings(pilot, "8 - 9")
        await pilot.press("enter")
        await seen(pilot, "2 of 2 rated · 1 abstains")
        assert "has not rated" not in text(app)
        assert row_of(app, "Lena").endswith("–")
    assert rated(on_disk(meeting)) == {"Sam": 8, "Jonas": 9}


async def test_someone_leaves_the_rating_to_the_others_and_thinks_again(meeting: Workspace) -> None:
    async with at_step(meeting, "wrapup") as (_, pilot):
        await pilot.press("7", "enter", "minus", "8", "enter")
        await seen(pilot, "2 of 2 rated · 1 abstains")
        assert rated(on_disk(meeting)) == {"Sam": 7, "Jonas": 8}
        await pilot.press("g", "j", "delete")
        await seen(pilot, "2 of 3 rated", "1 person")
        await pilot.press("minus", "g", "j", "9", "enter")
        await seen(pilot, "3 of 3 rated")
        assert rated(on_disk(meeting)) == {"Sam": 7, "Jonas": 8, "Lena": 9}
        await pilot.press("g", "minus")  # a rating that was given is taken back
        await seen(pilot, "2 of 2 rated · 1 abstains")
    assert rated(on_disk(meeting)) == {"Jonas": 8, "Lena": 9}
    assert [person.abstains for person in on_disk(meeting).people.values()] == [True, False, False, False]


async def test_revealed_means_stand_beside_those_of_the_meetings_before(
    workspace: Workspace, clock: Clock
) -> None:
    def rate(session: Session, *values: int) -> None:
        for name, value in zip(("Sam", "Ana", "Lena"), values, strict=True):
            session.add(Rating(person=name, team=Team.A, value=value))

    session = workspace.start(workspace.session())
    for values in ((6, 7, 8), (8, 8, 8)):
        rate(session, *values)
        session = workspace.start(workspace.close(session))
    async with at_step(workspace, "wrapup") as (_, pilot):
        await pilot.press("9", "enter", "r")
        await seen(pilot, "Before: 7.0 8.0, today 9.0  ▁▅█")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("8 7", "2 ratings for 3 people: Jonas is next."),
        ("8 7 6 5", "4 ratings for 3 people: that is too many."),
        ("8 77 6", "Lena: a rating is a whole number from 1 to 10."),
    ],
)
async def test_a_wrong_line_gets_one_sentence_and_stays(
    meeting: Workspace, typed: str, sentence: str
) -> None:
    async with at_step(meeting, "wrapup", (80, 24)) as (app, pilot):
        await line_of_ratings(pilot, typed)
        await pilot.press("enter")
        await seen(pilot, sentence, f"{len(typed.split())} of 3 typed")
        assert rated(on_disk(meeting)) == {}
        assert app.screen.query_one(Input).value == typed


@pytest.mark.parametrize(
    ("typed", "wrong", "sentence"),
    [
        ("8 ", "x", "Lena: a rating is a whole number from 1 to 10."),
        ("8 1", "1", "Lena: a rating is a whole number from 1 to 10."),
        ("8 7 - ", "9", "4 ratings for 3 people: that is too many."),
    ],
)
async def test_what_is_no_rating_is_said_while_it_is_typed(
    meeting: Workspace, typed: str, wrong: str, sentence: str
) -> None:
    async with at_step(meeting, "wrapup", (80, 24)) as (app, pilot):
        await line_of_ratings(pilot, typed)
        assert sentence not in text(app)
        await type_in(pilot, wrong)
        await seen(pilot, sentence)
        await pilot.press("backspace")
        await until(pilot, lambda: sentence not in text(app), "the sentence gone")


async def test_a_hidden_line_that_is_left_is_forgotten(meeting: Workspace) -> None:
    async with at_step(meeting, "wrapup") as (app, pilot):
        await line_of_ratings(pilot, "8 7 -")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.focused, Rows), "the list")
        assert "8 7 -" not in app.half_typed.values()
        await pilot.press("a")
        await dialog(pilot)
        await seen(pilot, "0 of 3 typed")


async def test_a_name_and_its_dot_are_on_one_line(meeting: Workspace) -> None:
    session = meeting.session()
    sam = next(person for person in session.meeting.people.values() if person.name == "Sam")
    session.change(sam.uid, name="Samuel Alexander Maria Ruiz")
    async with at_step(meeting, "wrapup", (40, 24)) as (app, pilot):
        await line_of_ratings(pilot, "8 7 9")
        await seen(pilot, "3 of 3 typed")
        assert "Samuel Alexander Maria Ruiz •" in text(app)
        assert "Lena •   Jonas •" in text(app)


async def test_a_pasted_column_is_a_line(meeting: Workspace) -> None:
    from textual.events import Paste

    async with at_step(meeting, "wrapup") as (app, pilot):
        await pilot.press("a")
        await dialog(pilot)
        app.post_message(Paste("8\n7\n9\n"))
        await seen(pilot, "3 of 3 typed")
        await pilot.press("enter")
        await seen(pilot, "3 of 3 rated")
    assert rated(on_disk(meeting)) == {"Sam": 8, "Lena": 7, "Jonas": 9}


async def test_a_rating_can_be_corrected_and_taken_away(meeting: Workspace) -> None:
    async with at_step(meeting, "wrapup") as (_, pilot):
        await pilot.press("7", "enter")
        await seen(pilot, "1 of 3 rated")
        await pilot.press("up", "8", "enter")
        await until(pilot, lambda: rated(on_disk(meeting)) == {"Sam": 8}, "the corrected rating")
        await pilot.press("up", "delete")
        await seen(pilot, "0 of 3 rated")
        await told(pilot, "u brings it back")
    saved = on_disk(meeting)
    assert rated(saved) == {}
    assert "Sam" in {person.name for person in saved.people.values()}


async def test_a_rating_may_have_a_word(meeting: Workspace) -> None:
    async with at_step(meeting, "wrapup", (100, 40)) as (app, pilot):
        await pilot.press("e")
        await told(pilot, "Sam has not rated yet")
        await pilot.press("7", "enter")
        await seen(pilot, "1 of 3 rated")
        await pilot.press("up", "e")
        await dialog(pilot)
        assert "7" not in line_with(app, "in a word")
        await type_in(pilot, "brisk")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Rows), "the list")
        assert "brisk" not in text(app)
        await pilot.press("r")
        await seen(pilot, "brisk")
    assert [rating.word for rating in on_disk(meeting).ratings.values()] == ["brisk"]


async def test_space_says_where_presence_is_ticked(meeting: Workspace) -> None:
    before = on_disk(meeting).people
    async with at_step(meeting, "wrapup") as (_, pilot):
        await pilot.press("space")
        await told(pilot, "ticked in the check-in")
    assert on_disk(meeting).people == before


async def test_who_owes_what_begins_with_what_nobody_owes(meeting: Workspace) -> None:
    async with at_step(meeting, "wrapup", (100, 40)) as (app, pilot):
        await seen(pilot, "Decided today", "One list of customers", "Who owes what", "Sales 1", "Both 1")
        shown = text(app)
        assert shown.index("no owner") < shown.index("Merge the lists")
        await to_list(pilot, "owed")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Input), "a field over the row")
        await type_in(pilot, "jon")
        await pilot.press("enter")
        await until(pilot, lambda: "no owner" not in text(app), "an owner")
    owners = {item.title: item.owner for item in on_disk(meeting).action_items.values()}
    assert owners["Nobody's promise"] == "Jonas"


async def test_what_is_missing_is_said_before_closing(meeting: Workspace) -> None:
    session = meeting.session()
    session.add(Feedback(text="Leads are thin", from_team=Team.A))
    session.add(Goal(title="Pipeline"))
    session.saver.close()
    async with at_step(meeting, "wrapup", (110, 40)) as (app, pilot):
        await seen(
            pilot,
            "Before closing: 1 action item without an owner",
            "1 piece of feedback without an",
            "1 goal without a reading",
        )
        assert "have not rated" not in text(app)
        await pilot.press("7", "enter")
        await seen(pilot, "2 people have not rated")


async def test_it_warns_when_only_one_team_leaves_with_items(workspace: Workspace) -> None:
    session = workspace.start(workspace.session())
    session.add(ActionItem(title="Call back", owner="Sam"))
    async with at_step(workspace, "wrapup") as (_, pilot):
        await seen(pilot, "Sales is the only team that leaves with action items.")


async def test_the_last_step_into_the_others_shoes_is_remembered(meeting: Workspace) -> None:
    async with at_step(meeting, "wrapup") as (_, pilot):
        await seen(pilot, "In their shoes: Sales not lately · Marketing 7 days ago")


async def test_how_it_was_last_time_is_beside_the_step(meeting: Workspace) -> None:
    async with at_step(meeting, "wrapup") as (_, pilot):
        await seen(pilot, "Rated 8.5, gap 1.0")


@pytest.mark.parametrize("size", SIZES)
async def test_every_list_can_be_reached_and_read(meeting: Workspace, size: tuple[int, int]) -> None:
    async with at_step(meeting, "wrapup", size) as (_, pilot):
        for name, words in {"ratings": "Jonas", "decided": "One list", "owed": "Nobody's"}.items():
            await to_list(pilot, name)
            await seen(pilot, words)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_are_shown_as_typed(workspace: Workspace, size: tuple[int, int]) -> None:
    session = workspace.start(workspace.session())
    session.add(Person(name="[/red] 日本", present=True))
    session.add(Decision(text="[/red] so\nbe it"))
    async with at_step(workspace, "wrapup", size) as (_, pilot):
        await seen(pilot, "[/red] 日本")
        await line_of_ratings(pilot, "8")
        await seen(pilot, "1 of 1 typed")
        await pilot.press("enter")
        await until(pilot, lambda: rated(on_disk(workspace)) == {"[/red] 日本": 8}, "the rating")
        await pilot.press("r", "e")
        await dialog(pilot)


async def test_with_nobody_on_the_list_it_says_what_to_do(workspace: Workspace) -> None:
    session = workspace.start(workspace.session())
    for uid in list(session.meeting.people):
        session.remove(uid)
    async with at_step(workspace, "wrapup") as (_, pilot):
        await seen(pilot, "Add people in the check-in", "Press d to record a decision", "Press t to add")
        await pilot.press("a")
        await told(pilot, "Nobody is on the list yet")


async def test_C_closes_after_asking(meeting: Workspace) -> None:
    async with at_step(meeting, "wrapup") as (_, pilot):
        await pilot.press("C")
        await seen(pilot, "Close this meeting?", "Nobody has rated the meeting.")
