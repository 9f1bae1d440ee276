"""Minutes come home: whatever boxes are ticked and dates changed in them, exactly those items change."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from command_line import NOON, CommandLine
from hypothesis import given
from hypothesis import strategies as st
from meetings_for_tests import empty, of
from msgspec.structs import replace

from meetings.exchange.minutes import render
from meetings.exchange.ticks import Outcome, compare, read
from meetings.kinds import ItemState, MeetingState
from meetings.meeting import Meeting
from meetings.model import ActionItem
from meetings.text import clean

DAY = dt.date(2026, 11, 21)
TEXTS = st.one_of(
    st.sampled_from(
        ("Call (soon, due Friday)", "- [x] not `done`", "due Mon 1 Dec)", "[x]", "`abcde`", "# New")
    ),
    st.text(min_size=1, max_size=30).map(clean).filter(bool),
)
ITEMS = st.lists(
    st.builds(
        ActionItem,
        uid=st.uuids(version=4).map(str),
        title=TEXTS,
        owner=st.one_of(st.just(""), TEXTS),
        note=st.one_of(st.just(""), TEXTS),
        due=st.one_of(st.none(), st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))),
        state=st.sampled_from((ItemState.OPEN, ItemState.OPEN, ItemState.DONE)),
        raised_in=st.integers(1, 2),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda item: item.uid[:5],
)


def held(items: list[ActionItem], state: MeetingState = MeetingState.RUNNING) -> Meeting:
    made = empty().with_tables({"action_items": of(*items)})
    return replace(made, head=replace(made.head, number=2, date=DAY, state=state))


def after(meeting: Meeting, outcome: Outcome) -> Meeting:
    items = dict(meeting.action_items)
    for change in outcome.changes:
        items[change.item.uid] = replace(change.item, **change.fields)
    return meeting.with_tables({"action_items": dict(items)})


def flipped(minutes: str, ids: set[str]) -> str:
    """The minutes with the boxes of these items turned round, as with a text editor."""

    def turn(found: re.Match[str]) -> str:
        return f"- [{' ' if found[1] == 'x' else 'x'}]{found[2]}" if found[3] in ids else found[0]

    return re.sub(r"^- \[(.)\](.*`(\w{5,})`\\?)$", turn, minutes, flags=re.MULTILINE)


@given(ITEMS, st.data(), st.sampled_from(("\n", "\r\n")))
def test_exactly_what_was_ticked_changes_and_once(
    items: list[ActionItem], data: st.DataObject, end: str
) -> None:
    meeting = held(items)
    chosen = data.draw(st.sets(st.sampled_from([item.uid for item in items])))
    text = flipped(render(meeting), {uid[:5] for uid in chosen}).replace("\n", end)
    latest = {item.uid: item for item in items}
    outcome = compare(read(text), {2: meeting}, meeting, latest)
    assert (outcome.wrong, outcome.same) == ([], len(items) - len(chosen))
    assert {change.item.uid for change in outcome.changes} == chosen
    changed = after(meeting, outcome)
    for uid, item in latest.items():
        assert (changed.action_items[uid].state is not item.state) is (uid in chosen)
        assert changed.action_items[uid].due == item.due
    again = compare(read(text), {2: changed}, changed, dict(changed.action_items))
    assert (again.changes, again.wrong) == ([], [])


@given(ITEMS, st.data())
def test_a_date_that_was_changed_is_taken_and_once(items: list[ActionItem], data: st.DataObject) -> None:
    items = [replace(item, state=ItemState.OPEN, due=item.due or DAY, note="") for item in items]
    meeting = held(items, MeetingState.CLOSED)
    item = data.draw(st.sampled_from(items))
    day = data.draw(st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)))
    line = next(line for line in render(meeting).splitlines() if f"`{item.uid[:5]}`" in line)
    head, _, tail = line.rpartition(", due ")
    moved = f"{head}, due {day.isoformat()}" + re.sub(r"^[^,)]*", "", tail)
    text = render(meeting).replace(line, moved)
    outcome = compare(read(text), {2: meeting}, meeting, {one.uid: one for one in items})
    assert outcome.wrong == []
    expected = [] if day == item.due else [(item.uid, {"due": day})]
    assert [(change.item.uid, change.fields) for change in outcome.changes] == expected
    changed = after(meeting, outcome)
    assert compare(read(text), {2: meeting}, changed, dict(changed.action_items)).changes == []


ONE = ActionItem(uid="3f2a1000-0", title="Send the list", owner="Sam", due=DAY, raised_in=2)
OTHER = ActionItem(uid="3f2a1999-0", title="Call", owner="Jo", due=DAY, raised_in=2)


def of_lines(*lines: str, written: Meeting | None = None, current: Meeting | None = None) -> Outcome:
    current = current or held([ONE])
    latest: Mapping[str, ActionItem] = {**current.action_items}
    text = "\n".join(["Meeting 2, Sat 21 Nov 2026", "### New", *lines])
    return compare(read(text), {2: written} if written else {}, current, latest)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("- [x] Send the list (Sam, due Sat 21 Nov)", "no id"),
        ("- [x] Send the list (Sam, due Sat 21 Nov) `3f2`", "too short"),
        ("- [x] Send the list (Sam, due Sat 21 Nov) `3f2aX`", "There is no action item with the id 3f2aX"),
        ("- [y] Send the list (Sam, due Sat 21 Nov) `3f2a1`", "neither empty nor ticked: [y]"),
        ("- [ ] Send the list (Sam, due soon) `3f2a1`", "“soon” is not a day"),
        ("- [ ] Send the list (Sam, due Fri 22 Nov) `3f2a1`", "“Fri 22 Nov” is not a day"),
        ("- [ ] Send the list (Sam, due 31 Nov) `3f2a1`", "“31 Nov” is not a day"),
    ],
)
def test_what_is_damaged_is_named_with_its_line(line: str, why: str) -> None:
    outcome = of_lines(line)
    (wrong,) = outcome.wrong
    assert (wrong.line, outcome.changes) == (3, [])
    assert why in wrong.why


def test_an_id_that_could_be_two_is_named() -> None:
    (wrong,) = of_lines("- [x] Send `3f2a1`", current=held([ONE, OTHER])).wrong
    assert "could be any of 2" in wrong.why


@pytest.mark.parametrize(
    "line",
    [
        *("* [X] Send `3f2a1`", "  + [x]  Send `3f2a1` ", "1. [x] Send `3F2A1`\\", "-\t[x]\tSend `3f2a1`  "),
        *(
            "* [x]Send `3f2a1`",
            "-[x] Send `3f2a1`",
            "> - [x] Send\n> the list\n> `3f2a1`",
            "-   [x]\n    Send `3f2a1`",
        ),
    ],
)
def test_an_editor_may_write_the_list_in_its_own_way(line: str) -> None:
    assert [change.words for change in of_lines(line, "", "- no item", "- [no item](url)").changes] == [
        "done"
    ]


@pytest.mark.parametrize(
    "line", ["- [x] Send\n\n`3f2a1`", "- [x] Send\n- `3f2a1`", "- [x] Send\\\n  a note with `3f2a1`"]
)
def test_an_id_that_stands_elsewhere_is_not_taken(line: str) -> None:
    outcome = of_lines(line)
    assert [(wrong.line, "no id" in wrong.why) for wrong in outcome.wrong] == [(3, True)]
    assert outcome.changes == []


@given(ITEMS, st.data(), st.integers(8, 60))
def test_an_editor_may_break_lines(items: list[ActionItem], data: st.DataObject, width: int) -> None:
    items = [replace(item, title="Send the list to all", owner="Sam", note="") for item in items]
    meeting = held(items, MeetingState.CLOSED)
    chosen = data.draw(st.sets(st.sampled_from([item.uid for item in items])))
    text = flipped(render(meeting), {uid[:5] for uid in chosen})
    broken = "\n".join(
        textwrap.fill(line, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
        if line.startswith("- [")
        else line
        for line in text.splitlines()
    )
    outcome = compare(read(broken), {2: meeting}, meeting, {item.uid: item for item in items})
    assert outcome.wrong == []
    assert {change.item.uid for change in outcome.changes} == chosen


def test_the_minutes_of_several_meetings_may_stand_in_one_file() -> None:
    """Each line is compared with what its own meeting said: a date that was moved since is no change."""
    first = held([replace(ONE, uid="3f2a1-0"), OTHER], MeetingState.CLOSED)
    moved = replace(ONE, uid="3f2a1-0", due=DAY + dt.timedelta(7), moved=1, carried=1)
    second = held([moved, OTHER], MeetingState.CLOSED)
    second = replace(second, head=replace(second.head, number=3, date=DAY + dt.timedelta(7)))
    later = replace(moved, due=DAY + dt.timedelta(14), moved=2, carried=2)
    current = held([later, OTHER])
    current = replace(current, head=replace(current.head, number=4, date=DAY + dt.timedelta(14)))
    text, minutes = render(first) + render(second), {2: first, 3: second}
    assert compare(read(text), minutes, current, current.action_items).changes == []
    for at in (text.index("- [ ]"), text.rindex("- [ ]")):
        ticked = f"{text[:at]}- [x]{text[at + 5 :]}"
        outcome = compare(read(ticked), minutes, current, current.action_items)
        assert [change.words for change in outcome.changes] == ["done"]
        assert (outcome.wrong, outcome.same) == ([], 1)


def test_what_is_said_twice_counts_once() -> None:
    twice = of_lines("- [x] Send `3f2a1`", "- [x] Send `3f2a1`")
    assert (len(twice.changes), twice.wrong) == (1, [])
    against = of_lines("- [x] Send `3f2a1`", "- [ ] Send `3f2a1`")
    assert len(against.changes) == 1
    assert [wrong.line for wrong in against.wrong] == [4]


def test_what_was_done_or_dropped_in_the_app_meanwhile_stays() -> None:
    written = held([ONE], MeetingState.CLOSED)
    done = held([replace(ONE, state=ItemState.DONE)])
    assert of_lines("- [ ] Send `3f2a1`", written=written, current=done).changes == []
    dropped = held([replace(ONE, state=ItemState.DROPPED)])
    (wrong,) = of_lines("- [x] Send `3f2a1`", written=written, current=dropped).wrong
    assert "was dropped since" in wrong.why


def test_what_only_a_closed_meeting_has_does_not_change() -> None:
    written = held([replace(ONE, state=ItemState.DONE)], MeetingState.CLOSED)
    text = "Meeting 2, x\n### Done\n- [ ] Send `3f2a1`\n- [x] Send `3f2a1`"
    outcome = compare(read(text), {2: written}, held([]), dict(written.action_items))
    assert [wrong.why for wrong in outcome.wrong] == [
        "“Send the list” was done in meeting 2, which does not change any more."
    ]


# On the command line


@pytest.fixture
def minutes(accord: CommandLine) -> Path:
    """Minutes of a closed meeting in which two items were promised."""
    workspace = accord.workspace()
    session = workspace.start(workspace.session())
    session.add(ActionItem(uid="aaaaa", title="Send the list", owner="Sam"))
    session.add(ActionItem(uid="bbbbb", title="Call the agency", owner="Jo"))
    workspace.close(session)
    path = accord.folder / "minutes.md"
    path.write_text(accord("minutes").out, "utf-8")
    return path


def items(accord: CommandLine) -> dict[str, Any]:
    return {item.title: item for item in accord.workspace().session().meeting.action_items.values()}


def test_ticked_minutes_on_the_command_line(accord: CommandLine, minutes: Path) -> None:
    text = minutes.read_text("utf-8").replace("- [ ] Send", "- [x] Send")
    minutes.write_text(re.sub(r"(Call.*due )[^,)]+", r"\1Fri 4 Dec", text) + "- [x] one more\n", "utf-8")
    before = items(accord)
    tried = accord("import", "actions", "minutes.md", "--dry-run")
    assert (tried.status, items(accord)) == (0, before)
    assert "aaaaa  done: Send the list" in tried.out
    assert "bbbbb  due Fri 4 Dec: Call the agency" in tried.out
    assert "2 action items would change" in tried.out
    done = accord("import", "actions", "minutes.md")
    assert "2 action items changed, 0 as before, 1 line not taken." in done.out
    assert "minutes.md, line" in done.err
    now = items(accord)
    assert (now["Send the list"].state, now["Send the list"].done_on) == (ItemState.DONE, NOON.date())
    assert (now["Call the agency"].due, now["Call the agency"].moved) == (dt.date(2026, 12, 4), 1)
    assert "Nothing changes, 2 as before" in accord("import", "actions", "minutes.md").out
    assert items(accord) == now
    session = accord.workspace().session()
    assert session.undo() == "boxes of minutes.md"
    assert {item.state for item in items(accord).values()} == {ItemState.OPEN}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"# Shopping\n- milk\n", "There is no action item in"), (b"\xff\xfe", "is not UTF-8 text")],
)
def test_a_file_that_is_no_minutes_is_refused(
    accord: CommandLine, minutes: Path, data: bytes, sentence: str
) -> None:
    minutes.write_bytes(data)
    refused = accord("import", "actions", "minutes.md")
    assert refused.status == 2
    assert sentence in refused.err
