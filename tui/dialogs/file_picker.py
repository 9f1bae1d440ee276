"""Choosing a file that is then read, off the screen's thread, with a bar that shows how far it has come."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from meetings.errors import AccordError
from tui import files, memory
from tui.background import screen_first
from tui.dialogs import file_rows
from tui.dialogs.base import Box, Dialog, Keys
from tui.dialogs.inputs import Line
from tui.dialogs.pick_line import PickLine
from tui.files import Entry
from tui.widgets.columns import cut, plain
from tui.widgets.key_bar import Hint
from tui.widgets.rows import Rows

LINES = 12
"""Lines of the list at most."""
AROUND = 7
"""Lines of the dialog besides the list."""
LOOK = 0.1
"""Seconds between two looks at how far reading has come; what takes less shows no bar."""
BAR = 30

CHOOSING: tuple[Hint, ...] = (
    ("choose", "Enter", "Read"),
    ("back", "Esc", "Leave"),
    ("complete", "Tab", "Complete"),
)
READING: tuple[Hint, ...] = (("back", "Esc", "Stop"),)


class FilePicker(Dialog[bool]):
    """Chooses a file and reads it; stays until what was read is dealt with. Answers whether it was.

    A kind of picker defines `read`, which is called off the screen's thread and calls `go_on` now and then, and
    `take`, which gets what was read. Escape stops reading, and leaves when nothing is being read.
    """

    heading: ClassVar[str] = "Choose a file"

    DEFAULT_CSS = """
    FilePicker Box { width: 92; }
    FilePicker Rows { margin-top: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._line = PickLine(self, "part of a name, or a path: ~/Downloads/")
        self._recent: list[Entry] = []
        self._shown: list[Entry] = []
        self._moved = False
        """Whether the cursor of the list was moved since something was typed."""
        self._reading: Path | None = None
        self._stop = False
        self._progress = (0, 0)
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The path, the files, and what is wrong or how far reading has come."""
        with Box(title=self.heading):
            yield self._line
            rows = Rows(id="files")
            rows.can_focus, rows.steered = False, True
            yield rows
            yield Static(id="state")
            yield Keys(*CHOOSING)

    async def on_mount(self) -> None:
        """Look for files while the dialog comes up."""
        self._say("")
        self.run_worker(self._look(), group="look", exclusive=True)

    def on_resize(self, event: events.Resize) -> None:
        """The list is as high as there is room."""
        super().on_resize(event)
        self.query_one(Rows).styles.height = max(min(LINES, event.size.height - AROUND), 1)

    def first_field(self) -> Line | None:
        """The path."""
        return self._line

    # What kinds of picker define

    def read(self, path: Path) -> Any:
        """Read the file; raises AccordError or OSError. Not on the screen's thread."""
        raise NotImplementedError

    def take(self, path: Path, result: Any) -> None:
        """What was read, or the AccordError that said why not."""
        raise NotImplementedError

    def go_on(self, done: int, whole: int) -> bool:
        """Called while reading, with how much is read; False means stop."""
        self._progress = (done, whole)
        return not self._stop

    # The list

    @property
    def _is_there(self) -> bool:
        """Whether the dialog has its parts still: it may have been closed while a folder or a file was read."""
        return self.is_attached and bool(self.query(Rows)) and bool(self.query(Keys))

    async def _look(self) -> None:
        """Find the files that come to mind first."""
        paths = self.desk.workspace.paths

        def look() -> list[Entry]:
            return files.exports_in(files.usual_folders(memory.remembered_folder(paths)))

        self._recent = await asyncio.to_thread(look)
        if self._is_there and not files.is_path(self._line.value):
            self._filter()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Other files; what was wrong is no longer said."""
        event.stop()
        self._moved = False
        self._say("")
        if files.is_path(event.value):
            self.run_worker(self._list(event.value), group="look", exclusive=True)
        else:
            self._filter()

    def _filter(self) -> None:
        part = self._line.value.strip().casefold()
        found = [entry for entry in self._recent if part in entry.path.name.casefold()]
        where = "of that name " if part else ""
        self._show(found, f"No file {where}in the current folder or in your downloads. Type a path.")

    async def _list(self, typed: str) -> None:
        found = await asyncio.to_thread(files.beginning_so, typed)
        if self._is_there and self._line.value == typed:
            self._show(found, "Nothing there begins so.")

    def _show(self, found: list[Entry], empty: str) -> None:
        self._shown = found
        rows = self.query_one(Rows)
        today, in_one_folder = self.desk.today(), files.is_path(self._line.value)
        rows.show(
            file_rows.columns(in_one_folder),
            found,
            empty,
            build=lambda entry: file_rows.row_of(entry, today),
            key=lambda entry: str(entry.path),
        )
        if not self._moved:
            rows.move_to(0)

    def _chosen(self) -> Entry | None:
        rows = self.query_one(Rows)
        return self._shown[rows.cursor_index] if self._shown and rows.count else None

    # Keys

    def take_key(self, key: str) -> bool:
        """Act on a key of the path; False when it is text or moves in the text."""
        rows = self.query_one(Rows)
        if key in ("up", "down"):
            self._moved = True
            rows.action_move(1 if key == "down" else -1)
        elif key in ("pageup", "pagedown"):
            self._moved = True
            rows.action_page(1 if key == "pagedown" else -1)
        elif key == "tab":
            self.action_complete()
        elif key == "enter":
            self.action_choose()
        else:
            return self._reading is not None and key != "escape"
        return True

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """A click on a row chooses it as the arrows do."""
        event.stop()
        self._moved = self._moved or self.query_one(Rows).cursor_index > 0

    def on_rows_left(self, event: Rows.Left) -> None:
        """The list ends there."""
        event.stop()

    def on_rows_activated(self, event: Rows.Activated) -> None:
        """A double click."""
        event.stop()
        self._moved = True
        self.action_choose()

    def action_complete(self) -> None:
        """Put the chosen path into the field."""
        entry = self._chosen()
        if entry is not None and self._reading is None:
            self._line.value = files.shortened(entry.path) + (os.sep if entry.is_folder else "")
            self._line.cursor_position = len(self._line.value)

    def action_choose(self) -> None:
        """Read the file that is typed or chosen; go into a folder."""
        if self._reading is None:
            self.run_worker(self._choose(self._line.value), group="choose", exclusive=True)

    async def _choose(self, typed: str) -> None:
        path, is_folder = await asyncio.to_thread(files.kind_of, typed)
        if not self._is_there:
            return
        entry = self._chosen()
        typed_wins = path is not None and files.is_path(typed) and not (is_folder and _is_inside(typed))
        if entry is not None and (self._moved or not typed_wins):
            path, is_folder = entry.path, entry.is_folder
        if path is None:
            self._say("There is no such file." if typed.strip() else "Choose a file first.", wrong=True)
        elif is_folder:
            self._line.value = files.shortened(path).rstrip(os.sep) + os.sep
            self._line.cursor_position = len(self._line.value)
        else:
            await self.read_file(path)

    # Reading

    async def read_file(self, path: Path) -> None:
        """Read a file, and hand on what came of it."""
        self._reading, self._stop, self._progress = path, False, (0, 0)
        self._timer = self.set_interval(LOOK, self._show_progress)
        try:
            with screen_first():
                result: Any = await asyncio.to_thread(self.read, path)
        except AccordError as error:
            result = error
        except OSError as error:
            result = AccordError(f"{path.name} cannot be read: {(error.strerror or 'it fails').lower()}.")
        except Exception as error:  # noqa: BLE001 — a meeting goes on whatever is in a file
            result = self.accord.fault(f"{path.name} could not be read", error)
        finally:
            self._timer.stop()
            self._reading = None
        if not self._is_there:
            return
        self.query_one(Keys).show(CHOOSING)
        self._say("")
        if self._stop:
            self._say("Reading was stopped; nothing was changed.")
        else:
            self.take(path, result)

    def refuse(self, error: AccordError) -> None:
        """Say why nothing came of it; another file can be chosen."""
        self._say(f"{error.message} {error.hint}".strip(), wrong=True)

    def _show_progress(self) -> None:
        if self._reading is None:
            return
        done, whole = self._progress
        share = min(done / whole, 1.0) if whole else 0.0
        filled = round(share * BAR)
        self.query_one("#state", Static).update(
            Content.assemble(
                ("━" * filled, "$brand"),
                ("━" * (BAR - filled), "$line"),
                (f" {share * 100:3.0f} %  ", "$ink"),
                (f"reading {cut(plain(self._reading.name), 30)}", "$quiet"),
            )
        )
        self._state_is_there(True)
        self.query_one(Keys).show(READING)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        style = "$off-track" if wrong else "$quiet"
        self.query_one("#state", Static).update(Content.styled(plain(text), style))
        self._state_is_there(bool(text))

    def _state_is_there(self, there: bool) -> None:
        self.query_one("#state").display = there

    def on_unmount(self) -> None:
        """Nobody waits for what is being read any more."""
        self._stop = True

    def action_back(self) -> None:
        """Stop reading, or leave."""
        if self._reading is not None:
            self._stop = True
        else:
            self.dismiss(False)


def _is_inside(typed: str) -> bool:
    """Whether what is typed ends with a folder's sign, so that the list shows what is in it."""
    return typed.endswith(files.SEPARATORS)
