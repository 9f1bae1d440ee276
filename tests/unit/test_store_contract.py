"""What every store of meetings does, whatever it is kept in."""

from __future__ import annotations

import threading
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from meetings.errors import StoreError
from meetings.meeting import Meeting
from meetings.model import ActionItem, Goal, Reading
from meetings.store.archive import Archive
from meetings.store.base import MeetingStore, NewerFormat, NotSaved, Unreadable
from tests.conftest import MONDAY
from tests.places import KINDS, Place
from tests.unit.test_store_files import meeting_with, with_win


@pytest.fixture(params=KINDS)
def kind_of_place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store(place: Place) -> MeetingStore:
    return place.store()


def titles(meeting: Meeting) -> list[str]:
    return [win.title for win in meeting.wins.values()]


def test_a_meeting_comes_back_as_it_was_put(store: MeetingStore, place: Place) -> None:
    goal = Goal(uid="g", title="Ünïcode “goal” 田中 \\ ' ; --", readings=(Reading(MONDAY.date(), 27.0),))
    meeting = replace(meeting_with("ACME signed"), goals={"g": goal})
    assert store.create(meeting) == meeting
    assert place.store().read(42) == meeting
    assert place.store().read(42, ("goals",)) == replace(meeting, wins={})
    assert list(place.store().numbers()) == [42]


def test_an_empty_store_has_no_meetings(store: MeetingStore) -> None:
    assert list(store.numbers()) == []
    assert store.stamp(1) is None
    with pytest.raises(StoreError, match="There is no meeting 1 in"):
        store.read(1)
    assert store.read_only() == ""
    assert list(store.troubles()) == []


def test_creating_leaves_alone_what_is_there(store: MeetingStore, place: Place) -> None:
    store.create(meeting_with("first"))
    raw = place.raw(42)
    assert titles(store.create(meeting_with("second"))) == ["first"]
    assert place.raw(42) == raw


def test_each_save_is_the_next_version_and_another_stamp(store: MeetingStore) -> None:
    first = store.create(meeting_with("one"))
    stamp = store.stamp(42)
    assert store.save(first, first).meeting == first
    assert store.stamp(42) == stamp
    second = store.save(with_win(first, "two"), first).meeting
    assert second.head.version == first.head.version + 1
    assert store.stamp(42) != stamp
    third = store.save(with_win(second, "three"), second).meeting
    assert third.head.version == first.head.version + 2
    assert store.read(42) == third


def test_two_writers_lose_nothing(store: MeetingStore, place: Place) -> None:
    base = store.create(meeting_with("one"))
    other = place.store()
    store.save(with_win(base, "two"), base)
    both = other.save(with_win(base, "three"), base)
    assert sorted(titles(both.meeting)) == ["one", "three", "two"]
    assert not both.clashes
    assert store.read(42) == both.meeting


def test_a_clash_in_one_field_is_told_with_both_values(store: MeetingStore, place: Place) -> None:
    base = store.create(meeting_with("one"))

    def retitled(title: str, seconds: int) -> Meeting:
        moment = MONDAY.replace(second=seconds)
        win = replace(base.wins["uid-one"], title=title, updated_at=moment)
        return base.with_tables({"wins": {win.uid: win}})

    store.save(retitled("Theirs", 1), base)
    saved = place.store().save(retitled("Mine", 2), base)
    assert titles(saved.meeting) == ["Mine"]
    assert [(clash.uid, clash.field) for clash in saved.clashes] == [("uid-one", "title")]


def test_what_accord_does_not_know_stays(store: MeetingStore, place: Place) -> None:
    base = store.create(meeting_with("one"))
    tables: dict[str, Any] = msgspec.json.decode(place.raw(42))
    tables["wins"]["1"]["mood"] = "fine"
    tables["weather"] = {"1": {"sky": "blue"}}
    place.put(42, msgspec.json.encode(tables))
    changed = replace(base.wins["uid-one"], title="ONE", updated_at=MONDAY)
    store.save(base.with_tables({"wins": {changed.uid: changed}}), base)
    after = msgspec.json.decode(place.raw(42))
    assert (after["wins"]["1"]["title"], after["wins"]["1"]["mood"]) == ("ONE", "fine")
    assert after["weather"] == {"1": {"sky": "blue"}}


def test_rows_that_are_removed_and_added_keep_their_numbers(store: MeetingStore, place: Place) -> None:
    first = store.create(meeting_with("one", "two", "three"))
    without = replace(first, wins={uid: win for uid, win in first.wins.items() if win.title != "two"})
    second = store.save(without, first).meeting
    store.save(with_win(second, "four"), second)
    rows = msgspec.json.decode(place.raw(42))["wins"]
    assert {number: row["title"] for number, row in rows.items()} == {"1": "one", "3": "three", "4": "four"}


def test_a_meeting_of_a_newer_format_is_never_written_to(store: MeetingStore, place: Place) -> None:
    base = store.create(meeting_with("one"))
    tables = msgspec.json.decode(place.raw(42))
    tables["meeting"]["1"]["schema"] = 7
    place.put(42, msgspec.json.encode(tables))
    raw = place.raw(42)
    with pytest.raises(NewerFormat, match="newer Accord"):
        store.save(with_win(base, "two"), base)
    assert place.raw(42) == raw


def test_a_value_of_the_wrong_kind_is_named_and_the_others_are_served(
    store: MeetingStore, place: Place
) -> None:
    for number in (41, 42):
        store.create(meeting_with("one", number=number))
    tables = msgspec.json.decode(place.raw(41))
    tables["wins"]["1"]["title"] = 7
    place.put(41, msgspec.json.encode(tables))
    with pytest.raises(Unreadable, match="41"):
        place.store().read(41)
    assert len(place.store().troubles()) == 1
    archive = Archive(place.store())
    assert [meeting.head.number for meeting in archive.meetings()] == [42]
    assert len(archive.unread) == 1


def test_a_meeting_that_is_gone_is_not_made_again_from_changes_alone(
    store: MeetingStore, place: Place
) -> None:
    base = store.create(meeting_with("one"))
    place.remove(42)
    with pytest.raises(NotSaved, match="is gone"):
        store.save(with_win(base, "two"), base)
    assert list(store.numbers()) == []


def test_many_threads_on_one_store(store: MeetingStore) -> None:
    base = store.create(meeting_with("one"))

    def write(name: str) -> None:
        for turn in range(5):
            store.save(with_win(base, f"{name}{turn}"), base)
            store.read(42)

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.read(42).wins) == 21


def test_the_archive_asks_again_only_what_has_changed(store: MeetingStore, place: Place) -> None:
    for number in range(1, 6):
        item = ActionItem(uid=f"i{number}", title=f"Item {number}", created_at=MONDAY)
        store.create(replace(meeting_with("one", number=number), action_items={item.uid: item}))
    archive = Archive(place.store())
    assert len(archive.promises()) == 5
    assert [hit.number for hit in archive.search("ITEM 3")] == [3]
    fifth = store.read(5)
    item = replace(fifth.action_items["i5"], title="Changed", updated_at=MONDAY)
    store.save(fifth.with_tables({"action_items": {item.uid: item}}), fifth)
    assert [hit.number for hit in archive.search("changed")] == [5]
    assert "Changed" in {promise.item.title for promise in archive.promises()}
