"""What the meetings before this one came to, read beside the screen and kept for every step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from textual.app import App
from textual.message import Message
from textual.widget import Widget

from meetings.errors import StoreError
from meetings.measures.past import TABLES, Past, past
from tui.background import screen_first

if TYPE_CHECKING:
    from tui.desk import Desk

A_MOMENT = 0.1
"""Seconds after a drawing in which a launch has finished what it shows first."""
LOOK_BACK = 26
"""Meetings that are looked back at: half a year of weekly ones."""


class Earlier(Message):
    """The meetings before this one are known now."""


@dataclass
class _Looked:
    """What was found before the meeting of that number; None while it is being read, and who waits for it."""

    number: int
    found: tuple[Past, ...] | None = None
    waiting: list[Widget] = field(default_factory=list)


_looked: WeakKeyDictionary[Desk, _Looked] = WeakKeyDictionary()


def earlier(widget: Widget, desk: Desk) -> Sequence[Past]:
    """The meetings before this one, oldest first. Empty while they are being read; then Earlier tells the widget."""
    number = desk.meeting.head.number
    looked = _looked.get(desk)
    if looked is None or looked.number != number:
        looked = _looked[desk] = _Looked(number)
        widget.app.call_after_refresh(_look_back, widget.app, desk, looked)
    if looked.found is None:
        looked.waiting.append(widget)
    return looked.found or ()


def _look_back(app: App[Any], desk: Desk, looked: _Looked) -> None:
    """Read them when the screen is there and quiet, so that they cost a launch nothing."""
    app.set_timer(
        A_MOMENT, lambda: app.run_worker(lambda: _read(desk, looked), thread=True, exit_on_error=False)
    )


def _read(desk: Desk, looked: _Looked) -> None:
    # Counted back, as this is done at the launch: listing thousands of meetings takes longer than reading these.
    numbers = range(max(1, looked.number - LOOK_BACK), looked.number)
    with screen_first():
        answers = desk.workspace.store.read_many(numbers, TABLES)
        # Which one cannot be read is said where all of them are shown.
        looked.found = tuple(past(found) for _, found in answers if not isinstance(found, StoreError))
    for widget in dict.fromkeys(looked.waiting):
        widget.post_message(Earlier())
