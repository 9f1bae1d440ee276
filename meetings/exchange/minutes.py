"""The minutes of a meeting: in GitHub Flavored Markdown, and as files in any format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from meetings.exchange.file_names import plain_words
from meetings.exchange.formats import MINUTES, MinutesFormat
from meetings.exchange.output import write_text
from meetings.exchange.viewing import DRAFTS, view
from meetings.measures.pace import RISK_MARGIN
from meetings.meeting import Meeting

LONGEST_NAME = 60
"""Characters of the meeting's name that its file's name has at most."""

MARKDOWN = MINUTES["markdown"]

BETWEEN = "\n---\n\n"
"""Between the minutes of two meetings in one file: a rule."""

HEAD = 12
"""Lines of a file among which one says that it is a draft."""


@dataclass(frozen=True)
class Options:
    """How minutes are written: the goals' risk margin, and a person's own templates by the name of the format."""

    margin: float = RISK_MARGIN
    templates: Mapping[str, Path] = field(default_factory=dict)


def markdown(meetings: Iterable[Meeting], options: Options) -> str:
    """The minutes of these meetings in Markdown, one after the other. Raises TemplateError."""
    own = options.templates.get("markdown")
    return BETWEEN.join(render(meeting, template=own, margin=options.margin) for meeting in meetings)


def render(meeting: Meeting, *, template: Path | None = None, margin: float = RISK_MARGIN) -> str:
    """The minutes in Markdown: the same bytes for the same meeting. They say so when it is not closed yet.

    `template`: a person's own, in place of templates/minutes.md.j2; it is given a `meeting`, which is a
    MinutesView, and is kept in a sandbox. `margin`: the goals' risk margin. Raises TemplateError.
    """
    from meetings.exchange import templating  # Jinja takes its time to load
    from meetings.exchange.dialects import MARKDOWN as DIALECT

    return templating.render({"meeting": view(meeting, margin)}, DIALECT, template)


def file_name(meeting: Meeting, form: MinutesFormat = MARKDOWN) -> str:
    """`2026-11-21-42-weekly-sales-marketing-alignment.md`: plain letters that every system takes."""
    words = plain_words(meeting.head.name, LONGEST_NAME) or "meeting"
    return f"{meeting.head.date.isoformat()}-{meeting.head.number}-{words}{form.extension}"


def is_draft(path: Path, form: MinutesFormat = MARKDOWN) -> bool:
    """Whether that file holds minutes that Accord has written before the meeting was closed."""
    try:
        with path.open(encoding="utf-8") as file:
            head = [line.strip() for line in islice(file, HEAD)]
    except (OSError, UnicodeDecodeError):
        return False
    return any(form.draft.format(words=words) in head for words in DRAFTS.values() if words)


def save(
    meeting: Meeting,
    folder: Path,
    *,
    template: Path | None = None,
    margin: float = RISK_MARGIN,
    overwrite: bool = False,
) -> Path:
    """Write the minutes into the folder as Markdown and return the file: see `save_as`."""
    templates = {MARKDOWN.name: template} if template is not None else {}
    return save_as(MARKDOWN, meeting, folder, Options(margin, templates), overwrite=overwrite)


def save_as(
    form: MinutesFormat,
    meeting: Meeting,
    folder: Path,
    options: Options,
    *,
    overwrite: bool = False,
    many: bool = False,
) -> Path:
    """Write the minutes into the folder in that format and return the file.

    A file with the same content is left alone and a draft of Accord's own is replaced; another file only with
    `overwrite`. `many`: this is one of many files that can be written again, so the disk is not waited for.
    Raises UsageError where it may not be, TemplateError and NotWritten.
    """
    path = folder / file_name(meeting, form)
    text = form.write([meeting], options)
    replace = overwrite or (path.exists() and is_draft(path, form))
    write_text(path, text, overwrite=replace, durable=not many)
    return path
