"""Long questions over all meetings: cancelled on the way, asked again, and told how far they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from meetings.errors import StoreError
from meetings.meeting import Head, Meeting
from meetings.model import ActionItem
from meetings.store.archive import Archive
from meetings.store.base import Unreadable
from meetings.store.files import FileStore
from meetings.store.texts import Texts
from meetings.store.watch import Cancelled


class Counted(FileStore):
    """A store that knows which meetings were read."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.were_read: list[int] = []

    def read(self, number: int, tables: object = ()) -> Meeting:
        self.were_read.append(number)
        return super().read(number, tables)  # type: ignore[arg-type]

    def texts(self, numbers: Sequence[int]) -> Iterator[tuple[int, Texts | StoreError]]:
        for number, texts in super().texts(numbers):
            self.were_read.append(number)
            yield number, texts


class Patience:
    """Waits for so many meetings."""

    def __init__(self, until: int = 10**6) -> None:
        self.until = until
        self.steps: list[tuple[int, int]] = []

    def step(self, done: int, all: int) -> None:
        self.steps.append((done, all))
        if done >= self.until:
            raise Cancelled


def titles(meeting: Meeting) -> list[str]:
    return sorted(item.title for item in meeting.action_items.values())


def meeting(number: int, title: str = "") -> Meeting:
    """One that has the item of all, and one of its own."""
    items = {
        "all": ActionItem(uid="all", title=title or "Of all"),
        f"{number}": ActionItem(uid=f"{number}", title="Own"),
    }
    return replace(Meeting(head=Head(uid=f"m{number}", number=number)), action_items=items)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    store = Counted(tmp_path / "store")
    for number in range(1, 6):
        store.create(meeting(number))
    return Archive(store)


def were_read(archive: Archive) -> list[int]:
    assert isinstance(archive.store, Counted)
    found, archive.store.were_read = archive.store.were_read, []
    return found


def test_a_question_says_after_every_meeting_how_far_it_is(archive: Archive) -> None:
    watch = Patience()
    assert [number for number, _ in archive.each(titles, watch, numbers=[5, 3])] == [5, 3]
    assert watch.steps == [(0, 2), (1, 2), (2, 2)]
    for ask in (
        archive.ledger,
        lambda watch: list(archive.meetings(watch=watch)),
        lambda watch: list(archive.search("own", watch)),
    ):
        watch = Patience()
        ask(watch)
        assert watch.steps == [(done, 5) for done in range(6)]
    watch = Patience()
    assert len(archive.promises(watch)) == 6
    assert watch.steps == [(5, 5)], "the ledger has read them all"


def test_a_cancelled_question_goes_on_where_it_was_when_it_is_asked_again(archive: Archive) -> None:
    with pytest.raises(Cancelled):
        list(archive.each(titles, Patience(until=2)))
    assert were_read(archive) == [1, 2]
    assert [found for _, found in archive.each(titles)] == [["Of all", "Own"]] * 5
    assert were_read(archive) == [3, 4, 5]

    with pytest.raises(Cancelled):
        archive.ledger(Patience(until=3))
    assert were_read(archive) == [1, 2, 3]
    watch = Patience()
    assert archive.ledger(watch).found.keys() == {"all", "1", "2", "3", "4", "5"}
    assert were_read(archive) == [4, 5]
    assert watch.steps == [(3, 5), (4, 5), (5, 5)]

    with pytest.raises(Cancelled):
        list(archive.search("own", Patience(until=4)))
    assert were_read(archive) == [5, 4, 3, 2]
    assert len(list(archive.search("own"))) == 5
    assert were_read(archive) == [1]


def test_two_questions_do_not_get_the_answers_of_each_other(archive: Archive) -> None:
    def numbers(meeting: Meeting) -> int:
        return meeting.head.number

    assert [found for _, found in archive.each(numbers)] == [1, 2, 3, 4, 5]
    assert [found for _, found in archive.each(titles, tables=("wins",))] == [[]] * 5
    assert [found for _, found in archive.each(titles)] == [["Of all", "Own"]] * 5


def test_the_ledger_of_the_meetings_before_one_is_the_askers_own(archive: Archive) -> None:
    ledger = archive.ledger(before=4)
    assert ledger.found.keys() == {"all", "1", "2", "3"}
    ledger.take(meeting(4, "On the screen"))
    assert archive.ledger(before=4).found["all"].item.title == "Of all"
    assert were_read(archive) == [1, 2, 3]
    whole = archive.ledger()
    assert were_read(archive) == [4, 5]
    assert [stand.number for stand in whole.trails["all"]] == [1]
    assert archive.ledger(before=2).found.keys() == {"all", "1"}


def test_the_ledger_starts_anew_when_a_meeting_has_changed_that_it_had_taken(archive: Archive) -> None:
    archive.ledger(before=5)
    archive.store.save(meeting(2, "Otherwise"), meeting(2))
    were_read(archive)
    trail = archive.ledger(before=5).trails["all"]
    assert [(stand.number, stand.item.title) for stand in trail] == [
        (1, "Of all"),
        (2, "Otherwise"),
        (3, "Of all"),
    ]
    assert were_read(archive) == [1, 2, 3, 4]


def test_what_cannot_be_read_is_said_beside_the_answers(archive: Archive) -> None:
    assert isinstance(archive.store, FileStore)
    archive.store.path(2).write_text("{")
    found = dict(archive.each(titles))
    assert [number for number, one in found.items() if isinstance(one, StoreError)] == [2]
    for ledger in (archive.ledger(), archive.ledger()):
        assert [type(error) for error in ledger.unread] == [Unreadable]
    assert len(archive.promises()) == 5
    assert len(archive.unread) == 1
    archive.store.path(2).unlink()
    assert archive.ledger().unread == []


class InLots(Counted):
    """A store that hands meetings out three at a time, in their own order, and leaves out those that are gone."""

    def read_many(
        self, numbers: Sequence[int], tables: Sequence[str] = ()
    ) -> Iterator[tuple[int, Meeting | StoreError]]:
        for start in range(0, len(numbers), 3):
            there = sorted({*numbers[start : start + 3]} & {*super().numbers()})
            yield from [*super().read_many(there, tables)]


def nothing(meeting: Meeting) -> None:
    return None


def test_a_store_may_hand_out_meetings_before_their_turn(archive: Archive) -> None:
    lots = InLots(Path(archive.store.location))
    archive = Archive(lots)
    asked = [5, 4, 9, 3, 2, 1]
    assert [number for number, _ in archive.each(titles, numbers=asked)] == [5, 4, 3, 2, 1]
    assert sorted(were_read(archive)) == [1, 2, 3, 4, 5]
    assert [number for number, _ in archive.each(titles, numbers=[1, 5])] == [1, 5]
    assert were_read(archive) == []
    assert list(archive.each(nothing, numbers=[2, 1])) == [(2, None), (1, None)]
    with pytest.raises(Cancelled):
        archive.ledger(Patience(until=4))
    assert archive.ledger().found.keys() == {"all", "1", "2", "3", "4", "5"}
    assert [one.head.number for one in archive.meetings()] == [1, 2, 3, 4, 5]
