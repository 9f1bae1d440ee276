"""Lead feedback: the lead numbers since last time, then what each team tells the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from meetings.dates import show_day
from meetings.errors import UsageError
from meetings.figures import show_rate
from meetings.kinds import FeedbackState, Team
from meetings.measures import funnel, lead_review
from meetings.measures.lead_review import Comparison
from meetings.measures.past import loops
from meetings.meeting import AgendaStep
from meetings.model import Feedback, LeadNumbers, Problem, Record
from meetings.quickadd import escape, one_word
from tui.steps import lead_table
from tui.steps.base import StepView
from tui.steps.feedback_rows import FeedbackRows
from tui.theme import team_style
from tui.widgets.bands import Bands
from tui.widgets.cell_edit import Edit
from tui.widgets.columns import plain
from tui.widgets.panel import EDGES, Panel
from tui.widgets.rows import Rows
from tui.words.lead_sections import Subject, text
from tui.words.lead_text import ALL, miss_text, origin_texts

PANE = 29
"""Columns of text in the pane on the right, beside its scrollbar."""
DIRECTIONS = {"from-a": (Team.A, Team.B), "from-b": (Team.B, Team.A)}
"""The lists of feedback: who gives it to whom."""


class LeadsStep(StepView):
    """Lead numbers above; feedback from one team to the other below, side by side where there is room."""

    kind = "leads"
    DEFAULT_CSS = """
    LeadsStep #doubts { height: auto; max-height: 2; padding: 0 1; color: $quiet; }
    """

    def __init__(self, step: AgendaStep) -> None:
        super().__init__(step)
        self._found = Comparison()
        """The lead numbers that are shown."""
        self._shown: tuple[object, object] | None = None
        """What they were made of."""

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
        """Show the numbers; an edit of something else leaves them as they are."""
        shown = (self.meeting.lead_numbers, self.desk.previous)
        if self._shown is not None and all(
            one is other for one, other in zip(shown, self._shown, strict=True)
        ):
            return
        self._shown, config = shown, self.desk.config
        self._found = lead_table.compared(self.meeting, self.desk.previous)
        rows = self._found.rows
        self.query_one("#numbers", Rows).show(
            lead_table.columns(config),
            lead_table.rows_of(self._found, config),
            f"No lead numbers yet. Press {self.key_of('import_leads')} to read a CRM's file, "
            f"or {self.key_of('add')} to type in those of a source.",
            header=bool(rows),
        )
        self._show_title()
        found = lead_table.doubts(rows)
        line = self.query_one("#doubts", Static)
        line.display = bool(found)
        more = f" And {len(found) - 1} more." if len(found) > 1 else ""
        line.update(Content(plain(found[0] + more if found else "")))

    def _show_title(self) -> None:
        """The period, and where the figures came from: at length where there is room."""
        rows, base = self._found.rows, self.meeting.head.date
        since = rows[0].period_start if rows else None
        title = f"Leads since {show_day(since, base)}" if since else "Leads"
        panel = self.query_one("#numbers-panel", Panel)
        room = panel.outer_size.width - EDGES - len(title) - 3
        figure = next((words for words in origin_texts(rows, self.meeting) if len(words) <= room), "")
        panel.show_title(title, figure)

    def on_resize(self) -> None:
        """More or less room for the title."""
        if self.ready:
            self._show_title()

    def _show_feedback(self, name: str, giver: Team, taker: Team) -> None:
        head, key = self.meeting.head, self.key_of("feedback")
        feedback = [record for record in self.meeting.feedback.values() if record.from_team is giver]
        self.query_one(f"#{name}", FeedbackRows).show_feedback(
            feedback,
            f"Nothing from {head.team_name(giver)} yet. "
            + (
                f"Press {key} to add what {head.team_name(taker)} should hear."
                if giver is Team.A
                else f"Press {key} and end the line with #{one_word(head.team_name(giver))}, "
                f"or press {key} here."
            ),
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
        self.query_one(f"#{name}", FeedbackRows).show_loop(loops(self.earlier, self.meeting)[giver])

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

    def do_problem(self) -> None:
        """A problem; on a row of lead numbers that missed what is agreed it begins with the miss."""
        subject = self._subject()
        worst = lead_review.worst(subject.promises) if subject else None
        if subject is None or worst is None:
            self.meeting_screen.do_problem()
        else:
            words = miss_text(subject.title, worst, self.desk.config)
            self.meeting_screen.quick_add(Problem, {}, escape(words))

    # Looking closer

    def _subjects(self) -> list[Subject]:
        """What the rows of the list show: every source, then all of them."""
        found, about = self._found, (self.meeting, self.desk.config)
        each = [Subject(row.source, (row,), found.before_of(row), *about) for row in found.rows]
        if len(each) > 1:
            each.append(Subject(ALL, found.rows, found.before, *about, all_sources=True))
        elif each:
            each = [replace(each[0], all_sources=True)]
        return each

    def _subject(self) -> Subject | None:
        """What the row under the cursor shows."""
        rows, subjects = self.list_in_use(), self._subjects()
        if rows is None or rows.id != "numbers" or not subjects:
            return None
        return subjects[min(rows.cursor_index, len(subjects) - 1)]

    def about(self) -> Sequence[Content] | None:
        """The figures of the selected source."""
        subject = self._subject()
        return text(subject, PANE) if subject else None

    def _show_figures(self) -> None:
        from tui.dialogs.lead_figures import LeadFigures

        rows = self.query_one("#numbers", Rows)
        self.app.push_screen(LeadFigures(self._subjects(), rows.cursor_index), self._looked)

    def _looked(self, answer: tuple[str, int] | None) -> None:
        """Go on with the source that was looked at last."""
        what, at = answer or ("", 0)
        self.query_one("#numbers", Rows).move_to(at)
        if what:
            self.meeting_screen.act(what)

    # Changing

    def do_edit(self) -> None:
        """A closer look at lead numbers; feedback is edited where it stands."""
        if self._subject():
            self._show_figures()
        else:
            self.meeting_screen.do_edit()

    def do_form(self) -> None:
        """Everything about the row; the total of all sources is made of the rows above it."""
        rows = self.list_in_use()
        if rows is not None and rows.cursor_key == lead_table.TOTAL:
            raise UsageError("This row adds up the sources above it; select one of them.")
        self.meeting_screen.do_form()

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
            there = ("edit", "form") if self.meeting.lead_numbers else ()
            return ("import_leads", *there, "add", "problem", "feedback", "next_step")
        rows = self.list_in_use()
        if rows is not None and rows.count:
            return ("respond", "add", "action_item", "tick", "next_step", "edit", "problem")
        return ("add", "import_leads", "next_step", "problem")

    def label_of(self, action_id: str) -> str:
        """What the keys do here."""
        if self._in_numbers:
            return {"edit": "Details", "form": "Edit", "add": "Type in"}.get(action_id, "")
        return {"add": "Feedback", "tick": "Close", "edit": "Edit"}.get(action_id, "")
