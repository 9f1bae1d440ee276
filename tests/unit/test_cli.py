"""What each command prints, writes and ends with."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path

import msgspec
import pytest

from meetings.cli.commands import COMMANDS, command_parser, top_parser
from meetings.cli.parser import Parser
from meetings.kinds import MeetingState
from meetings.model import ActionItem
from tests.unit.command_line import CONFIG, CommandLine

ROOT = Path(__file__).resolve().parents[2]
BLNS = json.loads((ROOT / "tests/data/naughty/blns.json").read_text("utf-8"))


# The app


def test_without_a_command_the_app_starts_on_the_configuration_found(accord: CommandLine) -> None:
    assert accord().status == 0
    [(config, paths, demo)] = accord.launched
    assert config.source == accord.folder / "config.yaml"
    assert paths == accord.home
    assert not demo


@pytest.mark.parametrize("option", [["--config", "other.yaml"], ["--config=other.yaml"]])
def test_the_app_starts_on_the_configuration_named(option: list[str], accord: CommandLine) -> None:
    (accord.folder / "other.yaml").write_text("accord: 1\nname: Other\n", "utf-8")
    assert accord(*option).status == 0
    assert accord.launched[0][0].name == "Other"


def test_the_app_is_not_started_without_a_terminal(
    accord: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TEXTUAL_DRIVER")
    monkeypatch.setattr("sys.__stdin__", None)
    got = accord()
    assert got.status == 2
    assert got.err.startswith("The app needs a terminal.\n")
    assert accord("demo").status == 2
    assert not accord.launched


# minutes


def test_minutes_of_the_latest_meeting_are_those_of_the_closed_one(accord: CommandLine) -> None:
    accord.hold_a_meeting("Send the list")
    got = accord("minutes")
    assert got.status == 0
    assert "Meeting 1, Sat 21 Nov 2026" in got.out
    assert "Send the list" in got.out
    assert accord("minutes", "LATEST").out == got.out
    assert accord("minutes", "1").out == got.out
    assert accord("minutes", "2026-11-21").out == got.out


def test_a_running_meeting_is_the_latest(accord: CommandLine) -> None:
    accord.hold_a_meeting()
    workspace = accord.workspace()
    workspace.start(workspace.session())
    assert "Meeting 2" in accord("minutes").out
    twice = accord("minutes", "2026-11-21")
    assert (twice.status, "1 and 2; name one by its number." in twice.err) == (2, True)


def test_all_minutes_go_to_one_file_or_one_each(accord: CommandLine) -> None:
    accord.hold_a_meeting("One")
    accord.hold_a_meeting("Two")
    assert accord("minutes", "all").out.count("\n---\n") >= 1
    got = accord("minutes", "all", "-o", "out/")
    names = sorted(path.name for path in (accord.folder / "out").iterdir())
    assert got.status == 0
    assert [name[:12] for name in names] == ["2026-11-21-1", "2026-11-21-2"]
    assert accord("minutes", "all", "-o", "every.md").status == 0
    assert "Meeting 2" in (accord.folder / "every.md").read_text("utf-8")


def test_in_a_folder_a_changed_file_is_kept_unless_told_otherwise(accord: CommandLine) -> None:
    accord.hold_a_meeting()
    accord("minutes", "-o", "out/")
    [file] = (accord.folder / "out").iterdir()
    whole = file.read_text("utf-8")
    file.write_text("my own words", "utf-8")
    got = accord("minutes", "-o", "out")
    assert got.status == 2
    assert file.read_text("utf-8") == "my own words"
    assert accord("minutes", "-o", "out", "--overwrite").status == 0
    assert file.read_text("utf-8") == whole
    assert accord("minutes", "-o", str(file)).status == 0


def test_a_template_of_ones_own(accord: CommandLine) -> None:
    accord.hold_a_meeting()
    (accord.folder / "own.j2").write_text("Number {{ meeting.number }}\n", "utf-8")
    assert accord("minutes", "--template", "own.j2").out == "Number 1\n"
    (accord.folder / "own.j2").write_text("{% if %}", "utf-8")
    got = accord("minutes", "--template", "own.j2")
    assert (got.status, got.out) == (2, "")
    assert "own.j2" in got.err


@pytest.mark.parametrize("which", ["3", "2026-01-01", "2026-13-40", "yesterday", "-1", "0", "9" * 400, ""])
def test_minutes_of_no_meeting(which: str, accord: CommandLine) -> None:
    accord.hold_a_meeting()
    got = accord("minutes", "--", which)
    assert (got.status, got.out) == (2, "")
    assert got.err


def test_before_the_first_meeting_there_are_no_minutes(accord: CommandLine) -> None:
    assert accord("minutes").err.startswith("There are no meetings yet.\n")
    accord("add", "Something")
    for which in ("latest", "all"):
        assert accord("minutes", which).err.startswith("No meeting has been held yet.\n")
    assert "Something" in accord("minutes", "1").out


# check, where, init, demo


def test_check_finds_nothing_wrong_and_writes_nothing(accord: CommandLine) -> None:
    before = accord.files()
    got = accord("check")
    assert (got.status, got.err) == (0, "")
    assert got.out == f"Nothing is wrong: {accord.folder / 'config.yaml'}, no meetings yet.\n"
    assert accord("check", "--json").json == []
    assert accord.files() == before
    assert not (accord.folder / "store").exists()
    assert not accord.home.state.exists()


def test_check_names_every_problem_of_the_configuration_with_its_line(accord: CommandLine) -> None:
    (accord.folder / "config.yaml").write_text(CONFIG + "minuts: x\nkeys: {next_step: nonsense}\n", "utf-8")
    got = accord("check")
    place = accord.folder / "config.yaml"
    assert got.status == 1
    assert f"{place}:7: minuts: " in got.out
    assert "did you mean `minutes`?" in got.out
    assert f"{place}:8: keys.next_step: “nonsense” is not a key" in got.out
    assert [finding["line"] for finding in accord("check", "--json").json] == [7, 8]


def test_check_names_damaged_files_and_leaves_them(accord: CommandLine) -> None:
    accord.hold_a_meeting("Send the list")
    file = accord.store.path(1)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    before = accord.files()
    got = accord("check")
    assert got.status == 1
    assert str(file) in got.out
    assert "not whole JSON" in got.out
    assert "Put a copy from a backup in its place" in got.out
    assert got.out.splitlines()[-1] == "1 thing to look at."
    assert accord.files() == before


def test_check_names_a_template_and_folders_that_are_not_there(accord: CommandLine) -> None:
    (accord.folder / "config.yaml").write_text(CONFIG + "template: none.j2\n", "utf-8")
    (accord.folder / "minutes").write_text("", "utf-8")
    got = accord("check")
    assert got.status == 1
    assert f"{accord.folder / 'none.j2'}: template: is not a file" in got.out
    assert f"{accord.folder / 'minutes'}: minutes: is not a folder" in got.out


def test_where_shows_the_paths_in_use(accord: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert accord("where", "--json").json == {
        "config": str(accord.folder / "config.yaml"),
        "store": str(accord.folder / "store"),
        "minutes": str(accord.folder / "minutes"),
        "state": str(accord.home.state),
        "cache": str(accord.home.cache),
    }
    (accord.folder / "config.yaml").unlink()
    lines = dict(line.split(None, 1) for line in accord("where").out.splitlines())
    assert (lines["config"], lines["store"]) == ("built-in", str(accord.home.data / "store"))
    assert not accord.home.data.exists()


def test_init_writes_a_configuration_that_works_and_never_overwrites(accord: CommandLine) -> None:
    got = accord("init", "new/team")
    folder = accord.folder / "new" / "team"
    assert got.status == 0
    assert list((folder / "store").iterdir()) == []
    where = accord("where", "--json", "--config", str(folder / "config.yaml")).json
    assert (where["store"], where["minutes"]) == (str(folder / "store"), str(folder / "minutes"))
    (folder / "config.yaml").write_text("mine", "utf-8")
    again = accord("init", "new/team")
    assert (again.status, (folder / "config.yaml").read_text("utf-8")) == (2, "mine")
    assert "exists already" in again.err
    assert accord("init").status == 2


def test_a_demo_can_be_written_and_is_never_written_over_something(accord: CommandLine) -> None:
    assert accord("demo", "--write", "show", "--meetings", "3").status == 0
    folder = accord.folder / "show"
    assert len(list((folder / "store").glob("*.json"))) >= 3
    assert accord("check", "--config", str(folder / "config.yaml")).status == 0
    before = accord.files()
    got = accord("demo", "--write", "show")
    assert (got.status, "already; nothing was changed." in got.err) == (2, True)
    assert accord.files() == before


def test_the_demo_leaves_nothing_behind(accord: CommandLine) -> None:
    assert accord("demo", "--meetings", "2").status == 0
    [(config, paths, demo)] = accord.launched
    assert demo
    assert config.source is not None
    assert not config.source.exists()
    assert paths != accord.home
    assert not accord.home.state.exists()


# What is written about the commands


IMPORT = importlib.import_module("meetings.cli.import")
LINES = [
    line
    for name in COMMANDS
    for line in (name, *(f"import {kind}" for kind in IMPORT.KINDS if name == "import"))
]
"""Everything that has a help of its own."""


def parser_of(line: str) -> Parser:
    name, _, kind = line.partition(" ")
    return IMPORT.kind_parser(kind) if kind else command_parser(name) if name else top_parser()


def sections() -> dict[str, str]:
    """The part of docs/commands.md about each command."""
    text = (ROOT / "docs/commands.md").read_text("utf-8")
    parts = re.split(r"^## accord ([\w ]+)\n", text, flags=re.MULTILINE)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def test_the_json_of_an_item_has_the_documented_fields(accord: CommandLine) -> None:
    accord("add", "Send the list @Sam")
    [item] = accord("actions", "--json").json
    fields = {*ActionItem.__struct_fields__, "meeting"}
    assert set(item) == fields
    section = sections()["actions"]
    assert fields <= set(re.findall(r"`(\w+)`", section))
    assert msgspec.convert({k: v for k, v in item.items() if k != "meeting"}, ActionItem).owner == "Sam"


def test_the_document_has_every_command_in_order() -> None:
    assert list(sections()) == ["", *LINES]


@pytest.mark.parametrize("name", ["", *LINES])
def test_the_document_has_every_option_and_no_other(name: str) -> None:
    parser = parser_of(name)
    general = {"-h", "--help", "--config"} if name else set()
    documented = set(re.findall(r"^\| .*", sections()[name], re.MULTILINE))
    options = {
        word
        for row in documented
        for word in re.findall(r"`(--?[a-z-]+)", row.partition(" | ")[0].replace("\\|", "/"))
    }
    known = {option for action in parser._actions for option in action.option_strings}
    assert options == known - general
    for action in parser._actions if name else ():
        if not action.option_strings:
            assert str(action.metavar) in sections()[name].splitlines()[1]
        elif action.metavar and not set(action.option_strings) & general:
            for option in action.option_strings:
                assert f"`{option} {action.metavar}`".replace("|", r"\|") in sections()[name]


def test_the_document_has_every_exit_status() -> None:
    from meetings.cli import main

    rows = set(re.findall(r"^\| (\d+) \|", sections()[""], re.MULTILINE))
    codes = {main.FINE, main.FOUND, 2, main.CANNOT_READ_OR_WRITE, main.FAULT, main.INTERRUPTED}
    assert rows == {str(code) for code in codes}


@pytest.mark.parametrize("name", LINES)
def test_every_command_has_help_and_takes_a_configuration(name: str, accord: CommandLine) -> None:
    got = accord(*name.split(), "--help")
    assert (got.status, got.err) == (0, "")
    assert got.out.startswith(f"usage: accord {name} ")
    assert "--config FILE" in got.out


def test_the_help_lists_every_command_and_the_version_is_known(accord: CommandLine) -> None:
    got = accord("--help")
    assert got.status == 0
    for name, words in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(words)}$", got.out, re.MULTILINE)
    assert accord("--version").out.startswith("accord")


def test_the_first_meeting_stays_planned_after_all_this(accord: CommandLine) -> None:
    for command in (["add", "One"], ["actions"], ["check"], ["where"], ["minutes", "1"]):
        assert accord(*command).status == 0
    assert accord.store.read(1).head.state is MeetingState.PLANNED
    assert list(accord.store.numbers()) == [1]
