"""Write a commented config.yaml and make an empty store beside it. Nothing that exists is overwritten."""

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
        default=".",
        type=path,
        help="where to (default: the current folder)",
    )


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Write the file and make the folder."""
    from meetings.config import commented_config
    from meetings.config.writer import Answers

    if setting.explicit:
        raise UsageError(
            "`init` writes DIR/config.yaml; it does not take --config.", "Name the folder instead."
        )
    folder = Path(args.folder)
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
