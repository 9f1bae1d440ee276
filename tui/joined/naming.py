"""Saying who one is to those who have joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meetings.errors import AccordError, UsageError
from tui.dialogs.prompt import Prompt

if TYPE_CHECKING:
    from tui.app import AccordApp

IN_A_FOLDER = "Nobody can join a meeting that is kept in a folder: it is led by whoever has it open."


def ask_who(app: AccordApp) -> None:
    """Ask for one's name, in one line that the list of people completes. Raises UsageError for a folder."""
    if not app.desk.workspace.store.shared:
        raise UsageError(IN_A_FOLDER)

    def typed(name: str | None) -> None:
        try:
            app.together.call(app.together.name if name is None else name)
        except AccordError as error:
            app.say_error(error)

    app.push_screen(
        Prompt(
            "Who are you?",
            "The others see that you are here. Without a name you are a guest.",
            placeholder="your name",
            initial=app.together.name,
            offers=lambda _: app.desk.context().names(),
        ),
        typed,
    )
