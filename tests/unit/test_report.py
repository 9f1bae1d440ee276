"""A quarter in one page: what it says, that nothing in it is read as markup, and what is never in it."""

from __future__ import annotations

import datetime as dt
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec.structs import replace

from meetings.config import default_config
from meetings.exchange import svg
from meetings.exchange.report import FORMATS, render
from meetings.kinds import MeetingState, Team, Unit
from meetings.measures.chart import chart
from meetings.measures.quarter import quarter
from meetings.meeting import Meeting
from meetings.model import Feedback, Goal, Person, Reading, Win
from tests.unit.test_trends import day, item, leads, meeting, ratings

BLNS = json.loads((Path(__file__).resolve().parents[1] / "data/naughty/blns.json").read_text("utf-8"))
HOSTILE = "a | b <script>alert(1)</script> *x* [l](http://evil) `c` & \"q\" 'r'"


def held(words: str = "Acme signed", name: str = "Sam") -> list[Meeting]:
    """Two meetings, with these words wherever words can be."""
    goal = Goal(
        uid="g",
        title=words,
        owner=name,
        metric=words,
        unit=Unit.PERCENT,
        start=20.0,
        target=30.0,
        start_date=day(1),
        due=day(14),
        agreed=True,
    )
    readings = (Reading(day(1), 20.0), Reading(day(2), 26.0))
    person = Person(name=name, team=Team.A)
    two = meeting(
        2,
        replace(goal, readings=readings),
        item("x", 1, 2),
        Win(title=words, credits=(name,), source=words, what_worked=words),
        Feedback(text="Secret feedback", created_at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC)),
        replace(leads(words, 3, 6, 10), rejected={words: 3}, reviewed=9),
        person,
        *(replace(rating, person="Rita Rater", word="Dreadful") for rating in ratings(a="888", b="67")),
    )
    two = replace(two, head=replace(two.head, name=words))
    return [meeting(1, item("x", 1, 2)), two]


def written(format: str, meetings: list[Meeting]) -> str:
    return render(quarter(meetings, day(1), day(3), day(3)), default_config(), day(3), format)


def test_the_report_says_what_came_of_the_quarter() -> None:
    text = written("markdown", held())
    lines = text.splitlines()  # 14 of the goal's 91 days are over: expected 21.54, read 26
    assert lines[0] == "# Acme signed"
    assert "Report on Mon 31 Aug 2026 to Mon 14 Sep 2026. 2 meetings, #1 to #2" in lines
    assert "| Done of what was due | 0 of 1, 0 % (target 90 %) |" in lines
    assert "| Action items agreed | 1: 1 open, 1 overdue |" in lines
    assert "| Rating of the meetings | 7.4 of 10 |" in lines, "two ratings of a team are no mean of theirs"
    assert "| Leads accepted of those handed over | 6 of 10, 60 % (target 90 %) |" in lines
    assert "| Feedback answered | 0 of 1, 0 % |" in lines
    assert (
        "| ● on track | Acme signed | Both teams | Sam | 26 % (Mon 7 Sep) | ≥ 30 % by Mon 30 Nov | +4.5 % |"
        in lines
    )
    assert "| Acme signed | 20 % | 26 % | 20 % | 26 % |" in lines
    assert "| Acme signed | n/a | 10 | 6 of 10, 60 % | n/a | n/a | n/a | Acme signed (3) |" in lines
    assert "- Acme signed (both teams, Acme signed)\\" in lines
    assert "  Credit to: Sam (Sales)" in lines
    assert re.search(r"^\| Sales \| 1 \| 0 of 1, 0 % \| 0 of 1, 0 % \| n/a \| n/a \|$", text, re.MULTILINE)


@pytest.mark.parametrize("format", FORMATS)
def test_ratings_are_never_told_by_name_and_texts_of_feedback_stay_out(format: str) -> None:
    text = written(format, held())
    for secret in ("Rita", "Dreadful", "Secret feedback"):
        assert secret not in text


@pytest.mark.parametrize("format", FORMATS)
def test_a_time_without_meetings_is_a_report_without_figures(format: str) -> None:
    text = written(format, [])
    assert "No meeting was held in this time." in text
    assert "n/a" in text
    assert "No goals." in text


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_meetings_make_the_same_report(format: str) -> None:
    assert written(format, held()) == written(format, held())


class Page(HTMLParser):
    """What a browser makes of a page: its elements, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs
        if tag not in ("meta", "line", "circle", "polyline", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_needs_nothing_from_elsewhere_and_says_its_charts_in_words() -> None:
    text = written("html", held())
    page = Page(text)
    assert not page.open
    assert "<script" not in text
    assert not re.search(r"(?i)@import|url\(|<link|<img|\bsrc=", text)
    assert not [value for name, value in page.attributes if name in ("src", "href") and value]
    assert text.count("<svg") == 4, "done rate, rating, acceptance rate, the goal"
    assert "Acme signed: 20 % at first, 26 % at last, between 20 % and 26 %" in page.words
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_hostile_words_stay_words() -> None:
    page = Page(written("html", held(HOSTILE, "<b>Bo</b>")))
    assert not page.open
    assert HOSTILE in page.words
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    table = [
        line
        for line in written("markdown", held(HOSTILE)).splitlines()
        if "a \\| b" in line and line[0] == "|"
    ]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {8, 6, 9}, "goals, trends, leads"


def test_naughty_strings_break_no_page() -> None:
    for words in BLNS[::9]:
        assert not Page(written("html", held(words or "x"))).open
        written("markdown", held(words or "x"))


def test_a_planned_meeting_counts_as_the_present_state_and_not_as_held() -> None:
    planned = meeting(3, item("x", 1, 2), state=MeetingState.PLANNED)
    assert "2 meetings, #1 to #2" in written("markdown", [*held(), planned])


# Charts


def test_a_chart_has_its_line_its_target_and_the_days_and_values_beside_it() -> None:
    readings = tuple(Reading(day(week), value) for week, value in ((1, 20.0), (2, 25.0), (3, 22.5)))
    goal = Goal(title="Rate", unit=Unit.PERCENT, target=30.0, readings=readings)
    drawn = chart(goal, day(3))
    assert drawn is not None
    text = svg.draw(drawn, "Rate <now>", lambda value: f"{value:g} %")
    assert Page(text).open == []
    assert "<title>Rate &lt;now&gt;</title>" in text
    points = re.search(r'class="line" points="([^"]+)"', text)
    assert points is not None
    places = [tuple(map(float, point.split(","))) for point in points[1].split()]
    left, right = svg.LEFT, svg.WIDTH - svg.RIGHT
    top, bottom = svg.TOP, svg.HEIGHT - svg.BOTTOM
    # 20 is the least and 30 (the target) the greatest value; 25 is half way up, 22.5 a quarter
    assert places == [
        (left, bottom),
        ((left + right) / 2, (top + bottom) / 2),
        (right, bottom - (bottom - top) / 4),
    ]
    assert f'class="target" x1="{left}" y1="{float(top)}" x2="{right}" y2="{float(top)}"' in text
    assert all(f">{words}</text>" in text for words in ("30 %", "20 %", "31 Aug", "14 Sep"))


def test_a_single_reading_is_a_dot() -> None:
    drawn = chart(Goal(title="Rate", readings=(Reading(day(1), 5.0),)), day(1))
    assert drawn is not None
    text = svg.draw(drawn, "Rate", str)
    assert "polyline" not in text
    assert text.count("<circle") == 2
