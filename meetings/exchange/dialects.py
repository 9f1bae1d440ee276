"""How text becomes Markdown, HTML, Slack's mrkdwn or plain text in a template (see meetings.exchange.templating)."""

from __future__ import annotations

from dataclasses import replace

from meetings.exchange import gfm, html, plain, slack
from meetings.exchange.templating import Dialect

MARKDOWN = Dialect("minutes.md.j2", gfm.inline, {"prose": gfm.prose, "line": gfm.line})

TASK_LIST = replace(MARKDOWN, template="items.md.j2")

HTML = Dialect(
    "minutes.html.j2",
    html.inline,
    {"prose": html.inline, "line": html.line},
    {"look": html.look},
    html.finish,
)

TEXT = Dialect(
    "minutes.txt.j2",
    plain.inline,
    {"prose": plain.inline, "line": plain.line},
    {
        "title": plain.title,
        "heading": plain.heading,
        "subheading": plain.subheading,
        "strong": plain.line,
        "id": plain.line,
        "draft": plain.line,
        "bullet": lambda: "- ",
        "br": lambda: plain.HARD,
        "box": lambda done: "[x] " if done else "[ ] ",
    },
    plain.finish,
)

SLACK = Dialect(
    "minutes.txt.j2",
    slack.inline,
    {"prose": slack.prose, "line": slack.line},
    {
        "title": slack.strong,
        "heading": slack.strong,
        "subheading": slack.emphasised,
        "strong": slack.strong,
        "id": slack.code,
        "draft": slack.emphasised,
        "bullet": lambda: "• ",
        "br": lambda: plain.HARD,
        "box": lambda done: "☑ " if done else "☐ ",
    },
    slack.finish,
)
