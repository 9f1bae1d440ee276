"""The minutes as a file, and templates of one's own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_readers import section
from meetings_for_tests import empty, full

from meetings.errors import UsageError
from meetings.exchange.minutes import file_name, render, save
from meetings.exchange.output import NotWritten
from meetings.exchange.templating import TemplateError


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
