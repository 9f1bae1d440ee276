"""The minutes of a meeting in GitHub Flavored Markdown."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from pathlib import Path

from meetings.exchange.output import write_text
from meetings.exchange.viewing import DRAFTS, view
from meetings.measures.pace import RISK_MARGIN
from meetings.meeting import Meeting

LONGEST_NAME = 60
"""Characters of the meeting's name that its file's name has at most."""


def render(meeting: Meeting, *, template: Path | None = None, margin: float = RISK_MARGIN) -> str:
    """The minutes: the same bytes for the same meeting. They say so when the meeting is not closed yet.

    `template`: a person's own, in place of templates/minutes.md.j2; it is given a `meeting`, which is a
    MinutesView, and is kept in a sandbox. `margin`: the goals' risk margin. Raises TemplateError.
    """
    from meetings.exchange import templating  # Jinja takes its time to load

    return templating.render({"meeting": view(meeting, margin)}, template)


def file_name(meeting: Meeting) -> str:
    """`2026-11-21-42-weekly-sales-marketing-alignment.md`: plain letters that every system takes."""
    plain = unicodedata.normalize("NFKD", meeting.head.name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_NAME].strip("-")
    return f"{meeting.head.date.isoformat()}-{meeting.head.number}-{words or 'meeting'}.md"


def is_draft(path: Path) -> bool:
    """Whether that file holds minutes that Accord has written before the meeting was closed."""
    try:
        with path.open(encoding="utf-8") as file:
            head = [line.strip() for line in islice(file, 12)]
    except (OSError, UnicodeDecodeError):
        return False
    return any(f"> {words}" in head for words in DRAFTS.values() if words)


def save(
    meeting: Meeting,
    folder: Path,
    *,
    template: Path | None = None,
    margin: float = RISK_MARGIN,
    overwrite: bool = False,
) -> Path:
    """Write the minutes into the folder and return the file.

    A file with the same content is left alone and a draft of Accord's own is replaced; another file only with
    `overwrite`.
    Raises UsageError where it may not be, TemplateError and NotWritten.
    """
    path = folder / file_name(meeting)
    text = render(meeting, template=template, margin=margin)
    write_text(path, text, overwrite=overwrite or is_draft(path))
    return path
