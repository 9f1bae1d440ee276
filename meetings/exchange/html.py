"""Minutes as a page of HTML that needs nothing from elsewhere, and user text in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from meetings.exchange import gfm
from meetings.exchange.minutes import Options
from meetings.exchange.viewing import view
from meetings.meeting import Meeting

URL = re.compile(gfm.URL, re.VERBOSE)


def write(meetings: Iterable[Meeting], options: Options) -> str:
    """One page with all of these meetings; a template gets their MinutesViews as `meetings`. Raises TemplateError."""
    from meetings.exchange import templating
    from meetings.exchange.dialects import HTML

    views = tuple(view(meeting, options.margin) for meeting in meetings)
    return templating.render({"meetings": views}, HTML, options.templates.get("html"))


def inline(text: str) -> str:
    """The text with its line breaks, and with links where it has web addresses."""
    return "<br>\n".join(_linked(part.strip(" \t")) for part in gfm.BREAK.split(text.strip()))


def line(text: str) -> str:
    """The text on one line, without links: for headings, titles and attributes."""
    return escape(" ".join(filter(None, (part.strip(" \t") for part in gfm.BREAK.split(text.strip())))))


def _linked(text: str) -> str:
    parts: list[str] = []
    place = 0
    while found := URL.search(text, place):
        url = gfm.without_closing_signs(found.group())
        shown = escape(url)
        parts += [escape(text[place : found.start()]), f'<a href="{shown}" rel="noreferrer">{shown}</a>']
        place = found.start() + len(url)
    return "".join([*parts, escape(text[place:])])
