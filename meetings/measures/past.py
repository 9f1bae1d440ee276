"""What later meetings look back at: of each meeting the little that figures over several of them need. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from meetings.kinds import Team
from meetings.measures import accountability
from meetings.measures.accountability import Alignment, Loop
from meetings.meeting import Meeting
from meetings.model import ActionItem, Feedback

LATELY = 4
"""Meetings in which somebody has had no credit for a win: about a month."""
TABLES = ("feedback", "wins", "action_items", "ratings")
"""The tables that `past` reads."""


@dataclass(frozen=True)
class Past:
    """What a meeting leaves to look back at. `rated` is what may be told; `feedback` and `steps` are without texts.

    `credited` are the names that wins gave credit to, `sources` how many wins each source or campaign had,
    `steps` the items that brought the teams closer and are done.
    """

    number: int
    rated: Alignment
    credited: frozenset[str]
    sources: tuple[tuple[str, int], ...]
    feedback: tuple[Feedback, ...]
    steps: tuple[ActionItem, ...]


def past(meeting: Meeting) -> Past:
    """What is left of the meeting when one looks back."""
    return Past(
        number=meeting.head.number,
        rated=accountability.told(meeting),
        credited=_credited(meeting),
        sources=tuple(_sources(meeting).items()),
        feedback=tuple(
            replace(given, text="", response="-" if given.response else "", audience="", reason="")
            for given in meeting.feedback.values()
        ),
        steps=tuple(
            replace(item, title="", note="")
            for item in meeting.action_items.values()
            if accountability.is_step(item)
        ),
    )


def _credited(meeting: Meeting) -> frozenset[str]:
    return frozenset(name.casefold() for win in meeting.wins.values() for name in win.credits)


def _sources(meeting: Meeting) -> Counter[str]:
    return Counter(win.source for win in meeting.wins.values() if win.source)


def loops(before: Iterable[Past], meeting: Meeting) -> dict[Team, Loop]:
    """What became of the feedback of each team, over those meetings and this one."""
    earlier = (given for one in before for given in one.feedback)
    return accountability.loop([*earlier, *meeting.feedback.values()])


def uncredited(before: Sequence[Past], meeting: Meeting) -> list[str]:
    """Who takes part in this meeting (everyone, until somebody is present) and has had no credit lately.

    Lately is this meeting and as many before it as make LATELY; guests are left out.
    """
    credited = _credited(meeting).union(*(one.credited for one in before[-(LATELY - 1) :]))
    here = [person for person in meeting.people.values() if person.present] or meeting.people.values()
    return [person.name for person in here if person.name.casefold() not in credited and not person.guest]


def wins_by_source(before: Iterable[Past], meeting: Meeting) -> list[tuple[str, int]]:
    """How many wins each source or campaign has had, over those meetings and this one; most first."""
    counts: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for sources in (*(one.sources for one in before), _sources(meeting).items()):
        for source, count in sources:
            counts[spelt.setdefault(source.casefold(), source)] += count
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold()))


def rating_means(before: Iterable[Past]) -> list[float]:
    """The mean rating of each of those meetings that enough people rated, oldest first."""
    return [one.rated.overall for one in before if one.rated.overall is not None]
