from __future__ import annotations

import pytest
from rows_app import COLUMNS, RowsApp, goal
from textual import events
from textual.pilot import Pilot

from tui.widgets.cell_edit import CellEdit, Edit
from tui.widgets.columns import Column
from tui.widgets.row import Row
from tui.widgets.rows import Rows

SIZE = (60, 10)


def goals(count: int) -> list[Row]:
    return [goal(str(number)) for number in range(count)]


def number(text: str) -> str | None:
    return None if text.isdigit() else f"“{text}” is no number."


def readings(app: RowsApp) -> None:
    """Edit the reading on a digit, the name on Enter."""
    app.rows.opener = lambda key, sign: (
        Edit("reading", sign, numeric=True, validate=number)
        if sign
        else Edit("goal", "MQL rate", select=True)
    )


async def burst(app: RowsApp, pilot: Pilot[None], *keys: str) -> None:
    """Keys that arrive all at once, as over a slow line."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))
    await pilot.pause()
    await pilot.pause()


async def test_figures_are_typed_down_the_column_however_fast() -> None:
    app = RowsApp(goals(4))
    readings(app)
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        await burst(app, pilot, "j", "4", "2", "down", "7", "up", "9", "enter")
        told = [(said.key, said.column, said.text, said.direction) for said in app.heard(Rows.Edited)]
        assert told == [("1", "reading", "42", 1), ("2", "reading", "7", -1), ("1", "reading", "9", 0)]
        assert app.focused is app.rows


async def test_the_field_lies_over_its_cell_and_follows_it() -> None:
    app = RowsApp(goals(4), header=True)
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        await pilot.press("down")
        assert app.rows.edit("goal", "MQL")
        await pilot.press("!")
        assert app.lines()[2].startswith("▌● MQL!   ")
        assert app.lines()[2].endswith("Sales     27 %")
        await pilot.resize_terminal(40, 8)
        await pilot.pause()
        assert app.lines()[2].startswith("▌● MQL!   ")
        assert app.lines()[2].endswith("27 %")


async def test_a_row_out_of_view_is_scrolled_in_before_it_is_edited() -> None:
    app = RowsApp(goals(40))
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        app.rows.move_to(-1)
        app.rows.scroll_to(y=0, animate=False)
        await pilot.pause()
        app.rows.edit("goal", "seen")
        await pilot.pause()
        assert app.lines()[9].startswith("▌● seen")


async def test_a_text_that_cannot_be_taken_stays_and_says_why() -> None:
    app = RowsApp(goals(6))
    readings(app)
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        await burst(app, pilot, "8", "x", "[", "enter")
        assert "8x[" in app.lines()[0]
        assert "“8x[” is no number." in app.lines()[1]
        await pilot.press("backspace", "backspace")
        await pilot.pause()
        assert "is no number" not in app.lines()[1]
        await pilot.press("tab")
        assert [said.text for said in app.heard(Rows.Edited)] == ["8"]


async def test_escape_gives_the_half_typed_text_back() -> None:
    app = RowsApp(goals(3))
    readings(app)
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        await pilot.press("4", "2", "escape")
        assert [(said.column, said.text) for said in app.heard(Rows.EditCancelled)] == [("reading", "42")]
        assert app.heard(Rows.Edited) == []
        await pilot.press("enter", "N", "enter")
        assert [said.text for said in app.heard(Rows.Edited)] == ["N"]


async def test_nothing_is_lost_when_the_row_goes_or_the_focus_does() -> None:
    app = RowsApp(goals(3))
    readings(app)
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        await pilot.press("4")
        app.rows.show(COLUMNS, [goal("new"), *goals(3)])
        await pilot.press("2")
        assert (app.rows.editing, "42" in app.lines()[1]) == ("0", True)
        app.rows.show(COLUMNS, [goal("other")])
        await pilot.pause()
        assert [(said.key, said.text) for said in app.heard(Rows.EditCancelled)] == [("0", "42")]
        await pilot.press("5")
        app.screen.set_focus(None)
        await pilot.pause()
        assert [said.text for said in app.heard(Rows.Edited)] == ["5"]
        await pilot.pause()
        assert not app.query(CellEdit)


async def test_another_window_in_front_leaves_the_field_open() -> None:
    app = RowsApp(goals(3))
    readings(app)
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        await pilot.press("4")
        app.post_message(events.AppBlur())
        await pilot.pause()
        app.post_message(events.AppFocus())
        await pilot.pause()
        await pilot.press("2", "enter")
        assert [said.text for said in app.heard(Rows.Edited)] == ["42"]


@pytest.mark.parametrize("column", [5, 45])
async def test_the_third_of_three_clicks_does_nothing(column: int) -> None:
    app = RowsApp(goals(4))
    readings(app)
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        await pilot.click("#list", offset=(column, 1), times=3)
        await pilot.pause()
        field = app.focused
        assert isinstance(field, CellEdit)
        assert (app.rows.editing, field.selected_text) == ("1", "MQL rate")
        await pilot.click("#list", offset=(45, 3))
        await pilot.pause()
        assert [said.text for said in app.heard(Rows.Edited)] == ["MQL rate"]


async def test_several_pasted_lines_become_one() -> None:
    app = RowsApp(goals(3))
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        app.rows.edit("goal", "")
        await pilot.pause()
        app.post_message(events.Paste("one \x1b[31mtwo\r\nthree\n\n  four\x07"))
        await pilot.pause()
        await pilot.press("enter")
        assert [said.text for said in app.heard(Rows.Edited)] == ["one two three four"]


async def test_suggestions_are_named_and_the_right_arrow_takes_the_first() -> None:
    people = ["Priya", "Pat [/x]"]
    app = RowsApp(goals(3))
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        app.rows.edit(
            "goal", "p", suggestions=lambda text: [p for p in people if p.casefold().startswith(text)]
        )
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Priya · Pat [/x]" in app.lines()[1]
        await pilot.press("right", "enter")
        assert [said.text for said in app.heard(Rows.Edited)] == ["priya"]


def votes(app: RowsApp) -> None:
    app.rows.opener = lambda key, sign: Edit("reading", sign, numeric=True, count=True) if sign else None


async def test_a_count_is_taken_by_the_next_letter_which_is_then_the_key_that_it_is() -> None:
    app = RowsApp(goals(4))
    votes(app)
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        await burst(app, pilot, "3", "j", "1", "0", "k", "7", "x")
        told = [(said.key, said.text) for said in app.heard(Rows.Edited)]
        assert told == [("0", "3"), ("1", "10"), ("0", "7")]
        assert app.focused is app.rows
        assert app.rows.cursor_key == "0"


async def test_the_field_of_a_count_leaves_the_words_beside_it_in_view() -> None:
    app = RowsApp([goal("0", "Leads arrive too late")])
    app.rows.opener = lambda key, sign: Edit("sign", sign, numeric=True, count=True)
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        await pilot.press("3")
        await pilot.pause()
        assert "3" in app.lines()[0]
        assert "s arrive too late" in app.lines()[0]


async def test_nothing_of_the_old_text_shows_around_the_field() -> None:
    wrapped = (Column("title", flex=1, wrap=True), Column("who", width=4))
    text = "Call Bob about the partner list, then send the draft to everybody who asked for it"
    app = RowsApp([Row("a", {"title": text, "who": "Sam"}), Row("b", {"title": "Next"})], columns=wrapped)
    async with app.run_test(notifications=True, size=(40, 10)) as pilot:
        before = app.lines()
        height = next(at for at, line in enumerate(before) if "Next" in line)
        assert height > 1
        app.rows.edit("title", "Call Bob")
        await pilot.pause()
        assert app.lines()[0].split() == ["▌Call", "Bob", "Sam"]
        assert [line.strip("▌ ") for line in app.lines()[1:height]] == [""] * (height - 1)
        assert "Next" in app.lines()[height], "the row keeps its height"
        await pilot.press("escape")
        await pilot.pause()
        assert app.lines() == before


async def test_a_field_over_a_column_that_is_not_shown_takes_the_whole_row() -> None:
    app = RowsApp([goal("0", "Leads arrive too late")])
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        app.rows.edit("note", "new")
        await pilot.pause()
        assert app.lines()[0].strip("▌ ") == "new"
