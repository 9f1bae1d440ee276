"""YAML text to a tree of nodes that know their lines.

Built from the parser's events rather than with yaml.compose: the composer over libyaml recurses and kills
the process on text such as 100,000 opening brackets, and it hides anchors, aliases and tags.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

DEPTH = 12
"""Levels of nesting; the deepest setting has five."""

STRANGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that YAML refuses, or takes for a line break or a byte order mark."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SYNTAX = (
    (
        "mapping values are not allowed",
        "a colon cannot stand here: put text with a colon in quotes, or check the indentation",
    ),
    ("unexpected end of stream", "a quotation mark is opened here and not closed"),
    ("unexpected document separator", "a quotation mark is opened here and not closed"),
    (
        "unknown escape",
        "a backslash in double quotes begins an escape that YAML does not know: use single quotes",
    ),
    ("expected ',' or", "a bracket is opened and not closed, or a comma is missing"),
    (
        "did not find expected",
        "the lines do not fit together: check the indentation, brackets and quotes here and just above",
    ),
    ("could not find expected ':'", "a setting needs a colon and a space after its name"),
    (
        "incompatible YAML document",
        "this version of YAML is not understood: delete the line that begins with %YAML",
    ),
)


class YamlError(Exception):
    """The text is no YAML; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass
class Node:
    """A value in the file.

    `tag` is what YAML takes a scalar for: str, int, float, bool, null, timestamp ... `start` and `end` are
    (line, column) from 0. A "bad" node has been complained about already.
    """

    kind: Literal["scalar", "list", "mapping", "bad"]
    start: tuple[int, int]
    end: tuple[int, int]
    text: str = ""
    tag: str = "str"
    plain: bool = False
    items: list[Node] = field(default_factory=list)
    pairs: list[tuple[Node, Node]] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The line where it begins, from 1."""
        return self.start[0] + 1


def parse(text: str) -> tuple[Node | None, list[tuple[int, str]]]:
    """The tree of the one document in `text` (None when there is none), and what in it is refused, by line.

    Raises YamlError for text that is no YAML.
    """
    builder = _Builder()
    for event in _events(text):
        builder.take(event)
    return builder.root, builder.refused


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise _in_plain_words(error, text) from None
    except (yaml.YAMLError, UnicodeError):
        raise YamlError(0, "contains characters that YAML does not allow") from None


def _in_plain_words(error: yaml.MarkedYAMLError, text: str) -> YamlError:
    problem = error.problem or ""
    mark = error.problem_mark or error.context_mark
    if "unexpected end of stream" in problem and error.context_mark is not None:
        mark = error.context_mark
    line = mark.line if mark is not None else 0
    if "cannot start any token" in problem and mark is not None:
        rows = text.splitlines()
        rest = rows[line][mark.column :] if line < len(rows) else ""
        if rest.startswith("\t"):
            return YamlError(line + 1, "a tab cannot stand here: indent with spaces")
        return YamlError(line + 1, f"text that begins with `{rest[:1]}` has to be in quotes")
    words = next((words for part, words in _SYNTAX if part in problem), f"this is not YAML: {problem}")
    return YamlError(line + 1, words)


def _place(mark: Any) -> tuple[int, int]:
    return mark.line, mark.column


class _Builder:
    """Puts the events together; refuses what a configuration has no use for."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.refused: list[tuple[int, str]] = []
        self.open: list[tuple[Node, list[Node]]] = []
        self.documents = 0
        self.resolve: Callable[..., str] = yaml.SafeLoader("").resolve

    def take(self, event: yaml.Event) -> None:
        """One more event of the parser."""
        start, end = _place(event.start_mark), _place(event.end_mark)
        line = start[0]
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents == 2:
                self.refused.append(
                    (line + 1, "a second document begins here; a file holds one configuration")
                )
        elif isinstance(event, yaml.AliasEvent):
            self.refused.append((line + 1, "an alias (*) stands here; write the value itself"))
            self.add(Node("bad", start, end))
        elif isinstance(event, yaml.ScalarEvent):
            self.look_at(event)
            plain = bool(event.implicit[0])
            tag = event.tag or self.resolve(yaml.ScalarNode, event.value, event.implicit)
            kind: Literal["scalar", "bad"] = "bad" if event.tag else "scalar"
            self.add(Node(kind, start, end, event.value, tag.rpartition(":")[2], plain))
        elif isinstance(event, yaml.CollectionStartEvent):
            self.look_at(event)
            if len(self.open) == DEPTH:
                raise YamlError(line + 1, "there are too many levels of nesting here")
            sequence = isinstance(event, yaml.SequenceStartEvent)
            self.open.append((Node("list" if sequence else "mapping", start, end), []))
        elif isinstance(event, yaml.CollectionEndEvent):
            node, children = self.open.pop()
            node.end = end
            if node.kind == "list":
                node.items = children
            else:
                node.pairs = list(zip(children[::2], children[1::2], strict=True))
            self.add(node)

    def look_at(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """Refuse anchors and tags."""
        line = _place(event.start_mark)[0] + 1
        if event.anchor:
            self.refused.append((line, "an anchor (&) stands here; write the value where it is needed"))
        if event.tag:
            self.refused.append((line, "a tag (!) stands here; write the value alone"))

    def add(self, node: Node) -> None:
        """Put a finished node where it belongs."""
        if self.open:
            self.open[-1][1].append(node)
        elif self.root is None:
            self.root = node
