"""Who rates the meeting, and how a line of ratings is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from meetings_for_tests import empty, of
from msgspec.structs import replace

from meetings.errors import UsageError
from meetings.flow.ratings import changes, raters, rating_of, read_line, read_one
from meetings.kinds import Team
from meetings.meeting import Meeting
from meetings.model import Person, Rating

SAM = Person(uid="sam", name="Sam", team=Team.A, position=1)
LENA = Person(uid="lena", name="Lena", team=Team.B, position=2)
GUEST = Person(uid="kim", name="Kim", guest=True, position=3)
NAMES = ["Sam", "Lena", "Kim"]


def meeting(*people: Person, rated: tuple[Rating, ...] = ()) -> Meeting:
    return empty().with_tables({"people": of(*people), "ratings": of(*rated)})


def here(person: Person) -> Person:
    return replace(person, present=True)


def test_whoever_is_present_rates() -> None:
    assert [p.name for p in raters(meeting(SAM, here(LENA), here(GUEST)))] == ["Lena", "Kim"]


def test_while_nobody_is_ticked_everyone_but_guests_rates() -> None:
    assert [p.name for p in raters(meeting(SAM, LENA, GUEST))] == ["Sam", "Lena"]


def test_whoever_has_rated_stays_on_the_list() -> None:
    rating = Rating(person="Sam", value=8)
    assert [p.name for p in raters(meeting(SAM, here(LENA), rated=(rating,)))] == ["Sam", "Lena"]


def test_a_renamed_person_keeps_the_rating() -> None:
    before = meeting(SAM)
    made = changes(before, {"sam": 7})["add"]
    renamed = meeting(Person(uid="sam", name="Samira"), rated=tuple(made))
    found = rating_of(renamed, renamed.people["sam"])
    assert found is not None
    assert found.value == 7


def test_a_second_rating_takes_the_place_of_the_first() -> None:
    rating = Rating(uid="r", person="Sam", value=3)
    assert changes(meeting(SAM, rated=(rating,)), {"sam": 9}) == {
        "add": [],
        "change": {"r": {"value": 9}},
        "remove": [],
    }


def test_two_windows_make_the_same_rating() -> None:
    first, second = (changes(meeting(SAM), {"sam": value})["add"][0] for value in (3, 9))
    assert first.uid == second.uid


def test_nobody_rates_who_is_gone() -> None:
    with pytest.raises(UsageError, match="removed by someone else"):
        changes(meeting(SAM), {"lena": 9})


@given(st.lists(st.one_of(st.none(), st.integers(1, 10)), min_size=1, max_size=12), st.sampled_from(" ,;"))
def test_every_line_of_ratings_is_read(values: list[int | None], gap: str) -> None:
    line = f"{gap} ".join("-" if value is None else str(value) for value in values)
    assert read_line(line, ["x"] * len(values)) == values


@pytest.mark.parametrize("word", ["0", "11", "-1", "8.5", "", "acht", "٨", "1" * 5000])
def test_only_whole_numbers_from_1_to_10_are_ratings(word: str) -> None:
    with pytest.raises(UsageError, match="A rating is a whole number from 1 to 10"):
        read_one(word)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("8 7", "2 ratings for 3 people: Kim is next."),
        ("8 7 6 5", "4 ratings for 3 people: that is too many."),
        ("8 77 6", "Lena: a rating is a whole number from 1 to 10."),
        ("", "0 ratings for 3 people: Sam is next."),
    ],
)
def test_a_wrong_line_gets_one_sentence_that_shows_no_rating(line: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_line(line, NAMES)
    assert caught.value.message.startswith(sentence)
    assert "77" not in caught.value.message
