"""The formats in which minutes and action items leave Accord: one declaration each.

The command line, the app's export dialog, the documentation and the tests read these declarations. Whatever a
format needs is imported when something is written in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Format:
    """A format. `name` is what a person types, `title` what it is called, `extension` ends its files' names.

    `writer` names the function (in this folder) that makes the text of a file. `cannot` says in a sentence or two
    what the format cannot carry; docs/exports.md says the same words.
    """

    name: str
    title: str
    extension: str
    writer: str
    cannot: str

    def write(self, *values: Any) -> str:
        """The text of a file: see MinutesFormat and ItemsFormat for what is handed in."""
        module, _, name = self.writer.partition(":")
        found: Callable[..., str] = getattr(import_module(f"meetings.exchange.{module}"), name)
        return found(*values)


@dataclass(frozen=True)
class MinutesFormat(Format):
    """A format of the minutes: `write(meetings, options)` (see meetings.exchange.minutes.Options).

    `template`: whether a person's own template can take the place of Accord's. `several`: whether one file can hold
    several meetings. `draft`: a line among the first of a file that was written before the meeting was closed;
    `{words}` are those of the minutes themselves.
    """

    template: bool
    several: bool
    draft: str


@dataclass(frozen=True)
class ItemsFormat(Format):
    """A format of action items: `write(tasks, options)` (see meetings.exchange.tasks).

    `needs_due`: items without a due date have no place in it. `dropped`: whether it can say that an item was dropped.
    """

    needs_due: bool = False
    dropped: bool = True


MINUTES = {
    entry.name: entry
    for entry in (
        MinutesFormat(
            "markdown",
            "Markdown",
            ".md",
            "minutes:markdown",
            "Runs of spaces and spaces at the ends of a line read as one space or none.",
            template=True,
            several=True,
            draft="> {words}",
        ),
        MinutesFormat(
            "html",
            "HTML",
            ".html",
            "html:write",
            "Runs of spaces read as one space.",
            template=True,
            several=True,
            draft='<meta name="accord-state" content="draft">',
        ),
        MinutesFormat(
            "slack",
            "Slack",
            ".slack.txt",
            "slack:write",
            "No headings and no tables. Slack knows no escape for `*`, `_`, `~`, a backtick and `:name:`: typed in "
            "pairs, they format the words between them.",
            template=True,
            several=True,
            draft="_{words}_",
        ),
        MinutesFormat(
            "text",
            "Plain text",
            ".txt",
            "plain:write",
            "No tables and no links. Lines longer than 72 columns are wrapped; a web address never is.",
            template=True,
            several=True,
            draft="{words}",
        ),
        MinutesFormat(
            "eml",
            "E-mail",
            ".eml",
            "mail:write",
            "One meeting a file. No sender and no receiver: your mail program asks for them.",
            template=False,
            several=False,
            draft="X-Accord-State: draft",
        ),
        MinutesFormat(
            "json",
            "JSON",
            ".json",
            "as_json:minutes",
            "The words of the minutes (“8 days late”): it holds the values that they are made of.",
            template=False,
            several=True,
            draft='"draft": true,',
        ),
    )
}
"""The formats of minutes by name; the first is the usual one."""

NO_ID = "No id: importing twice adds twice; the description ends with the id."
NO_STATE = f"No state: items that are done would come in as open. {NO_ID}"

ITEMS = {
    entry.name: entry
    for entry in (
        ItemsFormat(
            "json",
            "JSON",
            ".json",
            "as_json:items",
            "Nothing is lost.",
        ),
        ItemsFormat(
            "csv",
            "CSV",
            ".csv",
            "sheets:generic",
            "A cell that a spreadsheet would take for a formula begins with an apostrophe.",
        ),
        ItemsFormat(
            "jira",
            "CSV for Jira",
            ".jira.csv",
            "sheets:jira",
            NO_STATE,
        ),
        ItemsFormat(
            "asana",
            "CSV for Asana",
            ".asana.csv",
            "sheets:asana",
            NO_STATE,
        ),
        ItemsFormat(
            "linear",
            "CSV for Linear",
            ".linear.csv",
            "sheets:linear",
            f"No due date of its own: the description says it. {NO_ID}",
        ),
        ItemsFormat(
            "ics",
            "iCalendar tasks",
            ".ics",
            "ical:todos",
            "Google Calendar and Outlook take no tasks: iCalendar events are for them. "
            "The owner stands in the description.",
        ),
        ItemsFormat(
            "ics-events",
            "iCalendar events",
            ".events.ics",
            "ical:events",
            "Items without a due date. A calendar knows no “done”: the title of what is done begins with ✓, and "
            "what was dropped is a cancelled event.",
            needs_due=True,
        ),
        ItemsFormat(
            "todotxt",
            "todo.txt",
            ".todo.txt",
            "todotxt:write",
            "The note. Dropped items: they are left out. A word of a title that would be taken for a field "
            "(`due:soon`) gets a space after its colon.",
            dropped=False,
        ),
        ItemsFormat(
            "taskwarrior",
            "Taskwarrior",
            ".taskwarrior.json",
            "taskwarrior:write",
            "Line breaks of the note, which is an annotation. What was dropped is deleted there.",
        ),
        ItemsFormat(
            "obsidian",
            "Obsidian Tasks",
            ".obsidian.md",
            "obsidian:emoji",
            "The note.",
        ),
        ItemsFormat(
            "dataview",
            "Obsidian Tasks (dataview)",
            ".dataview.md",
            "obsidian:dataview",
            "The note.",
        ),
        ItemsFormat(
            "markdown",
            "Markdown task list",
            ".md",
            "task_list:write",
            "The same as minutes in Markdown.",
        ),
    )
}
"""The formats of action items by name."""
