"""From a field of the screen into the person's editor, and back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from meetings.errors import AccordError, UsageError
from meetings.flow import clock
from meetings.text import clean
from tui.machine import editor, texts
from tui.served import REFUSALS

if TYPE_CHECKING:
    from tui.app import AccordApp

WAITING = "Accord waits until the file is closed in {}.\n"


def edit_outside(app: AccordApp, text: str) -> tuple[str, Path] | None:
    """The text as the person's editor has left it, and the file that still holds it; None when it is as before.

    The event loop waits; the meeting's clock goes on. What goes wrong is said, and nothing is lost.
    """
    file: Path | None = None
    try:
        if app.desk.served:
            raise UsageError(REFUSALS["editor"])
        words = editor.command()
        file = texts.begin(app.desk.workspace.paths.state, text)
        found = clean(_edited(app, words, file, text), lines=True)
    except SuspendNotSupported:
        app.say("This terminal cannot be handed to an editor.", wrong=True)
    except AccordError as error:
        app.say_error(error)
    else:
        if found != clean(text, lines=True):
            return found, file
        app.say("Nothing was changed in the editor.")
    if file is not None:
        texts.end(file)  # what was worth keeping has been put aside
    return None


def _edited(app: AccordApp, words: list[str], file: Path, text: str) -> str:
    """Give the terminal to the editor, and take it back whatever happens. Raises NotTaken, SuspendNotSupported."""
    problem: texts.NotTaken | None = None
    status = 0
    with app.suspend():  # it does not take the terminal back when an exception passes
        sys.stdout.write(
            WAITING.format(" ".join([Path(words[0]).name, *words[1:]]))
        )  # it may have its own window
        sys.stdout.flush()
        try:
            status = editor.run(words, file, app.desk.session.beat, clock.BEAT)
        except texts.NotTaken as error:
            problem = error
    if problem is not None:
        raise problem
    return editor.take_back(file, text, status, words)
