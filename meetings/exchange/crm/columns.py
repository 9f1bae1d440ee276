"""What the columns of a CRM's export mean: the names that are recognised, and those that config.yaml adds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from meetings.text import clean

WORDS = {
    "id": "the lead's number in the CRM",
    "created": "when the lead was created",
    "source": "where the lead came from",
    "status": "how far sales has come with the lead",
    "stage": "the stage that the lead has reached",
    "owner": "who has the lead",
    "reason": "why the lead was sent back or given up",
    "first_touch": "when sales first called or wrote",
    "converted": "when the lead became an opportunity",
    "is_converted": "whether the lead became an opportunity",
    "amount": "what the deal is worth",
    "closed": "when the deal was closed",
    "is_closed": "whether the deal is closed",
    "is_won": "whether the deal was won",
    "spend": "what the lead cost",
}
"""What each kind of column tells, for a person who is asked which one it is."""

NAMES: dict[str, tuple[str, ...]] = {
    "id": (
        *("record id", "lead id", "contact id", "opportunity id", "deal id", "hs_object_id", "id"),
        *("lead - id", "deal - id", "lead number", "prospect id", "mql id"),
    ),
    "created": (
        *("create date", "createdate", "hs_createdate", "created date", "created time", "lead created"),
        *("lead - lead created", "deal - deal created", "deal created", "date created", "created at"),
        *("created on", "creation date", "create time", "created", "add time", "date added", "lead date"),
        *("entry date", "submitted at", "submission date", "inquiry date", "timestamp", "date"),
    ),
    "source": (
        *(
            "original source",
            "original traffic source",
            "hs_analytics_source",
            "lead source",
            "lead - source",
        ),
        *("deal - source", "lead - source channel", "deal - source channel", "source channel"),
        *("original source type", "deal source", "opportunity source", "source", "lead channel", "channel"),
        *("marketing channel", "traffic source", "utm source", "lead origin", "origin", "latest source"),
        *("latest traffic source", "hs_latest_source"),
    ),
    "status": (
        *("lead status", "hs_lead_status", "lead - status", "deal - status", "deal status", "status"),
        *("opportunity status", "current status"),
    ),
    "stage": (
        *(
            "lifecycle stage",
            "lifecyclestage",
            "stage name",
            "deal stage",
            "deal - stage",
            "opportunity stage",
        ),
        *("lead stage", "sales stage", "pipeline stage", "funnel stage", "stage"),
    ),
    "owner": (
        *("contact owner", "lead owner", "deal owner", "opportunity owner", "hubspot_owner_id", "owner id"),
        *("lead - owner", "deal - owner", "owner", "assigned to"),
    ),
    "reason": (
        *("unqualified reason", "disqualified reason", "disqualification reason", "rejection reason"),
        *("reject reason", "rejected reason", "lost reason", "deal - lost reason", "closed lost reason"),
        *("loss reason", "reason lost", "reason for loss", "status reason", "reason"),
    ),
    "first_touch": (
        *("first contact date", "first touch", "first touch date", "first outreach date"),
        *("hs_first_outreach_date", "first activity date", "first activity", "first contacted"),
        *("first contacted at", "first call date", "first call", "first response", "first response date"),
        *("first responded at", "date of first engagement", "first reply"),
    ),
    "converted": ("converted date", "date converted", "conversion date", "converted at", "converted time"),
    "is_converted": ("is converted", "converted", "lead converted"),
    "amount": ("amount", "deal - value", "deal value", "opportunity amount", "value"),
    "closed": ("close date", "closed date", "closing date", "deal - won time", "won time"),
    "is_closed": ("is closed", "closed", "is deal closed?", "hs_is_closed"),
    "is_won": ("is won", "won", "is closed won", "hs_is_closed_won"),
    "spend": ("spend", "lead cost", "cost per lead", "acquisition cost", "cost"),
}
"""What the columns are called in HubSpot (labels and internal names), Salesforce, Pipedrive, Zoho and plain sheets, the
name that says most first."""

TELLS_HOW_FAR = ("status", "stage", "is_converted", "converted", "is_won", "is_closed")
"""Columns of which one at least says how far a lead got."""
USED = ("id", "created", "source", *TELLS_HOW_FAR, "reason", "first_touch", "spend")
"""Columns that something is read from."""
ASKED = {"source": ("source",), "status": TELLS_HOW_FAR}
"""What is asked about when none of the columns behind it is there."""

_OPPORTUNITY = ("stagename", "iswon", "hsisclosedwon", "dealstage", "dealstatus", "opportunityid", "dealid")
_OPPORTUNITY_NAMES = (
    *("opportunityname", "dealname", "dealtitle", "opportunityowner", "dealowner", "opportunitystage"),
)
_LEAD = ("leadstatus", "hsleadstatus", "lifecyclestage", "isconverted", "leadid", "leadowner", "leadtitle")
_PRODUCTS = (
    (
        "HubSpot",
        r"lifecycle ?stage|hs_\w+|hubspot_\w+|original traffic source|deal stage|dealstage|contact owner",
    ),
    ("Pipedrive", r"(lead|deal|person|organization) - .+"),
    ("Zoho", r"created time|modified time|email opt out|lead conversion time|record id\.?id|zcrm_.+"),
    (
        "Salesforce",
        r"created ?date|is ?converted|stage ?name|is ?won|company / account|opportunity name|systemmodstamp",
    ),
)
"""Headers that only one product has, in lower case."""
SPREADSHEET = "spreadsheet"
"""The product of a file that is from none that is known."""

_PIVOT = re.compile(
    r"(row|column) labels|(zeilen|spalten)beschriftungen|(count|sum|average) of .+|grand totals?|gesamtergebnis"
)
_DATUM = re.compile(r"\S+@\S+\.\S+|\+?[0-9][0-9 ()/.:-]{6,}")
_JOINTS = re.compile(r"[\s_\-]+")


def key(name: str) -> str:
    """A header as it is compared: without regard to case, spaces, `_` and `-`."""
    return _JOINTS.sub("", name).casefold()


_KEYS = {
    role: {key(name): rank for rank, name in reversed(list(enumerate(names)))}
    for role, names in NAMES.items()
}


@dataclass(frozen=True)
class Columns:
    """What a file's columns mean: the place of each by its name in config.yaml."""

    headers: tuple[str, ...]
    places: Mapping[str, int]
    product: str
    kind: Literal["leads", "opportunities"]
    repeated: tuple[str, ...] = field(default=())
    """Recognised headers that are there more than once; the first is used."""

    @property
    def names(self) -> dict[str, str]:
        """The file's header of each column that something is read from."""
        return {role: self.headers[self.places[role]] for role in USED if role in self.places}

    def without(self, role: str) -> Columns:
        """The same, with nothing read from that column."""
        return replace(self, places={name: place for name, place in self.places.items() if name != role})

    @property
    def unused(self) -> tuple[str, ...]:
        """The headers that nothing is read from; nameless ones are left out."""
        used = {self.places[role] for role in self.names}
        return tuple(name for place, name in enumerate(self.headers) if name and place not in used)


class Recogniser:
    """Knows the names of columns: those that are recognised anyway, and further ones by what they mean."""

    def __init__(self, more: Mapping[str, Sequence[str]], said: Mapping[str, str]) -> None:
        self._said = {role: key(header) for role, header in said.items() if header}
        self._none = {role for role, header in said.items() if not header}
        self._roles = {role: dict(known) for role, known in _KEYS.items()}
        for role, names in more.items():
            for rank, name in enumerate(names):
                self._roles[role][key(name)] = rank - len(names)
        self._known = {name for known in self._roles.values() for name in known} | set(self._said.values())

    @property
    def likes(self) -> Callable[[Sequence[str]], int]:
        """How many cells of a row are names that are known."""
        return lambda row: len(self._known.intersection(map(key, row)))

    def understand(self, headers: Sequence[str]) -> Columns:
        """What these headers mean. What a person said counts first; a column means one thing only."""
        shown = tuple(clean(header) for header in headers)
        keys = [key(header) for header in shown]
        places: dict[str, int] = {}
        for role, wanted in self._said.items():
            if wanted in keys:
                places[role] = keys.index(wanted)
        taken = set(places.values())
        for role, known in self._roles.items():
            if role in places or role in self._none:
                continue
            found = [
                (known[name], place)
                for place, name in enumerate(keys)
                if name in known and place not in taken
            ]
            if found:
                places[role] = min(found)[1]
                taken.add(places[role])
        used = {keys[place] for place in places.values()}
        repeated = tuple(
            shown[keys.index(name)] for name in sorted(used, key=keys.index) if keys.count(name) > 1
        )
        return Columns(shown, places, _product(shown), _kind(set(keys), places), repeated)


def is_pivot(headers: Sequence[str]) -> bool:
    """Whether these are the headers of a pivot table, which has totals where rows of leads would be."""
    return any(_PIVOT.fullmatch(" ".join(header.casefold().split())) for header in headers)


def is_lead(headers: Sequence[str]) -> bool:
    """Whether these are no names of columns but what stands in them: an address, a telephone number, a date."""
    return any(_DATUM.fullmatch(header.strip()) for header in headers)


def config_lines(columns: Mapping[str, str]) -> tuple[str, ...]:
    """The lines of config.yaml that keep a person's answers about columns; () when there is nothing to keep."""
    kept = {role: header for role, header in columns.items() if header}
    if not kept:
        return ()
    return ("leads:", "  columns:", *(f"    {role}: [{_quoted(header)}]" for role, header in kept.items()))


def _quoted(header: str) -> str:
    return '"' + header.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _product(headers: Sequence[str]) -> str:
    for product, names in _PRODUCTS:
        if any(re.fullmatch(names, header.casefold()) for header in headers):
            return product
    return SPREADSHEET


def _kind(keys: set[str], places: Mapping[str, int]) -> Literal["leads", "opportunities"]:
    if keys.intersection(_LEAD):
        return "leads"
    if keys.intersection(_OPPORTUNITY) or keys.intersection(_OPPORTUNITY_NAMES) or "is_won" in places:
        return "opportunities"
    return "leads"
