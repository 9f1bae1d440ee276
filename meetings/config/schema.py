"""What config.yaml can say.

Each setting is declared here once: its type, its default, what is allowed and what it is for. The strict
reader (meetings.config.reader) and the configuration reference read these declarations. A field without
`about` is not a setting.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from meetings.meeting import AgendaStep

FORMAT = 1
"""The version of config.yaml that this program reads: the value of its first key, `accord`."""

Every = Literal["weekly", "biweekly", "monthly"]
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
StepKind = Literal["checkin", "goals", "leads", "wins", "actions", "wrapup"]

CORE_STEPS: tuple[StepKind, ...] = ("goals", "leads", "wins", "actions")
"""The steps that every agenda has."""

COLUMNS = (
    *("id", "created", "source", "status", "stage", "owner", "reason", "first_touch"),
    *("converted", "is_converted", "amount", "closed", "is_closed", "is_won", "spend"),
)
"""What a column of a CRM's export can mean."""

STAGES = (
    *("new", "handed_over", "accepted", "qualified", "opportunity", "won", "lost"),
    *("rejected", "disqualified", "recycled"),
)
"""What a word for a stage or status in a CRM's export can mean."""


def about(help: str, *, kind: str = "text", keys: tuple[str, ...] = (), all_keys: bool = False) -> Meta:
    """What a setting is for.

    `kind` of a text: "text", "store" (a folder or a server), or "path" (a file or folder).
    `keys`: the only keys that a table may have; empty when any will do. `all_keys`: it has to have them all.
    """
    return Meta(description=help, extra={"kind": kind, "keys": keys, "all_keys": all_keys})


Share = Annotated[float, Meta(ge=0, le=1)]
"""A share from 0 to 1: 0.9 is 90 %."""

Name = Annotated[str, Meta(min_length=1, max_length=60)]
Line = Annotated[str, Meta(min_length=1, max_length=400)]
Reason = Annotated[Name, Meta(pattern="^[^,]*$", description="text without a comma")]
Minutes = Annotated[int, Meta(ge=1, le=480)]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A part of config.yaml with settings of its own.

    `shorthand` names the setting that a single value stands for: `cadence: weekly`.
    """

    shorthand: ClassVar[str] = ""


class Cadence(Section, frozen=True, kw_only=True):
    """When the meeting is held."""

    shorthand: ClassVar[str] = "every"

    every: Annotated[Every, about("How often the teams meet")] = "weekly"
    day: Annotated[Day, about("On which day of the week")] = "monday"


class TeamConfig(Section, frozen=True, kw_only=True):
    """One of the two teams."""

    name: Annotated[Name, about("What people call the team")]
    people: Annotated[tuple[Name, ...], about("Who is in the team")] = ()


class Step(Section, frozen=True, kw_only=True):
    """A step as config.yaml writes it; what it leaves out is the usual for its kind."""

    shorthand: ClassVar[str] = "step"

    step: Annotated[StepKind, about("Which of the six steps this is")]
    title: Annotated[Name | None, about("What the step is called")] = None
    minutes: Annotated[Minutes | None, about("How long it is meant to take")] = None
    prompt: Annotated[Line | None, about("What the room is asked at this step")] = None


USUAL: dict[str, tuple[str, int, str]] = {
    "checkin": ("Check-in", 5, "Who is here, and what is coming up?"),
    "goals": ("Goal review", 10, "Where does each shared goal stand this week?"),
    "leads": ("Lead feedback", 15, "What do the leads tell us, in both directions?"),
    "wins": ("Wins", 5, "What went well, and who had a part in it?"),
    "actions": ("Action items", 20, "What was promised, what is in the way, and what comes next?"),
    "wrapup": ("Wrap-up", 5, "What did we decide, who owes what, and how was this meeting?"),
}
"""Title, minutes and prompt of each kind of step when the agenda does not say."""


def agenda_of(steps: tuple[Step, ...]) -> tuple[AgendaStep, ...]:
    """The steps with their ids: the kind, or kind-2, kind-3 where it is repeated."""
    seen: dict[str, int] = {}
    made: list[AgendaStep] = []
    for step in steps:
        title, minutes, prompt = USUAL[step.step]
        count = seen[step.step] = seen.get(step.step, 0) + 1
        made.append(
            AgendaStep(
                id=step.step if count == 1 else f"{step.step}-{count}",
                kind=step.step,
                title=title if step.title is None else step.title,
                minutes=minutes if step.minutes is None else step.minutes,
                prompt=prompt if step.prompt is None else step.prompt,
            )
        )
    return tuple(made)


WEEKLY = agenda_of(tuple(Step(step=kind) for kind in ("checkin", *CORE_STEPS, "wrapup")))
PLANNING = agenda_of(
    (
        Step(step="checkin", minutes=10, prompt="Who is here, and what has changed around us?"),
        Step(
            step="goals",
            title="Next quarter's goals",
            minutes=45,
            prompt="Which goals are done or dropped, and which do both teams agree on for the next quarter?",
        ),
        Step(step="leads", title="Leads of the quarter", minutes=20, prompt="What held all quarter long?"),
        Step(step="wins", minutes=10, prompt="What worked well enough to do again?"),
        Step(step="actions", minutes=30),
        Step(step="wrapup"),
    )
)


class Sla(Section, frozen=True, kw_only=True):
    """What the teams promise each other about leads."""

    acceptance_rate: Annotated[Share, about("Share of the leads handed over that sales accepts")] = 0.9
    follow_up_hours: Annotated[
        float, Meta(gt=0, le=720), about("Hours from handing a lead over to its first touch")
    ] = 24.0
    follow_up_rate: Annotated[Share, about("Share of the leads that get that first touch in time")] = 0.9
    handed_over: Annotated[
        int | None,
        Meta(ge=1, le=1_000_000),
        about("Leads that marketing hands over a week; left out, no number is promised"),
    ] = None


class Leads(Section, frozen=True, kw_only=True):
    """The words and targets for leads, and how a CRM's export names its columns."""

    sources: Annotated[tuple[Name, ...], about("Where leads come from")] = (
        *("Organic search", "Paid search", "Paid social", "Email", "Webinar"),
        *("Event", "Referral", "Partner", "Outbound", "Direct"),
    )
    reject_reasons: Annotated[tuple[Reason, ...], about("Why a lead is sent back before any contact")] = (
        *("misrouted", "incomplete", "wrong data", "duplicate", "below the threshold", "other"),
    )
    disqualify_reasons: Annotated[tuple[Reason, ...], about("Why a lead is given up after contact")] = (
        *("unreachable", "no need", "no budget", "not a fit", "timing", "competitor", "other"),
    )
    sla: Annotated[Sla, about("What the teams promise each other about leads")] = Sla()
    columns: Annotated[
        dict[str, tuple[Name, ...]],
        about("Further names of columns in a CRM's export, by what they mean", keys=COLUMNS),
    ] = {}
    stages: Annotated[
        dict[str, tuple[Name, ...]],
        about("Further words for stages and statuses in a CRM's export, by what they mean", keys=STAGES),
    ] = {}


class Role(Section, frozen=True, kw_only=True):
    """Who does what."""

    who: Annotated[Name, about("A team, a person or a role")]
    does: Annotated[Line, about("What the others can count on")]


class Definition(Section, frozen=True, kw_only=True):
    """What a word means, from a day on. A changed meaning is a further entry with its own date."""

    term: Annotated[Name, about("The word")]
    meaning: Annotated[Line, about("What both teams mean by it")]
    since: Annotated[dt.date, about("The first day on which this holds")]


class Charter(Section, frozen=True, kw_only=True):
    """What the teams agreed on once, to be looked up at any time."""

    objectives: Annotated[
        tuple[Line, ...], about("What both teams are after; goals support one of these")
    ] = ()
    roles: Annotated[tuple[Role, ...], about("Who does what")] = ()
    definitions: Annotated[
        tuple[Definition, ...], about("What the shared words mean, each from a day on")
    ] = ()


class Goals(Section, frozen=True, kw_only=True):
    """How goals are judged."""

    risk_margin: Annotated[
        Share, about("How far behind its pace a goal is still only at risk, as a share of its way")
    ] = 0.1


class Items(Section, frozen=True, kw_only=True):
    """How action items are judged."""

    carry_limit: Annotated[
        int, Meta(ge=1, le=52), about("Meetings that an overdue item is carried before a choice is asked for")
    ] = 3
    done_rate: Annotated[Share, about("Share of the promised items that should be done")] = 0.9


class Config(Section, frozen=True, kw_only=True):
    """Everything that config.yaml says, with the defaults for what it leaves out.

    `source` is the file it came from; None for the built-in defaults.
    """

    accord: Annotated[int, about("Version of this format; always the first key")] = FORMAT
    name: Annotated[Name, about("What the meeting is called")] = "Weekly sales & marketing alignment"
    store: Annotated[
        str | None,
        Meta(min_length=1, max_length=1000),
        about("Folder of the meeting files, or postgresql://...", kind="store"),
    ] = None
    series: Annotated[
        Name, about("Which series of meetings this is, where several share a PostgreSQL database")
    ] = "weekly"
    minutes: Annotated[
        str | None,
        Meta(min_length=1, max_length=1000),
        about("Folder for the minutes in Markdown", kind="path"),
    ] = None
    cadence: Annotated[Cadence, about("How often the teams meet, and on which day")] = Cadence()
    currency: Annotated[str, Meta(min_length=1, max_length=5), about("Sign or code of your currency")] = "€"
    teams: Annotated[
        dict[str, TeamConfig],
        about("The two teams: a judges the leads, b brings them", keys=("a", "b"), all_keys=True),
    ] = msgspec.field(
        default_factory=lambda: {"a": TeamConfig(name="Sales"), "b": TeamConfig(name="Marketing")}
    )
    agenda: Annotated[Name, about("The agenda that a meeting has unless another is chosen")] = "weekly"
    agendas: Annotated[dict[str, tuple[AgendaStep, ...]], about("The agendas to choose from")] = (
        msgspec.field(default_factory=lambda: {"weekly": WEEKLY, "planning": PLANNING})
    )
    leads: Annotated[Leads, about("Words and targets for leads")] = Leads()
    charter: Annotated[Charter, about("Objectives, roles and definitions; left out, there is none")] = (
        Charter()
    )
    goals: Annotated[Goals, about("How goals are judged")] = Goals()
    items: Annotated[Items, about("How action items are judged")] = Items()
    theme: Annotated[Literal["dark", "light", "high-contrast"], about("The colours of the screen")] = "dark"
    animations: Annotated[Literal["none", "basic", "full"], about("How much moves on the screen")] = "none"
    template: Annotated[
        str | None,
        Meta(min_length=1, max_length=1000),
        about("A template of your own for the minutes", kind="path"),
    ] = None
    html_template: Annotated[
        str | None,
        Meta(min_length=1, max_length=1000),
        about("A template of your own for the minutes in HTML", kind="path"),
    ] = None
    keys: Annotated[dict[str, str], about("Other keys for actions, by the action's name")] = {}
    source: Path | None = None
