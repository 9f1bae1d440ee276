"""How wide the columns of a list are, and how text is cut, padded and wrapped to terminal cells.

Pure: it knows text and numbers, no widgets. A cell is one place of the terminal's grid; East Asian characters
and emoji take two, combining signs and joiners none (rich's tables, which Textual itself draws by).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, split_graphemes

ELLIPSIS = "…"
MARK_LIMIT = 8
"""Characters looked at for each cell of width: a cell with more combining signs than that is cut."""

_SPACES = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029), " ")
_MARKS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\u200e")
_HALVES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_ONE_LINE = str.maketrans({**_SPACES, **_MARKS, **_HALVES})
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_DRAWN_AS_ONE = re.compile(
    f"[\ufe0f\U000e0020-\U000e007f]|\u200d(?=[{_EMOJI}])|(?<=[{_EMOJI}\ufe0f])[\U0001f3fb-\U0001f3ff]"
)
"""What makes one picture of several emoji, or another of one. Terminals do not agree how wide that is, so that what
follows would stand elsewhere than the columns do."""

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_WITHIN = re.compile(
    rf" (?:(?<=\d )(?=(?:%|[kM]|h|min|d|s|{_MONTHS})(?![^\W_]))"
    rf"|(?=\d)(?<=\b(?:{_MONTHS}|Mon|Tue|Wed|Thu|Fri|Sat|Sun) ))"
)
"""The blank between a figure and its unit, and those in a date."""
_PERHAPS = re.compile(r"\d|\xa0")
"""Without any of these, as most texts are, nothing is joined."""
_JOINTS = {" ": "\ufdd1", "\xa0": "\ufdd2"}
"""Stand for blanks at which no line is broken, those that say so themselves too; no text has them, for they are no
characters."""
_JOINED = re.compile("[^ \ufdd1\ufdd2]*[\ufdd1\ufdd2][^ ]*")
_APART = str.maketrans({sign: blank for blank, sign in _JOINTS.items()})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    Fixed when `width` is set, a share of what is left when `flex` is, else as wide as its content (up to
    `max_width`). All widths are in cells. Columns with a higher `priority` leave first when there is little
    room; those with 0 never leave. A column that wraps makes its row up to `max_lines` lines high.
    """

    key: str
    title: str = ""
    width: int | None = None
    flex: int = 0
    min_width: int = 0
    max_width: int = 28
    align: Literal["left", "right"] = "left"
    priority: int = 0
    wrap: bool = False
    max_lines: int = 3

    def wanted(self, content: int) -> int:
        """The cells this column needs before room is shared out; `content` is its widest cell."""
        if self.width is not None:
            return self.width
        if self.flex:
            return self.min_width or 8
        return max(self.min_width, min(self.max_width, max(content, width_of(self.title))))


def layout(columns: Sequence[Column], available: int, content: Mapping[str, int]) -> list[tuple[Column, int]]:
    """Choose the columns that fit into `available` cells, one blank between two, and their widths.

    `content` holds the widest cell of each column by its key. Columns leave by priority until the rest fits;
    if even those that never leave are too wide, the widest of them gives way, cell by cell.
    """
    chosen = list(columns)
    wanted = {column.key: column.wanted(content.get(column.key, 0)) for column in columns}

    def total() -> int:
        return sum(wanted[column.key] for column in chosen) + max(0, len(chosen) - 1)

    while total() > available:
        last = max(range(len(chosen)), key=lambda at: (chosen[at].priority, at), default=0)
        if not chosen or chosen[last].priority == 0:
            break
        del chosen[last]
    while total() > available:
        widest = max(chosen, key=lambda column: wanted[column.key])
        if wanted[widest.key] <= 1:
            break
        wanted[widest.key] -= 1
    _share(chosen, wanted, available - total())
    return [(column, wanted[column.key]) for column in chosen]


def _share(chosen: Sequence[Column], wanted: dict[str, int], spare: int) -> None:
    """Hand the spare cells to the flexible columns, by weight."""
    weight = sum(column.flex for column in chosen)
    for column in chosen:
        if column.flex and spare > 0:
            part = spare * column.flex // weight
            wanted[column.key] += part
            spare -= part
            weight -= column.flex


def plain(text: str) -> str:
    """`text` on one line: line breaks and control characters as blanks, character for character.

    Signs that turn the writing direction become a mark without effect, so that no row is shown backwards; so do those
    that join emoji or give them another look: each stands for itself, as wide as every terminal has it.
    """
    if text.isascii():
        return text if text.isprintable() else text.translate(_ONE_LINE)
    return _DRAWN_AS_ONE.sub("\u200e", text.translate(_ONE_LINE))


def width_of(text: str) -> int:
    """The cells that `text` takes on one line."""
    return cell_len(plain(text))


def cut(text: str, width: int) -> str:
    """The longest beginning of one-line `text` within `width` cells, ending in `…` when something is missing.

    >>> cut("Qualified pipeline", 10)
    'Qualified…'
    """
    if width <= 0:
        return ""
    limit = width * MARK_LIMIT + MARK_LIMIT
    head = text[:limit]
    if len(head) == len(text) and cell_len(head) <= width:
        return head
    end = used = 0
    for _, stop, size in split_graphemes(head)[0]:
        if used + size > width - 1:
            break
        end, used = stop, used + size
    return head[:end] + ELLIPSIS


def fit(text: str, width: int, align: Literal["left", "right"] = "left") -> str:
    """`text` on one line in exactly `width` cells: cut with `…` or padded with blanks."""
    shown = cut(plain(text), width)
    blanks = " " * (width - cell_len(shown))
    return blanks + shown if align == "right" else shown + blanks


def together(text: str) -> str:
    """`text` so that it stays on one line where there is room for it: with no-break spaces, see `joined`."""
    return text.replace(" ", "\xa0")


def joined(text: str, width: int) -> str:
    """One-line `text` with other signs for the blanks at which no line may be broken, character for character: between
    a figure and its unit, in a date, and for no-break spaces. What is wider than `width` so is left as it is.

    `apart` has the blanks again.
    """
    if _PERHAPS.search(text) is None or any(sign in text for sign in _JOINTS.values()):
        return text
    marked = _WITHIN.sub(_JOINTS[" "], text).replace("\xa0", _JOINTS["\xa0"])
    return _JOINED.sub(lambda run: run[0] if cell_len(run[0]) <= width else apart(run[0]), marked)


def apart(text: str) -> str:
    """What `joined` has joined, with its blanks."""
    return text.translate(_APART)


def wrap(text: str, width: int, max_lines: int) -> list[str]:
    """Break `text` into at most `max_lines` lines of `width` cells, not padded: by words, and by cells where
    a word is too long; not within `9 %` or a date. Its own line breaks hold. The last line ends in `…` when
    something is missing.

    >>> wrap("Narrow the audience to job titles", 12, 2)
    ['Narrow the', 'audience to…']
    """
    if width <= 0:
        return [""]
    lines: list[str] = []
    for part in text[: width * MARK_LIMIT * max_lines + MARK_LIMIT].splitlines() or [""]:
        line, begin = plain(part), len(lines)
        marked = joined(line, width) if cell_len(line) > width else line
        _wrap_line(marked, width, max_lines + 1, lines)
        if marked != line:
            lines[begin:] = map(apart, lines[begin:])
        if len(lines) > max_lines:
            break
    shown = lines[:max_lines]
    if len(lines) > max_lines or len(text) > width * MARK_LIMIT * max_lines + MARK_LIMIT:
        last = shown[-1]
        while cell_len(last) > width - 1:
            last = last[:-1]
        shown[-1] = last.rstrip() + ELLIPSIS
    return shown


def _wrap_line(text: str, width: int, stop: int, lines: list[str]) -> None:
    """Append the lines of one paragraph to `lines`, until there are `stop` of them."""
    line, used = "", 0
    for word in text.split(" "):
        size = cell_len(word)
        if line and used + 1 + size <= width:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if line:
            lines.append(line)
        line, used = "", 0
        if size <= width:
            line, used = word, size
        else:
            start = 0
            for begin, _, cells in split_graphemes(word)[0]:
                if used + cells > width and begin > start:
                    lines.append(word[start:begin])
                    start, used = begin, 0
                    if len(lines) >= stop:
                        return
                used += cells
            line = word[start:]
        if len(lines) >= stop:
            return
    lines.append(line)
