"""What the guide asks for, one thing after the other, and by what it knows that it was done. Plain data.

`{next_step}` stands for the key of that action, whatever it is; `{goals}` for the title of the step of that kind.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from meetings.kinds import MeetingState
from meetings.meeting import Meeting
from meetings.model import Record
from tui.keys import HOME, MEETING, MINUTES


@dataclass(frozen=True)
class Seen:
    """What is in front of the person: the meeting that accepts edits and the place that they are in; and what there
    was when they began: the number of the meeting and the uids of its records."""

    meeting: Meeting
    place: str
    began: int
    there: Collection[str] = ()

    @property
    def number(self) -> int:
        """The number of the meeting that accepts edits."""
        return self.meeting.head.number

    def been_at(self, kind: str) -> bool:
        """Whether the meeting has come to the step of that kind, or beyond it."""
        steps = [step.id for step in self.meeting.head.steps]
        reached = steps.index(self.meeting.head.step) if self.meeting.head.step in steps else 0
        return any(step.kind == kind for step in self.meeting.head.steps[: reached + 1])

    def added(self, rows: Iterable[Record]) -> bool:
        """Whether one of these was not there at the beginning."""
        return any(row.uid not in self.there for row in rows)


@dataclass(frozen=True)
class Lesson:
    """One thing to do. `done` is asked again and again; `where` are the places in which it can be done."""

    text: str
    done: Callable[[Seen], bool]
    where: tuple[str, ...] = (MEETING,)


def _read_a_goal(seen: Seen) -> bool:
    day = seen.meeting.head.date
    return any(reading.date == day for goal in seen.meeting.goals.values() for reading in goal.readings)


LESSONS: tuple[Lesson, ...] = (
    Lesson(
        "All of this is invented: two teams, a quarter of meetings. {start} starts today's; Enter if it asks.",
        lambda seen: seen.meeting.head.state is MeetingState.RUNNING,
        (HOME,),
    ),
    Lesson(
        "{everyone} says that everyone is here, {tick} unticks who is not.",
        lambda seen: any(person.present for person in seen.meeting.people.values()),
    ),
    Lesson("{next_step} goes on to the next step, {goals}.", lambda seen: seen.been_at("goals")),
    Lesson(
        "Type what a goal has come to, such as 27: the digits go into the row, Enter takes it.", _read_a_goal
    ),
    Lesson(
        "{next_step} goes on to {leads}. There {feedback} opens a line for what one team tells the other: a few words, "
        "Enter; Esc closes it.",
        lambda seen: seen.added(seen.meeting.feedback.values()),
    ),
    Lesson(
        "{action_item} is a promise, from anywhere. Type: Send the list @{who} ^fri – then Enter, and Esc.",
        lambda seen: seen.added(seen.meeting.action_items.values()),
    ),
    Lesson(
        "{next_step} again until {actions}. What was promised before: {tick} says done, {not_done} not done.",
        lambda seen: any(item.reviewed for item in seen.meeting.action_items.values()),
    ),
    Lesson(
        "{close} closes the meeting, from any step; then s saves its minutes as well.",
        lambda seen: seen.number > seen.began,
    ),
    Lesson(
        "{minutes} shows the minutes of the meeting that was held, {back} comes back.",
        lambda seen: seen.place == MINUTES,
        (HOME, MINUTES),
    ),
)
"""In their order. One that was done already is passed over when its turn comes."""

FAREWELL = (
    "That was a whole meeting. {leave} leaves; accord, without demo, is yours. {guide} hides this line."
)
"""What is said when all was done."""
AWAY = "{home} goes home, and on from there."
"""What is said where the present thing cannot be done."""


def next_lesson(at: int, seen: Seen) -> int:
    """The place of the first lesson from `at` on that has not been done yet; as many as there are when all have."""
    while at < len(LESSONS) and LESSONS[at].done(seen):
        at += 1
    return at
