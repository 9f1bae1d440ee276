"""Questions over all meetings: search, and the list of action items."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter

import msgspec

from meetings.store.archive import Archive
from meetings.store.files import FileStore
from tests.bench.budgets import Row, Sizes, in_turns
from tests.bench.stores import Place, bare_environment

FRAME = 1000 / 60
"""Milliseconds between two frames of the screen."""
WORDS = "pipeline"
SCRIPT = """
import sys, pathlib, msgspec
meetings = [msgspec.json.decode(path.read_bytes()) for path in pathlib.Path(sys.argv[1]).glob("*.json")]
print(len(meetings))
"""


def searches(years: Place, many: Place, sizes: Sizes) -> Iterator[Row]:
    """The first search reads everything; those after it read what has changed."""
    files = years.files
    row = Row(
        f"search over {sizes.years:,} meetings, first time", "reading and decoding them in a bare script", 2
    )
    yield in_turns(row, lambda: _search(_archive(years)), lambda: read_all(files), sizes.runs)

    known = _archive(years)
    row = Row(f"search over {sizes.years:,} meetings, again", "one frame of the screen (1/60 s)", 1)
    yield in_turns(row, lambda: _search(known), lambda: FRAME, sizes.times(2))

    known = _archive(many)
    row = Row(f"search over {sizes.many:,} meetings, again", "0.1 s", 1)
    yield in_turns(row, lambda: _search(known), lambda: 100.0, sizes.runs)


def actions(folder: Path, years: Place, sizes: Sizes) -> Iterator[Row]:
    """The command and the bare script as a person starts them: interpreter, imports and all."""
    row = Row(f"`accord actions` on {sizes.years:,} meetings", "a bare script that reads and decodes them", 2)
    command, script = years.command("actions"), [sys.executable, "-c", SCRIPT, str(years.store)]
    environment = years.environment
    yield in_turns(
        row, _process(command, environment), _process(script, bare_environment(folder)), sizes.runs
    )

    row = Row(
        f"every action item of {sizes.years:,} meetings, without the start", "reading and decoding them", 2
    )
    files = years.files
    yield in_turns(row, _clocked(lambda: _archive(years).promises()), lambda: read_all(files), sizes.runs)


def read_all(files: Sequence[Path]) -> float:
    """Milliseconds of reading and decoding files, as a bare script would."""
    start = perf_counter()
    for file in files:
        msgspec.json.decode(file.read_bytes())
    return (perf_counter() - start) * 1000


def _archive(place: Place) -> Archive:
    return Archive(FileStore(place.store))


def _search(archive: Archive) -> float:
    start = perf_counter()
    found = list(archive.search(WORDS))
    taken = (perf_counter() - start) * 1000
    assert found, "a search that finds nothing tells little"
    return taken


def _clocked(work: Callable[[], object]) -> Callable[[], float]:
    def measure() -> float:
        start = perf_counter()
        work()
        return (perf_counter() - start) * 1000

    return measure


def _process(command: Sequence[str], environment: dict[str, str]) -> Callable[[], float]:
    return _clocked(lambda: subprocess.run(command, env=environment, check=True, capture_output=True))
