"""Names of files that every system takes, made of what people call things."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

LONGEST = 60
"""Characters of a name at most."""

LONGEST_BYTES = 120
"""Bytes of a name with letters of any script."""

RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{name}{digit}" for name in ("com", "lpt") for digit in "123456789"),
}
"""Names that Windows keeps for itself, whatever follows the first dot."""

LETTERS = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
    }
)
"""Letters that Unicode does not take apart into a plain one and a mark."""

PLAIN = re.compile(r"[\w .'’-]+")
"""Texts of which a file's name says everything that matters."""


def plain_words(text: str, most: int = LONGEST) -> str:
    """The letters and digits of the text in ASCII and lower case, `-` between words; empty when it has none."""
    plain = unicodedata.normalize("NFKD", text.translate(LETTERS)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:most].strip("-")


def distinct_names(texts: Iterable[str], otherwise: str) -> dict[str, str]:
    """A file name (without extension) for each text, no two the same on a system that ignores case.

    Letters and digits of any script stay. Where two texts would have the same name, or where signs are lost that tell
    texts apart, the name ends in a few digits that are made of the text, so that it does not depend on who else is
    there. `otherwise` names the empty text.
    """
    wanted = {text: _readable(text) if text else otherwise for text in dict.fromkeys(texts)}
    taken = [_key(name) for name in wanted.values()]
    return {
        text: name
        if not text or (taken.count(_key(name)) == 1 and _says_all(text, name))
        else _marked(text, name)
        for text, name in wanted.items()
    }


def _readable(text: str) -> str:
    words = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", text))
    return words.encode()[:LONGEST_BYTES].decode("utf-8", "ignore").strip("-")


def _key(name: str) -> str:
    """The same for names that some system takes for one."""
    return unicodedata.normalize("NFKC", name).casefold()


def _says_all(text: str, name: str) -> bool:
    short = len(text.encode()) <= LONGEST_BYTES
    return bool(name) and name.casefold() not in RESERVED and short and PLAIN.fullmatch(text) is not None


def _marked(text: str, name: str) -> str:
    digits = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{name}-{digits}" if name else f"owner-{digits}"
