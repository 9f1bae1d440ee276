"""Meeting files as disks, editors and other programs may leave them, and what every one of them has to bear."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from meetings.errors import AccordError, StoreError
from meetings.exchange.minutes import render
from meetings.flow.overview import summary
from meetings.kinds import FeedbackKind, FeedbackState, MeetingState, Team
from meetings.meeting import Meeting
from meetings.model import (
    ActionItem,
    ComingUp,
    Decision,
    Feedback,
    Goal,
    LeadNumbers,
    Problem,
    Rating,
    Reading,
    Win,
)
from meetings.session import Session
from meetings.store.archive import Archive
from meetings.store.files import FileStore
from meetings.workspace import Workspace

Damaged = tuple[str, bytes]
"""What was done, and the file that came of it."""

_HERE = "@@here@@"
TYPES = (b"null", b"true", b"0", b"1.5", b'"text"', b"[]", b'["text", 1]', b"{}", b'{"1": {"uid": 1}}')
"""A value of every JSON type."""
EXTREMES = (
    *(b"-1", b"NaN", b"-Infinity", b"1e999", b"123456789012345678901234567890", b"1e300", b'""', b'"1"'),
    *(b'"0001-01-01"', b'"9999-12-31"', b'"2026-11-16T09:00:00"', b'"9999-12-31T23:59:59Z"'),
    *(b'"0001-01-01T00:00:00+14:00"', b'"\\u001b[2J\\u0000\\ud800"', b'"[/red]"'),
)
"""Values of the right type, perhaps, that nobody would write."""


def lean(raw: bytes) -> bytes:
    """The meeting with one row in each table, and its last edits: every kind of value once."""
    tables = json.loads(raw)
    kept = {table: dict(list(rows.items())[:1]) for table, rows in tables.items()}
    kept["edits"] = dict(list(tables["edits"].items())[-2:])
    for edit in kept["edits"].values():
        for change in edit["changes"]:
            rows = tables[change["table"]]
            kept[change["table"]].update(
                {key: row for key, row in rows.items() if row["uid"] == change["uid"]}
            )
    uids = {row["uid"] for rows in kept.values() for row in rows.values()}
    kept["received"] = {key: row for key, row in tables["received"].items() if row["uid"] in uids}
    return json.dumps(kept, indent=1, ensure_ascii=False).encode()


def cuts(raw: bytes) -> Iterator[Damaged]:
    """The file cut at every byte."""
    for length in range(len(raw)):
        yield f"cut at byte {length}", raw[:length]


def replaced(raw: bytes, values: tuple[bytes, ...] = TYPES) -> Iterator[Damaged]:
    """The file with each single value in it, at any depth, replaced by each of those values."""
    tables = json.loads(raw)
    for where, holder, key in _places(tables, ""):
        old = holder[key]
        holder[key] = _HERE
        before, after = json.dumps(tables).encode().split(f'"{_HERE}"'.encode())
        holder[key] = old
        for value in values:
            yield f"{where} replaced by {value.decode()}", before + value + after


def _places(value: Any, where: str) -> Iterator[tuple[str, Any, Any]]:
    """Every value inside this one: where it is, what holds it, and under which key."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        yield f"{where}/{key}", value, key
        yield from _places(inner, f"{where}/{key}")


def without(raw: bytes) -> Iterator[Damaged]:
    """The file without each single value, and with each row there twice."""
    tables = json.loads(raw)
    for where, holder, key in list(_places(tables, "")):
        if isinstance(holder, dict):
            old = dict(holder)
            del holder[key]
            yield f"{where} is missing", json.dumps(tables).encode()
            holder.clear()
            holder.update(old)
    for table, rows in tables.items():
        for place in list(rows):
            again = {**tables, table: {**rows, "99": rows[place]}}
            yield f"{table} has row {place} twice", json.dumps(again).encode()
            row = json.dumps(rows[place])
            doubled = json.dumps({**tables, table: _HERE}).replace(
                f'"{_HERE}"', f'{{"{place}": {row}, "{place}": {row}}}'
            )
            yield f"{table} has the key {place} twice", doubled.encode()
            yield (
                f"{table} has row 0{place}",
                json.dumps({**tables, table: {**rows, f"0{place}": row}}).encode(),
            )


def odd(raw: bytes) -> Iterator[Damaged]:
    """Files that are not what they seem, or hold more than Accord knows."""
    text = raw.decode()
    tables = json.loads(raw)
    deep = "[" * 100_000 + "]" * 100_000
    wrong = json.dumps({**tables, "meeting": {"1": {"uid": 5}}})[:-1]
    nested: Any = "deep"
    for _ in range(600):
        nested = {"uid": nested}
    yield "empty", b""
    yield "blank", b" \n"
    yield "only a mark", b"\xef\xbb\xbf"
    yield "marked", b"\xef\xbb\xbf" + raw
    yield "marked twice", b"\xef\xbb\xbf" * 2 + raw
    yield "UTF-16", text.encode("utf-16")
    yield "UTF-16 without a mark", text.encode("utf-16-le")
    yield "UTF-32", text.encode("utf-32")
    yield "Latin-1", text.replace("text", "t\xe9xt").encode("latin-1", "replace")
    yield "zeros", bytes(len(raw))
    yield "half zeros", raw[: len(raw) // 2] + bytes(len(raw) // 2)
    yield "twice", raw + raw
    yield "with a tail", raw + b"}"
    yield "other line ends", raw.replace(b"\n", b"\r\n")
    yield "in one line", json.dumps(tables).encode()
    for word in ("[]", "{}", "null", "true", "0", '"text"', '{"meeting": {}}', '{"_default": []}', "nan"):
        yield word, word.encode()
    yield "a conflict of git", raw.replace(b'"version"', b'<<<<<<< ours\n"version"', 1)
    yield "an unknown table", json.dumps({**tables, "tasks": {"1": {"x": 1}}}).encode()
    yield "an unknown list", json.dumps({**tables, "tasks": [1, {}]}).encode()
    yield "all rows in unknown columns too", json.dumps(_widened(tables)).encode()
    yield "deep nesting", deep.encode()
    yield "deep nesting in an unknown table", f'{text.rstrip()[:-1]}, "x": {deep}}}'.encode()
    yield "a wrong value before deep nesting", f'{wrong}, "x": {deep}}}'.encode()
    yield "nesting in an unknown column", json.dumps(_widened(tables, nested)).encode()
    for table in ("edits", "received"):
        rows = {key: {**row, **_deepened(row, nested)} for key, row in tables[table].items()}
        yield f"nesting in {table}", json.dumps({**tables, table: rows}).encode()
        escaped = json.dumps({**tables, table: rows}).replace("deep", "\\u0007deep")
        yield f"nesting in {table}, and a control character", escaped.encode()
    for name in ("meeting", "wins", "edits"):
        yield f"the table {name} twice", f'{{"{name}": {{}}, {text.lstrip()[1:]}'.encode()
    yield "uids with control characters", raw.replace(b'"uid": "', b'"uid": "\\u0007')
    yield "uids with blanks", raw.replace(b'"uid": "', b'"uid": " ')
    yield "a newer format", raw.replace(b'"schema": 1', b'"schema": 99')
    yield "an older format than the first", raw.replace(b'"schema": 1', b'"schema": 0')


def _widened(tables: dict[str, Any], value: Any = "mine") -> dict[str, Any]:
    return {
        table: {key: {**row, "colour": value} for key, row in rows.items()} for table, rows in tables.items()
    }


def _deepened(row: dict[str, Any], nested: Any) -> dict[str, Any]:
    if "changes" in row:
        return {"changes": [{**change, "after": {"deep": nested}} for change in row["changes"]]}
    return {"row": {**row["row"], "deep": nested}}


def one_of_each(session: Session, word: str) -> None:
    """Put one record of each kind into the meeting."""
    day = session.meeting.head.date
    session.add(
        Goal(
            title=f"{word} goal",
            start=1.0,
            target=9.0,
            start_date=day,
            due=day + dt.timedelta(30),
            readings=(Reading(day, 5.0),),
        )
    )
    session.add(
        LeadNumbers(
            source="Web", period_start=day, period_end=day, new=9, handed_over=5, rejected={"budget": 1}
        )
    )
    answered = {"response": "We look", "state": FeedbackState.ANSWERED}
    session.add(
        Feedback(text=f"{word} text", from_team=Team.A, kind=FeedbackKind.LEAD_QUALITY, rating=2, **answered)
    )
    session.add(Win(title=f"{word} win", credits=("Sam",), amount=5.0))
    session.add(ComingUp(text=f"{word} fair", date=day.replace(year=day.year + 1)))
    session.add(Problem(title=f"{word} problem"))
    session.add(Decision(text=f"{word} decision", check_date=day))
    session.add(ActionItem(title=f"{word} item", owner="Sam"))
    session.write_note("goals", f"{word} note")
    session.add(Rating(person="Sam", value=8))
    session.correct("goals", 60)


@dataclass
class Served:
    """A store in which one meeting gets damaged, and the check that everything else goes on."""

    workspace: Workspace
    number: int
    files: dict[str, bytes] = field(default_factory=dict)
    items: set[str] = field(default_factory=set)
    """Uids of the action items of the other meetings."""

    def __post_init__(self) -> None:
        self.files = {
            path.name: path.read_bytes() for path in self.folder.iterdir() if path.suffix == ".json"
        }
        for number in self.store.numbers():
            if number != self.number:
                self.items |= set(self.store.read(number).action_items)

    @property
    def store(self) -> FileStore:
        assert isinstance(self.workspace.store, FileStore)
        return self.workspace.store

    @property
    def folder(self) -> Path:
        return self.store.folder

    @property
    def path(self) -> Path:
        """The file that gets damaged."""
        return self.store.path(self.number)

    @property
    def raw(self) -> bytes:
        """That file as it was."""
        return self.files[self.path.name]

    def reset(self) -> None:
        """Undo all that was done to the folder."""
        for path in list(self.folder.iterdir()):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.is_symlink() or not path.is_file() or path.name not in (".lock", *self.files):
                path.unlink()
        for name, raw in self.files.items():
            path = self.folder / name
            if not path.exists() or path.read_bytes() != raw:
                path.write_bytes(raw)

    def slim(self) -> None:
        """Leave the damaged meeting one row of each kind."""
        self.files[self.path.name] = lean(self.raw)

    def damage(self, raw: bytes) -> None:
        self.reset()
        self.path.write_bytes(raw)

    def check(self, raw: bytes | None = None, *, deep: bool = True) -> bool:
        """Fail unless everything that Accord does with this store ends well. Whether the damaged meeting can be read.

        With `raw`, that is in the file, and has to stay while the meeting cannot be read. A meeting that cannot be
        read is looked at by `check` and edited around only when `deep`.
        """
        store = FileStore(self.folder)
        try:
            meeting: Meeting | None = store.read(self.number)
        except StoreError:
            meeting = None
        archive = Archive(store)
        promises = {promise.item.uid for promise in archive.promises()}
        assert self.items <= promises, f"not served: {self.items - promises}"
        readable = {one.head.number for one in archive.meetings()}
        assert (self.number in readable) == (meeting is not None)
        assert len(readable | {self.number}) == len(self.files), f"served were only {readable}"
        if meeting is not None:
            render(meeting)
            summary(meeting)
        if deep or meeting is not None:
            for trouble in store.troubles():
                assert trouble.what
            self.edit()
        if meeting is None and raw is not None:
            assert self.path.read_bytes() == raw, "the unreadable file was changed"
        return meeting is not None

    def edit(self) -> None:
        """Edit, start, close and reopen as the app would. Only what Accord says in a sentence may come out."""
        workspace = Workspace.open(
            self.workspace.config,
            self.workspace.paths,
            background=False,
            now=self.workspace.now,
            today=self.workspace.today,
        )
        try:
            session = workspace.session()
        except StoreError:
            return
        for step in (
            lambda: session.undo(),
            lambda: session.redo(),
            lambda: session.add(Win(uid="added", title="added")),
            lambda: session.undo(),
            lambda: session.redo(),
            lambda: self._readable(workspace, session, "added"),
            lambda: session.go_to("goals"),
            lambda: session.beat(),
            lambda: workspace.previous(session.meeting),
            lambda: self._on(workspace, session),
        ):
            with contextlib.suppress(AccordError):
                step()

    def _readable(self, workspace: Workspace, session: Session, uid: str) -> None:
        """What was edited can be read again, with the edit in it."""
        if not session.refusal and uid in session.meeting.wins and session.meeting.head.number:
            if session.state.why:
                return
            found = FileStore(self.folder).read(session.meeting.head.number)
            assert uid in found.wins

    def _on(self, workspace: Workspace, session: Session) -> None:
        """Take the meeting through the rest of its life."""
        if session.meeting.head.state is MeetingState.PLANNED:
            session = workspace.start(session)
        session = workspace.close(session)
        number = session.meeting.head.number
        if not session.refusal:
            workspace.close(workspace.reopen(number - 1))
