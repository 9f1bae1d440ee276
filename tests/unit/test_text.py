"""What cleaning takes out of text, and what it leaves as it was typed."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from meetings.text import clean, clean_value, first_line, split_lines

ESC = "\x1b"
ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x1b\x9b\x9d\x90\x9c\x07\\[]m;0 \t\r\n\x00\u202e\u2066\ufeff\ud800\u200d"),
    )
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (f"{ESC}[31mred{ESC}[0m", "red"),
        (f"{ESC}[38;2;1;2;3mred", "red"),
        (f"{ESC}[?25lhidden cursor", "hidden cursor"),
        ("\x9b31mred", "red"),
        (f"a{ESC}]0;title\x07b", "ab"),
        (f"a{ESC}]8;;https://evil.example{ESC}\\link{ESC}]8;;{ESC}\\b", "alinkb"),
        (f"a{ESC}]52;c;ZXZpbA==\x07b", "ab"),
        (f"a{ESC}P1$r0m{ESC}\\b", "ab"),
        (f"a{ESC}_G payload{ESC}\\b", "ab"),
        ("a\x9d0;title\x9cb", "ab"),
        (f"a{ESC}cb{ESC}(Bc{ESC}7d", "abcd"),
        (f"a{ESC}[31", "a"),
        (f"a{ESC}", "a"),
    ],
)
def test_terminal_sequences_go_whole(typed, kept):
    assert clean(typed) == kept


def test_a_sequence_that_never_ends_does_not_swallow_the_words_after_it():
    assert clean(f"{ESC}]0;Send the list\nto Sam", lines=True) == "0;Send the list\nto Sam"
    assert clean(f"{ESC}]0;Send\nthe list\x07 to Sam", lines=True) == "0;Send\nthe list to Sam"


@pytest.mark.parametrize("code", [*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
def test_control_characters_go(code):
    assert clean(f"a{chr(code)}b") == "ab"


@pytest.mark.parametrize("sign", ["\x80", "\x9a", "\ufeff", "\ud800", "\u202a", "\u202e", "\u2066", "\u2069"])
def test_invisible_commands_go(sign):
    assert clean(f"a{sign}b") == "ab"


@pytest.mark.parametrize(
    "text",
    [
        "naïve",
        "nai\u0308ve",
        "👩\u200d👩\u200d👧",
        "❤\ufe0f",
        "\u200fשלום\u200e",
        "می\u200cخواهم",
        "日本語",
        "½ ﬁ ™",
        "a  b",
        "[red]not markup[/red]",
        "a\u00a0b",
        "🏴\U000e0067\U000e0062\U000e007f",
    ],
)
def test_words_of_every_script_stay_as_typed(text):
    assert clean(text) == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_is_one_line_end(end):
    assert clean(f"a{end}b", lines=True) == "a\nb"
    assert clean(f"a{end}b") == "a b"


def test_blank_lines_stay_between_lines_and_close_up_in_one_line():
    assert clean("a\n\n b ", lines=True) == "a\n\n b"
    assert clean("a \n\n b ") == "a b"


def test_a_tab_is_a_space():
    assert clean("a\tb\t") == "a b"


def test_a_whole_document_is_cleaned_with_its_keys_and_lines():
    dirty = {"a\x00": [f"{ESC}[1mx", ("y\r\nz", 3)], "n": None, "f": 1.5}
    assert clean_value(dirty) == {"a": ["x", ("y\nz", 3)], "n": None, "f": 1.5}


def test_a_paste_of_several_lines_is_its_lines():
    assert split_lines("  one\r\n\r\n\ttwo \n") == ["one", "two"]
    assert first_line("\n\n one\ntwo") == "one"
    assert first_line(" \n") == ""


@settings(deadline=None)
@given(ANY_TEXT, st.booleans())
@example("\r\x00\n", True)
@example(f"{ESC}{ESC}[m[31m", False)
@example(f"{ESC}\x00[31m", False)
def test_clean_text_is_clean(text, lines):
    once = clean(text, lines=lines)
    assert clean(once, lines=lines) == once
    assert ESC not in once
    assert all(sign.isprintable() or sign.isspace() or ord(sign) > 0xA0 for sign in once)
    assert ("\n" not in once) or lines
    json.dumps(once, ensure_ascii=False).encode()


@settings(deadline=None)
@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E)))
def test_plain_words_are_never_touched(text):
    assert clean(text) == text
