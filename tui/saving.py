"""Minutes from the screen into a file, or to the clipboard."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from meetings.config import minutes_folder, template_file
from meetings.errors import AccordError, UsageError
from meetings.exchange import minutes
from meetings.meeting import Meeting

if TYPE_CHECKING:
    from tui.app import AccordApp
    from tui.desk import Desk
    from tui.saying import Saying


def save_minutes(app: Saying, meeting: Meeting, before: str = "") -> None:
    """Save a meeting's minutes as Markdown; asks before something else is overwritten. Raises AccordError.

    `before` is what is said before where they are.
    """
    try:
        _save(app, meeting, before, overwrite=False)
    except UsageError as error:
        from tui.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            try:
                if yes:
                    _save(app, meeting, before, overwrite=True)
                elif before:
                    app.say(before)
            except AccordError as refused:
                app.say_error(refused)

        app.push_screen(Confirm(error.message, error.hint, yes="Replace it", no="Keep it"), answered)


def renew_draft(desk: Desk, meeting: Meeting) -> Path | None:
    """Write the minutes of a closed meeting in place of the draft that was saved while it ran.

    The file, or None when there was none. Raises AccordError.
    """
    folder = minutes_folder(desk.config, desk.workspace.paths)
    if not minutes.is_draft(folder / minutes.file_name(meeting)):
        return None
    return _write(desk, meeting, overwrite=True)


def _save(app: Saying, meeting: Meeting, before: str = "", *, overwrite: bool) -> None:
    app.say_written(f"{before} Saved as".strip(), _write(app.desk, meeting, overwrite=overwrite))


def copy_minutes(app: AccordApp, meeting: Meeting) -> None:
    """Copy a meeting's minutes as Markdown; what goes wrong is said."""
    app.run_worker(_copy(app, meeting), group="copy-minutes", exclusive=True)


async def _copy(app: AccordApp, meeting: Meeting) -> None:
    from tui.machine.clipboard import copy

    config = app.desk.config
    try:
        text = await asyncio.to_thread(
            minutes.render, meeting, template=template_file(config), margin=config.goals.risk_margin
        )
    except AccordError as error:
        app.say_error(error)
    else:
        saves = f"{app.key_of('save_minutes')} saves them as a file"
        copy(app, text, f"the minutes of meeting {meeting.head.number}", saves)


def _write(desk: Desk, meeting: Meeting, *, overwrite: bool) -> Path:
    config = desk.config
    return minutes.save(
        meeting,
        minutes_folder(config, desk.workspace.paths),
        template=template_file(config),
        margin=config.goals.risk_margin,
        overwrite=overwrite,
    )
