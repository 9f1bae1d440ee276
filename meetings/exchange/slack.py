"""Minutes for Slack: mrkdwn, in messages that are short enough to be taken whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from meetings.exchange import plain
from meetings.exchange.minutes import Options
from meetings.exchange.viewing import view
from meetings.meeting import Meeting

LONGEST = 4000
"""Characters (UTF-16 units) of a message: what Slack advises; it may cut longer ones or turn them into a file."""

BETWEEN = "----- message {number} of {count} -----"
"""A line of its own before every message, when there is more than one."""

PIECE = re.compile(r"&(?:amp|lt|gt);|.", re.DOTALL)
"""What may not be taken apart."""


def write(meetings: Iterable[Meeting], options: Options) -> str:
    """The minutes as one message, or as several with a line before each that counts them. Raises TemplateError."""
    from meetings.exchange import templating
    from meetings.exchange.dialects import SLACK

    own = options.templates.get("slack")
    views = (view(meeting, options.margin) for meeting in meetings)
    texts = [templating.render({"meeting": shown}, SLACK, own) for shown in views]
    found = [message for text in texts for message in messages(text)]
    if len(found) == 1:
        return found[0] + "\n"
    lines = (BETWEEN.format(number=at, count=len(found)) for at in range(1, len(found) + 1))
    return "\n".join(f"{line}\n{message}\n" for line, message in zip(lines, found, strict=True))


def inline(text: str) -> str:
    """The text with its line breaks; `&`, `<` and `>` are all that Slack lets one escape."""
    return _escaped(plain.inline(text))


def line(text: str) -> str:
    """The text on one line."""
    return _escaped(plain.line(text))


def prose(text: str) -> str:
    """The text of a paragraph, with its line breaks."""
    return inline(text).replace(plain.HARD, "\n")


def strong(text: str) -> str:
    """The text on one line, in bold; plain when it has a star of its own, which would end that."""
    return _dressed(text, "*")


def emphasised(text: str) -> str:
    """The text on one line, in italics; plain when it has a `_` of its own."""
    return _dressed(text, "_")


def code(text: str) -> str:
    """The text on one line, as code."""
    return _dressed(text, "`")


def finish(text: str) -> str:
    """Line breaks inside an entry, below its words."""
    return text.replace(plain.HARD, "\n      ")


def messages(text: str) -> list[str]:
    """The text in parts of at most LONGEST: whole sections where that is possible, else whole lines."""
    found: list[str] = []
    for level in _parts(text):
        if found and size(found[-1]) + 2 + size(level) <= LONGEST:
            found[-1] = f"{found[-1]}\n\n{level}"
        else:
            found.append(level)
    return found


def size(text: str) -> int:
    """Characters as Slack counts them."""
    return len(text.encode("utf-16-le")) // 2


def _parts(text: str) -> Iterator[str]:
    """Sections, or parts of one that is too long."""
    for section in re.split(r"\n\n+", text.strip("\n")):
        now = ""
        for source in section.split("\n"):
            for part in _cut(source):
                if now and size(now) + 1 + size(part) > LONGEST:
                    yield now
                    now = part
                else:
                    now = f"{now}\n{part}" if now else part
        yield now


def _cut(source: str) -> Iterator[str]:
    """A line, or parts of one that is too long for a message."""
    while size(source) > LONGEST:
        end = used = 0
        for piece in PIECE.finditer(source):
            used += size(piece.group())
            if used > LONGEST:
                break
            end = piece.end()
        space = source.rfind(" ", 0, end)
        end = space if space > end // 2 else end
        yield source[:end]
        source = source[end:].lstrip(" ")
    yield source


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _dressed(text: str, sign: str) -> str:
    words = line(text)
    return words if not words or sign in words else f"{sign}{words}{sign}"
