"""Files as rows of a list."""

from __future__ import annotations

import datetime as dt
import os

from textual.content import Content

from meetings.dates import show_day
from tui import files
from tui.files import Entry
from tui.widgets.columns import Column, plain
from tui.widgets.row import Row

_COLUMNS = (
    Column("name", flex=1, min_width=16),
    Column("folder", max_width=30, priority=3),
    Column("changed", max_width=16, align="right", priority=1),
    Column("size", max_width=8, align="right", priority=2),
)


def columns(in_one_folder: bool) -> tuple[Column, ...]:
    """The columns; the folder is named where files are in several."""
    return tuple(column for column in _COLUMNS if not in_one_folder or column.key != "folder")


def row_of(entry: Entry, today: dt.date) -> Row:
    """A file or a folder, with when it was changed."""
    day = dt.datetime.fromtimestamp(entry.changed).astimezone().date()
    return Row(
        str(entry.path),
        {
            "name": entry.path.name + (os.sep if entry.is_folder else ""),
            "folder": Content.styled(plain(files.shortened(entry.path.parent)), "$quiet"),
            "changed": Content.styled(show_day(day, today), "$quiet"),
            "size": Content.styled("" if entry.is_folder else files.show_size(entry.size), "$quiet"),
        },
    )
