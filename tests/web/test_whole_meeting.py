"""A whole meeting in two browsers: the minutes hold every word, and words that try to be something else are words."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt

from meetings.dates import show_day
from meetings.model import ActionItem, Goal
from meetings.text import clean
from tests.terminal import prepared
from tests.terminal.driver import command
from tests.web.browser import Tab, chromium
from tests.web.serving import served

STUDENTS = "<script>document.title='broken';alert(1)</script> students"
LATE = "<img src=x onerror=\"document.title='broken'\"> late"
ANSWER = "Both look at it on Monday & say so"
TASK = "Write <b>it</b> up"
ACME = "Acme signed ${7*7} {{7*7}} [red]x[/red] [@click=app.bell]y[/] שלום"
PASTED = (
    "\x1b]0;broken\x07\x1b]52;c;YnJva2Vu\x07\x1b]8;;https://evil.example\x07Acme\x1b]8;;\x07 \x1b[31msigned\x1b[0m"
    " ${7*7} {{7*7}} [red]x[/red] [@click=app.bell]y[/] \u202eשלום\u202c\x1b[201~"
)
"""A title, a clipboard, a link and a colour for a terminal; an order of writing; and the end of what is pasted."""


def a_week_ago(home: Path) -> None:
    """A meeting that was held, with two promises and a goal."""
    session = prepared.running(
        home,
        ActionItem(title="Send the list", owner="Sam"),
        ActionItem(title="Rewrite the page", owner="Jo"),
        Goal(title="Conversion from MQL to SQL", owner="Priya", start=20.0, target=30.0),
    )
    prepared.workspace(home).close(session)


def words_of(markdown: str) -> str:
    """What a reader of the minutes sees."""
    found: list[str] = []
    reader = HTMLParser()
    reader.handle_data = found.append  # type: ignore[method-assign]
    reader.feed(MarkdownIt("gfm-like", {"linkify": False}).render(markdown))
    return "".join(found)


def test_two_browsers_hold_a_whole_meeting(tmp_path: Path) -> None:
    a_week_ago(tmp_path)
    config = str(prepared.config_file(tmp_path))
    with served(tmp_path, "--config", config) as server, chromium(tmp_path) as browser:
        one = Tab(browser, server.address).open(server.links[-1])
        one.press("Enter").wait_for("Start meeting 2 today?")
        one.press("Enter").wait_for("0 of 3 here")
        one.press("Space", "Space", "Space").wait_for("3 of 3 here")
        other = Tab(browser, server.address).open(server.next_link())
        other.wait_for("3 of 3 here")

        one.press("n").wait_for("Goal review")
        one.type("27").press("Enter")
        other.wait_for(lambda shown: "27     30" in shown)

        one.press("n").wait_for("Sales → Marketing")
        one.add("f", f"{STUDENTS} *2")
        other.wait_for("<script>document")
        other.add("f", f"{LATE} #marketing")
        one.wait_for("<img src=x")
        one.press("Tab", "r").wait_for("Response")
        one.type(ANSWER).press("Enter")
        other.wait_for("say so")

        one.press("n").wait_for("No wins yet")
        other.wait_for("No wins yet")
        other.add("w", PASTED, paste=True)
        assert other.page.evaluate("navigator.clipboard.readText()") == PASTED, "nothing else got there"
        one.wait_for(ACME)
        one.add("w", "Beta signed @Sam @Jo !")
        other.wait_for("Beta signed")

        one.press("n").wait_for("Rewrite the page")
        one.press("g", "Space", "-").wait_for("✓ Send the list")
        one.add("t", f"{TASK} @Priya ^+7d")
        other.wait_for(TASK)

        one.click("Wrap-up").wait_for("How was this meeting?")
        one.press("a").wait_for("ne figure for each")
        one.type("8 7 9").wait_for("3 of 3 typed")
        one.press("Enter").wait_for("3 of 3 rated")
        one.saved().press("C").wait_for("Close this meeting?")
        one.press("Enter").wait_for("Meeting 2 is closed")
        other.wait_for("Next meeting", gone="Wrap-up")
        for tab in (one, other):
            tab.is_calm()
            assert tab.page.title() == "Weekly sales & marketing alignment"

    assert clean(PASTED) == ACME
    held = prepared.meeting(tmp_path, 2)
    minutes = words_of(command(tmp_path, "minutes", "2"))
    due = show_day(
        next(item.due for item in held.action_items.values() if item.title == TASK), held.head.date
    )
    for wanted in (
        "Sales: Sam",
        "Marketing: Priya, Jo",
        f"{TASK} (Priya, Marketing, due {due})",
        "Rewrite the page (Jo, Marketing, due",
        "Send the list (Sam, Sales, done",
        "Conversion from MQL to SQL",
        STUDENTS,
        "2 of 5, answered",
        f"Response: {ANSWER}",
        LATE,
        f"{ACME} (both teams)",
        "Beta signed (big, both teams)",
        "Credit to: Sam (Sales), Jo (Marketing)",
        "Rated by 3, mean 8.0 of 10",
    ):
        assert wanted in minutes
    assert [goal.readings[-1].value for goal in held.goals.values()] == [27.0]
    assert {rating.value for rating in held.ratings.values()} == {7, 8, 9}
    assert minutes.index("Done") < minutes.index("Send the list"), "ticked"
    assert minutes.index("Carried") < minutes.index("Rewrite the page") < minutes.index("Done"), "not done"
