"""What a CRM's words for stages and statuses say about how far a lead got, and why it went no further."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Literal

from meetings.exchange.crm.columns import SPREADSHEET, key


class Stage(IntEnum):
    """How far a lead got. It counts in this stage and in every one before it."""

    NONE = -1
    """Not a lead yet."""
    NEW = 0
    HANDED_OVER = 1
    ACCEPTED = 2
    QUALIFIED = 3
    OPPORTUNITY = 4


End = Literal["", "rejected", "disqualified", "recycled", "won", "lost"]
"""What became of it in the end; "" while it is open."""

FIELDS = {
    Stage.NEW: "new",
    Stage.HANDED_OVER: "handed_over",
    Stage.ACCEPTED: "accepted",
    Stage.QUALIFIED: "qualified",
    Stage.OPPORTUNITY: "opportunities",
}
"""The field of the lead numbers that counts a stage."""


@dataclass(frozen=True)
class Meaning:
    """What a word says."""

    stage: Stage = Stage.NEW
    end: End = ""


NEW = Meaning()
_SAYS: tuple[tuple[Meaning, tuple[str, ...]], ...] = (
    (Meaning(Stage.NONE), ("subscriber",)),
    (
        NEW,
        (
            *(
                "new",
                "open",
                "open - not contacted",
                "not contacted",
                "new lead",
                "lead",
                "raw",
                "inquiry",
                "enquiry",
            ),
            *(
                "unassigned",
                "assigned",
                "uncontacted",
                "fresh",
                "potential lead",
                "other",
                "lead in",
                "unqualified lead",
            ),
            *("untouched", "to do", "not started", "incoming", "neu", "offen"),
        ),
    ),
    (
        Meaning(Stage.HANDED_OVER),
        (
            *(
                "marketing qualified lead",
                "mql",
                "marketing qualified",
                "pre-qualified",
                "prequalified",
                "handed over",
            ),
            *("sent to sales", "assigned to sales", "sales ready"),
        ),
    ),
    (
        Meaning(Stage.ACCEPTED),
        (
            *(
                "sales accepted lead",
                "sal",
                "sales accepted",
                "accepted",
                "working",
                "working - contacted",
                "contacted",
            ),
            *("attempted to contact", "attempting contact", "attempted contact", "attempting", "in progress"),
            *("attempting to contact", "attempting to connect", "attempted"),
            *(
                "connected",
                "engaged",
                "contact made",
                "meeting scheduled",
                "follow up",
                "in contact",
                "open - contacted",
            ),
            *("in bearbeitung", "kontaktiert"),
        ),
    ),
    (
        Meaning(Stage.QUALIFIED),
        (
            *(
                "sales qualified lead",
                "sql",
                "sales qualified",
                "qualified",
                "converted",
                "closed - converted",
            ),
            *("qualified - converted", "qualified lead", "closed converted", "konvertiert", "qualifiziert"),
        ),
    ),
    (
        Meaning(Stage.OPPORTUNITY),
        (
            *(
                "opportunity",
                "open deal",
                "opportunity created",
                "deal created",
                "prospecting",
                "qualification",
            ),
            *("needs analysis", "value proposition", "id. decision makers", "perception analysis"),
            *(
                "proposal/price quote",
                "proposal",
                "proposal sent",
                "proposal made",
                "negotiation/review",
                "negotiation",
            ),
            *("negotiations started", "appointment scheduled", "qualified to buy", "presentation scheduled"),
            *(
                "decision maker bought-in",
                "contract sent",
                "demo scheduled",
                "demo",
                "identify decision makers",
            ),
            *("proposal/quote", "quote sent", "engaging"),
        ),
    ),
    (
        Meaning(Stage.OPPORTUNITY, "won"),
        (
            "customer",
            "won",
            "closed won",
            "evangelist",
            "client",
            "deal won",
            "closed - won",
            "gewonnen",
            "kunde",
        ),
    ),
    (
        Meaning(Stage.OPPORTUNITY, "lost"),
        (
            *("closed lost", "deal lost", "closed - lost", "closed lost to competition", "lost", "verloren"),
            *("closed-lost to competition",),
        ),
    ),
    (
        Meaning(Stage.HANDED_OVER, "rejected"),
        (
            *(
                "rejected",
                "returned",
                "junk",
                "junk lead",
                "spam",
                "invalid",
                "bad data",
                "duplicate",
                "misrouted",
            ),
            *("sales rejected", "sales rejected lead", "test", "bogus", "wrong number", "abgelehnt"),
        ),
    ),
    (
        Meaning(Stage.ACCEPTED, "disqualified"),
        (
            *(
                "unqualified",
                "disqualified",
                "not qualified",
                "closed - not converted",
                "closed not converted",
            ),
            *(
                "not interested",
                "not a fit",
                "lost lead",
                "dead",
                "dead lead",
                "unreachable",
                "no budget",
                "no need",
            ),
            *("bad fit", "closed - unqualified", "out of business", "archived"),
        ),
    ),
    (
        Meaning(Stage.ACCEPTED, "recycled"),
        (
            "bad timing",
            "contact in future",
            "nurture",
            "nurturing",
            "recycled",
            "recycle",
            "back to marketing",
            "on hold",
        ),
    ),
)
MEANINGS = {key(word): meaning for meaning, words in _SAYS for word in words}

STAGE_WORDS: dict[str, Meaning] = {
    "new": NEW,
    "handed_over": Meaning(Stage.HANDED_OVER),
    "accepted": Meaning(Stage.ACCEPTED),
    "qualified": Meaning(Stage.QUALIFIED),
    "opportunity": Meaning(Stage.OPPORTUNITY),
    "won": Meaning(Stage.OPPORTUNITY, "won"),
    "lost": Meaning(Stage.OPPORTUNITY, "lost"),
    "rejected": Meaning(Stage.HANDED_OVER, "rejected"),
    "disqualified": Meaning(Stage.ACCEPTED, "disqualified"),
    "recycled": Meaning(Stage.ACCEPTED, "recycled"),
}
"""What config.yaml's `leads.stages` can say of a word."""

_TELLS: dict[tuple[str, str], tuple[str, ...]] = {
    ("HubSpot", "stage"): ("handed_over", "qualified", "opportunities", "won"),
    ("HubSpot", "status"): ("accepted", "rejected", "disqualified", "recycled"),
    ("Salesforce", "status"): ("accepted", "qualified", "disqualified"),
    ("Zoho", "status"): ("handed_over", "accepted", "rejected", "disqualified", "recycled"),
}
"""Fields that a product's own column always tells, also when nobody has come as far."""

_TRUE = {"true", "1", "yes", "y", "t", "x", "ja", "oui", "si", "wahr", "vrai", "✓", "won", "1.0"}
_NOTHING = {
    *(
        "",
        "select",
        "none",
        "n/a",
        "na",
        "null",
        "nil",
        "unknown",
        "?",
        ".",
        "(blank)",
        "blank",
        "notset",
        "(notset)",
    ),
    *("notavailable", "notspecified", "nan", "notprovided", "(none)", "<null>", "undefined", "unspecified"),
}
_ENDS: tuple[End, ...] = ("won", "lost", "rejected", "disqualified", "recycled")
"""Of several ends the first counts: it came last."""


def is_nothing(cell: str) -> bool:
    """Whether a cell says nothing: empty, a dash, or a form's word for it such as “Select”."""
    return key(cell.strip()) in _NOTHING


def is_true(cell: str) -> bool:
    """Whether a cell says yes."""
    return cell.strip().casefold() in _TRUE


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
