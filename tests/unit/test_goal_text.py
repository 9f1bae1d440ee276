"""A goal in a few words: its target, its pace, its last thirteen readings; and a status by hand needs a note."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from meetings.errors import UsageError
from meetings.kinds import Direction, Status, Unit
from meetings.measures.pace import Pace
from meetings.model import Goal
from meetings.workspace import Workspace
from tests.conftest import MONDAY
from tui.desk import Desk
from tui.widgets.goal_details import goal_lines
from tui.widgets.sparkline import dense_sparkline, sparkline
from tui.words.goal_text import pace_text, pace_words, target_text

PERCENT = Goal(unit=Unit.PERCENT, target=30.0)
MONEY = Goal(unit=Unit.CURRENCY, target=600_000.0)
TIME = Goal(unit=Unit.DURATION, target=60.0, direction=Direction.AT_MOST)
RANGE = Goal(target=35.0, target_high=50.0, direction=Direction.IN_RANGE)
DONE = Goal(unit=Unit.YES_NO)
START = dt.date(MONDAY.year, 9, 7)


def paced(pace: float | None) -> Pace:
    return Pace(None, None, pace, Status.UNKNOWN, Status.UNKNOWN, None)


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        (PERCENT, "30 %"),
        (MONEY, "€600 k"),
        (TIME, "≤ 60 min"),
        (RANGE, "35 to 50"),
        (DONE, "yes"),
        (Goal(), "—"),
    ],
)
def test_targets(goal: Goal, words: str) -> None:
    assert target_text(goal, "€") == words


@pytest.mark.parametrize(
    ("goal", "pace", "short", "words"),
    [
        (PERCENT, 0.262, "+0.3", "0.3 points ahead"),
        (PERCENT, -1.0, "−1", "1 point behind"),
        (PERCENT, -0.012, "−0.012", "0.012 points behind"),
        (MONEY, -69_300.0, "−69 k", "€69.3 k behind"),
        (TIME, 3.8, "+4 min", "3.8 min ahead"),
        (RANGE, 5.0, "+5", "5 inside the range"),
        (RANGE, -2.0, "−2", "2 outside the range"),
        (RANGE, 0.0, "+0", "0 inside the range"),
        (MONEY, 0.0, "+0", "just as expected"),
        (DONE, None, "", ""),
        (PERCENT, None, "", ""),
    ],
)
def test_the_pace_in_a_column_and_in_words(goal: Goal, pace: float | None, short: str, words: str) -> None:
    assert pace_text(pace, goal) == short
    assert pace_words(paced(pace), goal, "€") == words


def test_thirteen_readings_fit_into_seven_cells() -> None:
    line = dense_sparkline([float(n) for n in range(13)])
    assert len(line) == 7
    assert line == "⢀⣀⣤⣴⣶⣶⣿"
    assert dense_sparkline([3, 0]) == "⣇"
    assert dense_sparkline([5, 5]) == "⣤"
    assert dense_sparkline([]) == ""
    assert sparkline([1, 2]) == "▁█"


def test_a_status_by_hand_needs_a_note_and_the_note_stays_with_it(workspace: Workspace) -> None:
    session = workspace.session()
    goal = session.add(Goal(title="MQL rate"))
    with pytest.raises(UsageError, match="needs a note") as refusal:
        session.change(goal.uid, overruled=Status.ON_TRACK)
    assert refusal.value.field == "note"
    session.change(goal.uid, overruled=Status.ON_TRACK, note="two deals sign on Friday")
    with pytest.raises(UsageError, match="needs a note"):
        session.change(goal.uid, note="")
    session.change(goal.uid, overruled=None, note="")
    assert session.meeting.goals[goal.uid].overruled is None


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        (replace(PERCENT, start=22.0, start_date=START), "From 22 % on 7 Sep"),
        (replace(PERCENT, start=22.0), "From 22 %"),
        (replace(PERCENT, start_date=START), "From 7 Sep"),
        (replace(DONE, start=0.0, start_date=START), "From 7 Sep"),
    ],
)
def test_details_say_what_is_known_of_where_a_goal_begins(
    goal: Goal, words: str, workspace: Workspace
) -> None:
    lines = [line.plain for line in goal_lines(goal, Desk(workspace, lambda event: None), 60, 40)]
    assert [line for line in lines if line.startswith("From")] == [words]
