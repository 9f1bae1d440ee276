"""Sources and reasons: the spellings that are one, and the name that each gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from meetings.exchange.crm.columns import key
from meetings.exchange.crm.stage_words import End, is_nothing
from meetings.text import clean

UNKNOWN = "unknown"
"""The source of a lead that has none."""
OTHERS = "other sources"
"""What the sources beyond the MOST largest ones are together."""
MOST = 25
NO_REASON = "not given"
OTHER = "other"
MOST_REASONS = 15
"""A reason beyond these is counted as OTHER; so is any that is long or was given once, for it may be a remark about a
person."""
_LONGEST_REASON = 40
_LONGEST = 60
_NUMBER = 5
"""So many digits may be a telephone number."""

_LABELS = {
    key(label): label
    for label in (
        *("Organic search", "Paid search", "Email marketing", "Organic social", "Social media", "Referrals"),
        *("Other campaigns", "Direct traffic", "Offline sources", "Paid social", "AI referrals"),
    )
} | {"offline": "Offline sources"}
"""HubSpot's own sources, as its screens name them."""

_SAME_REASON = {
    "wrong data": (
        *(
            "bad contact data",
            "bad data",
            "invalid contact",
            "wrong number",
            "invalid email",
            "bounced",
            "fake",
        ),
        *("bad contact info", "incorrect contact information", "invalid data", "wrong contact data"),
    ),
    "not a fit": ("bad fit", "poor fit", "no fit", "not a good fit", "wrong fit", "not qualified"),
    "timing": ("bad timing", "not the right time", "wrong timing", "no timeline"),
    "unreachable": (
        "no response",
        "could not reach",
        "unresponsive",
        "no answer",
        "not reachable",
        "ghosted",
    ),
    "no budget": ("budget", "too expensive", "price", "lack of budget"),
    "no need": ("not interested", "no interest", "no requirement"),
    "competitor": ("lost to competitor", "competition", "chose competitor", "went with competitor"),
    "duplicate": ("duplicate lead", "already in crm", "duplicated"),
    "incomplete": ("missing data", "incomplete data", "missing information"),
}


def may_be_said(word: str) -> bool:
    """Whether a word of a file may be shown to the room; one with an address or a telephone number in it may not."""
    return len(word) <= _LONGEST_REASON and "@" not in word and sum(map(str.isdigit, word)) < _NUMBER


def source_key(name: str) -> str:
    """A source as it is compared: case, spaces, `_` and `-` make no difference."""
    return UNKNOWN if is_nothing(name) else key(clean(name))


def source_names(spellings: Mapping[str, int], known: Sequence[str]) -> dict[str, str]:
    """The name of each source, by its key: as config.yaml spells it, else as HubSpot does, else the most frequent of
    its spellings. `spellings`: how often each was met.
    """
    ours = {key(name): name for name in known}
    met: dict[str, list[tuple[int, str]]] = {}
    for spelling, count in spellings.items():
        met.setdefault(source_key(spelling), []).append((-count, " ".join(clean(spelling).split())))
    names = {UNKNOWN: UNKNOWN}
    for each, found in met.items():
        if each != UNKNOWN:
            name = ours.get(each) or _LABELS.get(each) or min(found)[1]
            names[each] = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    return names


def largest(counts: Mapping[str, int]) -> set[str]:
    """The keys of the sources that are shown by themselves: the MOST largest, of equals the first by name."""
    return set(sorted(counts, key=lambda name: (-counts[name], name))[:MOST])


class Reasons:
    """The names of reasons. A reason that config.yaml lists, or one that is met often enough, keeps its name."""

    def __init__(self, rejected: Iterable[str], disqualified: Iterable[str]) -> None:
        self._rejected = {key(name): name for name in rejected}
        self._disqualified = {key(name): name for name in disqualified}
        self._listed = self._disqualified | self._rejected
        for name, others in _SAME_REASON.items():
            if key(name) in self._listed:
                for other in others:
                    self._listed.setdefault(key(other), self._listed[key(name)])
        self._frequent: dict[str, str] = {}

    def meet(self, words: Mapping[str, int]) -> None:
        """Learn which of a file's words are reasons, from how often each was met."""
        counts: Counter[str] = Counter()
        spelled: dict[str, list[tuple[int, str]]] = {}
        for word, count in words.items():
            each = key(word)
            if each not in self._listed and word and len(word) <= _LONGEST_REASON:
                counts[each] += count
                spelled.setdefault(each, []).append((-count, " ".join(clean(word).replace(",", " ").split())))
        often = sorted((each for each in counts if counts[each] > 1), key=lambda each: (-counts[each], each))
        self._frequent = {each: min(spelled[each])[1] for each in often[:MOST_REASONS]}

    def name(self, word: str) -> str:
        """What the reason is called."""
        each = key(word)
        return self._listed.get(each) or self._frequent.get(each) or (OTHER if word else NO_REASON)

    def side(self, word: str) -> End:
        """Whether it is a reason to reject or one to disqualify; "" when it is in both lists, or in neither."""
        each = key(self._listed.get(key(word), word))
        is_rejected, is_disqualified = each in self._rejected, each in self._disqualified
        if is_rejected == is_disqualified:
            return ""
        return "rejected" if is_rejected else "disqualified"
