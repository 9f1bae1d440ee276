"""What holds for every format: it is documented, it tells nothing private, it is the same for the same meeting."""

from __future__ import annotations

import email
import json
import re
from email.policy import default
from pathlib import Path

import msgspec
import pytest

from meetings.exchange import as_json
from meetings.exchange.formats import ITEMS, MINUTES, Format
from meetings.exchange.minutes import Options
from meetings.exchange.tasks import ListOptions, Task, tasks_of
from meetings.kinds import Team
from meetings.meeting import Meeting
from meetings.model import ActionItem, Goal, Note, Rating
from meetings.private import PrivateNotes
from meetings.store.archive import Promise
from tests.unit.command_line import CommandLine
from tests.unit.meetings_for_tests import DAY, full

DOCS = Path(__file__).resolve().parents[2] / "docs"
OPTIONS = ListOptions(DAY)
EVERY = [*MINUTES.values(), *ITEMS.values()]


def tasks(meeting: Meeting | None = None) -> list[Task]:
    meeting = meeting or full()
    items = meeting.action_items
    return tasks_of([Promise(item, meeting.head) for item in items.values()], items)


def written(form: Format) -> str:
    return (
        form.write([full()], Options())
        if form.name in MINUTES and form is MINUTES[form.name]
        else form.write(tasks(), OPTIONS)
    )


@pytest.mark.parametrize("form", EVERY, ids=lambda form: form.extension)
def test_a_format_says_in_the_documentation_what_it_cannot_carry(form: Format) -> None:
    row = f"| `{form.name}` | {form.title} | `{form.extension}` | {form.cannot} |"
    assert row in (DOCS / "exports.md").read_text("utf-8")


@pytest.mark.parametrize("forms", [MINUTES, ITEMS], ids=["minutes", "items"])
def test_files_of_different_formats_can_be_in_one_folder(forms: dict[str, Format]) -> None:
    endings = [form.extension for form in forms.values()]
    assert len(set(endings)) == len(endings)


@pytest.mark.parametrize("form", EVERY, ids=lambda form: form.extension)
def test_the_same_meeting_gives_the_same_bytes(form: Format) -> None:
    assert written(form) == written(form)
    assert written(form).endswith("\n")


def test_the_commands_take_every_format(accord: CommandLine) -> None:
    accord.hold_a_meeting("Send the list")
    listed = (DOCS / "commands.md").read_text("utf-8")
    for name in MINUTES:
        assert accord("minutes", "--format", name).status == 0
    for name in ITEMS:
        assert accord("actions", "--format", name).status == 0
        assert f"`{name}`" in listed
    assert "\\|".join(MINUTES) in listed


PRIVATE = "Xprivate"
RATER, WORD, BEFORE, REMOVED, LEAD = "Xrater", "Xword", "Xbefore", "Xremoved", "Xlead"
MARKERS = (PRIVATE, RATER, WORD, BEFORE, REMOVED, LEAD)

CRM = f"""\
Record ID,Create Date,Lifecycle Stage,Lead Status,Original Source,Contact owner,Email
{LEAD}1,2026-11-18,Lead,New,Organic search,{LEAD} Owner,{LEAD}@example.com
{LEAD}2,2026-11-19,Customer,Open,Paid search,{LEAD} Other,{LEAD}2@example.com
"""


def test_nothing_private_is_in_any_export(accord: CommandLine) -> None:
    """Private notes, ratings by name, what was overwritten or removed, rows of a CRM."""
    workspace = accord.workspace()
    session = workspace.start(workspace.session())
    session.add(ActionItem(title=BEFORE, owner="Sam", note=BEFORE))
    session.add(ActionItem(title=REMOVED))
    session.add(Goal(title="Pipeline"))
    session.add(Note(step="goals", text=BEFORE))
    first, second = session.meeting.action_items
    session.change(first, title="Send the list", note="")
    session.remove(second)
    session.change(next(iter(session.meeting.notes)), text="Look at it again")
    for value in (3, 9, 7):
        session.add(Rating(person=f"{RATER}{value}", team=Team.A, value=value, word=WORD))
    PrivateNotes(workspace.paths.state).write(session.meeting.head.uid, "goals", PRIVATE)
    (accord.folder / "leads.csv").write_text(CRM, "utf-8")
    imported = accord("import", "leads", "leads.csv")
    assert imported.status == 0, imported.err
    stored = (accord.folder / "store" / "0001.json").read_text("utf-8")
    assert all(marker in stored for marker in (RATER, WORD, BEFORE, REMOVED))  # while it runs: for undo
    exports_tell_nothing_of(MARKERS, accord)
    accord.workspace().close(accord.workspace().session())
    exports_tell_nothing_of(MARKERS, accord)


def exports_tell_nothing_of(markers: tuple[str, ...], accord: CommandLine) -> None:
    """Ask for everything in every format."""
    for name, form in MINUTES.items():
        for which in ("1", "all", *("2" for number in accord.store.numbers() if number == 2)):
            if which != "all" or form.several:
                outcome = accord("minutes", which, "--format", name)
                assert outcome.status == 0
                shown = readable(outcome.out)
                assert "Send the list" in shown
                assert not [marker for marker in markers if marker in shown], name
    for name in ITEMS:
        outcome = accord("actions", "--state", "all", "--format", name)
        assert outcome.status == 0
        assert not [marker for marker in markers if marker in outcome.out], name


def readable(text: str) -> str:
    """The parts of a mail as they are read; anything else as it is."""
    if "MIME-Version" not in text:
        return text
    message = email.message_from_bytes(text.encode(), policy=default)
    parts = [part.get_content() for part in message.walk() if not part.is_multipart()]
    return "\n".join([str(message["Subject"]), *parts])


class TestJson:
    def fields(self, table: str) -> set[str]:
        """The fields that docs/json.md names in the row of that name."""
        text = (DOCS / "json.md").read_text("utf-8")
        (row,) = [line for line in text.splitlines() if line.startswith(f"| `{table}` |")]
        return set(re.findall(r"`([a-z_0-9]+)`", row.split("|")[2]))

    def minutes(self) -> dict[str, object]:
        (meeting,) = json.loads(MINUTES["json"].write([full()], Options()))["meetings"]
        return dict(meeting)

    def test_every_field_is_documented(self) -> None:
        meeting = self.minutes()
        tables = {name: rows[0] for name, rows in meeting.items() if isinstance(rows, list) and rows}
        assert len(tables) == 11
        for name, row in tables.items():
            assert set(row) <= self.fields(name), name
        named = set(re.findall(r"^\| ([^|]+) \|", (DOCS / "json.md").read_text("utf-8"), re.MULTILINE))
        assert set(meeting) <= set(re.findall(r"`([a-z_]+)`", " ".join(named)))

    def test_it_holds_values_not_words(self) -> None:
        meeting = self.minutes()
        assert meeting["date"] == "2026-11-21"
        assert meeting["spent_seconds"] == 978
        assert meeting["ratings"] == {
            "count": 6,
            "mean": 7.5,
            "teams": {"Sales": 8.3, "Marketing": 6.7},
            "gap": 1.7,
        }
        goal = meeting["goals"][0]  # type: ignore[index]
        assert (goal["status"], goal["target"], goal["readings"][0]["value"]) == (
            "on_track",
            100000.0,
            60000.0,
        )

    def test_a_field_that_a_record_gains_stays_inside_until_it_is_named(self) -> None:
        items = msgspec.json.decode(MINUTES["json"].write([full()], Options()))["meetings"][0]["action_items"]
        assert set(items[0]) == set(as_json.ITEM)
        assert "reviewed" not in items[0]
