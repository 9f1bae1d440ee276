"""Minutes from the screen into a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meetings.config import minutes_folder, template_file
from meetings.errors import AccordError, UsageError
from meetings.exchange import minutes
from meetings.meeting import Meeting

if TYPE_CHECKING:
    from tui.app import AccordApp


def save_minutes(app: AccordApp, meeting: Meeting) -> None:
    """Save a meeting's minutes as Markdown; asks before something else is overwritten. Raises AccordError."""
    try:
        _save(app, meeting, overwrite=False)
    except UsageError as error:
        from tui.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            try:
                if yes:
                    _save(app, meeting, overwrite=True)
            except AccordError as refused:
                app.say_error(refused)

        app.push_screen(Confirm(error.message, error.hint, yes="Replace it", no="Keep it"), answered)


def _save(app: AccordApp, meeting: Meeting, *, overwrite: bool) -> None:
    config = app.desk.config
    path = minutes.save(
        meeting,
        minutes_folder(config, app.desk.workspace.paths),
        template=template_file(config),
        margin=config.goals.risk_margin,
        overwrite=overwrite,
    )
    app.say(f"Saved as {path}")
