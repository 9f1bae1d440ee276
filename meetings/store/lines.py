"""Where in a JSON file things stand, so that a person finds them in an editor."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

Place = tuple[str, ...]
"""The names on the way to a value: table, row, field. Places in lists count from 0."""

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


def lines_of(raw: bytes) -> Iterator[tuple[Place, int]]:
    """Every name of every object in the file's order, with the line that it is in, counted from 1.

    A name that is there twice comes twice. In a file that is not whole JSON the places after the damage may be wrong.
    """
    text = raw.decode("utf-8", "replace")
    path: list[str | int] = []
    line, at, name_next = 1, 0, False
    for token in _TOKEN.finditer(text):
        line += text.count("\n", at, token.start())
        at = token.start()
        match token[0]:
            case "{":
                path.append("")
                name_next = True
            case "[":
                path.append(0)
                name_next = False
            case "}" | "]" if path:
                path.pop()
                name_next = False
            case "," if path:
                if isinstance(last := path[-1], int):
                    path[-1] = last + 1
                else:
                    name_next = True
            case word if name_next and path and word.startswith('"'):
                path[-1] = _name(word)
                name_next = False
                yield tuple(map(str, path)), line


def _name(word: str) -> str:
    try:
        return str(json.loads(word, strict=False))
    except ValueError:
        return word[1:-1]
