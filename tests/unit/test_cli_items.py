"""Action items on the command line: add, done, actions, and the table they are shown in."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from meetings.cli.table import Column, cut, table, width
from meetings.kinds import ItemState
from meetings.model import ActionItem
from meetings.text import clean
from tests.unit.command_line import NOON, CommandLine

BLNS = json.loads((Path(__file__).resolve().parents[1] / "data/naughty/blns.json").read_text("utf-8"))


def test_an_item_is_added_to_the_planned_meeting_and_what_was_understood_is_said(accord: CommandLine) -> None:
    got = accord("add", "Send the list @Sam ^fri")
    [item] = accord.store.read(1).action_items.values()
    assert got.status == 0
    assert got.out == f"Added {item.uid[:5]}: Send the list · owner Sam · due Fri 27 Nov · Sales\n"
    assert (item.title, item.owner, item.due) == ("Send the list", "Sam", dt.date(2026, 11, 27))


def test_words_need_no_quotes_and_a_new_name_becomes_a_person(accord: CommandLine) -> None:
    got = accord("add", "Call", "the", "partner", "for:Ada", "#marketing")
    meeting = accord.store.read(1)
    [item] = meeting.action_items.values()
    assert (item.title, item.owner, item.team) == ("Call the partner", "Ada", "b")
    assert "Ada" in {person.name for person in meeting.people.values()}
    assert "Ada is new and was added to the people.\n" in got.out


def test_what_is_not_understood_is_said_beside_the_result(accord: CommandLine) -> None:
    got = accord("add", "Fix @Xaver ^32.13 #nix")
    [item] = accord.store.read(1).action_items.values()
    assert item.title == "Fix @Xaver ^32.13 #nix"
    assert got.out.startswith(f"Added {item.uid[:5]}: ")
    assert got.err.splitlines() == [
        "Not understood, and left in the text: nobody is called Xaver; for:Xaver makes a new person.",
        "Not understood, and left in the text: “^32.13” is not a day; ^fri or ^31dec is one.",
        "Not understood, and left in the text: “#nix” is no team.",
    ]


def test_an_item_can_be_added_while_the_meeting_runs_and_another_window_keeps_its_edits(
    accord: CommandLine,
) -> None:
    workspace = accord.workspace()
    session = workspace.start(workspace.session())
    accord("add", "From the shell")
    session.add(ActionItem(title="From the app"))
    titles = {item.title for item in accord.store.read(1).action_items.values()}
    assert titles == {"From the shell", "From the app"}


@pytest.mark.parametrize(
    "arguments", [["add"], ["add", ""], ["add", "  "], ["add", "@Sam"], ["add", "\x1b[31m"]]
)
def test_a_line_without_words_adds_nothing(arguments: list[str], accord: CommandLine) -> None:
    got = accord(*arguments)
    assert got.status == 2
    assert len(got.err.splitlines()) == 2
    assert not accord.store.numbers() or not accord.store.read(1).action_items


@pytest.mark.parametrize("text", [pytest.param(text, id=str(place)) for place, text in enumerate(BLNS)])
def test_hostile_text_is_stored_and_printed_without_terminal_codes(text: str, accord: CommandLine) -> None:
    got = accord("add", "--", f"Look into {text}")
    assert got.status == 0
    listed = accord("actions")
    for printed in (got.out + got.err, listed.out + listed.err):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", printed)
    assert accord("actions", "--json").json[0]["title"].startswith("Look into")
    assert accord("done", "--", text).status == 2


def test_an_item_is_done_by_the_beginning_of_its_id(accord: CommandLine) -> None:
    accord("add", "Send the list @Sam")
    [item] = accord.store.read(1).action_items.values()
    got = accord("done", item.uid[:7].upper())
    assert (got.status, got.out) == (0, f"Done {item.uid[:7].upper()}: Send the list\n")
    [item] = accord.store.read(1).action_items.values()
    assert (item.state, item.done_on) == (ItemState.DONE, dt.date(2026, 11, 21))
    before = accord.files()
    again = accord("done", item.uid[:5])
    assert (again.status, again.err) == (0, "")
    assert again.out == f"{item.uid[:5]} was done already on Sat 21 Nov: Send the list\n"
    assert accord.files() == before


def test_an_item_done_in_a_closed_meeting_was_done_already(accord: CommandLine) -> None:
    accord.hold_a_meeting("Kept", done=("Kept",))
    [uid] = accord.store.read(1).action_items
    got = accord("done", uid[:5])
    assert got.status == 0
    assert "was done already" in got.out


def test_an_item_that_was_dropped_in_a_closed_meeting_stays_dropped(accord: CommandLine) -> None:
    workspace = accord.workspace()
    session = workspace.start(workspace.session())
    item = session.add(ActionItem(title="Given up"))
    session.change(item.uid, state="dropped", reason="no budget")
    workspace.close(session)
    got = accord("done", item.uid[:8])
    assert got.status == 2
    assert "was dropped in meeting 1" in got.err


def test_unknown_short_and_ambiguous_ids_change_nothing(accord: CommandLine) -> None:
    session = accord.workspace().session()
    for last in "12":
        session.add(ActionItem(uid=f"aaaaa{last}", title=f"Item {last}"))
    [person, *_] = session.meeting.people
    before = accord.files()
    for typed, words in (
        ("aaaa", "at least 5 characters"),
        ("aaaaa", "any of 2 items"),
        ("bbbbb", "There is no action item “bbbbb”."),
        (person, "is a person, not an action item"),
        ("a" * 5000, "There is no action item"),
    ):
        got = accord("done", typed)
        assert got.status == 2
        assert words in got.err.splitlines()[0]
        assert len(got.err) < 400
    assert accord.files() == before
    assert accord("done", "aaaaa2").status == 0


def test_done_on_an_empty_store_makes_no_meeting(accord: CommandLine) -> None:
    got = accord("done", "aaaaa")
    assert (got.status, got.err.splitlines()[0]) == (
        2,
        "There are no meetings yet, so there is nothing to do.",
    )
    assert not (accord.folder / "store").exists()


def test_actions_lists_every_item_once_in_its_newest_state(accord: CommandLine) -> None:
    accord.hold_a_meeting("Carried", "Kept at once", done=("Kept at once",))
    accord.hold_a_meeting("Later", done=("Carried",))
    every = accord("actions", "--state", "all", "--json").json
    assert {item["title"]: (item["state"], item["meeting"]) for item in every} == {
        "Kept at once": ("done", 1),
        "Carried": ("done", 2),
        "Later": ("open", 3),
    }
    assert [item["title"] for item in accord("actions", "--json").json] == ["Later"]
    done = accord("actions", "--state", "done", "--json").json
    assert {item["title"] for item in done} == {"Carried", "Kept at once"}


def test_while_a_meeting_is_reopened_its_later_edit_counts(accord: CommandLine) -> None:
    accord.hold_a_meeting("Send the list")
    session = accord.workspace().reopen(1)
    [uid] = session.meeting.action_items
    with time_machine.travel(NOON + dt.timedelta(minutes=1), tick=False):
        session.change(uid, title="Send both lists")
    [item] = accord("actions", "--json").json
    assert (item["title"], item["meeting"]) == ("Send both lists", 1)


def filled(accord: CommandLine) -> None:
    session = accord.workspace().session()
    for title, owner, team, due, kind in (
        ("Old list", "Sam", "a", dt.date(2026, 11, 13), "task"),
        ("Blog post", "Jo", "b", dt.date(2026, 12, 1), "content"),
        ("Joint talk", "Priya", "both", dt.date(2026, 11, 21), "swap"),
        ("Nobody's", "", "both", dt.date(2027, 1, 5), "task"),
    ):
        session.add(ActionItem(title=title, owner=owner, team=team, due=due, kind=kind))


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        ([], ["Old list", "Joint talk", "Blog post", "Nobody's"]),
        (["--owner", "sam"], ["Old list"]),
        (["--owner", "P", "--owner", "jo"], ["Joint talk", "Blog post"]),
        (["--owner", ""], ["Nobody's"]),
        (["--team", "sales"], ["Old list", "Joint talk"]),
        (["--team", "MARKETING"], ["Blog post"]),
        (["--team", "both"], ["Nobody's"]),
        (["--team", "b", "--team", "both"], ["Blog post", "Nobody's"]),
        (["--kind", "content", "--kind", "swap"], ["Joint talk", "Blog post"]),
        (["--overdue"], ["Old list"]),
        (["--state", "dropped"], []),
        (["--state=all", "--overdue", "--owner=Jo"], []),
    ],
)
def test_filters(options: list[str], titles: list[str], accord: CommandLine) -> None:
    filled(accord)
    got = accord("actions", "--json", *options)
    assert (got.status, [item["title"] for item in got.json]) == (0, titles)


def test_the_table_says_who_owes_what_and_how_late_it_is(accord: CommandLine) -> None:
    filled(accord)
    lines = accord("actions").out.splitlines()
    assert lines[0].split() == ["Id", "Action", "item", "Owner", "Team", "Due", "Status"]
    assert re.fullmatch(r"[0-9a-f]{5}  Old list     Sam +Sales +Fri 13 Nov +8 days late", lines[1])
    assert re.fullmatch(r"[0-9a-f]{5}  Nobody's     no owner +Both +Tue 5 Jan 2027 +open", lines[4])
    assert lines[-1] == "4 open · 1 overdue"


def test_on_a_narrow_terminal_titles_are_cut_and_columns_leave_but_not_the_status(
    accord: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    accord("add", "A promise with a very long title indeed, longer than any terminal is wide " * 3 + "@Sam")
    monkeypatch.setattr("meetings.cli.actions.terminal_room", lambda: 40)
    lines = accord("actions").out.splitlines()
    assert all(len(line) <= 40 for line in lines)
    assert lines[0].split()[-1] == "Status"
    assert "…" in lines[1]
    assert lines[1].endswith("open")


def test_no_items_is_no_error_and_makes_no_meeting(accord: CommandLine) -> None:
    assert (accord("actions").status, accord("actions").out) == (0, "No action items.\n")
    assert accord("actions", "--json").json == []
    assert not (accord.folder / "store").exists()


def test_items_can_be_written_into_a_file(accord: CommandLine) -> None:
    accord("add", "Send the list")
    got = accord("actions", "--json", "-o", "items.json")
    assert (got.status, got.out, got.err) == (0, "", "Written: items.json\n")
    assert json.loads((accord.folder / "items.json").read_text("utf-8"))[0]["title"] == "Send the list"
    assert accord("actions", "-o", "-").out.startswith("Id")


# Tables


def test_columns_are_aligned_by_what_characters_take_up() -> None:
    rows = [("日本語", "x"), ("e\u0301te\u0301", "x"), ("🎉", "x"), ("plain", "x")]
    lines = table([Column("A", shrinks=True), Column("B")], rows).splitlines()
    assert {width(line[: line.rindex("x")]) for line in lines[1:]} == {8}
    assert cut("日本語", 4) == "日…"
    assert cut("日本語", 6) == "日本語"


@given(st.lists(st.tuples(st.text(), st.text(max_size=8)), max_size=4), st.integers(12, 60))
def test_a_table_keeps_to_its_room_and_a_cell_to_its_width(rows: list[tuple[str, str]], room: int) -> None:
    cleaned = [(clean(one), clean(other)[:4]) for one, other in rows]
    lines = table([Column("Title", shrinks=True), Column("B")], cleaned, room).splitlines()
    assert len(lines) == len(cleaned) + 1
    assert all(width(line) <= room for line in lines)
    assert all(width(cut(one, 5)) <= 5 for one, _ in cleaned)
