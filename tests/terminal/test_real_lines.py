"""Lines that people really wrote, typed into quick add in a real terminal, and read back from the minutes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from meetings.config import commented_config, load_config
from meetings.config.writer import Answers
from meetings.model import ActionItem, ComingUp, Decision, Feedback, Goal, Problem, Record, Win, words
from meetings.paths import Paths
from meetings.store.files import FileStore
from meetings.workspace import Workspace
from tests.real_lines import TEAMS, context_of, reads_as_written, real_lines, typed
from tests.terminal.driver import Terminal, environment
from tests.unit.markdown_readers import READERS, seen

STEPS: tuple[tuple[str, tuple[tuple[type[Record], tuple[str, ...]], ...]], ...] = (
    ("mdawson", ((ComingUp, ("Tab", "a")),)),
    ("No goals yet", ((Goal, ("a",)),)),
    ("Nothing from Node yet", ((Feedback, ("f",)),)),
    ("No wins yet", ((Win, ("w",)),)),
    ("No promises yet", ((Problem, ("p",)), (Decision, ("d",)), (ActionItem, ("t",)))),
)
"""What an empty step says, what is typed there, and the keys that open quick add for it."""


def prepared(home: Path) -> FileStore:
    """A configuration with both teams and a store with the first meeting planned, where `accord` finds them."""
    folder = home / "accord"
    paths = Paths(folder / "config", folder / "data", folder / "state", folder / "cache")
    (name_a, people_a), (name_b, people_b) = TEAMS.values()
    answers = Answers(team_a=name_a, team_b=name_b, people_a=people_a, people_b=people_b)
    paths.config.mkdir(parents=True)
    (paths.config / "config.yaml").write_text(commented_config(answers), "utf-8")
    workspace = Workspace.open(load_config(paths.config / "config.yaml"), paths, background=False)
    workspace.session()
    assert isinstance(workspace.store, FileStore)
    return workspace.store


def add(app: Terminal, keys: tuple[str, ...], lines: list[str], shown: list[str]) -> None:
    """Open quick add, type each line and see it added, end quick add."""
    app.press(*keys)
    app.wait_for("Enter adds")
    for line, text in zip(lines, shown, strict=True):
        app.type(line)
        app.press("Enter")
        start = "“" + text[:6].rstrip()  # what follows may stand on the next line
        app.wait_for(lambda now, start=start: "Added:" in now and start in now)
    app.press("Esc")
    app.wait_for(lambda now: "Enter adds" not in now)


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["120x36", "80x24"])
def test_a_meeting_of_real_lines(tmp_path: Path, size: tuple[int, int]) -> None:
    store = prepared(tmp_path)
    rows = real_lines()
    with Terminal(tmp_path, size=size) as app:
        app.wait_for("Start")
        app.press("Enter")
        app.wait_for("▶ Check-in")
        context = context_of(store.read(1))
        for step, kinds in STEPS:
            app.wait_for(step)
            for kind, keys in kinds:
                here = [row for row in rows if row.kind is kind]
                add(app, keys, [typed(row, context) for row in here], [row.line for row in here])
            app.press("n")
        app.saved()
        app.press("C")
        app.wait_for("Close this meeting?")
        app.press("Enter")
        app.wait_for("is planned")
        app.press("q")
        assert app.leave() == 0

    meeting = store.read(1)
    kept = [words(record) for table, record in meeting.content() if table != "people"]
    assert sorted(kept) == sorted(row.line for row in rows)
    assert [person.name for person in meeting.people.values()] == [*TEAMS["a"][1], *TEAMS["b"][1]]

    printed = subprocess.run(
        [sys.executable, "-m", "tui", "minutes"],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    for reader in READERS:
        parts = seen(reader(printed))
        assert [row.line for row in rows if not reads_as_written(row, parts)] == []
