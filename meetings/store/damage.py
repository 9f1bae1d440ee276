"""What is wrong with a folder of meeting files: which file, which line, what to do about it. Nothing is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from meetings.errors import StoreError
from meetings.meeting import HEAD, TABLES
from meetings.store import migrate
from meetings.store.base import NewerFormat, Trouble, Unreadable
from meetings.store.codec import BOM, check_keys
from meetings.store.conflicts import judge, shown, strays
from meetings.store.durable import read_file
from meetings.store.lines import Place, lines_of
from meetings.text import clean

if TYPE_CHECKING:
    from meetings.store.files import FileStore

MOST = 10
"""How many wrong values of one file are named."""

_KINDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "array": "a list",
    "object": "an object",
    "date": "a date",
    "datetime": "a time",
}
"""What people call msgspec's kinds of JSON values."""

_CONFLICT_MARK = re.compile(rb"^<{7} ", re.MULTILINE)


def troubles(store: FileStore) -> list[Trouble]:
    """Everything that is wrong, by number: what cannot be read, what is missing, what does not belong there.

    Raises StoreError when the folder itself cannot be read.
    """
    found: list[tuple[int, Trouble]] = []
    numbers = store.numbers()
    there = set(numbers)
    for number in range(numbers[0], numbers[-1] + 1) if numbers else ():
        if number in there:
            found += [(number, trouble) for trouble in _of_meeting(store, number)]
        else:
            remedy = "Look for it in a backup."
            found.append((number, Trouble(store.path(number).name, f"There is no meeting {number}.", remedy)))
    for stray in strays(store.folder):
        verdict = judge(store, stray)
        found.append((stray.number, Trouble(shown(stray.name), verdict.what, verdict.remedy)))
    return [trouble for _, trouble in sorted(found, key=lambda pair: pair[0])]


def _of_meeting(store: FileStore, number: int) -> list[Trouble]:
    name = store.path(number).name
    try:
        store.read(number)
        check_keys(read_file(store.path(number)), name)
    except NewerFormat as error:
        return [Trouble(name, error.message, error.hint)]
    except Unreadable as error:
        return list(_explained(store, number, error))
    except StoreError as error:
        return [Trouble(name, error.message, error.hint)]
    except OSError:
        pass  # it was there a moment ago: it is being replaced
    return []


def _explained(store: FileStore, number: int, error: Unreadable) -> Iterator[Trouble]:
    """What is wrong in a file that cannot be read, value by value."""
    name = store.path(number).name
    try:
        raw = read_file(store.path(number)).removeprefix(BOM)
    except OSError:
        yield Trouble(name, error.message, error.hint)
        return
    if mark := _CONFLICT_MARK.search(raw):
        line = raw.count(b"\n", 0, mark.start()) + 1
        remedy = "The file is kept as it is. Settle the conflict with git, or put one side's whole file in its place."
        yield Trouble(name, f"{name} holds a conflict that git has marked.", remedy, line)
        return
    wrong = [] if error.line else list(_wrong_places(raw, number))
    if not wrong:
        yield Trouble(name, error.message, error.hint, error.line)
    for line, what in wrong[:MOST]:
        yield Trouble(name, what, error.hint, line)
    if len(wrong) > MOST:
        yield Trouble(name, f"{len(wrong) - MOST} more values are wrong.", error.hint)


def _wrong_places(raw: bytes, number: int) -> Iterator[tuple[int, str]]:
    """The line of everything in a meeting file that breaks a rule, and what it is."""
    try:
        tables = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return
    found = migrate.format_of(raw)
    if not isinstance(tables, dict) or (found is not None and migrate.FIRST <= found < migrate.newest()):
        return  # what an older format holds is not to be measured by today's
    lines: dict[Place, int] = {}
    twice: set[Place] = set()
    for place, line in lines_of(raw):
        if place not in lines:
            lines[place] = line
        elif not any(place[:length] in twice for length in range(1, len(place) + 1)):
            twice.add(place)
            yield line, f"{_words(place)} is there twice; the first is in line {lines[place]}."
    for table, kind in TABLES.items():
        rows = tables.get(table, {})
        if isinstance(rows, dict):
            yield from _wrong_rows(table, kind, rows, lines)
        else:
            yield lines.get((table,), 0), f"“{table}” is not a table of rows."
    yield from _wrong_head(tables.get(HEAD), number, lines)


def _wrong_rows(
    table: str, kind: type[Any], rows: dict[str, Any], lines: dict[Place, int]
) -> Iterator[tuple[int, str]]:
    known: dict[str, int] = {}
    for key, row in rows.items():
        place = (table, key)
        line = lines.get(place, 0)
        if not re.fullmatch(r"-?[0-9]+", key):
            yield line, f"{_words(place)} is not named by a number."
        if not isinstance(row, dict):
            yield line, f"{_words(place)} is not a row."
            continue
        if "uid" not in row:
            yield line, f"{_words(place)} has no uid."
        try:
            uid = msgspec.json.decode(msgspec.json.encode(row), type=kind).uid
        except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
            field = re.search(r"\$\.(\w+)", str(error))
            at = (*place, field[1]) if field else place
            yield lines.get(at, line), f"{_words(at)}: {_plain(str(error))}."
            continue
        if uid in known and "uid" in row:
            first = f" in line {known[uid]}" if known[uid] else ""
            yield lines.get((*place, "uid"), line), f"{_words(place)} has the uid of another row{first}."
        known.setdefault(uid, lines.get((*place, "uid"), line))


def _wrong_head(rows: Any, number: int, lines: dict[Place, int]) -> Iterator[tuple[int, str]]:
    if not isinstance(rows, dict) or not rows:
        yield lines.get((HEAD,), 0), f"There is no row in its table “{HEAD}”."
        return
    for key in list(rows)[1:]:
        first = lines.get((HEAD, next(iter(rows))), 0)
        yield lines.get((HEAD, key), 0), f"“{HEAD}” has a second row; the first is in line {first}."
    [(key, row), *_] = rows.items()
    if not isinstance(row, dict):
        return
    place = (HEAD, key)
    said, schema = row.get("number", 1), row.get("schema", migrate.newest())
    if isinstance(said, int) and said != number:
        line = lines.get((*place, "number"), lines.get(place, 0))
        yield line, f"The file is named {number:04d} and says that it is meeting {said}."
    if isinstance(schema, int) and schema < migrate.FIRST:
        yield lines.get((*place, "schema"), 0), f"It says that it is in format {schema}, which there is not."


def _words(place: Place) -> str:
    """A place as people name it: table, row, field."""
    table, *rest = [clean(part)[:40] for part in place]
    return ", ".join([f"“{table}”", *(("row " if at == 0 else "") + part for at, part in enumerate(rest))])


def _plain(message: str) -> str:
    """What msgspec says of a value, in words."""
    message = re.sub(r" - at `.*$", "", message, flags=re.DOTALL)
    message = re.sub(r"`([^`]*)`", lambda found: _kinds(found[1]), message)
    return clean(message[:1].lower() + message[1:]).replace(", got ", ", found ")


def _kinds(names: str) -> str:
    return " or ".join(_KINDS.get(name.strip(), name.strip()) for name in names.split("|"))
