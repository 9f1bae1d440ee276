"""Between bytes and a meeting: what cannot be read is said in one sentence, texts come in clean."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.errors import StoreError
from meetings.kinds import MeetingState
from meetings.meeting import Head, Meeting
from meetings.model import ActionItem, Change, Edit, Goal, LeadNumbers, Note, Person, Reading, Win
from meetings.store.base import NewerFormat, Unreadable
from meetings.store.codec import decode, tables_of
from meetings.store.durable import encode
from meetings.text import clean


def plain(**tables: Any) -> bytes:
    """A file with a head and those tables, as a person would write it."""
    head = {"1": {"uid": "head", "number": 7, "schema": 1}}
    return json.dumps({"meeting": head} | tables, ensure_ascii=False).encode()


def test_what_is_left_out_has_its_default() -> None:
    meeting = decode(plain(wins={"3": {"uid": "w", "title": "ACME"}}), "0007.json")
    assert meeting.head.state is MeetingState.PLANNED
    assert meeting.wins["w"] == Win(uid="w", title="ACME")
    assert meeting.goals == {}


def test_rows_come_in_the_order_in_which_they_are_shown() -> None:
    rows = {str(n): {"uid": f"w{n}", "title": "x", "position": -n} for n in range(1, 5)}
    assert list(decode(plain(wins=rows), "0007.json").wins) == ["w4", "w3", "w2", "w1"]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "0007.json, line 1, is not whole JSON: it ends too early."),
        (plain()[:-1], "0007.json, line 1, is not whole JSON: it ends too early."),
        (b'{\n"meeting":\n{"1" 2}}', "0007.json, line 3, is not whole JSON: expected ':'."),
        (b'{"meeting": {"1": {"uid": "\xff"}}}', "0007.json"),
        (b'{"meeting": {"1": {"number": NaN}}}', "0007.json, line 1, is not whole JSON"),
        (b"[]", "0007.json has a value of the wrong kind"),
        (b"null", "0007.json has a value of the wrong kind"),
        (b"{}", "0007.json is not a meeting: it has 0 rows in its table “meeting”."),
        (b'{"_default": []}', "0007.json is not a meeting"),
        (b'{"meeting": {"1": {"uid": "a"}, "2": {"uid": "b"}}}', "0007.json is not a meeting: it has 2 rows"),
        (plain(wins=[]), "0007.json has a value of the wrong kind"),
        (plain(wins={"1": {"uid": "w", "amount": "much"}}), "0007.json has a value of the wrong kind"),
        (plain(feedback={"1": {"uid": "f", "rating": 9}}), "0007.json has a value of the wrong kind"),
        (
            plain(action_items={"1": {"uid": "i", "due": "2026-02-30"}}),
            "0007.json has a value of the wrong kind",
        ),
        (plain(wins={"1": {"uid": "w"}, "2": {"uid": "w"}}), "0007.json has two rows with the same uid"),
        (b"[" * 100_000, "0007.json"),
        (b'{"meeting": ' * 50_000, "0007.json"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_with_a_remedy(raw: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        decode(raw, "0007.json")
    assert refused.value.message.startswith(sentence)
    assert "\n" not in refused.value.message
    assert refused.value.hint.startswith("The file is kept as it is.")


@pytest.mark.parametrize(
    "newer",
    [
        {"meeting": {"1": {"uid": "head", "number": 7, "schema": 3}}},
        {"meeting": {"1": {"uid": "head", "number": {"year": 2027, "week": 1}, "schema": 3}}},
        {
            "meeting": {"1": {"uid": "head", "number": 7, "schema": 3}},
            "wins": {"1": {"uid": "w", "title": 5}},
        },
    ],
)
def test_a_newer_format_is_named_whatever_it_holds(newer: dict[str, Any]) -> None:
    with pytest.raises(
        NewerFormat, match=re.escape("written by a newer Accord (format 3; this one knows 1)")
    ):
        decode(json.dumps(newer).encode(), "0007.json")


DIRTY = "a\x1b]52;c;aGk=\x07\x1b[2Jb\x00\x07\x9b31mc\u202ed\ufeff\x7f\u2028e"


@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_hand_edited_file_brings_no_control_characters_in(ascii_only: bool) -> None:
    tables = {
        "meeting": {"1": {"uid": "head", "number": 7, "name": DIRTY, "team_names": {"a": DIRTY}}},
        "wins": {"1": {"uid": "w", "title": DIRTY, "credits": [DIRTY]}},
        "lead_numbers": {"1": {"uid": "l", "source": DIRTY, "rejected": {DIRTY: 4}}},
        "people": {"1": {"uid": "p", "name": "Sam\tSmith"}},
    }
    raw = json.dumps(tables, ensure_ascii=ascii_only).replace("\x7f", "\\u007f").encode()
    meeting = decode(raw, "0007.json")
    tidy = "abcd\ne"
    assert (meeting.head.name, meeting.head.team_names["a"]) == (tidy, tidy)
    assert (meeting.wins["w"].title, meeting.wins["w"].credits) == (tidy, (tidy,))
    assert meeting.lead_numbers["l"].rejected == {tidy: 4}
    assert meeting.people["p"] == Person(uid="p", name="Sam Smith")


@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=40), escaped=st.booleans())
def test_every_text_in_a_file_is_clean_when_it_is_read(text: str, escaped: bool) -> None:
    tables = {
        "meeting": {"1": {"uid": "head", "number": 7}},
        "notes": {"1": {"uid": "n", "text": "x" + text + "x"}},
    }
    found = decode(json.dumps(tables, ensure_ascii=escaped).encode(), "0007.json").notes["n"].text
    assert found == clean("x" + text + "x", lines=True)


def test_clean_text_is_not_changed() -> None:
    text = "C:\\temp\\new “ünï” 👩‍👩‍👧 [x] \\u001b line\nline — ſ"
    assert decode(plain(notes={"1": {"uid": "n", "text": text}}), "0007.json").notes["n"].text == text


moments = st.datetimes(timezones=st.just(dt.UTC))
texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=20).map(lambda text: clean(text, lines=True))
numbers = st.none() | st.floats(-1e12, 1e12)
readings = st.lists(st.builds(Reading, st.dates(), st.floats(-1e9, 1e9)), max_size=3).map(tuple)
counts = st.dictionaries(texts, st.integers(0, 10**6), max_size=3)
common: dict[str, Any] = {"created_at": moments, "updated_at": moments, "position": st.floats(-1e6, 1e6)}
records = st.one_of(
    st.builds(Win, title=texts, credits=st.lists(texts, max_size=3).map(tuple), amount=numbers, **common),
    st.builds(Goal, title=texts, readings=readings, start=numbers, due=st.none() | st.dates(), **common),
    st.builds(LeadNumbers, source=texts, rejected=counts, **common),
    st.builds(ActionItem, title=texts, due=st.none() | st.dates(), carried=st.integers(0, 99), **common),
    st.builds(Note, step=texts, text=texts, **common),
    st.builds(
        Edit,
        label=texts,
        changes=st.lists(
            st.builds(
                Change, st.just("wins"), texts, st.none(), st.just({"credits": ["Sam"], "amount": 2.5})
            ),
            max_size=2,
        ).map(tuple),
        **common,
    ),
)
TABLE: Callable[[Any], str] = lambda row: {  # noqa: E731
    Win: "wins",
    Goal: "goals",
    LeadNumbers: "lead_numbers",
    ActionItem: "action_items",
    Note: "notes",
    Edit: "edits",
}[type(row)]


@given(st.lists(records, max_size=6))
def test_a_meeting_comes_back_as_it_was_written(rows: list[Any]) -> None:
    meeting = Meeting(head=Head(uid="head", number=7))
    for row in rows:
        meeting = meeting.with_tables({TABLE(row): {**meeting.table(TABLE(row)), row.uid: row}})
    assert decode(encode(tables_of(meeting)), "0007.json") == meeting


def said_of(raw: bytes) -> str:
    """What is wrong with the bytes, or nothing. Any other error than the store's own fails the test."""
    try:
        decode(raw, "0007.json")
    except StoreError as error:
        return error.message
    return ""


@given(st.binary(max_size=200))
def test_any_bytes_are_either_a_meeting_or_one_sentence(raw: bytes) -> None:
    assert "\n" not in said_of(raw)


@given(st.data())
def test_a_damaged_file_is_either_a_meeting_or_one_sentence(data: st.DataObject) -> None:
    raw = bytearray(plain(wins={"1": {"uid": "w", "title": "ACME", "credits": ["Sam"]}}))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    assert "\n" not in said_of(bytes(raw))
