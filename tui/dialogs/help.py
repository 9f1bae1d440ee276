"""Help: what the keys do on the screen behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from tui.dialogs.base import Box, Dialog, HelpGroup, Keys
from tui.dialogs.help_words import COMPLETING, QUICK_ADD
from tui.keys import ACTIONS, ACTIONS_TABLE, ANYWHERE, GROUPS, LIST_KEYS, remapped
from tui.keys.names import key_name
from tui.widgets.columns import wrap

WIDEST, GAP = 20, 2
"""Cells for the keys at most, and between them and what they do."""
Line = tuple[str, str]
TITLE = "Help: what the keys do here"


class Page(Widget):
    """Groups of keys, each with what it does; as wide as there is room."""

    DEFAULT_CSS = "Page { height: auto; width: 1fr; }"

    def __init__(self, groups: Sequence[tuple[str, Sequence[Line]]]) -> None:
        super().__init__()
        self._groups = groups

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes at that width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The text at the present width."""
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, room: int) -> list[Content]:
        lefts = [cell_len(key) for _, entries in self._groups for key, _ in entries]
        width = min(max(lefts, default=0), WIDEST, room // 3)
        found: list[Content] = []
        for name, entries in self._groups:
            found += [Content(""), Content.styled(name, "$brand bold")]
            for key, words in entries:
                lines = wrap(words, max(room - width - GAP, 10), 9)
                if cell_len(key) > width:  # it has a line to itself
                    found.append(Content.styled(key, "$ink bold"))
                else:
                    gap = " " * (width - cell_len(key) + GAP)
                    found.append(Content.assemble((key + gap, "$ink bold"), (lines.pop(0), "$ink")))
                found += [Content.styled(" " * (width + GAP) + line, "$ink") for line in lines]
        return found[1:]


class Help(Dialog[None]):
    """The keys of a screen or a dialog by group: what matters there now comes first. There is one at a time."""

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
        with Box(title=TITLE):
            with VerticalScroll(classes="scrolled", can_focus=True):
                yield Page([(name, entries) for name, entries in self._groups() if entries])
            yield Keys(("close", "Esc", "Close"))

    def on_mount(self) -> None:
        """One help is enough."""
        self.query_one(VerticalScroll).focus()
        if any(isinstance(screen, Help) for screen in self.app.screen_stack[:-1]):
            self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """The key of help closes it, whatever it is."""
        if event.key in {key_name(key) for key in self._keys()["help"]}:
            event.stop()
            self.dismiss(None)

    def _keys(self) -> dict[str, tuple[str, ...]]:
        return remapped(self.desk.config.keys)

    def _groups(self) -> Iterator[HelpGroup]:
        """What matters now, lists, quick add, then every other group; of a dialog what it says itself."""
        own: Callable[[], Iterator[HelpGroup]] | None = getattr(self._behind, "help_groups", None)
        if own is not None:
            yield from own()
            return
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
                yield "In the line that adds", [*QUICK_ADD, COMPLETING]

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
