"""What is wrong with a config.yaml: every problem at once, and no password in any of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.config import load_config
from meetings.errors import ConfigError, Problem
from tests.unit.config_files import CORE, Write, complaints


def test_every_problem_is_said_at_once_with_line_and_key(write: Write) -> None:
    path = write(
        f"""\
accord: 1
nmae: Monday
theme: drak
teams:
  a: {{name: Sales, people: [Sam]}}
  b: {{name: sales, people: [Priya, sam]}}
agendas:
  weekly:
    - {{step: goals, minuts: 5}}
    - leads
    - wins
    - {{step: actoins}}
  quarterly: {CORE}
agenda: quartely
items: {{carry_limit: -3}}
"""
    )
    assert [(line, key) for line, key, _ in complaints(path)] == [
        (2, "nmae"),
        (3, "theme"),
        (6, "teams.b.name"),
        (6, "teams.b.people.2"),
        (9, "agendas.weekly.1.minuts"),
        (12, "agendas.weekly.4.step"),
        (14, "agenda"),
        (15, "items.carry_limit"),
    ]
    said = " ".join(message for _, _, message in complaints(path))
    for word in ("`name`", "`dark`", "`minutes`", "`actions`", "`quarterly`"):
        assert f"did you mean {word}?" in said
    with pytest.raises(ConfigError, match=r"config.yaml:2: nmae: .* \(and 7 more\)$"):
        load_config(path)


ONE_PROBLEM = [
    # the file, the line, the key, and some of what is said
    ("accord: 1\nname: a\nname: b\n", 3, "name", "a second time; the first is in line 2"),
    ("accord: 1\nteams:\n  a: {name: A}\n  b: {name: B}\n  a: {name: C}\n", 5, "teams.a", "a second time"),
    (
        "accord: 1\nname: 12:30\n",
        2,
        "name",
        'found `12:30`, which YAML reads as a number; put it in quotes: `"12:30"`',
    ),
    (
        "accord: 1\nname: No\n",
        2,
        "name",
        'found `No`, which YAML reads as true or false; put it in quotes: `"No"`',
    ),
    ("accord: 1\nname: yes\n", 2, "name", 'put it in quotes: `"yes"`'),
    ("accord: 1\nname: 007\n", 2, "name", 'put it in quotes: `"007"`'),
    (
        "accord: 1\nname: 2026-02-30\n",
        2,
        "name",
        'which YAML reads as a date; put it in quotes: `"2026-02-30"`',
    ),
    ("accord: 1\nname: null\n", 2, "name", "put it in quotes"),
    ("accord: 1\nname:\n", 2, "name", "found nothing; allowed: text"),
    ('accord: 1\nname: "  "\n', 2, "name", "found an empty text"),
    ("accord: 1\nname: [a]\n", 2, "name", "found a list; allowed: text, up to 60 characters"),
    ("accord: 1\nname: {a: b}\n", 2, "name", "found a group of settings; allowed: text"),
    ('accord: 1\nname: "a\\e[31mb"\n', 2, "name", "control character U+001B"),
    ('accord: 1\nname: "a\\nb"\n', 2, "name", "control character U+000A"),
    ('accord: 1\nname: "a\\u202eb"\n', 2, "name", "control character U+202E"),
    (f"accord: 1\nname: {'x' * 61}\n", 2, "name", "up to 60 characters (this has 61)"),
    ("accord: 1\ncurrency: Schilling\n", 2, "currency", "up to 5 characters (this has 9)"),
    ("accord: 1\ntheme: true\n", 2, "theme", "found `true`; allowed: dark, light, high-contrast"),
    ("accord: 1\ncadence: dayly\n", 2, "cadence.every", "found `dayly`; allowed: weekly, biweekly, monthly"),
    ("accord: 1\ncadence: {day: Mondy}\n", 2, "cadence.day", "did you mean `monday`?"),
    ("accord: 1\nitems: 5\n", 2, "items", "found `5`; allowed: settings named carry_limit, done_rate"),
    (
        "accord: 1\nitems: {carry_limit: 0}\n",
        2,
        "items.carry_limit",
        "found `0`; allowed: a whole number from 1 to 52",
    ),
    (
        "accord: 1\nitems: {carry_limit: 007}\n",
        2,
        "items.carry_limit",
        "found `007`; allowed: a whole number",
    ),
    (
        "accord: 1\nitems: {carry_limit: 2.5}\n",
        2,
        "items.carry_limit",
        "found `2.5`; allowed: a whole number",
    ),
    (
        'accord: 1\nitems: {carry_limit: "3"}\n',
        2,
        "items.carry_limit",
        "found the text `3`; allowed: a whole number from 1 to 52, without quotes",
    ),
    ("accord: 1\nitems: {carry_limit: }\n", 2, "items.carry_limit", "found nothing"),
    ("accord: 1\ngoals: {risk_margin: 90}\n", 2, "goals.risk_margin", "a number from 0 to 1"),
    ("accord: 1\ngoals: {risk_margin: .nan}\n", 2, "goals.risk_margin", "found `.nan`; allowed: a number"),
    (
        "accord: 1\nleads: {sla: {follow_up_hours: 0}}\n",
        2,
        "leads.sla.follow_up_hours",
        "a number above 0, up to 720",
    ),
    ("accord: 1\ncarry_limit: 3\n", 2, "carry_limit", "it belongs under `items`"),
    ("accord: 1\n3: x\n", 2, "3", "is not a setting here"),
    ("accord: 1\n? [a]\n: b\n", 2, "", "found a list where the name of a setting is wanted"),
    ("accord: 1\nteams: {a: {name: A}}\n", 2, "teams.b", "is missing"),
    ("accord: 1\nteams: {a: {name: A}, b: {people: []}}\n", 2, "teams.b.name", "is missing"),
    (
        "accord: 1\nteams: {a: {name: A}, b: {name: B}, c: {name: C}}\n",
        2,
        "teams.c",
        "is not known here; allowed: a, b",
    ),
    ('accord: 1\nteams:\n  a: {name: ""}\n  b: {name: B}\n', 3, "teams.a.name", "found an empty text"),
    ("accord: 1\nteams:\n  a: {name: X y}\n  b: {name: x  Y}\n", 4, "teams.b.name", "the name of both teams"),
    ("accord: 1\nteams:\n  a: {name: Both}\n  b: {name: B}\n", 3, "teams.a.name", "the two teams together"),
    (
        "accord: 1\nteams:\n  a: {name: A, people: [Sam]}\n  b: {name: B, people: [7, SAM]}\n",
        4,
        "teams.b.people.1",
        "quotes",
    ),
    (
        "accord: 1\nteams:\n  a: {name: A, people: [Sam]}\n  b: {name: B, people: [7, SAM]}\n",
        4,
        "teams.b.people.2",
        "`SAM` is in `A` already",
    ),
    (
        "accord: 1\nteams:\n  a: {name: A, people: [Sam, Jo, sam]}\n  b: {name: B}\n",
        3,
        "teams.a.people.3",
        "already",
    ),
    (
        "accord: 1\nteams:\n  a: {name: A, people: Sam}\n  b: {name: B}\n",
        3,
        "teams.a.people",
        "allowed: a list",
    ),
    ("accord: 1\nagendas: {}\n", 2, "agendas", "at least one is needed"),
    ("accord: 1\nagendas: [goals]\n", 2, "agendas", "found a list; allowed: names, each with its value"),
    ("accord: 1\nagendas:\n  weekly: [goals, wins]\n", 3, "agendas.weekly", "lacks leads, actions"),
    ("accord: 1\nagendas:\n  weekly:\n", 3, "agendas.weekly", "lacks goals, leads, wins, actions"),
    (
        "accord: 1\nagendas:\n  weekly: [goals, leads, wins, actoins]\n",
        3,
        "agendas.weekly.4.step",
        "did you mean `actions`?",
    ),
    (f"accord: 1\nagendas:\n  007: {CORE}\n  weekly: {CORE}\n", 3, "agendas.007", "put it in quotes"),
    (
        f'accord: 1\nagendas:\n  "\\e": {CORE}\n  weekly: {CORE}\n',
        3,
        "agendas.\\u001b",
        "allowed: plain text",
    ),
    (
        "accord: 1\nagendas:\n  weekly:\n    - {step: goals, minutes: -5}\n",
        4,
        "agendas.weekly.1.minutes",
        "found `-5`; allowed: a whole number from 1 to 480",
    ),
    (
        "accord: 1\nagendas:\n  weekly:\n    - {step: goals, minutes: 12:30}\n",
        4,
        "agendas.weekly.1.minutes",
        "found `12:30`",
    ),
    ("accord: 1\nagendas:\n  weekly:\n    - {minutes: 5}\n", 4, "agendas.weekly.1.step", "is missing"),
    ("accord: 1\nagenda: plannin\n", 2, "agenda", "allowed: weekly, planning; did you mean `planning`?"),
    (f"accord: 1\nagendas:\n  monthly: {CORE}\n", 2, "agendas", "`agenda` is left out and means `weekly`"),
    ("accord: 1\nleads: {sources: [Event, event]}\n", 2, "leads.sources.2", "in the list already"),
    ('accord: 1\nleads: {reject_reasons: ["a, b"]}\n', 2, "leads.reject_reasons.1", "without a comma"),
    ("accord: 1\nleads: {columns: {sorce: [x]}}\n", 2, "leads.columns.sorce", "did you mean `source`?"),
    (
        "accord: 1\ncharter:\n  definitions: [{term: a, meaning: b, since: 2026-02-30}]\n",
        3,
        "charter.definitions.1.since",
        "found `2026-02-30`, which is not in the calendar",
    ),
    (
        "accord: 1\ncharter:\n  definitions: [{term: a, meaning: b, since: May}]\n",
        3,
        "charter.definitions.1.since",
        "a date such as 2026-03-09",
    ),
    (
        "accord: 1\ncharter:\n  definitions: [{term: a, meaning: b}]\n",
        3,
        "charter.definitions.1.since",
        "is missing",
    ),
    ("accord: 1\nminutes: https://example.org\n", 2, "minutes", "allowed: a path"),
    (
        "accord: 1\nstore: mysql://example.org/db\n",
        2,
        "store",
        "or a server, postgresql://user@host/database",
    ),
    ("accord: 1\nstore: ''\n", 2, "store", "found an empty text"),
    ("name: Monday\n", 1, "accord", "is missing; a configuration begins with `accord: 1`"),
    ("accord: yes\n", 1, "accord", "found `yes`"),
    ('accord: "1"\n', 1, "accord", "without quotes"),
    ("accord: 0\n", 1, "accord", "is not a version of this format"),
    (
        "# new\naccord: 2\nholograms: true\n",
        2,
        "accord",
        "found `2`, which was written for a newer Accord; allowed: 1",
    ),
    ("", 0, "", "is empty"),
    ("# nothing but a comment\n", 0, "", "is empty"),
    ("- accord\n", 1, "", "holds no settings"),
    ("accord\n", 1, "", "holds no settings"),
    ("accord: 1\nname: a\n---\naccord: 1\n", 3, "", "a second document begins here"),
    ("accord: 1\nteams:\n\ta: x\n", 3, "", "a tab cannot stand here"),
    ("accord: 1\nname: a: b\n", 2, "", "a colon cannot stand here"),
    ("accord: 1\nname: @sam\n", 2, "", "begins with `@` has to be in quotes"),
    ("accord: 1\nname: 'Monday\ntheme: dark\n", 2, "", "a quotation mark is opened here"),
    ("accord: 1\nleads: {sources: [a, b}\n", 2, "", "a bracket is opened and not closed"),
    ('accord: 1\nname: "\\q"\n', 2, "", "a backslash in double quotes"),
    ("accord: 1\nname: a\n theme: b\n", 3, "", "indentation"),
    ("accord: 1\nname: !!python/name:os.system x\n", 2, "", "a tag (!) stands here"),
    ("accord: 1\nname: &n Monday\n", 2, "", "an anchor (&) stands here"),
    ("accord: 1\nname: a\x1b[31mb\n", 2, "", "control character U+001B"),
    ("accord: 1\nname: a\x85b\n", 2, "", "control character U+0085"),
]


@pytest.mark.parametrize(("text", "line", "key", "words"), ONE_PROBLEM)
def test_one_problem(write: Write, text: str, line: int, key: str, words: str) -> None:
    found = complaints(write(text))
    at = [message for found_line, found_key, message in found if (found_line, found_key) == (line, key)]
    assert any(words in message for message in at), found
    assert len(found) == 1 or "SAM" in text, found


BOMB = """\
accord: 1
a: &a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
name: *d
"""


def test_aliases_are_refused_and_never_followed(write: Write) -> None:
    found = complaints(write(BOMB))
    assert (2, "", "an anchor (&) stands here; write the value where it is needed") in found
    assert (6, "", "an alias (*) stands here; write the value itself") in found
    assert complaints(write("accord: 1\nname: &a [*a]\n"))


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "- " * 50_000, "{a: " * 50_000, "accord: 1\nname: " + "[" * 90_000]
)
def test_deep_nesting_is_a_sentence_and_not_a_crash(write: Write, text: str) -> None:
    assert "too many levels" in complaints(write(text))[0][2]


@pytest.mark.parametrize(
    ("raw", "line", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0", 0, "is not a text file"),
        ("accord: 1\n".encode("utf-16"), 0, "is encoded as UTF-16; save it as UTF-8"),
        ("accord: 1\nname: Grüße\n".encode("cp1252"), 2, "not UTF-8"),
        (b"#" * (1024 * 1024 + 1), 0, "larger than a megabyte"),
    ],
)
def test_a_file_that_is_no_utf8_text(write: Write, raw: bytes, line: int, words: str) -> None:
    ((found_line, key, message),) = complaints(write(raw))
    assert (found_line, key) == (line, "")
    assert words in message


def test_a_folder_a_pipe_and_nothing_at_all(tmp_path: Path) -> None:
    assert complaints(tmp_path)[0][2] == "is a folder, not a file"
    os.mkfifo(tmp_path / "pipe")
    assert complaints(tmp_path / "pipe")[0][2] == "is not a file"
    with pytest.raises(ConfigError, match="There is no configuration file") as caught:
        load_config(tmp_path / "absent.yaml")
    assert "accord init" in caught.value.hint
    assert "cannot be read" in complaints(tmp_path / ("x" * 300))[0][2]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(write: Write) -> None:
    path = write("accord: 1\n")
    path.chmod(0)
    assert "cannot be read (Permission denied)" in complaints(path)[0][2]


def test_a_file_is_never_changed(write: Write) -> None:
    path = write("accord: 1\nname: [\n")
    before = path.stat()
    complaints(path)
    assert path.read_bytes() == b"accord: 1\nname: [\n"
    assert path.stat().st_mtime_ns == before.st_mtime_ns


@given(st.one_of(st.text(max_size=200), st.text("accord:1 \n-[]{}&*!|>'\"#%@,?\t", max_size=80)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
def test_any_text_is_read_or_complained_about(tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.yaml"
    path.write_text(text, "utf-8", errors="surrogatepass")
    problems: tuple[Problem, ...] | None = None
    try:
        load_config(path)
    except ConfigError as error:
        problems = error.problems
    assert problems is None or all(problem.message for problem in problems)
    assert problems != ()


# -- passwords ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        "postgresql://sam:hunter2@host/db",
        "POSTGRES://sam:hunter2@host/db",
        "postgresql://sam:hun/ter2@host/db",
        "postgresql://sam:hun#hunter2@host/db",
        "postgresql://sam:4?hunter2@host/db",
        "postgresql://sam:a@hunter2@host/db",
        "postgresql://host/db?user=sam&password=hunter2",
        "host=db user=sam password=hunter2",
    ],
)
def test_a_password_is_refused_and_never_shown(write: Write, value: str) -> None:
    found = complaints(
        write(f'accord: 1\nstore: "{value}"\nstroe: x\nminutes: "{value}"\ntheme: "{value}"\n')
    )
    assert (2, "store") in [(line, key) for line, key, _ in found]
    advice = next(message for _, key, message in found if key == "store")
    assert "contains a password" in advice
    assert "PGPASSWORD" in advice
    assert "password file" in advice
    assert not any("hunter2" in str(each) for each in found)


def test_a_password_is_not_shown_when_it_stands_where_it_should_not(write: Write) -> None:
    for text in (
        "accord: 1\npostgresql://sam:hunter2@host/db: x\n",
        'accord: 1\nname: a: "postgresql://sam:hunter2@host/db"\n',
        "accord: 1\nkeys: {a: [postgresql://sam:hunter2@host/db]}\n",
        "accord: 1\nagenda: postgresql://sam:hunter2@host/db\n",
    ):
        assert "hunter2" not in str(complaints(write(text)))
