"""What help says of fields: the signs of quick add, how days are written, and the keys of each kind of field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.widget import Widget

from meetings.model import Feedback, Record
from meetings.quickadd import GRAMMAR
from tui.dialogs.inputs import Area, Line
from tui.dialogs.picker import Picker
from tui.served import is_served

if TYPE_CHECKING:
    from tui.dialogs.base import HelpGroup

SIGNS: dict[str, tuple[str, str]] = {
    "who": ("@Sam  for:Sam", "who: owner, credit, raised by; for: makes a new person"),
    "day": ("^fri  due:fri", "the day: ^+7d, ^eom, ^4_dec, counted from the meeting's date"),
    "team": ("#sales  team:sales", "the team, or #both; feedback comes from that team"),
    "rating": ("*4  rate:4", "the rating of feedback, 1 to 5"),
    "lead": ("lead:Acme", "the lead that feedback is about; _ for a space"),
    "verdict": ("fit:strong", "an example of leads to look for; fit:weak, verdict:rejected"),
    "reason": ("reason:no_budget", "why a lead was turned down"),
    "big": ("!  big:", "a big win"),
    "guest": ("guest:", "a guest, here this once"),
}
"""The signs of quick add by what they say (see meetings.quickadd.GRAMMAR)."""
AS_TEXT = ("\\@Sam", "a backslash keeps a sign as text")
RESPONSE = ("> We know  response:", "right after feedback: its response")
QUICK_ADD = (*SIGNS.values(), RESPONSE, AS_TEXT)

COMPLETING = ("↑ ↓ Tab", "choose what is offered, take it")

SEVERAL = ("pasting", "several lines are shown as what they become")

DAYS = "fri, +7d, +2w, eom, 4 dec or 2026-12-04, counted from the meeting's date"
"""How a day can be written (see meetings.dates.parse_day)."""

IN_A_LINE: tuple[tuple[str, str], ...] = (
    ("→", "at the end: take what is offered in grey"),
    ("Home End", "to the beginning, to the end"),
    ("Ctrl+W", "delete the word before"),
    ("Ctrl+U Ctrl+K", "delete to the beginning, to the end"),
)
IN_AN_AREA: tuple[tuple[str, str], ...] = (
    ("Tab", "to the next field"),
    ("Ctrl+Z Ctrl+Y", "undo and redo in this text"),
)
OUTSIDE = ("Ctrl+G", "open it in your own editor (VISUAL, EDITOR)")
IN_A_PICKER: tuple[tuple[str, str], ...] = (
    ("← → Space", "another value"),
    ("a letter", "the next value that begins with it"),
    ("Home End", "the first, the last"),
)


def signs_of(kind: type[Record]) -> list[tuple[str, str]]:
    """The signs that mean something in a line of that kind."""
    answer = [RESPONSE] if kind is Feedback else []
    return [*(SIGNS[says] for says in GRAMMAR[kind] if says in SIGNS), *answer, AS_TEXT]


def keys_of(field: Widget | None) -> Iterator[HelpGroup]:
    """The keys of the field that has the focus; nothing where none has."""
    match field:
        case Line():
            yield "In a line of text", IN_A_LINE
        case Area():
            yield "In a long text", IN_AN_AREA if is_served() else (OUTSIDE, *IN_AN_AREA)
        case Picker():
            yield "Choosing", IN_A_PICKER
        case _:
            return
