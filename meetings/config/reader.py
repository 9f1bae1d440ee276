"""Walks the tree of a config.yaml along its declarations (schema.py) and collects every problem."""

from __future__ import annotations

import types
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

from meetings.config import schema
from meetings.config.tree import Node
from meetings.config.values import BAD, allowed, scalar
from meetings.config.words import found, listed, meant, needs_quotes, shown
from meetings.errors import Problem
from meetings.meeting import AgendaStep
from meetings.text import clean


class Reader:
    """One reading of one file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}
        self.entries: dict[str, list[str]] = {}
        """The keys of the entries of a list that could be read."""

    def problem(self, line: int, key: str, message: str) -> None:
        """Note one more problem."""
        self.problems.append(Problem(self.file, line, key, message))

    def sound(self, key: str) -> bool:
        """Whether nothing has been said against that key or what is in it."""
        return not any(each.key == key or each.key.startswith(f"{key}.") for each in self.problems)

    def line_of(self, key: str) -> int:
        """The line of that key, or of the nearest one around it; 0 when the file does not have any."""
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return self.lines.get(key, 0)

    def section(self, node: Node, kind: type[msgspec.Struct], key: str) -> Any:
        """A group of settings. Left-out settings have their defaults; those that have none are asked for."""
        shorthand = getattr(kind, "shorthand", "")
        if shorthand and node.kind == "scalar" and not is_null(node):
            word = Node("scalar", node.start, node.end, text=shorthand)
            node = Node("mapping", node.start, node.end, pairs=[(word, node)])
        if node.kind != "mapping":
            self.problem(node.line, key, f"{found(node)}; allowed: settings named {listed(settings(kind))}")
            return BAD
        hints = settings(kind)
        values: dict[str, Any] = {}
        for name, value in self.pairs(node, key):
            if name not in hints:
                self.problem(self.lines[inside(key, name)], inside(key, name), unknown(name, kind))
                continue
            if is_null(value) and is_collection(hints[name]):
                continue  # what is left empty is as left out
            values[name] = self.value(value, hints[name], inside(key, name))
        whole = True
        for declared in _declared(kind):
            if declared.required and declared.name not in values and declared.name in hints:
                whole = False
                self.problem(node.line, inside(key, declared.name), "is missing")
            elif values.get(declared.name) is BAD:
                del values[declared.name]
                whole = whole and not declared.required
        return kind(**values) if whole else BAD

    def pairs(self, node: Node, key: str, *, own: bool = False) -> list[tuple[str, Node]]:
        """The names and values of a mapping; of a name that is there twice, the first is kept."""
        seen: dict[str, Node] = {}
        for name, value in node.pairs:
            if name.kind != "scalar":
                if name.kind != "bad":
                    self.problem(name.line, key, f"{found(name)} where the name of a setting is wanted")
                continue
            place = inside(key, name.text)
            if name.text in seen:
                self.problem(
                    name.line, place, f"stands here a second time; the first is in line {self.lines[place]}"
                )
                continue
            seen[name.text] = value
            self.lines[place] = name.line
            if name.tag != "str" and own:
                self.problem(name.line, place, needs_quotes(name))
        return list(seen.items())

    def value(self, node: Node, hint: Any, key: str) -> Any:
        """The value of a node as the type `hint`, or BAD."""
        hint, limits = unwrap(hint)
        origin, parts = get_origin(hint), get_args(hint)
        if node.kind == "bad":
            return BAD
        if origin in (Union, types.UnionType):
            if is_null(node):
                return None
            inner = next(part for part in parts if part is not types.NoneType)
            return self.value(node, Annotated[(inner, *limits)] if limits else inner, key)
        if origin is tuple:
            return self.rows(node, parts[0], key)
        if origin is dict:
            return self.table(node, parts[1], key, limits)
        if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
            return self.section(node, hint, key)
        if node.kind != "scalar":
            self.problem(node.line, key, f"{found(node)}; allowed: {allowed(hint, limits)}")
            return BAD
        value, trouble = scalar(node, hint, limits)
        if trouble:
            self.problem(node.line, key, trouble)
            return BAD
        return value

    def rows(self, node: Node, hint: Any, key: str) -> Any:
        """A list; a list left empty has no entries."""
        if is_null(node):
            return ()
        if node.kind != "list":
            self.problem(
                node.line, key, f"{found(node)}; allowed: a list, [one, two] or a line `- one` for each"
            )
            return BAD
        steps = hint is AgendaStep
        values = []
        entries = self.entries.setdefault(key, [])
        for count, item in enumerate(node.items, start=1):
            place = f"{key}.{count}"
            self.lines[place] = item.line
            value = self.value(item, schema.Step if steps else hint, place)
            if value is not BAD:
                values.append(value)
                entries.append(place)
        return schema.agenda_of(tuple(values)) if steps else tuple(values)

    def table(self, node: Node, hint: Any, key: str, limits: list[Meta]) -> Any:
        """A group with names of one's own choice, or of a fixed set."""
        if is_null(node):
            return {}
        if node.kind != "mapping":
            self.problem(node.line, key, f"{found(node)}; allowed: names, each with its value")
            return BAD
        extra = next((meta.extra for meta in limits if meta.extra), {})
        names = extra.get("keys", ())
        made = {}
        for name, child in self.pairs(node, key, own=not names):
            place = inside(key, name)
            if names and name not in names:
                self.problem(
                    self.lines[place],
                    place,
                    f"is not known here; allowed: {listed(names)}{meant(name, names)}",
                )
            elif not name or name != clean(name):
                self.problem(self.lines[place], place, f"found the name {shown(name)}; allowed: plain text")
            value = self.value(child, hint, place)
            if value is not BAD:
                made[name] = value
        for name in names if extra.get("all_keys") else ():
            if inside(key, name) not in self.lines:
                self.problem(node.line, inside(key, name), "is missing")
        return made


@cache
def _declared(kind: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(kind)


@cache
def settings(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """The settings of a section and their declared types; a field without `about` is none."""
    hints = get_type_hints(kind, include_extras=True)
    return {
        name: hints[name]
        for name in kind.__struct_fields__
        if any(isinstance(meta, Meta) and meta.extra for meta in get_args(hints[name])[1:])
    }


def inside(key: str, name: str) -> str:
    """The dotted key of a setting in a section."""
    name = shown(name)[1:-1]
    return f"{key}.{name}" if key else name


def unwrap(hint: Any) -> tuple[Any, list[Meta]]:
    """A type without its annotations, and these."""
    if get_origin(hint) is Annotated:
        inner, *metas = get_args(hint)
        return inner, [meta for meta in metas if isinstance(meta, Meta)]
    return hint, []


def unknown(name: str, kind: type[msgspec.Struct]) -> str:
    """What to say of a setting that does not exist here, but perhaps elsewhere."""
    here = settings(kind)
    near = meant(name, list(here))
    homes = [home for home in homes_of(name, schema.Config) if home]
    if not near and homes:
        near = f"; it belongs under {shown(homes[0])}"
    return f"is not a setting here; allowed: {listed(here)}{near}"


def homes_of(name: str, kind: type[msgspec.Struct], key: str = "") -> list[str]:
    """The dotted keys of the sections that have a setting of that name."""
    homes = []
    for setting, hint in settings(kind).items():
        inner, _ = unwrap(hint)
        if setting == name:
            homes.append(key)
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            homes += homes_of(name, inner, inside(key, setting))
    return homes


def is_null(node: Node) -> bool:
    """Whether nothing stands there."""
    return node.kind == "scalar" and node.tag == "null"


def is_collection(hint: Any) -> bool:
    """Whether a setting holds a group, a list or a table."""
    inner, _ = unwrap(hint)
    return get_origin(inner) in (tuple, dict) or (
        isinstance(inner, type) and issubclass(inner, msgspec.Struct)
    )
