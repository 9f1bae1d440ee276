"""Who rates the meeting, and how what they typed becomes ratings.

Ratings are typed where everyone can see the screen, so no sentence here repeats what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from meetings.errors import UsageError
from meetings.flow.lifecycle import derived_uid
from meetings.meeting import Meeting
from meetings.model import Person, Rating
from meetings.text import clean

LOWEST, HIGHEST = 1, 10
RANGE = f"A rating is a whole number from {LOWEST} to {HIGHEST}."
SKIPS = {"-", "–", "—", "−"}
"""What stands for someone who does not rate."""


def raters(meeting: Meeting) -> list[Person]:
    """Who rates: whoever is present and whoever has rated. While nobody is ticked, everyone but guests."""
    people = meeting.people.values()
    here = {p.uid for p in people if p.present} or {p.uid for p in people if not p.guest}
    return [person for person in people if person.uid in here or rating_of(meeting, person) is not None]


def waited_for(meeting: Meeting) -> list[Person]:
    """Who has not rated yet, and has not said that they leave it to the others."""
    return [
        person for person in raters(meeting) if not person.abstains and rating_of(meeting, person) is None
    ]


def rating_of(meeting: Meeting, person: Person) -> Rating | None:
    """That person's rating of the meeting, or None. A person who was renamed since keeps theirs."""
    own = meeting.ratings.get(_uid(meeting, person))
    return own or next((r for r in meeting.ratings.values() if r.person == person.name), None)


def read_one(text: str) -> int:
    """One rating. Raises UsageError."""
    word = clean(text)
    if not (word.isascii() and word.isdigit() and len(word) <= len(str(HIGHEST))):
        raise UsageError(RANGE)
    value = int(word)
    if not LOWEST <= value <= HIGHEST:
        raise UsageError(RANGE)
    return value


def words_of(text: str) -> list[str]:
    """The ratings in a line, not read yet: parted by blanks, commas or semicolons."""
    return clean(text.replace(",", " ").replace(";", " ")).split()


def read_begun(text: str, names: Sequence[str]) -> list[int | None]:
    """The ratings in a line that may go on, in the order of the names; None for whoever does not rate.

    What begins as a rating is one (the 1 of a 10), so a line can be read after every key. Raises UsageError with
    one sentence.
    """
    typed = words_of(text)
    values: list[int | None] = []
    for name, word in zip(names, typed, strict=False):
        try:
            values.append(None if word in SKIPS else read_one(word))
        except UsageError:
            raise UsageError(f"{name}: {RANGE[0].lower()}{RANGE[1:]}") from None
    if len(typed) > len(names):
        raise UsageError(f"{_count(len(typed))} for {_people(len(names))}: that is too many.")
    return values


def read_line(text: str, names: Sequence[str]) -> list[int | None]:
    """One rating for each name, in order; None for whoever does not rate. Raises UsageError with one sentence."""
    values = read_begun(text, names)
    if len(values) < len(names):
        raise UsageError(f"{_count(len(values))} for {_people(len(names))}: {names[len(values)]} is next.")
    return values


def hidden_again(meeting: Meeting) -> Meeting:
    """The meeting with its ratings unseen once there are none any more: those that come next are typed unseen, too."""
    if not meeting.head.revealed or meeting.ratings:
        return meeting
    return replace(meeting, head=replace(meeting.head, revealed=False))


def changes(meeting: Meeting, values: Mapping[str, int | None]) -> dict[str, Any]:
    """What `Session.apply` is given so that each person (by uid) has that rating: one edit for all.

    None: they leave it to the others; a rating that they gave before is taken away.
    """
    change: dict[str, dict[str, Any]] = {}
    add: list[Rating] = []
    remove: list[str] = []
    for uid, value in values.items():
        person = meeting.people.get(uid)
        if person is None:
            raise UsageError("Someone on this list was removed by someone else; nothing was changed.")
        before = rating_of(meeting, person)
        if person.abstains is not (value is None):
            change[uid] = {"abstains": value is None}
        if value is None:
            remove += [before.uid] if before is not None else []
        elif before is not None:
            change[before.uid] = {"value": value}
        else:
            made = Rating(uid=_uid(meeting, person), person=person.name, team=person.team, value=value)
            add.append(made)
    return {"add": add, "change": change, "remove": remove}


def _uid(meeting: Meeting, person: Person) -> str:
    """The same in every window, so that two who type one person's rating do not make two."""
    return derived_uid(meeting.head.uid, "rating", person.uid)


def _count(number: int) -> str:
    return "1 rating" if number == 1 else f"{number} ratings"


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
