"""Many participants edit one running meeting on a server whose connections are cut and which is restarted meanwhile.

`python -m tests.faults.remote_crowd --members 20 --edits 100` runs it. Each edit adds a win and puts its number into
this participant's own problem; all participants see all of them in the end.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import selectors
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from meetings.model import Problem, Win
from meetings.session import Session
from meetings.store.offline import PatientStore
from meetings.store.postgres import PostgresStore
from meetings.workspace import local_today, utc_now
from tests.faults.crowd import made
from tests.faults.kill import ROOT
from tests.faults.plain import content_of
from tests.faults.stream import Shown, fresh, say
from tests.postgres_server import Server

SERIES = "crowd"


def member(address: str, folder: str, seat: str, edits: str) -> None:
    """One of the processes: make its edits, each acknowledged once it is saved, then wait to be told to look."""
    store = PatientStore(address, SERIES, Path(folder))
    session = Session(store, store.read(1), seat=seat, now=utc_now, today=local_today)
    store.listen(lambda _: session.saver.look())
    shown = Shown(session)
    for number in range(1, int(edits) + 1):
        session.apply("edit", add=[Win(title=f"{seat} {number}")], change={seat: {"title": str(number)}})
        shown.saved()
        say(str(number))
    say("done")
    sys.stdin.readline()
    wanted = int(sys.stdin.readline())
    while len(session.meeting.wins) < wanted:
        session.saver.look()
        assert session.saver.flush(60)
    print(json.dumps(content_of(session.meeting), sort_keys=True, default=str), flush=True)


@dataclass(frozen=True)
class Tally:
    """What a run came to."""

    edits: int
    cuts: int
    restarts: int


def run(server: Server, folder: Path, members: int, edits: int, cuts: int, restarts: int, seed: str) -> Tally:
    """Let them make `edits` edits each. Fails when anything was lost or repeated, or someone sees something else."""
    dice = random.Random(seed)
    store = PostgresStore(server.address(), SERIES)
    store.prepare()
    seats = [f"member{number}" for number in range(members)]
    problems = {seat: Problem(uid=seat, title="0") for seat in seats}
    store.create(fresh(1).with_tables({"problems": dict(problems)}))
    command = [sys.executable, "-m", "tests.faults.remote_crowd", "member", server.address()]
    processes = {
        seat: subprocess.Popen(
            [*command, str(folder / seat), seat, str(edits)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        for seat in seats
    }
    try:
        _watch(server, processes, members * edits, cuts, restarts, dice)
        for process in processes.values():
            assert process.stdin is not None
            process.stdin.write(f"look\n{members * edits}\n")
            process.stdin.flush()
        seen: list[dict[str, Any]] = [
            json.loads(process.communicate(timeout=120)[0]) for process in processes.values()
        ]
    finally:
        for process in processes.values():
            process.kill()
            process.communicate()
    meeting = PostgresStore(server.address(), SERIES).read(1)
    titles = Counter(win.title for win in meeting.wins.values())
    assert titles == Counter(f"{seat} {number}" for seat in seats for number in range(1, edits + 1))
    assert {problem.title for problem in meeting.problems.values()} == {str(edits)}
    assert all(made(meeting, seat) == list(range(1, edits + 1)) for seat in seats)
    on_server = json.loads(json.dumps(content_of(meeting), default=str))
    assert all(one == on_server for one in seen), "not everyone sees the same"
    return Tally(sum(titles.values()), cuts, restarts)


def _watch(
    server: Server,
    processes: dict[str, subprocess.Popen[str]],
    total: int,
    cuts: int,
    restarts: int,
    dice: random.Random,
) -> None:
    """Cut connections and crash the server at random edits, until everyone is done."""
    events = ["cut"] * cuts + ["restart"] * restarts
    dice.shuffle(events)
    due = sorted(dice.randrange(1, max(2, total * 9 // 10)) for _ in events)
    acknowledged, done = 0, 0
    with selectors.DefaultSelector() as selector:
        for process in processes.values():
            assert process.stdout is not None
            selector.register(process.stdout, selectors.EVENT_READ)
        while done < len(processes):
            ready = selector.select(120)
            assert ready, f"nothing happens any more after {acknowledged} edits"
            for key, _ in ready:
                said = os.read(key.fd, 65536)  # past any buffer, which would hide what has come with a line
                assert said, "a participant has ended by itself"
                acknowledged += said.count(b"\n")
                if said.endswith(b"done\n"):
                    acknowledged -= 1
                    done += 1
                    selector.unregister(key.fileobj)
            while due and acknowledged >= due[0]:
                due.pop(0)
                if events.pop() == "cut":
                    server.cut()
                else:
                    server.stop("immediate")
                    server.start()


def main() -> None:
    """Run from the command line."""
    if sys.argv[1:2] == ["member"]:
        return member(*sys.argv[2:])
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=20)
    parser.add_argument("--edits", type=int, default=100, help="of each (default: 100)")
    parser.add_argument(
        "--cuts", type=int, default=20, help="how often all connections are cut (default: 20)"
    )
    parser.add_argument("--restarts", type=int, default=2, help="how often the server crashes (default: 2)")
    parser.add_argument("--seed", default="accord")
    args = parser.parse_args()
    began = time.monotonic()
    server = Server(durable=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            tally = run(server, Path(folder), args.members, args.edits, args.cuts, args.restarts, args.seed)
    finally:
        server.remove()
    print(
        f"{args.members} participants, {tally.cuts} cuts, {tally.restarts} restarts, {tally.edits} edits in "
        f"{time.monotonic() - began:.0f} s: each there once, and all see the same."
    )
    return None


if __name__ == "__main__":
    main()
