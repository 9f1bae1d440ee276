"""The minutes: what a person reads in them, what stays out, and that nothing typed can break them."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_readers import READERS, hostile, naughty, seen
from meetings_for_tests import empty, full, of, rated
from msgspec.structs import replace

from meetings.errors import UsageError
from meetings.exchange.minutes import file_name, render, save
from meetings.exchange.output import NotWritten
from meetings.exchange.templating import TemplateError
from meetings.ids import short_ids
from meetings.kinds import GoalState, ItemState, MeetingState, Status, Team
from meetings.meeting import CONTENT, Meeting
from meetings.model import ActionItem, Goal, Record


def section(text: str, title: str) -> str:
    """What stands under a heading of the second level."""
    return text.split(f"\n## {title}\n\n", 1)[1].split("\n## ", 1)[0].strip("\n")


def titles(text: str) -> list[str]:
    return re.findall(r"^## (.*)$", text, re.MULTILINE)


def test_the_header_says_what_when_who_and_how_long() -> None:
    assert render(full()).split("\n## ")[0].splitlines() == [
        "# Weekly sales & marketing alignment",
        "",
        "Meeting 42, Sat 21 Nov 2026",
        "",
        "- Sales: Sam",
        "- Marketing: Lena",
        "- Guests: Kim",
        "- Absent: Jonas",
        "- Time: 16:18 of 15:00 planned",
        "- Next meeting: Sat 28 Nov 2026",
    ]


def test_action_items_come_first_by_what_became_of_them() -> None:
    text = render(full())
    assert titles(text)[0] == "Action items"
    assert section(text, "Action items").splitlines() == [
        "Done of what was due: 1 of 2, 50 %",
        "",
        "### New",
        "",
        "- [ ] Send the list (Sam, Sales, due Fri 27 Nov) `aaaaa1`",
        "- [ ] Nobody's (no owner, both teams, no due date) `aaaaa2`\\",
        "  first line\\",
        "  second line",
        "",
        "### Carried",
        "",
        "- [ ] Join a call (Lena, Marketing, ride-along, due Fri 13 Nov, 8 days late, carried twice, moved once) "
        "`bbbbb`",
        "",
        "### Done",
        "",
        "- [x] Fix the form (Jonas, Marketing, done Fri 20 Nov) `ccccc`",
        "",
        "### Dropped",
        "",
        "- Buy a booth (Sam, Sales) `ddddd`\\",
        "  Reason: No budget",
    ]


def test_the_other_sections() -> None:
    text = render(full())
    assert section(text, "Decisions").splitlines() == [
        "- One list only\\",
        "  Standing, Lena, both teams, to be checked on Sat 5 Dec\\",
        "  How we will know: no duplicates",
        "- Weekly webinar\\",
        "  Reversed (from meeting 39), no owner, both teams\\",
        "  too much",
    ]
    assert section(text, "Goals").splitlines()[2:] == [
        "| ● on track | Pipeline | Both teams | Sam | €60,000 | ≥ €100,000 by Sun 10 Jan 2027 | +€10 k "
        "| two big deals |",
        "| ? unknown | Response time | Both teams | no owner | 1 h 30 min (Sat 14 Nov) | ≤ 1 h | – | |",
        "| ? unknown | Share | Both teams | no owner | no reading | 20 % to 30 % | – | |",
    ]
    assert section(text, "Lead numbers").splitlines() == [
        "| Period | Source | New leads | Handed over (MQL of new) | Accepted (SAL of MQL) | Rejected "
        "| Cost per lead |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        "| Sun 15 Nov to Sat 21 Nov | Webinar | 80 | 61 of 80, 76 % | 43 of 61, 70 % | no budget 4, other 2 "
        "| €400 for 80, €5 each |",
        "| Sun 15 Nov to Sat 21 Nov | Google | 20 | 0 of 20, 0 % | n/a | n/a | n/a |",
        "| Sun 15 Nov to Sat 21 Nov | All sources | 100 | 61 of 100, 61 % | 43 of 61, 70 % "
        "| no budget 4, other 2 | €400 for 80, €5 each |",
        "| Sun 8 Nov to Sat 14 Nov | Webinar | n/a | n/a | 9 of 10, 90 % | n/a | n/a |",
    ]
    assert section(text, "Feedback").splitlines() == [
        "### From Sales to Marketing",
        "",
        "- Leads are thin\\",
        "  Lead quality, Webinar, 2 of 5, raised by Sam, answered\\",
        "  Response: We ask for the budget now",
        "",
        "### From Marketing to Sales",
        "",
        "- Call them sooner\\",
        "  Follow-up, new",
    ]
    assert section(text, "Wins").splitlines() == [
        "- ACME signed (big, both teams, €12,000)\\",
        "  Credit to: Sam (Sales), Lena (Marketing), Zoe\\",
        "  What worked: The case study",
    ]
    assert section(text, "Coming up").splitlines() == [
        "- Tue 24 Nov: Launch (Sales)",
        "- Mon 21 Dec: Fair (Marketing)",
    ]
    assert section(text, "Problems").splitlines() == [
        "### Parked problems",
        "",
        "- Slow form (Marketing, raised by Lena, 2 votes)\\",
        "  Sales says: It loses leads",
        "",
        "### Solved problems",
        "",
        "- Two lists (both teams)\\",
        "  Solved by: One list only",
    ]
    assert section(text, "Notes").splitlines() == [
        "### Note: Check-in",
        "",
        "Short today",
        "",
        "### Note: Goal review",
        "",
        "Look at it\\",
        "again",
    ]
    assert section(text, "Time").splitlines()[2:] == [
        "| Check-in | 5:00 | 6:18 |",
        "| Goal review | 10:00 | 10:00 |",
        "| Total | 15:00 | 16:18 |",
    ]


def test_sections_with_nothing_in_them_are_left_out_but_for_action_items() -> None:
    text = render(empty())
    assert titles(text) == ["Action items", "Time"]
    assert section(text, "Action items") == "No action items."


def test_the_same_meeting_gives_the_same_bytes() -> None:
    meeting = full()
    text = render(meeting)
    read_back = msgspec.json.decode(msgspec.json.encode(meeting), type=Meeting)
    assert render(read_back) == text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
    assert "\r" not in text


def test_minutes_of_a_meeting_that_is_not_closed_say_so() -> None:
    running = render(full(state=MeetingState.RUNNING))
    planned = render(full(state=MeetingState.PLANNED))
    assert "\n> Draft: this meeting is running.\n" in running
    assert "- Time: 16:18 of 15:00 planned\n" in running
    assert "\n> Draft: this meeting has not started.\n" in planned
    assert "- Time: 15:00 planned\n" in planned
    assert "| Check-in | 5:00 | – |" in planned
    assert "Draft" not in render(full())


class TestGoals:
    def goal(self, goal: Goal, **fields: object) -> str:
        return section(render(empty(**fields).with_tables({"goals": of(goal)})), "Goals").splitlines()[2]

    def test_a_closed_meeting_keeps_the_status_it_closed_with(self) -> None:
        goal = replace(next(iter(full().goals.values())), status=Status.OFF_TRACK)
        assert self.goal(goal).startswith("| ■ off track |")
        assert self.goal(goal, state=MeetingState.RUNNING).startswith("| ● on track |")

    def test_a_status_set_by_hand_says_so(self) -> None:
        goal = replace(next(iter(full().goals.values())), overruled=Status.AT_RISK)
        assert self.goal(goal, state=MeetingState.RUNNING).startswith("| ▲ at risk (set by hand) |")
        closed = replace(goal, status=Status.AT_RISK)
        assert self.goal(closed).startswith("| ▲ at risk (set by hand) |")

    def test_a_dropped_goal_says_so_with_the_reason(self) -> None:
        goal = Goal(title="Reach", state=GoalState.DROPPED, reason="not ours")
        line = self.goal(goal)
        assert line.startswith("| dropped | Reach |")
        assert line.endswith("| not ours |")

    def test_the_risk_margin_is_the_callers(self) -> None:
        goal = replace(next(iter(full().goals.values())), target=130_000.0)  # behind by 5,000 of 130,000
        meeting = empty(state=MeetingState.RUNNING).with_tables({"goals": of(goal)})
        assert "▲ at risk" in render(meeting)
        assert "■ off track" in render(meeting, margin=0.01)


class TestRatings:
    def lines(self, *ratings: tuple[Team, int], **fields: object) -> list[str]:
        text = render(rated(*ratings, **fields))
        assert "Rater" not in text
        return section(text, "Ratings").splitlines() if "## Ratings" in text else []

    def test_means_per_team_and_their_gap_without_names(self) -> None:
        text = render(full())
        assert section(text, "Ratings").splitlines() == [
            "- Rated by 6, mean 7.5 of 10",
            "- Sales: 8.3",
            "- Marketing: 6.7",
            "- Gap between the teams: 1.7",
        ]
        assert "Rater" not in text
        assert "wordy" not in text

    def test_the_mean_is_that_of_the_screen(self) -> None:
        assert self.lines(*[(Team.A, 8)] * 3, (Team.A, 9)) == ["- Rated by 4, mean 8.3 of 10", "- Sales: 8.3"]

    def test_no_means_below_three_raters(self) -> None:
        assert self.lines((Team.A, 3), (Team.A, 9)) == ["- Rated by 2"]
        assert self.lines((Team.A, 3), (Team.A, 9), (Team.B, 6)) == ["- Rated by 3, mean 6.0 of 10"]

    def test_no_team_means_from_which_somebodys_rating_could_be_worked_out(self) -> None:
        three = [(Team.A, 8)] * 3
        assert self.lines(*three, (Team.B, 2)) == ["- Rated by 4, mean 6.5 of 10"]
        assert self.lines(*three, *[(Team.B, 5)] * 3, (Team.BOTH, 3)) == ["- Rated by 7, mean 6.0 of 10"]
        assert self.lines(*three) == ["- Rated by 3, mean 8.0 of 10", "- Sales: 8.0"]

    def test_ratings_show_once_the_room_has_seen_them(self) -> None:
        three = [(Team.A, 8)] * 3
        assert self.lines(*three, state=MeetingState.RUNNING) == []
        assert self.lines(*three, state=MeetingState.RUNNING, revealed=True) != []


class TestItems:
    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.builds(
                ActionItem,
                title=st.just("Promise"),
                state=st.sampled_from(ItemState),
                raised_in=st.integers(0, 50),
                carried=st.integers(0, 5),
                due=st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1)),
            ),
            max_size=6,
        )
    )
    def test_every_item_is_listed_exactly_once(self, items: list[ActionItem]) -> None:
        text = section(render(empty().with_tables({"action_items": of(*items)})), "Action items")
        lines = [line for line in text.splitlines() if "Promise" in line]
        marks = {
            ItemState.OPEN: "- [ ] Promise",
            ItemState.DONE: "- [x] Promise",
            ItemState.DROPPED: "- Promise",
        }
        assert len(lines) == len(items)
        for item in items:
            found = [line for line in lines if item.uid.startswith(line.split("`")[1])]
            assert len(found) == 1
            assert found[0].startswith(marks[item.state])

    @given(st.lists(st.uuids().map(str) | st.text("0a", min_size=6, max_size=9), unique=True))
    def test_short_ids_name_one_record_each(self, uids: list[str]) -> None:
        short = short_ids(uids)
        assert set(short) == set(uids)
        for uid, beginning in short.items():
            assert uid.startswith(beginning)
            assert len(beginning) >= 5
            sharing = [other for other in uids if other.startswith(beginning)]
            assert sharing == [uid] or beginning == uid
            if len(beginning) > 5:
                assert len([other for other in uids if other.startswith(beginning[:-1])]) > 1


KEPT = ("uid", "step", "origin", "product", "id", "kind", "state", "currency", "agenda")


def retyped(meeting: Meeting, text: str) -> Meeting:
    """The meeting with that text wherever a person can type."""

    def typed(record: Record) -> Record:
        fields: dict[str, object] = {}
        for name in record.__struct_fields__:
            value = getattr(record, name)
            if type(value) is str and value and name not in KEPT:
                fields[name] = text
            elif name == "credits":
                fields[name] = (text,) * len(value)
            elif name in ("rejected", "disqualified"):
                fields[name] = dict.fromkeys([text] * len(value), 3)
            elif name == "team_names":
                fields[name] = dict.fromkeys(value, text)
            elif name == "steps":
                fields[name] = tuple(replace(step, title=text) for step in value)
        return replace(record, **fields)

    tables = {
        name: {uid: typed(row) for uid, row in meeting.table(name).items()}
        for name in CONTENT
        if name != "ratings"
    }
    return replace(meeting.with_tables(tables), head=typed(meeting.head))


def shape(html: list[str]) -> list[str]:
    return [part for part in html if part.startswith("<") and part.endswith(">")]


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=60, deadline=None)
@example("- x\n\n    y | z")
@example("\\")
@example("```")
@given(text=hostile.map(lambda text: f"q{text}q") | st.sampled_from(naughty()).map(lambda text: f"{text} q"))
def test_nothing_that_is_typed_changes_the_shape_of_the_minutes(
    reader: Callable[[str], str], text: str
) -> None:
    harmless = seen(reader(render(retyped(full(), "harmless"))))
    found = seen(reader(render(retyped(full(), text))))
    assert [part for part in found if part in shape(harmless)] == shape(harmless)
    assert len(found) == len(harmless)


class TestTemplate:
    def write(self, folder: Path, text: str) -> Path:
        path = folder / "own.md.j2"
        path.write_text(text, "utf-8")
        return path

    def rendered(self, folder: Path, text: str, name: str = "a *b* | c\nd") -> str:
        return render(empty(name=name), template=self.write(folder, text))

    def test_text_is_escaped_without_being_asked(self, tmp_path: Path) -> None:
        safe = "a \\*b\\* \\| c<br> d"
        assert self.rendered(tmp_path, "| {{ meeting.title }} |") == f"| {safe} |\n"
        assert (
            self.rendered(tmp_path, "{{ [meeting.title, meeting.title] | join(', ') }}")
            == f"{safe}, {safe}\n"
        )
        assert (
            self.rendered(tmp_path, "{{ meeting.title | upper }}")
            == f"{safe.upper().replace('<BR>', '<br>')}\n"
        )
        assert self.rendered(tmp_path, "{{ meeting.title ~ meeting.number }}") == f"{safe}42\n"
        assert self.rendered(tmp_path, "{{ meeting.title | e }}") == f"{safe}\n"
        assert (
            self.rendered(tmp_path, "{% autoescape false %}{{ meeting.title }}{% endautoescape %}")
            == f"{safe}\n"
        )

    def test_macros_and_blocks_are_escaped_once(self, tmp_path: Path) -> None:
        macro = "{% macro row(text) %}**{{ text }}**{% endmacro %}{{ row(meeting.title) }}"
        assert self.rendered(tmp_path, macro, "a_b") == "**a\\_b**\n"
        assert (
            self.rendered(tmp_path, "{% set x %}*{{ meeting.title }}*{% endset %}{{ x }}", "a_b")
            == "*a\\_b*\n"
        )

    def test_filters(self, tmp_path: Path) -> None:
        assert self.rendered(tmp_path, "# {{ meeting.title | line }}") == "# a \\*b\\* \\| c d\n"
        assert self.rendered(tmp_path, "{{ meeting.title | prose }}") == "a \\*b\\* \\| c\\\nd\n"
        assert self.rendered(tmp_path, "- {{ meeting.title | prose(2) }}") == "- a \\*b\\* \\| c\\\n  d\n"
        assert self.rendered(tmp_path, "{{ meeting.title | safe }}", "*a*") == "*a*\n"

    def test_one_block_can_be_changed_and_the_rest_kept(self, tmp_path: Path) -> None:
        own = self.write(
            tmp_path,
            '{% extends "accord/minutes.md.j2" %}\n'
            "{% block items %}\n## To do\n\n"
            "{% for row in meeting.items.new %}\n* {{ row.title }}\n{% endfor %}\n\n{% endblock %}\n",
        )
        text = render(full(), template=own)
        assert section(text, "To do") == "* Send the list\n* Nobody's"
        assert section(text, "Decisions") == section(render(full()), "Decisions")

    def test_a_template_that_was_changed_meanwhile_is_read_again(self, tmp_path: Path) -> None:
        assert self.rendered(tmp_path, "before") == "before\n"
        assert self.rendered(tmp_path, "and after") == "and after\n"
        (tmp_path / "own.md.j2").unlink()
        with pytest.raises(TemplateError, match="cannot be read"):
            render(empty(), template=tmp_path / "own.md.j2")

    @pytest.mark.parametrize(
        ("source", "line", "what"),
        [
            ("a\n{{ meeting.title }", 2, "unexpected '}'"),
            ("a\nb\n{% for x in meeting.goals %}", 3, "Unexpected end of template"),
            (
                "a\n\n{{ meeting.titel }}",
                3,
                "'meetings.exchange.view.MinutesView object' has no attribute 'titel'",
            ),
            ("{{ metting }}", 1, "'metting' is undefined"),
            ("\n{{ meeting.title | shout }}", 2, "No filter named 'shout'"),
            ("\n{{ 1 / 0 }}", 2, "division by zero"),
            ("\n{{ meeting.title.__class__.__mro__ }}", 2, "is unsafe"),
            ("\n{{ range(10000000) | list }}", 2, "Range too big"),
            ('\n{% include "/etc/passwd" %}', 2, "there is no template /etc/passwd"),
            ('\n{% extends "accord/../__init__.py" %}', 2, "there is no template accord/../__init__.py"),
            ("{% macro a() %}\n{{ a() }}\n{% endmacro %}\n{{ a() }}", 2, "recursion"),
        ],
    )
    def test_a_broken_template_is_one_sentence_with_file_and_line(
        self, tmp_path: Path, source: str, line: int, what: str
    ) -> None:
        own = self.write(tmp_path, source)
        with pytest.raises(TemplateError) as caught:
            render(full(), template=own)
        message = str(caught.value)
        assert message.startswith(f"The template {own}, line {line}, cannot be used: ")
        assert what in message
        assert "\n" not in message
        assert caught.value.exit_code == 2

    def test_a_template_that_cannot_be_read_is_one_sentence(self, tmp_path: Path) -> None:
        missing = tmp_path / "missing.j2"
        with pytest.raises(
            TemplateError, match=re.escape(f"{missing} cannot be read: No such file or directory.")
        ):
            render(full(), template=missing)
        with pytest.raises(TemplateError, match="cannot be read"):
            render(full(), template=tmp_path)
        latin = tmp_path / "latin.j2"
        latin.write_bytes("Zürich".encode("latin-1"))
        with pytest.raises(TemplateError, match=re.escape(f"{latin} is not UTF-8 text.")):
            render(full(), template=latin)


class TestFile:
    @pytest.mark.parametrize(
        ("name", "file"),
        [
            ("Weekly sales & marketing alignment", "2026-11-21-42-weekly-sales-marketing-alignment.md"),
            ("Zürich: Café / 10 %", "2026-11-21-42-zurich-cafe-10.md"),
            ("会議", "2026-11-21-42-meeting.md"),
            ("", "2026-11-21-42-meeting.md"),
            ("../../etc/passwd", "2026-11-21-42-etc-passwd.md"),
        ],
    )
    def test_its_name(self, name: str, file: str) -> None:
        assert file_name(empty(name=name)) == file

    @given(st.text())
    def test_its_name_is_safe_everywhere(self, name: str) -> None:
        assert re.fullmatch(r"2026-11-21-42-[a-z0-9]([a-z0-9-]*[a-z0-9])?\.md", file_name(empty(name=name)))
        assert len(file_name(empty(name=name))) < 90

    def test_it_holds_the_minutes_in_utf_8_with_plain_line_ends(self, tmp_path: Path) -> None:
        path = save(full(), tmp_path / "new" / "folder")
        assert path == tmp_path / "new" / "folder" / file_name(full())
        assert path.read_bytes() == render(full()).encode("utf-8")
        assert [file.name for file in path.parent.iterdir()] == [path.name]

    def test_the_same_minutes_leave_it_alone(self, tmp_path: Path) -> None:
        path = save(full(), tmp_path)
        os.utime(path, (1, 1))
        save(full(), tmp_path)
        assert path.stat().st_mtime == 1

    def test_other_content_is_replaced_only_when_that_is_wanted(self, tmp_path: Path) -> None:
        path = tmp_path / file_name(full())
        path.write_text("mine")
        path.chmod(0o640)
        with pytest.raises(UsageError, match=re.escape(str(path))):
            save(full(), tmp_path)
        assert path.read_text() == "mine"
        save(full(), tmp_path, overwrite=True)
        assert path.read_text("utf-8") == render(full())
        if os.name == "posix":
            assert path.stat().st_mode & 0o777 == 0o640
        assert list(tmp_path.iterdir()) == [path]

    def test_what_the_system_refuses_is_one_sentence(self, tmp_path: Path) -> None:
        blocked = tmp_path / "file"
        blocked.write_text("x")
        with pytest.raises(NotWritten) as caught:
            save(full(), blocked)
        assert re.fullmatch(r".*file.* cannot be written: \w[\w ]*\.", str(caught.value))
        assert blocked.read_text() == "x"

    def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / file_name(full())
        path.write_text("mine")

        def full_disk(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full_disk)
        with pytest.raises(NotWritten, match="No space left on device"):
            save(full(), tmp_path, overwrite=True)
        assert path.read_text() == "mine"
        assert list(tmp_path.iterdir()) == [path]

    def test_a_broken_template_writes_nothing(self, tmp_path: Path) -> None:
        template = tmp_path / "t.j2"
        template.write_text("{{ nothing }}")
        with pytest.raises(TemplateError):
            save(full(), tmp_path / "out", template=template)
        assert not (tmp_path / "out").exists()


def test_templates_are_loaded_only_when_minutes_are_written() -> None:
    code = "import sys, meetings.exchange.minutes; print(*sorted({'jinja2', 'tinydb', 'textual'} & set(sys.modules)))"
    root = Path(__file__).parents[2]
    found = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""
