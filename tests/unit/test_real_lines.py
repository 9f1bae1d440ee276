"""Lines that people really wrote, in a meeting and back out of its minutes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from meetings.kinds import Team
from meetings.quickadd import Context, parse
from tests.real_lines import (
    KINDS,
    NOON,
    TEAMS,
    RealLine,
    held,
    reads_as_written,
    real_lines,
    real_lines_page,
    typed,
)
from tests.unit.markdown_readers import READERS, seen

LINES = real_lines()
PEOPLE = tuple((name, Team(side)) for side, (_, names) in TEAMS.items() for name in names)
HERE = Context(PEOPLE, {side: name for side, (name, _) in TEAMS.items()}, NOON.date())


@pytest.fixture(scope="module")
def minutes(tmp_path_factory: pytest.TempPathFactory) -> str:
    return held(tmp_path_factory.mktemp("accord"))


@pytest.mark.parametrize("reader", READERS)
def test_every_line_reads_as_it_was_written(minutes: str, reader: Callable[[str], str]) -> None:
    parts = seen(reader(minutes))
    assert [row.line for row in LINES if not reads_as_written(row, parts)] == []


@pytest.mark.parametrize("row", LINES, ids=lambda row: row.line[:30])
def test_what_is_typed_stays_text(row: RealLine) -> None:
    draft = parse(typed(row, HERE), row.kind, HERE)
    assert next(iter(draft.fields.values())) == row.line
    assert draft.understood == ()
    assert not draft.error


def test_handles_of_people_who_take_part_are_typed_with_a_backslash() -> None:
    escaped = [row.line for row in LINES if typed(row, HERE) != row.line]
    assert len(escaped) == 2
    assert all("@mdawson" in line or "@rvagg" in line for line in escaped)


def test_the_lines_are_of_every_kind_and_of_many_signs() -> None:
    text = "".join(row.line for row in LINES)
    assert {row.kind for row in LINES} == set(KINDS.values())
    for sign in (
        "[",
        "](https://",
        "|",
        "`",
        "**",
        "~~",
        "'",
        " #1",
        "@",
        "C#",
        "🔬",
        "（",
        "「",
        "ス",
        "会议",
    ):
        assert sign in text, sign
    assert all(row.source.count(": ") == 1 and row.licence for row in LINES)


def test_the_page_is_the_same_in_every_run() -> None:
    assert real_lines_page() == real_lines_page()


@pytest.mark.parametrize("reader", READERS)
def test_the_page_holds_the_minutes_in_a_section(reader: Callable[[str], str]) -> None:
    parts = seen(reader(real_lines_page()))
    assert parts.count("<h1>") == 1
    assert [row.line for row in LINES if not reads_as_written(row, parts)] == []
