"""Four processes edit one running meeting, and three of them are killed and started again, at random.

`python -m tests.faults.crowd --edits 500` runs it; `... crowd member STORE SEAT EDITS` is one of the processes.
Each edit adds a win and puts its number into this seat's own field of one problem that all of them share. Now and
then a member adds something by mistake and takes it back.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import random
import selectors
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from meetings.meeting import Meeting
from meetings.model import Problem, Win
from meetings.session import Session
from meetings.store.files import FileStore
from meetings.workspace import local_today, utc_now
from tests.faults.kill import ROOT
from tests.faults.plain import content_of
from tests.faults.stream import Shown, fresh

SEATS = ("title", "says_a", "says_b", "raised_by")
"""The members, each called like its field of the shared problem. All but the last are killed."""
SHARED = "shared"
MISTAKE = "by mistake"


def made(meeting: Meeting, seat: str) -> list[int]:
    """The numbers of the edits of that seat that a meeting holds."""
    titles = (win.title.rsplit(" ", 1) for win in meeting.wins.values())
    return sorted(int(number) for name, number in titles if name == seat)


def member(folder: str, seat: str, edits: str) -> None:
    """One of the processes: make the edits that are still to be made, then wait to be told to look."""
    store = FileStore(Path(folder))
    session = Session(store, store.read(1), seat=seat, now=utc_now, today=local_today)
    shown = Shown(session)
    first = max(made(session.meeting, seat), default=0) + 1
    if any(win.title.startswith(f"{MISTAKE} {seat}") for win in session.meeting.wins.values()):
        session.undo()  # killed before it could be taken back
    for number in range(first, int(edits) + 1):
        if number % 10 == 0:
            session.add(Win(title=f"{MISTAKE} {seat} {number}"))
            shown.saved()
            session.undo()
        session.apply("edit", add=[Win(title=f"{seat} {number}")], change={SHARED: {seat: str(number)}})
        shown.saved()
        print(number, flush=True)
    print("done", flush=True)
    sys.stdin.readline()
    session.saver.look()
    assert session.saver.flush(60)
    print(json.dumps(content_of(session.meeting), sort_keys=True, default=str), flush=True)


class Member:
    """A member's process as the one that watches over it sees it."""

    def __init__(self, folder: Path, seat: str, edits: int, selector: selectors.BaseSelector) -> None:
        self.seat = seat
        self._command = [sys.executable, "-m", "tests.faults.crowd", "member", str(folder), seat, str(edits)]
        self._selector = selector
        self.acknowledged: list[int] = []
        self.done = False
        self.kills = 0
        self.start()

    def start(self) -> None:
        self.since_start = 0
        self._heard = b""
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._process.stdout is not None
        self._selector.register(self._process.stdout, selectors.EVENT_READ, self)

    def hear(self) -> None:
        """Take in what it says."""
        assert self._process.stdout is not None
        said = os.read(self._process.stdout.fileno(), 65536)
        assert said, f"{self.seat} has ended by itself with {self._process.wait()}"
        self._take(said)
        if self.done:
            self._selector.unregister(self._process.stdout)

    def _take(self, said: bytes) -> None:
        *lines, self._heard = (self._heard + said).split(b"\n")
        for line in lines:
            if line == b"done":
                self.done = True
            else:
                self.acknowledged.append(int(line))
                self.since_start += 1

    def kill(self) -> None:
        """Kill the process and hear what it had still said."""
        assert self._process.stdout is not None
        assert self._process.stdin is not None
        self._process.kill()
        self._process.wait()
        self._selector.unregister(self._process.stdout)
        self._take(self._process.stdout.read())
        self.done = False
        self._process.stdout.close()
        self._process.stdin.close()
        self.kills += 1

    def look(self) -> dict[str, Any]:
        """Have it look at the store and say what it sees."""
        out, _ = self._process.communicate(b"look\n", timeout=120)
        seen: dict[str, Any] = json.loads(out)
        return seen

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


@dataclasses.dataclass(frozen=True)
class Tally:
    """What a run came to."""

    edits: int
    kills: int


def run(folder: Path, edits: int, kills: int, seed: str) -> Tally:
    """Let the four make `edits` edits each; kill three of them `kills` times each. Fails when anything was lost."""
    dice = random.Random(seed)
    store = FileStore(folder)
    store.create(fresh(1).with_tables({"problems": {SHARED: Problem(uid=SHARED, title="0")}}))
    with selectors.DefaultSelector() as selector:
        members = [Member(folder, seat, edits, selector) for seat in SEATS]
        try:
            _watch(members, selector, edits, kills, dice)
            seen = [member.look() for member in members]
        finally:
            for member in members:
                member.end()
    meeting = FileStore(folder).read(1)
    titles = Counter(win.title for win in meeting.wins.values())
    wanted = Counter(f"{seat} {number}" for seat in SEATS for number in range(1, edits + 1))
    assert titles - wanted == Counter(), f"too much: {titles - wanted}"
    assert wanted - titles == Counter(), f"lost: {wanted - titles}"
    assert {getattr(meeting.problems[SHARED], seat) for seat in SEATS} == {str(edits)}
    in_file = json.loads(json.dumps(content_of(meeting), default=str))
    assert all(one == in_file for one in seen), "after a look, not all members see the same"
    return Tally(sum(titles.values()), sum(member.kills for member in members))


def _watch(
    members: list[Member], selector: selectors.BaseSelector, edits: int, kills: int, dice: random.Random
) -> None:
    """Kill and restart all members but the last, until every one is done. Each acknowledgement is checked."""
    until = {member.seat: dice.randrange(1, max(2, edits // (kills + 1))) for member in members[:-1]}
    while not all(member.done for member in members):
        for key, _ in selector.select(120):
            member: Member = key.data
            member.hear()
            left = kills - member.kills if member.seat in until else 0
            if left and not member.done and member.since_start >= until[member.seat]:
                selector.select(dice.random() * 0.02)
                member.kill()
                _check(member, edits)
                until[member.seat] = dice.randrange(
                    1, max(2, (edits - len(member.acknowledged)) // (left + 1))
                )
                member.start()
    for member in members:
        _check(member, edits)


def _check(member: Member, edits: int) -> None:
    told = member.acknowledged
    assert told == sorted(set(told)), f"{member.seat} made an edit twice"


def main() -> None:
    """Run from the command line."""
    if sys.argv[1:2] == ["member"]:
        return member(*sys.argv[2:])
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=500, help="edits of each process (default: 500)")
    parser.add_argument(
        "--kills", type=int, default=10, help="how often each of three is killed (default: 10)"
    )
    parser.add_argument("--seed", default="accord")
    args = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder) / "store", args.edits, args.kills, args.seed)
    print(
        f"{len(SEATS)} processes, {tally.kills} kills, {tally.edits} edits in {time.monotonic() - began:.0f} s: "
        "each there once, and all see the same."
    )
    return None


if __name__ == "__main__":
    main()
