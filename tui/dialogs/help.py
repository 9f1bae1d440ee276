"""Help: what the keys do on the screen behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.dialogs.base import Box, Dialog, Keys
from tui.keys import ACTIONS, ACTIONS_TABLE, ANYWHERE, GROUPS, LIST_KEYS, key_name, remapped
from tui.widgets.columns import wrap

QUICK_ADD: tuple[tuple[str, str], ...] = (
    ("@Sam  for:Sam", "who: owner, credit, raised by; for: makes a new person"),
    ("^fri  due:fri", "the day: ^+7d, ^eom, ^4_dec, counted from the meeting's date"),
    ("#sales  team:sales", "the team, or #both; feedback comes from that team"),
    ("*4  rate:4", "the rating of feedback, 1 to 5"),
    ("!  big:", "a big win"),
    ("guest:", "a guest, here this once"),
    ("\\@Sam", "a backslash keeps a sign as text"),
)
"""The tokens of quick add (see meetings.quickadd)."""

WIDEST, GAP = 20, 2
"""Cells for the keys at most, and between them and what they do."""
Line = tuple[str, str]


class Help(Dialog[None]):
    """The keys of a screen by group: what matters there now comes first. Opened twice, there is still one."""

    DEFAULT_CSS = """
    Help Box { width: 84; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,enter,q", "close", show=False),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
    ]

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._behind = screen

    def compose(self) -> ComposeResult:
        """The groups, one below the other."""
        with Box(title="Help: what the keys do here"):
            with VerticalScroll(classes="scrolled", can_focus=True):
                yield Static(id="keys")
            yield Keys(("close", "Esc", "Close"))

    def on_mount(self) -> None:
        """One help is enough."""
        if any(isinstance(screen, Help) for screen in self.app.screen_stack[:-1]):
            self.dismiss(None)

    def on_resize(self, event: events.Resize) -> None:
        """As wide as there is room."""
        self.call_after_refresh(self._write)

    def _write(self) -> None:
        room = self.query_one(VerticalScroll).scrollable_content_region.width
        self.query_one("#keys", Static).update(self._page(room))

    def on_key(self, event: events.Key) -> None:
        """The key of help closes it, whatever it is."""
        if event.key in {key_name(key) for key in self._keys()["help"]}:
            event.stop()
            self.dismiss(None)

    def _keys(self) -> dict[str, tuple[str, ...]]:
        return remapped(self.desk.config.keys)

    def _page(self, room: int) -> Content:
        """Everything, as one text of lines that are at most `room` cells wide."""
        groups = [(name, lines) for name, lines in self._groups() if lines]
        lefts = [cell_len(key) for _, lines in groups for key, _ in lines]
        width = min(max(lefts, default=0), WIDEST, room // 2)
        parts: list[Content] = []
        for name, lines in groups:
            parts.append(Content.styled(name, "$brand bold"))
            for key, words in lines:
                first, *more = wrap(words, max(room - width - GAP, 10), 9)
                gap = " " * (max(width - cell_len(key), 0) + GAP)
                parts.append(Content.assemble((key + gap, "$ink bold"), (first, "$ink")))
                parts += [Content.styled(" " * (width + GAP) + line, "$ink") for line in more]
            parts.append(Content(""))
        return Content("\n").join(parts[:-1])

    def _groups(self) -> Iterator[tuple[str, list[Line]]]:
        """What matters now, lists, quick add, then every other group."""
        keys = self._keys()
        place = getattr(self._behind, "place", "")
        here = [action for action in ACTIONS_TABLE if place in action.where or ANYWHERE in action.where]
        label_of = getattr(self._behind, "label_of", lambda action_id: ACTIONS[action_id].label)
        hints = [name for name in getattr(self._behind, "hints", tuple)() if name in ACTIONS]
        yield "Here and now", [(" ".join(keys[name]), self._first(name, label_of(name))) for name in hints]
        yield "Lists", list(LIST_KEYS)
        for group in GROUPS:
            yield group, [(" ".join(keys[a.id]), a.words) for a in here if a.group == group]
            if group == "Add" and any(a.group == group for a in here):
                yield "In the line that adds", [*QUICK_ADD, ("↑ ↓ Tab", "choose what is offered, take it")]

    @staticmethod
    def _first(action_id: str, label: str) -> str:
        """The step's own word for an action and what it usually does."""
        action = ACTIONS[action_id]
        return action.words if label == action.label else f"{label}: {action.words}"

    def action_scroll(self, by: int) -> None:
        """Go a line up or down."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_close(self) -> None:
        """Close it."""
        self.dismiss(None)
