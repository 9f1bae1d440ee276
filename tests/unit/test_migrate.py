"""Files of the first format stay readable for ever, and a later format keeps the original of what it rewrites.

tests/data/store_v1 was written by the first version: meeting 1 closed, 2 opened again, 3 planned. Never change it.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from meetings.config import Config, TeamConfig
from meetings.errors import StoreError
from meetings.flow.rows import row_of
from meetings.kinds import MeetingState
from meetings.meeting import SCHEMA, TABLES, Meeting
from meetings.model import ActionItem, Win
from meetings.paths import Paths
from meetings.session import Session
from meetings.store import migrate
from meetings.store.archive import Archive
from meetings.store.base import NewerFormat, NotSaved, Unreadable
from meetings.store.files import FileStore
from meetings.workspace import Workspace
from tests.conftest import Clock

FIRST_FILES = Path(__file__).resolve().parents[1] / "data/store_v1"
Tables = dict[str, Any]
Steps = Callable[..., None]


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    """A copy of the first version's files."""
    shutil.copytree(FIRST_FILES, tmp_path / "store")
    return FileStore(tmp_path / "store")


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    """Makes this program one that has those migrations."""

    def register(*functions: Callable[[Tables], Tables]) -> None:
        monkeypatch.setattr(migrate, "STEPS", functions)

    return register


def cents(tables: Tables) -> Tables:
    """A format in which amounts are in cents and wins have no source."""
    for row in migrate.rows_of(tables, "wins"):
        if row.get("amount") is not None:
            row["amount"] = float(row["amount"]) * 100
        row["what_worked"] = (row.get("what_worked", "") + " " + row.pop("source", "")).strip()
    return tables


def loud(tables: Tables) -> Tables:
    """A further one, in which titles of wins are in capitals."""
    for row in tables["wins"].values():
        row["title"] = row["title"].upper()
    return tables


def content(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def with_win(meeting: Meeting, title: str) -> Meeting:
    row = Win(uid=f"uid-{title}", title=title, position=99.0)
    return meeting.with_tables({"wins": {**meeting.wins, row.uid: row}})


def plain(store: FileStore, number: int) -> Tables:
    tables: Tables = json.loads(store.path(number).read_bytes())
    return tables


# The first format


def test_the_newest_format_is_the_one_that_new_meetings_are_written_in() -> None:
    assert migrate.newest() == SCHEMA


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_value_in_a_file_of_the_first_version_is_read_as_it_was_written(
    store: FileStore, number: int
) -> None:
    meeting = store.read(number)
    tables = plain(store, number)
    assert set(tables) <= set(TABLES)
    for name, rows in tables.items():
        records = meeting.table(name)
        assert len(records) == len(rows)
        for row in rows.values():
            now = row_of(records[row["uid"]])
            assert {field: now[field] for field in row} == row


def test_the_files_are_of_every_state_and_hold_every_kind_of_record(store: FileStore) -> None:
    meetings = [store.read(number) for number in store.numbers()]
    assert [meeting.head.state.value for meeting in meetings] == ["closed", "running", "planned"]
    later = {"amendments"}
    for name in set(TABLES) - later:
        assert any(meeting.table(name) for meeting in meetings), name


def test_reading_and_launching_leave_the_files_of_the_first_version_byte_for_byte(
    store: FileStore, config: Config, paths: Paths, clock: Clock
) -> None:
    before = content(FIRST_FILES)
    teams = {
        "a": TeamConfig(name="Sales", people=("Sam",)),
        "b": TeamConfig(name="Marketing", people=("Lena",)),
    }
    config = replace(config, teams=teams, store=str(store.folder))
    workspace = Workspace.open(config, paths, background=False, now=clock.now, today=clock.today)
    assert len(Archive(store).promises()) == 3
    assert store.troubles() == []
    session = workspace.session()
    assert session.meeting.head.number == 2
    assert list(store.mend()) == []
    assert content(store.folder) == before
    session.add(Win(title="Now"))
    after = content(store.folder)
    assert {name for name in after if after[name] != before.get(name)} == {"0002.json"}
    assert plain(store, 2)["meeting"]["1"]["schema"] == 1


def test_a_file_of_the_first_version_can_be_edited_closed_and_carried_over(
    store: FileStore, config: Config, paths: Paths, clock: Clock
) -> None:
    clock.moment = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
    config = replace(config, store=str(store.folder))
    workspace = Workspace.open(config, paths, background=False, now=clock.now, today=clock.today)
    session = workspace.close(workspace.session())
    titles = {item.title for item in session.meeting.action_items.values()}
    assert session.meeting.head.number == 3
    assert titles == {"Write a post together", "Typed between meetings"}


# A later one


def test_an_older_file_is_migrated_in_memory_and_stays_as_it_is(store: FileStore, steps: Steps) -> None:
    before = content(store.folder)
    steps(cents)
    assert sorted(win.amount or 0 for win in store.read(2).wins.values()) == [700.0, 1250.0]
    assert [win.amount for win in store.read(1).wins.values()] == [4_800_000.0]
    assert {store.read(number).head.schema for number in store.numbers()} == {2}
    assert len(Archive(store).promises()) == 3
    assert store.troubles() == []
    assert content(store.folder) == before


def test_an_edit_keeps_the_original_and_writes_the_new_format(store: FileStore, steps: Steps) -> None:
    tables = plain(store, 2)
    tables["wins"]["1"]["colour"] = "red"
    tables["ours"] = ["anything"]
    store.path(2).write_text(json.dumps(tables))
    before = content(store.folder)
    steps(cents)
    meeting = store.read(2)
    saved = store.save(with_win(meeting, "New"), meeting).meeting
    after = content(store.folder)
    assert after.pop("set-aside/0002.schema-1.json") == before["0002.json"]
    assert {name for name in after if after[name] != before[name]} == {"0002.json"}
    written = plain(store, 2)
    assert written["meeting"]["1"]["schema"] == 2
    assert sorted(row["amount"] or 0 for row in written["wins"].values()) == [0, 700.0, 1250.0]
    assert written["wins"]["1"]["colour"] == "red"
    assert "source" not in written["wins"]["1"]
    assert written["ours"] == ["anything"]
    assert FileStore(store.folder).read(2) == saved


def test_what_was_done_before_the_migration_can_be_undone_and_done_again(
    store: FileStore, steps: Steps, clock: Clock
) -> None:
    steps(cents)
    session = Session(
        store, store.read(2), seat="seat0001", now=clock.now, today=clock.today, background=False
    )
    assert session.undo() == "new win"
    assert [win.amount for win in store.read(2).wins.values()] == [1250.0]
    session.redo()
    assert sorted(win.amount or 0 for win in store.read(2).wins.values()) == [700.0, 1250.0]


def test_the_original_is_kept_once(store: FileStore, steps: Steps) -> None:
    steps(cents)
    meeting = store.read(2)
    for title in ("One", "Two"):
        meeting = store.save(with_win(meeting, title), meeting).meeting
    FileStore(store.folder).save(with_win(meeting, "Three"), meeting)
    assert [path.name for path in (store.folder / "set-aside").iterdir()] == ["0002.schema-1.json"]


def test_an_original_of_the_same_name_is_never_replaced(store: FileStore, steps: Steps) -> None:
    aside = store.folder / "set-aside"
    aside.mkdir()
    (aside / "0002.schema-1.json").write_text("an earlier one")
    raw = store.path(2).read_bytes()
    steps(cents)
    meeting = store.read(2)
    store.save(with_win(meeting, "New"), meeting)
    assert (aside / "0002.schema-1.json").read_text() == "an earlier one"
    assert (aside / "0002.schema-1-2.json").read_bytes() == raw


def test_two_windows_edit_an_older_file(store: FileStore, steps: Steps) -> None:
    steps(cents)
    base = store.read(2)
    other = FileStore(store.folder)
    store.save(with_win(base, "mine"), base)
    saved = other.save(with_win(base, "theirs"), base).meeting
    assert {"uid-mine", "uid-theirs"} <= set(saved.wins)
    assert sorted(win.amount or 0 for win in saved.wins.values()) == [0, 0, 700.0, 1250.0]


def test_where_the_original_cannot_be_kept_nothing_is_written(store: FileStore, steps: Steps) -> None:
    (store.folder / "set-aside").write_text("in the way")
    before = content(store.folder)
    steps(cents)
    meeting = store.read(2)
    with pytest.raises(NotSaved, match="Meeting 2 could not be saved"):
        store.save(with_win(meeting, "New"), meeting)
    assert content(store.folder) == before


def test_the_steps_follow_one_another(store: FileStore, steps: Steps) -> None:
    steps(cents)
    meeting = store.read(2)
    store.save(with_win(meeting, "new"), meeting)
    steps(cents, loud)
    assert {(win.title, win.amount) for win in store.read(2).wins.values()} == {
        ("NEW", None),
        ("SECOND WIN", 1250.0),
        ("FORGOTTEN WIN", 700.0),
    }
    assert [(win.title, win.amount) for win in store.read(1).wins.values()] == [("ACME SIGNED", 4_800_000.0)]
    meeting = store.read(2)
    store.save(with_win(meeting, "newer"), meeting)
    names = sorted(path.name for path in (store.folder / "set-aside").iterdir())
    assert names == ["0002.schema-1.json", "0002.schema-2.json"]


def test_an_older_version_of_the_program_does_not_touch_the_new_format(
    store: FileStore, steps: Steps
) -> None:
    steps(cents)
    meeting = store.read(2)
    store.save(with_win(meeting, "New"), meeting)
    steps()
    with pytest.raises(NewerFormat, match=r"0002\.json was written by a newer Accord \(format 2;"):
        store.read(2)
    assert store.read(1).head.state is MeetingState.CLOSED


def test_what_was_of_another_kind_in_an_older_format_is_read(store: FileStore, steps: Steps) -> None:
    tables = plain(store, 2)
    for row in tables["wins"].values():
        row["amount"] = str(row["amount"])
    store.path(2).write_text(json.dumps(tables))
    with pytest.raises(Unreadable):
        store.read(2)
    steps(cents)
    assert sorted(win.amount or 0 for win in store.read(2).wins.values()) == [700.0, 1250.0]


def test_a_file_that_cannot_be_migrated_is_kept_named_and_worked_around(
    store: FileStore, steps: Steps
) -> None:
    tables = plain(store, 1)
    tables["wins"]["1"]["amount"] = "much"
    store.path(1).write_text(json.dumps(tables))
    before = content(store.folder)
    steps(cents)
    with pytest.raises(
        Unreadable, match=r"0001\.json is in format 1 and cannot be brought to format 2 \(ValueError\)\."
    ):
        store.read(1)
    assert [trouble.where for trouble in store.troubles()] == ["0001.json"]
    assert store.read(2).head.number == 2
    assert content(store.folder) == before


# The number of the format


def test_a_file_that_does_not_say_its_format_is_in_the_first(store: FileStore, steps: Steps) -> None:
    tables = plain(store, 2)
    del tables["meeting"]["1"]["schema"]
    store.path(2).write_text(json.dumps(tables))
    assert sorted(win.amount or 0 for win in store.read(2).wins.values()) == [7.0, 12.5]
    steps(cents)
    assert sorted(win.amount or 0 for win in store.read(2).wins.values()) == [700.0, 1250.0]
    meeting = store.read(2)
    store.save(meeting.with_tables({"action_items": {"a": ActionItem(uid="a", title="x")}}), meeting)
    assert plain(store, 2)["meeting"]["1"]["schema"] == 2
    assert (store.folder / "set-aside/0002.schema-1.json").exists()


@pytest.mark.parametrize("migrations", [(), (cents,)])
@pytest.mark.parametrize("schema", [0, -1, -(10**15), 10**15, 2**70, 1.5, "1", True, None, [1], {}])
def test_a_format_that_there_is_not_is_refused(
    store: FileStore, steps: Steps, schema: Any, migrations: tuple[Any, ...]
) -> None:
    tables = plain(store, 2)
    tables["meeting"]["1"]["schema"] = schema
    store.path(2).write_text(json.dumps(tables))
    raw = store.path(2).read_bytes()
    steps(*migrations)
    meeting = store.read(3)
    with pytest.raises(StoreError) as refused:
        store.read(2)
    assert refused.value.message.startswith("0002.json")
    assert store.path(2).read_bytes() == raw
    assert store.read(3) == meeting
