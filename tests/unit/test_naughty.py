"""The Big List of Naughty Strings in every text of every record: on disk and in the minutes as it was typed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from msgspec.structs import replace

from meetings.config import TeamConfig, default_config
from meetings.exchange.minutes import render
from meetings.flow.intake import taken_in
from meetings.kinds import FeedbackState, ItemState, MeetingState, ProblemState
from meetings.meeting import CONTENT, TABLES, Meeting
from meetings.model import Amendment, Record, info
from meetings.paths import Paths
from meetings.store.files import FileStore
from meetings.text import clean
from meetings.workspace import Workspace
from tests.places import Series
from tests.unit.markdown_readers import NAUGHTY, READERS, seen

MOMENT = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
ALL = [text for text in json.loads(NAUGHTY.read_text("utf-8")) if clean(text)]
"""Every string of the list that is more than blanks and control characters."""

RAW = list({clean(text).casefold(): text for text in reversed(ALL)}.values())
"""Those that differ by more than case: nobody is on the list of people twice."""

IDENTIFIERS = ("uid", "origin")
"""Texts that no person types."""

REST: dict[str, dict[str, Any]] = {
    "lead_numbers": {"new": 3, "handed_over": 3, "accepted": 2},
    "feedback": {"state": FeedbackState.ANSWERED},
    "problems": {"state": ProblemState.DROPPED},
    "action_items": {"state": ItemState.DROPPED},
    "people": {"present": True},
    "ratings": {"value": 7},
}
"""What else a record needs so that the minutes tell all of it."""


def text_fields(kind: type[Record]) -> dict[str, Any]:
    """The fields of a kind that hold text, each with how it is filled: with a text, two, or a text and a number."""
    made: dict[str, Any] = {}
    for name, hint in get_type_hints(kind).items():
        if name in IDENTIFIERS:
            continue
        if hint is str:
            made[name] = lambda text: text
        elif get_origin(hint) is tuple and get_args(hint)[0] is str:
            made[name] = lambda text: (text, text)
        elif get_origin(hint) is dict and get_args(hint)[0] is str:
            made[name] = lambda text: {text: 3}
    return made


def records(text: str, number: int) -> list[tuple[str, Record]]:
    """A record of every kind with that text wherever it has one."""
    made = []
    for table in CONTENT:
        filled = {name: fill(text) for name, fill in text_fields(TABLES[table]).items()}
        made.append((table, TABLES[table](uid=f"{table}-{number}", **filled, **REST.get(table, {}))))
    return made


def open_in(folder: Path) -> Workspace:
    teams = {"a": TeamConfig(name="Sales"), "b": TeamConfig(name="Marketing")}
    paths = Paths(folder / "config", folder / "data", folder / "state", folder / "cache")
    config = replace(default_config(), teams=teams)
    return Workspace.open(config, paths, background=False, now=lambda: MOMENT, today=lambda: MOMENT.date())


@pytest.fixture(scope="module")
def reread(tmp_path_factory: pytest.TempPathFactory) -> Meeting:
    """The meeting into which all of them were added, read from its file."""
    folder = tmp_path_factory.mktemp("naughty")
    workspace = open_in(folder)
    session = workspace.start(workspace.session())
    later: dict[str, Record] = {}  # only a closed meeting takes these in, one by one
    for start in range(0, len(RAW), 100):
        rows = [record for n in range(start, min(start + 100, len(RAW))) for _, record in records(RAW[n], n)]
        session.apply("all of them", add=[row for row in rows if not isinstance(row, Amendment)])
        later |= {row.uid: taken_in(row, {"text": row.text}) for row in rows if isinstance(row, Amendment)}
    assert session.saver.flush(5.0)
    workspace.store.save(session.meeting.with_tables({"amendments": later}), session.meeting)
    return FileStore(next(folder.glob("data/store"))).read(1)


def test_a_server_keeps_them_as_a_folder_does(reread: Meeting, database: str) -> None:
    """The list knows SQL, too. All of it arrives, and nothing else of the database is touched."""
    series, other = Series(database), Series(database)
    untouched = other.store().create(Meeting(head=reread.head))
    empty = series.store().create(Meeting(head=reread.head))
    saved = series.store().save(reread, empty).meeting
    assert series.store().read(1) == saved
    for table in CONTENT:
        assert saved.table(table) == reread.table(table)
    assert other.store().read(1) == untouched


def test_the_list_is_there() -> None:
    assert len(RAW) > 450


def test_every_kind_of_record_has_texts() -> None:
    assert all(text_fields(TABLES[table]) for table in CONTENT)


@pytest.mark.parametrize("table", CONTENT)
def test_what_is_on_disk_is_what_was_typed_less_what_cleaning_removes(reread: Meeting, table: str) -> None:
    kind = TABLES[table]
    for number, text in enumerate(RAW):
        record = reread.table(table)[f"{table}-{number}"]
        for name, fill in text_fields(kind).items():
            lines = bool(info(kind, name).get("long"))
            assert getattr(record, name) == fill(clean(text, lines=lines)), (name, text)


def test_cleaning_changes_nothing_that_can_be_printed() -> None:
    assert [text for text in ALL if text.isprintable() and clean(text) != text.strip()] == []


def of_one(meeting: Meeting, number: int, text: str) -> Meeting:
    """The meeting with the records of one string alone, and with it in the names of the meeting and its teams."""
    tables = {table: {uid: meeting.table(table)[uid]} for table in CONTENT for uid in [f"{table}-{number}"]}
    steps = tuple(replace(step, title=text) for step in meeting.head.steps)
    head = replace(
        meeting.head,
        name=text,
        team_names={"a": text, "b": text},
        steps=steps,
        state=MeetingState.CLOSED,
        currency="€",
    )
    return replace(meeting.with_tables(tables), head=head)


SHORT, LONG = "Shorttext", "Longtext"


def as_html_shows(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


@pytest.mark.parametrize("reader", READERS)
def test_minutes_read_as_typed(reread: Meeting, reader: Callable[[str], str]) -> None:
    # the same meeting with harmless words says where each text has to stand
    kept = of_one(reread, 0, SHORT)
    tables = {
        table: {uid: in_place_of(table, reread.table(table)[uid]) for uid in kept.table(table)}
        for table in CONTENT
    }
    pattern = seen(reader(render(kept.with_tables(tables))))
    assert sum(SHORT in part or LONG in part for part in pattern) > 20
    for number, text in enumerate(RAW):
        found = seen(reader(render(of_one(reread, number, clean(text)))))
        short, long = clean(text), clean(text, lines=True)
        wanted = [as_html_shows(part.replace(SHORT, short).replace(LONG, long)) for part in pattern]
        assert without_ids(found) == without_ids(wanted), text


def in_place_of(table: str, record: Record) -> Record:
    """The record with harmless words in it."""
    kind = TABLES[table]
    words = {
        name: fill(LONG if info(kind, name).get("long") else SHORT)
        for name, fill in text_fields(kind).items()
    }
    return replace(record, **words)


def without_ids(parts: list[str]) -> list[str]:
    """The parts without the short identifier of the action item."""
    return [part for part in parts if not part.startswith("actio")]
