"""What a search in all meetings has found: where each text stands, and its words around the hit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from textual.content import Content

from meetings.dates import show_day
from meetings.store.findings import Finding, Found, excerpt
from tui.widgets.columns import Column, layout, plain
from tui.widgets.row import Row
from tui.widgets.rows import Rows

DAY, DAY_AND_YEAR = 10, 15
"""Cells of a date: the year stands beside it once there are several."""
COLUMNS = (
    Column("number", "#", width=5, align="right"),
    Column("date", "Date", width=DAY, priority=2),
    Column("kind", "What", width=18, priority=1),
    Column("text", "In these words", flex=1, min_width=34),
    Column("also", "Also", width=4, align="right", priority=3),
)
AROUND = 2
"""Cells of a list that are no column: a margin on either side."""


class Hits(Rows):
    """A list of findings."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(typed="", id=id)
        self._found: Sequence[Finding] = ()
        self._looked_for = ""

    def wait(self, words: str, progress: str = "") -> None:
        """Say how far the search is, if it takes a while; what was found before is shown until then."""
        self._looked_for = words
        if not self._found or progress:
            self._found = ()
            self.show(COLUMNS, (), f"{progress}…" if progress else "")

    def show_found(self, words: str, found: Found, today: dt.date) -> None:
        """Show them, the newest first."""
        self._looked_for, self._found = words, found.findings

        years = {each.hit.date.year for each in found.findings} | {today.year}
        wide = replace(COLUMNS[1], width=DAY_AND_YEAR if len(years) > 1 else DAY)
        columns = (COLUMNS[0], wide, *COLUMNS[2:])

        def row(each: Finding) -> Row:
            return self._row_of(each, words, today, columns)

        empty = f"Nobody has said “{plain(words)[:60]}” in any meeting."
        self.show(columns, found.findings, empty, header=bool(found.findings), build=row, key=_key)

    def _row_of(self, each: Finding, words: str, today: dt.date, columns: Sequence[Column]) -> Row:
        hit, others = each.hit, len(each.numbers) - 1
        room = {column.key: cells for column, cells in layout(columns, self.size.width - AROUND, {})}
        before, match, after = map(plain, excerpt(hit.text, words, max(room.get("text", 0), 8)))
        return Row(
            _key(each),
            {
                "number": str(hit.number),
                "date": Content.styled(show_day(hit.date, today), "$quiet"),
                "kind": Content.styled(plain(each.kind), "$quiet"),
                "text": Content.assemble(before, (match, "$brand bold"), after),
                "also": Content.styled(f"+{others}" if others else "", "$quiet"),
            },
        )

    @property
    def _finding(self) -> Finding | None:
        return self._found[self.cursor_index] if self.cursor_index < len(self._found) else None

    @property
    def number(self) -> int:
        """The meeting in which the selected text stands; 0 when there is none."""
        return self._finding.hit.number if self._finding is not None else 0

    def words_to_find(self) -> tuple[str, ...]:
        """What to go to in its minutes: the text, or where they say it otherwise, the words."""
        return (self._finding.hit.text, self._looked_for) if self._finding is not None else ()


def _key(each: Finding) -> str:
    return f"{each.hit.uid} {each.hit.field} {each.hit.number}"
