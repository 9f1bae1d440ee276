from __future__ import annotations

import pytest
from rich.cells import cell_len
from rows_app import COLUMNS, RowsApp, goal
from textual.content import Content
from textual.geometry import Region

from tui.widgets import list_view
from tui.widgets.columns import Column
from tui.widgets.panel import Panel
from tui.widgets.row import Row
from tui.widgets.rows import Rows

SIZE = (60, 10)
HOSTILE = [
    "win [/red] and [x] done [bold]",
    "日本語 🎉 👩‍👩‍👧 ⚠️ e\u0301",
    "שלום עולם \u202eabc",
    "two\nlines\tand \x1b[31mred\x07",
    "z" * 4_000,
    "lone \ud800 half",
    "",
]


def goals(count: int) -> list[Row]:
    return [goal(str(number)) for number in range(count)]


async def test_rows_stand_in_columns_under_their_titles() -> None:
    app = RowsApp([goal("1", "MQL rate"), goal("2", "Pipeline", reading="€412 k")], header=True)
    async with app.run_test(notifications=True, size=(50, 6)):
        assert app.lines()[:3] == [
            "   Goal                            Team   Reading",
            "▌● MQL rate                        Sales     27 %",
            " ● Pipeline                        Sales   €412 k",
        ]


async def test_narrow_screens_lose_the_least_important_column() -> None:
    app = RowsApp([goal("1", "MQL rate")])
    async with app.run_test(notifications=True, size=(26, 4)):
        assert app.lines()[0] == "▌● MQL rate          27 %"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("styled", [False, True])
async def test_no_text_breaks_the_columns(text: str, styled: bool) -> None:
    cell = Content.styled(text, "$team-a") if styled else text
    columns = (*COLUMNS, Column("note", flex=1, wrap=True))
    row = Row("1", {"goal": cell, "note": cell, "reading": "27 %"})
    app = RowsApp([row, goal("2")], columns=columns, empty=text)
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        await pilot.press("down", "up")
        first = app.lines()[0]
        at = first.index("27 %")
        assert cell_len(first[:at]) == cell_len(app.lines()[app.rows._listing.top(1)].split("27 %")[0])
        assert "\x1b" not in first
        assert first.startswith("▌")
        app.rows.edit("goal", text)
        await pilot.press("enter")
        app.rows.show(columns, [], text)
        await pilot.pause()


async def test_the_cursor_moves_by_arrows_and_letters_and_pages() -> None:
    app = RowsApp(goals(30))
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        places = []
        for key in ["j", "down", "k", "G", "home", "end", "g", "pagedown", "pageup"]:
            await pilot.press(key)
            places.append(app.rows.cursor_index)
        assert places == [1, 2, 1, 29, 0, 29, 0, 10, 0]
        await pilot.press("G")
        assert app.lines()[9].startswith("▌● Goal 29")


async def test_letters_can_be_remapped_and_arrows_stay() -> None:
    app = RowsApp(goals(3))
    app.set_keymap({"rows.down": "n"})
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        await pilot.press("j")
        assert app.rows.cursor_index == 0
        await pilot.press("n", "down")
        assert app.rows.cursor_index == 2


async def test_moving_past_an_end_asks_the_neighbour() -> None:
    app = RowsApp(goals(2))
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        await pilot.press("up", "down", "down")
        assert [left.direction for left in app.heard(Rows.Left)] == [-1, 1]
        app.rows.show(COLUMNS, [])
        await pilot.press("down", "enter", "4", "G")
        assert [left.direction for left in app.heard(Rows.Left)] == [-1, 1, 1]
        assert app.heard(Rows.Typed) == app.heard(Rows.Activated) == []


async def test_what_is_pressed_on_a_row_is_told() -> None:
    app = RowsApp(goals(3))
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        await pilot.press("j", "enter", "7")
        assert [said.key for said in app.heard(Rows.Highlighted)] == ["0", "1"]
        assert [said.key for said in app.heard(Rows.Activated)] == ["1"]
        assert [(said.key, said.character) for said in app.heard(Rows.Typed)] == [("1", "7")]


async def test_the_mouse_selects_and_a_double_click_activates() -> None:
    app = RowsApp(goals(20), header=True)
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        await pilot.click("#list", offset=(5, 3))
        assert app.rows.cursor_key == "2"
        await pilot.double_click("#list", offset=(5, 4))
        assert [said.key for said in app.heard(Rows.Activated)] == ["3"]
        await pilot.hover("#list", offset=(5, 6))
        await pilot.click("#list", offset=(5, 0))
        assert app.rows.cursor_key == "3"


async def test_the_cursor_stays_on_its_row_when_the_list_changes() -> None:
    app = RowsApp(goals(5))
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        app.rows.move_to("3")
        app.rows.show(COLUMNS, [goal("new"), *goals(5)])
        assert (app.rows.cursor_key, app.rows.cursor_index) == ("3", 4)
        app.rows.show(COLUMNS, goals(3))
        assert (app.rows.cursor_key, app.rows.cursor_index) == ("2", 2)
        app.rows.show(COLUMNS, [], "No goals yet. Press a to add one.")
        await pilot.pause()
        assert app.lines()[0] == " No goals yet. Press a to add one."
        assert [said.key for said in app.heard(Rows.Highlighted)] == ["0", "3", "2", ""]


async def test_of_thousands_only_the_rows_in_view_are_built() -> None:
    built: list[str] = []

    def build(key: str) -> Row:
        built.append(key)
        return goal(key)

    app = RowsApp([str(number) for number in range(5_000)], build=build)
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        await pilot.press("G", "up")
        assert app.lines()[8].startswith("▌● Goal 4998")
        assert len(built) <= 3 * SIZE[1]


async def test_moving_the_cursor_draws_two_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    app = RowsApp(goals(9))
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        await pilot.pause()
        drawn: list[str] = []
        paint = list_view.paint
        monkeypatch.setattr(
            list_view, "paint", lambda row, *rest: (drawn.append(row.key), paint(row, *rest))[1]
        )
        await pilot.press("down")
        assert sorted(drawn) == sorted(row.key for row in goals(9)[:2])


async def test_a_wrapping_column_makes_rows_higher_and_the_list_as_high_as_its_rows() -> None:
    columns = (Column("text", flex=1, wrap=True), Column("state", width=5))
    rows = [
        Row("a", {"text": "Narrow the audience to job titles", "state": "new"}),
        Row("b", {"text": "Short"}),
    ]
    app = RowsApp(rows, columns=columns)
    app.CSS = "Rows { height: auto; }"
    async with app.run_test(notifications=True, size=(24, 8)) as pilot:
        await pilot.press("down")
        assert app.lines()[:4] == [
            " Narrow the       new",
            " audience to job",
            " titles",
            "▌Short",
        ]
        await pilot.pause()
        assert app.rows.size.height == 4


@pytest.mark.parametrize("theme", ["dark", "light", "high-contrast"])
async def test_a_change_of_theme_repaints_the_rows(theme: str) -> None:
    app = RowsApp([Row("1", {"goal": Content.styled("Sales", "$team-a")})], theme="dark")
    async with app.run_test(notifications=True, size=SIZE) as pilot:
        app.theme = f"accord-{'contrast' if theme == 'high-contrast' else theme}"
        await pilot.pause()
        wanted = app.theme_variables["team-a"]
        colours = {
            segment.style.color.get_truecolor().hex
            for segment in app.rows.render_line(0)
            if segment.style and segment.style.color and "Sales" in segment.text
        }
        assert colours == {wanted.lower()}


async def test_a_panel_has_its_title_at_the_left_and_its_figure_at_the_right() -> None:
    class PanelApp(RowsApp):
        def compose(self):  # type: ignore[no-untyped-def]
            yield Panel(self.rows, title="Goals [/red]", figure="6:18 of 10:00")

    app = PanelApp([goal("1")])
    async with app.run_test(notifications=True, size=(44, 5)) as pilot:
        await pilot.pause()
        assert app.lines()[0] == "╭─ Goals [/red] ─────────── 6:18 of 10:00 ─╮"
        app.query_one(Panel).show_title(figure=Content.styled("2 open", "$at-risk"))
        await pilot.resize_terminal(20, 5)
        await pilot.pause()
        assert app.lines()[0] == "╭─ Goals [/red] ───╮"


async def test_a_panel_that_has_shrunk_since_still_draws_what_it_is_asked_for() -> None:
    panel = Panel(title="Goals")
    app = RowsApp([])
    async with app.run_test(size=(40, 5)) as pilot:
        await app.screen.mount(panel)
        for height in (3, 2, 1):
            panel.styles.height = height
            await pilot.pause()
            assert len(panel.render_lines(Region(0, 0, 40, 5))) == 5
