"""The words that CRMs have for stages and statuses, and what each says, yes or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from meetings.exchange.crm.columns import key


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


def is_nothing(cell: str) -> bool:
    """Whether a cell says nothing: empty, a dash, or a form's word for it such as “Select”."""
    return key(cell.strip()) in _NOTHING


def is_true(cell: str) -> bool:
    """Whether a cell says yes."""
    return cell.strip().casefold() in _TRUE
