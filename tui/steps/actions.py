"""Action items: old promises first, then the parked problems one by one, then what is new and what was decided."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from meetings.errors import UsageError
from meetings.kinds import ItemState, ProblemState
from meetings.measures import accountability
from meetings.meeting import Meeting
from meetings.model import ActionItem, Decision, Problem, Record
from tui.steps.base import StepView
from tui.steps.outcomes import (
    LINE,
    PROBLEM_COLUMNS,
    Room,
    decision_columns,
    decision_row,
    due_of,
    item_columns,
    item_row,
    line_edit,
    problem_row,
    room_in,
    take_line,
)
from tui.widgets.bands import Bands
from tui.widgets.cell_edit import Edit
from tui.widgets.panel import Panel
from tui.widgets.rows import Rows

WAYS_ON = (
    ("now", "d", "do it now: due today"),
    ("rescope", "r", "rescope it: say what can be done instead"),
    ("hand", "h", "hand it over: choose the owner"),
    ("drop", "x", "drop it, with a reason"),
)
"""What can become of a promise that has come back too often."""


class ActionsStep(StepView):
    """Promised, parked problems, new today, and, once there are any, the decisions of this meeting."""

    kind = "actions"

    def compose(self) -> ComposeResult:
        """The lists, one above the other."""
        yield Bands(
            Panel(Rows(typed="", id="promised"), title="Promised", id="promised-panel", classes="grows"),
            Panel(Rows(id="problems"), id="problems-panel"),
            Panel(Rows(typed="", id="new"), title="New today", id="new-panel"),
            Panel(Rows(typed="", id="decided"), title="Decided", id="decided-panel"),
        )

    def on_resize(self, event: events.Resize) -> None:
        """Say more or less of each item."""
        if self.is_mounted:
            self.show()

    def show(self) -> None:
        """Fill the lists; every row stays where it is when it is done."""
        meeting = self.meeting
        room = room_in(self.size.width - 2)
        self._show_items("promised", accountability.promised(meeting), room, self._when_nothing_promised())
        self._show_items(
            "new",
            accountability.new_items(meeting),
            room,
            f"Nothing new yet. Press {self.key_of('action_item')} for an action item "
            "that comes from the selected row.",
        )
        self._show_problems()
        self._show_decisions(room)
        self._show_figures()
        promised = bool(self.query_one("#promised", Rows).count)
        self._panel("promised").set_class(promised, "grows")
        self._panel("new").set_class(not promised, "grows")
        self.query_one(Bands).fit()

    def _show_items(self, name: str, items: Sequence[ActionItem], room: Room, empty: str) -> None:
        limit = self.desk.config.items.carry_limit
        rows = [item_row(item, self.meeting, limit, room) for item in items]
        self.query_one(f"#{name}", Rows).show(item_columns(room), rows, empty)

    def _when_nothing_promised(self) -> str:
        first = "yet: this is the first meeting" if self.desk.previous is None else "are open"
        return f"No promises {first}. Press {self.key_of('action_item')} to add one."

    def _show_problems(self) -> None:
        self.query_one("#problems", Rows).show(
            PROBLEM_COLUMNS,
            [problem_row(problem, self.meeting) for problem in self.meeting.problems.values()],
            f"No problem is parked. Press {self.key_of('problem')} to park one, from any step.",
        )

    def _show_decisions(self, room: Room) -> None:
        decisions = self._decisions()
        rows = [decision_row(decision, self.meeting, room) for decision in decisions]
        self.query_one("#decided", Rows).show(decision_columns(room), rows)
        self.query_one("#decided-panel").display = bool(decisions)

    def _decisions(self) -> list[Decision]:
        number = self.meeting.head.number
        return [decision for decision in self.meeting.decisions.values() if decision.raised_in == number]

    def _show_figures(self) -> None:
        meeting = self.meeting
        parked = sum(p.state is ProblemState.PARKED for p in meeting.problems.values())
        self._panel("promised").show_title(figure=done_rate_of(meeting, self.desk.config.items.done_rate))
        self._panel("problems").show_title(f"Parked problems ({parked})" if parked else "Parked problems")
        ownerless = sum(
            not item.owner and item.state is ItemState.OPEN for item in accountability.new_items(meeting)
        )
        self._panel("new").show_title(
            figure=Content.styled(f"{ownerless} without an owner" if ownerless else "", "$at-risk")
        )

    def _panel(self, name: str) -> Panel:
        return self.query_one(f"#{name}-panel", Panel)

    # What keys do

    def _in_use(self) -> str:
        """The list that has, or had last, the focus."""
        panel = self.query_one(Bands).used
        return (panel.id or "").removesuffix("-panel") if panel is not None else "promised"

    def adds(self) -> tuple[type[Record], dict[str, Any]]:
        """What belongs into the list in use."""
        kinds: dict[str, type[Record]] = {"problems": Problem, "decided": Decision}
        return kinds.get(self._in_use(), ActionItem), {}

    def digit_field(self, record: Record) -> str:
        """Digits are the votes of a problem."""
        return "votes" if isinstance(record, Problem) else ""

    def edit_of(self, record: Record, field: str, initial: str | None) -> Edit | None:
        """An item's title also takes who and when; votes are a small number."""
        if isinstance(record, ActionItem) and field == "title":
            return line_edit(record, self.desk, initial)
        if isinstance(record, Problem) and field == "votes":
            return Edit(
                "votes",
                str(record.votes) if initial is None else initial,
                validate=lambda typed: self.meeting_screen.refusal_of(record, "votes", typed or "0"),
                numeric=True,
            )
        return None

    def edited(self, record: Record, column: str, text: str) -> bool:
        """Take the title of an item with all that is in it; no votes are nought."""
        if isinstance(record, ActionItem) and column == LINE:
            take_line(record, text, self.desk)
            return True
        if isinstance(record, Problem) and column == "votes" and not text.strip():
            self.desk.session.change(record.uid, "votes", votes=0)
            return True
        return False

    def do_not_done(self) -> None:
        """Not done, and on; what has come back too often asks for a choice instead."""
        screen = self.meeting_screen
        record = screen.need_selected()
        limit = self.desk.config.items.carry_limit
        if isinstance(record, ActionItem) and accountability.needs_choice(
            record, self.meeting.head.date, limit
        ):
            self._ask(record)
        else:
            screen.do_not_done()

    def _ask(self, item: ActionItem) -> None:
        from tui.dialogs.choice import Choice

        late = due_of(item, self.meeting.head.date).plain
        times = "once" if item.carried == 1 else f"{item.carried} times"
        self.app.push_screen(
            Choice(
                "What becomes of it?",
                f"“{item.title}”\n{item.owner or 'no owner'} · {late} · carried {times}",
                WAYS_ON,
            ),
            lambda answer: self._chosen(item.uid, answer),
        )

    def _chosen(self, uid: str, answer: str | None) -> None:
        """Go on once the dialog is gone."""
        if answer is not None:
            self.call_later(self.meeting_screen.run_safely, lambda: self._settle(uid, answer))

    def _settle(self, uid: str, answer: str) -> None:
        """Do what was chosen for a promise that has come back too often."""
        found, rows = self.meeting.find(uid), self.list_in_use()
        if found is None or not isinstance(found[1], ActionItem) or rows is None or not rows.move_to(uid):
            raise UsageError("That row is gone: someone else removed it.")
        item, session = found[1], self.desk.session
        if answer == "drop":
            self.meeting_screen.do_drop()
        elif answer == "now":
            session.change(uid, f"“{item.title}” due today", due=self.meeting.head.date, reviewed=True)
            self.meeting_screen.ticked(item)
        else:
            session.change(uid, f"“{item.title}” not done", reviewed=True)
            rows.open(line_edit(item, self.desk) if answer == "rescope" else self._owner_edit(item))

    def _owner_edit(self, item: ActionItem) -> Edit:
        offered = self.meeting_screen.edit_of(item, "owner").suggestions
        return Edit(
            "owner",
            validate=lambda typed: None if typed.strip() else "Name who takes it over; Esc leaves it.",
            suggestions=offered,
            placeholder="who takes it over",
        )

    # What is around

    def last_time(self) -> Sequence[tuple[str, str]]:
        """How many promises were kept last time, what was decided, and the note."""
        before = self.desk.previous
        if before is None:
            return ()
        rate = done_rate_of(before, None)
        decided = [d.text for d in before.decisions.values() if d.raised_in == before.head.number]
        return [
            *([("Promises", rate)] if rate else []),
            *(("Decided", text) for text in decided[:3]),
            *self.note_last_time(),
        ]

    def hints(self) -> tuple[str, ...]:
        """Those of the list in use."""
        used = self._in_use()
        if not self.query_one(f"#{used}", Rows).count:
            return ("add", "problem", "decision", "next_step")
        return {
            "problems": ("action_item", "decision", "tick", "drop", "edit", "add", "next_step"),
            "decided": ("add", "edit", "form", "action_item", "drop", "next_step"),
            "new": ("edit", "add", "tick", "form", "problem", "next_step"),
        }.get(used, ("tick", "not_done", "edit", "drop", "add", "next_step"))

    def label_of(self, action_id: str) -> str:
        """Enter on an item takes who and when as well."""
        used = self._in_use()
        labels = {"add": {"problems": "Problem", "decided": "Decision"}.get(used, "Action item")}
        if used in ("promised", "new"):
            labels["edit"] = "Edit, @who ^day"
        if used == "problems":
            labels["tick"] = "Solved"
        return labels.get(action_id, "")


def done_rate_of(meeting: Meeting, goal: float | None) -> str:
    """`due: 7 of 9 done · 78 % (goal 90 %)`; empty when nothing was due."""
    rate = accountability.done_rate(meeting)
    if rate.share is None:
        return ""
    aim = f" (goal {_percent(goal)})" if goal is not None else ""
    return f"due: {rate.done} of {rate.all} done · {_percent(rate.share)}{aim}"


def _percent(share: float) -> str:
    return f"{math.floor(share * 100 + 0.5)} %"
