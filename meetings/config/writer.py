"""The text of a commented config.yaml with a person's answers in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from meetings.config.loading import read, shipped
from meetings.config.tree import STRANGE, Node, parse
from meetings.errors import UsageError

_WORDS = re.compile(r"[^\W\d_]+( [^\W\d_]+)*")
_TAKEN = frozenset(("y", "n", "yes", "no", "true", "false", "on", "off", "null"))


@dataclass(frozen=True)
class Answers:
    """What set-up asks for. `folders`: keep meetings and minutes in folders beside the file."""

    team_a: str = "Sales"
    team_b: str = "Marketing"
    people_a: tuple[str, ...] = ()
    people_b: tuple[str, ...] = ()
    day: str = "monday"
    every: str = "weekly"
    folders: bool = False


def write(answers: Answers) -> str:
    """See meetings.config.commented_config."""
    _must_be_text(answers)
    text, before = shipped()
    root, _ = parse(text)
    assert root is not None
    names = {before.teams["a"].name: answers.team_a, before.teams["b"].name: answers.team_b}
    changes = [
        (_at(root, "teams", "a", "name"), quoted(answers.team_a)),
        (_at(root, "teams", "a", "people"), _row(answers.people_a)),
        (_at(root, "teams", "b", "name"), quoted(answers.team_b)),
        (_at(root, "teams", "b", "people"), _row(answers.people_b)),
        (_at(root, "cadence", "day"), quoted(answers.day)),
        (_at(root, "cadence", "every"), quoted(answers.every)),
    ]
    for role in _at(root, "charter", "roles").items:
        who = _at(role, "who")
        if names.get(who.text, "").strip():
            changes.append((who, quoted(names[who.text])))
    lines = text.splitlines()
    for node, words in sorted(changes, key=lambda change: change[0].start, reverse=True):
        row = lines[node.start[0]]
        lines[node.start[0]] = row[: node.start[1]] + words + row[node.end[1] :]
    if answers.folders:
        lines = [line[2:] if line in ("# store: store", "# minutes: minutes") else line for line in lines]
    made = "\n".join(lines) + "\n"
    read(made, Path("config.yaml"))
    return made


def quoted(text: str) -> str:
    """Text as a YAML scalar on one line: plain where that is safe, else in double quotes."""
    if _WORDS.fullmatch(text) and text.lower() not in _TAKEN and not STRANGE.search(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    escaped = escaped.replace("\n", "\\n").replace("\r", "\\r")
    return '"' + STRANGE.sub(_escape, escaped) + '"'


def _escape(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign[0]):04x}" if ord(sign[0]) <= 0xFFFF else f"\\U{ord(sign[0]):08x}"


def _row(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(quoted(text) for text in texts)}]"


def _at(node: Node, *names: str) -> Node:
    """The node under these names; the shipped file has it."""
    for name in names:
        node = next(value for key, value in node.pairs if key.text == name)
    return node


def _must_be_text(answers: Answers) -> None:
    try:
        for text in (answers.team_a, answers.team_b, *answers.people_a, *answers.people_b):
            text.encode()
    except UnicodeEncodeError:
        raise UsageError("A name contains a broken character.", "Type it again.") from None
