"""A stream of edits that is the same for the same seed, and the process that makes it.

`python -m tests.faults.stream STORE NUMBER SEED` goes on with the meeting where the last process was killed. For each
edit that the app would show as saved it prints how many edits have been made, as one line, at once.

The clock is the edit's own number: so a file says which edit it has seen last, whatever that edit did.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
import threading
from pathlib import Path

from meetings.kinds import ItemState, MeetingState
from meetings.meeting import AgendaStep, Head, Meeting
from meetings.session import Event, Session
from meetings.store import saver
from meetings.store.files import FileStore
from meetings.store.saver import Progress
from tests.faults.plain import KINDS, Plain, Row, content_of

START = dt.datetime(2026, 11, 16, 9, 0, tzinfo=dt.UTC)
SEAT = "stream"
STEPS = tuple(
    AgendaStep(id=name, kind=name, title=name.capitalize(), minutes=10)
    for name in ("goals", "wins", "wrapup")
)


def fresh(number: int) -> Meeting:
    """A running meeting in which nothing has been edited."""
    head = Head(
        uid=f"meeting-{number}",
        number=number,
        created_at=START,
        updated_at=START,
        state=MeetingState.RUNNING,
        date=START.date(),
        next_date=START.date() + dt.timedelta(7),
        steps=STEPS,
        step=STEPS[0].id,
    )
    return Meeting(head=head)


def moment(edit: int) -> dt.datetime:
    """When the edit of that number is made."""
    return START + dt.timedelta(seconds=edit)


def edits_seen(meeting: Meeting) -> int:
    """The number of the last edit that the meeting has seen."""
    moments = [meeting.head.updated_at, *(edit.updated_at for edit in meeting.edits.values())]
    return int((max(moments) - START).total_seconds())


Edit = tuple[str, str, Row]
"""What is done (add, change, remove, undo, redo, step), to which record, and its fields."""


def _row(table: str, number: int) -> Row:
    match table:
        case "wins":
            return {"title": f"win {number}", "big": False, "what_worked": ""}
        case "action_items":
            fields = {"title": f"item {number}", "note": "", "owner": f"owner {number % 3}"}
            return fields | {"state": ItemState.OPEN, "due": START.date() + dt.timedelta(number % 30)}
    return {"title": f"problem {number}", "says_a": "", "says_b": "", "raised_by": "", "state": "parked"}


def _change(row: Row, number: int, dice: random.Random) -> Row:
    match row["table"]:
        case "wins":
            return dice.choice([{"title": f"WIN {number}"}, {"big": not row["big"]}])
        case "action_items":
            done = ItemState.DONE if row["state"] is ItemState.OPEN else ItemState.OPEN
            return dice.choice(
                [{"note": "\n".join([f"note {number}"] * dice.randrange(1, 40))}, {"state": done}]
            )
    return {"says_a": f"they say {number}", "raised_by": f"person {number}"}


def next_edit(plain: Plain, step: str, number: int, seed: str) -> Edit:
    """The edit of that number. It always changes something."""
    dice = random.Random(f"{seed} {number}")
    what = dice.choices(("add", "change", "remove", "undo", "redo", "step"), (4, 5, 1, 3, 2, 1))[0]
    if what == "step":
        return what, dice.choice([one.id for one in STEPS if one.id != step]), {}
    if (what == "undo" and plain.can_undo(SEAT)) or (what == "redo" and plain.can_redo(SEAT)):
        return what, "", {}
    if what in ("change", "remove") and plain.rows:
        uid = dice.choice(sorted(plain.rows))
        return what, uid, _change(plain.rows[uid], number, dice) if what == "change" else {}
    table = dice.choice(sorted(KINDS))
    return "add", f"{table}-{number}", {"table": table} | _row(table, number)


class Told:
    """The plain model of the stream: what the meeting holds after each edit."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.number = 0
        self.step = STEPS[0].id
        self.plain = Plain()

    def next(self) -> Edit:
        """Make the next edit in the model. Returns it."""
        self.number += 1
        what, uid, fields = edit = next_edit(self.plain, self.step, self.number, self.seed)
        match what:
            case "add":
                self.plain.add(SEAT, uid, fields)
            case "change":
                self.plain.change(SEAT, uid, **fields)
            case "remove":
                self.plain.remove(SEAT, uid)
            case "undo":
                self.plain.undo(SEAT)
            case "redo":
                self.plain.redo(SEAT)
            case "step":
                self.step = uid
        return edit

    def advance(self, number: int) -> Told:
        """Make all edits up to that number."""
        while self.number < number:
            self.next()
        return self

    def differs(self, meeting: Meeting) -> str:
        """In what the meeting differs from the model; empty when in nothing."""
        found, wanted = content_of(meeting), self.plain.rows
        if found != wanted:
            uids = sorted(uid for uid in found.keys() | wanted.keys() if found.get(uid) != wanted.get(uid))
            return f"after edit {self.number}: {[(uid, found.get(uid), wanted.get(uid)) for uid in uids]}"
        undone = [edit.undone for edit in meeting.edits.values()]
        if undone != [edit.undone for edit in self.plain.edits]:
            return f"after edit {self.number}: undone are {undone}"
        return "" if meeting.head.step == self.step else f"the step is {meeting.head.step}, not {self.step}"


def make(session: Session, edit: Edit) -> None:
    """Make the edit in the real meeting."""
    what, uid, fields = edit
    match what:
        case "add":
            values = {name: value for name, value in fields.items() if name != "table"}
            session.add(KINDS[fields["table"]](uid=uid, **values))
        case "change":
            session.change(uid, **fields)
        case "remove":
            session.remove(uid)
        case "undo":
            session.undo()
        case "redo":
            session.redo()
        case "step":
            session.go_to(uid)


class Shown:
    """What the app shows of the saver: waits until it is `Saved`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._heard = threading.Condition()
        session.listen(self._hear)

    def _hear(self, event: Event) -> None:
        if event.kind == "saving":
            with self._heard:
                self._heard.notify_all()

    def saved(self) -> None:
        self._until(Progress.SAVED)

    def failed(self) -> None:
        """Waits until it is `Not saved`."""
        self._until(Progress.FAILED)

    def _until(self, progress: Progress) -> None:
        with self._heard:
            assert self._heard.wait_for(lambda: self._session.state.progress is progress, 120)


def say(line: str) -> None:
    """Print a line at once and in one piece, whatever the other thread prints."""
    os.write(1, f"{line}\n".encode())


def main(folder: str, number: str, seed: str, *how: str) -> None:
    """Make edits until killed. `impatient`: a write that fails is tried again soon."""
    if "impatient" in how:
        saver.RETRY_SECONDS = (0.002,)
    store = FileStore(Path(folder))
    meeting = store.read(int(number))
    told = Told(seed).advance(edits_seen(meeting))
    dice = random.Random()
    session = Session(
        store, meeting, seat=SEAT, now=lambda: moment(told.number), today=START.date, background=True
    )
    shown = Shown(session)
    session.listen(lambda event: say("refused") if session.state.progress is Progress.FAILED else None)
    say("ready")
    while True:
        for _ in range(dice.randrange(1, 4)):
            make(session, told.next())
        shown.saved()
        say(str(told.number))


if __name__ == "__main__":
    main(*sys.argv[1:])
