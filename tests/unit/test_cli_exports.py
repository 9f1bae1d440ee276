"""`accord minutes` and `accord actions` in every format: which meetings, where to, and what is refused."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from meetings.cli.output import MANY, progress
from meetings.exchange.formats import ITEMS, MINUTES
from meetings.model import ActionItem
from tests.unit.command_line import CommandLine


@pytest.fixture
def held(accord: CommandLine) -> CommandLine:
    """Three meetings were held, on Saturday 21 November 2026 all of them, and a fourth is planned."""
    for title in ("First", "Second", "Third"):
        accord.hold_a_meeting(title)
    return accord


def numbers(accord: CommandLine, which: str) -> list[int]:
    outcome = accord("minutes", which, "--format", "json")
    assert outcome.status == 0, outcome.err
    return [meeting["number"] for meeting in outcome.json["meetings"]]


class TestRange:
    @pytest.mark.parametrize(
        ("which", "found"),
        [
            ("1..2", [1, 2]),
            ("2..", [2, 3]),
            ("..2", [1, 2]),
            ("2..99", [2, 3]),
            ("0..1", [1]),
            ("2026-11-21..", [1, 2, 3]),
            ("2026-01-01..2026-12-31", [1, 2, 3]),
            ("all", [1, 2, 3]),
            ("4", [4]),
            ("latest", [3]),
        ],
    )
    def test_the_meetings_held_from_one_to_the_other(
        self, held: CommandLine, which: str, found: list[int]
    ) -> None:
        assert numbers(held, which) == found

    @pytest.mark.parametrize(
        ("which", "sentence"),
        [
            ("2..1", "The range 2..1 ends before it begins.\n"),
            (
                "1..2026-01-01",
                "The range 1..2026-01-01 goes from a number to a date; both ends are of one sort.\n",
            ),
            ("..", "A range has a first or a last meeting: 12..20, 12.. or ..20.\n"),
            (
                "1..x",
                "“x” is neither a meeting's number nor a date; ranges are like 12..20 or 2026-10-01..2026-12-31.\n",
            ),
            ("..2020-01-01", "No meeting was held in that range.\n`accord minutes all` shows every one.\n"),
            ("7..9", "No meeting was held in that range.\n`accord minutes all` shows every one.\n"),
        ],
    )
    def test_what_is_none_is_one_sentence(self, held: CommandLine, which: str, sentence: str) -> None:
        outcome = held("minutes", which)
        assert (outcome.status, outcome.out, outcome.err) == (2, "", sentence)


class TestMinutes:
    def test_into_a_folder_each_format_has_its_own_files(self, held: CommandLine) -> None:
        for name in MINUTES:
            assert held("minutes", "all", "--format", name, "-o", "out/").status == 0
        found = sorted(path.name for path in Path("out").iterdir())
        assert len(found) == 3 * len(MINUTES)
        assert "2026-11-21-1-weekly-sales-marketing-alignment.html" in found

    def test_again_changes_nothing_and_what_somebody_else_wrote_is_kept(self, held: CommandLine) -> None:
        held("minutes", "1", "--format", "html", "-o", "out/")
        (file,) = Path("out").iterdir()
        file.write_text("mine", "utf-8")
        outcome = held("minutes", "1", "--format", "html", "-o", "out/")
        assert outcome.status == 2
        assert file.read_text("utf-8") == "mine"
        assert held("minutes", "1", "--format", "html", "-o", "out/", "--overwrite").status == 0
        assert file.read_text("utf-8").startswith("<!DOCTYPE html>")

    def test_a_mail_holds_one_meeting(self, held: CommandLine) -> None:
        outcome = held("minutes", "1..2", "--format", "eml")
        assert outcome.status == 2
        assert outcome.err.startswith(
            "A file of the format eml holds one meeting, and these are 2.\n-o FOLDER/"
        )

    def test_a_template_is_for_formats_that_take_one(self, held: CommandLine) -> None:
        Path("own.j2").write_text("<p>{{ meetings[0].title }}</p>", "utf-8")
        assert held("minutes", "--format", "json", "--template", "own.j2").err == (
            "The format json takes no template; these do: markdown, html, slack, text.\n"
        )
        assert held("minutes", "--format", "html", "--template", "own.j2").out == (
            "<p>Weekly sales &amp; marketing alignment</p>\n"
        )

    def test_the_configuration_names_templates_for_markdown_and_html(self, held: CommandLine) -> None:
        with Path("config.yaml").open("a", encoding="utf-8") as file:
            file.write("template: md.j2\nhtml_template: html.j2\n")
        Path("md.j2").write_text("mine {{ meeting.number }}", "utf-8")
        Path("html.j2").write_text("<i>{{ meetings | length }}</i>", "utf-8")
        assert held("minutes").out == "mine 3\n"
        assert held("minutes", "all", "--format", "html").out == "<i>3</i>\n"
        assert held("check").status == 0
        Path("html.j2").unlink()
        assert "html_template" in held("check").out

    def test_before_it_is_closed_it_is_a_draft(self, held: CommandLine) -> None:
        for name in MINUTES:
            assert "raft" in held("minutes", "4", "--format", name).out

    def test_a_terminal_sees_how_far_many_are(self, monkeypatch: pytest.MonkeyPatch) -> None:
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)
        assert list(progress(range(MANY), MANY, "meetings")) == list(range(MANY))
        assert f"\r3 of {MANY} meetings" in terminal.getvalue()
        assert terminal.getvalue().endswith("\r\x1b[K")  # and the line is gone at the end

    def test_nobody_sees_it_of_few_or_in_a_file(
        self, held: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)
        list(progress(range(MANY - 1), MANY - 1, "meetings"))
        assert terminal.getvalue() == ""
        monkeypatch.undo()
        assert " of " not in held("minutes", "all").err


class Terminal(io.StringIO):
    """A standard error that is one."""

    def isatty(self) -> bool:
        return True


class TestActions:
    def add(self, accord: CommandLine, *items: tuple[str, str]) -> None:
        workspace = accord.workspace()
        session = workspace.session()
        for title, owner in items:
            session.add(ActionItem(title=title, owner=owner))

    def test_a_file_for_each_owner(self, accord: CommandLine) -> None:
        self.add(accord, ("One", "Sam"), ("Two", "sam"), ("Three", "Sam"), ("Four", ""), ("Five", "田中"))
        outcome = accord("actions", "--format", "json", "--split-by", "owner", "-o", "out/")
        assert outcome.status == 0
        found = {
            path.name: sorted(item["title"] for item in json.loads(path.read_text()))
            for path in Path("out").iterdir()
        }
        assert sorted(found.values()) == [["Five"], ["Four"], ["One", "Three"], ["Two"]]
        assert found["no-owner.json"] == ["Four"]
        assert found["田中.json"] == ["Five"]
        assert len({name.casefold() for name in found}) == 4

    def test_writing_again_updates_when_that_is_wanted(self, accord: CommandLine) -> None:
        self.add(accord, ("One", "Sam"))
        command = ("actions", "--format", "todotxt", "--split-by", "owner", "-o", "out/")
        assert accord(*command).status == 0
        assert accord(*command).status == 0
        self.add(accord, ("Two", "Sam"))
        assert accord(*command).status == 2
        assert accord(*command, "--overwrite").status == 0
        assert [path.name for path in Path("out").iterdir()] == ["Sam.todo.txt"]
        assert len(Path("out/Sam.todo.txt").read_text().splitlines()) == 2

    def test_into_a_folder_without_splitting(self, accord: CommandLine) -> None:
        self.add(accord, ("One", "Sam"))
        for name in ITEMS:
            assert accord("actions", "--format", name, "-o", "out/").status == 0
        assert {path.name for path in Path("out").iterdir()} == {
            f"action-items{form.extension}" for form in ITEMS.values()
        }

    def test_one_owner(self, accord: CommandLine) -> None:
        self.add(accord, ("One", "Sam"), ("Two", "Priya"))
        assert "Two" not in accord("actions", "--owner", "Sam", "--format", "ics").out

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (("--split-by", "owner"), "--split-by needs a --format for another program.\n"),
            (
                ("--format", "ics", "--split-by", "owner"),
                "--split-by writes several files; -o FOLDER/ says where.\n",
            ),
            (
                ("--format", "ics", "--split-by", "owner", "-o", "config.yaml"),
                "config.yaml is a file; --split-by writes several, into a folder.\n",
            ),
        ],
    )
    def test_what_cannot_be_split_is_one_sentence(
        self, accord: CommandLine, arguments: tuple[str, ...], sentence: str
    ) -> None:
        self.add(accord, ("One", "Sam"))
        before = accord.files()
        outcome = accord("actions", *arguments)
        assert outcome.status == 2
        assert outcome.err.startswith(sentence)
        assert accord.files() == before

    def test_what_has_no_place_in_a_format_is_said(self, accord: CommandLine) -> None:
        workspace = accord.workspace()
        session = workspace.session()
        session.add(ActionItem(title="No date", due=None))
        session.change(next(iter(session.meeting.action_items)), due=None)
        session.add(ActionItem(title="Dropped"))
        session.change(list(session.meeting.action_items)[1], state="dropped", reason="x")
        outcome = accord("actions", "--state", "all", "--format", "ics-events")
        assert outcome.err.startswith(
            "1 item without a due date is left out: there is no place for it in iCalendar events.\n"
        )
        outcome = accord("actions", "--state", "all", "--format", "todotxt")
        assert outcome.err == "1 dropped item is left out: there is no place for it in todo.txt.\n"
