"""Where a configuration is found, and where it says that meetings and minutes are kept."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from meetings.config.schema import Config
from meetings.errors import UsageError
from meetings.paths import Paths

FILE = "config.yaml"
VARIABLE = "ACCORD_CONFIG"
"""Environment variable that names the configuration file."""

PASSWORD_ADVICE = "leave it out, and set PGPASSWORD or use a password file (~/.pgpass) instead"

_FIRST_KEY = re.compile(r"""(["']?)accord\1[ \t]*:[ \t]+1[ \t]*(#.*)?""")
_HEAD = 64 * 1024


def find_config(explicit: Path | None, env: Mapping[str, str], cwd: Path, user_dir: Path) -> Path | None:
    """The configuration file to use, or None for the built-in defaults.

    In this order: `explicit` (--config); $ACCORD_CONFIG; config.yaml in `cwd` if its first key is
    `accord: 1` and it is not the one that comes with Accord, untouched (a checkout is nobody's workspace);
    config.yaml in `user_dir`, Accord's own folder among the user's settings. The first two are not looked at
    here: that they exist is for load_config to say.
    """
    chosen = explicit or (Path(env[VARIABLE]) if env.get(VARIABLE) else None)
    if chosen is not None:
        return cwd / _expanded(str(chosen))
    if _is_ours(cwd / FILE) and not is_shipped(cwd / FILE):
        return cwd / FILE
    own = user_dir / FILE
    return own if os.path.lexists(own) else None


def only_lies_here(
    path: Path, explicit: Path | None, env: Mapping[str, str], cwd: Path, user_dir: Path
) -> bool:
    """Whether find_config found `path` for no other reason than that it lies in the current folder."""
    if explicit or env.get(VARIABLE) or path != cwd / FILE:
        return False
    own = user_dir / FILE
    return not (own.exists() and own.samefile(path))


def store_location(config: Config, paths: Paths) -> Path | str:
    """The folder of the meeting files, or the address of a PostgreSQL server as text."""
    if config.store is not None and is_server(config.store):
        return config.store
    return _place(config, config.store, paths.data / "store")


def store_folder(config: Config, paths: Paths) -> Path:
    """The folder of the meeting files. Raises UsageError when the store is a server."""
    location = store_location(config, paths)
    if isinstance(location, str):
        raise UsageError("This needs a store in a folder, and the configuration names a server.")
    return location


def minutes_folder(config: Config, paths: Paths) -> Path:
    """The folder into which minutes are written."""
    return _place(config, config.minutes, paths.data / "minutes")


def template_file(config: Config) -> Path | None:
    """The user's own template for the minutes, or None."""
    return _place(config, config.template, Path()) if config.template is not None else None


def template_files(config: Config) -> dict[str, Path]:
    """The user's own templates for the minutes, by the name of the format."""
    settings = {"markdown": config.template, "html": config.html_template}
    return {name: _place(config, value, Path()) for name, value in settings.items() if value is not None}


def is_server(value: str) -> bool:
    """Whether a store is named by the address of a PostgreSQL server."""
    return value.lower().startswith(("postgresql://", "postgres://"))


def has_password(value: str) -> bool:
    """Whether an address or connection string has a password in it, however it is spelled.

    Passwords with unescaped signs (/ ? # @) defeat URL parsers, so whatever stands before the last @ counts
    as user and password.
    """
    if re.search(r"password\s*=", value, re.IGNORECASE):
        return True
    _, found, rest = value.partition("://")
    return bool(found) and ":" in rest.rpartition("@")[0]


def resolved(value: str, folder: Path) -> Path:
    """A path as config.yaml means it: relative to the file's folder; `~` is the user's home."""
    return folder / _expanded(value)


def _place(config: Config, value: str | None, otherwise: Path) -> Path:
    if value is None:
        return otherwise
    return resolved(value, config.source.parent if config.source else otherwise.parent)


def _expanded(value: str) -> str:
    return os.path.expanduser(value)  # noqa: PTH111 - leaves an unknown ~user as it is instead of raising


def shipped_file() -> Path:
    """The config.yaml that comes with Accord: in an installed package, or at the root of a checkout."""
    here = Path(__file__).resolve().parents[1]
    packed = here / FILE
    return packed if packed.exists() else here.parent / FILE


def is_shipped(file: Path) -> bool:
    """Whether that file is the one that comes with Accord, untouched: then it is nobody's configuration yet."""
    try:
        return file.read_bytes() == shipped_file().read_bytes()
    except OSError:
        return False


def _is_ours(file: Path) -> bool:
    """Whether the first key of that file is `accord: 1`, without loading a YAML library."""
    try:
        if not file.is_file():
            return False
        with file.open("rb") as stream:
            head = stream.read(_HEAD).decode("utf-8-sig", errors="replace")
    except OSError:
        return False
    for line in head.splitlines():
        if line.strip() and not line.lstrip().startswith("#") and line.rstrip() != "---" and line[0] != "%":
            return _FIRST_KEY.fullmatch(line.strip()) is not None
    return False
