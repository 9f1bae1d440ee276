"""Choosing action items.

`FACETS` says once what they can be chosen by: the line of words (meetings.flow.filter_words), what completes it, and
the options of `accord actions` all read it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from meetings.kinds import ItemKind, ItemState, Team
from meetings.measures.accountability import late_days
from meetings.model import ActionItem

ALL = "all"
OVERDUE = "overdue"
NOBODY = "nobody"
"""Stands for no owner."""


@dataclass(frozen=True)
class Facet:
    """One thing that items are chosen by: `--name` on the command line, one of `leads` before a word in a line.

    `words` are all that can be said of it, or empty when that depends on the meetings. One that takes no value
    has no `metavar`; of one that is not `many`, the last word counts.
    """

    name: str
    help: str
    metavar: str = ""
    leads: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    many: bool = True


STATES = (*(state.value for state in ItemState), ALL)
KINDS = tuple(kind.value for kind in ItemKind)
FACETS = {
    facet.name: facet
    for facet in (
        Facet(
            "owner",
            "items of this person; the beginning of the name is enough; '' for those without an owner",
            "NAME",
            ("@", "for:", "owner:"),
        ),
        Facet("team", "items of this team: its name, a, b, or both", "TEAM", ("#", "team:")),
        Facet("state", "default: open", "|".join(STATES), ("is:", "state:"), STATES, many=False),
        Facet("kind", "items of this kind", "|".join(KINDS), ("kind:",), KINDS),
        Facet("overdue", "only open items whose due date has passed", words=(OVERDUE,)),
        Facet(
            "meeting",
            "items raised in this meeting, by its number, or from one to another: 12-24",
            "NUMBER",
            ("meeting:",),
        ),
        Facet("text", "items with this text in title, owner, note, reason or origin", "TEXT"),
    )
}
"""All of them, by their names. Of one facet any of its words will do; of different facets all have to."""

_SPAN = re.compile(r"#?([0-9]{1,9})(?:-#?([0-9]{1,9}))?")
Span = tuple[int, int]
"""First and last number."""


@dataclass(frozen=True)
class Names:
    """Who can own items, and what the teams are called (by `a`, `b`)."""

    owners: tuple[str, ...] = ()
    teams: Mapping[str, str] = field(default_factory=dict)

    def of_owner(self, word: str) -> frozenset[str]:
        """The owners that the word begins, or the one that it is in full; "" is no owner."""
        return _meant(word, {**{name_key(name): name for name in self.owners if name}, NOBODY: "", "": ""})

    def of_team(self, word: str) -> frozenset[Team]:
        """The teams that the word begins, or the one that it is in full."""
        named = {name_key(name): Team(letter) for letter, name in self.teams.items()}
        return _meant(word, {**{team.value: team for team in Team}, **named})

    def team(self, team: Team) -> str:
        """What people call the team."""
        return "Both" if team is Team.BOTH else self.teams.get(team.value, team.value.upper())


class Listed(Protocol):
    """An item with its `text_of`, worked out once."""

    @property
    def item(self) -> ActionItem:
        """The item."""

    @property
    def text(self) -> str:
        """Its text."""


L = TypeVar("L", bound=Listed)


@dataclass(frozen=True)
class ItemFilter:
    """Which items are wanted; None leaves a facet free. `wrong` says in a sentence what means nothing here."""

    texts: tuple[str, ...] = ()
    owners: frozenset[str] | None = None
    teams: frozenset[Team] | None = None
    states: frozenset[ItemState] | None = frozenset((ItemState.OPEN,))
    kinds: frozenset[ItemKind] | None = None
    overdue: bool = False
    meetings: tuple[Span, ...] = ()
    wrong: str = ""

    def choose(self, listed: Sequence[L], today: dt.date) -> list[L]:
        """Those that are wanted, in their order. Facet by facet: thousands are looked through at each letter typed."""
        found = [*listed]
        if (states := self.states) is not None:
            found = [each for each in found if each.item.state in states]
        if (owners := self.owners) is not None:
            found = [each for each in found if each.item.owner in owners]
        if (teams := self.teams) is not None:
            found = [each for each in found if each.item.team in teams]
        if (kinds := self.kinds) is not None:
            found = [each for each in found if each.item.kind in kinds]
        if self.overdue:
            found = [each for each in found if late_days(each.item, today) > 0]
        if spans := self.meetings:
            found = [each for each in found if any(one <= each.item.raised_in <= last for one, last in spans)]
        for word in self.texts:
            found = [
                each
                for each in found
                if word in each.text or (len(word) >= 5 and each.item.uid.startswith(word))
            ]
        return found

    def describe(self, names: Names) -> list[str]:
        """What is wanted, in a few words each."""
        found = []
        if self.states is not None:
            found.append(_either(state.value for state in ItemState if state in self.states))
        if self.owners is not None:
            found.append(f"owner {_either(sorted(name or NOBODY for name in self.owners))}")
        if self.teams is not None:
            found.append(f"team {_either(names.team(team) for team in Team if team in self.teams)}")
        if self.kinds is not None:
            found.append(_either(kind.value.replace("_", "-") for kind in ItemKind if kind in self.kinds))
        if self.overdue:
            found.append(OVERDUE)
        if self.meetings:
            spans = (f"{one}" if one == last else f"{one} to {last}" for one, last in self.meetings)
            found.append(f"raised in meeting {_either(spans)}")
        return [*filter(None, found), *(f"“{text}”" for text in self.texts)]


def text_of(item: ActionItem) -> str:
    """All that `texts` are looked for in, without regard to case."""
    return "\n".join((item.title, item.owner, item.note, item.reason, item.origin_text)).casefold()


def make_filter(said: Mapping[str, Iterable[str]], names: Names) -> ItemFilter:
    """The filter of what was said of each facet, by its name. What means nothing is in `wrong`; nothing passes it."""
    wrong: list[str] = []
    states, late = _states(said.get("state", ()), wrong)
    spans = [(read_span(word), word) for word in said.get("meeting", ())]
    wrong += [f"“{word[:30]}” is not the number of a meeting." for span, word in spans if span is None]
    return ItemFilter(
        texts=tuple(text.casefold() for text in said.get("text", ()) if text),
        owners=_any_of("owner", said, names.of_owner, wrong),
        teams=_any_of("team", said, names.of_team, wrong),
        states=states,
        kinds=_any_of("kind", said, _of_kind, wrong),
        overdue=late or "overdue" in said,
        meetings=tuple(span or NO_MEETING for span, _ in spans),
        wrong=wrong[-1] if wrong else "",
    )


def read_span(word: str) -> Span | None:
    """The meetings that `12`, `#12` or `12-24` means, or None."""
    found = _SPAN.fullmatch(word)
    if found is None:
        return None
    ends = int(found[1]), int(found[2] or found[1])
    return min(ends), max(ends)


def name_key(name: str) -> str:
    """Names without regard to case, and to what stands between their words."""
    return "_".join(name.replace("-", "_").replace("_", " ").casefold().split())


NO_MEETING: Span = (0, -1)
T = TypeVar("T")


def _meant(word: str, known: Mapping[str, T]) -> frozenset[T]:
    """What the word means in full, or else all that it begins."""
    key = name_key(word)
    if key in known:
        return frozenset((known[key],))
    return frozenset(meaning for name, meaning in known.items() if key and name.startswith(key))


def _of_kind(word: str) -> frozenset[ItemKind]:
    return _meant(word, {kind.value: kind for kind in ItemKind})


def _states(words: Iterable[str], wrong: list[str]) -> tuple[frozenset[ItemState] | None, bool]:
    """The states that are wanted, and whether only what is overdue is; the last word counts."""
    states: frozenset[ItemState] | None = frozenset((ItemState.OPEN,))
    late = False
    for word in words:
        known = _meant(word, {**{state.value: state for state in ItemState}, ALL: None})
        if not known and OVERDUE.startswith(name_key(word)):
            late = True
            continue
        states = None if None in known else frozenset(state for state in known if state is not None)
        if not known:
            wrong.append(_nothing("state", word))
    return states, late


def _any_of(
    name: str,
    said: Mapping[str, Iterable[str]],
    meaning: Callable[[str], frozenset[T]],
    wrong: list[str],
) -> frozenset[T] | None:
    """All that the words of one facet mean; None when none was said."""
    if name not in said:
        return None
    found: set[T] = set()
    for word in said[name]:
        means = meaning(word)
        found |= means
        if not means:
            wrong.append(_nothing(name, word))
    return frozenset(found)


def _nothing(name: str, word: str) -> str:
    return f"No {name} begins with “{word[:30]}”."


def _either(words: Iterable[str]) -> str:
    *others, last = [*words] or [""]
    return f"{', '.join(others)} or {last}" if others else last
