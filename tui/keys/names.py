"""How people write a key, and what the screen library calls it."""

from __future__ import annotations

import re

_NAMES = {
    "?": "question_mark",
    "/": "slash",
    ".": "full_stop",
    ",": "comma",
    ":": "colon",
    ";": "semicolon",
    "-": "minus",
    "+": "plus",
    "*": "asterisk",
    "<": "less_than_sign",
    ">": "greater_than_sign",
    "!": "exclamation_mark",
    "#": "number_sign",
    "=": "equals_sign",
    "_": "underscore",
    "@": "at",
    "%": "percent_sign",
    "&": "ampersand",
    "(": "left_parenthesis",
    ")": "right_parenthesis",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "^": "circumflex_accent",
    "~": "tilde",
    "|": "vertical_line",
    "'": "apostrophe",
    '"': "quotation_mark",
}
_WORDS = {
    *("enter", "escape", "space", "delete", "insert", "backspace", "home", "end", "pageup", "pagedown"),
    *(f"f{n}" for n in range(1, 13)),
}
_KEY = re.compile(r"(?:(ctrl|alt|shift)\+)?(.+)", re.IGNORECASE)


def key_name(written: str) -> str | None:
    """The screen library's name of a key as people write it (`?` is question_mark), or None when there is none."""
    found = _KEY.fullmatch(written.strip())
    if found is None:
        return None
    modifier, key = (found.group(1) or "").lower(), found.group(2)
    if key.lower() in _WORDS:
        name = key.lower()
    elif key.lower() == "esc":
        name = "escape"
    elif len(key) == 1 and key.isascii() and key.isprintable() and not key.isspace():
        name = _NAMES.get(key, key) if not modifier else _NAMES.get(key, key.lower())
        if name == key and not key.isalnum():
            return None
    elif key in _NAMES.values():
        name = key
    else:
        return None
    if modifier == "shift" and len(name) == 1 and name.isalpha():
        return name.upper()
    return f"{modifier}+{name}" if modifier else name


def names_of(keys: tuple[str, ...]) -> str:
    """Those keys as the screen library lists them."""
    return ",".join(name for key in keys if (name := key_name(key)))
