"""The configuration: found, read strictly, and written for a person once.

    schema    what config.yaml can say, and the defaults
    places    where it is found, and the folders it names
    loading   file to Config, through tree (YAML), reader (settings) and rules (what has to fit together)
    writer    the text of a commented config.yaml

The YAML library is only loaded when a file is read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from meetings.config.places import (
    find_config,
    minutes_folder,
    only_lies_here,
    store_folder,
    store_location,
    template_file,
    template_files,
)
from meetings.config.schema import (
    COLUMNS,
    CORE_STEPS,
    FORMAT,
    Cadence,
    Charter,
    Config,
    Definition,
    Goals,
    Items,
    Leads,
    Role,
    Sla,
    TeamConfig,
)

if TYPE_CHECKING:
    from meetings.config.writer import Answers

__all__ = [
    "COLUMNS",
    "CORE_STEPS",
    "FORMAT",
    "Cadence",
    "Charter",
    "Config",
    "Definition",
    "Goals",
    "Items",
    "Leads",
    "Role",
    "Sla",
    "TeamConfig",
    "commented_config",
    "default_config",
    "find_config",
    "load_config",
    "minutes_folder",
    "only_lies_here",
    "open_config",
    "store_folder",
    "store_location",
    "template_file",
    "template_files",
]


def load_config(
    path: Path,
    *,
    actions: Collection[str] | None = None,
    check_keys: Callable[[dict[str, str]], list[tuple[str, str]]] | None = None,
    confined: bool = False,
) -> Config:
    """What the file at `path` says. Raises ConfigError with every problem at once; the file is never changed.

    `actions`: the names that `keys` may remap (None: any). `check_keys` gets the remapped keys by action and
    returns those that will not do, each as (action, sentence). `confined`: the file was found only because it
    lies in the current folder, so it may not name a server or a path outside its own folder, symbolic links
    followed.
    """
    from meetings.config.loading import load

    return load(path, actions=actions, check_keys=check_keys, confined=confined)


def default_config() -> Config:
    """The built-in defaults: the config.yaml that comes with Accord. Its `source` is None."""
    from meetings.config.loading import shipped

    return shipped()[1]


def open_config(
    explicit: Path | None,
    env: Mapping[str, str],
    cwd: Path,
    user_dir: Path,
    *,
    actions: Collection[str] | None = None,
    check_keys: Callable[[dict[str, str]], list[tuple[str, str]]] | None = None,
) -> Config:
    """Find the configuration (see find_config) and load it, confined if it only lies in the current folder.

    Raises ConfigError.
    """
    path = find_config(explicit, env, cwd, user_dir)
    if path is None:
        return default_config()
    confined = only_lies_here(path, explicit, env, cwd, user_dir)
    return load_config(path, actions=actions, check_keys=check_keys, confined=confined)


def commented_config(answers: Answers) -> str:
    """The text of a commented config.yaml with these answers (meetings.config.writer.Answers) in it.

    Raises ConfigError when an answer cannot be a setting: its problems' keys say which (`teams.b.name`).
    """
    from meetings.config.writer import write

    return write(answers)
