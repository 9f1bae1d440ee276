"""Names of files that every system takes, made of what people call things."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

LONGEST = 60
"""Characters of a name at most."""

RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{name}{digit}" for name in ("com", "lpt") for digit in "123456789"),
}
"""Names that Windows keeps for itself, whatever follows the first dot."""


def plain_words(text: str, most: int = LONGEST) -> str:
    """The letters and digits of the text in ASCII and lower case, `-` between words; empty when it has none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:most].strip("-")


def distinct_names(texts: Iterable[str], otherwise: str) -> dict[str, str]:
    """A file name (without extension) for each text, no two the same on a system that ignores case.

    A name that stands for its text alone is plain. Where several would have the same name, or where letters were
    lost on the way to it, it ends in a few digits that are made of the text, so that it does not
    depend on who else is there. `otherwise` names the empty text.
    """
    wanted = {text: plain_words(text) if text else otherwise for text in dict.fromkeys(texts)}
    taken = list(wanted.values())
    return {
        text: name
        if text == "" or (taken.count(name) == 1 and _kept(text, name))
        else f"{name}-{_mark(text)}".lstrip("-")
        for text, name in wanted.items()
    }


def _kept(text: str, name: str) -> bool:
    """Whether the name says all of the text that a name can say, and is no name that Windows keeps for itself."""
    letters = sum(sign.isalnum() for sign in text)
    return bool(name) and name not in RESERVED and letters == sum(sign.isalnum() for sign in name)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]
