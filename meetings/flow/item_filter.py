"""Choosing action items with words: `owner:Sam team:marketing state:all overdue pricing`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from meetings.kinds import ItemKind, ItemState, Team
from meetings.measures.accountability import late_days
from meetings.model import ActionItem
from meetings.text import clean

ALL = "all"
OVERDUE = "overdue"
WORDS = ("owner:", "team:", "state:", "kind:", OVERDUE)
"""What has a meaning of its own; everything else is looked for in the items' texts."""

NOBODY = "nobody"
"""Stands for no owner."""


@dataclass(frozen=True)
class ItemFilter:
    """Which items are wanted; None leaves a field free. `wrong` says in a sentence what means nothing here."""

    texts: tuple[str, ...] = ()
    owners: frozenset[str] | None = None
    teams: frozenset[Team] | None = None
    states: frozenset[ItemState] | None = frozenset((ItemState.OPEN,))
    kinds: frozenset[ItemKind] | None = None
    overdue: bool = False
    wrong: str = ""

    def passes(self, item: ActionItem, today: dt.date) -> bool:
        """Whether the item is wanted."""
        return (
            (self.states is None or item.state in self.states)
            and (self.owners is None or item.owner in self.owners)
            and (self.teams is None or item.team in self.teams)
            and (self.kinds is None or item.kind in self.kinds)
            and (not self.overdue or late_days(item, today) > 0)
            and (not self.texts or self._has_texts(item))
        )

    def _has_texts(self, item: ActionItem) -> bool:
        parts = (item.title, item.owner, item.note, item.reason, item.origin_text)
        text = "\n".join(parts).casefold()
        return all(word in text or (len(word) >= 5 and item.uid.startswith(word)) for word in self.texts)


def read_filter(typed: str, team_names: Mapping[str, str], owners: Iterable[str]) -> ItemFilter:
    """What was typed, which may still be half a word: a beginning stands for all that begin so.

    Without `state:` only open items are wanted. `_` stands for a space in names. Never raises.
    """
    names = {name for name in owners if name}
    values: dict[str, dict[str, object]] = {
        "owner": {**{_key(name): name for name in names}, NOBODY: ""},
        "team": {
            **{team.value: team for team in Team},
            **{_key(name): Team(letter) for letter, name in team_names.items()},
        },
        "state": {**{state.value: state for state in ItemState}, ALL: None},
        "kind": {_key(kind.value): kind for kind in ItemKind},
    }
    texts: list[str] = []
    chosen: dict[str, frozenset[object]] = {}
    overdue, wrong = False, ""
    for word in clean(typed).split():
        name, colon, value = word.partition(":")
        name = name.casefold()
        if word.casefold() == OVERDUE:
            overdue = True
        elif not colon or name not in values:
            texts.append(word.casefold())
        elif value:
            known = values[name]
            found = frozenset(meant for key, meant in known.items() if key.startswith(_key(value)))
            exact = known.get(_key(value), _MISSING)
            chosen[name] = frozenset((exact,)) if exact is not _MISSING else found
            if not found:
                wrong = f"No {name} begins with “{value[:30]}”."
    states: frozenset[object] | None = chosen.get("state", frozenset((ItemState.OPEN,)))
    return ItemFilter(
        texts=tuple(texts),
        owners=_set(chosen.get("owner"), str),
        teams=_set(chosen.get("team"), Team),
        states=None if states is not None and None in states else _set(states, ItemState),
        kinds=_set(chosen.get("kind"), ItemKind),
        overdue=overdue,
        wrong=wrong,
    )


def completions(typed: str, team_names: Mapping[str, str], owners: Iterable[str]) -> list[str]:
    """Whole texts that go on from the last word typed."""
    word = typed.rpartition(" ")[2]
    name, colon, _ = word.partition(":")
    if not word:
        return []
    if not colon:
        offers = list(WORDS)
    else:
        offered: dict[str, Iterable[str]] = {
            "owner": (*owners, NOBODY),
            "team": (*team_names.values(), Team.BOTH.value),
            "state": (*(state.value for state in ItemState), ALL),
            "kind": (kind.value for kind in ItemKind),
        }
        offers = [f"{name}:{_joined(each)}" for each in offered.get(name.casefold(), ())]
    lead = typed[: len(typed) - len(word)]
    return [lead + offer for offer in offers if _key(offer).startswith(_key(word)) and offer != word]


T = TypeVar("T")
_MISSING = object()


def _set(values: frozenset[object] | None, kind: type[T]) -> frozenset[T] | None:
    return None if values is None else frozenset(value for value in values if isinstance(value, kind))


def _joined(name: str) -> str:
    return "_".join(name.split())


def _key(name: str) -> str:
    """Names without regard to case, and to what stands between their words."""
    return "_".join(name.replace("-", "_").casefold().split())
