"""Minutes that come home: boxes ticked and dates changed in Markdown, back into action items. Pure.

A line of a task list whose end is an id in backticks is an action item, as `templates/item.md.j2` writes it:

    - [x] Send the list (Sam, Sales, due Fri 4 Dec, carried once) `3f2a1`

What it says is compared with what it said when the minutes were written, not with the item as it is now: an item that
was done in the app meanwhile is not opened again because its box in the file is still empty.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from meetings.dates import parse_day, show_day
from meetings.exchange.item_words import DUE_AT_END
from meetings.flow import states
from meetings.ids import SHORTEST
from meetings.kinds import ItemState, MeetingState
from meetings.meeting import Meeting
from meetings.model import ActionItem

_LINE_END = re.compile(r"\r\n|\r|\n")
_BULLET = r"[\s>]*(?:[-*+]|\d{1,9}[.)])"
_TASK = re.compile(_BULLET + r"(?P<blank>\s*)\[(?P<box>[^\]]{0,3})\](?P<rest>.*)")
_NOT_ON = re.compile(r"[\s>]*(?:$|#|[-*+]\s|1[.)]\s)|" + _TASK.pattern)
"""A line that does not go on with the one before. As in Markdown, no other number than 1 begins a list in a text."""
_HARD_BREAK = re.compile(r"(?:\\|  )$")
MARGIN = " \t>"
"""What a line may begin with that belongs to no text."""
_ID = re.compile(r"`(?P<id>[^`]*)`\s*\\?\s*$")
_MEETING = re.compile(r"Meeting (?P<number>\d{1,9}), ")
_SECTIONS = {"new": False, "carried": False, "done": True}
"""The headings over the items in the minutes, and whether those below were done when they were written."""

FAR = dt.timedelta(days=200)
"""A date without a year that lies so far from the meeting is taken for a slip: the day of the week does not fit."""


@dataclass(frozen=True)
class Wrong:
    """Something that cannot be taken: its line in the file, and why, in one sentence."""

    line: int
    why: str


@dataclass(frozen=True)
class Task:
    """One item of the file: the box, the due date as it is written (empty: none), and what the box was, if known.

    `number` is the meeting in whose minutes it stands, None when they do not say.
    """

    line: int
    number: int | None
    id: str
    done: bool
    due: str
    was_done: bool | None


@dataclass(frozen=True)
class Sheet:
    """What was read: the items, and what is damaged."""

    tasks: tuple[Task, ...]
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True)
class Change:
    """What an item gets: the fields for `Session.apply`, and that in words."""

    line: int
    item: ActionItem
    fields: Mapping[str, Any]
    words: str


@dataclass
class Outcome:
    """What an import would do. `same` counts the items that are as the file says already."""

    changes: list[Change] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    same: int = 0


def read(text: str) -> Sheet:
    """The action items in minutes written as Markdown, whatever an editor has made of bullets, line ends and breaks.

    The minutes may be those of several meetings, one after the other.
    """
    number: int | None = None
    was_done: bool | None = None
    tasks: list[Task] = []
    wrong: list[Wrong] = []
    lines = _LINE_END.split(text.removeprefix("\ufeff"))
    for at, line in enumerate(lines):
        if line.startswith("#"):
            was_done = _SECTIONS.get(line.lstrip("#").strip().casefold())
            if line.startswith("# "):  # the minutes of another meeting
                number = None
        elif number is None and (found := _MEETING.match(line)):
            number = int(found["number"])
        elif task := _TASK.match(line):
            read_ = _task(at + 1, number, task, _whole(task["rest"], lines[at + 1 :]), was_done)
            if isinstance(read_, Task):
                tasks.append(read_)
            elif read_ is not None:
                wrong.append(read_)
    return Sheet(tuple(tasks), tuple(wrong))


def _whole(rest: str, following: Sequence[str]) -> str:
    """A line of a list up to its id, where an editor has broken it into several; as it is when there is none."""
    found = rest
    for line in following:
        if _ID.search(found):
            return found
        if _HARD_BREAK.search(found) or _NOT_ON.match(line):
            break
        found = f"{found.rstrip()} {line.lstrip(MARGIN)}"
    return found if _ID.search(found) else rest


def _task(
    at: int, number: int | None, found: re.Match[str], rest: str, was_done: bool | None
) -> Task | Wrong | None:
    """The item of that line; None when it is no line of a task list."""
    box, named = found["box"].strip().lower(), _ID.search(rest)
    close = not found["blank"] or not (rest[:1].isspace() or not rest)
    if named is None:
        why = "This line has no id at its end, like `3f2a1`; items are known by it."
        return None if close else Wrong(at, why)
    if len(named["id"].strip()) < SHORTEST:
        return Wrong(at, f"The id “{named['id']}” is too short: it has at least {SHORTEST} characters.")
    if box not in ("", "x"):
        return Wrong(at, f"The box is neither empty nor ticked: [{found['box']}].")
    due = DUE_AT_END.search(rest[: named.start()])
    written = " ".join(due["due"].split()) if due else ""
    return Task(at, number, named["id"].strip(), box == "x", written, was_done)


def compare(
    sheet: Sheet, minutes: Mapping[int, Meeting], current: Meeting, latest: Mapping[str, ActionItem]
) -> Outcome:
    """What the file changes in the meeting that accepts edits.

    `minutes` are the meetings, by number, whose minutes it holds, as far as they are there; `latest` is every item, by
    uid, as it stands now.
    """
    outcome = Outcome(wrong=list(sheet.wrong))
    found: dict[str, tuple[Task, Change | None]] = {}
    for task in sheet.tasks:
        written = minutes.get(task.number) if task.number is not None else None
        item = _named(task, written, current, latest)
        if isinstance(item, Wrong):
            outcome.wrong.append(item)
            continue
        change = _change(task, item, written, current, latest)
        if isinstance(change, Wrong):
            outcome.wrong.append(change)
            continue
        before, known = found.get(item.uid, (task, change))
        elsewhere = before.number != task.number  # in other minutes it may stand as it was then
        if _fields(known) == _fields(change) or (elsewhere and change is None):
            found.setdefault(item.uid, (task, change))
        elif elsewhere and known is None:
            found[item.uid] = (task, change)
        else:
            why = f"Line {before.line} says something else of the same item; that one counts."
            outcome.wrong.append(Wrong(task.line, why))
    outcome.changes = [change for _, change in found.values() if change is not None]
    outcome.same = sum(change is None for _, change in found.values())
    outcome.wrong.sort(key=lambda one: one.line)
    return outcome


def _fields(change: Change | None) -> Mapping[str, Any] | None:
    return change.fields if change is not None else None


def _named(
    task: Task, written: Meeting | None, current: Meeting, latest: Mapping[str, ActionItem]
) -> ActionItem | Wrong:
    """The item with that id: as the minutes knew it, or else among those of the present meeting, or among all."""
    key = task.id.lower()
    for items in (written.action_items if written else {}, current.action_items, latest):
        hits = [item for uid, item in items.items() if uid.lower().startswith(key)]
        if len(hits) == 1:
            return hits[0]
        if hits:
            return Wrong(task.line, f"The id {task.id} could be any of {len(hits)} action items.")
    return Wrong(task.line, f"There is no action item with the id {task.id}.")


def _change(
    task: Task,
    item: ActionItem,
    written: Meeting | None,
    current: Meeting,
    latest: Mapping[str, ActionItem],
) -> Change | Wrong | None:
    """What the line changes in the item; None when nothing, or it is so already."""
    base = written.action_items.get(item.uid, item) if written else item
    day = (written or current).head.date
    was_done = task.was_done
    if was_done is None:  # nothing tells an item that was opened again from one that was done meanwhile
        was_done = base.state is ItemState.DONE if written else False
    due = _new_due(task, base, day) if base.due is None or task.due != show_day(base.due, day) else None
    if isinstance(due, Wrong):
        return due
    state = None if task.done is was_done else ItemState.DONE if task.done else ItemState.OPEN
    if state is None and due is None:
        return None
    now = current.action_items.get(item.uid)
    if now is None:
        return _settled(task, latest.get(item.uid, item), state, written)
    if now.state is ItemState.DROPPED:
        return Wrong(task.line, f"“{now.title}” was dropped since; it stays dropped.")
    fields: dict[str, Any] = {}
    words = []
    if state is not None and state is not now.state:
        fields |= states.tick(now) or {}
        words.append("done" if state is ItemState.DONE else "open again")
    if due is not None and due != now.due:
        fields["due"] = due
        words.append(f"due {show_day(due, day)}")
    return Change(task.line, now, fields, ", ".join(words)) if fields else None


def _new_due(task: Task, base: ActionItem, day: dt.date) -> dt.date | Wrong | None:
    """The due date that was typed; None when there is none or it is no longer of interest."""
    if not task.due or base.state is not ItemState.OPEN or task.was_done:
        return None
    found = parse_day(task.due, day)
    if found is None or (abs(found - day) > FAR and not re.search(r"\d{4}", task.due)):
        return Wrong(task.line, f"“{task.due}” is not a day; write it like Fri 4 Dec or 2026-12-04.")
    return found


def _settled(task: Task, last: ActionItem, wanted: ItemState | None, written: Meeting | None) -> Wrong | None:
    """What is to be said of an item that is not in the present meeting any more."""
    if wanted is last.state:
        return None
    closed = written is not None and written.head.state is MeetingState.CLOSED
    where = f" in meeting {written.head.number}" if closed and written is not None else ""
    what = "done" if last.state is ItemState.DONE else last.state.value
    return Wrong(task.line, f"“{last.title}” was {what}{where}, which does not change any more.")
