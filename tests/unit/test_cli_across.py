"""Looking across meetings on the command line: goals, history, search, report, and the choice of action items."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine

from meetings.kinds import Direction, GoalState, Team, Unit
from meetings.model import ActionItem, Feedback, Goal, Rating, Reading, Win
from tests.unit.command_line import NOON, CommandLine

START = dt.date(2026, 10, 5)


def filled(accord: CommandLine) -> None:
    """Meeting 1 was held on Saturday 21 November; meeting 2 is planned, with what was carried into it."""
    workspace = accord.workspace()
    session = workspace.start(workspace.session())
    for person in list(session.meeting.people.values()):
        session.change(person.uid, present=True)
    session.add(
        Goal(
            title="MQL to SQL rate",
            team=Team.BOTH,
            owner="Priya",
            unit=Unit.PERCENT,
            start=20.0,
            target=30.0,
            start_date=START,
            due=START + dt.timedelta(days=94),
            readings=(Reading(dt.date(2026, 11, 14), 22.0), Reading(dt.date(2026, 11, 21), 26.0)),
        )
    )
    session.add(Goal(title="Fewer tools", team=Team.B, direction=Direction.AT_MOST, state=GoalState.DONE))
    session.add(ActionItem(title="Rewrite the pricing page", owner="Jo", due=dt.date(2026, 12, 1)))
    session.add(ActionItem(title="Send the list", owner="Sam", note="with prices", due=dt.date(2026, 12, 2)))
    session.add(Win(title="First joint webinar", credits=("Sam", "Jo"), big=True))
    session.add(Feedback(text="The webinar\nleads are cold [/red]", from_team=Team.A))
    for value in (9, 8, 7):
        session.add(Rating(person=f"Rater {value}", team=Team.A, value=value, word="lively"))
    workspace.close(session)


def broken(accord: CommandLine) -> None:
    """Meeting 1 can no longer be read."""
    (accord.folder / "store" / "0001.json").write_text("{", "utf-8")


def test_goals_are_listed_with_their_pace(accord: CommandLine) -> None:
    filled(accord)
    got = accord("goals")
    assert got.status == 0
    head, row = got.out.splitlines()
    assert head.split() == ["Status", "Goal", "Team", "Owner", "Reading", "Target", "Pace"]
    # 47 of 94 days are over: expected is 25
    assert re.split(r"  +", row) == [
        "● on track",
        "MQL to SQL rate",
        "Both teams",
        "Priya",
        "26 %",
        "≥ 30 % by Thu 7 Jan 2027",
        "1 point ahead",
    ]
    everything = accord("goals", "--state", "all").out.splitlines()
    assert re.split(r"  +", everything[-1])[-1] == "–"


def test_goals_as_json_have_what_is_worked_out(accord: CommandLine) -> None:
    filled(accord)
    [goal] = accord("goals", "--json").json
    assert (goal["title"], goal["expected"], goal["pace"], goal["status"]) == (
        "MQL to SQL rate",
        25.0,
        1.0,
        "on_track",
    )
    assert goal["reading"] == {"date": "2026-11-21", "value": 26.0}
    assert (goal["meeting"], len(goal["readings"])) == (2, 2)


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        (["--state", "all"], ["MQL to SQL rate", "Fewer tools"]),
        (["--state", "done"], ["Fewer tools"]),
        (["--state", "all", "--team", "marketing"], ["Fewer tools"]),
        (["--team", "sales"], []),
        (["--state", "all", "--team", "b", "--team", "both"], ["MQL to SQL rate", "Fewer tools"]),
    ],
)
def test_goals_are_chosen(options: list[str], titles: list[str], accord: CommandLine) -> None:
    filled(accord)
    assert [goal["title"] for goal in accord("goals", "--json", *options).json] == titles


def test_the_history_lists_every_meeting_newest_first(accord: CommandLine) -> None:
    filled(accord)
    got = accord("history")
    lines = [re.split(r"  +", line) for line in got.out.splitlines()]
    assert lines[0] == ["#", "Date", "Present", "Done", "Rating", "Time", "Decided", "Wins", "Items"]
    assert lines[1] == ["2", "Mon 30 Nov", "planned"]
    assert lines[2] == ["1", "Sat 21 Nov", "Sam, Priya, Jo", "n/a", "8.0", "0:00 of 60:00", "0", "1", "2"]


def test_the_history_as_json(accord: CommandLine) -> None:
    filled(accord)
    planned, held = accord("history", "--json").json
    assert (planned["number"], planned["state"]) == (2, "planned")
    assert held == {
        "number": 1,
        "name": held["name"],
        "date": "2026-11-21",
        "state": "closed",
        "present": ["Sam", "Priya", "Jo"],
        "done": 0,
        "due": 0,
        "rating": 8.0,
        "raters": 3,
        "spent": 0,
        "planned": 3600,
        "decisions": 0,
        "wins": 1,
        "items": 2,
        "amendments": 0,
    }


def test_a_search_shows_where_and_in_which_words(accord: CommandLine) -> None:
    filled(accord)
    got = accord("search", "webinar")
    assert got.status == 0
    assert got.out == (
        "#2 Mon 30 Nov · Feedback · also in 1 earlier\n  The webinar leads are cold [/red]\n\n"
        "#1 Sat 21 Nov · Win\n  First joint webinar\n\n"
        "2 hits in 2 meetings\n"
    )
    assert accord("search", "JOINT", "web").out.startswith("#1 Sat 21 Nov · Win\n"), (
        "words side by side, any case"
    )


def test_a_search_as_json_and_one_that_finds_nothing(accord: CommandLine) -> None:
    filled(accord)
    [found] = accord("search", "pricing", "--json").json
    [uid] = [u for u, i in accord.store.read(2).action_items.items() if i.title == "Rewrite the pricing page"]
    assert found == {
        "meeting": 2,
        "date": "2026-11-30",
        "kind": "Action item",
        "table": "action_items",
        "uid": uid,
        "field": "title",
        "text": "Rewrite the pricing page",
        "meetings": [2, 1],
    }
    got = accord("search", "xyzzy")
    assert (got.status, got.out) == (0, "Nobody has said “xyzzy” in any meeting.\n")
    assert accord("search", "xyzzy", "--json").json == []


@pytest.mark.parametrize("words", ["lively", "Rater"])
def test_who_rated_a_meeting_is_not_found(words: str, accord: CommandLine) -> None:
    filled(accord)
    assert accord("search", words, "--json").json == []


def test_a_search_for_nothing_is_refused_and_a_limit_is_said(accord: CommandLine) -> None:
    filled(accord)
    assert accord("search", " ").err == "Say what to look for.\n"
    assert accord("search").status == 2
    assert accord("search", "the", "--limit", "1").out.endswith("; the newest 1 are shown (--limit)\n")


def test_the_last_thirteen_weeks_are_reported_unless_days_are_named(accord: CommandLine) -> None:
    filled(accord)
    got = accord("report")
    assert got.status == 0
    assert "Report on Sun 23 Aug 2026 to Sat 21 Nov 2026. 1 meeting, #1" in got.out
    assert "| Rating of the meetings | 8.0 of 10 (Sales 8.0) |" in got.out
    then = accord("report", "--from", "2026-07-01", "--to", "2026-09-30")
    assert "Report on Wed 1 Jul 2026 to Wed 30 Sep 2026. No meeting was held in this time." in then.out


def test_a_store_is_not_copied_into_itself_under_another_name(accord: CommandLine) -> None:
    filled(accord)
    before = accord.files()
    for name in ("store", "./store", "../" + accord.folder.name + "/store"):
        got = accord("copy", "--to", name)
        assert (got.status, got.err) == (2, "Both are the same store; nothing was copied.\n")
    assert accord.files() == before


def test_a_report_is_not_written_into_a_file_that_is_called_something_else(accord: CommandLine) -> None:
    filled(accord)
    before = accord.files()
    got = accord("report", "-o", "quarter.PDF")
    assert got.status == 2
    assert got.err.startswith("A report is Markdown or HTML; quarter.PDF would be neither.\n")
    assert accord.files() == before
    assert accord("report", "--format", "html", "-o", "quarter.PDF").status == 0


def test_a_report_is_a_page_when_the_file_is_called_so(accord: CommandLine) -> None:
    filled(accord)
    assert accord("report", "-o", "quarter.html").err == "Written: quarter.html\n"
    page = (accord.folder / "quarter.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "First joint webinar" in page
    assert "Rater" not in page
    assert accord("report", "--format", "html").out == page
    accord("report", "--format", "markdown", "-o", "quarter.html")
    assert (accord.folder / "quarter.html").read_text("utf-8").startswith("# ")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--from", "soon"], "--from: “soon” is not a day; write it like 2026-07-01."),
        (["--to", "2026-02-30"], "--to: “2026-02-30” is not a day; write it like 2026-07-01."),
        (
            ["--from", "2026-10-01", "--to", "2026-09-01"],
            "The report would end before it begins: 2026-10-01 is after 2026-09-01.",
        ),
        (["--format", "pdf"], "--format: “pdf” is not known here; it can be markdown, html."),
    ],
)
def test_a_report_on_days_that_are_none_is_refused(
    options: list[str], sentence: str, accord: CommandLine
) -> None:
    got = accord("report", *options)
    assert (got.status, got.out, got.err.splitlines()[0]) == (2, "", sentence)


@pytest.mark.parametrize("command", [("goals",), ("history",), ("search", "the"), ("report",)])
def test_what_cannot_be_read_is_named_and_left_out(command: tuple[str, ...], accord: CommandLine) -> None:
    filled(accord)
    broken(accord)
    before = accord.files()
    got = accord(*command)
    assert got.status == 0
    assert re.search(r"0001\.json.* without it\.$", got.err.strip())
    assert accord.files() == before


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("goals",), "No goals.\n"),
        (("history",), "No meetings yet.\n"),
        (("search", "x"), "Nobody has said “x” in any meeting.\n"),
        (("report",), "No meeting was held in this time."),
    ],
)
def test_an_empty_store_is_no_error_and_stays_empty(
    command: tuple[str, ...], words: str, accord: CommandLine
) -> None:
    got = accord(*command)
    assert (got.status, got.err) == (0, "")
    assert words in got.out
    assert not (accord.folder / "store").exists()


# Choosing action items


def two_meetings(accord: CommandLine) -> None:
    filled(accord)
    with time_machine.travel(NOON + dt.timedelta(days=7), tick=False):
        workspace = accord.workspace()
        session = workspace.start(workspace.session())
        session.add(ActionItem(title="Call the printer", owner="Jo", due=dt.date(2026, 12, 24)))
        workspace.close(session)


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        (["--meeting", "1"], ["Rewrite the pricing page", "Send the list"]),
        (["--meeting", "2", "--meeting", "7-9"], ["Call the printer"]),
        (["--meeting", "1-2", "--text", "PRIC"], ["Rewrite the pricing page", "Send the list"]),
        (["--text", "pric", "--text", "list"], ["Send the list"]),
        (["--sort", "owner"], ["Rewrite the pricing page", "Call the printer", "Send the list"]),
        (["--sort", "age", "--owner", "jo"], ["Rewrite the pricing page", "Call the printer"]),
        (["--group", "meeting"], ["Call the printer", "Rewrite the pricing page", "Send the list"]),
    ],
)
def test_items_are_chosen_and_put_in_order(
    options: list[str], titles: list[str], accord: CommandLine
) -> None:
    two_meetings(accord)
    assert [item["title"] for item in accord("actions", "--json", *options).json] == titles


def test_groups_have_their_names(accord: CommandLine) -> None:
    two_meetings(accord)
    lines = accord("actions", "--group", "team").out.splitlines()
    assert [line for line in lines if line.endswith(")") and "  " not in line] == [
        "Sales (1)",
        "Marketing (2)",
    ]
    assert lines[-1].startswith("3 open")


def test_a_meeting_that_is_no_number_is_refused(accord: CommandLine) -> None:
    got = accord("actions", "--meeting", "last")
    assert (got.status, got.out) == (2, "")
    assert got.err.startswith("--meeting: “last” is not a number such as 12")
