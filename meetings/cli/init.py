"""Write a commented config.yaml and make an empty store beside it. Nothing that exists is overwritten.

Where the configuration in use names a PostgreSQL server, `accord init` without DIR makes Accord's tables there.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from meetings.cli.parser import path
from meetings.cli.setting import Setting
from meetings.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    parser.add_argument(
        "folder",
        metavar="DIR",
        nargs="?",
        type=path,
        help="where to (default: the current folder)",
    )


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Write the file and make the folder, or the tables of the server that is configured already."""
    if args.folder is None and _make_tables(setting):
        return 0
    if setting.explicit:
        raise UsageError(
            "`init` writes DIR/config.yaml; it does not take --config, unless that names a server.",
            "Name the folder instead.",
        )
    return _write_files(Path(args.folder or "."))


def _make_tables(setting: Setting) -> bool:
    """Make the tables where a server is configured. Whether one is."""
    from meetings.store.opening import open_server

    server = open_server(setting.config, setting.paths)
    if server is None:
        return False
    made = "The tables were made" if server.prepare() else "The tables are there already"
    print(f"{made}: {server.location}.")
    return True


def _write_files(folder: Path) -> int:
    from meetings.config import commented_config
    from meetings.config.writer import Answers

    file = folder / "config.yaml"
    if file.exists() or file.is_symlink():
        raise UsageError(
            f"{file} exists already; nothing was changed.", "Name another folder: accord init DIR."
        )
    (folder / "store").mkdir(mode=0o700, parents=True, exist_ok=True)
    words = commented_config(Answers(folders=True))
    with file.open("x", encoding="utf-8") as stream:
        stream.write(words)
    print(f"Written: {file}. The meetings will be in {folder / 'store'}.")
    print("Put in the names of your teams and people, then run `accord` in that folder.")
    return 0
