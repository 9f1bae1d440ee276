"""Text as GitHub Flavored Markdown that reads as it was typed.

Three ways, which differ in what becomes of a line break:

* `inline`: `<br>`. The result is one line, so it is safe anywhere, in a table cell as well. The default.
* `prose`: a backslash at the end of the line. For paragraphs and list items; the nicer source.
* `line`: a space. For headings.

What does not stay exactly as typed: runs of spaces, and spaces at the ends of a line, read as HTML
reads them (as one space, or none). `@name`, `#12` and commit ids stay as they are; GitHub makes links of
those that exist. Addresses with `http:` or `https:` become links with the same words.

Not every renderer knows more than GFM; GitHub does, and so `$` (formulas) and `:name:` (emoji) are
escaped too. For emoji neither a backslash nor an entity helps there (github/markup issue 1153), because
they are replaced in the finished HTML; a `<span>` around the colon parts the name from it.
"""

from __future__ import annotations

import re
from html.entities import html5

BREAKS = r"\r\n\v\f\x85\u2028\u2029"
"""Everything that some reader takes for the end of a line."""
BREAK = re.compile(rf"\r\n|[{BREAKS}]")

EMOJI = r": (?= (?: 100 | 1234 | \d*[a-z_+\-][a-z0-9_+\-]* ) : )"  # but no times of day: 10:30:15
ENTITY = r"& (?: \#\d{1,7} | \#[xX][0-9A-Fa-f]{1,6} | [A-Za-z][A-Za-z0-9]* ) ;"
REPLACED = re.compile(f"{EMOJI} | {ENTITY}", re.VERBOSE)
"""What would be replaced even in the words of a link."""

URL = r"(?<![A-Za-z0-9]) (?i:https?)://[A-Za-z0-9] [A-Za-z0-9\-._~:/?\#@!&'()*+,;=%\[\]]*"
"""A web address, with the punctuation that follows it: see `without_closing_signs`."""

NUMBERED_START = r"^(\d{1,9})([.)])(?=\s|$)"

SPECIAL = re.compile(
    rf"""
      (?P<url> {URL} )
    | (?P<emoji> {EMOJI} )
    | (?P<entity> {ENTITY} )
    | [\\`*_\[\]<|~$]
    | : (?= // )           # no link but those above: the words of others would show these backslashes
    | (?<= [wW]{{3}} ) \.
    """,
    re.VERBOSE,
)
"""What means something anywhere in a line."""

HARMLESS = rf"[^\\`*_\[\]<|~$:\#&.{BREAKS}]*+"
PLAIN = re.compile(
    rf"(?! \s | [-+=>] | {NUMBERED_START} ) {HARMLESS} (?: \.(?<! [wW]{{3}}\. ) {HARMLESS} )*+ (?<! \s ) \Z",
    re.VERBOSE,
)
"""Most texts: nothing needs to be done to them, wherever they stand."""

AT_START = re.compile(r"(?: [-+=] (?= [\s=+:|-] | $ ) | > | \# | : (?= -) )", re.VERBOSE)
"""What makes a block of a line that begins with it: list, rule, quote, heading (underlined too), table."""

NUMBERED = re.compile(NUMBERED_START)
"""The beginning of a numbered list."""

CLOSING_HASHES = re.compile(r"(?<=\s)(?=#+$)")
"""Where a heading would take the signs at its end for its own."""


def inline(text: str) -> str:
    """The text on one line, with `<br>` for its line breaks: for any place, table cells too."""
    if PLAIN.match(text):
        return text
    return "<br> ".join(_escaped(part) for part in _split(text))


def prose(text: str, indent: int = 0) -> str:
    """The text with hard line breaks: for a paragraph or a list item.

    `indent` puts so many spaces before the lines after the first. They show in the source only.
    """
    if PLAIN.match(text):
        return text
    return ("\\\n" + " " * indent).join(_escaped(part) for part in _split(text))


def line(text: str) -> str:
    """The text with spaces for its line breaks: for headings."""
    if PLAIN.match(text):
        return text
    return _escaped(" ".join(part for part in _split(text) if part))


def _split(text: str) -> list[str]:
    return [part.strip(" \t") for part in BREAK.split(text.strip())]


def _escaped(text: str) -> str:
    """One line, escaped."""
    if PLAIN.match(text):
        return text
    parts: list[str] = []
    place = 0
    while found := SPECIAL.search(text, place):
        kept, end = _replacement(found)
        parts += [text[place : found.start()], kept]
        place = end
    escaped = "".join([*parts, text[place:]])
    if AT_START.match(escaped):
        escaped = "\\" + escaped
    escaped = NUMBERED.sub(r"\1\\\2", escaped, count=1)
    return CLOSING_HASHES.sub(r"\\", escaped)


def _replacement(found: re.Match[str]) -> tuple[str, int]:
    """What takes the place of something special, and where the text goes on."""
    sign = found.group()
    if found["emoji"]:
        return "<span>:</span>", found.end()
    if found["entity"]:
        known = sign[1] == "#" or sign[1:] in html5
        return ("\\&" if known else "&") + sign[1:], found.end()
    if not found["url"]:
        return "\\" + sign, found.end()
    url = without_closing_signs(sign)
    if REPLACED.search(url) is None:
        return f"<{url}>", found.start() + len(url)
    colon = sign.index(":")
    return sign[:colon] + "\\:", found.start() + colon + 1


def without_closing_signs(url: str) -> str:
    """The address without the punctuation of the sentence around it."""
    while url[-1] in ".,;:!?'*_~&" or any(
        url[-1] == shut and url.count(shut) > url.count(open_) for open_, shut in ("()", "[]")
    ):
        url = url[:-1]
    return url
