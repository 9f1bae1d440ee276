"""The guide in the app: it watches what is done and says what could be next, in one line under the top one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.guide.lessons import AWAY, FAREWELL, LESSONS, Seen, next_lesson
from tui.keys import remapped
from tui.screens.base import AccordScreen
from tui.widgets.columns import plain
from tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from tui.app import AccordApp

LOOKS = 0.2
"""Seconds between two looks at what was done. Nothing moves unless something was."""


class GuideLine(Static):
    """What could be done next."""

    DEFAULT_CSS: ClassVar[str] = """
    GuideLine { height: auto; max-height: 3; padding: 0 1; background: $field; color: $ink; }
    GuideLine.hidden { display: none; }
    """


class Guide:
    """Goes through the lessons with the person; `toggle` hides it and shows it again."""

    def __init__(self, app: AccordApp) -> None:
        self._app = app
        self._at = 0
        self._began = app.desk.meeting.head.number
        self._there = frozenset(record.uid for _, record in app.desk.meeting.content())
        self._hidden = False
        self._shown: Content | None = None

    def begin(self) -> None:
        """Be there on every screen from now on."""
        self._app.screen_change_signal.subscribe(self._app, self._enter, immediate=True)
        self._app.set_interval(LOOKS, self.look)
        self._enter(self._app.screen)

    def toggle(self) -> None:
        """Hide the line, or show it again."""
        self._hidden = not self._hidden
        self._show(anew=True)

    def look(self) -> None:
        """Go on when the present thing has been done."""
        self._at = next_lesson(self._at, self._seen())
        self._show()

    def _seen(self) -> Seen:
        return Seen(self._app.desk.meeting, self._place(), self._began, self._there)

    def _place(self) -> str:
        """The place that is in front, or lies under a dialog."""
        places = [place for screen in self._app.screen_stack if (place := getattr(screen, "place", ""))]
        return places[-1] if places else ""

    def _enter(self, screen: Screen[object]) -> None:
        if isinstance(screen, AccordScreen) and not screen.query(GuideLine):
            line = GuideLine()
            line.set_class(self._hidden, "hidden")
            screen.call_later(self._put, screen, line)

    async def _put(self, screen: Screen[object], line: GuideLine) -> None:
        """Under the line on top, as soon as there is one."""
        top = next(iter(screen.query(TopBar)), None)
        if top is not None and screen.is_running:
            await screen.mount(line, after=top)
            self._show(anew=True)

    def _show(self, anew: bool = False) -> None:
        words = self._words()
        if not anew and self._shown is not None and words.markup == self._shown.markup:
            return
        self._shown = words
        for screen in self._app.screen_stack:
            for line in screen.query(GuideLine):
                line.update(words)
                line.set_class(self._hidden, "hidden")

    def _words(self) -> Content:
        """Where the person is in the list, and the present thing with its keys."""
        if self._at >= len(LESSONS):
            return Content.assemble(("Example   ", "$brand bold"), self._filled(FAREWELL))
        lesson = LESSONS[self._at]
        text = lesson.text if self._place() in lesson.where else AWAY
        where = f"Example, {self._at + 1} of {len(LESSONS)}   "
        return Content.assemble((where, "$brand bold"), self._filled(text))

    def _filled(self, text: str) -> Content:
        """The text with the keys that are in use and the titles of the steps."""
        meeting = self._app.desk.meeting
        names = {step.kind: f"“{step.title}”" for step in meeting.head.steps}
        names["who"] = next((one.name.split()[0] for one in meeting.people.values()), "Sam")
        keys = remapped(self._app.desk.config.keys)
        parts: list[str | tuple[str, str]] = []
        for place, part in enumerate(re.split(r"\{(\w+)\}", text)):
            if place % 2 == 0:
                parts.append(part)
            else:  # a name between braces
                parts.append(plain(names[part]) if part in names else (keys[part][0], "$brand bold"))
        return Content.assemble(*parts)
