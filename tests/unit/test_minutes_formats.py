"""Minutes as a page, for Slack, as plain text and as a mail: what a person reads, and what cannot break them."""

from __future__ import annotations

import email
import re
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from meetings.exchange import html, plain, slack
from meetings.exchange.formats import MINUTES
from meetings.exchange.minutes import Options, file_name, is_draft, save_as
from meetings.exchange.templating import TemplateError
from meetings.kinds import MeetingState
from meetings.meeting import Meeting
from meetings.model import Note, Win
from meetings.text import width
from tests.unit.markdown_readers import hostile, naughty
from tests.unit.meetings_for_tests import empty, full, of

BREAKS = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")


def write(name: str, *meetings: Meeting, template: Path | None = None) -> str:
    return MINUTES[name].write(meetings or [full()], Options(templates={name: template} if template else {}))


def words(text: str) -> str:
    """The text without what wrapping and line breaks change."""
    return "".join(text.split())


class Reader(HTMLParser):
    """The tags of a page and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


class TestPage:
    def test_it_says_what_the_minutes_say(self) -> None:
        read = Reader(write("html"))
        for said in (
            "Send the list",
            "8 days late",
            "43 of 61, 70 %",
            "Rated by 6, mean 7.5 of 10",
            "ACME signed",
        ):
            assert said in read.words
        assert read.tags.count("h1") == 1
        assert read.tags.count("th") > 20

    @settings(max_examples=80, deadline=None)
    @example("https://a.b/c_(d)?e=f&g=%20#h, and http://x")
    @example("</title><script>alert(1)</script>")
    @given(hostile | st.sampled_from(naughty()))
    def test_any_text_reads_as_typed_and_adds_nothing_but_links_and_breaks(self, text: str) -> None:
        read = Reader(f"<p>{html.inline(text)}</p>")
        assert set(read.tags) <= {"p", "br", "a"}
        assert words(read.words) == words(html.NO_CHARACTER.sub("\ufffd", text))
        assert Reader(f"<h1>{html.line(text)}</h1>").tags == ["h1"]

    def test_texts_everywhere_leave_the_page_as_it_is(self) -> None:
        text = "</title></style><b>&amp;'\""
        meeting = full(name=text).with_tables(
            {"wins": of(Win(title=text)), "notes": of(Note(text=text, step=text))}
        )
        harmless = full(name="x").with_tables(
            {"wins": of(Win(title="x")), "notes": of(Note(text="x", step="x"))}
        )
        assert Reader(write("html", meeting)).tags == Reader(write("html", harmless)).tags

    def test_several_meetings_are_one_page(self) -> None:
        read = Reader(write("html", full(), full(name="The other")))
        assert read.tags.count("html") == 1
        assert read.tags.count("article") == 2

    def test_web_addresses_are_links(self) -> None:
        assert '<a href="https://a.b/c_d?e=f&amp;g" rel="noreferrer">' in html.inline(
            "see https://a.b/c_d?e=f&g."
        )
        assert "href" not in html.inline("javascript:alert(1) ftp://a.b mailto:a@b")

    def test_one_block_can_be_changed(self, tmp_path: Path) -> None:
        own = tmp_path / "own.j2"
        own.write_text(
            '{% extends "accord/minutes.html.j2" %}{% block items %}<p>{{ meeting.title }}!</p>{% endblock %}',
            "utf-8",
        )
        page = write("html", full(name="a < b"), full(name="c"), template=own)
        assert "<p>a &lt; b!</p>" in page
        assert "<p>c!</p>" in page
        assert "Send the list" not in page

    @pytest.mark.parametrize("name", [name for name, form in MINUTES.items() if form.template])
    def test_a_broken_template_is_one_sentence_with_its_line(self, tmp_path: Path, name: str) -> None:
        own = tmp_path / "own.j2"
        own.write_text("fine\n{{ meetings.nothing }}\n", "utf-8")
        with pytest.raises(TemplateError, match=re.escape(f"The template {own}, line 2, cannot be used: ")):
            write(name, template=own)


class TestText:
    def test_it_is_wrapped_below_its_words(self) -> None:
        assert (
            "- [ ] Join a call (Lena, Marketing, ride-along, due Fri 13 Nov, 8 days\n"
            "      late, carried twice, moved once) bbbbb\n"
        ) in write("text")

    @settings(max_examples=80, deadline=None)
    @example("会" * 200)
    @example("w" * 300 + " 👩‍👩‍👧‍👦" * 40)
    @given(st.lists(hostile | st.sampled_from(naughty()), min_size=1, max_size=4).map(" ".join))
    def test_no_line_is_too_long_but_a_web_address_and_nothing_is_lost(self, text: str) -> None:
        found = plain.finish(f"- [ ] {plain.inline(text)}")
        assert words(found) == words(f"- [ ] {text}")
        for line in found.split("\n"):
            assert width(line) <= plain.COLUMNS or "://" in line

    def test_line_breaks_are_kept(self) -> None:
        assert plain.finish(f"- {plain.inline('one' + chr(10) + 'two')}") == "- one\n  two"


class TestSlack:
    def test_bold_and_what_has_to_be_escaped(self) -> None:
        text = write("slack", full(name="R&D <all> > *stars*"))
        assert text.startswith("R&amp;D &lt;all&gt; &gt; *stars*\n")  # a star of its own would end the bold
        assert "\n*Action items*\n" in text
        assert "• ☐ Send the list (Sam, Sales, due Fri 27 Nov) `aaaaa1`\n" in text
        assert "• ☑ Fix the form" in text
        assert "#" not in text

    @settings(max_examples=80, deadline=None)
    @given(hostile | st.sampled_from(naughty()))
    def test_any_text_reads_as_typed(self, text: str) -> None:
        escaped = slack.inline(text)
        assert not re.search(r"[<>]|&(?!(amp|lt|gt);)", escaped)
        back = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        assert words(back) == words(text)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.integers(0, 9000), min_size=1, max_size=12), st.sampled_from("w&😀 "))
    def test_messages_are_never_too_long_and_nothing_is_lost(self, sizes: list[int], sign: str) -> None:
        text = "\n\n".join(f"{at} {slack.inline(sign * size)}\nend" for at, size in enumerate(sizes))
        found = slack.messages(text)
        assert max(map(slack.size, found)) <= slack.LONGEST
        assert words("".join(found)) == words(text)
        assert not any(re.search(r"&(?!(amp|lt|gt);)", part) for part in found)  # no escape is cut in two

    def test_several_messages_are_counted(self) -> None:
        long = full().with_tables({"notes": of(Note(text="word " * 1500))})
        lines = [line for line in write("slack", long).split("\n") if line.startswith("-----")]
        assert lines == [f"----- message {at} of {len(lines)} -----" for at in range(1, len(lines) + 1)]
        assert len(lines) > 1
        assert "-----" not in write("slack")


class TestMail:
    def read(self, *meetings: Meeting) -> email.message.EmailMessage:
        return email.message_from_bytes(write("eml", *meetings).encode("ascii"), policy=default)  # type: ignore[return-value]

    def test_it_has_a_subject_a_date_and_no_receiver(self) -> None:
        message = self.read()
        assert message["Subject"] == "Minutes: Weekly sales & marketing alignment, Sat 21 Nov 2026"
        assert message["Date"] == "Sat, 21 Nov 2026 09:16:00 +0000"
        assert (message["To"], message["From"]) == (None, None)

    def test_a_name_can_hold_anything_and_be_long(self) -> None:
        name = "Zoë\nBcc: a@b.c 会議 " + "x" * 4000
        message = self.read(full(name=name))
        assert message["Bcc"] is None
        assert message["Subject"].startswith("Minutes: Zoë Bcc: a@b.c 会議 xxx")
        assert len(message["Subject"]) < 200

    def test_a_draft_says_so(self) -> None:
        assert self.read(full(state=MeetingState.RUNNING))["Subject"].startswith("Draft minutes: ")


class TestFiles:
    @pytest.mark.parametrize("form", MINUTES.values(), ids=lambda form: form.name)
    def test_a_draft_is_replaced_by_the_final_minutes_and_nothing_else_is(
        self, tmp_path: Path, form: object
    ) -> None:
        assert form in MINUTES.values()
        name = form.name  # type: ignore[attr-defined]
        draft, final = full(state=MeetingState.RUNNING), full()
        path = save_as(MINUTES[name], draft, tmp_path, Options())
        assert path.name == file_name(final, MINUTES[name])
        assert is_draft(path, MINUTES[name])
        save_as(MINUTES[name], final, tmp_path, Options())
        assert not is_draft(path, MINUTES[name])
        assert path.read_bytes().decode() == write(name)

    def test_every_format_has_a_meeting_with_nothing_in_it(self) -> None:
        for name in MINUTES:
            assert write(name, empty(name="", state=MeetingState.PLANNED))
