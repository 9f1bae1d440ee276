"""The minutes: what a person reads in them, what stays out, and that nothing typed can break them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_readers import READERS, hostile, naughty, section, seen
from meetings_for_tests import empty, full, of, rated
from msgspec.structs import replace

from meetings.exchange.formats import MINUTES
from meetings.exchange.minutes import Options, render
from meetings.ids import short_ids
from meetings.kinds import GoalState, ItemState, MeetingState, ProblemState, Status, Team
from meetings.meeting import CONTENT, Meeting
from meetings.model import ActionItem, Decision, Goal, Problem, Record


def titles(text: str) -> list[str]:
    return re.findall(r"^## (.*)$", text, re.MULTILINE)


def test_the_header_says_what_when_who_and_how_long() -> None:
    assert render(full()).split("\n## ")[0].splitlines() == [
        "# Weekly sales & marketing alignment",
        "",
        "Meeting 42, Sat 21 Nov 2026",
        "",
        "- Sales: Sam",
        "- Marketing: Lena",
        "- Guests: Kim",
        "- Absent: Jonas",
        "- Time: 16:18 of 15:00 planned",
        "- Next meeting: Sat 28 Nov 2026",
    ]


def test_action_items_come_first_by_what_became_of_them() -> None:
    text = render(full())
    assert titles(text)[0] == "Action items"
    assert section(text, "Action items").splitlines() == [
        "Done of what was due: 1 of 2, 50 %",
        "",
        "### New",
        "",
        "- [ ] Send the list (Sam, Sales, due Fri 27 Nov) `aaaaa1`",
        "- [ ] Nobody's (no owner, both teams, no due date) `aaaaa2`\\",
        "  first line\\",
        "  second line",
        "",
        "### Carried",
        "",
        "- [ ] Join a call (Lena, Marketing, ride-along, due Fri 13 Nov, 8 days late, carried twice, moved once) "
        "`bbbbb`",
        "",
        "### Done",
        "",
        "- [x] Fix the form (Jonas, Marketing, done Fri 20 Nov) `ccccc`",
        "",
        "### Dropped",
        "",
        "- Buy a booth (Sam, Sales) `ddddd`\\",
        "  Reason: No budget",
    ]


def test_the_other_sections() -> None:
    text = render(full())
    assert section(text, "Decisions").splitlines() == [
        "- One list only\\",
        "  Standing, Lena, both teams, to be checked on Sat 5 Dec\\",
        "  How we will know: no duplicates",
        "- Weekly webinar\\",
        "  Reversed (from meeting 39), no owner, both teams\\",
        "  too much",
    ]
    assert section(text, "Goals").splitlines()[2:] == [
        "| ● on track | Pipeline | Both teams | Sam | €60,000 | ≥ €100,000 by Sun 10 Jan 2027 | +€10 k "
        "| two big deals |",
        "| ? unknown | Response time | Both teams | no owner | 1 h 30 min (Sat 14 Nov) | ≤ 1 h | – | |",
        "| ? unknown | Share | Both teams | no owner | no reading | 20 % to 30 % | – | |",
    ]
    assert section(text, "Lead numbers").splitlines() == [
        "| Period | Source | New leads | Handed over (MQL of new) | Accepted (SAL of MQL) | Rejected "
        "| Cost per lead |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        "| Sun 15 Nov to Sat 21 Nov | Webinar | 80 | 61 of 80, 76 % | 43 of 61, 70 % | no budget 4, other 2 "
        "| €400 for 80, €5 each |",
        "| Sun 15 Nov to Sat 21 Nov | Google | 20 | 0 of 20, 0 % | n/a | n/a | n/a |",
        "| Sun 15 Nov to Sat 21 Nov | All sources | 100 | 61 of 100, 61 % | 43 of 61, 70 % "
        "| no budget 4, other 2 | €400 for 80, €5 each |",
        "| Sun 8 Nov to Sat 14 Nov | Webinar | n/a | n/a | 9 of 10, 90 % | n/a | n/a |",
    ]
    assert section(text, "Feedback").splitlines() == [
        "### From Sales to Marketing",
        "",
        "- Leads are thin\\",
        "  Lead quality, Webinar, 2 of 5, raised by Sam, answered\\",
        "  Response: We ask for the budget now",
        "",
        "### From Marketing to Sales",
        "",
        "- Call them sooner\\",
        "  Follow-up, new",
    ]
    assert section(text, "Wins").splitlines() == [
        "- ACME signed (big, both teams, €12,000)\\",
        "  Credit to: Sam (Sales), Lena (Marketing), Zoe\\",
        "  What worked: The case study",
    ]
    assert section(text, "Coming up").splitlines() == [
        "- Tue 24 Nov: Launch (Sales)",
        "- Mon 21 Dec: Fair (Marketing)",
    ]
    assert section(text, "Problems").splitlines() == [
        "### Parked problems",
        "",
        "- Slow form (Marketing, raised by Lena, 2 votes)\\",
        "  Sales says: It loses leads",
        "",
        "### Solved problems",
        "",
        "- Two lists (both teams)\\",
        "  Solved by: One list only",
    ]
    assert section(text, "Notes").splitlines() == [
        "### Note: Check-in",
        "",
        "Short today",
        "",
        "### Note: Goal review",
        "",
        "Look at it\\",
        "again",
    ]
    assert section(text, "Time").splitlines()[2:] == [
        "| Check-in | 5:00 | 6:18 |",
        "| Goal review | 10:00 | 10:00 |",
        "| Total | 15:00 | 16:18 |",
    ]


def test_sections_with_nothing_in_them_are_left_out_but_for_action_items() -> None:
    text = render(empty())
    assert titles(text) == ["Action items", "Time"]
    assert section(text, "Action items") == "No action items."


def test_the_same_meeting_gives_the_same_bytes() -> None:
    meeting = full()
    text = render(meeting)
    read_back = msgspec.json.decode(msgspec.json.encode(meeting), type=Meeting)
    assert render(read_back) == text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
    assert "\r" not in text


def test_minutes_of_a_meeting_that_is_not_closed_say_so() -> None:
    running = render(full(state=MeetingState.RUNNING))
    planned = render(full(state=MeetingState.PLANNED))
    assert "\n> Draft: this meeting is running.\n" in running
    assert "- Time: 16:18 of 15:00 planned\n" in running
    assert "\n> Draft: this meeting has not started.\n" in planned
    assert "- Time: 15:00 planned\n" in planned
    assert "| Check-in | 5:00 | – |" in planned
    assert "Draft" not in render(full())


class TestGoals:
    def goal(self, goal: Goal, **fields: object) -> str:
        return section(render(empty(**fields).with_tables({"goals": of(goal)})), "Goals").splitlines()[2]

    def test_a_closed_meeting_keeps_the_status_it_closed_with(self) -> None:
        goal = replace(next(iter(full().goals.values())), status=Status.OFF_TRACK)
        assert self.goal(goal).startswith("| ■ off track |")
        assert self.goal(goal, state=MeetingState.RUNNING).startswith("| ● on track |")

    def test_a_status_set_by_hand_says_so(self) -> None:
        goal = replace(next(iter(full().goals.values())), overruled=Status.AT_RISK)
        assert self.goal(goal, state=MeetingState.RUNNING).startswith("| ▲ at risk (set by hand) |")
        closed = replace(goal, status=Status.AT_RISK)
        assert self.goal(closed).startswith("| ▲ at risk (set by hand) |")

    def test_a_dropped_goal_says_so_with_the_reason(self) -> None:
        goal = Goal(title="Reach", state=GoalState.DROPPED, reason="not ours")
        line = self.goal(goal)
        assert line.startswith("| dropped | Reach |")
        assert line.endswith("| not ours |")

    def test_the_risk_margin_is_the_callers(self) -> None:
        goal = replace(next(iter(full().goals.values())), target=130_000.0)  # behind by 5,000 of 130,000
        meeting = empty(state=MeetingState.RUNNING).with_tables({"goals": of(goal)})
        assert "▲ at risk" in render(meeting)
        assert "■ off track" in render(meeting, margin=0.01)


class TestRatings:
    def lines(self, *ratings: tuple[Team, int], **fields: object) -> list[str]:
        text = render(rated(*ratings, **fields))
        assert "Rater" not in text
        return section(text, "Ratings").splitlines() if "## Ratings" in text else []

    def test_means_per_team_and_their_gap_without_names(self) -> None:
        text = render(full())
        assert section(text, "Ratings").splitlines() == [
            "- Rated by 6, mean 7.5 of 10",
            "- Sales: 8.3",
            "- Marketing: 6.7",
            "- Gap between the teams: 1.7",
        ]
        assert "Rater" not in text
        assert "wordy" not in text

    def test_the_mean_is_that_of_the_screen(self) -> None:
        assert self.lines(*[(Team.A, 8)] * 3, (Team.A, 9)) == ["- Rated by 4, mean 8.3 of 10", "- Sales: 8.3"]

    def test_no_means_below_three_raters(self) -> None:
        assert self.lines((Team.A, 3), (Team.A, 9)) == ["- Rated by 2"]
        assert self.lines((Team.A, 3), (Team.A, 9), (Team.B, 6)) == ["- Rated by 3, mean 6.0 of 10"]

    def test_no_team_means_from_which_somebodys_rating_could_be_worked_out(self) -> None:
        three = [(Team.A, 8)] * 3
        assert self.lines(*three, (Team.B, 2)) == ["- Rated by 4, mean 6.5 of 10"]
        assert self.lines(*three, *[(Team.B, 5)] * 3, (Team.BOTH, 3)) == ["- Rated by 7, mean 6.0 of 10"]
        assert self.lines(*three) == ["- Rated by 3, mean 8.0 of 10", "- Sales: 8.0"]

    def test_ratings_show_once_the_room_has_seen_them(self) -> None:
        three = [(Team.A, 8)] * 3
        assert self.lines(*three, state=MeetingState.RUNNING) == []
        assert self.lines(*three, state=MeetingState.RUNNING, revealed=True) != []


class TestItems:
    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.builds(
                ActionItem,
                title=st.just("Promise"),
                state=st.sampled_from(ItemState),
                raised_in=st.integers(0, 50),
                carried=st.integers(0, 5),
                due=st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1)),
            ),
            max_size=6,
        )
    )
    def test_every_item_is_listed_exactly_once(self, items: list[ActionItem]) -> None:
        text = section(render(empty().with_tables({"action_items": of(*items)})), "Action items")
        lines = [line for line in text.splitlines() if "Promise" in line]
        marks = {
            ItemState.OPEN: "- [ ] Promise",
            ItemState.DONE: "- [x] Promise",
            ItemState.DROPPED: "- Promise",
        }
        assert len(lines) == len(items)
        for item in items:
            found = [line for line in lines if item.uid.startswith(line.split("`")[1])]
            assert len(found) == 1
            assert found[0].startswith(marks[item.state])

    @given(st.lists(st.uuids().map(str) | st.text("0a", min_size=6, max_size=9), unique=True))
    def test_short_ids_name_one_record_each(self, uids: list[str]) -> None:
        short = short_ids(uids)
        assert set(short) == set(uids)
        for uid, beginning in short.items():
            assert uid.startswith(beginning)
            assert len(beginning) >= 5
            sharing = [other for other in uids if other.startswith(beginning)]
            assert sharing == [uid] or beginning == uid
            if len(beginning) > 5:
                assert len([other for other in uids if other.startswith(beginning[:-1])]) > 1


KEPT = ("uid", "step", "origin", "product", "id", "kind", "state", "currency", "agenda")


def retyped(meeting: Meeting, text: str) -> Meeting:
    """The meeting with that text wherever a person can type."""

    def typed(record: Record) -> Record:
        fields: dict[str, object] = {}
        for name in record.__struct_fields__:
            value = getattr(record, name)
            if type(value) is str and value and name not in KEPT:
                fields[name] = text
            elif name == "credits":
                fields[name] = (text,) * len(value)
            elif name in ("rejected", "disqualified"):
                fields[name] = dict.fromkeys([text] * len(value), 3)
            elif name == "team_names":
                fields[name] = dict.fromkeys(value, text)
            elif name == "steps":
                fields[name] = tuple(replace(step, title=text) for step in value)
        return replace(record, **fields)

    tables = {
        name: {uid: typed(row) for uid, row in meeting.table(name).items()}
        for name in CONTENT
        if name != "ratings"
    }
    return replace(meeting.with_tables(tables), head=typed(meeting.head))


def shape(html: list[str]) -> list[str]:
    return [part for part in html if part.startswith("<") and part.endswith(">")]


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=60, deadline=None)
@example("- x\n\n    y | z")
@example("\\")
@example("```")
@given(text=hostile.map(lambda text: f"q{text}q") | st.sampled_from(naughty()).map(lambda text: f"{text} q"))
def test_nothing_that_is_typed_changes_the_shape_of_the_minutes(
    reader: Callable[[str], str], text: str
) -> None:
    harmless = seen(reader(render(retyped(full(), "harmless"))))
    found = seen(reader(render(retyped(full(), text))))
    assert [part for part in found if part in shape(harmless)] == shape(harmless)
    assert len(found) == len(harmless)


def test_only_a_problem_that_is_solved_says_by_what() -> None:
    came = (
        Decision(uid="d", text="One list", origin="p"),
        ActionItem(uid="i", title="Merge them", origin="p"),
    )
    for state, labels in (
        (ProblemState.PARKED, ("Decision", "Action item")),
        (ProblemState.SOLVED, ("Solved by", "Solved by")),
    ):
        problem = Problem(uid="p", title="Two lists", state=state)
        meeting = empty().with_tables(
            {"problems": of(problem), "decisions": of(came[0]), "action_items": of(came[1])}
        )
        for form in ("markdown", "html", "text"):
            text = MINUTES[form].write([meeting], Options())
            shown = re.sub(r"<[^>]*>", "", text[text.rindex("Two lists") :]).replace("\\\n", "\n")
            said = [line.strip() for line in shown.splitlines()[1:3]]
            assert said == [f"{labels[0]}: One list", f"{labels[1]}: Merge them"], form
