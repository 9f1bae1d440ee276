"""Minutes as plain text for any screen and any mail: wrapped, with the width of East Asian signs respected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from meetings.exchange.gfm import BREAK
from meetings.exchange.minutes import Options
from meetings.exchange.viewing import view
from meetings.meeting import Meeting
from meetings.text import cells, width

COLUMNS = 72
"""Cells of the longest line. A web address is never broken, so that it stays one."""

HARD = "\v"
"""Stands for a line break inside an entry until the text is wrapped; user text has none (see gfm.BREAK)."""

BETWEEN = f"\n{'=' * COLUMNS}\n\n"
"""Between the minutes of two meetings in one file."""

MARK = re.compile(r"(?:> |- )?(?:\[[ x]\] )?")
"""What stands before an entry: its further lines begin below its words."""

JOINER = "\u200d"
"""Makes one sign of those around it."""


def write(meetings: Iterable[Meeting], options: Options) -> str:
    """The minutes of these meetings, one after the other. Raises TemplateError."""
    from meetings.exchange import templating
    from meetings.exchange.dialects import TEXT

    own = options.templates.get("text")
    views = (view(meeting, options.margin) for meeting in meetings)
    return BETWEEN.join(templating.render({"meeting": shown}, TEXT, own) for shown in views)


def inline(text: str) -> str:
    """The text with its line breaks."""
    return HARD.join(part.strip(" \t") for part in BREAK.split(text.strip()))


def line(text: str) -> str:
    """The text on one line."""
    return " ".join(filter(None, (part.strip(" \t") for part in BREAK.split(text.strip()))))


def title(text: str) -> str:
    """A heading of the first level, underlined."""
    return _underlined(line(text), "=")


def heading(text: str) -> str:
    """A heading of the second level, underlined."""
    return _underlined(line(text), "-")


def subheading(text: str) -> str:
    """A heading of the third level."""
    return f"{line(text)}:"


def finish(text: str) -> str:
    """The text with every line wrapped."""
    return "\n".join(part for source in text.split("\n") for part in _wrapped(source))


def _underlined(text: str, sign: str) -> str:
    return f"{text}\n{sign * min(width(text), COLUMNS)}"


def _wrapped(source: str) -> Iterator[str]:
    """One line of the template as lines that are short enough."""
    if HARD not in source and width(source) <= COLUMNS:
        yield source.rstrip()
        return
    found = MARK.match(source)
    mark = found.group() if found else ""
    start = mark
    for part in source[len(mark) :].split(HARD):
        for piece in _pieces(part, COLUMNS - len(mark)):
            yield (start + piece).rstrip()
            start = " " * len(mark)


def _pieces(text: str, room: int) -> Iterator[str]:
    """The text in pieces of at most `room` cells, parted at spaces or, where there are none, between signs."""
    now, used = "", 0
    for word in re.findall(r" *[^ ]+", text) or [""]:
        size = width(word)
        if used and used + size > room and width(word.lstrip()) <= room:
            yield now
            now, used = word.lstrip(), width(word.lstrip())
        elif used + size <= room:
            now, used = now + word, used + size
        elif "://" in word:
            if used:
                yield now
            now, used = word.lstrip(), width(word.lstrip())
        else:
            for sign in word:
                step = cells(sign)
                if used + step > room and step and not now.endswith(JOINER):
                    yield now
                    now, used = "", 0
                now, used = now + sign, used + step
    yield now
