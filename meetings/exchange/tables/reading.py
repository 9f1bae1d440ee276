"""Rows of a CSV file: its separator and header found, and the line of each row known."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from meetings.exchange.tables.decoding import encoding_of, mark_of, open_text, read_bytes, refuse_markup
from meetings.exchange.tables.refusals import Cancelled, ImportRefused
from meetings.text import clean

Watch = Callable[[int, int], bool]
"""Called now and then with the bytes read so far and those there are; False stops the reading."""
Likes = Callable[[Sequence[str]], int]
"""How many cells of a row are recognised as headers."""
Row = list[str]

SEPARATORS = ",;\t|"
HEADER_WITHIN = 40
"""Rows within which the header is looked for; titles and blank rows may come before it."""
TOGETHER = 256
"""Rows that are handed on at once: many enough to be quick, few enough to stay in the processor's cache."""
NEVER_CLOSED = "have a quote that is never closed"
_MENDED = 50
"""Quotes that never close, after which the file is given up."""
_SAMPLE = 1 << 18
_GLIMPSES, _GLIMPSE = 16, 1 << 14
"""Places at which a look is taken into a file, and bytes that are looked at in each."""
_END = re.compile("\r\n|\r|\n")
_SEP_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)


@dataclass(frozen=True)
class Table:
    """A CSV file with its header found. `header`: the names as they are, cleaned; `header_line` counts from 1."""

    path: Path
    data: bytes = field(repr=False)
    codec: str
    separator: str
    header: tuple[str, ...]
    header_line: int
    after: int
    """Lines before the first row below the header."""

    @property
    def name(self) -> str:
        """The file's name, as it may be shown."""
        return shown_name(self.path)

    def chunks(self, watch: Watch | None = None) -> Iterator[Chunk]:
        """The rows below the header, some at a time. Raises Cancelled when `watch` returns False."""
        skip = self.after
        for _ in range(_MENDED):
            broken = yield from self._from(skip, watch)
            if not broken:
                return
            skip = broken
        raise ImportRefused(
            f"{self.name} has too many quotes that are never closed, the last in line {skip:,}."
        )

    def glimpses(self) -> Iterator[list[Row]]:
        """Some rows from each of some places all over the file, without reading it; cut ones may be among them."""
        mark = mark_of(self.data)
        step = max(_GLIMPSE, len(self.data) // _GLIMPSES // 4 * 4)  # at a whole character, also in UTF-32
        for start in range(len(mark), len(self.data), step):
            text = open_text(mark + self.data[start : start + _GLIMPSE], self.codec).read()
            yield list(csv.reader(io.StringIO(text, newline=""), delimiter=self.separator))

    def _from(self, skip: int, watch: Watch | None) -> Generator[Chunk, None, int]:
        """The rows after so many lines. Returns the line of a row whose quote never closes, or 0."""
        raw, size = io.BytesIO(self.data), len(self.data)
        text = _after(skip, open_text(raw, self.codec))
        rows = csv.reader(text, delimiter=self.separator)
        first, held = skip + 1, list(islice(rows, TOGETHER))
        while held:
            last = rows.line_num + skip
            following = list(islice(rows, 1)) if len(held) == TOGETHER else []
            chunk = Chunk(first, last, held)
            if not following and self._open_ended(chunk):
                line = chunk.lines()[-1]
                yield Chunk(first, line - 1, held[:-1])
                yield Chunk(line, line, [], broken=True)
                return line
            yield chunk
            if watch is not None and not watch(raw.tell(), size):
                raise Cancelled(f"The import of {self.name} was cancelled; nothing was changed.")
            first, held = last + 1, following and [*following, *islice(rows, TOGETHER - 1)]
        return 0

    def _open_ended(self, chunk: Chunk) -> bool:
        """Whether the last row of the file goes over several lines because its quote is never closed."""
        within = any("\n" in cell or "\r" in cell for cell in chunk.rows[-1])
        if not within and self.data.endswith((b"\n", b"\r", b"\n\0")):
            return False  # a quote that is open would have taken the last line end into its cell
        try:
            for _ in csv.reader(
                self._from_line(chunk.lines()[-1], chunk.last), delimiter=self.separator, strict=True
            ):
                pass
        except csv.Error as error:
            return "unexpected end" in str(error)
        return False

    def _from_line(self, line: int, last: int) -> io.TextIOWrapper:
        """The text from a line on; for the last line nothing before it is looked at."""
        if line == last and not self.codec.startswith(("utf-16", "utf-32")):
            begin = max(self.data.rfind(b"\n"), self.data.rfind(b"\r")) + 1
            return open_text(self.data[begin:], self.codec)
        return _after(line - 1, open_text(self.data, self.codec))


@dataclass(frozen=True)
class Chunk:
    """Some rows, and the first and last of their lines. `broken`: instead of rows, a line that cannot be read."""

    first: int
    last: int
    rows: list[Row]
    broken: bool = False

    def lines(self) -> list[int]:
        """The line on which each row begins."""
        if self.last - self.first + 1 == len(self.rows):
            return list(range(self.first, self.last + 1))
        found, line = [], self.first
        for row in self.rows:
            found.append(line)
            line += 1 + sum(len(_END.findall(cell)) for cell in row if "\n" in cell or "\r" in cell)
        return found


def open_table(path: Path, likes: Likes) -> Table:
    """The file with its encoding, separator and header found: the header is the row that `likes` likes best.

    Raises ImportRefused when the file holds no table, OSError when it cannot be read.
    """
    name = shown_name(path)
    data = read_bytes(path, name)
    codec = encoding_of(data, name)
    csv.field_size_limit(max(csv.field_size_limit(), len(data) + 1))
    sample = open_text(data, codec).read(_SAMPLE)
    if not sample.strip('\ufeff\0 \t\r\n,;|"'):
        raise ImportRefused(f"{name} is empty.")
    refuse_markup(sample, name)
    first = next(io.StringIO(sample, newline=""), "")
    said = _SEP_LINE.fullmatch(first.strip())
    tried = (
        said[1]
        if said
        else "\t"
        if path.suffix.lower() in (".tsv", ".tab") and "\t" in sample
        else SEPARATORS
    )
    separator, index = max((_header_at(sample, each, likes) for each in tried), key=lambda found: found[0])[
        1:
    ]
    reader = csv.reader(open_text(data, codec), delimiter=separator)
    row: Row = []
    line = 0
    for _ in range(index + 1):
        line = reader.line_num + 1
        row = next(reader)
    header = tuple(clean(cell) for cell in row)
    return Table(path, data, codec, separator, header, line, reader.line_num)


def _after(skip: int, text: io.TextIOWrapper) -> io.TextIOWrapper:
    """The text after so many lines, passed over one by one: a single call for all would hold up the screen."""
    for _ in islice(text, skip):
        pass
    return text


def _header_at(sample: str, separator: str, likes: Likes) -> tuple[tuple[int, ...], str, int]:
    """How good this separator is, the separator, and which row would be the header."""
    rows = list(islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), HEADER_WITHIN + 20))
    full = [index for index, row in enumerate(rows[:HEADER_WITHIN]) if any(map(str.strip, row))]
    liked = {index: likes(rows[index]) for index in full}
    # One known name among the cells of a later row says nothing.
    liked = {index: count if count > 1 or index == full[0] else 0 for index, count in liked.items()}
    best = max(full, key=lambda index: (liked[index], -index))
    if liked[best]:
        return (1, liked[best], len(rows[best])), separator, best
    widths = [len(row) for row in rows if row]
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    best = next((index for index in full if len(rows[index]) >= usual), full[0])
    return (0, widths.count(usual) * (usual > 1), usual), separator, best


def shown_name(path: Path) -> str:
    """The file's name, short and without anything that a terminal would take for a command."""
    name = clean(path.name or str(path))
    return name if len(name) <= 60 else f"{name[:40]}…{name[-19:]}"


def short(value: str, most: int = 24) -> str:
    """A value, clean and short enough to be shown beside others."""
    words = " ".join(clean(value).split())
    return words if len(words) <= most else f"{words[: most - 1]}…"
