"""Minutes as a page of HTML that needs nothing from elsewhere, and user text in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape as escaped

from meetings.exchange import gfm
from meetings.exchange.minutes import Options
from meetings.exchange.viewing import view
from meetings.kinds import STATUS_SIGNS, Status
from meetings.meeting import Meeting

NO_CHARACTERS = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    chr(at << 16 | 0xFFFE) + chr(at << 16 | 0xFFFF) for at in range(1, 17)
)
NO_CHARACTER = re.compile(f"[{NO_CHARACTERS}]")
"""Code points that are no characters and may not stand in a page."""

PLAIN = re.compile(rf"(?!\s)[^&<>\"'{gfm.BREAKS}{NO_CHARACTERS}]*+(?<!\s)\Z")
"""Most texts: nothing needs to be done to them, but that addresses become links."""

LOOKS = {
    STATUS_SIGNS[Status.ON_TRACK]: "good",
    STATUS_SIGNS[Status.DONE]: "good",
    STATUS_SIGNS[Status.AT_RISK]: "risk",
    STATUS_SIGNS[Status.OFF_TRACK]: "off",
}

URL = re.compile(gfm.URL, re.VERBOSE)


def write(meetings: Iterable[Meeting], options: Options) -> str:
    """One page with all of these meetings; a template gets their MinutesViews as `meetings`. Raises TemplateError."""
    from meetings.exchange import templating
    from meetings.exchange.dialects import HTML

    views = tuple(view(meeting, options.margin) for meeting in meetings)
    return templating.render({"meetings": views}, HTML, options.templates.get("html"))


def inline(text: str) -> str:
    """The text with its line breaks, and with links where it has web addresses."""
    if PLAIN.match(text) and "://" not in text:
        return text
    return "<br>\n".join(_linked(part.strip(" \t")) for part in gfm.BREAK.split(text.strip()))


def line(text: str) -> str:
    """The text on one line, without links: for headings, titles and attributes."""
    if PLAIN.match(text):
        return text
    return escape(" ".join(filter(None, (part.strip(" \t") for part in gfm.BREAK.split(text.strip())))))


def finish(text: str) -> str:
    """The page without the marks around texts that are empty."""
    return text.replace("<b></b>", "")


def look(status: str) -> str:
    """The class in look.css.j2 for a goal's status, by the sign that it begins with."""
    return LOOKS.get(status[:1], "plain")


def escape(text: str) -> str:
    """One line, escaped for a page and for attributes."""
    return NO_CHARACTER.sub("\ufffd", escaped(text))


def _linked(text: str) -> str:
    parts: list[str] = []
    place = 0
    while found := URL.search(text, place):
        url = gfm.without_closing_signs(found.group())
        shown = escape(url)
        parts += [escape(text[place : found.start()]), f'<a href="{shown}" rel="noreferrer">{shown}</a>']
        place = found.start() + len(url)
    return "".join([*parts, escape(text[place:])])
