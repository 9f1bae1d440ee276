"""Whatever goes wrong is one sentence, changes nothing, and ends with the right status."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from meetings.cli.main import FAULT, INTERRUPTED, main
from meetings.cli.setting import Screen
from tests.unit.command_line import CONFIG, CommandLine, no_server
from tui.__main__ import main as entry
from tui.keys.checking import check_keys

ROOT = Path(__file__).resolve().parents[2]

READING = (["actions"], ["minutes", "1"], ["check"], ["done", "aaaaa"])
WRITING = (["add", "One more thing"],)

BROKEN = {
    "unknown key": CONFIG + "minuts: x\n",
    "duplicate key": CONFIG + "store: other\n",
    "no version": "name: x\n",
    "newer version": "accord: 2\n",
    "not YAML": "accord: 1\nname: [\n",
    "tab": "accord: 1\nteams:\n\ta: x\n",
    "a list": "- accord\n",
    "empty": "",
    "a word": "accord",
    "Norway": "accord: 1\nname: No\n",
    "a time": "accord: 1\nname: 12:30\n",
    "wrong kind": "accord: 1\nteams: 7\n",
    "bad number": "accord: 1\ngoals: {risk_margin: 12}\n",
    "bad day": "accord: 1\ncadence: {every: weekly, day: mondey}\n",
    "no such date": "accord: 1\ncharter: {definitions: [{term: MQL, meaning: x, since: 2026-02-30}]}\n",
    "aliases": "accord: 1\nname: &a x\ncurrency: *a\n",
    "a tag": "accord: 1\nname: !!python/object/apply:os.system [ls]\n",
    "a password": "accord: 1\nstore: postgresql://me:secret@host/db\n",
    "unknown action": "accord: 1\nkeys: {nxt_step: n}\n",
    "unknown key name": "accord: 1\nkeys: {next_step: hyper+q}\n",
    "clash": "accord: 1\nkeys: {next_step: b}\n",
    "same teams": "accord: 1\nteams: {a: {name: Sales}, b: {name: Sales}}\n",
    "terminal codes": "accord: 1\nname: \x1b]0;owned\x07\n",
    "brackets": "accord: 1\nname: " + "[" * 50_000,
    "agenda without its core": "accord: 1\nagendas: {weekly: [checkin]}\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_configuration_is_sentences_with_file_and_line(name: str, accord: CommandLine) -> None:
    file = accord.folder / "broken.yaml"
    file.write_text(BROKEN[name], "utf-8")
    before = accord.files()
    for command in ([], ["actions"], ["add", "Something"], ["minutes"], ["where"], ["done", "aaaaa"]):
        got = accord(*command, "--config", str(file))
        assert (got.status, got.out) == (2, "")
        lines = got.err.splitlines()
        assert lines[0].startswith(f"{file}:")
        assert len(lines) >= 2
        assert "\x1b" not in got.err
        assert "secret" not in got.err
    assert accord("check", "--config", str(file)).status == 1
    assert not accord.launched
    assert accord.files() == before


@pytest.mark.parametrize("content", [b"\xff\xfe\x00a", b"accord: 1\nname: \xe9\n", b"\x00" * 100])
def test_a_configuration_that_is_no_text(content: bytes, accord: CommandLine) -> None:
    (accord.folder / "broken.yaml").write_bytes(content)
    got = accord("actions", "--config", "broken.yaml")
    assert got.status == 2
    assert "broken.yaml" in got.err


@pytest.mark.parametrize("named", ["none.yaml", ".", "/dev/null", "config.yaml/x", "n" * 5000, "~nobody/x"])
def test_a_configuration_that_is_not_there(named: str, accord: CommandLine) -> None:
    for command in ([], ["actions"]):
        got = accord(*command, "--config", named)
        assert (got.status, got.out) == (2, "")
        assert got.err


def test_the_environment_can_name_the_configuration(
    accord: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ACCORD_CONFIG", str(tmp_path / "none.yaml"))
    assert accord("actions").status == 2
    assert accord("actions", "--config", "config.yaml").status == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["acitons"], "There is no command “acitons”; did you mean “actions”?"),
        (["frobnicate"], "There is no command “frobnicate”."),
        (["Done", "aaaaa"], "There is no command “Done”; did you mean “done”?"),
        (["--jason"], "There is no option “--jason”."),
        (["actions", "--onwer", "x"], "There is no option “--onwer”; did you mean “--owner”?"),
        (["actions", "--own", "x"], "There is no option “--own”; did you mean “--owner”?"),
        (["goals", "--own", "x"], "There is no option “--own”."),
        (["actions", "--owner"], "--owner needs a value."),
        (["actions", "extra"], "“extra” is one argument too many."),
        (["actions", "--state", "dnoe"], "--state: “dnoe” is not known here; did you mean “done”?"),
        (["actions", "--format", "xml"], "--format: “xml” is not known here; it can be table, json, csv, "),
        (["actions", "--owner", "Sma"], "No action item has the owner “Sma”; did you mean “Sam”?"),
        (["actions", "--team", "x"], "There is no team “x”; the teams are Sales, Marketing and both."),
        (["minutes", "--format", "pdf"], "--format: “pdf” is not known here; it can be markdown, html, "),
        (["add"], "TEXT is missing."),
        (["done"], "ID is missing."),
        (
            ["demo", "--write", "x", "--meetings", "0"],
            "--meetings: “0” is not a whole number from 1 to 9999.",
        ),
        (["demo", "--write", "x", "--meetings", "ten"], "“ten” is not a whole number"),
        (["demo", "--write", ""], "--write: a file or folder has a name."),
        (["--config"], "--config needs a value."),
        (["--config", ""], "--config: a file or folder has a name."),
        (
            ["--config", "config.yaml", "init", "x"],
            "`init` writes DIR/config.yaml; it does not take --config, unless",
        ),
        (["check", "--fix"], "There is no option “--fix”."),
        (["\x1b[31mred"], "There is no command “red”"),
        (["x" * 9000], "…”."),
    ],
)
def test_wrong_usage_is_one_sentence_and_a_hint(
    arguments: list[str], words: str, accord: CommandLine
) -> None:
    before = accord.files()
    got = accord(*arguments)
    assert (got.status, got.out) == (2, "")
    assert words in got.err.splitlines()[0]
    assert len(got.err.splitlines()) <= 2
    assert len(got.err) < 400
    assert accord.files() == before


@pytest.mark.parametrize("command", [*READING, *WRITING])
def test_a_store_that_is_a_file(command: list[str], accord: CommandLine) -> None:
    (accord.folder / "store").write_text("my own notes", "utf-8")
    got = accord(*command)
    assert got.status == (1 if command == ["check"] else 3)
    assert str(accord.folder / "store") in got.out + got.err
    assert (accord.folder / "store").read_text("utf-8") == "my own notes"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user who can be refused")
@pytest.mark.parametrize("command", [*READING, *WRITING])
def test_a_store_that_may_not_be_read(command: list[str], accord: CommandLine) -> None:
    accord("add", "First")
    (accord.folder / "store").chmod(0)
    try:
        got = accord(*command)
    finally:
        (accord.folder / "store").chmod(0o700)
    assert got.status == (1 if command == ["check"] else 3)
    assert "permission is denied" in got.out + got.err or "cannot be written to" in got.out


@pytest.mark.skipif(os.name != "posix", reason="permissions")
def test_a_store_that_may_only_be_read(accord: CommandLine) -> None:
    accord("add", "First")
    before = accord.files()
    (accord.folder / "store").chmod(0o500)
    try:
        got = accord("add", "Second")
        assert accord("actions").out.count("First") == 1
    finally:
        (accord.folder / "store").chmod(0o700)
    if os.geteuid():
        assert (got.status, got.out, accord.files()) == (3, "", before)
    assert got.status in (0, 3)  # the system's administrator may write


def test_with_the_latest_meeting_cut_in_half_the_rest_is_shown_and_nothing_is_changed(
    accord: CommandLine,
) -> None:
    accord.hold_a_meeting("Send the list")
    [uid] = accord.store.read(1).action_items
    file = accord.store.path(2)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    before = accord.files()

    listed = accord("actions")
    assert listed.status == 0
    assert "Send the list" in listed.out
    assert listed.err.startswith("0002.json, line ")
    assert "Shown without it." in listed.err

    latest = accord("minutes")
    assert (latest.status, latest.out) == (3, "")
    assert "name the meeting's number" in latest.err
    assert accord("minutes", "1").status == 0
    every = accord("minutes", "all")
    assert (every.status, "It is left out." in every.err) == (0, True)
    assert accord("minutes", "2").status == 3

    for command in (["add", "More"], ["done", uid]):
        got = accord(*command)
        assert (got.status, got.out) == (3, "")
        assert got.err.startswith("0002.json")
    assert accord("check").status == 1
    assert accord.files() == before


def test_when_no_meeting_can_be_read_that_is_an_error(accord: CommandLine) -> None:
    accord("add", "Something")
    for content in (b"", b"{}", b"[]", b"\x00\xff", b'{"meeting": {"1": {"schema": 99}}}'):
        accord.store.path(1).write_bytes(content)
        for command in (["actions"], ["minutes"], ["minutes", "all"], ["add", "More"], ["done", "aaaaa"]):
            got = accord(*command)
            assert (got.status, got.out) == (3, "")
            assert "0001.json" in got.err
        assert accord.store.path(1).read_bytes() == content


@pytest.mark.parametrize("destination", ["config.yaml/x", "store/\0", "/proc/none/x", "x" * 300])
def test_a_file_that_cannot_be_written(destination: str, accord: CommandLine) -> None:
    accord("add", "Something")
    before = accord.files()
    for command in (["actions"], ["minutes", "1"]):
        got = accord(*command, "-o", destination)
        assert got.status in (2, 3)
        assert got.err
    assert accord.files() == before


def test_a_fault_is_one_sentence_and_a_report_without_anybodys_text(accord: CommandLine) -> None:
    class Secretive(RuntimeError):
        pass

    def explode(*_: Any, **__: Any) -> int:
        text = "the customer's secret"
        try:
            raise KeyError(text)
        except KeyError as error:
            raise Secretive(text) from error

    accord.capsys.readouterr()
    status = main([], Screen(explode, check_keys, no_server))
    got = accord.capsys.readouterr()
    [report] = (accord.home.state / "crashes").iterdir()
    assert status == FAULT
    assert got.out == ""
    assert got.err.splitlines()[0] == "Accord met a fault of its own and stopped; what was saved is safe."
    assert str(report) in got.err
    words = report.read_text("utf-8")
    assert "Secretive" in words
    assert "builtins.KeyError" in words
    assert "meetings.cli.main, line " in words
    assert "in explode" in words
    assert "secret" not in words.replace("Secretive", "")
    assert str(ROOT) not in words
    if os.name == "posix":
        assert report.stat().st_mode & 0o777 == 0o600


def test_a_fault_is_a_sentence_even_where_no_report_can_be_written(accord: CommandLine) -> None:
    accord.home.state.parent.mkdir(parents=True, exist_ok=True)
    accord.home.state.write_text("", "utf-8")
    assert main([], Screen(lambda *_, **__: 1 // 0, check_keys, no_server)) == FAULT
    assert "No report could be written." in accord.capsys.readouterr().err


def test_ctrl_c_ends_quietly(accord: CommandLine) -> None:
    def interrupted(*_: Any, **__: Any) -> int:
        raise KeyboardInterrupt

    assert main([], Screen(interrupted, check_keys, no_server)) == INTERRUPTED
    assert accord.capsys.readouterr() == ("", "")


# Real processes


def process(accord: CommandLine, *arguments: str, **settings: Any) -> subprocess.CompletedProcess[bytes]:
    values = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **settings}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **values.pop("env", {})}
    environment.pop("TEXTUAL_DRIVER", None)
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments], cwd=accord.folder, env=environment, check=False, **values
    )


def test_the_entry_point_runs_commands_and_checks_keys(accord: CommandLine) -> None:
    assert entry(["where"]) == 0
    (accord.folder / "config.yaml").write_text(CONFIG + "keys: {next_step: b}\n", "utf-8")
    assert entry(["where"]) == 2
    assert "is the key of" in accord.capsys.readouterr().err


def test_without_a_terminal_the_app_says_so(accord: CommandLine) -> None:
    got = process(accord)
    assert (got.returncode, got.stdout) == (2, b"")
    assert got.stderr.startswith(b"The app needs a terminal.")


def test_output_is_utf_8_in_a_locale_that_is_not(accord: CommandLine) -> None:
    plain = {
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    }
    added = process(accord, "add", "Größere Liste 日本", env=plain)
    assert added.returncode == 0
    assert "Größere Liste 日本" in added.stdout.decode("utf-8")
    assert "Größere Liste 日本" in process(accord, "actions", env=plain).stdout.decode("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="arguments are bytes only there")
def test_arguments_that_are_no_text(accord: CommandLine) -> None:
    got = process(accord, "add", os.fsdecode(b"Caf\xe9 list"))
    assert got.returncode == 0
    assert b"Caf list" in got.stdout
    assert process(accord, os.fsdecode(b"\xff\xfe")).returncode == 2
    assert process(accord, "where", "--config", os.fsdecode(b"\xff")).returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_a_sentence(accord: CommandLine) -> None:
    for command in (["where"], ["--help"], ["actions", "--json"]):
        with Path("/dev/full").open("wb") as full:
            got = process(accord, *command, stdout=full)
        assert got.returncode == 3
        assert got.stderr == b"The output cannot be read or written: the disk is full.\n"


@pytest.mark.skipif(os.name != "posix", reason="pipes of that kind")
def test_a_reader_that_stops_early_is_no_error(accord: CommandLine) -> None:
    for command in (["where"], ["--help"], ["actions"], ["minutes", "--help"]):
        reading, writing = os.pipe()
        os.close(reading)
        try:
            got = process(accord, *command, stdout=writing)
        finally:
            os.close(writing)
        assert (got.returncode, got.stderr) == (0, b"")


@pytest.mark.skipif(os.name != "posix", reason="closes a descriptor before the program starts")
def test_without_standard_output_the_work_is_done(accord: CommandLine) -> None:
    got = process(accord, "add", "Something", stdout=None, preexec_fn=lambda: os.close(1))
    assert (got.returncode, got.stderr) == (0, b"")
    assert len(accord.store.read(1).action_items) == 1


@pytest.mark.skipif(os.name != "posix", reason="folders in use can be removed only there")
def test_a_current_folder_that_is_gone(accord: CommandLine) -> None:
    gone = accord.folder / "gone"
    gone.mkdir()
    code = "import os, sys; os.rmdir(os.getcwd()); from tui.__main__ import main; sys.exit(main(['actions']))"
    got = subprocess.run(
        [sys.executable, "-c", code],
        cwd=gone,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert got.returncode == 2
    assert got.stderr.startswith(b"The current folder is gone.")


def test_several_at_once_lose_nothing(accord: CommandLine) -> None:
    accord("add", "First")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tui", "add", f"Number {number}"],
            cwd=accord.folder,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        for number in range(4)
    ]
    assert [each.wait(60) for each in running] == [0] * 4
    titles = {item.title for item in accord.store.read(1).action_items.values()}
    assert titles == {"First", *(f"Number {number}" for number in range(4))}


def heard() -> None:
    """Ctrl+C is heard, also where these tests run in the background of a shell, which has it ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_in_a_real_process_leaves_no_traceback(accord: CommandLine) -> None:
    fifo = accord.folder / "slow.j2"
    os.mkfifo(fifo)
    accord("add", "Something")
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "minutes", "1", "--template", "slow.j2"],
        cwd=accord.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        preexec_fn=heard,
    ) as waiting:
        writer = os.open(fifo, os.O_WRONLY)  # returns once the template is being read
        try:
            for _ in range(
                12
            ):  # one that comes between opening and reading is not heard until there is something
                waiting.send_signal(signal.SIGINT)
                with suppress(subprocess.TimeoutExpired):
                    waiting.wait(5)
                    break
        finally:
            os.close(writer)
        _, err = waiting.communicate(timeout=60)
    assert (waiting.returncode, err) == (INTERRUPTED, b"")
