"""One row of a list: what it holds, and how it becomes the lines that a terminal shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content, Span
from textual.strip import Strip
from textual.style import Style

from tui.widgets.columns import ELLIPSIS, Column, cut, plain, wrap

Cell = str | Content
"""Plain text, which is never read as markup, or styled content (`Content.styled(name, team_style(team))`)."""

CURSOR_MARK = "▌"
Layout = Sequence[tuple[Column, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its key (a record's uid): its cells by their columns' keys; a missing one is blank.

    `dim` writes the row quietly (done, dropped); `marker` is one sign in the margin, where the cursor's
    mark goes. `heading` stands on a line of its own above the row, which begins a group; the cursor is never on it.
    """

    key: str
    cells: Mapping[str, Cell]
    dim: bool = False
    marker: str = ""
    heading: str = ""


def text_of(cell: Cell) -> str:
    """The text of a cell without its styles."""
    return cell if isinstance(cell, str) else cell.plain


def looks(row: Row) -> tuple[object, ...]:
    """All that the row shows, with its styles: texts with other styles count as equal for the library."""
    cells = [
        (name, cell) if isinstance(cell, str) else (name, cell.plain, cell.spans)
        for name, cell in row.cells.items()
    ]
    return (row.key, row.dim, row.marker, row.heading, cells)


def height_of(row: Row, layout: Layout) -> int:
    """How many lines the row takes: as many as its longest wrapping cell, and one for its heading."""
    wrapping = ((column, width) for column, width in layout if column.wrap)
    return lines_above(row) + max(
        (len(wrap(text_of(row.cells.get(c.key, "")), width, c.max_lines)) for c, width in wrapping),
        default=1,
    )


def lines_above(row: Row) -> int:
    """How many lines of its heading stand above the row's cells."""
    return 1 if row.heading else 0


def blanked(row: Row, layout: Layout, key: str) -> Row:
    """The row, as high as before, without the text of that cell; without any when its column is not shown."""
    hidden = [(column, width) for column, width in layout if column.key == key] or layout
    cells = dict(row.cells)
    for column, width in hidden:
        lines = len(wrap(text_of(cells.get(column.key, "")), width, column.max_lines)) if column.wrap else 0
        cells[column.key] = "\n" * lines
    return replace(row, cells=cells)


def paint(row: Row, layout: Layout, width: int, style: Style, mark: tuple[str, Style]) -> list[Strip]:
    """Draw the row's lines, each `width` cells: margin, cells with a blank between, and a blank at the end.

    `style` is what the whole row stands on and is written in; `mark` is the sign in the margin and its style.
    """
    columns = [_cell_lines(row.cells.get(column.key, ""), column, width) for column, width in layout]
    strips: list[Strip] = []
    blank = Content("")
    sign, sign_style = mark
    for lines in zip_longest(*columns, fillvalue=blank) if columns else [()]:
        segments = [Segment(sign, sign_style.rich_style)]
        for at, (line, (column, cells)) in enumerate(zip(lines, layout, strict=True)):
            if at:
                segments.append(Segment(" ", style.rich_style))
            missing = Segment(" " * (cells - line.cell_length), style.rich_style)
            drawn = line.render_segments(style)
            segments += [missing, *drawn] if column.align == "right" else [*drawn, missing]
        strips.append(Strip(Segment.simplify(segments)).adjust_cell_length(width, style.rich_style))
    return strips


def _cell_lines(cell: Cell, column: Column, width: int) -> list[Content]:
    """The cell's lines, cut or wrapped to `width` cells, with the styles they had."""
    text = text_of(cell)
    lines = wrap(text, width, column.max_lines) if column.wrap else [cut(plain(text), width)]
    spans = cell.spans if isinstance(cell, Content) else ()
    if not spans:
        return [Content(line, cell_length=cell_len(line)) for line in lines]
    one_line = plain(text)
    shown, start = [], 0
    for line in lines:
        begin = max(start, one_line.find(line.removesuffix(ELLIPSIS), start))
        start = begin + len(line)
        shown.append(Content(line, _clip(spans, begin, start), cell_len(line)))
    return shown


def _clip(spans: Sequence[Span], begin: int, end: int) -> list[Span]:
    """The parts of `spans` between two places of the text, counted from the first of them."""
    return [
        Span(max(span.start, begin) - begin, min(span.end, end) - begin, span.style)
        for span in spans
        if span.start < end and span.end > begin
    ]
