"""The sample workspace: believable, complete, and the same every time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise
from pathlib import Path
from statistics import mean

import pytest

from meetings.config import Config, load_config
from meetings.demo import story, write_demo
from meetings.demo.aims import AIMS, CHANNELS
from meetings.demo.history import History
from meetings.demo.promises import PROMISES
from meetings.errors import StoreError, UsageError
from meetings.flow import clock, lifecycle
from meetings.flow.carry import due_for_check
from meetings.kinds import (
    DecisionState,
    FeedbackState,
    GoalState,
    ItemKind,
    ItemState,
    MeetingState,
    ProblemState,
    Status,
    Team,
)
from meetings.measures import accountability, funnel, pace
from meetings.meeting import CONTENT, Meeting
from meetings.store.files import FileStore
from meetings.text import clean_value

UNTIL = dt.date(2026, 11, 20)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_demo(tmp_path_factory.mktemp("demo") / "here", until=UNTIL)


@pytest.fixture(scope="module")
def config(sample: Path) -> Config:
    return load_config(sample)


@pytest.fixture(scope="module")
def meetings(sample: Path) -> list[Meeting]:
    store = FileStore(sample.parent / "store")
    return [store.read(number) for number in store.numbers()]


@pytest.fixture(scope="module")
def closed(meetings: list[Meeting]) -> list[Meeting]:
    return meetings[:-1]


@pytest.fixture(scope="module")
def planned(meetings: list[Meeting]) -> Meeting:
    return meetings[-1]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_arguments_give_the_same_files(tmp_path: Path, sample: Path) -> None:
    again = write_demo(tmp_path / "again", until=UNTIL)
    assert contents(again.parent) == contents(sample.parent)
    other = write_demo(tmp_path / "other", until=UNTIL + dt.timedelta(days=7))
    assert contents(other.parent) != contents(sample.parent)


def test_the_workspace_says_that_it_is_an_example(sample: Path, config: Config) -> None:
    assert config.name == "Example: weekly sales & marketing alignment"
    assert (config.store, config.minutes) == ("store", "minutes")
    assert (config.teams["a"].name, config.teams["b"].name) == ("Sales", "Marketing")
    assert config.teams["a"].people + config.teams["b"].people == (
        *("Zoë", "José", "Priya", "Emeka"),
        *("Yui 田中", "Hannah", "Łukasz", "Amara"),
    )
    assert "# Accord: the configuration" in sample.read_text(encoding="utf-8")


def test_every_file_reads_back_without_trouble(sample: Path, meetings: list[Meeting]) -> None:
    assert FileStore(sample.parent / "store").troubles() == []
    assert [meeting.head.state for meeting in meetings] == [MeetingState.CLOSED] * 13 + [MeetingState.PLANNED]
    assert {meeting.head.name for meeting in meetings} == {story.NAME}


def test_meetings_are_weekly_and_the_planned_one_is_not_past(meetings: list[Meeting]) -> None:
    days = [meeting.head.date for meeting in meetings]
    assert days == [UNTIL - dt.timedelta(weeks=weeks) for weeks in range(13, -1, -1)]


@pytest.mark.parametrize("day", [dt.date(2026, 11, 21), dt.date(2026, 11, 22), dt.date(2026, 11, 23)])
def test_at_a_weekend_the_planned_meeting_is_on_monday(tmp_path: Path, day: dt.date) -> None:
    path = write_demo(tmp_path / "x", 2, until=day)
    latest = FileStore(tmp_path / "x" / "store").read(3)
    assert latest.head.date == dt.date(2026, 11, 23)
    assert load_config(path).cadence.day == "monday"
    assert all(row.period_end is not None and row.period_end < day for row in latest.lead_numbers.values())


@pytest.mark.parametrize("number", [0, 1, 2, 5])
def test_short_histories(tmp_path: Path, number: int) -> None:
    write_demo(tmp_path / "x", number, until=UNTIL)
    store = FileStore(tmp_path / "x" / "store")
    assert store.numbers() == list(range(1, number + 2))
    assert store.troubles() == []
    assert store.read(number + 1).head.state is MeetingState.PLANNED
    assert store.read(number + 1).head.date == UNTIL


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("mine\n")
    with pytest.raises(UsageError, match=r"config\.yaml .* already; nothing was changed"):
        write_demo(tmp_path, until=UNTIL)
    assert contents(tmp_path) == {"config.yaml": b"mine\n"}


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written to"):
        write_demo(tmp_path / "file", until=UNTIL)


@pytest.mark.parametrize("number", [-1, 10_000])
def test_the_number_of_meetings_has_bounds(tmp_path: Path, number: int) -> None:
    with pytest.raises(UsageError, match="0 to 9,999"):
        write_demo(tmp_path / "x", number, until=UNTIL)
    assert not (tmp_path / "x").exists()


def test_words_of_the_story_are_those_of_the_configuration(config: Config, meetings: list[Meeting]) -> None:
    people = {*config.teams["a"].people, *config.teams["b"].people}
    assert {channel.source for channel in CHANNELS} <= set(config.leads.sources)
    assert {aim.supports for aim in AIMS if aim.supports} <= set(config.charter.objectives)
    assert {promise.owner for promise in PROMISES} <= people
    for meeting in meetings:
        for row in meeting.lead_numbers.values():
            assert set(row.rejected) <= set(config.leads.reject_reasons)
            assert set(row.disqualified) <= set(config.leads.disqualify_reasons)
        for said in meeting.feedback.values():
            assert said.raised_by in people
            assert said.source in ("", *config.leads.sources)
            assert said.reason in ("", *config.leads.reject_reasons)
        assert {name for win in meeting.wins.values() for name in win.credits} <= people


def test_no_text_has_a_gap_left_in_it_or_needs_cleaning(meetings: list[Meeting]) -> None:
    for meeting in meetings:
        for _, record in meeting.content():
            fields = [getattr(record, name) for name in record.__struct_fields__]
            texts = [value for value in fields if isinstance(value, str)]
            assert not any(sign in text for text in texts for sign in "{}")
            assert texts == clean_value(texts)


def test_every_closing_carries_over_what_the_rules_say(meetings: list[Meeting], config: Config) -> None:
    for before, after in pairwise(meetings):
        fresh = lifecycle.plan_next(before, config)
        assert after.head.uid == fresh.head.uid
        for table in CONTENT:
            assert set(fresh.table(table)) <= set(after.table(table))
    assert lifecycle.in_step(meetings[-2], meetings[-1], config)


def test_items_were_carried_as_often_as_they_were_in_earlier_meetings(meetings: list[Meeting]) -> None:
    seen: Counter[str] = Counter()
    for meeting in meetings:
        for uid, item in meeting.action_items.items():
            assert item.carried == seen[uid] == meeting.head.number - item.raised_in
            seen[uid] += 1
    assert set(seen.values()) - {1} == {2, 3, 4, 5}  # so carried through 1, 2, 3 or 4


def test_items_meet_every_end(meetings: list[Meeting]) -> None:
    items = [item for meeting in meetings for item in meeting.action_items.values()]
    assert {item.state for item in items} == set(ItemState)
    assert {item.kind for item in items} == set(ItemKind)
    assert all(item.owner and item.team in (Team.A, Team.B) and item.due for item in items)
    assert all(item.reason for item in items if item.state is ItemState.DROPPED)
    assert any(item.moved for item in items)
    assert any(item.origin_text for item in items)
    done = [(meeting, item) for meeting in meetings for item in meeting.action_items.values() if item.done_on]
    assert any(item.done_on < meeting.head.date for meeting, item in done if item.done_on)
    assert any(item.done_on == meeting.head.date for meeting, item in done)


def test_promises_are_kept_more_and_more(closed: list[Meeting]) -> None:
    shares = [accountability.done_rate(meeting).share for meeting in closed[1:]]
    known = [share for share in shares if share is not None]
    assert len(known) == 12
    assert 0.5 <= mean(known[:3]) <= 0.7
    assert mean(known[-3:]) >= 0.85


def test_ratings_rise_and_the_gap_closes(closed: list[Meeting]) -> None:
    measured = [accountability.alignment(meeting) for meeting in closed]
    assert all(each.count >= 7 for each in measured)
    gaps = [each.gap or 0 for each in measured]
    overall = [each.overall or 0 for each in measured]
    assert mean(gaps[:3]) > 1.2 > 0.6 > mean(gaps[-3:])
    assert mean(overall[-3:]) > mean(overall[:3]) + 1


def test_lead_feedback_runs_over_by_about_six_minutes(closed: list[Meeting]) -> None:
    over = [-clock.remaining(meeting, "leads") / 60 for meeting in closed]
    assert 4.5 <= mean(over) <= 7.5
    for meeting in closed:
        assert all(clock.spent(meeting, step.id) > 60 for step in meeting.head.steps)
        rows = list(meeting.clock.values())
        assert all(one.end <= other.start for one, other in pairwise(rows))
        assert meeting.head.started_at == rows[0].start
        assert meeting.head.closed_at is not None
        assert meeting.head.closed_at >= rows[-1].end


def test_lead_numbers_agree_with_each_other(meetings: list[Meeting]) -> None:
    for meeting in meetings[1:]:
        rows = list(meeting.lead_numbers.values())
        assert [row.source for row in rows] == [channel.source for channel in CHANNELS]
        assert funnel.repeats(rows) == []
        for row in rows:
            assert funnel.checks(row) == []
            assert sum(row.bands.values()) == row.touches_due == row.accepted
            assert (row.reviewed or 0) == (row.accepted or 0) + sum(row.rejected.values())
            assert row.period_end is not None
            assert row.period_end < meeting.head.date
    ends = [next(iter(meeting.lead_numbers.values())).period_end for meeting in meetings]
    assert all(one and two and (two - one).days == 7 for one, two in pairwise(ends))


def test_paid_social_is_complained_about_changed_and_gets_better(closed: list[Meeting]) -> None:
    quarter = closed[2:]
    rows = [
        row for meeting in quarter for row in meeting.lead_numbers.values() if row.source == "Paid social"
    ]
    shares = [funnel.acceptance(row).share or 0 for row in rows]
    assert mean(shares[:5]) < 0.5 < 0.7 < mean(shares[-3:])
    assert funnel.top_reason(*rows[:5]) is not None
    complaint = next(f for f in quarter[1].feedback.values() if f.source == "Paid social")
    assert complaint.rating == 2
    answered = quarter[2].feedback[complaint.uid]
    assert answered.response
    assert any(item.origin == complaint.uid for item in quarter[1].action_items.values())
    decision = next(d for d in quarter[4].decisions.values() if d.text.startswith("Paid social"))
    assert quarter[4].problems[decision.origin].state is ProblemState.SOLVED
    assert quarter[10].decisions[decision.uid].state is DecisionState.CONFIRMED
    assert quarter[8].feedback[complaint.uid].state is FeedbackState.CLOSED


def statuses(meetings: list[Meeting], title: str) -> list[Status]:
    found = [next(g for g in meeting.goals.values() if g.title == title) for meeting in meetings]
    return [goal.status for goal in found]


def test_each_goal_has_its_story(closed: list[Meeting], planned: Meeting) -> None:
    quarter = closed[2:]
    assert set(statuses(quarter, "MQL to SQL rate")) == {Status.ON_TRACK}
    assert statuses(quarter, "Qualified pipeline")[-4:] == [Status.AT_RISK] * 4
    signups = statuses(quarter, "Webinar sign-ups")
    assert Status.OFF_TRACK in signups[3:6]
    assert signups[-2:] == [Status.ON_TRACK] * 2
    problem = next(p for p in quarter[4].problems.values() if p.title.startswith("Webinar sign-ups"))
    assert quarter[5].problems[problem.uid].state is ProblemState.SOLVED
    assert set(statuses(quarter, "Brand recall in the target group")) == {Status.UNKNOWN}
    assert next(g for g in planned.goals.values() if g.title.startswith("Brand")).readings == ()
    trials = next(g for g in quarter[8].goals.values() if g.title == "Trial starts per week")
    assert (trials.status, bool(trials.note)) == (Status.ON_TRACK, True)
    assert pace.measure(trials, quarter[8].head.date).computed is Status.OFF_TRACK
    assert [goal.title for goal in planned.goals.values()] == [aim.variants[0][0] for aim in AIMS]


def test_a_quarter_ends_with_its_goals_reached_or_told(closed: list[Meeting]) -> None:
    ended = [goal for goal in closed[1].goals.values() if goal.state is not GoalState.OPEN]
    assert len(ended) == 5
    assert {goal.state for goal in ended} == {GoalState.DONE, GoalState.DROPPED}
    assert all(goal.reason.startswith("Ended at €") for goal in ended if goal.state is GoalState.DROPPED)
    opened = [goal for goal in closed[2].goals.values() if goal.raised_in == 3]
    assert len(opened) == 5


def test_feedback_goes_both_ways_through_every_state(closed: list[Meeting]) -> None:
    raised = [feedback for meeting in closed for feedback in meeting.feedback.values()]
    assert {feedback.from_team for feedback in raised} == {Team.A, Team.B}
    assert {feedback.state for feedback in raised} == set(FeedbackState)
    latest = {feedback.uid: feedback for feedback in raised}
    assert mean(bool(feedback.response) for feedback in latest.values()) > 0.8
    loops = accountability.loop(raised)
    assert all((loops[team].days_to_close or 0) > 7 for team in (Team.A, Team.B))


def test_decisions_come_back_and_turn_out_both_ways(closed: list[Meeting]) -> None:
    checked = [
        decision
        for meeting in closed
        for decision in meeting.decisions.values()
        if decision.state is not DecisionState.STANDING
    ]
    assert {decision.state for decision in checked} == {DecisionState.CONFIRMED, DecisionState.REVERSED}
    assert all(decision.success and decision.note and decision.check_date for decision in checked)


def test_every_closed_meeting_is_told(closed: list[Meeting]) -> None:
    for meeting in closed:
        assert meeting.notes
        assert meeting.wins
        assert meeting.ratings
        assert meeting.head.revealed
        assert any(person.present for person in meeting.people.values())
        assert not meeting.edits
        assert not meeting.received
    guests = [person for meeting in closed for person in meeting.people.values() if person.guest]
    assert [guest.name for guest in guests] == ["Ingrid"]
    assert {win.team for meeting in closed for win in meeting.wins.values()} >= {Team.A, Team.BOTH}


def test_the_latest_and_the_planned_meeting_are_lively(closed: list[Meeting], planned: Meeting) -> None:
    for meeting in (closed[-1], planned):
        day = meeting.head.date
        items = meeting.action_items.values()
        assert [item.title for item in items if accountability.needs_choice(item, day, 3)] == [
            "Rewrite the pricing page"
        ]
        assert sum(problem.state is ProblemState.PARKED for problem in meeting.problems.values()) >= 2
        assert any(feedback.state is FeedbackState.NEW for feedback in meeting.feedback.values())
        assert meeting.coming_up
    assert sum(accountability.late_days(item, UNTIL) > 0 for item in planned.action_items.values()) >= 2
    assert sum(item.state is ItemState.DONE for item in planned.action_items.values()) >= 2
    assert any(due_for_check(decision, UNTIL) for decision in planned.decisions.values())
    assert any(feedback.raised_in == 14 for feedback in planned.feedback.values())


def test_no_date_is_far_off_and_no_change_is_in_the_future(meetings: list[Meeting], planned: Meeting) -> None:
    last = planned.head.date + dt.timedelta(days=400)
    for meeting in meetings:
        for _, record in meeting.content():
            for name in record.__struct_fields__:
                value = getattr(record, name)
                if isinstance(value, dt.datetime):
                    assert value.date() <= meeting.head.date
                elif isinstance(value, dt.date):
                    assert value <= last


def test_a_long_history_stays_as_large_as_it_was(tmp_path: Path, meetings: list[Meeting]) -> None:
    write_demo(tmp_path / "long", 60, until=UNTIL)
    store = FileStore(tmp_path / "long" / "store")
    assert store.troubles() == []
    sizes = [store.path(number).stat().st_size for number in range(1, 61)]
    for week in range(13):
        same = sizes[8 + week :: 13]
        assert max(same) < 1.1 * min(same), f"week {week} of the quarters"
    long = [store.read(number) for number in store.numbers()]
    titles = [{item.title for item in meeting.action_items.values()} for meeting in long]
    assert titles[20] != titles[20 + 13]  # the next quarter is told in other words
    for one, other in zip(long[-10:], meetings[-10:], strict=True):  # the latest weeks are the same story
        assert one.head.date == other.head.date
        assert [(goal.title, goal.readings) for goal in one.goals.values()] == [
            (goal.title, goal.readings) for goal in other.goals.values()
        ]
        new, others = accountability.new_items(one), accountability.new_items(other)
        assert [item.title for item in new] == [item.title for item in others]


def test_the_goal_of_a_year_is_read_once_and_ends(config: Config) -> None:
    long = list(History(config, 80, UNTIL).meetings())
    recall = [g for meeting in long for g in meeting.goals.values() if g.title.startswith("Brand recall")]
    ended = [goal for goal in recall if goal.state is not GoalState.OPEN]
    assert ended
    assert all(len(goal.readings) == 1 for goal in ended)
