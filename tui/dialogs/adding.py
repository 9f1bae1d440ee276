"""What becomes of a line of quick add: the records that it adds and how it is described. No screen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from meetings.dates import show_day
from meetings.errors import UsageError
from meetings.fields import label
from meetings.flow import states
from meetings.kinds import KINDS_FROM, MeetingState, Team
from meetings.meeting import Meeting
from meetings.model import (
    ActionItem,
    ComingUp,
    Decision,
    Feedback,
    Person,
    Problem,
    Rating,
    Record,
    words,
)
from meetings.quickadd import GRAMMAR, Context, Draft, parse
from meetings.session import Session
from meetings.text import clean

Phrase = tuple[str, str]
"""A short phrase and its style."""

_MANY = {Person: "people", Feedback: "pieces of feedback", ComingUp: "things coming up"}
_TITLES = {ComingUp: "Coming up", Problem: "Park a problem"}
_HINTS = {
    "who": "@who",
    "day": "^day",
    "team": "#team",
    "rating": "*1 to *5",
    "big": "! when it is big",
    "guest": "guest:",
    "lead": "lead:Acme",
    "verdict": "fit:strong",
}
_NEXT_MEETING = {(ActionItem, "due"): "due {}", (Decision, "check_date"): "check on {}"}
"""Days that are the next meeting's when nothing is typed (see flow.states.settle)."""

_RESPONSE = re.compile(r"\s*(?:>|response:)(.*)", re.DOTALL | re.IGNORECASE)

_BULLET = re.compile(
    r"""(?: [-*+•‣◦▪●·–—] (?:\s+|$) | \(?[0-9]{1,3}[.)] (?:\s+|$) )?   # - or 12. or (3)
        (?: \[[ xX]?\] (?:\s+|$) | [☐☑☒✓✔] (?:\s+|$) )?             # a box to tick""",
    re.VERBOSE,
)
_RULE = re.compile(r"[-*_=~\s]{3,}")
NO_WORDS = "no words of its own"


def title_of(kind: type[Record]) -> str:
    """What the panel is called."""
    return _TITLES.get(kind, f"New {kind.noun}")


def many(kind: type[Record], count: int) -> str:
    """So many records of a kind, in words."""
    return f"{count} {kind.noun if count == 1 else _MANY.get(kind, f'{kind.noun}s')}"


def hint_of(kind: type[Record]) -> str:
    """What stands in the empty line."""
    lead = "name" if kind is Person else "a few words"
    return "  ".join([lead, *(_HINTS[says] for says in GRAMMAR[kind] if says in _HINTS)])


def items_of(lines: Sequence[str]) -> list[str]:
    """What a pasted list says: its lines without bullets, numbers and boxes; empty ones and rules are left out."""
    return [
        item
        for line in lines
        if not _RULE.fullmatch(line) and (item := _BULLET.sub("", line, count=1).strip())
    ]


def understand(lines: Sequence[str], kind: type[Record], context: Context) -> list[Draft]:
    """What several lines mean, one after the other: who is new in one of them is known in the next."""
    drafts = []
    for line in lines:
        draft = parse(line, kind, context)
        context = replace(context, people=(*context.people, *draft.new_people))
        drafts.append(draft)
    return drafts


@dataclass(frozen=True)
class Adding:
    """What is being added: its kind, the record that it comes from, and values for what the line leaves out."""

    kind: type[Record]
    origin: Record | None = None
    defaults: Mapping[str, Any] = field(default_factory=dict)

    @property
    def source(self) -> Record | None:
        """The record that a new one comes from, when it can come from that: nothing comes from its own kind."""
        can = "origin" in self.kind.__struct_fields__ and self.origin is not None
        return self.origin if can and not isinstance(self.origin, (self.kind, Person, Rating)) else None

    def from_team(self, team: Team) -> Adding:
        """The same for what comes next: feedback goes on in the direction of the line before."""
        return replace(self, defaults={**self.defaults, "from_team": team})

    def record(self, draft: Draft) -> Record:
        """The record that the line makes."""
        sides = states.sides_of(self.source) if self.kind is Problem else {}
        return self.kind(**{**self.defaults, **sides, **draft.fields, **states.origin_of(self.source)})

    def add(self, session: Session, drafts: Sequence[Draft]) -> list[Record]:
        """Add what the lines make, with the people who are new and what follows for the origin, as one edit.

        Returns the added records. Raises UsageError; then nothing was added.
        """
        for draft in drafts:
            if draft.error:
                raise UsageError(draft.error)
        records = [self.record(draft) for draft in drafts]
        people = [Person(name=name, team=team) for draft in drafts for name, team in draft.new_people]
        follows = {}
        if self.source is not None and not isinstance(records[0], Problem):
            found = session.meeting.find(self.source.uid)
            acted = states.acted_on(found[1]) if found else None
            follows = {self.source.uid: acted} if acted else {}
        what = f"new {self.kind.noun} “{short(words(records[0]))}”" if len(records) == 1 else ""
        label = what or f"{many(self.kind, len(records))} added"
        given = {record.uid: draft.fields for record, draft in zip(records, drafts, strict=True)}
        done = session.apply(label, add=[*people, *records], change=follows, given=given)
        return done[len(done) - len(records) :]

    def describe(self, draft: Draft, meeting: Meeting, context: Context) -> list[Phrase]:
        """What is understood of a line, what is not, and what will be filled in for it."""
        phrases: list[Phrase] = []
        for name in GRAMMAR[self.kind].values():
            understood = [piece.shown for piece in draft.understood if piece.field == name and piece.shown]
            value = draft.fields.get(name, self.defaults.get(name))
            if name == "from_team":
                team = value or Team.A
                usual = draft.fields.get("kind", KINDS_FROM[team][0])
                phrases.append((_direction(team, context), "$ink"))
                phrases.append((f"about {label(usual, meeting)}", "$quiet"))
            elif isinstance(value, Team):
                phrases.append(
                    (context.team_name(value), f"$team-{value.value}" if value in "ab" else "$ink")
                )
            elif understood:
                phrases += [(shown, "$ink") for shown in understood]
            elif (self.kind, name) in _NEXT_MEETING and not value and meeting.head.next_date:
                day = show_day(meeting.head.next_date, meeting.head.date)
                planned = meeting.head.state is MeetingState.PLANNED  # that one is the next meeting itself
                which = "the meeting after" if planned else "next meeting"
                phrases.append((f"{_NEXT_MEETING[self.kind, name].format(day)} ({which})", "$quiet"))
            elif self.kind is ActionItem and name == "owner" and not value:
                phrases.append(("no owner yet", "$at-risk"))
        phrases += [(doubt, "$at-risk") for doubt in draft.doubts]
        if self.source is not None:
            phrases.append((f"from “{short(words(self.source))}”", "$quiet"))
        return phrases


def needs_owner(record: Record) -> bool:
    """Whether it is a promise that nobody has made yet."""
    return isinstance(record, ActionItem) and not record.owner


def only_owner(draft: Draft) -> bool:
    """Whether the line names an owner and has no words of its own: it is about the item before."""
    return draft.kind is ActionItem and draft.missing and bool(draft.fields.get("owner"))


def response_in(line: str) -> str | None:
    """The response that a line is, `> We look into it`: to the feedback before it. None when it is none."""
    found = _RESPONSE.fullmatch(line)
    return clean(found[1]) if found else None


def as_text(line: str) -> str:
    """The line without the backslash that keeps it from being a response."""
    return (
        line.lstrip()[1:]
        if line.lstrip()[:1] == "\\" and response_in(line.lstrip()[1:]) is not None
        else line
    )


def give_response(session: Session, uid: str, response: str) -> Record:
    """Put the response into that feedback. Raises UsageError."""
    if not response:
        raise UsageError("The response has no words of its own yet.")
    return session.change(uid, "response", response=response)


def give_owner(session: Session, uid: str, draft: Draft) -> Record:
    """Put what such a line says into that item, with who is new, as one edit. Raises UsageError."""
    fields = {name: value for name, value in draft.fields.items() if name != "title"}
    people = [Person(name=name, team=team) for name, team in draft.new_people]
    return session.apply("owner", add=people, change={uid: fields})[0]


def _direction(team: Team, context: Context) -> str:
    other = Team.B if team is Team.A else Team.A
    return f"{context.team_name(team)} → {context.team_name(other)}"


def short(text: str, length: int = 40) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
