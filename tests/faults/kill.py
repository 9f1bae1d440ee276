"""Kill a process that edits a meeting, at any instant, many times: `python -m tests.faults.kill --runs 1000`."""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import select
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tinydb import TinyDB

from meetings.meeting import TABLES
from meetings.store.files import FileStore
from tests.faults.stream import Told, edits_seen, fresh

ROOT = Path(__file__).resolve().parents[2]
RUNS_PER_MEETING = 20


@dataclass
class Tally:
    """What the runs came to."""

    kills: int = 0
    acknowledged: int = 0
    beyond: int = 0
    """Kills after which the file had edits that were on disk but not yet acknowledged."""
    mid_write: int = 0
    """Kills that left a temporary file: they fell into a write."""
    refused: int = 0
    """How often the disk was full."""


def fill(disk: Path) -> None:
    """Take all room that there is on a small disk."""
    with (disk / "filler").open("ab", buffering=0) as filler, contextlib.suppress(OSError):
        while filler.write(bytes(4096)):
            pass


def empty(disk: Path) -> None:
    """Give the room back."""
    (disk / "filler").unlink(missing_ok=True)


@contextlib.contextmanager
def filled_now_and_then(disk: Path | None, dice: random.Random) -> Iterator[None]:
    """Meanwhile, the disk is full at times, and then again it is not."""
    done = threading.Event()

    def fill_and_empty() -> None:
        while disk is not None and not done.wait(dice.random() * 0.01):
            fill(disk)
            done.wait(dice.random() * 0.01)
            empty(disk)

    thread = threading.Thread(target=fill_and_empty)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def editor(store: Path, number: int, seed: str, *how: str) -> subprocess.Popen[bytes]:
    """A process that edits the meeting."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.stream", str(store), str(number), seed, *how],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )


def kill_somewhere(child: subprocess.Popen[bytes], dice: random.Random) -> tuple[int, int]:
    """Let the child make a few edits and kill it.

    Returns the number of the last edit that it acknowledged (0: none), and how often the disk refused one.
    """
    assert child.stdout is not None
    output = child.stdout.fileno()
    told = b""
    while told.count(b"\n") < dice.randrange(1, 12):
        part = os.read(output, 65536)
        assert part, f"the editor has ended by itself after {told!r}"
        told += part
    deadline = time.monotonic() + dice.random() * 0.004
    while (left := deadline - time.monotonic()) > 0:
        if select.select([output], [], [], left)[0]:
            told += os.read(output, 65536)
    child.kill()
    child.wait()
    while part := os.read(output, 65536):
        told += part
    child.stdout.close()
    lines = told.split(b"\n")[1:-1]
    acknowledged = [int(line) for line in lines if line != b"refused"]
    return acknowledged[-1] if acknowledged else 0, lines.count(b"refused")


def check(store: FileStore, number: int, seed: str, acknowledged: int) -> int:
    """Fail unless the file is whole and holds every acknowledged edit. Returns the edit it has seen last."""
    meeting = store.read(number)
    with TinyDB(store.path(number), access_mode="r") as db:
        assert db.tables() == set(TABLES)
        assert len(db.table("wins").all()) == len(meeting.wins)
    seen = edits_seen(meeting)
    assert seen >= acknowledged, f"edit {acknowledged} was acknowledged, but the file has seen {seen} only"
    difference = Told(seed).advance(seen).differs(meeting)
    assert not difference, difference
    return seen


def run(folder: Path, runs: int, seed: str, disk: Path | None = None) -> Tally:
    """Kill that many times. Fails at the first kill that lost something.

    With `disk`, the small disk that the folder is on is full at times.
    """
    dice, tally = random.Random(seed), Tally()
    store = FileStore(folder)
    before = 0
    for turn in range(runs):
        number = turn // RUNS_PER_MEETING + 1
        if turn % RUNS_PER_MEETING == 0:
            store.create(fresh(number))
            before = 0
        story = f"{seed} {number}"
        left = set(folder.glob(".*.tmp"))
        with filled_now_and_then(disk, dice):
            how = ("impatient",) if disk else ()
            acknowledged, refused = kill_somewhere(editor(folder, number, story, *how), dice)
        tally.refused += refused
        seen = check(FileStore(folder), number, story, max(acknowledged, before))
        tally.kills += 1
        tally.acknowledged += max(acknowledged - before, 0)
        tally.beyond += seen > acknowledged
        tally.mid_write += bool(set(folder.glob(".*.tmp")) - left)
        before = seen
    return tally


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000, help="how many kills (default: 1000)")
    parser.add_argument("--seed", default="accord", help="another seed makes other edits and other instants")
    args = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder), args.runs, args.seed)
    print(
        f"{tally.kills} kills in {time.monotonic() - began:.0f} s: {tally.acknowledged} acknowledged edits, all there; "
        f"{tally.mid_write} kills fell into a write, after {tally.beyond} the file was ahead of the acknowledgement."
    )


if __name__ == "__main__":
    main()
