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
from meetings.kinds import GoalState, Horizon, Status, Unit
from meetings.measures import pace
from meetings.model import Goal, Record
from tui.steps.base import StepView
from tui.theme import status_style, status_symbol, team_style
from tui.widgets.cell_edit import Edit
from tui.widgets.columns import Column
from tui.widgets.panel import Panel
from tui.widgets.row import Row
from tui.widgets.rows import Rows
from tui.widgets.sparkline import dense_sparkline
from tui.words.goal_text import STATUS_WORDS, pace_text, pace_words, target_text

COLUMNS = (
    Column("status", width=1),
    Column("title", "Goal", flex=1, min_width=14, wrap=True, max_lines=3),
    Column("agreed", width=1, priority=6),
    Column("team", "Team", max_width=12, priority=3),
    Column("reading", "Reading", min_width=7, max_width=12, align="right"),
    Column("target", "Target", max_width=12, align="right", priority=2),
    Column("pace", "Pace", max_width=10, align="right", priority=4),
    Column("weeks", "13 w", width=7, priority=5),
)

BY_HAND = {Status.ON_TRACK: "o", Status.AT_RISK: "r", Status.OFF_TRACK: "f"}
"""What a person can say in place of the readings, by its letter."""

EXAMPLES = {
    Unit.NUMBER: "84 or 30k",
    Unit.PERCENT: "27 %",
    Unit.CURRENCY: "412k",
    Unit.DURATION: "45 min",
}
"""What a first reading may look like."""

HORIZONS = {
    Horizon.QUARTER: "This quarter",
    Horizon.YEAR: "This year",
    Horizon.LONG_TERM: "Long term",
}
"""The groups that the goals stand in, in their order."""


class GoalsStep(StepView):
    """All goals that are pursued in one list, by their horizon where there is more than one."""

    kind = "goals"

    def compose(self) -> ComposeResult:
        """One list."""
        with Panel(title=self.step.title, id="goals-panel"):
            sign = self.meeting.head.currency[:1]
            yield Rows(typed=f"0123456789-+€$£{'' if sign.isalpha() else sign}", id="goals")

    def show(self) -> None:
        """Fill the list; off-track goals stand where they are, in the teams' own order."""
        goals = self._goals()
        self.query_one(Rows).show(
            COLUMNS,
            [self._row(goal, heading) for goal, heading in zip(goals, _headings(goals), strict=True)],
            f"No goals yet. Press {self.key_of('add')} to add the first one: what both teams want, by when.",
            header=bool(goals),
        )
        counts = Counter(self._measure(goal).status for goal in goals)
        parts: list[str | tuple[str, str]] = []
        for status in STATUS_WORDS:
            if counts[status]:
                sign = (status_symbol(status), status_style(status))
                parts += ["  " if parts else "", sign, f" {counts[status]}"]
        self.query_one(Panel).show_title(figure=Content.assemble(*parts))

    def _goals(self) -> list[Goal]:
        """The goals as they are shown."""
        order = list(HORIZONS)
        goals = [goal for goal in self.meeting.goals.values() if goal.state is not GoalState.DROPPED]
        return sorted(goals, key=lambda goal: order.index(goal.horizon))

    def _measure(self, goal: Goal) -> pace.Pace:
        return pace.measure(goal, self.meeting.head.date, self.desk.config.goals.risk_margin)

    def _row(self, goal: Goal, heading: str) -> Row:
        found = self._measure(goal)
        head = self.meeting.head
        fresh = pace.has_reading_for(goal, head.date, self._previous_date())
        value = found.reading.value if found.reading else None
        reading = show_value(value, goal.unit, head.currency, compact=True) if found.reading else "—"
        return Row(
            goal.uid,
            {
                "status": Content.styled(status_symbol(found.status), status_style(found.status)),
                "title": Content.assemble(goal.title, (_remark(goal, found), "$quiet")),
                "agreed": Content.styled("✓" if goal.agreed else "", "$done"),
                "team": Content.styled(head.team_name(goal.team), team_style(goal.team)),
                "reading": Content.styled(reading, "$ink bold" if fresh else "$quiet"),
                "target": target_text(goal, head.currency),
                "pace": pace_text(found.pace, goal),
                "weeks": Content.styled(
                    dense_sparkline(pace.last_values(goal, today=head.date)), status_style(found.status)
                ),
            },
            dim=goal.state is GoalState.DONE,
            heading=heading,
        )

    def _previous_date(self) -> dt.date | None:
        before = self.desk.previous
        return before.head.date if before is not None else None

    def adds(self) -> tuple[type[Record], dict[str, Any]]:
        """A goal, which begins today unless its form says otherwise."""
        return Goal, {"start_date": self.meeting.head.date}

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
        last = pace.latest(record, self.meeting.head.date)
        was = show_value(last.value, record.unit, self.meeting.head.currency, compact=True) if last else ""
        hint = "yes or no" if record.unit is Unit.YES_NO else f"was {was}" if was else EXAMPLES[record.unit]
        return Edit(
            "reading", text if initial is None else initial, validate=refuse, placeholder=hint, numeric=True
        )

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

    def do_respond(self) -> None:
        """Set the status of the selected goal by hand, with a note that says why; or let it be computed again."""
        goal = self._selected()
        if goal.state is GoalState.DONE:
            raise UsageError("This goal is done. Its form (e) can open it again.")
        from tui.dialogs.choice import Choice

        found = self._measure(goal)
        computed = ", ".join(
            filter(None, (_status(found.computed), pace_words(found, goal, self.meeting.head.currency)))
        )
        options = [(status.value, letter, _status(status)) for status, letter in BY_HAND.items()]
        self.app.push_screen(
            Choice(
                "How does this goal stand?",
                f"{goal.title}\nBy its readings: {computed}",
                [("", "c", "as its readings say"), *options],
            ),
            lambda answer: self._overrule(goal, answer),
        )

    def _overrule(self, goal: Goal, answer: str | None) -> None:
        """Ask why, and set the status; an empty answer lets the readings say it again."""
        screen = self.meeting_screen
        if answer is None:
            return
        label = f"status of “{goal.title}”"
        if not answer:
            screen.run_safely(lambda: self.desk.session.change(goal.uid, label, overruled=None))
            return
        from tui.dialogs.prompt import Prompt

        status = Status(answer)
        self.app.push_screen(
            Prompt(
                f"Why is it {STATUS_WORDS[status]}?",
                detail=goal.title,
                placeholder="a few words for the minutes",
                initial=goal.note,
                required=True,
            ),
            lambda note: (
                screen.run_safely(
                    lambda: self.desk.session.change(goal.uid, label, overruled=status, note=note)
                )
                if note
                else None
            ),
        )

    def _selected(self) -> Goal:
        """The selected goal. Raises UsageError when there is none."""
        record = self.meeting_screen.need_selected()
        if not isinstance(record, Goal):
            raise UsageError("Select a goal first.")
        return record

    def do_move_down(self) -> None:
        """Move the goal down among those of its horizon."""
        self._stay_in_group(1)
        self.meeting_screen.do_move_down()

    def do_move_up(self) -> None:
        """Move the goal up among those of its horizon."""
        self._stay_in_group(-1)
        self.meeting_screen.do_move_up()

    def _stay_in_group(self, by: int) -> None:
        goals = self._goals()
        at = goals.index(self._selected())
        if 0 <= at + by < len(goals) and goals[at + by].horizon is not goals[at].horizon:
            end = "last" if by > 0 else "first"
            raise UsageError(f"This is the {end} goal of its horizon, which its form (e) can change.")

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
        selected = self.meeting_screen.selected()
        if (
            isinstance(selected, Goal) and self._measure(selected).status is Status.UNKNOWN
        ):  # something is missing
            return ("edit", "form", "add", "details", "problem", "respond", "action_item", "next_step")
        return ("edit", "add", "problem", "details", "respond", "form", "action_item", "next_step")

    def label_of(self, action_id: str) -> str:
        """Enter is the reading here, `r` the status."""
        return {"edit": "Reading", "add": "Goal", "form": "Everything", "respond": "Status"}.get(
            action_id, ""
        )


def _status(status: Status) -> str:
    return f"{status_symbol(status)} {STATUS_WORDS[status]}"


def _remark(goal: Goal, found: pace.Pace) -> str:
    """The note behind the title, and whether it explains a status that was set by hand."""
    if not goal.note:
        return ""
    return f"  set by hand: {goal.note}" if found.by_hand else f"  {goal.note}"


def _headings(goals: Sequence[Goal]) -> list[str]:
    """The heading above each goal: that of its horizon where it is the first of several horizons, else none."""
    if len({goal.horizon for goal in goals}) < 2:
        return [""] * len(goals)
    before: list[Horizon | None] = [None, *(goal.horizon for goal in goals[:-1])]
    return [
        HORIZONS[goal.horizon] if goal.horizon is not last else ""
        for goal, last in zip(goals, before, strict=True)
    ]
