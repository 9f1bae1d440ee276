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
    from meetings.exchange.tasks import Task
    from meetings.store.archive import Promise

NAME = "action-items"
"""Of a file for which only the folder was named."""

NOBODY = "no-owner"
"""Of the file with the items that have no owner."""


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
    from meetings.exchange.tasks import ListOptions, tasks_of

    options = ListOptions(today)
    tasks = _fitting(form, tasks_of(promises, known))
    if args.split_by:
        if args.output in (None, STDOUT):
            raise UsageError("--split-by writes several files; -o FOLDER/ says where.")
        folder = Path(args.output)
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder} is a file; --split-by writes several, into a folder.")
        for name, part in _by_owner(tasks).items():
            _write(folder / f"{name}{form.extension}", form.write(part, options), args)
    elif args.output and is_folder(args.output):
        _write(Path(args.output) / f"{NAME}{form.extension}", form.write(tasks, options), args)
    else:
        deliver(form.write(tasks, options), args.output)


def _write(file: Path, words: str, args: argparse.Namespace) -> None:
    from meetings.exchange.output import write_text

    write_text(file, words, overwrite=args.overwrite)
    warn(f"Written: {file}")


def _fitting(form: ItemsFormat, tasks: list[Task]) -> list[Task]:
    """The items that have a place in the format; how many have not is said."""
    dated = [task for task in tasks if not form.needs_due or task.item.due is not None]
    kept = [task for task in dated if form.dropped or not task.dropped]
    for count, what in ((len(tasks) - len(dated), "without a due date"), (len(dated) - len(kept), "dropped")):
        if count:
            items = "item" if count == 1 else "items"
            words = f"{count} {items} {what}" if what != "dropped" else f"{count} {what} {items}"
            warn(f"Left out: {words}, for which {form.title} has no place.")
    return kept


def _by_owner(tasks: Sequence[Task]) -> dict[str, list[Task]]:
    """The items of each owner by a name for their file."""
    from meetings.exchange.file_names import distinct_names

    parts: dict[str, list[Task]] = {}
    for task in tasks:
        parts.setdefault(task.owner, []).append(task)
    names = distinct_names(sorted(parts), NOBODY)
    return {names[owner]: part for owner, part in parts.items()}
