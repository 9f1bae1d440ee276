"""What the first launch makes of its answers: a config.yaml, or settings that hold until Accord ends."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from meetings.config import Cadence, Config, TeamConfig, default_config, load_config
from meetings.config.writer import Answers
from tui.keys import ACTIONS
from tui.keys.checking import check_keys


def people(typed: str) -> tuple[str, ...]:
    """The names in a line with commas (or semicolons) between them, each once."""
    names: Iterable[str] = (part.strip() for part in typed.replace(";", ",").split(","))
    found: dict[str, str] = {}
    for name in names:
        if name:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())


def written(path: Path, words: str) -> str:
    """Write the first config.yaml. Returns one sentence when that could not be done; what is there stays."""
    if path.exists():
        return f"{path} is there already and was left as it is; these answers hold until Accord ends."
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(words)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        return f"{path} cannot be written ({reason}); these answers hold until Accord ends."
    return ""


def loaded(path: Path) -> Config:
    """That file, as a later launch will read it. Raises ConfigError."""
    return load_config(path, actions=set(ACTIONS), check_keys=check_keys)


def held(answers: Answers) -> Config:
    """The usual configuration with those answers, for when they cannot be kept in a file."""
    teams = {
        "a": TeamConfig(name=answers.team_a, people=answers.people_a),
        "b": TeamConfig(name=answers.team_b, people=answers.people_b),
    }
    cadence = {"every": answers.every, "day": answers.day}
    return replace(default_config(), teams=teams, cadence=Cadence(**cadence))  # type: ignore[arg-type]
