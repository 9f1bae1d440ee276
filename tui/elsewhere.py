"""A copy of the meeting in a folder that the person names, for when it cannot be saved where it belongs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from meetings.errors import AccordError
from meetings.store.saver import Progress

if TYPE_CHECKING:
    from tui.app import AccordApp


def ask_for_copy(app: AccordApp, then: Callable[[bool], None] = lambda saved: None) -> None:
    """Ask for a folder, write the whole meeting there and say where it is.

    `then` is called at the end with whether there is a copy.
    """
    from tui.dialogs.message import Message
    from tui.dialogs.prompt import Prompt

    written: list[Path] = []

    def write(typed: str) -> str:
        try:
            written.append(_write(app, typed))
        except AccordError as error:
            return f"{error.message} {error.hint}".strip()
        return ""

    def asked(typed: str | None) -> None:
        if typed is None or not written:
            then(False)
            return
        failed = app.desk.session.state.progress is Progress.FAILED
        message = Message(
            "A copy is saved",
            f"{written[-1]}",
            "It holds the whole meeting as it is now."
            + (" Accord goes on trying to save it in its store." if failed else ""),
        )
        app.push_screen(message, lambda _: then(True))

    number = app.desk.meeting.head.number
    app.push_screen(
        Prompt(
            f"Save a copy of meeting {number} in which folder?",
            "The copy holds everything that is in the meeting; nothing that is there is replaced.",
            placeholder="a folder on another disk",
            initial=_home(),
            required=True,
            refuse=write,
        ),
        asked,
    )


def _write(app: AccordApp, typed: str) -> Path:
    from meetings.store.elsewhere import save_copy

    try:
        folder = Path(typed).expanduser()
    except RuntimeError:  # ~someone who has no home
        folder = Path(typed)
    return save_copy(app.desk.meeting, folder.absolute(), app.desk.now().astimezone())


def _home() -> str:
    try:
        return str(Path.home())
    except RuntimeError:
        return ""
