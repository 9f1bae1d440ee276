"""Searching all meetings: every text, whatever the case, and what has changed is read again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from meetings.demo import write_demo
from meetings.errors import StoreError
from meetings.meeting import Head, Meeting
from meetings.model import ActionItem, Decision, Note, Rating
from meetings.store.archive import Archive
from meetings.store.base import MeetingStore, Unreadable
from meetings.store.files import FileStore
from meetings.store.texts import Texts
from tests.places import KINDS, Folder, Place


@pytest.fixture(params=KINDS)
def kind_of_place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def stored(place: Place, *meetings: Meeting) -> MeetingStore:
    store = place.store()
    for meeting in meetings:
        store.create(meeting)
    return store


def in_files(folder: Path, *meetings: Meeting) -> FileStore:
    store = stored(Folder(folder / "store"), *meetings)
    assert isinstance(store, FileStore)
    return store


def meeting(number: int, *items: ActionItem, **more: object) -> Meeting:
    head = Head(uid=f"m{number}", number=number)
    return replace(Meeting(head=head), action_items={item.uid: item for item in items}, **more)


def found(archive: Archive, words: str) -> list[tuple[int, str, str, str, str]]:
    return [(hit.number, hit.table, hit.uid, hit.field, hit.text) for hit in archive.search(words)]


def test_every_text_is_found_whatever_its_case_the_newest_meeting_first(place: Place) -> None:
    item = ActionItem(uid="i", title="Send the Straße list", owner="Zoë")
    note = Note(uid="n", step="goals", text="One line\nand the STRASSE again")
    store = stored(place, meeting(1, item), meeting(2, item, notes={"n": note}))
    assert found(Archive(store), " strasse") == [
        (2, "action_items", "i", "title", "Send the Straße list"),
        (2, "notes", "n", "text", "One line\nand the STRASSE again"),
        (1, "action_items", "i", "title", "Send the Straße list"),
    ]
    assert [hit[3] for hit in found(Archive(store), "zoë")] == ["owner", "owner"]


@pytest.mark.parametrize("words", ["", "  ", "\x1b[31m", "goals", "i", "nowhere"])
def test_ids_are_no_texts_and_nothing_is_in_nothing(place: Place, words: str) -> None:
    store = stored(place, meeting(1, ActionItem(uid="i", title="Do that"), notes={}))
    assert found(Archive(store), words) == []


def test_who_rated_a_meeting_is_not_even_read(place: Place) -> None:
    rating = Rating(uid="r", person="Zoë", word="dreary", value=2)
    held = meeting(1, ActionItem(uid="i", title="Zoë asks"), ratings={"r": rating})
    archive = Archive(stored(place, held))
    assert [hit[1] for hit in found(archive, "zoë")] == ["action_items"]
    assert found(archive, "dreary") == []
    assert [*Texts.of(held).find("dreary")] == []


def test_a_text_is_found_once_however_often_it_has_the_word(place: Place) -> None:
    store = stored(
        place, meeting(1, ActionItem(uid="i", title="a a a", note="b"), ActionItem(uid="j", title="A"))
    )
    assert [hit[2] for hit in found(Archive(store), "a")] == ["i", "j"]


@given(
    st.lists(st.text(st.characters(exclude_characters="\0"), min_size=1), max_size=6),
    st.text(min_size=1, max_size=3),
)
def test_what_is_found_is_what_a_plain_search_finds(texts: list[str], words: str) -> None:
    notes = {str(at): Note(uid=str(at), text=text) for at, text in enumerate(texts)}
    hits = [hit.text for hit in Texts.of(meeting(1, notes=notes)).find(words.casefold())]
    assert hits == [text for text in texts if "\0" not in words and words.casefold() in text.casefold()]


def test_what_has_changed_is_read_again_and_nothing_else(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = meeting(1, ActionItem(uid="i", title="Old")), meeting(2, ActionItem(uid="j", title="Old"))
    store = stored(place, first, second)
    archive = Archive(store)
    read: list[int] = []
    assert len(found(archive, "old")) == 2
    store.save(replace(second, action_items={"j": ActionItem(uid="j", title="New and longer")}), second)
    plain = store.texts

    def texts(numbers: Sequence[int]) -> Iterator[tuple[int, Texts | StoreError]]:
        for number, found in plain(numbers):
            read.append(number)
            yield number, found

    monkeypatch.setattr(store, "texts", texts)
    assert [hit[0] for hit in found(archive, "old")] == [1]
    assert [hit[0] for hit in found(archive, "longer")] == [2]
    assert read == [2]


def test_what_cannot_be_read_is_named_and_left_out(tmp_path: Path) -> None:
    store = in_files(
        tmp_path, meeting(1, ActionItem(uid="i", title="Here")), meeting(2, ActionItem(uid="j", title="Here"))
    )
    store.path(2).write_text("{")
    archive = Archive(store)
    assert [hit[0] for hit in found(archive, "here")] == [1]
    assert [type(error) for error in archive.unread] == [Unreadable]


def test_a_part_of_a_meeting_is_its_head_and_those_tables(place: Place) -> None:
    whole = meeting(3, ActionItem(uid="i", title="Do"), decisions={"d": Decision(uid="d", text="So be it")})
    store = stored(place, whole)
    part = store.read(3, ("decisions",))
    assert (part.head, part.decisions, part.action_items) == (whole.head, whole.decisions, {})


def test_a_glance_sees_that_a_file_has_changed(tmp_path: Path) -> None:
    before = meeting(1, ActionItem(uid="i", title="Do"))
    store = in_files(tmp_path, before)
    seen = store.glance(1)
    assert seen == store.glance(1) != store.glance(2)
    store.save(replace(before, action_items={}), before)
    assert store.glance(1) not in (None, seen)


def test_the_texts_in_a_file_are_those_of_its_meeting(tmp_path: Path) -> None:
    write_demo(tmp_path / "sample", 3, until=dt.date(2026, 11, 20))
    store = FileStore(tmp_path / "sample" / "store")
    raw = store.path(2).read_bytes()
    assert raw.count(b"a") > 100
    store.path(2).write_bytes(raw.replace(b'"note": "', b'"note": "\\u0007A\x7f', 3))
    for number, texts in store.texts(store.numbers()):
        assert isinstance(texts, Texts)
        for words in ("a", "0", " "):
            found = list(texts.find(words))
            assert found == list(Texts.of(store.read(number)).find(words))
            assert len(found) > 1


@pytest.mark.parametrize(
    ("what", "instead"),
    [
        (b'"uid": "i"', b'"id": "i"'),
        (b'"uid": "j"', b'"uid": "i"'),
        (b'"2": {', b'"two": {'),
        (b'"number": 1', b'"number": 2'),
        (b'"schema": 1', b'"schema": 99'),
        (b'"title": "Do"', b'"title": 5'),
        (b"}", b""),
    ],
)
def test_a_file_that_cannot_be_read_has_no_texts_either(tmp_path: Path, what: bytes, instead: bytes) -> None:
    store = in_files(tmp_path, meeting(1, ActionItem(uid="i", title="Do"), ActionItem(uid="j", title="Do")))
    raw = store.path(1).read_bytes()
    assert what in raw
    store.path(1).write_bytes(raw.replace(what, instead, 1))
    with pytest.raises(Unreadable):
        store.read(1)
    assert [isinstance(texts, Unreadable) for _, texts in store.texts([1])] == [True]
