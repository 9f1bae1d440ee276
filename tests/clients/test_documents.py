"""Minutes and task lists as documents: pandoc, cmark-gfm and a mail program's parser find every item with its title,
state and due date; validators find nothing to say.
"""

from __future__ import annotations

import datetime as dt
import email
import json
import re
import unicodedata
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from meetings.dates import show_day
from meetings.exchange.formats import ITEMS, MINUTES
from meetings.exchange.minutes import Options
from meetings.exchange.tasks import Task
from meetings.kinds import ItemState, MeetingState
from meetings.meeting import Meeting
from meetings.model import ComingUp, Decision, Feedback, Goal, LeadNumbers, Note, Person, Problem, Record, Win
from tests.clients import hostile
from tests.clients.programs import find, put, run
from tests.unit import test_report

OPEN, DONE, NO_BOX = "☐", "☒", ""
"""How pandoc shows the boxes of a task list."""

HERE = Path(__file__).parent


def hostile_meeting() -> Meeting:
    """A closed meeting with the hostile items, and such a text wherever else a person can type."""
    texts = hostile.TITLES[2:]

    def rows(kind: type[Record], field: str) -> dict[str, Record]:
        found = [kind(uid=f"{kind.__name__}-{at}", **{field: text}) for at, text in enumerate(texts)]
        return {row.uid: row for row in found}

    leads = [
        LeadNumbers(
            uid=f"leads-{at}",
            source=text,
            period_start=dt.date(2026, 11, 2),
            period_end=dt.date(2026, 11, 8),
            new=5,
            handed_over=3,
            rejected={text: 1},
        )
        for at, text in enumerate(texts)
    ]
    tables = {
        "lead_numbers": {row.uid: row for row in leads},
        "people": rows(Person, "name"),
        "goals": rows(Goal, "title"),
        "feedback": rows(Feedback, "text"),
        "wins": rows(Win, "title"),
        "coming_up": rows(ComingUp, "text"),
        "problems": rows(Problem, "title"),
        "decisions": rows(Decision, "text"),
        "notes": {"n": Note(uid="n", text=" ".join(texts))},
        "action_items": {task.item.uid: task.item for task in hostile.tasks()},
    }
    return Meeting(head=replace(hostile.HEAD, state=MeetingState.CLOSED)).with_tables(tables)


def read(title: str) -> str:
    """A title as it is read: runs of blanks as one, letters and their marks put together."""
    return unicodedata.normalize("NFC", " ".join(title.split()))


def box(task: Task) -> str:
    return NO_BOX if task.dropped else DONE if task.done else OPEN


def words(node: Any) -> str:
    """The text of a piece of pandoc's tree."""
    if isinstance(node, list):
        return "".join(map(words, node))
    if not isinstance(node, dict):
        return ""
    kind, content = node["t"], node.get("c")
    if kind in ("Str", "Math"):
        return content if kind == "Str" else "\0math"
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Code", "RawInline"):
        return content[1] if kind == "Code" else ""
    if kind in ("Link", "Image", "Span", "Quoted"):
        return words(content[1])
    return words(content)


def items_of(tree: dict[str, Any]) -> list[str]:
    """Every entry of the lists between the heading “Action items” and the next of its level."""
    return [line for _, line in parts_of(tree)]


def parts_of(tree: dict[str, Any]) -> list[tuple[str, str]]:
    """The same, each with the smaller heading that it stands under."""
    found: list[tuple[str, str]] = []
    inside, part = False, ""
    for block in flat(tree["blocks"]):
        if block["t"] == "Header" and block["c"][0] <= 2:
            inside = words(block["c"][2]) == "Action items"
        elif block["t"] == "Header":
            part = words(block["c"][2])
        elif block["t"] == "BulletList" and inside:
            found += [(part, read(words(entry))) for entry in block["c"]]
    return found


def flat(blocks: list[Any]) -> list[Any]:
    """Blocks without the parts of a page around them."""
    return [inner for block in blocks for inner in (flat(block["c"][1]) if block["t"] == "Div" else [block])]


def when(task: Task, base: dt.date) -> str:
    """What its line says of its days."""
    item = task.item
    if item.state is ItemState.OPEN:
        return f"due {show_day(item.due, base)}" if item.due else "no due date"
    return f"done {show_day(item.done_on, base)}" if item.done_on else ""


def matched(found: list[str], tasks: list[Task], base: dt.date) -> None:
    """Every item is there once, in some order, with its box, its title and its day as it is read on the day `base`."""
    assert len(found) == len(tasks)
    left = list(found)
    for task in tasks:
        begins = read(f"{box(task)} {task.title}") + " ("
        of_it = [line for line in left if line.startswith(begins) and f" {task.id[:5]}" in line]
        assert len(of_it) == 1, (begins[:120], task.id)
        assert when(task, base) in of_it[0][len(begins) :]
        left.remove(of_it[0])


BASES = {"list": hostile.TODAY, "minutes": hostile.HEAD.date}
"""The day on which each says how late something is."""


@pytest.mark.parametrize("source", ["list", "minutes"])
def test_pandoc_reads_the_tasks_of_markdown(tmp_path: Path, source: str) -> None:
    program = find("pandoc")
    tasks = hostile.tasks()
    file = put(tmp_path / "minutes.md", markdown(source))
    tree = json.loads(run(tmp_path, program, "-f", "gfm", "-t", "json", str(file)))
    matched(items_of(tree), tasks, BASES[source])


def markdown(source: str) -> str:
    """A list of the hostile items, or the minutes with them."""
    if source == "list":
        return ITEMS["markdown"].write(hostile.tasks(), hostile.OPTIONS)
    return MINUTES["markdown"].write([hostile_meeting()], Options())


@pytest.mark.parametrize("form", ["obsidian", "dataview"])
def test_pandoc_reads_the_tasks_of_obsidian(tmp_path: Path, form: str) -> None:
    program = find("pandoc")
    tasks = hostile.tasks()
    file = put(tmp_path / "items.md", "## Action items\n\n" + ITEMS[form].write(tasks, hostile.OPTIONS))
    found = items_of(json.loads(run(tmp_path, program, "-f", "gfm", "-t", "json", str(file))))
    assert len(found) == len(tasks)
    for task, line in zip(tasks, found, strict=True):
        shown = {ItemState.OPEN: OPEN, ItemState.DONE: DONE, ItemState.DROPPED: "[-]"}[task.item.state]
        begins = read(f"{shown} {task.title} (")
        assert line.startswith(begins)
        due = DUE[form].format(task.item.due)
        assert (due in line[len(begins) :]) == (task.item.due is not None)


DUE = {"obsidian": "📅 {}", "dataview": "[due:: {}]"}
"""How an item's due date is written."""


class Boxes(HTMLParser):
    """Entries of lists with their boxes, as cmark-gfm writes them."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            self.entries.append("")
        elif tag == "input":
            self.entries[-1] += DONE if "checked" in dict(attrs) else OPEN
        elif tag == "br":
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        if self.entries:
            self.entries[-1] += data


@pytest.mark.parametrize("source", ["list", "minutes"])
def test_cmark_gfm_reads_the_tasks_of_markdown(tmp_path: Path, source: str) -> None:
    program = find("cmark-gfm")
    file = put(tmp_path / "items.md", markdown(source))
    extensions = [
        part for name in ("table", "tasklist", "strikethrough", "autolink") for part in ("-e", name)
    ]
    boxes = Boxes()
    page = run(tmp_path, program, "--unsafe", *extensions, str(file))
    begin = page.index("Action items</h")
    end = page.find("<h2>", begin)
    boxes.feed(page[begin:end] if end > 0 else page[begin:])
    matched([read(entry) for entry in boxes.entries], hostile.tasks(), BASES[source])


def test_pandoc_reads_the_items_of_html(tmp_path: Path) -> None:
    program = find("pandoc")
    file = put(tmp_path / "minutes.html", MINUTES["html"].write([hostile_meeting()], Options()))
    left = parts_of(json.loads(run(tmp_path, program, "-f", "html", "-t", "json", str(file))))
    tasks = hostile.tasks()
    assert len(left) == len(tasks)
    for task in tasks:
        title = read(task.title.replace("\ufffe", "\ufffd"))
        of_it = [(part, line) for part, line in left if line.startswith(title) and f" {task.id[:5]}" in line]
        assert len(of_it) == 1, (task.title[:120], task.id)
        part, line = of_it[0]
        assert part in PARTS[task.item.state]
        assert when(task, hostile.HEAD.date) in line[len(title) :]
        left.remove(of_it[0])


PARTS = {ItemState.OPEN: ("New", "Carried"), ItemState.DONE: ("Done",), ItemState.DROPPED: ("Dropped",)}
"""What items stand under."""

PAGES = ("hostile", "several", "draft", "report")


def page(name: str) -> str:
    if name == "report":
        return test_report.written("html", test_report.held(test_report.HOSTILE, "<b>Bo</b>"))
    meeting = hostile_meeting()
    draft = replace(meeting, head=replace(meeting.head, state=MeetingState.RUNNING))
    chosen = {"hostile": [meeting], "several": [meeting, draft], "draft": [draft]}[name]
    return MINUTES["html"].write(chosen, Options())


@pytest.mark.parametrize("name", [name for name in PAGES if name != "report"])
def test_tidy_has_nothing_to_say_about_the_page(tmp_path: Path, name: str) -> None:
    """The report groups the entries of its list, which tidy of 2021 does not know yet."""
    program = find("tidy")
    file = put(tmp_path / "minutes.html", page(name))
    run(tmp_path, program, "-errors", "-quiet", "-utf8", "--show-info", "no", str(file))


@pytest.mark.parametrize("name", PAGES)
def test_html_validate_has_nothing_to_say_about_the_page(tmp_path: Path, name: str) -> None:
    program = find("html-validate")
    rules = {"extends": ["html-validate:recommended", "html-validate:a11y"], "rules": {"long-title": "off"}}
    put(tmp_path / ".htmlvalidate.json", json.dumps(rules))
    put(tmp_path / "minutes.html", page(name))
    run(tmp_path, program, "minutes.html")


def test_the_page_needs_nothing_from_elsewhere() -> None:
    text = page("hostile")
    tags = re.findall(r"<[a-z][^>]*>", text)
    assert not [tag for tag in tags if re.search(r"\b(src|srcset|data|poster|background|action)=", tag)]
    assert not [tag for tag in tags if "href=" in tag and not tag.startswith('<a href="http')]
    assert not re.search(r"<(script|link|img|iframe|object|embed|base|form|input)\b", text)
    style = text[text.index("<style>") : text.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("source", ["list", "minutes"])
def test_mdl_has_nothing_to_say_about_markdown(tmp_path: Path, source: str) -> None:
    """Line length (MD013) and, where a text has line breaks or an emoji's name, HTML (MD033) are meant. mdl takes
    escaped stars for emphasis (MD037).
    """
    program = find("mdl")
    file = put(tmp_path / "minutes.md", markdown(source))
    run(tmp_path, program, "--rules", "~MD013,~MD033,~MD037", str(file))


def test_a_mail_program_finds_both_parts() -> None:
    raw = MINUTES["eml"].write([hostile_meeting()], Options())
    assert "\n" not in raw.replace("\r\n", "")
    assert max(map(len, raw.split("\r\n"))) <= 998
    message = email.message_from_bytes(raw.encode("ascii"), policy=default)
    assert not message.defects
    assert message["Subject"] == "Minutes: Weekly, [sales] & marketing: *alignment*; +1, Mon 16 Nov 2026"
    assert message["Date"].datetime.date() == hostile.HEAD.date
    assert message["To"] is None
    assert message.get_content_type() == "multipart/alternative"
    plain, page = message.iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == MINUTES["text"].write([hostile_meeting()], Options())
    assert page.get_content().replace("\r\n", "\n") == MINUTES["html"].write([hostile_meeting()], Options())
