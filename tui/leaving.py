"""Leaving: what is not on disk yet is waited for; when it cannot be saved, the person decides what becomes of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from meetings.errors import AccordError
from meetings.kinds import MeetingState
from meetings.store.saver import Progress
from tui.dialogs.base import Box, Dialog, said
from tui.dialogs.choice import Choice
from tui.dialogs.confirm import Confirm
from tui.elsewhere import ask_for_copy

if TYPE_CHECKING:
    from tui.app import AccordApp

PATIENCE, PATIENCE_FAILED = 3.0, 1.0
"""Seconds for which the last edit is waited for; and when the write before has failed."""
UNSEEN = 0.15
"""Seconds of waiting that nothing is said about."""
NOT_SAVED = 3
"""The exit code when something was left that is not on disk."""


class LastEdits(Dialog[None]):
    """Says that the last edits are being saved. It takes the keys meanwhile: the meeting is being left."""

    DEFAULT_CSS = """
    LastEdits Box { width: 40; }
    LastEdits.unseen Box { display: none; }
    """

    def __init__(self, *, at_once: bool) -> None:
        super().__init__("" if at_once else "unseen")

    def compose(self) -> ComposeResult:
        """One line."""
        with Box(title="Leaving"):
            yield said("The last edits are being saved…")

    def on_mount(self) -> None:
        """Most often all is saved before there is anything to read."""
        self.set_timer(UNSEEN, lambda: self.remove_class("unseen"))

    def action_help(self) -> None:
        """Nothing can be done here."""


async def leave(app: AccordApp) -> None:
    """Leave when all is saved, asking while a meeting runs; else ask what to do with what is not saved."""
    if not await _all_saved(app):
        if app.desk.session.state.progress is Progress.OFFLINE:
            await _leave_offline(app)
        else:
            await _leave_unsaved(app)
    elif app.desk.meeting.head.state is not MeetingState.RUNNING or await _sure(app):
        # what others or the clock have brought while the question was open
        if await _all_saved(app):
            app.exit(0)
        else:
            await _leave_unsaved(app)


async def _sure(app: AccordApp) -> bool:
    question = Confirm(
        "Leave while the meeting runs?",
        "Everything is saved; the next launch goes on where you are."
        if app.desk.session.leads
        else "Everything is saved; the meeting goes on without you.",
        yes="Leave",
        no="Stay",
    )
    answer: bool = await app.push_screen_wait(question)
    return answer


async def _leave_offline(app: AccordApp) -> None:
    """What waits is on this machine's disk: it is safe to leave."""
    question = Confirm(
        "Leave while the server does not answer?",
        f"{app.desk.session.state.why.capitalize()} on this machine; the next launch sends what waits.",
        yes="Leave",
        no="Stay",
    )
    if await app.push_screen_wait(question):
        app.exit(0)


async def _all_saved(app: AccordApp) -> bool:
    """Whether everything is on disk, after a last attempt."""
    session = app.desk.session
    try:
        session.beat()
    except AccordError:
        return False
    in_trouble = session.state.progress in (Progress.FAILED, Progress.OFFLINE)
    waiting = LastEdits(at_once=in_trouble) if session.state.progress is not Progress.SAVED else None
    if waiting is not None:
        app.push_screen(waiting)
    done = await asyncio.to_thread(session.saver.flush, PATIENCE_FAILED if in_trouble else PATIENCE)
    if waiting is not None:
        waiting.dismiss()
    return done and session.state.progress is Progress.SAVED


async def _leave_unsaved(app: AccordApp) -> None:
    """Try again, save a copy elsewhere, leave all the same (asked twice), or stay."""
    while True:
        why = app.desk.session.state.why or "The disk does not answer."
        choice = Choice(
            "The last edits are not saved yet.",
            f"{why} They are in Accord's memory for as long as it runs.",
            (
                ("again", "t", "Try again"),
                *(() if app.desk.served else (("copy", "w", "Save a copy elsewhere"),)),
                ("lose", "l", "Leave without saving"),
                ("stay", "s", "Stay"),
            ),
        )
        match await app.push_screen_wait(choice):
            case "again":
                if await _all_saved(app):
                    app.say("Everything is saved now.")
                    await leave(app)
                    return
            case "copy":
                if await _copied(app) and await _leave_with_copy(app):
                    app.exit(0)
                    return
            case "lose":
                if await _lose(app):
                    app.exit(NOT_SAVED)
                    return
            case _:
                return


async def _copied(app: AccordApp) -> bool:
    done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    ask_for_copy(app, done.set_result)
    return await done


async def _leave_with_copy(app: AccordApp) -> bool:
    question = Confirm("Leave now?", "The copy holds everything.", yes="Leave", no="Not yet")
    answer: bool = await app.push_screen_wait(question)
    return answer


async def _lose(app: AccordApp) -> bool:
    question = Confirm(
        "Leave without saving?",
        "What was edited since the corner last said Saved is lost.",
        yes="Lose it and leave",
        no="Go back",
    )
    answer: bool = await app.push_screen_wait(question)
    return answer
