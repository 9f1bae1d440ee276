"""What a CRM's words for stages and statuses say about how far a lead got, and why it went no further."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from meetings.exchange.crm.columns import SPREADSHEET, key
from meetings.exchange.crm.stage_words import (
    FIELDS,
    MEANINGS,
    NEW,
    STAGE_WORDS,
    End,
    Meaning,
    Stage,
    is_nothing,
    is_true,
)

_TELLS: dict[tuple[str, str], tuple[str, ...]] = {
    ("HubSpot", "stage"): ("handed_over", "qualified", "opportunities", "won"),
    ("HubSpot", "status"): ("accepted", "rejected", "disqualified", "recycled"),
    ("Salesforce", "status"): ("accepted", "qualified", "disqualified"),
    ("Zoho", "status"): ("handed_over", "accepted", "rejected", "disqualified", "recycled"),
}
"""Fields that a product's own column always tells, also when nobody has come as far."""

_ENDS: tuple[End, ...] = ("won", "lost", "rejected", "disqualified", "recycled")
"""Of several ends the first counts: it came last."""


Side = Callable[[str], End]
"""What a reason alone says: "rejected", "disqualified", or "" when it says neither."""


@dataclass(frozen=True)
class Outcome:
    """How far a lead got, what became of it, and the word that was given for a reason."""

    stage: Stage
    end: End
    reason: str
    unknown: tuple[str, ...] = ()
    """Words for stages that are not known."""

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields of the lead numbers in which it counts."""
        reached = [field for stage, field in FIELDS.items() if stage <= self.stage]
        if self.stage >= Stage.ACCEPTED or self.end in ("rejected", "recycled"):
            reached.append("reviewed")
        if self.end in ("won", "lost", "recycled"):
            reached.append(self.end)
        return tuple(reached)


class Stages:
    """What the words of one file mean. `more`: words by what they mean, from config.yaml."""

    def __init__(
        self, product: str, kind: str, more: Mapping[str, Sequence[str]], words: Iterable[str], side: Side
    ) -> None:
        self._side = side
        self._meanings = dict(MEANINGS)
        for name, said in more.items():
            self._meanings |= {key(word): STAGE_WORDS[name] for word in said}
        keys = {key(word.strip()) for word in words}
        if "lost" not in map(key, more.get("lost", ())) and kind == "leads":
            won = any(self._meanings[word].end == "won" for word in keys if word in self._meanings)
            if product != SPREADSHEET or not won:
                # Where no deal is ever won, a lost lead is one that was given up, and not a lost deal.
                self._meanings["lost"] = Meaning(Stage.ACCEPTED, "disqualified")
        self.present = {self._meanings[word] for word in keys if word in self._meanings}

    def outcome(self, cells: Mapping[str, str]) -> Outcome:
        """What a lead's cells say: `status`, `stage`, `reason`, `is_converted`, `converted`, `is_won`, `is_closed`,
        and `first_touch`, empty as long as sales has not been in touch. The furthest stage counts.
        """
        said: list[Meaning] = []
        unknown: list[str] = []
        for role in ("stage", "status"):
            word = cells.get(role, "")
            if not is_nothing(word):
                meaning = self._meanings.get(key(word.strip()))
                said.append(meaning or NEW)
                if meaning is None:
                    unknown.append(word.strip())
        if is_true(cells.get("is_converted", "")) or not is_nothing(cells.get("converted", "")):
            said.append(Meaning(Stage.QUALIFIED))
        if is_true(cells.get("is_won", "")):
            said.append(Meaning(Stage.OPPORTUNITY, "won"))
        elif is_true(cells.get("is_closed", "")):
            said.append(Meaning(Stage.OPPORTUNITY, "lost"))
        reason = "" if is_nothing(cells.get("reason", "")) else cells["reason"].strip()
        ends = {meaning.end for meaning in said}
        end: End = next((end for end in _ENDS if end in ends), "")
        untouched = cells.get("first_touch") == ""
        before = max((each.stage for each in said if each.end in ("", "won", "lost")), default=Stage.NEW)
        if end == "disqualified" and before < Stage.ACCEPTED:
            # Sent back before any contact is rejected, whatever the CRM's one word for both.
            end = self._side(reason) or ("rejected" if untouched else end)
        elif end == "rejected" and before >= Stage.ACCEPTED:
            end = "disqualified"  # it was accepted before
        stage = before
        if end == "rejected" or (end == "recycled" and untouched):
            stage = max(before, Stage.HANDED_OVER)
        elif end in ("disqualified", "recycled"):
            stage = max(before, Stage.ACCEPTED)
        return Outcome(stage, end, reason, tuple(unknown))


def told_by(product: str, roles: Iterable[str], present: Iterable[Meaning]) -> set[str]:
    """The fields of the lead numbers that a file of leads tells: by its product's columns, and by the words in it."""
    told = {"new"}
    for role in roles:
        told |= set(_TELLS.get((product, role), ()))
        if role in ("is_converted", "converted"):
            told.add("qualified")
        if role in ("is_won", "is_closed"):
            told |= {"opportunities", "won", "lost"}
    for meaning in present:
        if meaning.end:
            told.add(meaning.end)
        if not meaning.end or meaning.end in ("won", "lost"):
            told.add(FIELDS[max(meaning.stage, Stage.NEW)])
    return told
