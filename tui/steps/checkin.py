"""Check-in: who is here, decisions whose check has come, what became of feedback, and what is coming up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.content import Content

from meetings.dates import show_day
from meetings.errors import UsageError
from meetings.flow import states
from meetings.flow.carry import due_for_check
from meetings.kinds import DecisionState, FeedbackState
from meetings.measures.past import loops
from meetings.model import ComingUp, Decision, Feedback, Person, Record
from tui.steps.base import StepView
from tui.steps.checkin_rows import COMING, DECISIONS, PEOPLE, came_of, coming_row, decision_row, person_row
from tui.steps.feedback_rows import FeedbackRows, loop_words
from tui.theme import team_style
from tui.widgets.bands import Bands
from tui.widgets.columns import plain
from tui.widgets.panel import Panel
from tui.widgets.rows import Rows


class CheckinStep(StepView):
    """Up to four lists; decisions and feedback are there only when there are some."""

    kind = "checkin"
    _shown: Sequence[object] = ()
    """What the lists that are not of people were made of."""

    def compose(self) -> ComposeResult:
        """The lists from top to bottom."""
        with Bands():
            with Panel(title="People", id="people-panel"):
                yield Rows(typed="", id="people")
            with Panel(title="Decisions to check", id="decisions-panel"):
                yield Rows(typed="", id="decisions")
            with Panel(title="You said, we did", id="answered-panel"):
                yield FeedbackRows(most=2, head=self.meeting.head, id="answered")
            with Panel(title="Coming up", id="coming-panel"):
                yield Rows(typed="", id="coming")

    def lists(self) -> list[Rows]:
        """Those that are shown."""
        return [rows for rows in self.query(Rows) if rows.parent is not None and rows.parent.display]

    def show(self) -> None:
        """Fill the lists: when only people have changed, as while they are ticked one by one, only theirs."""
        self._show_people()
        before, self._shown = self._shown, self._beside_people()
        if not before or any(one is not other for one, other in zip(before, self._shown, strict=True)):
            self._show_decisions()
            self._show_answered()
            self._show_coming()
        self.query_one(Bands).fit()

    def _beside_people(self) -> Sequence[object]:
        """All that the other lists are made of. What an edit leaves as it was is the same object afterwards."""
        meeting, head = self.meeting, self.meeting.head
        tables = (meeting.decisions, meeting.feedback, meeting.action_items, meeting.coming_up)
        return (*tables, head.number, head.date, head.team_names, self.desk.previous, self.earlier)

    def _panel(self, name: str) -> Panel:
        return self.query_one(f"#{name}-panel", Panel)

    def _show_people(self) -> None:
        people = list(self.meeting.people.values())
        self.query_one("#people", Rows).show(
            PEOPLE,
            [person_row(person, self.meeting.head) for person in people],
            f"Nobody is on the list. Press {self.key_of('add')} to add who takes part.",
        )
        here = sum(person.present for person in people)
        self._panel("people").show_title(figure=f"{here} of {len(people)} here" if people else "")

    def _show_decisions(self) -> None:
        day = self.meeting.head.date
        due = [
            decision
            for decision in self.meeting.decisions.values()
            if due_for_check(replace(decision, state=DecisionState.STANDING), day)
        ]
        self.query_one("#decisions", Rows).show(
            DECISIONS, [decision_row(decision, self.meeting.head) for decision in due]
        )
        checked = sum(decision.state is not DecisionState.STANDING for decision in due)
        self._panel("decisions").display = bool(due)
        self._panel("decisions").show_title(figure=f"{checked} of {len(due)} checked")

    def _show_answered(self) -> None:
        earlier = [
            record for record in self.meeting.feedback.values() if record.raised_in < self.meeting.head.number
        ]
        feedback = [record for record in earlier if record.state is not FeedbackState.NEW]
        feedback.sort(key=lambda record: record.from_team)
        self.query_one("#answered", FeedbackRows).show_feedback(
            feedback,
            "",
            below={record.uid: came_of(record, self.desk.previous, self.meeting) for record in feedback},
        )
        self._panel("answered").display = bool(feedback)
        closed = sum(record.state is FeedbackState.CLOSED for record in feedback)
        waiting = len(earlier) - len(feedback)
        more = f" · {waiting} without an answer" if waiting else ""
        self._panel("answered").show_title(figure=f"{closed} of {len(feedback)} closed{more}")
        self._panel("answered").show_foot(self._loops())

    def _loops(self) -> Content:
        """Of all that each team has said in half a year, how much was closed."""
        head, found = self.meeting.head, loops(self.earlier, self.meeting)
        return Content(" · ").join(
            Content.assemble(
                (plain(head.team_name(team)), team_style(team)), (f" {loop_words(one)[-1]}", "$quiet")
            )
            for team, one in found.items()
            if one.raised
        )

    def _show_coming(self) -> None:
        coming = sorted(
            self.meeting.coming_up.values(), key=lambda one: (one.date or dt.date.max, one.position)
        )
        self.query_one("#coming", Rows).show(
            COMING,
            [coming_row(one, self.meeting.head) for one in coming],
            f"Nothing is coming up. Tab comes here; then {self.key_of('add')} adds a launch, "
            "a campaign or a big deal with its ^day.",
        )

    # Keys

    @property
    def _focus(self) -> str:
        rows = self.list_in_use()
        return rows.id or "" if rows is not None else ""

    def adds(self) -> tuple[type[Record], dict[str, Any]]:
        """Someone who is here, or something coming up."""
        return (ComingUp, {}) if self._focus == "coming" else (Person, {"present": True})

    def do_tick(self) -> None:
        """Present, or confirmed: and on to the next. Everything else as everywhere."""
        selected = self.meeting_screen.selected()
        self.meeting_screen.do_tick()
        if isinstance(selected, Person) and not selected.present:
            self._go_on()
        if isinstance(selected, Decision) and selected.state is DecisionState.STANDING:
            self._go_on()

    def do_everyone(self) -> None:
        """Everyone on the list is here; who is not can be unticked."""
        away = [person for person in self.meeting.people.values() if not person.present]
        if not away:
            raise UsageError(
                "Everyone is here already." if self.meeting.people else "Nobody is on the list yet."
            )
        self.desk.session.apply("everyone is here", change={one.uid: {"present": True} for one in away})

    def _go_on(self) -> None:
        rows = self.list_in_use()
        if rows is not None:
            rows.move_to(min(rows.cursor_index + 1, rows.count - 1))

    def do_not_done(self) -> None:
        """A decision did not work out: reversed at once, and on to the next."""
        decision = self.meeting_screen.selected()
        if not isinstance(decision, Decision):
            self.meeting_screen.do_not_done()
            return
        self._reverse(decision, decision.note)
        self._go_on()

    def do_drop(self) -> None:
        """A decision is reversed; everything else is dropped as everywhere."""
        decision = self.meeting_screen.selected()
        if not isinstance(decision, Decision):
            self.meeting_screen.do_drop()
            return
        from tui.dialogs.prompt import Prompt

        self.app.push_screen(
            Prompt(
                "Why is this decision reversed?", detail=decision.text, placeholder="reason", required=True
            ),
            lambda reason: (
                self.meeting_screen.run_safely(lambda: self._reverse(decision, reason)) if reason else None
            ),
        )

    def _reverse(self, decision: Decision, reason: str) -> None:
        fields = states.drop(decision, reason)
        assert fields is not None
        self.desk.session.change(decision.uid, "decision reversed", **fields)
        self.meeting_screen.accord.say_undoable("The decision is reversed.")

    def do_respond(self) -> None:
        """The response of feedback, where it stands."""
        selected, rows = self.meeting_screen.selected(), self.list_in_use()
        if not isinstance(selected, Feedback) or not isinstance(rows, FeedbackRows):
            raise UsageError("Select feedback to respond to it.")
        rows.respond(selected.uid)
        self.meeting_screen.edit_field("response")

    def do_move_down(self) -> None:
        """Rows move where the order is anyone's choice."""
        self._refuse_order()
        self.meeting_screen.do_move_down()

    def do_move_up(self) -> None:
        """Rows move where the order is anyone's choice."""
        self._refuse_order()
        self.meeting_screen.do_move_up()

    def _refuse_order(self) -> None:
        if self._focus == "coming":
            raise UsageError("What is coming up stands in the order of its dates.")

    # Around the lists

    def last_time(self) -> Sequence[tuple[str, str]]:
        """What was decided, and what was said to be coming up and has come."""
        before = self.desk.previous
        if before is None:
            return ()
        decided = [
            ("Decided:", decision.text)
            for decision in before.decisions.values()
            if decision.raised_in == before.head.number
        ]
        came = [
            (f"{show_day(one.date, self.meeting.head.date)}:", one.text)
            for one in before.coming_up.values()
            if one.date is not None
            and one.date < self.meeting.head.date
            and one.uid not in self.meeting.coming_up
        ]
        return [*decided, *came, *self.note_last_time()]

    def hints(self) -> tuple[str, ...]:
        """By the list that has the focus."""
        match self._focus:
            case "people":
                return (
                    ("tick", *self._roll_call(), "add", "edit", "decision", "next_step")
                    if self.meeting.people
                    else ("add", "next_step")
                )
            case "decisions":
                return ("tick", "not_done", "drop", "form", "next_step", "action_item", "problem")
            case "answered":
                return ("tick", "respond", "action_item", "edit", "next_step")
        return (
            ("add", "edit", "form", "action_item", "next_step")
            if self.meeting.coming_up
            else ("add", "next_step")
        )

    def _roll_call(self) -> tuple[str, ...]:
        """One key for everyone, as long as it would tick at least two."""
        away = sum(not person.present for person in self.meeting.people.values())
        return ("everyone",) if away > 1 else ()

    def label_of(self, action_id: str) -> str:
        """What the keys do in the list that has the focus."""
        words = {
            "people": {"tick": "Here", "add": "Person", "edit": "Name"},
            "decisions": {
                "tick": "Confirm",
                "not_done": "Reverse",
                "drop": "Reverse, why",
                "form": "Everything",
            },
            "answered": {"tick": "Close", "edit": "Edit"},
            "coming": {"add": "Coming up", "form": "Everything"},
        }
        return words.get(self._focus, {}).get(action_id, "")
