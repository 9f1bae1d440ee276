"""Lines from real meeting notes (tests/data/real_lines.yaml), typed into a meeting; the page with its minutes."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path

import yaml
from msgspec.structs import replace

from meetings.config import Config, TeamConfig, default_config
from meetings.exchange import minutes
from meetings.exchange.gfm import inline
from meetings.meeting import Meeting
from meetings.model import ActionItem, ComingUp, Decision, Feedback, Goal, Person, Problem, Record, Win
from meetings.paths import Paths
from meetings.quickadd import Context, escape, parse
from meetings.session import Session
from meetings.workspace import Workspace

FILE = Path(__file__).parent / "data" / "real_lines.yaml"

KINDS: dict[str, type[Record]] = {
    "action": ActionItem,
    "goal": Goal,
    "feedback": Feedback,
    "win": Win,
    "problem": Problem,
    "decision": Decision,
    "coming_up": ComingUp,
}

TEAMS = {"a": ("Node", ("mdawson", "Allan")), "b": ("Docs", ("rvagg", "小泉"))}
"""Both teams and who is in them: with these people, `@mdawson` and `@rvagg` are tokens."""

NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
PACE = dt.timedelta(seconds=20)
"""How long the typing of a line takes."""


@dataclass(frozen=True)
class RealLine:
    """A line, where it was written, under which licence, and what it becomes."""

    line: str
    source: str
    licence: str
    kind: type[Record]


def real_lines() -> list[RealLine]:
    """All of them, in the order of the file."""
    rows = yaml.safe_load(FILE.read_text("utf-8"))
    return [RealLine(row["line"], row["source"], row["licence"], KINDS[row["kind"]]) for row in rows]


def config() -> Config:
    """The defaults with our teams, everything stored where `ACCORD_HOME` says."""
    teams = {side: TeamConfig(name=name, people=people) for side, (name, people) in TEAMS.items()}
    return replace(default_config(), name="A meeting of real lines", teams=teams)


def typed(row: RealLine, context: Context) -> str:
    """What is typed into quick add for that line: the line, escaped where a word of it would be a token."""
    return escape(row.line) if parse(row.line, row.kind, context).understood else row.line


class Watch:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.moment = NOON

    def __call__(self) -> dt.datetime:
        return self.moment


def reads_as_written(row: RealLine, parts: list[str]) -> bool:
    """Whether the line stands in rendered minutes as it was written, given the texts between their tags.

    A goal has a cell of its own; a bullet goes on with what is known of the record: in brackets, or on a new line.
    """
    line = " ".join(row.line.split())
    ends = {Goal: ("",), Decision: ("\n",), Feedback: ("\n",), ComingUp: (" (both teams)",)}.get(
        row.kind, (" (",)
    )
    if ends == ("",):
        return parts.count(line) == 1
    return sum(part.startswith(line + end) for part in parts for end in ends) == 1


def context_of(meeting: Meeting) -> Context:
    """Who and what quick add knows in that meeting."""
    people = tuple((person.name, person.team) for person in meeting.people.values())
    return Context(people, meeting.head.team_names, meeting.head.date)


def held(folder: Path) -> str:
    """The minutes of a meeting in which each line was typed at a steady pace. The same in every run."""
    watch = Watch()
    paths = Paths(folder / "config", folder / "data", folder / "state", folder / "cache")
    workspace = Workspace.open(config(), paths, background=False, now=watch, today=lambda: watch().date())
    session = workspace.start(workspace.session())
    for person in session.meeting.people.values():
        session.change(person.uid, present=True)
    for step, kinds in STEPS.items():
        session.go_to(step)
        for row in real_lines():
            if row.kind in kinds:
                watch.moment += PACE
                _add(session, row)
    watch.moment += PACE
    workspace.close(session)
    return minutes.render(workspace.store.read(1))


STEPS: dict[str, tuple[type[Record], ...]] = {
    "checkin": (Person, ComingUp),
    "goals": (Goal,),
    "leads": (Feedback,),
    "wins": (Win,),
    "actions": (Problem, Decision, ActionItem),
}
"""What is typed at which step."""


def _add(session: Session, row: RealLine) -> None:
    """What Enter does in quick add, with an identifier that is the same in every run."""
    context = context_of(session.meeting)
    draft = parse(typed(row, context), row.kind, context)
    session.add(row.kind(uid=str(uuid.uuid5(uuid.NAMESPACE_URL, row.line)), **draft.fields))


def real_lines_page() -> str:
    """docs/real-lines.md."""
    with tempfile.TemporaryDirectory() as folder:
        text = held(Path(folder))
    files: dict[tuple[str, str], int] = {}
    for row in real_lines():
        files[row.source, row.licence] = files.get((row.source, row.licence), 0) + 1
    rows = [
        f"| {inline(source)} | {licence} | {count} |" for (source, licence), count in sorted(files.items())
    ]
    return "\n".join(
        [
            "# Lines from real meetings",
            "",
            "People put links, code, brackets, handles and several languages into one line. Below are minutes of a",
            "meeting whose lines come from public notes of others' meetings; each was typed into quick add as it was",
            "written, with a backslash before the handles of people who take part, and reads here as it did there.",
            "",
            "## Where the lines come from",
            "",
            "| source | licence | lines |",
            "|---|---|---|",
            *rows,
            "",
            re.sub(r"^#", "##", text.rstrip("\n"), flags=re.MULTILINE),
            "",
        ]
    )
