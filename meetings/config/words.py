"""How a complaint about a configuration is worded: what was found, what is allowed, what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from meetings.config.tree import Node

_SECRET = re.compile(r"(?i)(://).*@|(password\s*=).*", re.DOTALL)
_READ_AS = {
    "bool": "true or false",
    "int": "a number",
    "float": "a number",
    "timestamp": "a date",
    "null": "nothing",
    "merge": "a merge key",
    "value": "a default value",
}


def shown(text: str, limit: int = 40) -> str:
    """Text as a complaint may show it: short, without control characters or what may be a password."""
    text = _SECRET.sub(lambda found: f"{found[1] or found[2]}...", text)
    text = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)
    return f"`{text if len(text) <= limit else text[: limit - 1] + '…'}`"


def found(node: Node) -> str:
    """What stands in the file."""
    if node.kind == "list":
        return "found a list"
    if node.kind == "mapping":
        return "found a group of settings"
    if node.tag == "null":
        return "found nothing"
    return f"found {shown(node.text)}" if node.plain else f"found the text {shown(node.text)}"


def needs_quotes(node: Node) -> str:
    """That YAML does not take this for text."""
    if not node.text:
        return "found nothing; allowed: text"
    read_as = _READ_AS.get(node.tag, "something else than text")
    quoted = shown(f'"{node.text}"')
    return f"found {shown(node.text)}, which YAML reads as {read_as}; put it in quotes: {quoted}"


def listed(words: Iterable[str]) -> str:
    """Words in a row."""
    return ", ".join(shown(word)[1:-1] for word in words)


def meant(word: str, allowed: Sequence[str]) -> str:
    """`; did you mean x?` when one of the allowed words is near, else nothing."""
    from difflib import get_close_matches  # only ever needed for a complaint

    by_lower = {option.lower(): option for option in allowed}
    near = get_close_matches(word.lower(), list(by_lower), n=1)
    return f"; did you mean {shown(by_lower[near[0]])}?" if near else ""


def number(value: float) -> str:
    """A bound as people write it."""
    return f"{value:g}"
