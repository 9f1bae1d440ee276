"""What an export consists of: which meetings or items, in which files, and their text. No screen.

Everything here reads the store or writes files, which takes its time: it is done off the screen's thread. A watch is
told how far it is and may end it (see meetings.store.watch).
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from meetings.config import template_files
from meetings.errors import StoreError, UsageError
from meetings.exchange.formats import ITEMS, MINUTES, Format
from meetings.flow.meeting_range import read_range
from meetings.kinds import MeetingState
from meetings.meeting import TABLE_OF, Head, Meeting
from meetings.model import ActionItem
from meetings.store.watch import Watch, watched
from tui import files

if TYPE_CHECKING:
    from meetings.store.archive import Promise
    from tui.desk import Desk

MINUTES_OF, ITEMS_OF = "minutes", "items"
"""What can be exported."""
FORMATS: dict[str, Mapping[str, Format]] = {MINUTES_OF: MINUTES, ITEMS_OF: ITEMS}
"""In which formats, by their names."""
ONE, RANGE, ALL, SHOWN, OPEN = "one", "range", "all", "shown", "open"
"""Which of it: of one meeting, of some, of all; items that a list shows, and all that are open."""
FIRST = 3
"""Meetings of which a look at many consists."""
FIRST_ITEMS = 200
READS_AS = {"html": "text", "eml": "text"}
"""Formats that are not for reading, each with the format that says the same and is."""
HEADS = (TABLE_OF[ActionItem],)
"""The table that is read where only the heads matter."""


@dataclass(frozen=True)
class Wish:
    """What a person has chosen. `split`: a file for each meeting or owner."""

    what: str
    which: str
    span: str
    form: str
    split: bool

    @property
    def format(self) -> Format:
        """The format."""
        return FORMATS[self.what][self.form]


@dataclass(frozen=True)
class Stock:
    """What there is to choose from: the present meeting, the one in question, and the items that a list shows."""

    desk: Desk
    present: Meeting
    number: int
    today: dt.date
    shown: tuple[Promise, ...] | None

    def read(self, number: int) -> Meeting:
        """A meeting; the present one as it is now. Raises StoreError."""
        return self.present if number == self.present.head.number else self.desk.workspace.store.read(number)


@dataclass(frozen=True)
class Plan:
    """The files to be written. `make` gives the text of one of them; `sample` the beginning of the first, to look at.

    `count` is how many meetings or items they hold, and `words` says it; `said` is what is left out and why.
    """

    wish: Wish
    names: tuple[str, ...]
    make: Callable[[int, Watch | None], str]
    sample: Callable[[], str]
    count: int
    words: str
    said: tuple[str, ...] = ()
    first: str = ""
    """What the sample is of, when it is not all."""

    @property
    def many(self) -> bool:
        """Whether these are several files, for which a folder is named."""
        return self.wish.split or len(self.names) > 1


def plan_of(wish: Wish, stock: Stock, watch: Watch | None) -> Plan:
    """Work out the files. Raises UsageError, StoreError and Cancelled."""
    return _minutes(wish, stock, watch) if wish.what == MINUTES_OF else _items(wish, stock, watch)


# Minutes


def _minutes(wish: Wish, stock: Stock, watch: Watch | None) -> Plan:
    from meetings.exchange.minutes import Options, file_name

    form, said = MINUTES[wish.form], tuple[str, ...]()
    if wish.which == ONE:
        heads = [stock.read(stock.number).head]
    else:
        heads, said = _held(wish, stock, watch)
    config = stock.desk.config
    options = Options(config.goals.risk_margin, template_files(config))
    numbers = [head.number for head in heads]
    split = len(numbers) > 1 and (wish.split or not form.several)

    def read(wanted: Sequence[int], watch: Watch | None = None) -> Iterator[Meeting]:
        return (stock.read(number) for number in watched(wanted, watch))

    def make(at: int, watch: Watch | None) -> str:
        return form.write(read(numbers[at : at + 1]) if split else read(numbers, watch), options)

    def sample() -> str:
        shown = MINUTES[READS_AS.get(form.name, form.name)]
        return shown.write(read(numbers[:1] if split else numbers[:FIRST]), options)

    if split or len(numbers) == 1:
        names = tuple(file_name(Meeting(head=head), form) for head in heads)
    else:
        names = (f"minutes-{numbers[0]}-{numbers[-1]}{form.extension}",)
    part = FIRST if len(numbers) > FIRST and not split else 0
    return Plan(
        wish,
        names,
        make,
        sample,
        len(numbers),
        _count(len(numbers), "meeting"),
        said,
        "the first file" if split else f"the first {part} meetings" if part else "",
    )


def _held(wish: Wish, stock: Stock, watch: Watch | None) -> tuple[list[Head], tuple[str, ...]]:
    """The heads of the meetings that have been held or are running, and how many cannot be read."""
    wanted = read_range(wish.span) if wish.which == RANGE else None
    heads, unread = list[Head](), 0
    for number, found in stock.desk.archive.each(_head_of, watch, tables=HEADS):
        head = stock.present.head if number == stock.present.head.number else found
        if isinstance(head, StoreError):
            unread += 1
        elif head.state is not MeetingState.PLANNED and (wanted is None or wanted.has(head)):
            heads.append(head)
    if not heads:
        raise UsageError("No meeting was held in that range." if wanted else "No meeting has been held yet.")
    return heads, _unread(unread)


def _head_of(meeting: Meeting) -> Head:
    return meeting.head


# Action items


def _items(wish: Wish, stock: Stock, watch: Watch | None) -> Plan:
    from meetings.exchange.item_files import NAME, by_owner, fitting
    from meetings.exchange.tasks import ListOptions, Task, tasks_of

    form, options = ITEMS[wish.form], ListOptions(stock.today)
    promises, known, unread = _promises(wish, stock, watch)
    tasks, said = fitting(form, tasks_of(promises, known))
    name = f"{NAME}-{stock.number}" if wish.which == ONE else NAME
    parts: dict[str, list[Task]] = by_owner(tasks) if wish.split else {name: tasks}
    files = list(parts.values())
    names = tuple(f"{name}{form.extension}" for name in parts)

    def make(at: int, watch: Watch | None) -> str:
        return form.write(files[at], options)

    def sample() -> str:
        return form.write(files[0][:FIRST_ITEMS], options) if files else ""

    part = f"the first {FIRST_ITEMS} items" if files and len(files[0]) > FIRST_ITEMS else ""
    first = names[0] if len(names) > 1 else part
    words = _count(len(tasks), "action item")
    return Plan(wish, names, make, sample, len(tasks), words, (*said, *_unread(unread)), first)


def _promises(wish: Wish, stock: Stock, watch: Watch | None) -> tuple[Sequence[Promise], Sequence[str], int]:
    """The items that are wanted, the uid of every item that there is, and how many meetings cannot be read."""
    from meetings.kinds import ItemState
    from meetings.store.archive import Promise

    present = stock.present.head.number
    ledger = stock.desk.archive.ledger(watch, before=present)
    unread = len(ledger.unread)
    ledger.take(stock.present)
    for number in stock.desk.workspace.store.numbers():
        if number > present:
            ledger.take(stock.read(number))
    known = [*ledger.found]
    if wish.which == SHOWN and stock.shown is not None:
        return stock.shown, known, unread
    if wish.which == ONE:
        meeting = stock.read(stock.number)
        return [Promise(item, meeting.head) for item in meeting.action_items.values()], known, 0
    every = ledger.promises()
    return [each for each in every if each.item.state is ItemState.OPEN], known, unread


# Words


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _unread(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    return (f"{_count(count, 'meeting')} cannot be read and {'is' if count == 1 else 'are'} left out.",)


# Writing


def paths_of(plan: Plan, typed: str) -> list[Path]:
    """Where its files go when that was typed: a folder, or for a single file also a file. Raises UsageError."""
    if not typed.strip():
        raise UsageError("Say where it goes: a folder, or a file in it.")
    path = Path(os.path.abspath(files.path_of(typed)))  # noqa: PTH100 - a link stays as it was typed
    try:
        there, is_folder, is_file = path.exists(), path.is_dir(), path.is_file()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no path"
        raise UsageError(f"{path} cannot be used: {reason}.") from None
    if there and not is_folder and (plan.many or not is_file):
        what = "is a file; several files go into a folder" if is_file else "is neither a file nor a folder"
        raise UsageError(f"{path} {what}.")
    if plan.many or is_folder or typed.rstrip().endswith(files.SEPARATORS):
        return [path / name for name in plan.names]
    return [path]


@dataclass(frozen=True)
class Outcome:
    """What became of the files: how many were written, and which hold something else and were left alone."""

    written: int
    kept: tuple[Path, ...]


def write(plan: Plan, paths: Sequence[Path], watch: Watch | None, *, overwrite: bool = False) -> Outcome:
    """Write the files, each to its path. A draft of Accord's own is replaced, another file only with `overwrite`.

    Raises AccordError when one cannot be written; those before it are. Raises Cancelled between two files.
    """
    from meetings.exchange.minutes import is_draft
    from meetings.exchange.output import write_text

    written, kept, form = 0, list[Path](), plan.wish.format
    single = len(paths) == 1
    for at in watched(range(len(paths)), None if single else watch):
        path, text = paths[at], plan.make(at, watch if single else None)
        replace = overwrite or (plan.wish.what == MINUTES_OF and is_draft(path, MINUTES[form.name]))
        try:
            written += write_text(path, text, overwrite=replace, durable=single)
        except UsageError:
            kept.append(path)
    return Outcome(written, tuple(kept))
