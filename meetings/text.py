"""Cleaning of text on its way in: what people and files write must never reach a terminal as commands."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_SEQUENCE = re.compile(
    r"""
      # strings that carry something: OSC, DCS, PM, APC, SOS
      (?: \x1b[\]P^_X] | [\x90\x98\x9d-\x9f] ) [^\x07\x1b\x80-\x9f\n\r]* (?: \x07 | \x1b\\ | \x9c )
      # CSI: colours and moves
    | (?: \x1b\[ | \x9b ) [0-?]* [ -/]* [@-~]?
      # the short ones
    | \x1b [ -/]* [0-~]?
    """,
    re.VERBOSE,
)
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_REMOVED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u202a-\u202e\u2066-\u2069]")
_SUSPECT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u2028-\u202e\u2066-\u2069]")


def clean(text: str, *, lines: bool = False) -> str:
    r"""The text as typed, without what could command a terminal or reorder a line.

    Removed:

    * terminal escape sequences, whole: CSI (colours, cursor moves), OSC (titles, links, clipboard), DCS, PM,
      APC and SOS strings with what they carry, and the short ESC sequences. A string that is never ended on
      its line loses only its beginning, so that no words are swallowed;
    * all other control characters: C0 (NUL included), DEL and C1;
    * lone surrogates (halves of a character, which no file can hold);
    * the byte order mark U+FEFF;
    * bidirectional embeddings, overrides and isolates: U+202A to U+202E and U+2066 to U+2069;
    * blanks around the whole text.

    Changed: a tab becomes a space. Line ends (`\r\n`, `\r`, vertical tab, form feed, U+0085, U+2028, U+2029)
    become `\n` when `lines`, and otherwise each run of line ends becomes one space.

    Everything else stays as it is: joiners, variation selectors, left-to-right and right-to-left marks,
    combining marks; nothing is normalised. Cleaning what is clean changes nothing.
    """
    if _SUSPECT.search(text) is None:
        return text.strip()
    text = _REMOVED.sub("", _BREAK.sub("\n", _SEQUENCE.sub("", text))).replace("\t", " ")
    if not lines:
        text = " ".join(part for part in map(str.strip, text.split("\n")) if part)
    return text.strip()


def clean_value(value: Any) -> Any:
    """The same value with every text in it cleaned (lines kept), keys of dicts included."""
    if isinstance(value, str):
        return clean(value, lines=True)
    if isinstance(value, dict):
        return {clean_value(key): clean_value(item) for key, item in value.items()}
    if isinstance(value, list):
        return [clean_value(item) for item in value]
    if isinstance(value, tuple):
        return tuple(clean_value(item) for item in value)
    return value


def split_lines(text: str) -> list[str]:
    """The lines that say something, each cleaned: what a paste of several lines holds."""
    return [line for line in map(str.strip, clean(text, lines=True).split("\n")) if line]


def first_line(text: str) -> str:
    """The first line that says something, or nothing."""
    return next(iter(split_lines(text)), "")


def width(text: str) -> int:
    """Terminal cells that the text takes up: wide East Asian signs and emoji two, combining signs none."""
    return len(text) if text.isascii() else sum(map(cells, text))


def cells(sign: str) -> int:
    """Terminal cells of one character."""
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
