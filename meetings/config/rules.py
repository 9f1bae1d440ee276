"""What has to fit together in a configuration whose single settings are right."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, TypeVar, get_args

from meetings.config.places import PASSWORD_ADVICE, has_password, is_server, resolved
from meetings.config.reader import Reader, settings
from meetings.config.schema import CORE_STEPS, Config
from meetings.config.words import listed, meant, shown

T = TypeVar("T")

CheckKeys = Callable[[dict[str, str]], list[tuple[str, str]]]
"""Given the remapped keys, the actions whose key will not do, each with a sentence."""


def check(reader: Reader, config: Config, *, confined: bool) -> None:
    """Hand the reader every problem between settings.

    `confined`: no server, and no path outside the file's folder.
    """
    _teams(reader, config)
    _agendas(reader, config)
    _lists(reader, config)
    _definitions(reader, config)
    for name, kind in _texts_of_a_kind():
        value = getattr(config, name)
        if value is not None and reader.sound(name):
            _place(reader, name, value, server=kind == "store", confined=confined)


def check_keys(
    reader: Reader, config: Config, actions: Collection[str] | None, judge: CheckKeys | None
) -> None:
    """Hand the reader every remapped key that will not do."""
    for action in config.keys:
        if actions is not None and action not in actions:
            key = f"keys.{shown(action)[1:-1]}"
            near = meant(action, sorted(actions))
            reader.problem(reader.line_of(key), key, f"is not the name of an action{near}")
    if judge is not None and reader.sound("keys"):
        for action, sentence in judge(dict(config.keys)):
            key = f"keys.{shown(action)[1:-1]}"
            reader.problem(reader.line_of(key), key, sentence)


def same(text: str) -> str:
    """Text as people compare it: without regard to case and extra spaces."""
    return " ".join(text.casefold().split())


def _teams(reader: Reader, config: Config) -> None:
    teams = config.teams
    for letter, team in teams.items():
        key = f"teams.{letter}.name"
        if same(team.name) == "both":
            reader.problem(
                reader.line_of(key),
                key,
                f"found {shown(team.name)}; that word stands for the two teams together",
            )
    if len({same(team.name) for team in teams.values()}) < len(teams):
        key = "teams.b.name" if "teams.b.name" in reader.lines else "teams.a.name"
        if reader.sound("teams.a.name") and reader.sound("teams.b.name"):
            reader.problem(
                reader.line_of(key),
                key,
                f"found {shown(teams['b'].name)}, the name of both teams; give each its own",
            )
    met: dict[str, str] = {}
    for letter, team in teams.items():
        for key, person in _entries(reader, f"teams.{letter}.people", team.people):
            first = met.setdefault(same(person), letter)
            if first != letter:
                words = f"{shown(person)} is in {shown(teams[first].name)} already; a person is in one team"
                reader.problem(reader.line_of(key), key, words)
    for letter, team in teams.items():
        _repeats(reader, f"teams.{letter}.people", team.people)


def _agendas(reader: Reader, config: Config) -> None:
    if not config.agendas and reader.sound("agendas"):
        reader.problem(reader.line_of("agendas"), "agendas", "has no agenda; at least one is needed")
    for name, steps in config.agendas.items():
        key = f"agendas.{shown(name)[1:-1]}"
        kinds = {step.kind for step in steps}
        lacking = [kind for kind in CORE_STEPS if kind not in kinds]
        if lacking and reader.sound(key):
            reader.problem(
                reader.line_of(key), key, f"lacks {listed(lacking)}; every agenda has {listed(CORE_STEPS)}"
            )
    there = config.agenda in config.agendas or f"agendas.{config.agenda}" in reader.lines
    misread = any(each.key == "agendas" for each in reader.problems)
    if config.agendas and not there and not misread and reader.sound("agenda"):
        key = "agenda" if "agenda" in reader.lines else "agendas"
        found = (
            f"found {shown(config.agenda)}" if key == "agenda" else "`agenda` is left out and means `weekly`"
        )
        near = meant(config.agenda, list(config.agendas)) if key == "agenda" else ""
        words = f"{found}, but there is no such agenda; allowed: {listed(config.agendas)}{near}"
        reader.problem(reader.line_of(key), key, words)


def _lists(reader: Reader, config: Config) -> None:
    for name in ("sources", "reject_reasons", "disqualify_reasons"):
        _repeats(reader, f"leads.{name}", getattr(config.leads, name))
    _repeats(reader, "charter.objectives", config.charter.objectives)


def _repeats(reader: Reader, key: str, words: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for place, word in _entries(reader, key, words):
        if same(word) in seen:
            reader.problem(reader.line_of(place), place, f"{shown(word)} is in the list already")
        seen.add(same(word))


def _definitions(reader: Reader, config: Config) -> None:
    seen = set()
    for key, each in _entries(reader, "charter.definitions", config.charter.definitions):
        what = (same(each.term), each.since)
        if what in seen:
            words = f"{shown(each.term)} has a meaning from {each.since} already; give this one another date"
            reader.problem(reader.line_of(key), key, words)
        seen.add(what)


def _entries(reader: Reader, key: str, values: tuple[T, ...]) -> Iterator[tuple[str, T]]:
    """The entries of a list with their keys; none when the list is the default."""
    return zip(reader.entries.get(key, ()), values, strict=False)


def _texts_of_a_kind() -> Iterator[tuple[str, str]]:
    for name, hint in settings(Config).items():
        extra: dict[str, Any] = next((meta.extra for meta in get_args(hint)[1:] if meta.extra), {})
        if extra.get("kind") in ("store", "path"):
            yield name, extra["kind"]


def _place(reader: Reader, key: str, value: str, *, server: bool, confined: bool) -> None:
    line = reader.line_of(key)
    if has_password(value):
        reader.problem(line, key, f"contains a password; {PASSWORD_ADVICE}")
    elif "://" in value and not (server and is_server(value)):
        also = ", or a server, postgresql://user@host/database" if server else ""
        reader.problem(line, key, f"found {shown(value)}; allowed: a path{also}")
    elif confined and is_server(value):
        reader.problem(line, key, _CONFINED.format("names a server"))
    elif confined and not _is_within(value, reader.file.parent):
        reader.problem(
            line, key, _CONFINED.format(f"found {shown(value)}, which is outside this file's folder")
        )


_CONFINED = (
    "{}; a configuration that is only found because it lies in the current folder may not do that: "
    "name the file with --config"
)


def _is_within(value: str, folder: Path) -> bool:
    try:
        return resolved(value, folder).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False
