"""Action items into files for other programs: one file, or one for each owner."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from meetings.cli.output import STDOUT, deliver, is_folder, warn
from meetings.cli.parser import one_of, path
from meetings.errors import UsageError
from meetings.exchange.formats import ItemsFormat

if TYPE_CHECKING:
    from meetings.store.archive import Promise


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options that say where the items go."""
    add = parser.add_argument
    add(
        "-o",
        "--output",
        metavar="FILE-OR-FOLDER",
        type=path,
        help="write into this file instead of printing; a folder is one or ends in /",
    )
    add(
        "--split-by",
        metavar="owner",
        type=one_of("owner"),
        help="write a file for each owner into the folder of -o",
    )
    add("--overwrite", action="store_true", help="in a folder, replace files that say something else")


def refuse_splitting(args: argparse.Namespace) -> None:
    """Raise UsageError when a table was to be split."""
    if args.split_by:
        raise UsageError(
            "--split-by needs a --format for another program.", "`accord actions --help` lists them."
        )


def export(
    form: ItemsFormat,
    promises: Sequence[Promise],
    known: Sequence[str],
    args: argparse.Namespace,
    today: dt.date,
) -> None:
    """Write the items in that format to where the arguments say. `known`: the uid of every item that there is.

    Raises UsageError, and NotWritten when a file cannot be.
    """
    from meetings.exchange.item_files import NAME, by_owner, fitting
    from meetings.exchange.tasks import ListOptions, tasks_of

    options = ListOptions(today)
    tasks, left_out = fitting(form, tasks_of(promises, known))
    warn(*left_out)
    if args.split_by:
        if args.output in (None, STDOUT):
            raise UsageError("--split-by writes several files; -o FOLDER/ says where.")
        folder = Path(args.output)
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder} is a file; --split-by writes several, into a folder.")
        for name, part in by_owner(tasks).items():
            _write(folder / f"{name}{form.extension}", form.write(part, options), args)
    elif args.output and is_folder(args.output):
        _write(Path(args.output) / f"{NAME}{form.extension}", form.write(tasks, options), args)
    else:
        deliver(form.write(tasks, options), args.output)


def _write(file: Path, words: str, args: argparse.Namespace) -> None:
    from meetings.exchange.output import write_text

    write_text(file, words, overwrite=args.overwrite)
    warn(f"Written: {file}")
