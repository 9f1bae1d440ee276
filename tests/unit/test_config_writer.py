"""The commented config.yaml that is written for a person."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from meetings.config import (
    commented_config,
    default_config,
    find_config,
    load_config,
    minutes_folder,
    store_folder,
)
from meetings.config.writer import Answers
from meetings.errors import ConfigError, UsageError
from meetings.paths import Paths
from meetings.text import clean
from tests.unit.config_files import ROOT, Write


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
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
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
