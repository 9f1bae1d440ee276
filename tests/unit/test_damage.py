"""What `accord check` says of meetings that cannot be read: the file, the line, what to do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meetings.model import ActionItem, Win
from meetings.session import Session
from meetings.store.base import Trouble, Unreadable
from meetings.store.files import FileStore
from tests.conftest import Clock
from tests.unit.mending import edit_file, mended, session_on


def troubles_of(store: FileStore, spoil: Callable[[str], str]) -> list[Trouble]:
    """What is said of meeting 1 after it has been spoilt; the file stays as it is, and meeting 2 is served."""
    path = store.path(1)
    path.write_text(spoil(path.read_text("utf-8")), "utf-8")
    raw = path.read_bytes()
    found = store.troubles()
    assert all(trouble.where == "0001.json" and trouble.remedy for trouble in found)
    assert mended(store) == []
    assert path.read_bytes() == raw
    assert store.read(2).head.number == 2
    return found


def line_of(store: FileStore, text: str) -> int:
    lines = store.path(1).read_text("utf-8").splitlines()
    [line] = [number for number, words in enumerate(lines, 1) if text in words]
    return line


def test_a_cut_file_is_named_with_its_last_line(closed: FileStore) -> None:
    cut = closed.path(1).read_text("utf-8").splitlines()[:30]
    [trouble] = troubles_of(closed, lambda _: "\n".join(cut))
    assert (trouble.line, "it ends too early" in trouble.what) == (30, True)


def test_every_value_of_the_wrong_kind_is_named_with_its_line_in_words(closed: FileStore) -> None:
    edit_file(
        closed.path(1),
        lambda t: t["wins"].update({"2": {"uid": "2", "amount": "much"}, "3": {"uid": "3", "big": 7}}),
    )
    first, second = troubles_of(closed, lambda text: text)
    assert first.what == "“wins”, row 2, amount: expected a number or nothing, found text."
    assert first.line == line_of(closed, '"much"')
    assert second.what == "“wins”, row 3, big: expected true or false, found a whole number."
    assert second.line == line_of(closed, '"big": 7')


def test_of_very_many_wrong_values_the_first_ten_are_named(closed: FileStore) -> None:
    rows = {str(n): {"uid": str(n), "title": n} for n in range(10, 40)}
    edit_file(closed.path(1), lambda t: t["wins"].update(rows))
    found = troubles_of(closed, lambda text: text)
    assert len(found) == 11
    assert found[-1].what == "20 more values are wrong."


@pytest.mark.parametrize(
    ("change", "what", "at"),
    [
        (
            lambda t: t["meeting"].update({"2": {"uid": "second head"}}),
            "“meeting” has a second row; the first is in line 3.",
            '"second head"',
        ),
        (lambda t: t.update(meeting={}), "There is no row in its table “meeting”.", '"meeting"'),
        (
            lambda t: t["wins"].update({"7": {**t["wins"]["1"], "title": "once more"}}),
            "“wins”, row 7 has the uid of another row in line ",
            "",
        ),
        (lambda t: t["wins"].update({"7": {"title": "no uid"}}), "“wins”, row 7 has no uid.", '"7": {'),
        (
            lambda t: t["wins"].update({"x": {"uid": "x"}}),
            "“wins”, row x is not named by a number.",
            '"x": {',
        ),
        (lambda t: t["wins"].update({"7": "text"}), "“wins”, row 7 is not a row.", '"7": "text"'),
        (lambda t: t.update(wins=[1, 2]), "“wins” is not a table of rows.", '"wins": ['),
        (
            lambda t: t["meeting"]["1"].update(number=77),
            "The file is named 0001 and says that it is meeting 77.",
            '"number": 77',
        ),
        (
            lambda t: t["meeting"]["1"].update(schema=-1),
            "It says that it is in format -1, which there is not.",
            '"schema": -1',
        ),
    ],
)
def test_a_rule_broken_in_an_editor_is_named_with_its_line(
    closed: FileStore, change: Callable[[dict[str, Any]], object], what: str, at: str
) -> None:
    edit_file(closed.path(1), change)
    [trouble] = troubles_of(closed, lambda text: text)
    assert trouble.what.startswith(what)
    line = line_of(closed, at) if at else trouble.line
    assert abs(trouble.line - line) <= 1
    assert trouble.line > 0


def test_a_row_that_is_there_twice_is_named_and_no_edit_drops_one_of_them(
    store: FileStore, running: Session, clock: Clock
) -> None:
    running.add(Win(title="ACME"))
    text = store.path(1).read_text("utf-8")
    head, tail = text.split('"wins": {')
    store.path(1).write_text(head + '"wins": {\n  "1": {"uid": "w", "title": "First"},' + tail, "utf-8")
    raw = store.path(1).read_bytes()
    [trouble] = store.troubles()
    assert trouble.what.startswith("“wins”, row 1 is there twice; the first is in line ")
    assert trouble.line > 0
    with pytest.raises(Unreadable, match=r"0001\.json has “1” twice in one place\."):
        session_on(FileStore(store.folder), 1, clock).add(Win(title="More"))
    assert store.path(1).read_bytes() == raw


@pytest.mark.parametrize(
    ("twice", "words"),
    [
        ('"wins": {}, "wins": {}', "“wins” is there twice; the first is in line 1."),
        (
            '"wins": {"1": {"uid": "w", "uid": "v"}}',
            "“wins”, row 1, uid is there twice; the first is in line 1.",
        ),
        ('"ours": [{"a": {"b": 1, "b": 2}}]', "“ours”, row 0, a, b is there twice; the first is in line 1."),
    ],
)
def test_anything_that_is_there_twice_is_named_once(closed: FileStore, twice: str, words: str) -> None:
    [trouble] = troubles_of(closed, lambda _: f'{{"meeting": {{"1": {{"uid": "h"}}}}, {twice}}}')
    assert (trouble.what, trouble.line) == (words, 1)


def test_a_conflict_that_git_has_marked_is_called_that(closed: FileStore) -> None:
    [trouble] = troubles_of(
        closed,
        lambda text: text.replace('"wins": {', '"x": {},\n<<<<<<< HEAD\n"wins": {').replace(
            '"coming_up": {', '=======\n>>>>>>> theirs\n"coming_up": {'
        ),
    )
    assert trouble.what == "0001.json holds a conflict that git has marked."
    assert trouble.line == line_of(closed, "<<<<<<< HEAD")
    assert "git" in trouble.remedy


def test_an_owner_who_is_nobody_is_fine(store: FileStore, running: Session) -> None:
    running.add(ActionItem(title="Send the list", owner="Nobody here"))
    edit_file(store.path(1), lambda t: t["people"].clear())
    assert store.troubles() == []


WRONG: list[Any] = [None, True, -1, 2**70, 1.5, "", "\x1b[31mx\n", [], {}, [[]], {"": {}}]


def leaves(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value: what holds it, and under which name."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, item in inner for place in [(value, key), *leaves(item)]]


def test_any_value_of_any_kind_is_named_or_fine_and_the_file_is_kept(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    original = (Path(__file__).resolve().parents[1] / "data/store_v1/0002.json").read_text("utf-8")
    shutil.copy(Path(__file__).resolve().parents[1] / "data/store_v1/0003.json", store.path(3))
    for place in range(len(leaves(json.loads(original)))):
        tables = json.loads(original)
        holder, key = leaves(tables)[place]
        holder[key] = WRONG[place % len(WRONG)]
        raw = json.dumps(tables, indent=1).encode()
        store.path(2).write_bytes(raw)
        for trouble in store.troubles():
            assert trouble.where == "0002.json"
            assert trouble.remedy
            assert not set(trouble.what) & set("\x1b\n")
        assert list(store.mend()) == []
        assert store.path(2).read_bytes() == raw
