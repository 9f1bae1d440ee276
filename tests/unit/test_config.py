from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from meetings.config import (
    Config,
    commented_config,
    default_config,
    find_config,
    load_config,
    minutes_folder,
    open_config,
    store_folder,
    store_location,
    template_file,
)
from meetings.config.writer import Answers
from meetings.errors import ConfigError, Problem, UsageError
from meetings.paths import Paths
from meetings.text import clean

ROOT = Path(__file__).parents[2]
CORE = "[goals, leads, wins, actions]"

Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_it(text: str | bytes) -> Path:
        path = tmp_path / "config.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write_it


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "c", tmp_path / "d", tmp_path / "s", tmp_path / "x")


def complaints(path: Path, **how: object) -> list[tuple[int, str, str]]:
    with pytest.raises(ConfigError) as caught:
        load_config(path, **how)  # type: ignore[arg-type]
    assert all(problem.file == path for problem in caught.value.problems)
    assert "\n" not in str(caught.value)
    return [(problem.line, problem.key, problem.message) for problem in caught.value.problems]


# -- the defaults ------------------------------------------------------------------------------


def test_the_shipped_file_says_what_the_declarations_say() -> None:
    shipped = default_config()
    assert shipped == msgspec.structs.replace(Config(), charter=shipped.charter)
    assert shipped.source is None
    assert Config().charter.objectives == ()
    assert shipped.charter.definitions[0].term == "MQL"


def test_the_shipped_file_loads_like_any_other() -> None:
    config = load_config(ROOT / "config.yaml")
    assert msgspec.structs.replace(config, source=None) == default_config()


def test_the_weekly_agenda_is_the_sixty_minutes_of_the_product() -> None:
    steps = default_config().agendas["weekly"]
    assert [(step.id, step.title, step.minutes) for step in steps] == [
        ("checkin", "Check-in", 5),
        ("goals", "Goal review", 10),
        ("leads", "Lead feedback", 15),
        ("wins", "Wins", 5),
        ("actions", "Action items", 20),
        ("wrapup", "Wrap-up", 5),
    ]
    assert sum(step.minutes for step in default_config().agendas["planning"]) == 120


def test_the_shortest_file_is_the_defaults(write: Write) -> None:
    path = write("accord: 1\n")
    assert load_config(path) == msgspec.structs.replace(Config(), source=path)


def test_yaml_is_not_imported_until_a_file_is_read() -> None:
    code = (
        "import sys, meetings.config as c; assert 'yaml' not in sys.modules;"
        "c.default_config(); assert 'yaml' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


# -- what can be said ----------------------------------------------------------------------------


def test_everything_can_be_set(write: Write) -> None:
    path = write(
        """\
accord: 1
name: Monday
store: postgresql://sam@db.example:5432/accord
minutes: ~/notes
cadence: {every: monthly, day: friday}
currency: CHF
teams:
  a: {name: Vertrieb, people: [Sam, "No"]}
  b: {name: "12:30", people: []}
agenda: short
agendas:
  short:
    - leads
    - {step: goals, title: Ziele, minutes: 7, prompt: "Wie weit?"}
    - step: wins
    - actions
    - leads
leads:
  sources: [Messe]
  reject_reasons: [falsch]
  disqualify_reasons: [zu teuer]
  sla: {acceptance_rate: 0.8, follow_up_hours: 4.5, follow_up_rate: 1}
  columns: {source: [Herkunft]}
charter:
  objectives: [Mehr]
  roles: [{who: Alle, does: Alles}]
  definitions: [{term: MQL, meaning: ja, since: 2026-03-01}, {term: MQL, meaning: warm, since: "2026-01-01"}]
goals: {risk_margin: 0.2}
items: {carry_limit: 2, done_rate: 0.5}
theme: light
animations: full
template: my.md.j2
keys: {next_step: right}
"""
    )
    config = load_config(path)
    assert config.source == path
    assert config.cadence.every == "monthly"
    assert config.cadence.day == "friday"
    assert config.teams["a"].people == ("Sam", "No")
    assert config.teams["b"].name == "12:30"
    assert [step.id for step in config.agendas["short"]] == ["leads", "goals", "wins", "actions", "leads-2"]
    goals = config.agendas["short"][1]
    assert (goals.kind, goals.title, goals.minutes, goals.prompt) == ("goals", "Ziele", 7, "Wie weit?")
    assert config.agendas["short"][0].title == "Lead feedback"
    assert config.leads.sla.follow_up_hours == 4.5
    assert config.leads.sla.follow_up_rate == 1.0
    assert config.leads.columns == {"source": ("Herkunft",)}
    assert config.charter.roles[0].does == "Alles"
    assert [each.since for each in config.charter.definitions] == [dt.date(2026, 3, 1), dt.date(2026, 1, 1)]
    assert config.goals.risk_margin == 0.2
    assert config.items.carry_limit == 2
    assert config.keys == {"next_step": "right"}
    assert (config.theme, config.animations, config.currency) == ("light", "full", "CHF")


def test_a_cadence_can_be_one_word(write: Write) -> None:
    assert load_config(write("accord: 1\ncadence: biweekly\n")).cadence.every == "biweekly"


def test_what_is_left_empty_is_as_left_out(write: Write) -> None:
    text = "accord: 1\nstore:\nteams:\nagendas:\nleads:\n  sources:\ncharter:\n  # none yet\nkeys:\n"
    path = write(text)
    assert load_config(path) == msgspec.structs.replace(Config(), source=path)


def test_a_byte_order_mark_and_windows_line_ends_are_fine(write: Write) -> None:
    path = write(b"\xef\xbb\xbfaccord: 1\r\nname: Gr\xc3\xbc\xc3\x9fe\r\n")
    assert load_config(path).name == "Grüße"
    assert find_config(None, {}, path.parent, path.parent / "none") == path


def test_blanks_around_a_name_do_not_count(write: Write) -> None:
    assert load_config(write('accord: 1\nname: "  Monday "\n')).name == "Monday"


# -- every problem at once -------------------------------------------------------------------------


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
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
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


# -- where the file is found ---------------------------------------------------------------------


def test_the_order_of_search(tmp_path: Path) -> None:
    cwd, user = tmp_path / "cwd", tmp_path / "user"
    cwd.mkdir()
    user.mkdir()
    assert find_config(None, {}, cwd, user) is None
    (user / "config.yaml").write_text("accord: 1\n")
    assert find_config(None, {}, cwd, user) == user / "config.yaml"
    (cwd / "config.yaml").write_text("accord: 1\n")
    assert find_config(None, {}, cwd, user) == cwd / "config.yaml"
    named = {"ACCORD_CONFIG": str(tmp_path / "env.yaml")}
    assert find_config(None, named, cwd, user) == tmp_path / "env.yaml"
    assert find_config(None, {"ACCORD_CONFIG": ""}, cwd, user) == cwd / "config.yaml"
    assert find_config(Path("sub/x.yaml"), named, cwd, user) == cwd / "sub" / "x.yaml"


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("accord: 1\n", True),
        ("\n# hello\n---\naccord: 1   # the format\nname: x\n", True),
        ('"accord": 1', True),
        ("accord: 2\n", False),
        ("accord: 10\n", False),
        ("accord:1\n", False),
        ("name: x\naccord: 1\n", False),
        ("services:\n  accord: 1\n", False),
        ("", False),
        ("\x00\x01", False),
    ],
)
def test_a_config_yaml_in_the_current_folder_has_to_begin_like_ours(
    tmp_path: Path, text: str, ours: bool
) -> None:
    (tmp_path / "config.yaml").write_text(text)
    assert (find_config(None, {}, tmp_path, tmp_path / "user") is not None) is ours


def test_a_folder_of_that_name_in_the_current_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").mkdir()
    assert find_config(None, {}, tmp_path, tmp_path / "user") is None


# -- a file that only lies there -------------------------------------------------------------------


@pytest.fixture
def visit(tmp_path: Path) -> Callable[..., Config]:
    """Opens with the configuration `text` in the current folder."""
    here = tmp_path / "here"
    here.mkdir()
    (tmp_path / "outside").mkdir()

    def open_it(text: str, explicit: Path | None = None, user: Path = tmp_path / "user") -> Config:
        (here / "config.yaml").write_text(text)
        return open_config(explicit, {}, here, user)

    return open_it


@pytest.mark.parametrize(
    "setting",
    [
        "store: postgresql://sam@host/db",
        "store: ../outside",
        "store: store/../../outside",
        "store: /somewhere/else",
        "store: ~/store",
        "store: link",
        "store: link/deeper",
        "minutes: ../outside",
        "minutes: link",
        "template: ../outside/t.j2",
        "template: link/t.j2",
    ],
)
def test_a_file_found_in_the_current_folder_may_not_lead_out_of_it(
    visit: Callable[..., Config], tmp_path: Path, setting: str
) -> None:
    (tmp_path / "here" / "link").symlink_to(tmp_path / "outside")
    with pytest.raises(ConfigError, match="only found because it lies in the current folder") as caught:
        visit(f"accord: 1\n{setting}\n")
    assert [problem.line for problem in caught.value.problems] == [2]
    # the same file is trusted when a person names it, or when it is the user's own
    named = visit(f"accord: 1\n{setting}\n", explicit=tmp_path / "here" / "config.yaml")
    assert named == visit(f"accord: 1\n{setting}\n", user=tmp_path / "here")


def test_a_file_found_in_the_current_folder_may_name_what_is_in_it(
    visit: Callable[..., Config], tmp_path: Path, paths: Paths
) -> None:
    config = visit("accord: 1\nstore: store\nminutes: ./a/../b\ntemplate: t.j2\n")
    assert store_location(config, paths) == tmp_path / "here" / "store"
    assert minutes_folder(config, paths).resolve() == tmp_path / "here" / "b"
    assert template_file(config) == tmp_path / "here" / "t.j2"


def test_a_linked_current_folder_is_still_the_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "config.yaml").write_text("accord: 1\nstore: store\n")
    (tmp_path / "way").symlink_to(tmp_path / "real")
    assert open_config(None, {}, tmp_path / "way", tmp_path / "user").store == "store"


def test_no_file_at_all_means_the_defaults_in_the_users_folders(tmp_path: Path, paths: Paths) -> None:
    config = open_config(None, {}, tmp_path, tmp_path / "user")
    assert config == default_config()
    assert store_location(config, paths) == store_folder(config, paths) == paths.data / "store"
    assert minutes_folder(config, paths) == paths.data / "minutes"
    assert template_file(config) is None


def test_a_server_is_an_address_and_no_folder(write: Write, paths: Paths) -> None:
    config = load_config(write("accord: 1\nstore: postgresql://sam@host/db\n"))
    assert store_location(config, paths) == "postgresql://sam@host/db"
    with pytest.raises(UsageError, match="names a server"):
        store_folder(config, paths)


def test_paths_do_not_move_with_the_current_folder(
    write: Write, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("accord: 1\nstore: store\n")
    monkeypatch.chdir(tmp_path)
    config = load_config(Path("config.yaml"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert store_location(config, paths) == tmp_path / "store"


# -- keys --------------------------------------------------------------------------------------------


def test_remapped_keys_are_judged_by_whoever_knows_them(write: Write) -> None:
    path = write("accord: 1\nkeys:\n  next_step: right\n  undo: right\n")

    def judge(keys: dict[str, str]) -> list[tuple[str, str]]:
        assert keys == {"next_step": "right", "undo": "right"}
        return [("undo", "has the key of next_step")]

    assert complaints(path, check_keys=judge) == [(4, "keys.undo", "has the key of next_step")]
    assert load_config(path).keys["undo"] == "right"


def test_an_unknown_action_is_named(write: Write) -> None:
    path = write("accord: 1\nkeys:\n  next_stp: right\n  1: x\n  undo: no\n")
    found = complaints(path, actions={"next_step", "undo"})
    assert (3, "keys.next_stp", "is not the name of an action; did you mean `next_step`?") in found
    assert [line for line, _, _ in found] == [3, 4, 4, 5]


# -- a file for a person -----------------------------------------------------------------------------


def test_set_up_writes_the_answers_and_keeps_the_comments(write: Write, paths: Paths, tmp_path: Path) -> None:
    answers = Answers(
        team_a="Vertrieb",
        team_b="Growth #1",
        people_a=("Sam", "Priya O'Neil"),
        people_b=("No",),
        day="thursday",
        every="biweekly",
        folders=True,
    )
    text = commented_config(answers)
    config = load_config(write(text))
    assert (config.teams["a"].name, config.teams["b"].name) == ("Vertrieb", "Growth #1")
    assert config.teams["a"].people == ("Sam", "Priya O'Neil")
    assert config.teams["b"].people == ("No",)
    assert (config.cadence.day, config.cadence.every) == ("thursday", "biweekly")
    assert store_folder(config, paths) == tmp_path / "store"
    assert minutes_folder(config, paths) == tmp_path / "minutes"
    assert [role.who for role in config.charter.roles] == ["Facilitator", "Vertrieb", "Growth #1"]
    comments = re.compile(r"(?m)(?:^|\s)#.*$")
    shipped = {match.strip() for match in comments.findall((ROOT / "config.yaml").read_text("utf-8"))}
    assert shipped - {match.strip() for match in comments.findall(text)} == {
        "# store: store",
        "# minutes: minutes",
    }


def test_default_answers_are_the_shipped_file() -> None:
    assert commented_config(Answers()) == (ROOT / "config.yaml").read_text("utf-8")


def test_an_answer_that_cannot_be_a_setting_is_named() -> None:
    with pytest.raises(ConfigError) as caught:
        commented_config(Answers(team_a=" ", team_b="B", people_b=("Jo", "jo"), day="someday"))
    keys = [problem.key for problem in caught.value.problems]
    assert keys == ["cadence.day", "teams.a.name", "teams.b.people.2"]
    with pytest.raises(UsageError):
        commented_config(Answers(team_a="\ud800"))


HOSTILE = st.one_of(
    st.text(min_size=1, max_size=60),
    st.text("'\":#{}[]&*!|>%@`,-? \\~\u2066é🎉\u200d\ufe0f\ufffe", min_size=1, max_size=20),
    st.sampled_from(
        [
            "No",
            "yes",
            "null",
            "~",
            "12:30",
            "007",
            "2026-02-30",
            " a",
            "- a",
            "a: b",
            "a #b",
            "👩‍💻",
            "=",
            "<<",
        ]
    ),
).filter(lambda name: name.isprintable() or not re.search(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", name))


@given(
    names=st.lists(HOSTILE, min_size=2, max_size=6, unique_by=lambda name: " ".join(name.casefold().split()))
)
@example(names=["No", "a: b # c", "👩‍💻", '"', "\\", " x "])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_hostile_names_come_back_as_typed(tmp_path: Path, names: list[str]) -> None:
    answers = Answers(
        team_a=names[0], team_b=names[1], people_a=tuple(names[2:4]), people_b=tuple(names[4:]), folders=True
    )
    strange = any(clean(f"|{name}|") != f"|{name}|" or not clean(name) for name in names)
    strange = strange or any(name.strip().casefold() == "both" for name in names[:2])
    try:
        text = commented_config(answers)
    except ConfigError:
        assert strange
        return
    assert not strange
    path = tmp_path / "hostile.yaml"
    path.write_text(text, "utf-8", newline="")
    config = load_config(path)
    expected = default_config()
    assert config.teams["a"].name == names[0].strip()
    assert config.teams["b"].name == names[1].strip()
    assert config.teams["a"].people == tuple(name.strip() for name in names[2:4])
    assert config.teams["b"].people == tuple(name.strip() for name in names[4:])
    assert (config.agendas, config.leads) == (expected.agendas, expected.leads)


def test_the_file_that_comes_with_accord_is_nobodys_configuration(tmp_path: Path) -> None:
    here = tmp_path / "checkout"
    here.mkdir()
    shipped = (ROOT / "config.yaml").read_text("utf-8")
    (here / "config.yaml").write_text(shipped, "utf-8")
    assert find_config(None, {}, here, tmp_path / "user") is None
    (here / "config.yaml").write_text(shipped.replace("name: Sales", "name: Field sales"), "utf-8")
    assert find_config(None, {}, here, tmp_path / "user") == here / "config.yaml"
