"""Wins: what went well, big and small, and who had a part in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from meetings.figures import show_value
from meetings.kinds import Unit
from meetings.measures.past import uncredited, wins_by_source
from meetings.model import Record, Win
from tui.steps.base import StepView
from tui.theme import team_style
from tui.widgets.columns import Column, plain
from tui.widgets.panel import Panel
from tui.widgets.row import Row
from tui.widgets.rows import Rows

COLUMNS = (
    Column("big", width=1),
    Column("title", "Win", flex=1, min_width=20, wrap=True, max_lines=6),
    Column("team", "Team", max_width=14, priority=1),
    Column("amount", "Amount", max_width=12, align="right", priority=2),
)


SOURCES = 4
"""Sources of wins that are named; the others are few."""


class WinsStep(StepView):
    """This meeting's wins in one list."""

    kind = "wins"
    DEFAULT_CSS = """
    WinsStep #lately { height: auto; max-height: 4; padding: 0 1; color: $quiet; }
    """

    def compose(self) -> ComposeResult:
        """The list, and quiet lines under it."""
        with Panel(title=self.step.title):
            yield Rows(typed="", id="wins")
            yield Static(id="lately")

    def show(self) -> None:
        """Fill the list; wins stay in the order in which they were named."""
        wins = list(self.meeting.wins.values())
        self.query_one(Rows).show(
            COLUMNS,
            [self._row(win) for win in wins],
            f"No wins yet. Press {self.key_of('add')} to add what went well, big or small: "
            "@ gives credit, ! makes it big.",
            header=bool(wins),
        )
        big = sum(win.big for win in wins)
        parts = [f"{len(wins)} {'win' if len(wins) == 1 else 'wins'}", *([f"{big} big"] if big else [])]
        self.query_one(Panel).show_title(figure=" · ".join(parts) if wins else "")
        lines = self._lately()
        under = self.query_one("#lately", Static)
        under.display = bool(lines)
        under.update(Content("\n").join(Content(plain(line)) for line in lines))

    def _lately(self) -> list[str]:
        """Who has had no credit lately, and where wins have come from."""
        earlier = self.earlier
        names = uncredited(earlier, self.meeting) if self.meeting.wins or earlier else []
        sources = wins_by_source(earlier, self.meeting)
        more = sum(count for _, count in sources[SOURCES:])
        named = [f"{name} {count}" for name, count in sources[:SOURCES]]
        rest = [f"other {more}"] if more else []
        return [
            *([f"No credit lately: {', '.join(names)}"] if names else []),
            *([f"Wins by source: {' · '.join([*named, *rest])}"] if named else []),
        ]

    def _row(self, win: Win) -> Row:
        head = self.meeting.head
        amount = show_value(win.amount, Unit.CURRENCY, head.currency, compact=True)
        lines = [Content.styled(win.title, "bold") if win.big else Content(win.title)]
        if win.credits:
            lines.append(Content.styled(f"Credit to {', '.join(win.credits)}", "$quiet"))
        if win.what_worked:
            lines.append(Content.styled(win.what_worked, "$quiet"))
        return Row(
            win.uid,
            {
                "big": Content.styled("★" if win.big else "·", "$brand" if win.big else "$quiet"),
                "title": Content("\n").join(lines),
                "team": Content.styled(head.team_name(win.team), team_style(win.team)),
                "amount": amount if win.amount is not None else "",
            },
        )

    def adds(self) -> tuple[type[Record], dict[str, Any]]:
        """A win."""
        return Win, {}

    def last_time(self) -> Sequence[tuple[str, str]]:
        """The wins of last time."""
        before = self.desk.previous
        wins = before.wins.values() if before is not None else ()
        return [*(("★" if win.big else "·", win.title) for win in wins), *self.note_last_time()]

    def hints(self) -> tuple[str, ...]:
        """Adding first."""
        if not self.meeting.wins:
            return ("add", "next_step", "previous_step")
        return ("add", "tick", "edit", "next_step", "form", "action_item")

    def label_of(self, action_id: str) -> str:
        """Space is for big wins here."""
        return {"add": "Win", "tick": "Big", "edit": "Edit", "form": "Everything"}.get(action_id, "")
