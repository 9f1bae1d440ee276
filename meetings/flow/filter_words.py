"""Choosing action items with a line of words: `@Sam #sales is:all kind:training #12 pricing`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from meetings.flow.item_filter import (
    FACETS,
    NOBODY,
    OVERDUE,
    STATES,
    Facet,
    ItemFilter,
    Names,
    make_filter,
    name_key,
)
from meetings.kinds import Team
from meetings.quickadd import TRAILING
from meetings.text import clean

SIGNS = tuple(lead for facet in FACETS.values() for lead in facet.leads if len(lead) == 1)
"""The leads that are one sign."""
_NUMBER = re.compile(r"#[0-9]{1,9}")
"""A meeting as the screens write it."""


def read_filter(typed: str, names: Names) -> ItemFilter:
    """What was typed, which may still be half a word: a beginning stands for all that begin so.

    Without `is:` only open items are wanted. `_` stands for a space in names, a backslash before a sign keeps it
    text. Never raises.
    """
    said: dict[str, list[str]] = {}
    for word in clean(typed).split():
        name, value = read_word(word)
        if name:
            said.setdefault(name, []).append(value)
    return make_filter(said, names)


def read_word(word: str) -> tuple[str, str]:
    """Which facet a word of the line speaks of, and what it says. An empty name: nothing yet, as with a sign alone."""
    if word.startswith("\\") and word[1:2] in SIGNS:
        return "text", word[1:]
    if word.casefold() == OVERDUE:
        return OVERDUE, OVERDUE
    if _NUMBER.fullmatch(word.rstrip(TRAILING)):
        return "meeting", word.rstrip(TRAILING)
    facet, lead = _lead_of(word)
    if facet is None:
        return "text", word
    value = word[len(lead) :]
    if lead in SIGNS and value and not value[0].isalpha():  # `@3pm`, `#-1`
        return "text", word
    value = value.rstrip(TRAILING)
    return (facet.name, value) if value else ("", "")


def completions(typed: str, names: Names) -> list[str]:
    """Whole texts that go on from the last word typed."""
    word = typed.rpartition(" ")[2]
    if not word:
        return []
    facet, lead = _lead_of(word)
    if facet is None:
        offers = [OVERDUE, *(each for known in FACETS.values() for each in reversed(known.leads) if each[1:])]
    else:
        values: dict[str, Iterable[str]] = {
            "owner": (*(name for name in names.owners if name), NOBODY),
            "team": (names.team(team).lower() for team in Team),
            "state": (*STATES, OVERDUE),
        }
        offers = [lead + "_".join(each.split()) for each in values.get(facet.name, facet.words)]
    before = typed[: len(typed) - len(word)]
    return [
        before + offer for offer in offers if name_key(offer).startswith(name_key(word)) and offer != word
    ]


def _lead_of(word: str) -> tuple[Facet | None, str]:
    """The facet that the word begins to speak of, and what it begins with."""
    folded = word.casefold()
    for facet in FACETS.values():
        for lead in facet.leads:
            if folded.startswith(lead):
                return facet, lead
    return None, ""
