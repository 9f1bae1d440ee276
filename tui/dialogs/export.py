"""Exporting minutes and action items: into files, or to the clipboard."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from meetings.errors import AccordError
from meetings.store.archive import Promise
from meetings.store.watch import Cancelled
from tui import files, memory
from tui.background import screen_first
from tui.dialogs.base import Keys
from tui.dialogs.export_files import Outcome, Plan, paths_of, write
from tui.dialogs.export_look import ExportLook
from tui.dialogs.export_path import PathLine
from tui.machine.clipboard import copy
from tui.machine.desktop import show_folder
from tui.served import REFUSALS
from tui.waiting import Waiting
from tui.widgets.columns import plain
from tui.widgets.key_bar import Hint

NOT_YET = "Nothing has been written yet: Enter writes it."
MANY = 20
"""Meetings or items of which the text takes its time."""


class Export(ExportLook):
    """Writes files of a person's choice. It stays until Escape, so that what was written can be seen and copied.

    `number`: the meeting that it is about. `shown`: the action items that a list shows; then it begins with them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("enter", "write", show=False),
        Binding("ctrl+c,super+c", "copy_text", show=False),
        Binding("ctrl+y", "copy_path", show=False, priority=True),
        Binding("ctrl+o", "show_folder", show=False, priority=True),
    ]

    def __init__(self, number: int, shown: Sequence[Promise] | None = None) -> None:
        super().__init__(number, shown)
        self._writing = False
        self._written: Path | None = None

    def keys(self) -> Sequence[Hint]:
        """What can be done now."""
        if self._writing:
            return (("back", "Esc", "Stop"),)
        shown = () if self.desk.served else (("show_folder", "Ctrl+O", "Folder"),)
        written = (("copy_path", "Ctrl+Y", "Copy path"), *shown) if self._written else ()
        return (
            ("write", "Enter", "Write"),
            ("back", "Esc", "Close"),
            *written,
            ("copy_text", "Ctrl+C", "Copy text"),
            ("page(1)", "PgDn", "Read on"),
        )

    def look(self) -> None:
        """Something else is chosen: what was written before is no longer said."""
        self._written = None
        super().look()
        self.query_one(Keys).show(self.keys())

    # Writing it

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a field."""
        event.stop()
        self.action_write()

    def action_write(self) -> None:
        """Write what is chosen, as soon as it is known."""
        if self._writing:
            return
        if self.plan is None:
            self.then = self.action_write
        elif not self.plan.count:
            self.say(" ".join([*self.plan.said, "There is nothing to write."]), wrong=True)
        else:
            line = None if self.desk.served else self.query_one(PathLine)
            self._begin(self.plan, f"{self.folder()}{os.sep}" if line is None else line.value)

    def _begin(self, plan: Plan, typed: str, *, overwrite: bool = False) -> None:
        self._set_writing(True)
        self.say("")
        self._write(plan, typed, overwrite)

    def _set_writing(self, writing: bool) -> None:
        self._writing = writing
        self.query_one(Keys).show(self.keys())

    @work(thread=True, exclusive=True, exit_on_error=False, group="write")
    def _write(self, plan: Plan, typed: str, overwrite: bool) -> None:
        """Write the files, off the screen's thread."""
        waiting = Waiting(self.app, self._tell_writing)
        try:
            paths = paths_of(plan, typed)
            with screen_first() if plan.count >= MANY else nullcontext():
                outcome = write(plan, paths, waiting, overwrite=overwrite)
        except Cancelled:
            return
        except AccordError as error:
            waiting.answer(self.cannot, error)
            return
        waiting.answer(self._take_outcome, plan, typed, paths, outcome)

    def _tell_writing(self, done: int, all: int) -> None:
        self.say(f"{done:,} of {all:,} done")

    def cannot(self, error: AccordError) -> None:
        """What went wrong; nothing is being written any more."""
        self._set_writing(False)
        super().cannot(error)

    def _take_outcome(self, plan: Plan, typed: str, paths: Sequence[Path], outcome: Outcome) -> None:
        """Say where it is; or ask before something else is replaced."""
        self._set_writing(False)
        if outcome.kept:
            self._ask(plan, typed, len(paths), outcome)
            return
        folder = paths[0].parent
        self._written = folder if plan.many else paths[0]
        memory.remember_export(
            self.desk.workspace.paths,
            self.desk.workspace.store.location,
            plan.wish.what,
            plan.wish.form,
            files.shortened(folder),
        )
        many = f"{len(paths):,} file{'s' * (len(paths) != 1)} in " if plan.many else ""
        said = f"{'Written' if outcome.written else 'There already, word for word'}: {many}{self._written}"
        self.query_one(Keys).show(self.keys())
        self.query_one("#state", Static).update(Content.assemble(("✓ ", "$done bold"), (plain(said), "$ink")))
        self.query_one("#state").display = True
        self.accord.written = self._written
        self.accord.say(said)

    def _ask(self, plan: Plan, typed: str, count: int, outcome: Outcome) -> None:
        from tui.dialogs.confirm import Confirm

        kept = len(outcome.kept)
        if count == 1:
            question, detail = f"{outcome.kept[0]} is there already and says something else.", ""
        else:
            question = f"{kept:,} of {count:,} files are there already and say something else."
            detail = f"The first is {outcome.kept[0]}. The others are written."
        self.app.push_screen(
            Confirm(question, detail, yes="Replace it" if kept == 1 else "Replace them", no="Keep it"),
            lambda yes: (
                self._begin(plan, typed, overwrite=True) if yes else self.say("Nothing was replaced.")
            ),
        )

    # The clipboard

    def action_copy_path(self) -> None:
        """Copy where it was written."""
        if self._written is None:
            self.say(NOT_YET)
        else:
            self._copy(str(self._written), "the path")

    def action_copy_text(self) -> None:
        """Copy the whole text, as soon as it is known."""
        if self.plan is None:
            self.then = self.action_copy_text
        elif self.plan.many:
            self.say("The text of several files is not copied: choose one file.", wrong=True)
        elif not self._writing:
            self._make_copy(self.plan)

    @work(thread=True, exclusive=True, exit_on_error=False, group="write")
    def _make_copy(self, plan: Plan) -> None:
        """Make the whole text, off the screen's thread."""
        waiting = Waiting(self.app, self._tell_writing)
        try:
            text = plan.make(0, waiting)
        except Cancelled:
            return
        except AccordError as error:
            waiting.answer(self.cannot, error)
            return
        waiting.answer(self._copy, text, "the text")

    def _copy(self, text: str, what: str) -> None:
        copy(self.accord, text, what, "write it instead")

    def action_show_folder(self) -> None:
        """Show the folder that it was written to."""
        refusal = REFUSALS["open_folder"] if self.desk.served else ""
        if self._written is None or refusal:
            self.say(refusal or NOT_YET)
        else:
            show_folder(self.accord, self._written)

    # Leaving

    def action_back(self) -> None:
        """Stop writing; with nothing being written, close."""
        if self._writing:
            self.workers.cancel_group(self, "write")
            self._set_writing(False)
            self.say("Stopped; files that were written are there.", wrong=True)
        else:
            self.dismiss(None)
