"""Two real readers of Markdown, what a person sees of their HTML, and text that is out to break it."""

from __future__ import annotations

import json
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.tasklists import tasklists_plugin

from meetings.text import clean

NAUGHTY = Path(__file__).parent.parent / "data" / "naughty" / "blns.json"

SIGNS = "\\`*_[](){}<>&#+-=~|$:!^.,;/@'\"0123456789aZé字😀\u200b\u00a0\u202e"
BLANKS = [" ", "    ", "\t", "\n", "\n\n", "\r\n", "\u2028", "  \n"]
STARTS = ["1. ", "2) ", "- ", "+ ", "* ", "> ", "# ", "## ", " #", "[ ] ", "[x] "]
WORDS = """
    copy; &copy; &#35; &foo; --- === ``` ~~~ ~~a~~ **a** [^1] ![ ]( :-- |--| :smile: :+1: :100: 10:30:15
    https://a.b/c_d*e https://a.b/:100:/&copy;/(c) http:// www.a.b www. a_b@c.de mailto: ftp://a.b/_c_
    <!-- --> <br> </td> <script> <a $a$ $$
"""
PIECES = [*SIGNS, *BLANKS, *STARTS, *WORDS.split()]
hostile = st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs", "Cc"]), max_size=14).map(
    "".join
)


def naughty() -> list[str]:
    """The Big List of Naughty Strings as Accord takes them in."""
    strings = (clean(text, lines=True) for text in json.loads(NAUGHTY.read_text("utf-8")))
    return [text for text in strings if text]


class _Reader(HTMLParser):
    """The tags and the words of HTML, without what only dresses words: links, breaks and spans."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.seen[-1] += "\0"
        elif tag not in ("a", "span"):
            self.seen += [f"<{tag}>", ""]

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("a", "span", "br", "input"):
            self.seen += [f"</{tag}>", ""]

    def handle_data(self, data: str) -> None:
        self.seen[-1] += data

    def handle_comment(self, data: str) -> None:
        self.seen += [f"<!--{data}-->", ""]


def seen(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    words = ("\n".join(" ".join(part.split()) for part in text.split("\0")) for text in reader.seen)
    return [text for text in words if text.strip()]


def markdown_it(source: str) -> str:
    reader = MarkdownIt("gfm-like").use(tasklists_plugin)
    reader.normalizeLinkText = lambda link: link  # it shows %20 as a space; GitHub does not
    return str(reader.render(source))


def cmark_gfm(source: str) -> str:
    program = shutil.which("cmark-gfm")
    if program is None:
        pytest.skip("cmark-gfm is not installed")
    extensions = [
        part for name in ("table", "strikethrough", "autolink", "tasklist") for part in ("-e", name)
    ]
    command = [program, "--unsafe", *extensions]
    return subprocess.run(command, input=source.encode(), capture_output=True, check=True).stdout.decode()


READERS = [markdown_it, cmark_gfm]


def section(text: str, title: str) -> str:
    """What stands under a heading of the second level."""
    return text.split(f"\n## {title}\n\n", 1)[1].split("\n## ", 1)[0].strip("\n")
