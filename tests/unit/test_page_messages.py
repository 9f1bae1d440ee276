"""What a page sends to its app."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.web.messages import MOST_CELLS, cells, envelope, without_keys

START, END = "\x1b[200~", "\x1b[201~"
PIECES = st.sampled_from(
    ["\x1b", "[", "201~", "200~", END, START, "\x9b", "q", "C", " ", "\r", "\n", "\x00", "\x1b[2"]
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_a_pasted_text_ends_where_the_paste_does(text: str) -> None:
    handed_on = without_keys(START + text + END)
    assert handed_on.startswith(START)
    assert handed_on.endswith(END)
    assert "\x1b" not in handed_on[len(START) : -len(END)]


@given(st.text(alphabet="abc <>&'\"שй😀", max_size=20))
def test_what_is_harmless_is_pasted_as_it_is(text: str) -> None:
    assert without_keys(START + text + END) == START + text + END


def test_lines_stay_lines_and_blanks_around_a_text_stay() -> None:
    assert without_keys(f"{START}  one\rtwo \x1b[31mred\x1b[0m \r{END}") == f"{START}  one\rtwo red \r{END}"


@pytest.mark.parametrize(
    "typed", ["q", "\x1b", "\x1b[A", "\x1b[<0;3;4M", "\r", "é", START, END, f"{END}q{START}"]
)
def test_keys_are_handed_on_as_they_are(typed: str) -> None:
    assert without_keys(typed) == typed


@pytest.mark.parametrize("nonsense", ["", "{", '["stdin"', "[" * 100_000, "\ud800", "9" * 10_000])
def test_nonsense_is_nothing(nonsense: str) -> None:
    assert envelope(nonsense) is None


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        ("100", 100),
        (7, 7),
        (0, 1),
        (-5, 1),
        (10**9, MOST_CELLS),
        (None, 80),
        ("x", 80),
        ("1e3", 80),
        (True, 80),
    ],
)
def test_a_size_is_one_that_a_screen_can_have(sent: object, taken: int) -> None:
    assert cells(sent, 80) == taken
