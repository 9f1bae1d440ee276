"""Choosing what is exported and how, and looking at the text before it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from meetings.config import minutes_folder
from meetings.errors import AccordError
from meetings.store.archive import Promise
from meetings.store.watch import Cancelled
from tui import files, memory
from tui.dialogs.base import Box, Dialog, Keys
from tui.dialogs.export_fields import ExportFields, Pair
from tui.dialogs.export_files import (
    FORMATS,
    ITEMS_OF,
    MINUTES_OF,
    RANGE,
    READS_AS,
    Plan,
    Stock,
    Wish,
    plan_of,
)
from tui.dialogs.export_path import PathLine
from tui.dialogs.export_text import TextPane
from tui.served import ONLY_THERE
from tui.waiting import Waiting
from tui.widgets.columns import plain
from tui.widgets.key_bar import Hint

LOW = 30
"""Lines below which nothing stays blank."""


class ExportLook(Dialog[None]):
    """The choices, and the text that comes of them; what is done with it is said elsewhere (tui.dialogs.export)."""

    AUTO_FOCUS = "#format"
    DEFAULT_CSS = """
    ExportLook Box { width: 104; height: 100%; max-height: 42; }
    ExportLook #about { height: 1; color: $quiet; margin-top: 1; }
    ExportLook #into { margin-top: 1; }
    ExportLook.low #about, ExportLook.low #into, ExportLook.low Keys { margin-top: 0; }
    ExportLook #fixed { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(self, number: int, shown: Sequence[Promise] | None = None) -> None:
        super().__init__()
        self._number = number
        self._shown = None if shown is None else tuple(shown)
        self.plan: Plan | None = None
        """What is chosen, once it is worked out."""
        self.then: Callable[[], None] | None = None
        """What was asked for before it was."""
        self._what = MINUTES_OF if shown is None else ITEMS_OF

    def compose(self) -> ComposeResult:
        """The choices, the text, where it goes, and what came of it."""
        formats = {what: form for what in FORMATS if (form := self._remembered(what)[0]) in FORMATS[what]}
        shown = None if self._shown is None else len(self._shown)
        with Box(title="Export"):
            yield ExportFields(self._what, self._number, shown, formats)
            yield Static(id="about")
            yield TextPane()
            yield Pair("Into", self._place(), id="into")
            yield Static(id="state")
            yield Keys(*self.keys())

    def on_mount(self) -> None:
        """Look at what is chosen from the beginning."""
        self.say("")
        self.look()

    def on_resize(self, event: events.Resize) -> None:
        """Where there is little room, the text gets what there is."""
        super().on_resize(event)
        self.set_class(event.size.height < LOW, "low")

    def _place(self) -> Static | PathLine:
        """The path; in a browser the one folder that there is."""
        if self.desk.served:
            path, why = plain(str(self.folder())), (f"\n{ONLY_THERE}", "$quiet")
            return Static(Content.assemble(path, why), id="fixed")
        return PathLine(self._folder_of(self._what), id="path")

    def folder(self) -> Path:
        """Where minutes go when nobody says otherwise."""
        return minutes_folder(self.desk.config, self.desk.workspace.paths)

    def _folder_of(self, what: str) -> str:
        return self._remembered(what)[1] or files.shortened(self.folder())

    def _remembered(self, what: str) -> tuple[str, str]:
        workspace = self.desk.workspace
        return memory.remembered_export(workspace.paths, workspace.store.location, what)

    def keys(self) -> Sequence[Hint]:
        """What can be done now."""
        return ()

    # Looking at it

    def on_export_fields_changed(self, event: ExportFields.Changed) -> None:
        """Something else is chosen."""
        event.stop()
        self.look()

    def look(self) -> None:
        """Work out what is chosen."""
        self.plan = self.then = None
        self.say("")
        stock = Stock(self.desk, self.desk.meeting, self._number, self.desk.today(), self._shown)
        self._make_plan(self.query_one(ExportFields).wish, stock)

    @work(thread=True, exclusive=True, exit_on_error=False, group="look")
    def _make_plan(self, wish: Wish, stock: Stock) -> None:
        """Work out what is chosen and the beginning of its text, off the screen's thread."""
        waiting = Waiting(self.app, self._tell_reading)
        try:
            plan = plan_of(wish, stock, waiting)
            sample = plan.sample()
        except Cancelled:
            return
        except AccordError as error:
            waiting.answer(self.cannot, error)
            return
        waiting.answer(self._take_plan, plan, sample)

    def _tell_reading(self, done: int, all: int) -> None:
        self._about(f"{done:,} of {all:,} meetings read")

    def _take_plan(self, plan: Plan, sample: str) -> None:
        if plan.wish != self.query_one(ExportFields).wish:
            return  # something else was chosen meanwhile
        self.plan = plan
        self.query_one(TextPane).show(sample)
        self._about(self._summary(plan))
        for line in self.query(PathLine):
            line.propose("" if plan.many else plan.names[0], plan.wish.format.extension)
        self.say(" ".join(plan.said))
        if self.then is not None:
            then, self.then = self.then, None
            then()

    def _summary(self, plan: Plan) -> str:
        parts = [plan.words, plan.wish.format.title]
        if plan.many:
            parts.append(f"{len(plan.names):,} file{'s' * (len(plan.names) != 1)}")
        elif self.desk.served:
            parts.append(plan.names[0])
        reads = "as it reads, without its look" if plan.wish.form in READS_AS else ""
        below = ", ".join(filter(None, (plan.first, reads)))
        return " · ".join([*parts, *([f"below: {below}"] if below else [])])

    def cannot(self, error: AccordError) -> None:
        """What went wrong; where nothing is known, there is nothing to look at."""
        self.then = None
        if self.plan is None:
            self.query_one(TextPane).show("")
            self._about("")
        wish = self.query_one(ExportFields).wish
        awaited = self.plan is None and wish.which == RANGE and not wish.span
        self.say(f"{error.message} {error.hint}".strip(), wrong=not awaited)

    def _about(self, text: str) -> None:
        self.query_one("#about", Static).update(Content(plain(text)))

    def say(self, text: str, *, wrong: bool = False) -> None:
        """A sentence under the path; none when it is empty."""
        state = self.query_one("#state", Static)
        state.update(Content.styled(plain(text), "$off-track" if wrong else "$quiet"))
        state.display = bool(text)

    def action_page(self, by: int) -> None:
        """Read on, or back."""
        pane = self.query_one(TextPane)
        pane.scroll_relative(y=by * max(pane.size.height - 1, 1), animate=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault of ours: a meeting goes on, and where it was is in a report."""
        if event.state is WorkerState.ERROR and isinstance(event.worker.error, Exception):
            self.cannot(self.accord.fault("This could not be exported", event.worker.error))
