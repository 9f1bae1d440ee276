"""Quick add on the screen: what is typed, what is understood, what ends up in the meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot

from meetings.dates import show_day
from meetings.kinds import FeedbackState, MeetingState, Team
from meetings.model import ActionItem, ComingUp, Decision, Feedback, Person, Problem, Record, Win
from meetings.quickadd import Context, parse
from tests.tui.dialog_app import SATURDAY, DialogApp
from tests.tui.seeing import until
from tests.unit.meetings_for_tests import empty
from tui.dialogs.adding import Adding, items_of
from tui.dialogs.help import Help
from tui.dialogs.paste import PastedLines
from tui.dialogs.quick_add import Offers, QuickAdd

NAMES = {
    " ": "space",
    "@": "at",
    "^": "circumflex_accent",
    "#": "number_sign",
    ":": "colon",
    "!": "exclamation_mark",
}
NAMES |= {"*": "asterisk", "+": "plus", "-": "minus", "\\": "backslash", ".": "full_stop", ",": "comma"}
NAMES |= {"[": "left_square_bracket", "]": "right_square_bracket", "/": "slash", "?": "question_mark"}


@asynccontextmanager
async def opened(
    folder: Path,
    kind: type[Record] = ActionItem,
    origin: Callable[[DialogApp], Record] | None = None,
    defaults: dict[str, Any] | None = None,
    size: tuple[int, int] = (120, 36),
) -> AsyncIterator[tuple[DialogApp, Pilot[int]]]:
    app = DialogApp(folder)
    async with app.run_test(size=size, notifications=True) as pilot:
        record = origin(app) if origin else None
        app.ask(QuickAdd(kind, record, defaults or {}))
        await pilot.pause()
        yield app, pilot


async def type_in(pilot: Pilot[int], text: str) -> None:
    await pilot.press(*(NAMES.get(sign, sign) for sign in text))


def line(app: DialogApp) -> str:
    assert isinstance(app.screen, QuickAdd)
    return app.screen._line.value


def items(app: DialogApp) -> list[ActionItem]:
    return list(app.desk.meeting.action_items.values())


async def test_enter_adds_and_the_line_stays_open(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await type_in(pilot, "Send the list @Pri ^+7d")
        await pilot.press("enter")
        assert line(app) == ""
        assert "Added: “Send the list”" in app.text()
        await type_in(pilot, "Call them @Jo")
        await pilot.press("enter", "escape")
        first, second = items(app)
        assert (first.title, first.owner, first.team) == ("Send the list", "Priya", Team.A)
        assert (first.due - SATURDAY).days == 7 if first.due else False
        assert (second.title, second.owner, second.team) == ("Call them", "Jo", Team.B)
        assert second.due == app.desk.meeting.head.next_date
        assert app.answers == [[first.uid, second.uid]]


async def test_it_says_what_is_understood(tmp_path: Path) -> None:
    async with opened(tmp_path, origin=DialogApp.problem) as (app, pilot):
        assert "New action item" in app.text()
        assert "Enter adds" in app.text()
        assert "Esc ends" in app.text()
        await type_in(pilot, "Send the list @Priya")
        assert "owner Priya" in app.text()
        head = app.desk.meeting.head
        assert head.next_date is not None
        assert f"due {show_day(head.next_date, head.date)} (next meeting)" in app.text()
        assert "Sales · from “Who owns leads from events?”" in app.text()


@pytest.mark.parametrize(
    ("state", "which"), [(MeetingState.PLANNED, "the meeting after"), (MeetingState.RUNNING, "next meeting")]
)
@pytest.mark.parametrize(("kind", "does"), [(ActionItem, "due"), (Decision, "check on")])
def test_the_day_that_is_filled_in_is_called_as_at_home_and_in_the_meeting(
    state: MeetingState, which: str, kind: type[Record], does: str
) -> None:
    meeting = empty(state=state, date=SATURDAY, next_date=SATURDAY + dt.timedelta(days=7))
    context = Context((), {"a": "Sales", "b": "Marketing"}, SATURDAY)
    phrases = Adding(kind).describe(parse("Something", kind, context), meeting, context)
    assert f"{does} Sat 28 Nov ({which})" in [words for words, _ in phrases]


async def test_what_is_not_understood_is_named_under_the_line(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await type_in(pilot, "Call @Xaver ^32.13.")
        assert "nobody is called Xaver; for:Xaver makes a" in app.text()
        assert "“^32.13.” is not a day" in app.text()
        await pilot.press("enter")
        assert "Added: “Call @Xaver ^32.13.” · nobody is called Xaver" in app.text()
        assert [(item.title, item.owner) for item in items(app)] == [("Call @Xaver ^32.13.", "")]


async def test_a_person_line_names_a_team_that_is_none(tmp_path: Path) -> None:
    async with opened(tmp_path, Person) as (app, pilot):
        await type_in(pilot, "Ann #nix")
        assert "“#nix” is no team" in app.text()


async def test_an_item_without_an_owner_is_added_all_the_same(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await type_in(pilot, "Somebody should")
        assert "no owner yet" in app.text()
        await pilot.press("enter")
        assert [(item.title, item.owner) for item in items(app)] == [("Somebody should", "")]


async def test_the_origin_is_named_and_acted_on_in_the_same_edit(tmp_path: Path) -> None:
    async with opened(tmp_path, origin=DialogApp.feedback) as (app, pilot):
        await type_in(pilot, "Narrow the audience for:Ann")
        await pilot.press("enter")
        (feedback,) = app.desk.meeting.feedback.values()
        assert feedback.state is FeedbackState.ACTED
        assert items(app)[0].origin == feedback.uid
        assert items(app)[0].origin_text == "Leads are students"
        assert "Ann" in [person.name for person in app.desk.meeting.people.values()]
        app.desk.session.undo()
        assert not app.desk.meeting.action_items
        assert [one.state for one in app.desk.meeting.feedback.values()] == [FeedbackState.NEW]
        assert "Ann" not in [person.name for person in app.desk.meeting.people.values()]


async def test_an_item_without_an_owner_asks_for_one(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await type_in(pilot, "Call them")
        await pilot.press("enter")
        assert "Who owns it? @who" in app.text()
        await type_in(pilot, "@Jo ^+7d")
        await pilot.press("enter")
        assert "Jo owns “Call them”" in app.text()
        assert line(app) == ""
        await type_in(pilot, "@Jo")  # nothing waits for an owner now
        await pilot.press("enter")
        assert "no words of its own" in app.text()
        (item,) = items(app)
        assert (item.title, item.owner, item.team) == ("Call them", "Jo", Team.B)
        assert item.due is not None
        assert (item.due - SATURDAY).days == 7


async def test_a_promise_of_both_teams_has_an_owner_too(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await type_in(pilot, "Write a post together @Jo #both")
        await pilot.press("enter")
        assert [(item.owner, item.team) for item in items(app)] == [("Jo", Team.BOTH)]


async def test_a_new_person_can_be_the_owner_that_was_asked_for(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        for typed in ("Call them", "for:Nia #marketing"):
            await type_in(pilot, typed)
            await pilot.press("enter")
        assert [(item.owner, item.team) for item in items(app)] == [("Nia", Team.B)]
        assert any(person.name == "Nia" for person in app.desk.meeting.people.values())


async def test_nothing_comes_from_its_own_kind_or_a_person(tmp_path: Path) -> None:
    def person(app: DialogApp) -> Record:
        return next(iter(app.desk.meeting.people.values()))

    async with opened(tmp_path, origin=person) as (app, pilot):
        await type_in(pilot, "One")
        await pilot.press("enter")
        assert "from “" not in app.text()
        assert items(app)[0].origin == ""


async def test_only_the_first_line_comes_from_the_selected_row_by_itself(tmp_path: Path) -> None:
    again = "Backspace: from “Who owns leads from eve…”"
    async with opened(tmp_path, origin=DialogApp.problem) as (app, pilot):
        for title in ("One", "Two", "Three", "Four"):
            if title == "Three":
                assert again in app.text()
                await pilot.press("backspace")
                assert "Backspace: from nothing" in app.text()
            await type_in(pilot, f"{title} @Jo")
            assert ("from “" in app.text()) is (title in ("One", "Three"))
            await pilot.press("enter")
            assert f"Added: “{title}” · {again}" in app.text()
        assert [item.title for item in items(app) if item.origin] == ["One", "Three"]


async def test_backspace_in_the_empty_line_lets_go_of_the_origin(tmp_path: Path) -> None:
    async with opened(tmp_path, origin=DialogApp.problem) as (app, pilot):
        assert "from “Who owns leads from events?”" in app.text()
        assert "Backspace: from" in app.text()
        await pilot.press("backspace")
        assert "Backspace: from “Who owns leads from eve…”" in app.text()
        await type_in(pilot, "One")
        assert "from “" not in app.text()
        await pilot.press("enter")
        assert [item.origin for item in items(app)] == [""]


async def test_a_half_typed_line_is_offered_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await type_in(pilot, "Half a th")
        await pilot.press("escape")
        app.ask(QuickAdd(Problem))
        await pilot.pause()
        assert line(app) == ""
        await pilot.press("escape")
        app.ask(QuickAdd(ActionItem))
        await pilot.pause()
        assert line(app) == "Half a th"
        await type_in(pilot, "ing")
        await pilot.press("enter", "escape")
        assert [item.title for item in items(app)] == ["Half a thing"]
        app.ask(QuickAdd(ActionItem))
        await pilot.pause()
        assert line(app) == ""


async def test_a_line_is_kept_when_the_panel_is_closed_by_something_else(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await type_in(pilot, "Half")
        app.pop_screen()
        app.ask(QuickAdd(ActionItem))
        await pilot.pause()
        assert line(app) == "Half"


async def test_keys_typed_before_the_line_is_there_are_not_lost(tmp_path: Path) -> None:
    app = DialogApp(tmp_path)
    async with app.run_test(notifications=True) as pilot:
        app.ask(QuickAdd(ActionItem))
        for sign in "Send it @Sam":
            app.post_message(events.Key(NAMES.get(sign, sign), sign))
        app.post_message(events.Key("enter", "\r"))
        await pilot.pause()
        assert [(item.title, item.owner) for item in items(app)] == [("Send it", "Sam")]


async def test_hostile_text_is_shown_as_typed(tmp_path: Path) -> None:
    def hostile(app: DialogApp) -> Record:
        return app.problem("Win [/red] [bold]")

    async with opened(tmp_path, origin=hostile) as (app, pilot):
        await type_in(pilot, "win [/red]")
        assert "from “Win [/red] [bold]”" in app.text()
        await pilot.press("enter")
        assert "Added: “win [/red]”" in app.text()
        await pilot.press("escape")
        await pilot.pause()
        assert items(app)[0].title == "win [/red]"


# Completion


async def test_tab_takes_the_first_completion(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await type_in(pilot, "Send @pr")
        assert any(row.split()[1:] == ["@Priya", "Priya", "│"] for row in app.lines())
        await pilot.press("tab")
        assert line(app) == "Send @Priya "


async def test_a_chosen_completion_is_taken_by_enter_and_plain_enter_adds(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await type_in(pilot, "Send ^t")
        await pilot.press("down", "down", "enter")
        assert line(app) == "Send ^tomorrow "
        assert not items(app)
        await type_in(pilot, "#m")
        await pilot.press("up", "enter")
        assert line(app) == "Send ^tomorrow #marketing "
        await pilot.press("enter")
        assert (items(app)[0].title, items(app)[0].team) == ("Send", Team.B)


async def test_escape_first_lets_go_of_the_completion(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await type_in(pilot, "Send @p")
        await pilot.press("down", "escape")
        assert isinstance(app.screen, QuickAdd)
        await pilot.press("escape")
        assert app.answers == [[]]


async def test_a_new_person_is_offered_and_made(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await type_in(pilot, "Send @Ann")
        assert "new person Ann" in app.text()
        await pilot.press("tab", "enter")
        assert items(app)[0].owner == "Ann"


async def test_completions_stand_in_columns_and_say_how_many_more_there_are(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        for name in ("Yui 田中", "Łukasz", "Amara"):
            app.desk.session.add(Person(name=name))
        await type_in(pilot, "Send @")
        columns = [
            cell_len(row[: row.rindex(name)])
            for row in app.lines()
            for name in ("Sam", "Yui 田中")
            if f"@{name.replace(' ', '_')} " in row
        ]
        assert len(columns) == 2
        assert columns[0] == columns[1]
        assert "and 2 more" in app.text()
        await pilot.press("up")
        assert "@Amara" in app.text()
        await type_in(pilot, "a")
        assert "more" not in app.text()


async def test_a_click_takes_a_completion(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await type_in(pilot, "Send @")
        await pilot.click("Offers", offset=(3, 1))
        assert line(app) == "Send @Priya "
        await type_in(pilot, "now")
        assert line(app) == "Send @Priya now"


# Several lines


async def paste(app: DialogApp, pilot: Pilot[int], text: str) -> None:
    app.post_message(events.Paste(text))
    await pilot.pause()


async def asked(app: DialogApp, pilot: Pilot[int], text: str) -> None:
    """Paste, and wait for the question."""
    await paste(app, pilot, text)
    await until(pilot, lambda: isinstance(app.screen, PastedLines), "a question")
    await pilot.pause()


async def test_pasted_lines_are_shown_as_what_they_become_and_added_as_one_edit(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await asked(
            app, pilot, "- [ ] Send the list @Sam\n- Call them for:Ann\n\n---\n3. Write for:ann \x1b[31m\n"
        )
        assert "Add 3 lines as 3 action items?" in app.text()
        row = next(shown for shown in app.lines() if "Send the list" in shown)
        assert "Sam" in row
        assert "@Sam" not in row
        await pilot.press("enter")
        await until(pilot, lambda: items(app), "items")
        assert [(item.title, item.owner) for item in items(app)] == [
            ("Send the list", "Sam"),
            ("Call them", "Ann"),
            ("Write", "Ann"),
        ]
        assert line(app) == ""
        app.desk.session.undo()
        assert not items(app)


async def test_of_pasted_lines_that_are_declined_the_first_stays(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await asked(app, pilot, "* First line\n* Second line")
        await pilot.press("escape")
        assert line(app) == "First line"
        assert not items(app)
        await type_in(pilot, "s")
        assert line(app) == "First lines"


async def test_pasted_lines_without_words_stay(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await asked(app, pilot, "@Sam\nCall them")
        assert "Add 1 of 2 lines as 1 action item?" in app.text()
        assert "stays: no words of its own" in app.text()
        await pilot.press("enter")
        await until(pilot, lambda: items(app), "an item")
        await pilot.pause()
        assert [item.title for item in items(app)] == ["Call them"]
        assert line(app) == "@Sam"
        assert "What is left: no words of its own." in app.text()


async def test_five_hundred_lines_are_scrolled_through_and_added(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await asked(app, pilot, "".join(f"{n}. Call number {n} @Sam ^fri\n" for n in range(1, 501)))
        assert "Add 500 lines as 500 action items?" in app.text()
        await pilot.press("G")
        await pilot.pause()
        assert "Call number 500" in app.text()
        await pilot.press("enter")
        await until(pilot, lambda: len(items(app)) == 500, "500 items")
        assert items(app)[-1].title == "Call number 500"


async def test_one_pasted_line_of_a_list_has_no_bullet(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await paste(app, pilot, "  - [ ] Send the list\r\n")
        await until(pilot, lambda: line(app) == "Send the list", "the line")


@pytest.mark.parametrize(
    ("written", "item"),
    [
        ("- [ ] Send", "Send"),
        ("* [x] Send", "Send"),
        ("12) Send", "Send"),
        ("(3) Send", "Send"),
        ("1. [ ] Send", "Send"),
        ("• Send", "Send"),
        ("☐ Send", "Send"),
        ("[] Send", "Send"),
        ("*4 reps* were out", "*4 reps* were out"),
        ("2026 is far", "2026 is far"),
        ("3.5 % more", "3.5 % more"),
        ("-", None),
        ("- [ ]", None),
        ("* * *", None),
        ("=====", None),
    ],
)
def test_what_makes_a_line_an_entry_of_a_list_is_left_out(written: str, item: str | None) -> None:
    assert items_of([written]) == ([item] if item else [])


# Other kinds


async def test_a_refusal_is_said_and_the_line_stays(tmp_path: Path) -> None:
    async with opened(tmp_path, Person) as (app, pilot):
        await type_in(pilot, "sam")
        await pilot.press("enter")
        assert "sam is on the list already." in app.text()
        assert line(app) == "sam"
        await type_in(pilot, "my #sales guest:")
        await pilot.press("enter")
        added = next(one for one in app.desk.meeting.people.values() if one.name == "sammy")
        assert (added.team, added.guest) == (Team.A, True)


async def test_an_empty_line_is_not_added(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await pilot.press("enter")
        assert "This line has no words of its own yet." in app.text()
        assert not items(app)


async def test_feedback_shows_its_direction_and_can_be_turned_round(tmp_path: Path) -> None:
    async with opened(tmp_path, Feedback, defaults={"from_team": Team.B}) as (app, pilot):
        assert (
            "Marketing → Sales · about follow-up" in app.text()
        )  # nobody has said so: it is seen before it is added
        await type_in(pilot, "No calls *2")
        assert "rating 2" in app.text()
        await pilot.press("enter")
        await type_in(pilot, "Students #sales ")
        assert "Sales → Marketing · about lead quality" in app.text()
        await pilot.press("enter")
        first, second = app.desk.meeting.feedback.values()
        assert (first.from_team, first.rating, first.kind.value) == (Team.B, 2, "follow_up")
        assert (second.from_team, second.kind.value) == (Team.A, "lead_quality")


@pytest.mark.parametrize(
    ("kind", "text", "table", "fields"),
    [
        (Win, "Big deal @Sam @Jo !", "wins", {"credits": ("Sam", "Jo"), "big": True, "team": Team.BOTH}),
        (Problem, "No form @Jo #sales", "problems", {"raised_by": "Jo", "team": Team.A}),
        (ComingUp, "Fair #both", "coming_up", {"text": "Fair", "team": Team.BOTH}),
        (Decision, "We stop @Kim", "decisions", {"owner": "Kim"}),
    ],
)
async def test_other_kinds(
    tmp_path: Path, kind: type[Record], text: str, table: str, fields: dict[str, Any]
) -> None:
    async with opened(tmp_path, kind) as (app, pilot):
        await type_in(pilot, text)
        await pilot.press("enter")
        (added,) = app.desk.meeting.table(table).values()
        assert {name: getattr(added, name) for name in fields} == fields


async def test_help_shows_the_grammar_over_the_line(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await type_in(pilot, "Half")
        await pilot.press("f1")
        assert isinstance(app.screen, Help)
        await pilot.press("end")
        await pilot.press("escape")
        assert line(app) == "Half"


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 15)])
async def test_the_panel_fits_and_lies_at_the_bottom(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(tmp_path, origin=DialogApp.problem, size=size) as (app, pilot):
        await type_in(pilot, "Send the list to everybody who asked for it last week @")
        box = app.screen.query_one("Box").region
        assert box.bottom == size[1]
        assert box.width == size[0]
        assert box.height < size[1]
        assert "Everything" in app.text()


def test_no_completions_at_all_are_drawn_as_nothing() -> None:
    assert Offers().render().plain == ""


async def test_the_line_after_feedback_may_be_its_response(tmp_path: Path) -> None:
    async with opened(tmp_path, Feedback) as (app, pilot):
        await pilot.press(*"Cold", "enter")
        assert "Its response? > a few words" in app.text()
        await pilot.press("greater_than_sign", "space", *"We", "space", *"know")
        await pilot.pause()
        assert "response to “Cold”" in app.text()
        await pilot.press("enter")
        await type_in(pilot, "Late #marketing")
        await pilot.press("enter")
        await pilot.press("backslash", "greater_than_sign", *"24h", "enter")
        await pilot.press(*"response", "colon", *"Soon", "enter")
        await pilot.pause()
        found = [(one.text, one.response, one.from_team) for one in app.desk.meeting.feedback.values()]
        assert found == [("Cold", "We know", Team.A), ("Late", "", Team.B), (">24h", "Soon", Team.B)]


async def test_without_feedback_before_it_a_line_that_begins_so_is_text(tmp_path: Path) -> None:
    async with opened(tmp_path, Feedback) as (app, pilot):
        await pilot.press("greater_than_sign", *"24h", "enter")
        await pilot.pause()
        assert [one.text for one in app.desk.meeting.feedback.values()] == [">24h"]
