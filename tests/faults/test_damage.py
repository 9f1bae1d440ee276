"""A damaged meeting file, whatever is in it: nothing but a sentence comes of it, and all other meetings are served."""

from __future__ import annotations

import os
import random
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from meetings.kinds import MeetingState
from meetings.store.files import FileStore
from tests.faults.damage import EXTREMES, Damaged, Served, cuts, odd, replaced, without

SAMPLE = 300


def endure(served: Served, damaged: Iterable[Damaged], deep: int = 7) -> Counter[bool]:
    """Check the store with each damaged file, each `deep`th thoroughly. How many could be read (True) and could not."""
    outcomes: Counter[bool] = Counter()
    failed: Counter[str] = Counter()
    for turn, (what, raw) in enumerate(damaged):
        served.damage(raw)
        try:
            outcomes[served.check(raw, deep=turn % deep == 0)] += 1
        except Exception as error:  # noqa: BLE001 - each kind of failure is told once, with what led to it first
            at = traceback.extract_tb(error.__traceback__)[-1]
            key = f"{type(error).__name__} in {at.filename}:{at.lineno}"
            if not failed[key]:
                print(f"{key}: {what}: {error}")
            failed[key] += 1
    assert not failed
    return outcomes


def some(damaged: Iterable[Damaged], served: Served) -> Iterable[Damaged]:
    """All of them for the running meeting, which is the one that is edited; a sample for the others."""
    every = list(damaged)
    if served.store.read(served.number).head.state is MeetingState.RUNNING:
        return every
    return random.Random(len(every)).sample(every, min(SAMPLE, len(every)))


def test_whole_it_can_be_read(served: Served) -> None:
    served.reset()
    assert served.check()


def test_cut_at_every_byte(served: Served) -> None:
    outcomes = endure(served, some(cuts(served.raw.rstrip()), served), deep=50)
    assert outcomes[False] >= SAMPLE
    assert not outcomes[True]


def test_every_single_value_of_another_type(served: Served) -> None:
    outcomes = endure(served, some(replaced(served.raw), served))
    assert outcomes[False] > outcomes[True] > 0


def test_every_single_value_beyond_reason(served: Served) -> None:
    endure(served, some(replaced(served.raw, EXTREMES), served))


def test_every_single_value_missing_and_every_row_twice(served: Served) -> None:
    endure(served, some(without(served.raw), served))


def test_files_that_are_not_what_they_seem(served: Served) -> None:
    outcomes = endure(served, odd(served.raw), deep=1)
    assert outcomes[True] > 5
    assert outcomes[False] > 20


PLACES: dict[str, Callable[[Path], object]] = {
    "a folder": Path.mkdir,
    "a symbolic link to itself": lambda path: path.symlink_to(path.name),
    "a symbolic link to nothing": lambda path: path.symlink_to("nowhere"),
    "a symbolic link to its folder": lambda path: path.symlink_to("."),
    "a device without end": lambda path: path.symlink_to("/dev/zero"),
    "a pipe": os.mkfifo,
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("what", PLACES)
def test_something_else_in_place_of_a_meeting(served: Served, what: str) -> None:
    served.reset()
    served.path.unlink()
    PLACES[what](served.path)
    before = served.path.lstat()
    assert not served.check()
    assert served.path.lstat().st_ino == before.st_ino, "it was replaced"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_meeting_behind_a_symbolic_link_is_edited_where_it_is(served: Served) -> None:
    served.reset()
    target = served.folder.parent / "elsewhere.json"
    served.path.rename(target)
    served.path.symlink_to(target)
    assert served.check()
    assert served.path.is_symlink()
    assert served.store.read(served.number) == FileStore(served.folder).read(served.number)
