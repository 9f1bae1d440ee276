"""The sample history: the story of a quarter, played meeting by meeting with the rules of Accord."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from msgspec.structs import replace

from meetings.config import Config
from meetings.dates import WEEKDAYS
from meetings.demo import numbers, quarter, story
from meetings.demo.goals import GoalKeeper
from meetings.demo.items import ItemKeeper
from meetings.demo.memory import Memory
from meetings.demo.quarter import Quarter
from meetings.demo.room import Room
from meetings.demo.script import Agreed, Said, Stuck
from meetings.flow import lifecycle
from meetings.kinds import DecisionState, FeedbackState, ItemState, ProblemState, Team
from meetings.meeting import Meeting
from meetings.model import (
    ComingUp,
    Decision,
    Feedback,
    Interval,
    Note,
    Person,
    Problem,
    Rating,
    Win,
)

SATURDAY = 5
START = dt.time(13, 0, tzinfo=dt.UTC)
"""When meetings start: at that time it is the same day nearly everywhere."""


def first_day(meetings: int, until: dt.date) -> dt.date:
    """The date of the first of so many weekly meetings, of which the next comes on or after `until`."""
    return _planned(until) - dt.timedelta(weeks=meetings)


def weekday(until: dt.date) -> str:
    """The day of the week on which the teams of the sample meet: that of `until`, or Monday at a weekend."""
    return WEEKDAYS[_planned(until).weekday()]


def _planned(until: dt.date) -> dt.date:
    return until if until.weekday() < SATURDAY else until + dt.timedelta(days=7 - until.weekday())


class History:
    """So many closed weekly meetings before `until`, and the planned one after them."""

    def __init__(self, config: Config, meetings: int, until: dt.date) -> None:
        self.config = config
        self.count = meetings
        self.until = until
        self.first = first_day(meetings, until)
        self.goals = GoalKeeper(config.currency)
        self.memory = Memory()
        self.items = ItemKeeper(self.memory)

    def meetings(self) -> Iterator[Meeting]:
        """The meetings in their order; the last one is planned. The same for the same arguments."""
        made = dt.datetime.combine(self.first, START) - dt.timedelta(days=3)
        uid = lifecycle.derived_uid("example", str(self.count), self.first.isoformat())
        meeting = lifecycle.plan_first(self.config, self.first, made, uid)
        for number in range(1, self.count + 1):
            closed = self._hold(self._room(meeting), self._quarter(number))
            yield closed
            meeting = lifecycle.plan_next(closed, self.config)
        if self.count:
            room = self._room(meeting)
            self._before(room, self._quarter(self.count + 1))
            meeting = room.meeting
        yield meeting

    def _room(self, meeting: Meeting) -> Room:
        return Room(meeting, random.Random(f"accord {self.count - meeting.head.number}"))

    def _quarter(self, number: int) -> Quarter:
        day = self.first + dt.timedelta(weeks=number - 1)
        return quarter.at(number - self.count, day)

    # Between two meetings

    def _before(self, room: Room, q: Quarter) -> None:
        """What comes in before the meeting starts, from five days before it."""
        self._move_to(room, 2)
        self._leads(room, q)
        for said in story.FEEDBACK:
            if said.week == q.week and said.between:
                self._say(room, q, said)
        for stuck in story.PROBLEMS:
            if stuck.week == q.week and stuck.between:
                self._park(room, q, stuck)
        for item in self.items.kept(room, q)[::2]:
            self._move_to(room, room.chance.randint(2, 4))
            room.change(item, state=ItemState.DONE)

    def _move_to(self, room: Room, days: int) -> None:
        """To some time of the working day, so many days before the meeting."""
        day = room.date - dt.timedelta(days=days)
        minutes = room.chance.randint(-300, 150)
        room.now = dt.datetime.combine(day, START) + dt.timedelta(minutes=minutes)

    # In the meeting

    def _hold(self, room: Room, q: Quarter) -> Meeting:
        if room.meeting.head.number > 1:
            self._before(room, q)
        start = dt.datetime.combine(room.date, START) + dt.timedelta(seconds=room.chance.randint(20, 200))
        room.meeting = lifecycle.start(room.meeting, self.config, start, room.date)
        times = list(numbers.intervals(room.chance, room.meeting.head.steps, start))
        for step, begin, end in times:
            room.now = begin
            room.add(Interval(step=step, start=begin, end=end))
        ways = {
            "checkin": self._check_in,
            "goals": self._review_goals,
            "leads": self._hear_feedback,
            "wins": self._tell_wins,
            "actions": self._promise,
            "wrapup": self._rate,
        }
        for part in room.meeting.head.steps:
            begins = next(begin for step, begin, _ in times if step == part.id)
            room.now = begins + dt.timedelta(seconds=15)
            ways[part.kind](room, q)
            for kind, text in story.NOTES[q.week]:
                if kind == part.kind:
                    uid = lifecycle.derived_uid(room.meeting.head.uid, "note", part.id)
                    room.add(Note(step=part.id, text=q.say(text)), uid)
        self.memory.finish(room)
        self.items.forget(room)
        head = replace(room.meeting.head, revealed=True, step=room.meeting.head.steps[-1].id)
        ends = times[-1][2] + dt.timedelta(seconds=4)
        return lifecycle.close(replace(room.meeting, head=head), ends, self.config.goals.risk_margin)

    def _check_in(self, room: Room, q: Quarter) -> None:
        people = list(room.rows(Person))
        away = room.chance.choice(people) if room.chance.random() < 0.4 else None
        for person in people:
            if person is not away:
                room.change(person, present=True)
        if q.week == 7:
            room.add(Person(name=story.GUEST, team=Team.BOTH, guest=True, present=True))
        for uid, what in self.memory.due(room):
            decision = room.find(uid)
            if isinstance(decision, Decision):
                state = DecisionState.REVERSED if what.startswith("-") else DecisionState.CONFIRMED
                room.change(decision, state=state, note=what.removeprefix("-"))
        for ahead in story.COMING_UP:
            if ahead.week == q.week:
                day = room.date + dt.timedelta(days=ahead.days)
                room.add(ComingUp(text=q.say(ahead.text), team=ahead.team, date=day))

    def _review_goals(self, room: Room, q: Quarter) -> None:
        self.goals.review(room, q)
        for stuck in story.PROBLEMS:
            if stuck.week == q.week and not stuck.between:
                self._park(room, q, stuck)

    def _hear_feedback(self, room: Room, q: Quarter) -> None:
        if not room.meeting.lead_numbers:
            self._leads(room, q)
        for said in story.FEEDBACK:
            if said.week == q.week and not said.between:
                self._say(room, q, said)
        for uid, what in self.memory.due(room):
            feedback = room.find(uid)
            if isinstance(feedback, Feedback):
                if what:
                    room.change(feedback, response=what)
                else:
                    room.change(feedback, state=FeedbackState.CLOSED)

    def _tell_wins(self, room: Room, q: Quarter) -> None:
        for good in story.WINS:
            if good.week == q.week:
                room.add(
                    Win(
                        title=q.say(good.title),
                        team=good.team,
                        credits=good.credits,
                        big=good.big,
                        what_worked=q.say(good.what_worked),
                        source=q.say(good.source),
                        amount=float(good.amount) if good.amount else None,
                    )
                )

    def _promise(self, room: Room, q: Quarter) -> None:
        self.items.review(room, q)
        for uid, what in self.memory.due(room):
            problem = room.find(uid)
            if isinstance(problem, Problem):
                room.change(problem, state=ProblemState.DROPPED, reason=what)
        for agreed in story.DECISIONS:
            if agreed.week == q.week:
                self._decide(room, q, agreed)
        self.items.promise(room, q)

    def _rate(self, room: Room, q: Quarter) -> None:
        present = [person for person in room.rows(Person) if person.present and person.team is not Team.BOTH]
        for team in (Team.A, Team.B):
            people = [person for person in present if person.team is team]
            for person, value in zip(
                people, numbers.ratings(room.chance, q.week, team, len(people)), strict=True
            ):
                mood = "low" if value <= 6 else "middle" if value <= 8 else "high"
                word = room.chance.choice(story.RATING_WORDS[mood]) if room.chance.random() < 0.3 else ""
                room.add(Rating(person=person.name, team=team, value=value, word=word))

    # Single records

    def _leads(self, room: Room, q: Quarter) -> None:
        """The numbers of the seven days before the meeting; before a Monday, of those up to Friday."""
        last = room.date - dt.timedelta(days=1 if room.date.weekday() else 3)
        period = (last - dt.timedelta(days=6), last)
        hours = self.config.leads.sla.follow_up_hours
        for row in numbers.lead_rows(room.chance, q.week, q.say("{weak}"), period, hours):
            room.add(row)

    def _say(self, room: Room, q: Quarter, said: Said) -> None:
        feedback = room.add(
            Feedback(
                text=q.say(said.text),
                from_team=said.team,
                kind=said.kind,
                raised_by=said.by,
                source=q.say(said.source),
                audience=q.say(said.audience),
                rating=said.rating,
                lead=q.say(said.lead),
                verdict=said.verdict,
                reason=said.reason,
            )
        )
        self.memory.name(q, said.key, feedback.uid)
        self.memory.plan(room, said.answer, feedback.uid, q.say(said.response))
        self.memory.plan(room, said.closed, feedback.uid, "")

    def _park(self, room: Room, q: Quarter, stuck: Stuck) -> None:
        problem = room.add(
            Problem(
                title=q.say(stuck.title),
                raised_by=stuck.by,
                says_a=q.say(stuck.says_a),
                says_b=q.say(stuck.says_b),
                votes=stuck.votes,
            )
        )
        self.memory.name(q, stuck.key, problem.uid)
        if stuck.gone:
            self.memory.plan(room, stuck.later, problem.uid, q.say(stuck.gone))

    def _decide(self, room: Room, q: Quarter, agreed: Agreed) -> None:
        uid = self.memory.named(q, agreed.of)
        origin, text = room.acted(uid)
        decision = room.add(
            Decision(
                text=q.say(agreed.text),
                owner=agreed.owner,
                success=agreed.success,
                check_date=room.date + dt.timedelta(weeks=agreed.check),
                origin=origin,
                origin_text=text,
            )
        )
        problem = room.find(uid)
        if isinstance(problem, Problem):
            room.change(problem, state=ProblemState.SOLVED)
        self.memory.plan(room, agreed.check, decision.uid, agreed.outcome)
