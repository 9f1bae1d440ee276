"""config.yaml: the defaults, and everything that it can say."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import msgspec

from meetings.config import Config, default_config, find_config, load_config
from tests.unit.config_files import ROOT, Write, complaints


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
