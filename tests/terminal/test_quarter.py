"""A quarter of thirteen weekly meetings in a real terminal; then its figures, computed anew from the files alone.

The arithmetic here reads the JSON files as any program would and knows nothing of Accord: what it finds has to be what
Accord shows on the screen, in the minutes and on the command line.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.terminal.dated import MOMENT
from tests.terminal.driver import Terminal, command
from tests.terminal.prepared import add_line, config_file, in_meeting

FIRST = dt.datetime(2026, 8, 31, 9, tzinfo=dt.UTC)
"""A Monday, which is the day of the meeting."""
WEEKS = 13
SIZE = (120, 50)
LEFT, RIGHT = 24, 84
"""The columns of the step in a terminal of that size, beside the agenda and the details."""
MARK = "82b8ff"
"""The colour of the cursor's mark in the list that has the focus."""
ACTIONS = 4
"""Steps from the check-in to the action items."""
RATINGS = (
    "8 7 9",
    "8 - 9",
    "6 7 7",
    "9 9 10",
    "5 9 9",
    "7 7 7",
    "8 8 9",
    "- 9 9",
    "8 9 9",
    "9 9 9",
    "10 9 9",
    "8 8 8",
)


def on(week: int) -> dict[str, str]:
    """The environment of the Monday of that week, counted from 1."""
    return {MOMENT: (FIRST + dt.timedelta(weeks=week - 1)).isoformat()}


def accord(home: Path, week: int, *arguments: str) -> str:
    """What a command prints in that week."""
    return command(home, *arguments, module="tests.terminal.dated", also=on(week))


class Week:
    """One meeting on the screen; each method is what a facilitator does."""

    def __init__(self, app: Terminal) -> None:
        self.app = app

    def steps(self, key: str, count: int, wanted: str) -> None:
        """Go on (n) or back (b) by so many steps, to the one that shows `wanted`."""
        self.app.press(*[key] * count)
        self.app.wait_for(wanted)

    def cursor(self) -> tuple[int, str]:
        """The line of the row that has the cursor, and its text; in lists without the focus the mark is quieter."""
        for y, line in enumerate(self.app.screen.display):
            if any(cell.data == "▌" and cell.fg == MARK for cell in self.app.screen.buffer[y].values()):
                return y, line
        return -1, ""

    def to_row(self, title: str) -> None:
        """Put the cursor on the row of that title, with the keys that go up and down."""
        step = self.app.wait_for(lambda shown: self.line_of(title) >= 0)
        for _ in range(step.count("\n")):
            self.app.quiet()  # a tick moves the cursor on, one frame later
            at, target = self.cursor()[0], self.line_of(title)
            if at == target:
                return
            self.app.press("j" if target > at else "k")
            self.app.wait_for(lambda _, at=at: self.cursor()[0] not in (at, -1))
        raise AssertionError(f"no way to the row {title}:\n{self.app.text}")

    def line_of(self, title: str) -> int:
        """The line on which a row of the step has that title; -1 when none has."""
        shown = (line[LEFT:RIGHT] for line in self.app.screen.display)
        return next((y for y, line in enumerate(shown) if title in line), -1)

    def press_on(self, title: str, key: str, wanted: str) -> None:
        """Press a key on a row and wait for what it does."""
        self.to_row(title)
        self.app.press(key)
        self.app.wait_for(wanted)
        self.app.saved()

    def edit(self, title: str, added: str, wanted: str) -> None:
        """Add words to the line of an item."""
        self.to_row(title)
        self.app.press("Enter", "End")
        self.app.type(added)
        self.app.wait_for(added.strip())
        self.app.press("Enter")
        self.app.wait_for(wanted, gone=added.strip())
        self.app.saved()

    def add(self, key: str, *lines: str) -> None:
        for line in lines:
            add_line(self.app, key, line)

    def drop(self, title: str, reason: str) -> None:
        self.press_on(title, "x", "Why is this dropped?")
        self.app.type(reason)
        self.app.press("Enter")
        self.app.wait_for(reason, gone="Why is this dropped?")
        self.app.saved()

    def rate(self, line: str) -> None:
        count = len(line.replace("-", "").split())
        self.app.press("a")
        self.app.wait_for("ne figure for each")
        self.app.type(line)
        self.app.wait_for("3 of 3 typed")
        self.app.press("Enter")
        self.app.wait_for(f"{count} of {count} rated")
        self.app.saved()


@contextmanager
def held(home: Path, week: int) -> Iterator[Week]:
    """The meeting of that week: started on its day, and rated and closed in the wrap-up at the end."""
    with Terminal(home, also=on(week), module="tests.terminal.dated", size=SIZE) as app:
        app.wait_for("Start")
        app.press("Enter")
        yield Week(in_meeting(app))
        close(app)
        app.press("q")
        assert app.leave() == 0


def close(app: Terminal) -> None:
    app.press("C")
    app.wait_for("Close this meeting?")
    app.press("Enter")
    app.wait_for("is planned")
    app.saved()


def to_items(week: Week) -> None:
    week.steps("n", ACTIONS, "Promised")


def to_wrap_up(week: Week) -> None:
    week.steps("n", 1, "How was this meeting?")


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of somebody who has held thirteen meetings."""
    home = tmp_path_factory.mktemp("quarter")
    config_file(home)
    with held(home, 1) as week:
        week.steps("n", 2, "Sales → Marketing")
        week.add("f", "Cold leads", "No calls #marketing", "Old slides #marketing")
        week.steps("n", 2, "Promised")
        week.add("p", "Who owns events")
        week.add("t", "Item A @Sam ^+7d", "Item B @Priya ^+7d", "Item C @Jo ^+14d", "Item D @Sam ^+7d")
        week.add("t", "Slip @Sam")
        week.app.press("u")
        week.app.wait_for("Undid")
        to_wrap_up(week)
        week.rate(RATINGS[0])
    with held(home, 2) as week:
        week.steps("n", 2, "Sales → Marketing")
        week.press_on("Cold leads", "r", "▌")
        week.app.type("We ask for the job title")
        week.app.press("Enter")
        week.app.wait_for("↳ answered")
        week.steps("n", 2, "Promised")
        week.press_on("Item A", "Space", "✓ Item A")
        week.press_on("Item D", "Space", "✓ Item D")
        week.press_on("Item D", "Space", "☐ Item D")  # it was not
        week.press_on("Item B", "-", "not done")
        to_wrap_up(week)
        week.rate(RATINGS[1])
    with held(home, 3) as week:
        week.steps("n", 2, "Sales → Marketing")
        week.press_on("Cold leads", "Space", "✓ closed")
        week.steps("n", 2, "Promised")
        week.edit("Item B", " ^+7d", "Mon 21 Sep")  # moved
        week.edit("Item D", " @Jo", "Jo ")  # handed over
        week.press_on("Item C", "Space", "✓ Item C")
        week.press_on("Item C", "u", "☐ Item C")
        week.press_on("Item C", "U", "✓ Item C")
        to_wrap_up(week)
        week.rate(RATINGS[2])
    with held(home, 4) as week:
        to_items(week)
        week.drop("Item D", "nobody asks for it")
        week.edit("Item B", " ^+14d", "Mon 5 Oct")  # moved again
        week.press_on("Who owns events", "d", "Esc ends")
        week.app.type("Sam owns events @Sam ^+7d")
        week.app.press("Enter")
        week.app.wait_for("Added:")
        week.app.press("Esc")
        week.app.wait_for("? Help", gone="Esc ends")
        week.press_on("Who owns events", "Space", "✓ Who owns events")
        week.add("t", "Item E @Priya ^+7d")
        to_wrap_up(week)
        week.rate(RATINGS[3])
    with held(home, 5) as week:
        week.app.wait_for("Sam owns events")
        to_items(week)
        week.press_on("Item E", "Space", "✓ Item E")
        to_wrap_up(week)
        week.rate(RATINGS[4])
        close(week.app)
        week.app.press("R")  # closed too early
        week.app.wait_for("Reopen")
        week.app.press("Enter")
        in_meeting(week.app)
        week.steps("b", 1, "Promised")
        week.press_on("Item E", "Space", "☐ Item E")
        week.add("t", "Item F @Sam ^+7d")
    for number in range(6, WEEKS + 1):
        with held(home, number) as week:
            to_items(week)
            keep(week, number)
            to_wrap_up(week)
            if number - 1 < len(RATINGS):
                week.rate(RATINGS[number - 1])
    return home


def keep(week: Week, number: int) -> None:
    """What becomes of the promises in the later weeks."""
    if number == 6:
        week.press_on("Item F", "-", "not done")
        week.press_on("Item B", "Space", "✓ Item B")
    if number == 8:
        week.press_on("Item E", "-", "What becomes of it?")  # past its day and carried four times
        week.app.press("d")
        week.app.wait_for("today", gone="What becomes of it?")
        week.press_on("Item E", "Space", "✓ Item E")
    if number == 10:
        week.press_on("Item F", "-", "What becomes of it?")
        week.app.press("h")
        week.app.wait_for("who takes it over")
        week.app.type("Priya")
        week.app.press("Enter")
        week.app.wait_for("Priya", gone="who takes it over")
        week.app.saved()
    if number > 6 and number % 2:
        week.add("t", f"Weekly {number} @Jo ^+7d")
    elif number > 7:
        week.press_on(f"Weekly {number - 1}", "Space", f"✓ Weekly {number - 1}")


# The same figures from the files alone

Row = dict[str, Any]


class Files:
    """The meetings as they lie on the disk."""

    def __init__(self, home: Path) -> None:
        paths = sorted((home / "accord/data/store").glob("*.json"))
        self.meetings: list[Row] = [json.loads(path.read_text("utf-8")) for path in paths]
        self.held = self.meetings[:WEEKS]

    @staticmethod
    def head(meeting: Row) -> Row:
        return next(iter(meeting["meeting"].values()))

    @staticmethod
    def table(meeting: Row, name: str) -> list[Row]:
        return list(meeting.get(name, {}).values())

    def done(self, meeting: Row) -> tuple[int, int]:
        head = self.head(meeting)
        due = [
            item
            for item in self.table(meeting, "action_items")
            if item.get("state", "open") != "dropped"
            and item["due"] <= head["date"]
            and (item["raised_in"] < head["number"] or item["created_at"] < head["started_at"])
        ]
        return sum(item.get("state", "open") == "done" for item in due), len(due)

    def stories(self) -> dict[str, list[Row]]:
        """Each item as it stands in one meeting after the other."""
        found: dict[str, list[Row]] = {}
        for meeting in self.meetings:
            for item in self.table(meeting, "action_items"):
                found.setdefault(item["title"], []).append(item)
        return found


def days(start: str, end: str) -> int:
    return (dt.date.fromisoformat(end[:10]) - dt.date.fromisoformat(start[:10])).days


def percent(part: int, whole: int) -> int:
    return int(100 * part / whole + 0.5)


def test_done_rates_and_ratings_are_those_of_the_minutes(quarter: Path) -> None:
    files = Files(quarter)
    minutes = accord(quarter, WEEKS + 1, "minutes", "all").split("\n# ")
    assert len(minutes) == len(files.held) == WEEKS
    rates = []
    for meeting, text in zip(files.held, minutes, strict=True):
        done, due = files.done(meeting)
        rates.append((done, due))
        shown = re.search(r"Done of what was due: (.*)", text)
        assert (shown[1] if shown else None) == (f"{done} of {due}, {percent(done, due)} %" if due else None)
        ratings = [rating["value"] for rating in files.table(meeting, "ratings")]
        told = re.search(r"Rated by (\d+)(?:, mean ([\d.]+) of 10)?", text)
        if not ratings:
            assert told is None
            continue
        assert told is not None
        mean = f"{sum(ratings) / len(ratings):.1f}" if len(ratings) >= 3 else None
        assert (int(told[1]), told[2]) == (len(ratings), mean)
    assert rates[:6] == [(0, 0), (1, 3), (1, 2), (0, 0), (0, 1), (1, 3)]


def test_carried_and_moved_are_what_the_files_tell(quarter: Path) -> None:
    listed = json.loads(accord(quarter, WEEKS + 1, "actions", "--state", "all", "--json"))
    stories = Files(quarter).stories()
    assert {item["title"] for item in listed} == set(stories)
    for item in listed:
        story = stories[item["title"]]
        moves = sum(one["due"] != after["due"] for one, after in pairwise(story))
        assert (item["carried"], item["moved"]) == (len(story) - 1, moves), item["title"]
        assert [one.get("carried", 0) for one in story] == list(range(len(story))), item["title"]
    by_title = {item["title"]: item for item in listed}
    assert "Slip" not in by_title
    assert [by_title[name]["moved"] for name in ("Item A", "Item B", "Item E")] == [0, 2, 1]
    dropped = by_title["Item D"]
    assert (dropped["state"], dropped["owner"], dropped["reason"]) == ("dropped", "Jo", "nobody asks for it")
    assert (by_title["Item F"]["owner"], by_title["Item F"]["team"]) == ("Priya", "b")


def test_loops_balance_and_trend_on_the_screen(quarter: Path) -> None:
    files = Files(quarter)
    latest = {row["uid"]: row for meeting in files.meetings for row in files.table(meeting, "feedback")}
    loops = {}
    for team in "ab":
        given = [row for row in latest.values() if row["from_team"] == team]
        answered = [row for row in given if row.get("state", "new") != "new"]
        closed = [row for row in given if row.get("state", "new") == "closed"]
        words = [f"{len(given)} raised"]
        for name, rows, field in (("answered", answered, "answered_on"), ("closed", closed, "closed_on")):
            took = [days(row["created_at"], row[field]) for row in rows if row[field]]
            words.append(f"{len(rows)} {name}" + (f" in {median(took):g} days" if took else ""))
        loops[team] = " · ".join(words)
    open_items = [
        item
        for item in files.table(files.meetings[-1], "action_items")
        if item.get("state", "open") == "open"
    ]
    means = []
    for meeting in files.held:
        values = [rating["value"] for rating in files.table(meeting, "ratings")]
        if len(values) >= 3:
            means.append(f"{int(sum(values) / len(values) * 10 + 0.5) / 10:.1f}")
    with Terminal(quarter, also=on(WEEKS + 1), module="tests.terminal.dated") as app:
        app.wait_for("Start")
        app.press("Enter")
        week = Week(in_meeting(app))
        week.steps("n", 2, "Sales → Marketing")
        for words in loops.values():
            app.wait_for(words)
        week.steps("n", 3, "Who owes what")
        app.wait_for("Before closing")
        balance = [(team, sum(item["team"] == team for item in open_items)) for team in ("a", "b")]
        names = {"a": "Sales", "b": "Marketing"}
        app.wait_for(" · ".join(f"{names[team]} {count}" for team, count in balance if count))
        week.rate("9 9 9")
        app.press("r")
        app.wait_for(f"Before: {' '.join(means[-6:])}, today 9.0")
    assert loops["a"] == "1 raised · 1 answered in 7 days · 1 closed in 14 days"
