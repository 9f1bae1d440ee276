"""A picture of the screen, as a file that any browser shows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from meetings.config import minutes_folder
from meetings.errors import UsageError
from meetings.exchange.output import write_text

if TYPE_CHECKING:
    from tui.app import AccordApp

_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def drawn(app: AccordApp) -> str:
    """The screen as SVG. It asks no server for a font."""
    return _FONT.sub("", app.export_screenshot()).replace("Fira Code, monospace", "monospace")


def save_picture(app: AccordApp) -> Path:
    """Save the screen beside the minutes, under a name with day and time that nothing has yet. Raises NotWritten."""
    svg = drawn(app)
    folder = minutes_folder(app.desk.config, app.desk.workspace.paths)
    begin = f"screen-{app.desk.now().astimezone():%Y-%m-%d-%H%M%S}"
    count = 1
    while True:
        file = folder / f"{begin}{f'-{count}' if count > 1 else ''}.svg"
        try:
            write_text(file, svg)
        except UsageError:  # another one of the same second
            count += 1
        else:
            return file
