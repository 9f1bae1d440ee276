"""Who and what a word of an option means: the people and teams of this setting."""

from __future__ import annotations

from collections.abc import Iterable

from meetings.cli.parser import shown
from meetings.cli.setting import Setting
from meetings.errors import UsageError
from meetings.flow.item_filter import Names


def names_of(setting: Setting, owners: Iterable[str] = ()) -> Names:
    """The people of the configuration and those who own something, and what the teams are called."""
    teams = setting.config.teams
    people = {name for team in teams.values() for name in team.people}
    return Names(tuple(sorted({*owners, *people})), {letter: team.name for letter, team in teams.items()})


def no_team(word: str, names: Names) -> UsageError:
    """What is wrong with a word that means no team."""
    teams = ", ".join(names.teams.values())
    return UsageError(f"There is no team “{shown(word)}”; the teams are {teams} and both.")
