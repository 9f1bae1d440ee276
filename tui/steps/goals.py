"""Goal review: this week's reading of every shared goal, typed down the column, its pace and status beside it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.content import Content

from meetings.errors import UsageError
from meetings.figures import parse_value, show_value
from meetings.flow import states
from meetings.kinds import GoalState, Status, Unit
from meetings.measures import pace
from meetings.model import Goal, Record
from tui.goal_text import target_text
from tui.steps.base import StepView
from tui.theme import status_style, status_symbol, team_style
from tui.widgets.cell_edit import Edit
from tui.widgets.columns import Column
from tui.widgets.panel import Panel
from tui.widgets.row import Row
from tui.widgets.rows import Rows
from tui.widgets.sparkline import sparkline

STATUS_WORDS = {
    Status.ON_TRACK: "on track",
    Status.AT_RISK: "at risk",
    Status.OFF_TRACK: "off track",
    Status.DONE: "done",
    Status.UNKNOWN: "without a reading",
}

COLUMNS = (
    Column("status", width=1),
    Column("title", "Goal", flex=1, min_width=14, wrap=True, max_lines=2),
    Column("agreed", width=1, priority=6),
    Column("team", "Team", max_width=12, priority=3),
    Column("reading", "Reading", min_width=8, max_width=12, align="right"),
    Column("target", "Target", max_width=12, align="right", priority=2),
    Column("pace", "Pace", max_width=10, align="right", priority=4),
    Column("weeks", "13 w", width=13, priority=5),
)


class GoalsStep(StepView):
    """All open goals in one list."""

    kind = "goals"

    def compose(self) -> ComposeResult:
        """One list."""
        with Panel(title=self.step.title, id="goals-panel"):
            yield Rows(typed="0123456789-+€$", id="goals")

    def show(self) -> None:
        """Fill the list; off-track goals stand where they are, in the teams' own order."""
        goals = [goal for goal in self.meeting.goals.values() if goal.state is not GoalState.DROPPED]
        self.query_one(Rows).show(
            COLUMNS,
            [self._row(goal) for goal in goals],
            "No goals yet. Press a to add the first one: what both teams want, by when.",
            header=bool(goals),
        )
        counts = Counter(self._measure(goal).status for goal in goals)
        parts: list[str | tuple[str, str]] = []
        for status in STATUS_WORDS:
            if counts[status]:
                sign = (status_symbol(status), status_style(status))
                parts += ["  " if parts else "", sign, f" {counts[status]}"]
        self.query_one(Panel).show_title(figure=Content.assemble(*parts))

    def _measure(self, goal: Goal) -> pace.Pace:
        return pace.measure(goal, self.meeting.head.date, self.desk.config.goals.risk_margin)

    def _row(self, goal: Goal) -> Row:
        found = self._measure(goal)
        head = self.meeting.head
        fresh = pace.has_reading_for(goal, head.date, self._previous_date())
        value = found.reading.value if found.reading else None
        reading = show_value(value, goal.unit, head.currency, compact=True) if found.reading else "—"
        return Row(
            goal.uid,
            {
                "status": Content.styled(status_symbol(found.status), status_style(found.status)),
                "title": Content.assemble(goal.title, (f"  {goal.note}" if goal.note else "", "$quiet")),
                "agreed": Content.styled("✓" if goal.agreed else "", "$done"),
                "team": Content.styled(head.team_name(goal.team), team_style(goal.team)),
                "reading": Content.styled(reading, "$ink bold" if fresh else "$quiet"),
                "target": target_text(goal, head.currency),
                "pace": _signed(found.pace, goal, head.currency),
                "weeks": Content.styled(sparkline(pace.last_values(goal)), status_style(found.status)),
            },
            dim=goal.state is GoalState.DONE,
        )

    def _previous_date(self) -> dt.date | None:
        before = self.desk.previous
        return before.head.date if before is not None else None

    def adds(self) -> tuple[type[Record], dict[str, Any]]:
        """A goal."""
        return Goal, {}

    def edits(self, record: Record) -> str:
        """Enter edits the reading."""
        return "reading"

    def digit_field(self, record: Record) -> str:
        """Digits are this week's reading."""
        return "reading"

    def edit_of(self, record: Record, field: str, initial: str | None) -> Edit | None:
        """A reading is typed as people write it, in the goal's unit."""
        if not isinstance(record, Goal) or field != "reading":
            return None

        def refuse(typed: str) -> str | None:
            try:
                if typed.strip():
                    parse_value(typed, record.unit, start=record.start)
            except UsageError as error:
                return error.message
            return None

        today = [reading for reading in record.readings if reading.date == self.meeting.head.date]
        text = show_value(today[0].value, record.unit, self.meeting.head.currency) if today else ""
        return Edit("reading", text if initial is None else initial, validate=refuse, numeric=True)

    def edited(self, record: Record, column: str, text: str) -> bool:
        """A reading is put down for the meeting's date; an empty one is taken away. On to the next goal."""
        if not isinstance(record, Goal) or column != "reading":
            return False
        day = self.meeting.head.date
        if text.strip():
            changed = states.with_reading(record, day, parse_value(text, record.unit, start=record.start))
        else:
            changed = states.without_reading(record, day)
        self.desk.session.change(record.uid, f"reading of “{record.title}”", **changed)
        rows = self.query_one(Rows)
        if rows.cursor_key == record.uid:
            rows.move_to(min(rows.cursor_index + 1, rows.count - 1))
        return True

    def last_time(self) -> Sequence[tuple[str, str]]:
        """Last time's note and reading of the selected goal."""
        selected, before = self.meeting_screen.selected(), self.desk.previous
        old = before.goals.get(selected.uid) if before is not None and selected is not None else None
        if old is None:
            return ()
        lines = [("Note", old.note)] if old.note else []
        last = pace.latest(old, before.head.date) if before is not None else None
        if last is not None:
            lines.insert(0, ("Reading", show_value(last.value, old.unit, self.meeting.head.currency)))
        lines.append(("Status", STATUS_WORDS[old.status]))
        return lines

    def hints(self) -> tuple[str, ...]:
        """Readings first."""
        if not self.meeting.goals:
            return ("add", "next_step")
        return ("edit", "add", "form", "problem", "action_item", "next_step")

    def label_of(self, action_id: str) -> str:
        """Enter is the reading here."""
        return {"edit": "Reading", "add": "Goal", "form": "Everything"}.get(action_id, "")


def _signed(value: float | None, goal: Goal, currency: str) -> str:
    """The pace with its sign; positive is good."""
    if value is None or goal.unit is Unit.YES_NO:
        return ""
    text = show_value(abs(value), goal.unit, currency, compact=True)
    return f"+{text}" if value >= 0 else f"−{text}"
