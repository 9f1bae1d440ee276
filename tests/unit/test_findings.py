"""What a search comes to: each text once, nobody's rating, and the words around the hit."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.store.findings import excerpt, findings
from meetings.store.texts import Hit
from meetings.text import clean, width

TODAY = dt.date(2026, 11, 21)


def hit(
    number: int, uid: str = "i", field: str = "title", text: str = "Send it", table: str = "action_items"
) -> Hit:
    return Hit(number, TODAY, table, uid, field, text)


def test_a_text_that_was_carried_along_is_found_once_in_the_newest_meeting() -> None:
    found = findings([hit(3), hit(3, "j"), hit(2), hit(1, text="Send that"), hit(1, "j")])
    assert [(each.hit.number, each.hit.uid, each.hit.text, each.numbers) for each in found.findings] == [
        (3, "i", "Send it", (3, 2)),
        (3, "j", "Send it", (3, 1)),
        (1, "i", "Send that", (1,)),
    ]
    assert (found.more, found.meetings) == (0, 3)


def test_a_source_is_found_once_although_each_week_has_numbers_of_its_own() -> None:
    weeks = [hit(week, f"w{week}", "source", "Webinar", "lead_numbers") for week in (3, 2, 1)]
    [found] = findings(weeks).findings
    assert (found.kind, found.hit.number, found.numbers) == ("Lead numbers", 3, (3, 2, 1))


def test_copies_are_not_found() -> None:
    found = findings([hit(1, field="origin_text")])
    assert (found.findings, found.meetings) == ((), 0)


def test_what_is_too_much_is_counted() -> None:
    found = findings([hit(2, str(n)) for n in range(5)] + [hit(1, str(n)) for n in range(5)], most=2)
    assert [each.numbers for each in found.findings] == [(2, 1), (2, 1)]
    assert found.more == 3


@pytest.mark.parametrize(
    ("table", "field", "kind"),
    [
        ("action_items", "title", "Action item"),
        ("action_items", "owner", "Action item, owner"),
        ("feedback", "response", "Feedback, response"),
        ("problems", "says_a", "Problem, one side"),
        ("notes", "text", "Note"),
    ],
)
def test_it_is_said_what_sort_of_text_it_is(table: str, field: str, kind: str) -> None:
    assert findings([hit(1, table=table, field=field)]).findings[0].kind == kind


@pytest.mark.parametrize(
    ("text", "words", "room", "parts"),
    [
        ("Send the list", "THE", 40, ("Send ", "the", " list")),
        ("Die Straße hier", "strasse", 40, ("Die ", "Straße", " hier")),
        ("one\ntwo  three", "two three", 40, ("one ", "two three", "")),
        ("Send the list", "nowhere", 40, ("Send the list", "", "")),
        ("a long way before the word is there", "word", 20, ("…the ", "word", " is there")),
        ("word and a long way after it", "word", 12, ("", "word", " and a …")),
        ("漢字漢字漢字の言葉です", "言葉", 12, ("…の", "言葉", "です")),
    ],
)
def test_the_words_around_the_hit(text: str, words: str, room: int, parts: tuple[str, str, str]) -> None:
    found = excerpt(text, words, room)
    assert found[1] == parts[1]
    assert width("".join(found)) <= room
    if width(text) <= room:
        assert found == parts
    else:
        assert found[0].endswith(parts[0].lstrip("…"))
        assert found[2].startswith(parts[2].rstrip("…"))


@given(st.text(max_size=60), st.text(min_size=1, max_size=5), st.integers(10, 40))
def test_an_excerpt_fits_and_is_part_of_the_text(text: str, words: str, room: int) -> None:
    before, match, after = excerpt(text, words, room)
    assert width(before + match + after) <= room
    line = " ".join(clean(text, lines=True).split())
    assert before.lstrip("…") + match + after.rstrip("…") in line
