"""Quick add: one typed line becomes the fields of a record.

`Send the list @Sam ^fri #sales` is an action item of Sam's, due on Friday. A token is a whole word (a day may be
several: `^31 dec`), less the `, . ; : )` that may trail it. What is not understood, or is not meant for that kind
of record, stays text, as typed; a backslash before a sign keeps it text. A word that only looks like a token is
named in `doubts`. Where a field takes one value the last token wins.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from meetings.dates import show_day
from meetings.kinds import KINDS_FROM, Team, Verdict
from meetings.model import Feedback, Record, main_field
from meetings.quickadd.reading import (
    GRAMMAR,
    LONG_FORMS,
    SIGNS,
    TRAILING,
    Context,
    Token,
    escape,
    name_key,
    new_name,
    one_word,
    read_lead,
    read_tokens,
    without_tokens,
    words_of,
)
from meetings.text import clean

__all__ = [
    "GRAMMAR",
    "LONG_FORMS",
    "SIGNS",
    "TRAILING",
    "Context",
    "Draft",
    "Piece",
    "describe",
    "escape",
    "name_key",
    "new_name",
    "one_word",
    "parse",
    "read_lead",
]

_WORDS = {
    "owner": "owner {}",
    "credits": "credit to {}",
    "raised_by": "raised by {}",
    "due": "due {}",
    "check_date": "check on {}",
    "date": "on {}",
    "from_team": "from {}",
    "rating": "rating {}",
    "big": "big",
    "guest": "guest",
    "lead": "lead {}",
}
"""How a field that was understood is described."""

_OWNERS = ("owner", "credits")
"""Fields whose people say which team it is when nothing else does."""


@dataclass(frozen=True)
class Piece:
    """A stretch of the typed line that was understood, as `text[start:end]`.

    `shown` describes it, and is empty when a later token took its place. What follows from another piece (the
    owner's team) has no stretch of its own: start and end are both the line's end.
    """

    start: int
    end: int
    field: str
    shown: str


@dataclass(frozen=True)
class Draft:
    """What a line means: `kind(**fields)` makes the record.

    `new_people` are to be added too. `error` is one sentence when the line cannot be added as it stands.
    `doubts` are short phrases on words that look like a token but stay text, because they are not understood.
    """

    kind: type[Record]
    fields: dict[str, Any]
    new_people: tuple[tuple[str, Team], ...] = ()
    understood: tuple[Piece, ...] = ()
    error: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def missing(self) -> bool:
        """Whether there are no words beside the tokens."""
        return not self.fields[main_field(self.kind)]


def parse(text: str, kind: type[Record], context: Context) -> Draft:
    """What the line means as a record of that kind (one of GRAMMAR). Never raises for any text."""
    line = clean(text)
    shift = max(text.find(line), 0)
    words = words_of(line, kind, context)
    tokens, doubts = read_tokens(words, kind, context)
    fields: dict[str, Any] = {
        main_field(kind): without_tokens(line, words, {token.start for token in tokens})
    }
    understood = [
        Piece(token.start + shift, token.end + shift, GRAMMAR[kind][token.says], shown)
        for token, shown in zip(tokens, _fill(fields, tokens, kind, context), strict=True)
    ]
    who = _people_in(fields, kind)
    team = _team_of(who, fields, kind, context)
    if team:
        fields["team"] = team
        understood.append(Piece(len(text), len(text), "team", context.team_name(team)))
    if kind is Feedback and "from_team" in fields:
        fields["kind"] = KINDS_FROM[fields["from_team"]][0]
    added = dict.fromkeys(token.value for token in tokens if token.new).keys() & set(who)
    new_people = tuple((name, fields.get("team", Team.BOTH)) for name in who if name in added)
    error = "" if fields[main_field(kind)] else "This line has no words of its own yet."
    return Draft(kind, fields, new_people, tuple(understood), error, doubts)


def _fill(fields: dict[str, Any], tokens: list[Token], kind: type[Record], context: Context) -> list[str]:
    """Put each token's value into its field; how each is described, in order."""
    shown: list[str] = []
    last: dict[str, int] = {}
    credited: dict[str, None] = {}
    for index, token in enumerate(tokens):
        field = GRAMMAR[kind][token.says]
        words = _WORDS.get(field, "{}").format(_say(token.value, context)) + " (new)" * token.new
        if field == "credits":
            words = "" if token.value in credited else words
            credited[token.value] = None
        else:
            if field in last:
                shown[last[field]] = ""
            last[field] = index
            fields[field] = token.value
        shown.append(words)
    if credited:
        fields["credits"] = tuple(credited)
    return shown


def _say(value: Any, context: Context) -> str:
    if isinstance(value, dt.date):
        return show_day(value, context.base)
    if isinstance(value, Team):
        return context.team_name(value)
    return str(value).replace("_", " ") if isinstance(value, Verdict) else str(value)


def _people_in(fields: dict[str, Any], kind: type[Record]) -> tuple[str, ...]:
    """The people whom the tokens named, in the end."""
    found = fields.get(GRAMMAR.get(kind, {}).get("who", ""), ())
    return (found,) if isinstance(found, str) else tuple(found)


def _team_of(
    who: tuple[str, ...], fields: dict[str, Any], kind: type[Record], context: Context
) -> Team | None:
    """The team that the owner or the credited people belong to, when the line names none."""
    if "team" in fields or GRAMMAR.get(kind, {}).get("who") not in _OWNERS:
        return None
    teams = {context.team_of(name) for name in who}
    if None in teams or not teams:
        return None
    return teams.pop() if len(teams) == 1 else Team.BOTH


def describe(draft: Draft) -> list[str]:
    """What was understood, in short phrases: who, when, which team, the rating, whether it is big."""
    order = list(GRAMMAR.get(draft.kind, {}).values())
    pieces = sorted(draft.understood, key=lambda piece: order.index(piece.field))
    return [piece.shown for piece in pieces if piece.shown]
