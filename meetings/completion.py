"""What quick add offers for the word under the cursor: people, days, teams."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from meetings.dates import WEEKDAYS, parse_day, show_day
from meetings.kinds import Team, Verdict
from meetings.model import Feedback, Record
from meetings.quickadd import GRAMMAR, TRAILING, Context, name_key, new_name, one_word, read_lead


@dataclass(frozen=True)
class Completion:
    """Something to put in place of `text[start:end]`; `label` is what is offered on screen."""

    start: int
    end: int
    insert: str
    label: str
    new_person: bool = False


_DAY_WORDS = ("today", "tomorrow", *WEEKDAYS, "+7d", "+14d", "+1m", "eom")


def complete(text: str, cursor: int, kind: type[Record], context: Context) -> list[Completion]:
    """What the word at the cursor could become, the likeliest first; empty when it does not begin a token."""
    cursor = min(max(cursor, 0), len(text))
    typed = re.split(r"\s", text[:cursor])[-1]
    start = cursor - len(typed)
    end = cursor + len(re.split(r"\s", text[cursor:])[0].rstrip(TRAILING))
    says, lead = read_lead(typed)
    offers = _OFFERS.get(says)
    if offers is None or says not in GRAMMAR.get(kind, {}):
        return []
    return [
        Completion(start, end, one_word(insert if new else lead + insert), label, new)
        for insert, label, new in offers(typed[len(lead) :], kind, context)
    ]


_Offer = tuple[str, str, bool]


def _offer_people(typed: str, kind: type[Record], context: Context) -> Iterator[_Offer]:
    key = name_key(typed)
    first = [name for name in context.names() if name_key(name).startswith(key)]
    later = [name for name in context.names() if name not in first and f"_{key}" in name_key(name)]
    for name in first + later:
        yield name, name, False
    new = None if first else new_name(typed)
    if new:
        yield f"for:{new}", f"new person {new}", True


def _offer_days(typed: str, kind: type[Record], context: Context) -> Iterator[_Offer]:
    day = parse_day(typed, context.base)
    named = [word for word in _DAY_WORDS if word.startswith(typed.lower())]
    if day and not named:
        named = [typed]
    for word in named:
        found = parse_day(word, context.base)
        if found:
            yield word, show_day(found, context.base), False


def _offer_teams(typed: str, kind: type[Record], context: Context) -> Iterator[_Offer]:
    for team in Team:
        name = context.team_name(team)
        if name_key(name).startswith(name_key(typed)) and not (kind is Feedback and team is Team.BOTH):
            yield name.lower(), name, False


def _offer_verdicts(typed: str, kind: type[Record], context: Context) -> Iterator[_Offer]:
    for verdict in Verdict:
        if verdict.value.startswith(typed.lower()):
            yield verdict.value, verdict.value.replace("_", " "), False


_OFFERS = {"who": _offer_people, "day": _offer_days, "team": _offer_teams, "verdict": _offer_verdicts}
