"""`accord check --mend`: a close that was cut in two, and what is said."""

from __future__ import annotations

import shutil

from meetings.model import ActionItem
from meetings.store.base import Mended
from tests.unit.command_line import CommandLine
from tests.unit.mending import content, edit_file, leftover


def test_check_names_a_missing_successor_and_mending_plans_it(accord: CommandLine) -> None:
    accord.hold_a_meeting("Send the list")
    accord.store.path(2).unlink()
    got = accord("check")
    assert got.status == 1
    assert "0001.json: Meeting 1 is closed; the next one has to be planned." in got.out
    assert not accord.store.path(2).exists()
    got = accord("check", "--mend")
    assert got.status == 0
    assert "0002.json: Planned: meeting 1 is closed and had no successor." in got.out
    assert [item.title for item in accord.store.read(2).action_items.values()] == ["Send the list"]
    before = content(accord.folder)
    assert accord("check", "--mend").out.startswith("Nothing is wrong")
    assert content(accord.folder) == before


def test_check_names_a_successor_that_is_out_of_date_and_mending_brings_it_up(accord: CommandLine) -> None:
    accord.hold_a_meeting("Send the list")
    earlier = accord.store.path(2).read_bytes()
    workspace = accord.workspace()
    session = workspace.reopen(1)
    session.add(ActionItem(title="Added later", owner="Sam"))
    workspace.close(session)
    accord.store.path(2).write_bytes(earlier)
    assert "Meeting 1 was closed once more; this one has to be brought up to date." in accord("check").out
    got = accord("check", "--mend")
    assert got.status == 0
    assert "0002.json: Brought up to date" in got.out
    titles = {item.title for item in accord.store.read(2).action_items.values()}
    assert titles == {"Send the list", "Added later"}
    assert accord("check", "--mend", "--json").json == {"done": [], "refused": "", "findings": []}


def test_the_copy_of_a_missing_successor_is_merged_into_the_one_that_is_planned(accord: CommandLine) -> None:
    accord.hold_a_meeting("Send the list")
    accord("add", "Typed on the laptop")
    accord.store.path(2).rename(accord.store.folder / "0002-LAPTOP.json")
    got = accord("check", "--mend")
    assert got.status == 0
    assert len(got.out.splitlines()) == 4
    titles = {item.title for item in accord.store.read(2).action_items.values()}
    assert titles == {"Send the list", "Typed on the laptop"}


def test_a_date_at_the_end_of_the_calendar_is_no_fault(accord: CommandLine) -> None:
    accord.hold_a_meeting("Send the list")
    accord.store.path(2).unlink()
    edit_file(accord.store.path(1), lambda t: t["meeting"]["1"].update(date="9999-12-31", next_date=None))
    before = content(accord.folder)
    assert accord("check").status == 1
    got = accord("check", "--mend")
    assert got.status == 1
    assert got.out.startswith("Nothing was mended. ")
    assert content(accord.folder) == before


def test_mending_an_empty_store_makes_nothing(accord: CommandLine) -> None:
    before = content(accord.folder)
    assert accord("check", "--mend").status == 0
    assert content(accord.folder) == before
    assert not (accord.folder / "store").exists()


def test_mending_with_a_wrong_configuration_touches_nothing(accord: CommandLine) -> None:
    accord("add", "Something")
    leftover(accord.store, b"{")
    with (accord.folder / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("minuts: x\n")
    before = content(accord.folder)
    got = accord("check", "--mend")
    assert got.status == 1
    assert got.out.startswith("Nothing was mended. The configuration cannot be used.")
    assert content(accord.folder) == before


def test_json_says_what_was_done(accord: CommandLine) -> None:
    accord("add", "Something")
    shutil.copy(accord.store.path(1), accord.store.folder / "0001 (1).json")
    report = accord("check", "--mend", "--json").json
    assert set(report) == {"done", "refused", "findings"}
    assert report["findings"] == []
    [done] = report["done"]
    assert done["where"] == "0001 (1).json"
    assert set(done) == set(Mended.__dataclass_fields__)
