"""What the words of a typed line say: the signs and long forms of quick add, and the names that they stand for."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from meetings.dates import parse_day
from meetings.kinds import Team, Verdict
from meetings.model import ActionItem, ComingUp, Decision, Feedback, Goal, Person, Problem, Record, Win
from meetings.text import clean

SIGNS = {"@": "who", "^": "day", "#": "team", "*": "rating", "!": "big"}
"""The short form of a token: its sign, and what it says."""

LONG_FORMS = {
    "for": "who",
    "due": "day",
    "team": "team",
    "rate": "rating",
    "big": "big",
    "guest": "guest",
    "lead": "lead",
    "verdict": "verdict",
    "fit": "verdict",
    "reason": "reason",
}
"""The long form (`for:Sam`), for keyboards where the sign is hard."""

GRAMMAR: dict[type[Record], dict[str, str]] = {
    ActionItem: {"who": "owner", "day": "due", "team": "team"},
    Decision: {"who": "owner", "day": "check_date", "team": "team"},
    Win: {"who": "credits", "team": "team", "big": "big"},
    Problem: {"who": "raised_by", "team": "team"},
    Goal: {"who": "owner", "day": "due", "team": "team"},
    Feedback: {
        "team": "from_team",
        "rating": "rating",
        "lead": "lead",
        "verdict": "verdict",
        "reason": "reason",
    },
    ComingUp: {"day": "date", "team": "team"},
    Person: {"team": "team", "guest": "guest"},
}
"""What can be added so, and the field that each token fills."""

_TEXTS = ("lead", "reason")
"""What may say anything, with `_` for a space."""

TRAILING = ",.;:)"
_RATINGS = {"1", "2", "3", "4", "5"}
_LITERAL = re.compile(rf"\\*(?:[@^#*!]|(?:{'|'.join(LONG_FORMS)}):)", re.IGNORECASE)
_UNESCAPED = re.compile(rf"(?<!\S)(?={_LITERAL.pattern})", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w .'’-]*")


@dataclass(frozen=True)
class Context:
    """What words can mean here: who there is, what the teams are called (by `a`, `b`), the meeting's date."""

    people: tuple[tuple[str, Team], ...]
    team_names: dict[str, str]
    base: dt.date

    def team_name(self, team: Team) -> str:
        """What people call the team."""
        return "Both" if team is Team.BOTH else self.team_names.get(team.value, team.value.upper())

    def find_team(self, word: str) -> Team | None:
        """The team of that name, in full, or None."""
        key = name_key(word)
        return next((team for team in Team if key and name_key(self.team_name(team)) == key), None)

    def find_people(self, word: str) -> list[str]:
        """The names that `word` begins, or the one that it is in full."""
        key = name_key(word)
        found = [name for name in self.names() if key and name_key(name).startswith(key)]
        exact = [name for name in found if name_key(name) == key]
        return exact[:1] or found

    def names(self) -> list[str]:
        """Every known name, once."""
        return list(dict.fromkeys(name for name, _ in self.people))

    def team_of(self, name: str) -> Team | None:
        """The team of a known person."""
        return next((team for known, team in self.people if known == name), None)


@dataclass(frozen=True)
class Token:
    """A word that says something, `line[start:end]`. `new`: the value is a person whom nobody knows yet."""

    start: int
    end: int
    says: str
    value: Any
    new: bool = False


def words_of(line: str, kind: type[Record], context: Context) -> list[tuple[int, str]]:
    """The words of a line, each with where it begins. A day that is written in several, `^31 dec`, is one."""
    words = [(found.start(), found[0]) for found in re.finditer(r"\S+", line)]
    if "day" not in GRAMMAR.get(kind, {}):
        return words
    joined, at = [], 0
    while at < len(words):
        count = _words_of_day([word for _, word in words[at : at + 3]], context)
        (start, _), (last, word) = words[at], words[at + count - 1]
        joined.append((start, line[start : last + len(word)]))
        at += count
    return joined


def _words_of_day(words: list[str], context: Context) -> int:
    """How many of these words say one day: more than one only if the first says none, and never one in the past."""
    says, lead = read_lead(words[0])
    if (
        says != "day"
        or not (first := words[0][len(lead) :].rstrip(TRAILING))
        or parse_day(first, context.base)
    ):
        return 1
    for count in range(len(words), 1, -1):
        day = parse_day(" ".join(words[:count])[len(lead) :].rstrip(TRAILING), context.base)
        if day is not None and day >= context.base:
            return count
    return 1


def read_tokens(
    words: list[tuple[int, str]], kind: type[Record], context: Context
) -> tuple[list[Token], tuple[str, ...]]:
    """The words that are tokens, and what is to be said of those that only look like one."""
    tokens: list[Token] = []
    doubts: list[str] = []
    spelt: dict[str, str] = {}
    emphasis = _emphasis_ends(words)
    for index, (start, word) in enumerate(words):
        if word.startswith("*") and index < emphasis:
            continue
        token = _token(start, word, kind, context)
        if token is None:
            doubts.append(_doubt(word, kind, context))
            continue
        if token.new:  # for:Ann and for:ann are one new person
            token = replace(token, value=spelt.setdefault(name_key(token.value), token.value))
        tokens.append(token)
    return tokens, tuple(dict.fromkeys(filter(None, doubts)))


def _doubt(word: str, kind: type[Record], context: Context) -> str:
    """What is to be said of a word that stays text and begins like a token; empty for text like any other."""
    says, lead = read_lead(word)
    rest = word[len(lead) :].rstrip(TRAILING)
    if says not in GRAMMAR.get(kind, {}) or not rest:
        return ""
    shown = f"“{word.rstrip(TRAILING.replace('.', ''))}”"
    if says == "who" and rest[0].isalpha() and "@" not in rest and "/" not in rest:
        names = context.find_people(rest)
        if names:
            return f"{shown} could be {' or '.join(names[:3])}"
        known = f"nobody is called {rest.replace('_', ' ')}"
        return f"{known}; for:{rest} makes a new person" if new_name(rest) else known
    if says == "day" and rest[0].isalnum():
        return f"{shown} is not a day; {lead}fri or {lead}31dec is one"
    if says == "team" and rest[0].isalpha():
        return "feedback comes from one team" if context.find_team(rest) else f"{shown} is no team"
    if says == "verdict":
        offered = "strong or weak" if lead.lower() == "fit:" else "accepted, rejected or strong_fit, say"
        return f"{shown} is no verdict; {offered}"
    if says == "rating" and (lead not in SIGNS or rest[0].isdigit()):
        return "a rating is 1 to 5"
    return ""


def _token(start: int, word: str, kind: type[Record], context: Context) -> Token | None:
    """The token that this word is for that kind of record, or None when it stays text."""
    says, lead = read_lead(word)
    if says not in GRAMMAR.get(kind, {}):
        return None
    rest = word[len(lead) :].rstrip(TRAILING)
    new = False
    value: Any = None
    if says == "who":
        names = context.find_people(rest)
        value = names[0] if len(names) == 1 else None
        if not names and lead not in SIGNS:
            value = new_name(rest)
            new = value is not None
    elif says == "day":
        value = parse_day(rest, context.base)
    elif says == "team":
        value = context.find_team(rest)
        if kind is Feedback and value is Team.BOTH:  # feedback comes from one team
            value = None
    elif says == "rating":
        value = int(rest) if rest in _RATINGS else None
    elif says == "verdict":
        value = find_verdict(rest, fit=lead.lower() == "fit:")
    elif says in _TEXTS:
        value = " ".join(rest.replace("_", " ").split()) or None
    else:
        value = None if rest else True
    return None if value is None else Token(start, start + len(lead + rest), says, value, new)


def find_verdict(word: str, *, fit: bool = False) -> Verdict | None:
    """The one verdict that the word begins, `_` or `-` for a space; with `fit` of those on an example lead alone."""
    key = word.casefold().replace("-", "_")
    examples = (Verdict.STRONG_FIT, Verdict.WEAK_FIT)
    found = [one for one in (examples if fit else Verdict) if key and one.value.startswith(key)]
    return found[0] if len(found) == 1 else None


def read_lead(word: str) -> tuple[str, str]:
    """What the word says if it is a token, and the sign or long form with which it begins."""
    if word[:1] in SIGNS:
        return SIGNS[word[:1]], word[:1]
    name, colon, _ = word.partition(":")
    return (LONG_FORMS.get(name.lower(), ""), name + colon) if colon else ("", "")


def new_name(word: str) -> str | None:
    """The name that a new person gets, when the word can be one."""
    name = " ".join(word.replace("_", " ").split())
    return name if _NAME.fullmatch(name) else None


def _emphasis_ends(words: list[tuple[int, str]]) -> int:
    """Index of the last word that ends what looks like emphasis (*4 reps*), or -1."""
    ends = (
        index
        for index, (_, word) in enumerate(words)
        if word.rstrip(TRAILING).endswith("*") and not word.startswith("*")
    )
    return max(ends, default=-1)


def without_tokens(line: str, words: list[tuple[int, str]], tokens: set[int]) -> str:
    """The line without its tokens, all other spacing as it was.

    A token's punctuation joins the word before it, as the token itself would have, unless nothing follows.
    """
    text, gap, end, joins, brackets = "", "", 0, "", 0
    for start, word in words:
        gap = gap or line[end:start]
        end = start + len(word)
        if start in tokens:
            trail = word[len(word.rstrip(TRAILING)) :]
            if ")" in trail and brackets > 0:
                text, brackets = text + ")", brackets - 1
            joins = joins or trail.replace(")", "")[:1]
            continue
        if text:
            text += ("" if text[-1] in ",.;:" else joins) + gap
        if _LITERAL.match(word) and word.startswith("\\"):
            word = word[1:]
        brackets += word.count("(") - word.count(")")
        text, gap, joins = text + word, "", ""
    return text


def escape(text: str) -> str:
    """The text with a backslash before each word that could be a token: it parses as the clean text."""
    return _UNESCAPED.sub(r"\\", clean(text))


def one_word(name: str) -> str:
    """The name as one word: `_` for a space."""
    return re.sub(r"\s", "_", name)


def name_key(name: str) -> str:
    """What is compared of a name: without regard to case, composition, or `_` for a space."""
    return one_word(unicodedata.normalize("NFC", name).casefold())
