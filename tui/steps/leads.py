"""Lead feedback: the lead numbers since last time, then what each team tells the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from meetings.dates import show_day
from meetings.errors import UsageError
from meetings.figures import show_rate
from meetings.kinds import FeedbackState, Team
from meetings.measures import funnel
from meetings.model import Feedback, LeadNumbers, Record
from tui.steps import lead_table
from tui.steps.base import StepView
from tui.steps.feedback_rows import FeedbackRows
from tui.theme import team_style
from tui.widgets.bands import Bands
from tui.widgets.cell_edit import Edit
from tui.widgets.columns import plain
from tui.widgets.panel import Panel
from tui.widgets.rows import Rows

DIRECTIONS = {"from-a": (Team.A, Team.B), "from-b": (Team.B, Team.A)}
"""The lists of feedback: who gives it to whom."""


class LeadsStep(StepView):
    """Lead numbers above; feedback from one team to the other below, side by side where there is room."""

    kind = "leads"
    DEFAULT_CSS = """
    LeadsStep #doubts { height: auto; max-height: 2; padding: 0 1; color: $quiet; }
    """

    def compose(self) -> ComposeResult:
        """Three lists."""
        with Bands():
            with Panel(id="numbers-panel"):
                yield Rows(id="numbers")
                yield Static(id="doubts")
            for name in DIRECTIONS:
                with Panel(id=f"{name}-panel", classes="beside"):
                    yield FeedbackRows(typed="012345", id=name)

    def show(self) -> None:
        """Fill the lists."""
        self._show_numbers()
        for name, (giver, taker) in DIRECTIONS.items():
            self._show_feedback(name, giver, taker)
        self.query_one(Bands).fit()

    def _show_numbers(self) -> None:
        config, rows = self.desk.config, lead_table.newest(self.meeting)
        self.query_one("#numbers", Rows).show(
            lead_table.columns(config),
            [lead_table.row_of(row, config) for row in rows],
            "No lead numbers yet. Press l to type in those of a source.",
            header=bool(rows),
        )
        since = rows[0].period_start if rows else None
        title = f"Leads since {show_day(since, self.meeting.head.date)}" if since else "Leads"
        self.query_one("#numbers-panel", Panel).show_title(title, lead_table.figure(rows))
        found = lead_table.doubts(rows)
        line = self.query_one("#doubts", Static)
        line.display = bool(found)
        more = f" And {len(found) - 1} more." if len(found) > 1 else ""
        line.update(Content(plain(found[0] + more if found else "")))

    def _show_feedback(self, name: str, giver: Team, taker: Team) -> None:
        head = self.meeting.head
        feedback = [record for record in self.meeting.feedback.values() if record.from_team is giver]
        self.query_one(f"#{name}", FeedbackRows).show_feedback(
            feedback,
            f"Nothing from {head.team_name(giver)} yet. Press a to add what {head.team_name(taker)} should hear.",
        )
        title = Content.assemble(
            (plain(head.team_name(giver)), f"{team_style(giver)} bold"),
            (" → ", "$quiet"),
            (plain(head.team_name(taker)), f"{team_style(taker)} bold"),
        )
        new = sum(record.state is FeedbackState.NEW for record in feedback)
        closed = sum(record.state is FeedbackState.CLOSED for record in feedback)
        figure = (
            f"{new} without a response" if new else f"{closed} of {len(feedback)} closed" if feedback else ""
        )
        self.query_one(f"#{name}-panel", Panel).show_title(title, figure)

    # Where the focus is

    def _direction(self) -> tuple[Team, Team] | None:
        rows = self.list_in_use()
        return DIRECTIONS.get(rows.id or "") if rows is not None else None

    @property
    def _in_numbers(self) -> bool:
        rows = self.list_in_use()
        return rows is not None and rows.id == "numbers"

    # Adding

    def adds(self) -> tuple[type[Record], dict[str, Any]]:
        """Feedback from the team of the list that has the focus."""
        giver, _ = self._direction() or DIRECTIONS["from-a"]
        return Feedback, {"from_team": giver}

    def do_add(self) -> None:
        """Lead numbers in their list, else feedback."""
        if self._in_numbers:
            self.do_lead_numbers()
        else:
            self.do_feedback()

    def do_feedback(self) -> None:
        """Feedback in the direction of the list that has the focus."""
        self.meeting_screen.quick_add(*self.adds())

    def do_lead_numbers(self) -> None:
        """A form for the next source that has no numbers yet, since the last meeting."""
        start, end = lead_table.period_to_type(self.meeting, self.desk.previous)
        there = {
            row.source.casefold()
            for row in self.meeting.lead_numbers.values()
            if (row.period_start, row.period_end) == (start, end)
        }
        source = next((name for name in self.desk.config.leads.sources if name.casefold() not in there), "")
        self.meeting_screen.open_form(LeadNumbers(source=source, period_start=start, period_end=end))

    # Changing

    def do_edit(self) -> None:
        """Lead numbers have a form; feedback is edited where it stands."""
        if isinstance(self.meeting_screen.selected(), LeadNumbers):
            self.meeting_screen.do_form()
        else:
            self.meeting_screen.do_edit()

    def edits(self, record: Record) -> str:
        """Enter edits the text of feedback."""
        return "" if isinstance(record, LeadNumbers) else super().edits(record)

    def digit_field(self, record: Record) -> str:
        """Digits are the new leads of a source."""
        return "new" if isinstance(record, LeadNumbers) else ""

    def edit_of(self, record: Record, field: str, initial: str | None) -> Edit | None:
        """New leads fit a narrow field."""
        if not isinstance(record, LeadNumbers) or field != "new" or initial is None:
            return None
        screen = self.meeting_screen
        return Edit(
            field, initial, validate=lambda typed: screen.refusal_of(record, field, typed), numeric=True
        )

    def on_rows_typed(self, event: Rows.Typed) -> None:
        """1 to 5 rate feedback; 0 takes the rating away."""
        event.stop()
        found = self.meeting.find(event.key)
        if found is not None and isinstance(found[1], Feedback):
            rating = int(event.character) or None
            screen = self.meeting_screen
            screen.run_safely(lambda: self.desk.session.change(event.key, "rating", rating=rating))

    def do_respond(self) -> None:
        """Respond where the feedback stands."""
        selected, rows = self.meeting_screen.selected(), self.list_in_use()
        if not isinstance(selected, Feedback) or not isinstance(rows, FeedbackRows):
            raise UsageError("Select feedback to respond to it.")
        rows.respond(selected.uid)
        self.meeting_screen.edit_field("response")

    # Around the lists

    def last_time(self) -> Sequence[tuple[str, str]]:
        """How many leads were accepted, and what was said."""
        before = self.desk.previous
        if before is None:
            return ()
        rate = funnel.acceptance(*lead_table.newest(before))
        lines = [("Accepted", show_rate(*rate))] if rate.share is not None else []
        for record in before.feedback.values():
            if record.raised_in == before.head.number:
                lines.append((f"{before.head.team_name(record.from_team)}:", record.text))
        return [*lines, *self.note_last_time()]

    def hints(self) -> tuple[str, ...]:
        """By the list that has the focus."""
        if self._in_numbers:
            rated = ("edit",) if self.meeting.lead_numbers else ()
            return ("lead_numbers", *rated, "feedback", "next_step", "problem")
        rows = self.list_in_use()
        if rows is not None and rows.count:
            return ("respond", "add", "action_item", "tick", "next_step", "edit", "problem")
        return ("add", "lead_numbers", "next_step", "problem")

    def label_of(self, action_id: str) -> str:
        """What the keys do here."""
        if self._in_numbers and action_id in ("edit", "form"):
            return "Figures"
        return {"add": "Feedback", "tick": "Close", "edit": "Edit"}.get(action_id, "")
