"""User text in Markdown reads as it was typed: asked of the parsers that read it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import assume, example, given, settings
from markdown_readers import READERS, hostile, markdown_it, naughty, seen

from meetings.exchange import gfm

LIST, CELL, HEADING, PARAGRAPH, INLINE = "task", "cell", "heading", "paragraph", "inline paragraph"
PLACES: dict[str, Callable[[str], str]] = {
    LIST: lambda text: f"- [ ] {gfm.prose(text)}\n\nafter\n\n",
    CELL: lambda text: f"| a | b |\n| --- | --- |\n| {gfm.inline(text)} | end |\n\nafter\n\n",
    HEADING: lambda text: f"## {gfm.line(text)}\n\nafter\n\n",
    PARAGRAPH: lambda text: f"{gfm.prose(text)}\n\nafter\n\n",
    INLINE: lambda text: f"- before: {gfm.inline(text)} (after)\n\nafter\n\n",
}
BODY = ["<tbody>", "<tr>", "<td>"]
AROUND: dict[str, tuple[list[str], list[str]]] = {
    LIST: (["<ul>", "<li>", "<input>"], ["</li>", "</ul>"]),
    CELL: (
        [
            "<table>",
            "<thead>",
            "<tr>",
            "<th>",
            "a",
            "</th>",
            "<th>",
            "b",
            "</th>",
            "</tr>",
            "</thead>",
            *BODY,
        ],
        ["</td>", "<td>", "end", "</td>", "</tr>", "</tbody>", "</table>"],
    ),
    HEADING: (["<h2>"], ["</h2>"]),
    PARAGRAPH: (["<p>"], ["</p>"]),
    INLINE: (["<ul>", "<li>"], ["</li>", "</ul>"]),
}
AFTER = ["<p>", "after", "</p>"]


def typed(text: str, place: str) -> str:
    """What should be read: spaces as HTML shows them, line breaks kept where the place has room for them."""
    lines = [" ".join(part.split()) for part in re.split(r"\r\n|[\r\n\v\f\x85\u2028\u2029]", text.strip())]
    if place == HEADING:
        return " ".join(part for part in lines if part)
    joined = "\n".join(lines)
    return f"before: {joined} (after)" if place == INLINE else joined


def expected(text: str, place: str) -> list[str]:
    before, after = AROUND[place]
    words = typed(text, place)
    return [*before, *([words] if words.strip() else []), *after, *AFTER]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("reader", READERS)
def test_every_naughty_string_reads_as_typed(reader: Callable[[str], str], place: str) -> None:
    strings = naughty()
    assert len(strings) > 400
    found = seen(reader("".join(PLACES[place](text) for text in strings)))
    for text in strings:
        wanted = expected(text, place)
        assert found[: len(wanted)] == wanted
        del found[: len(wanted)]
    assert found == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=150, deadline=None)
@example("a\n\n    b")
@example("C#\n## x ##")
@example("see https://a.b/c_(d), or (https://a.b/x). www.a.b/_c_")
@example("x\n:--")
@example("a | b\n--- | ---\nc | d")
@example("ends in \\")
@example("a\n===")
@example("[a](b) and ![a](b)")
@example("[a]: /b")
@example("www.a.b\n\\")
@example("http://https://a.b/&copy;")
@given(text=hostile)
def test_any_text_reads_as_typed(reader: Callable[[str], str], place: str, text: str) -> None:
    assume(text.strip())
    assert seen(reader(PLACES[place](text))) == expected(text, place)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Send the list to Sam (by Friday)!", "Send the list to Sam (by Friday)!"),
        ("R&D, Q&A and AT&T; 5 > 4; 50-60 %; -1.5; 10:30", "R&D, Q&A and AT&T; 5 > 4; 50-60 %; -1.5; 10:30"),
        ("10:30:15", "10:30:15"),
        ("[a](b)", r"\[a\](b)"),
        ("a_b *c*", r"a\_b \*c\*"),
        ("$5 to $10", r"\$5 to \$10"),
        ("#1 priority", r"\#1 priority"),
        ("ticket #12", "ticket #12"),
        ("1. first", r"1\. first"),
        ("3.14", "3.14"),
        ("- x", r"\- x"),
        ("&copy; &nothing;", r"\&copy; &nothing;"),
        (":tada: now", "<span>:</span>tada: now"),
        ("<b>", r"\<b>"),
        ("See https://a.b/c_d.", "See <https://a.b/c_d>."),
        ("(https://a.b/c_(d))", "(<https://a.b/c_(d)>)"),
        ("www.a.b/c_d", r"www\.a.b/c\_d"),
    ],
)
def test_the_source_is_escaped_where_it_must_be_and_nowhere_else(text: str, source: str) -> None:
    assert gfm.inline(text) == source


def test_line_breaks() -> None:
    text = "one\n\n two \u2028three"
    assert gfm.inline(text) == "one<br> <br> two<br> three"
    assert gfm.prose(text) == "one\\\n\\\ntwo\\\nthree"
    assert gfm.line(text) == "one two three"


def test_web_addresses_stay_links() -> None:
    assert '<a href="https://a.b/c_d_e">https://a.b/c_d_e</a>' in markdown_it(gfm.inline("https://a.b/c_d_e"))
