"""The form with everything about a record."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import TextArea

from meetings.kinds import FeedbackKind, ItemKind, Team, Unit
from meetings.model import ActionItem, Feedback, Goal, LeadNumbers, Record
from tests.tui.dialog_app import HOSTILE, DialogApp, click_on, item, opened, write
from tests.tui.seeing import until
from tui.dialogs.form import Form
from tui.dialogs.help import Help
from tui.dialogs.picker import Picker


@asynccontextmanager
async def form(
    folder: Path, record: Record, *, there: bool = True, size: tuple[int, int] = (100, 36)
) -> AsyncIterator[tuple[DialogApp, Pilot[int], Record]]:
    app = DialogApp(folder)
    async with app.run_test(size=size, notifications=True) as pilot:
        if there:
            record = app.desk.session.add(record)
        app.ask(Form(record))
        await pilot.pause()
        yield app, pilot, record


def kept(app: DialogApp, record: Record) -> Any:
    found = app.desk.meeting.find(record.uid)
    return found[1] if found else None


async def test_enter_saves_only_what_was_changed_as_one_edit(tmp_path: Path) -> None:
    async with form(tmp_path, item(note="one\ntwo")) as (app, pilot, record):
        assert "Action item" in app.text()
        await write(pilot, " today")
        await pilot.press("down")
        app.desk.session.change(record.uid, team=Team.A)  # someone else, meanwhile
        await pilot.press("down", "down")
        await write(pilot, "4 dec")
        await pilot.press("enter")
        now = kept(app, record)
        assert (now.title, now.due) == ("Rewrite the page today", dt.date(2026, 12, 4))
        assert (now.owner, now.team, now.note) == ("Jo", Team.A, "one\ntwo")
        assert app.answers == [now]
        app.desk.session.undo()
        assert kept(app, record).title == "Rewrite the page"
        assert kept(app, record).team is Team.A


async def test_a_record_that_is_not_there_is_added(tmp_path: Path) -> None:
    async with form(tmp_path, LeadNumbers(), there=False) as (app, pilot, _):
        assert "New lead numbers" in app.text()
        await pilot.press("enter")
        assert "Source may not be empty." in app.text()
        await write(pilot, "Webi")
        await pilot.press("right", "down", "down", "down")
        await write(pilot, "1,054")
        await pilot.press("ctrl+s")
        (added,) = app.desk.meeting.lead_numbers.values()
        assert (added.source, added.new) == ("Webinar", 1054)


async def test_what_a_new_record_begins_with_is_typed_over(tmp_path: Path) -> None:
    async with form(tmp_path, LeadNumbers(source="Organic search"), there=False) as (app, pilot, _):
        assert "Paid search · " in app.text(), "other sources are named"
        await write(pilot, "Webinar")
        await pilot.press("down", "up")
        await write(pilot, "s")
        await pilot.press("enter")
        assert [row.source for row in app.desk.meeting.lead_numbers.values()] == ["Webinars"]


async def test_what_few_people_know_comes_last_with_words_on_it(tmp_path: Path) -> None:
    async with form(tmp_path, LeadNumbers(), there=False, size=(80, 48)) as (app, pilot, _):
        rows = [row.strip("│╭╮╰╯─ ").split("  ")[0] for row in app.lines()]
        assert rows.index("Spend") < rows.index("More, if you know it") < rows.index("Reviewed")
        await pilot.press("shift+tab", "shift+tab")
        assert "95 of 100 leads had an answer within this time: 3 h" in app.text()


async def test_a_goal_that_begins_after_it_is_due_is_refused_beside_the_field(tmp_path: Path) -> None:
    goal = Goal(title="Rate", due=dt.date(2026, 12, 31))
    async with form(tmp_path, goal) as (app, pilot, record):
        start = next(one for one in app.screen.query("FormField") if one.field_name == "start_date")  # type: ignore[attr-defined]
        start.control.focus()  # type: ignore[attr-defined]
        await write(pilot, "1 jan 2027")
        await pilot.press("enter")
        rows = app.lines()
        at = next(number for number, row in enumerate(rows) if "From  " in row)
        assert "A goal begins before it is due: Fri 1 Jan 2027 is not before" in rows[at + 1]
        assert kept(app, record) == record
        await pilot.press("ctrl+u")
        await write(pilot, "1 oct")
        await pilot.press("enter")
        assert kept(app, record).start_date == dt.date(2026, 10, 1)


async def test_what_cannot_be_read_is_said_beside_the_field_and_nothing_is_saved(tmp_path: Path) -> None:
    async with form(tmp_path, item()) as (app, pilot, record):
        await pilot.press("down", "down", "down", "ctrl+u")
        await write(pilot, "soon")
        await pilot.press("down")
        rows = app.lines()
        at = next(number for number, row in enumerate(rows) if "Due  " in row)
        assert "“soon” is not a day" in rows[at + 1]
        await pilot.press("enter")
        assert isinstance(app.screen, Form)
        assert kept(app, record) == record
        await pilot.press("ctrl+u")
        await write(pilot, "fri")
        assert "is not a day" not in app.text()
        assert "Fri 27 Nov" in app.text()
        await pilot.press("enter")
        assert kept(app, record).due == dt.date(2026, 11, 27)


async def test_an_empty_required_field_is_refused(tmp_path: Path) -> None:
    async with form(tmp_path, item()) as (app, pilot, record):
        await pilot.press("ctrl+u", "enter")
        assert "Action item may not be empty." in app.text()
        assert kept(app, record) == record


async def test_choices_are_picked_with_arrows_letters_and_clicks(tmp_path: Path) -> None:
    async with form(tmp_path, item()) as (app, pilot, record):
        await pilot.press("tab", "tab", "left", "down", "down", "t")
        assert "‹Sales›" in app.text()
        assert "‹training›" in app.text()
        await click_on(app, pilot, "swap")
        assert "‹swap›" in app.text()
        await pilot.press("enter")
        assert (kept(app, record).team, kept(app, record).kind) == (Team.A, ItemKind.SWAP)


async def test_the_kinds_of_feedback_follow_the_team(tmp_path: Path) -> None:
    async with form(tmp_path, Feedback(text="Slow")) as (app, pilot, record):
        await pilot.press("tab", "right")
        assert "‹follow-up›" in app.text()
        await pilot.press("tab", "right", "enter")
        now = kept(app, record)
        assert (now.from_team, now.kind) == (Team.B, FeedbackKind.MESSAGING)


async def test_a_goals_figures_are_read_in_its_unit(tmp_path: Path) -> None:
    goal = Goal(title="Rate", unit=Unit.PERCENT, start=20.0, target=30.0)
    async with form(tmp_path, goal) as (app, pilot, record):
        assert "30 %" in app.text()
        target = next(one for one in app.screen.query("FormField") if one.field_name == "target")  # type: ignore[attr-defined]
        target.control.focus()  # type: ignore[attr-defined]
        await pilot.press("ctrl+u")
        app.post_message(events.Paste("+10 %"))
        await pilot.pause()
        await pilot.press("enter")
        assert kept(app, record).target == pytest.approx(22)


async def test_another_unit_shows_the_same_figures_in_it(tmp_path: Path) -> None:
    goal = Goal(title="Pipeline", start=20.0, target=1000.0)
    async with form(tmp_path, goal) as (app, pilot, record):
        unit = next(one for one in app.screen.query(Picker) if "plain number" in str(one.render()))
        unit.focus()
        await pilot.press("c")
        await pilot.pause()
        assert "€1,000" in app.text()
        await pilot.press("enter")
        now = kept(app, record)
        assert (now.unit, now.start, now.target) == (Unit.CURRENCY, 20.0, 1000.0)


async def test_escape_asks_only_when_something_was_changed(tmp_path: Path) -> None:
    async with form(tmp_path, item()) as (app, pilot, record):
        await pilot.press("escape")
        assert app.answers == [None]
        app.ask(Form(record))
        await pilot.pause()
        await write(pilot, "!")
        await pilot.press("escape")
        assert "Save the changes?" in app.text()
        assert "Enter Choose   Esc Keep editing" in app.text()
        await pilot.press("escape")
        assert "Rewrite the page!" in app.text()
        await pilot.press("escape", "up", "enter")
        await pilot.pause()
        assert app.answers == [None, None]
        assert kept(app, record) == record


async def test_typing_on_after_escape_discards_nothing(tmp_path: Path) -> None:
    async with form(tmp_path, item()) as (app, pilot, record):
        await write(pilot, "!")
        await pilot.press("escape")
        await write(pilot, "very jolly")
        await pilot.press("enter")
        assert isinstance(app.screen, Form)
        assert "Rewrite the page!" in app.text()
        await pilot.press("escape", "down", "enter")
        await pilot.pause()
        assert app.answers == [kept(app, record)]
        assert kept(app, record).title == "Rewrite the page!"


async def test_the_button_saves(tmp_path: Path) -> None:
    async with form(tmp_path, item(note="x")) as (app, pilot, record):
        await write(pilot, "!")
        await pilot.press("shift+tab", "enter")
        assert kept(app, record).title == "Rewrite the page!"


async def test_a_long_text_keeps_its_lines(tmp_path: Path) -> None:
    async with form(tmp_path, item(note="one")) as (app, pilot, record):
        await pilot.press(*["tab"] * 7, "enter")
        await write(pilot, "two")
        await pilot.press("tab", "enter")
        assert kept(app, record).note == "one\ntwo"


async def test_pasted_lines_are_one_in_a_field_of_one_line_and_stay_in_a_long_one(tmp_path: Path) -> None:
    item = ActionItem(title="Send the list")
    async with opened(tmp_path, lambda: Form(item)) as (app, pilot):
        app.post_message(events.Paste("Send the list\n\n  to \x1b[2Jeverybody\r\n"))
        await pilot.pause()
        note = app.screen.query(TextArea).first()
        note.focus()
        app.post_message(events.Paste("one\n\ntwo"))
        await pilot.pause()
        await pilot.press("ctrl+s")
        await pilot.pause()
        (saved,) = app.desk.meeting.action_items.values()
        assert saved.title == "Send the list to everybody"
        assert saved.note == "one\n\ntwo"


async def test_hostile_text_in_a_form_is_text(tmp_path: Path) -> None:
    async with form(tmp_path, item(title=HOSTILE, owner=HOSTILE, note=HOSTILE)) as (app, pilot, record):
        assert app.text().count(HOSTILE) == 4  # once in the list behind it
        await pilot.press("enter")
        assert app.answers == [record]


async def test_a_record_that_is_gone_can_still_be_saved(tmp_path: Path) -> None:
    async with form(tmp_path, item()) as (app, pilot, record):
        await write(pilot, "!")
        app.desk.session.remove(record.uid)
        await pilot.press("enter")
        assert [one.title for one in app.desk.meeting.action_items.values()] == ["Rewrite the page!"]


async def test_the_arrows_go_through_a_form_that_is_longer_than_the_screen(tmp_path: Path) -> None:
    async with form(tmp_path, Goal(title="Rate"), size=(80, 15)) as (app, pilot, _):
        assert "Status set by hand" not in app.text()
        await pilot.press(*["down"] * 18)
        assert "Status set by hand" in app.text()
        assert "Save" in app.text()


async def test_f1_says_what_the_keys_do_in_a_form_and_what_the_field_is_for(tmp_path: Path) -> None:
    goal = Goal(title="MQLs", due=dt.date(2026, 12, 31))
    async with opened(tmp_path, lambda: Form(goal), size=(100, 60)) as (app, pilot):
        form = app.screen
        assert isinstance(form, Form)
        next(one for one in form._fields if one.field_name == "due").control.focus()
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, Help), "help")
        for words in ("This field", "the day on which the target is to be reached", "fri, +7d", "In a form"):
            assert words in app.text()
        assert "go to the next step" not in app.text()
        await pilot.press("f1")
        await until(pilot, lambda: app.screen is form, "the form")


async def test_a_click_on_a_title_goes_to_its_field(tmp_path: Path) -> None:
    async with opened(tmp_path, lambda: Form(ActionItem(title="Send the list"))) as (app, pilot):
        await click_on(app, pilot, "Owner")
        await write(pilot, "Sam")
        await pilot.press("enter")
        await until(pilot, lambda: app.desk.meeting.action_items, "the item")
        assert [item.owner for item in app.desk.meeting.action_items.values()] == ["Sam"]


async def test_leaving_accord_asks_about_a_form_that_was_changed(tmp_path: Path) -> None:
    async with opened(tmp_path, lambda: Form(ActionItem(title="Send"))) as (app, pilot):
        await pilot.press("end", "s", "ctrl+q")
        await until(pilot, lambda: "Save the changes?" in app.text(), "a question")
        assert not app._exit
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.desk.meeting.action_items, "the item")
