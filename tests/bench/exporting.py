"""What leaves: the minutes of ten years, against reading the meetings that they are of."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from time import perf_counter

from meetings.exchange.formats import MINUTES
from meetings.exchange.minutes import Options, save_as
from meetings.store.archive import Archive
from meetings.store.files import FileStore
from tests.bench.budgets import Row, Sizes, in_turns
from tests.bench.stores import Place

FORMATS = ("markdown", "html")
READING = """
import sys, pathlib
from meetings.store.archive import Archive
from meetings.store.files import FileStore
print(len([meeting for meeting in Archive(FileStore(pathlib.Path(sys.argv[1]))).meetings()]))
"""


def minutes(folder: Path, years: Place, sizes: Sizes) -> Iterator[Row]:
    """The command that writes a file for each meeting, against a script that reads them all; both with their start.

    The last row leaves the start out on both sides. Every run writes into a folder of its own, and all of them stay to
    the end: a file system such as ext4 looks, for each new file, at every one that was deleted in the last seconds, so
    that clearing away after a run would be paid for by the next.
    """
    folders = (folder / f"exported-{number}" for number in count(1))
    reading = [sys.executable, "-c", READING, str(years.store)]
    for name in FORMATS:
        row = Row(
            f"`accord minutes all` of {sizes.years:,} meetings in {name}, a file each",
            "a script that reads them as Accord does",
            5,
        )

        def export(name: str = name) -> float:
            to = next(folders)
            taken = _process(years.command("minutes", "all", "--format", name, "-o", f"{to}/"), years)
            _count(to, years)
            return taken

        yield in_turns(row, export, lambda: _process(reading, years), sizes.runs)
    row = Row("the same in markdown, without the start", "reading them", None)
    yield in_turns(row, lambda: _export(years, next(folders)), lambda: _read(years), sizes.runs)


def _process(command: Sequence[str], place: Place) -> float:
    start = perf_counter()
    subprocess.run(command, env=place.environment, check=True, capture_output=True)
    return (perf_counter() - start) * 1000


def _read(place: Place) -> float:
    start = perf_counter()
    for _ in Archive(FileStore(place.store)).meetings():
        pass
    return (perf_counter() - start) * 1000


def _export(place: Place, folder: Path) -> float:
    start = perf_counter()
    for meeting in Archive(FileStore(place.store)).meetings():
        save_as(MINUTES["markdown"], meeting, folder, Options(), many=True)
    taken = (perf_counter() - start) * 1000
    _count(folder, place)
    return taken


def _count(folder: Path, place: Place) -> None:
    """Every meeting has its file."""
    written, meetings = len(list(folder.iterdir())), len(place.files)
    assert written == meetings, f"{written} of {meetings} meetings have a file"
